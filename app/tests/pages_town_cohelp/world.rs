//! Synthetic people, a town and jobs in every state.

use app::frame::{Assets, Frame};
use shared::cohelp::helping::{Answer, Apart, DayPlan, Enquiry, ProfileForm, Suited};
use shared::cohelp::matching::{
    self, Bar, Candidate, Fit, Pair, Pin, PinBroken, PinFault, Proposal, Reason, Stretch, Unserved,
};
use shared::cohelp::{
    Action, Agreed, Agreement, Answers, AreaCode, AskForm, Beside, Board, BoardRows, CallBack, Cause, ChatLine,
    ChatMessage, CheckIn, Checked, Claim, Concern, Conditions, Dispute, Ending, Entered, EnteredAct, Explanation,
    Feedback, Finding, Introduction, Job, JobView, Languages, Late, Matter, Memo, Note, Notice, Offer, OfferState,
    Outcome, Paid, Photo, QuickPhrase, Rating, Report, Reports, Request, Said, Show, Side, Sides, SkillsAsked, State,
    Statement, Thanks, Verdict, Window, board, desk_items, desk_view, guard, job_view,
};
use shared::identity::{Behalf, Telephone, Visitor};
use shared::kernel::{
    AccountId, Actor, Assurance, Category, CommandId, ConcernId, Day, HoldId, JobId, Language, Line, Locale,
    MemberNumber, Name, OfferId, PersonId, PhoneCallId, PhotoId, PictureFormat, Points, Proof, Prose, Role, Roles,
    SignIn, Size, Timestamp,
};
use shared::ledger::Balance;
use shared::town::Municipality;
use shared::wire::{
    BoardPage, Chat, DeskDayPage, DeskJobPage, DeskPage, HomePage, JobPage, Named, OffersPage, PhoneCallPage,
    ProfilePage, Rated, RequestPage, ThanksLine,
};

/// The one who asks.
pub const ASKER: u8 = 1;
/// The one who helps.
pub const HELPER: u8 = 2;
/// Another one who offered.
pub const OTHER: u8 = 3;
/// Somebody who only looks.
pub const STRANGER: u8 = 4;

/// Markup, quotes and marks of readings: all of it may come from people.
pub const HOSTILE: &str = "<script>alert(1)</script>\"'&｜山《やま》";

pub fn town() -> Municipality {
    serde_json::from_str(include_str!("../../../edge/demo/municipality.json")).unwrap()
}

pub fn person(number: u8) -> PersonId {
    PersonId::from_bytes([number; 16])
}

pub fn points(number: u64) -> Points {
    Points::new(number).unwrap()
}

/// 2026-11-21, a Saturday.
pub fn today() -> Day {
    Day::from_ymd(2026, 11, 21).unwrap()
}

pub fn at(hour: u16) -> Timestamp {
    today().at_minute(hour * 60)
}

pub fn visitor(number: u8, name: &str) -> Visitor {
    let since = at(0);
    let assurance =
        Assurance { proof: Proof::Card { at: since }, sign_in: SignIn::Passkey { synced: true }, at: since };
    Visitor {
        actor: Actor { person: person(number), roles: Roles::NONE, assurance },
        name: Name::parse(name).unwrap(),
        member: MemberNumber::from_random(u64::from(number)),
        news: 0,
    }
}

/// Somebody straight from the card, without a passkey.
pub fn from_card() -> Visitor {
    let mut visitor = visitor(ASKER, "湊 花子");
    visitor.actor.assurance.sign_in = SignIn::Proof;
    visitor
}

/// Somebody of the office.
pub fn staff(role: Role) -> Visitor {
    let mut visitor = visitor(9, "市野 職");
    visitor.actor.roles = Roles::NONE.with(role);
    visitor.actor.assurance.proof = Proof::Invitation { at: at(0) };
    visitor
}

pub fn frame<'a>(locale: Locale, town: &'a Municipality, visitor: Option<&'a Visitor>, path: &'a str) -> Frame<'a> {
    Frame {
        locale,
        town,
        path,
        visitor,
        csrf: "csrf-token",
        command: CommandId::from_bytes([7; 16]),
        assets: Assets {
            stylesheet: "/style.css",
            later_stylesheet: "/later.css",
            loader: "/islands.js",
            app_js: "/app.js",
            app_wasm: "/app.wasm",
            scan_js: "/scan.js",
            scan_wasm: "/scan.wasm",
            live_js: "/live.js",
            live_wasm: "/live.wasm",
            paid_sound: "/paid.wav",
        },
    }
}

pub fn request(title: &str, details: &str) -> Request {
    Request {
        category: Category::Shopping,
        title: Line::parse(title).unwrap(),
        details: Prose::parse(details).unwrap(),
        area: AreaCode::parse("sakurado").unwrap(),
        window: Window::new(today(), 14 * 60, 15 * 60 + 30).unwrap(),
        minutes: 60,
        reward: points(500),
        languages: Languages::one(Language::Japanese),
        skills: SkillsAsked::default(),
        answers: Answers::NONE,
    }
}

pub fn job(number: u8, state: State) -> Job {
    Job {
        id: JobId::from_bytes([number; 16]),
        requester: person(ASKER),
        request: request("牛乳と卵の買い物", "スーパーで牛乳1本と卵を1パック。\n玄関先で受け取ります。"),
        conditions: Conditions {
            fee_percent: 5,
            late_hours: 24,
            late_percent: 20,
            no_show_percent: 50,
            introduction: true,
        },
        posted_at: at(8),
        state,
    }
}

pub fn agreement() -> Agreement {
    Agreement {
        offer: OfferId::from_bytes([HELPER; 16]),
        helper: person(HELPER),
        hold: HoldId::from_bytes([1; 16]),
        chosen_at: at(9),
        acquainted: false,
    }
}

pub fn thanks(text: &str) -> Thanks {
    Thanks { rating: Rating::MAX, message: Some(Prose::parse(text).unwrap()), at: at(17) }
}

/// What holds between the two, as far as it has come: introduced, notified, begun.
pub fn agreed([introduced, notified, begun]: [bool; 3], reports: Reports) -> Agreed {
    Agreed {
        agreement: agreement(),
        agreed_at: at(9),
        introduction: if introduced { Introduction::Held { by: person(9), at: at(10) } } else { Introduction::Needed },
        notice: notified.then(|| Notice { by: Some(Side::Helper), at: at(10) }),
        late: Sides::default(),
        check_in: if begun { CheckIn::Done(Checked { at: at(14), by_centre: None }) } else { CheckIn::Waiting },
        reports,
        disputed: None,
    }
}

const ALL: Outcome = Outcome::Done { minutes: 60 };
const PART: Outcome = Outcome::Done { minutes: 25 };
const MET: [bool; 3] = [true; 3];

fn says(side: Side, outcome: Outcome) -> Reports {
    Reports::default().with(side, Report { outcome, at: at(15) })
}

fn both(outcome: Outcome) -> Verdict {
    Verdict { outcome, said: Said::ByBoth { requester_at: at(16), helper_at: at(15) } }
}

fn decided(outcome: Outcome) -> Verdict {
    let reason = Prose::parse("お二人に電話で聞きました。\n30分ほどの作業でした。").unwrap();
    Verdict { outcome, said: Said::ByCentre { by: person(9), at: at(16), reason } }
}

fn paid(verdict: Verdict, by_requester: Option<Thanks>, by_helper: Option<Thanks>) -> State {
    let gave = points(if verdict.outcome == ALL { 500 } else { 208 });
    State::Paid(Paid {
        agreed: agreed(MET, says(Side::Helper, verdict.outcome)),
        verdict,
        paid_at: at(16),
        gave,
        fee: points(gave.get() / 20),
        thanks_by_requester: by_requester,
        thanks_by_helper: by_helper,
    })
}

fn disputed(cause: Cause, far: [bool; 3], reports: Reports, texts: &[(Side, &str)]) -> State {
    let statement = |(by, text): &(Side, &str)| Statement { by: *by, at: at(15), text: Prose::parse(text).unwrap() };
    let statements = texts.iter().map(statement).collect();
    State::Disputed(agreed(far, reports), Dispute { at: at(15), cause, statements })
}

/// A job in every state, with a word for it.
pub fn states() -> Vec<(&'static str, State)> {
    let agreement = agreement();
    let going = |far, reports| State::Agreed(agreed(far, reports));
    let none = Reports::default();
    let late = Sides::default().with(Side::Helper, Late { minutes: 20, at: at(14) });
    let cancelled = |reason: Option<&str>| Ending::Cancelled {
        by: Side::Requester,
        at: at(10),
        reason: reason.map(|reason| Note::parse(reason).unwrap()),
    };
    let left = Ending::Cancelled { by: Side::Helper, at: at(9), reason: Note::parse("熱が出ました").ok() };
    let lapsed = Ending::Lapsed { at: at(12) };
    let over = |ending, compensation| State::Cancelled {
        agreed: Some(agreed([true, false, false], Reports::default())),
        ending,
        compensation: points(compensation),
    };
    let back = |ending, compensation| State::Cancelling {
        agreed: agreed([true, false, false], Reports::default()),
        ending,
        compensation: points(compensation),
    };
    let reason = || Prose::parse("引っ越しのためです。").unwrap();
    let talk = [(Side::Requester, "窓がまだ汚れています。\n時間も短かったです。"), (Side::Helper, HOSTILE)];
    vec![
        ("open", State::OPEN),
        ("open-short", State::short_of(points(120))),
        ("open-again", State::Open { missing: None, left: Some(left) }),
        ("agreeing", State::Agreeing(agreement.clone())),
        ("strangers", going([false; 3], none)),
        ("agreed", going([true, false, false], none)),
        ("notified", going([true, true, false], none)),
        ("late", State::Agreed(Agreed { late, ..agreed([true, true, false], none) })),
        ("started", going(MET, none)),
        ("said-by-helper", going(MET, says(Side::Helper, ALL))),
        ("said-by-requester", going(MET, says(Side::Requester, PART))),
        ("no-show", going([true, true, false], says(Side::Helper, Outcome::NoShow { of: Side::Requester }))),
        (
            "differ",
            disputed(
                Cause::Differ,
                MET,
                says(Side::Helper, ALL).with(Side::Requester, Report { outcome: PART, at: at(15) }),
                &talk,
            ),
        ),
        ("asked-centre", disputed(Cause::Asked { by: Side::Helper }, [true, true, false], none, &talk[1..])),
        ("silent", disputed(Cause::Silence, MET, none, &[])),
        ("missed", disputed(Cause::NotIntroduced, [false; 3], none, &[])),
        ("paying", State::Paying(agreed(MET, says(Side::Helper, ALL)), both(ALL))),
        ("paid", paid(both(ALL), None, None)),
        ("paid-part", paid(both(PART), None, None)),
        ("decided", paid(decided(PART), None, None)),
        ("thanked", paid(both(ALL), Some(thanks("雨の中、本当に助かりました。\nまたお願いします。")), None)),
        ("thanked-both", paid(both(ALL), Some(thanks("ありがとう")), Some(thanks("こちらこそ")))),
        ("cancelling", back(cancelled(Some("急な用事")), 100)),
        ("cancelled", over(cancelled(None), 100)),
        (
            "cancelled-open",
            State::Cancelled {
                agreed: None, ending: cancelled(Some("自分でできました")), compensation: points(0)
            },
        ),
        ("lapsing", back(lapsed.clone(), 0)),
        ("lapsed", over(lapsed, 0)),
        ("not-there", over(Ending::NotHelped(both(Outcome::NoShow { of: Side::Requester })), 250)),
        ("not-done", over(Ending::NotHelped(decided(Outcome::NotDone)), 0)),
        ("unsuited", over(Ending::Unsuited { by: person(9), at: at(10) }, 0)),
        ("closed", over(Ending::Closed { by: person(9), at: at(10), reason: reason() }, 0)),
        ("expired", State::Expired { at: at(15) }),
    ]
}

pub fn offer(job: JobId, who: u8, note: Option<&str>, state: OfferState) -> Offer {
    Offer {
        id: OfferId::from_bytes([who; 16]),
        job,
        helper: person(who),
        note: note.map(|note| Note::parse(note).unwrap()),
        at: at(8),
        state,
    }
}

/// Two offers, as they stand in that state.
pub fn offers(job: &Job) -> Vec<Offer> {
    let (first, second) = match job.state {
        State::Open { .. } => (OfferState::Standing, OfferState::Standing),
        State::Expired { .. } | State::Cancelled { agreed: None, .. } => (OfferState::Declined, OfferState::Declined),
        State::Agreeing(_) => (OfferState::Chosen, OfferState::Standing),
        _ => (OfferState::Chosen, OfferState::Declined),
    };
    vec![offer(job.id, HELPER, Some("午後ならうかがえます"), first), offer(job.id, OTHER, None, second)]
}

/// One of the request, and one that its requester sent to who helps; of the second nothing is said.
pub fn photos(job: &Job) -> Vec<Photo> {
    let photo = |number: u8, helper: Option<u8>, caption| Photo {
        id: PhotoId::from_bytes([number; 16]),
        job: job.id,
        helper: helper.map(person),
        by: person(ASKER),
        at: at(10 + u16::from(number)),
        until: at(20).plus_seconds(60 * 86_400),
        caption,
        format: PictureFormat::Jpeg,
        size: Size { width: 640, height: 480 },
    };
    vec![photo(1, None, Some(Line::parse(HOSTILE).unwrap())), photo(2, Some(HELPER), None)]
}

pub fn named() -> Named {
    let name = |number, name: &str| (person(number), Name::parse(name).unwrap());
    Named(vec![name(ASKER, "湊 花子"), name(HELPER, "桜庭 太郎"), name(OTHER, "Nguyễn Văn An")])
}

/// The page of a job for that viewer, if it is theirs to see.
pub fn job_page(job: &Job, viewer: u8, now: Timestamp) -> Option<JobPage> {
    let view: JobView = job_view(job, &offers(job), person(viewer), now)?;
    let names = named();
    let name = names.of(person(viewer)).map_or("月見 みる", |name| name.as_str());
    let asked = matches!(job.state, State::Open { .. }) && viewer == OTHER;
    let partable = if view.card.side.is_none() { vec![(None, view.requester)] } else { Vec::new() };
    let met = match view.card.side {
        Some(Side::Requester) => view.offers.iter().map(|offer| (Some(offer.id), offer.helper)).collect(),
        _ => vec![(None, view.requester)],
    };
    let concerns = if viewer == ASKER { concerns(job) } else { Vec::new() };
    let visitor = visitor(viewer, name);
    let chat =
        view.may.contains(&Action::Chat).then(|| Chat { messages: messages(job), news: 7, version: "a1b2".to_owned() });
    Some(JobPage {
        visitor,
        now,
        job: view,
        asked,
        partable,
        met,
        concerns,
        entered: entered(job),
        chat,
        photos: photos(job).into_iter().filter(|photo| guard::see_photo(job, photo, person(viewer), now)).collect(),
        adds_photo: guard::add_photo(job, &photos(job), 2, person(viewer), now).ok().map(|helper| helper.is_some()),
        removes_photos: guard::remove_photos(job, offers(job).iter(), person(viewer), now).is_ok(),
        rated: rated(job, viewer, now),
        behalf: None,
        named: names.clone(),
    })
}

/// What the two told the centre of its service: the requester's word waits, the helper's was read.
pub fn feedback(job: &Job) -> Vec<Feedback> {
    let of = |side, by, read| {
        let words = Some(Prose::parse(HOSTILE).unwrap());
        Feedback { job: job.id, side, by: person(by), at: at(16), words, read }
    };
    vec![of(Side::Requester, ASKER, None), of(Side::Helper, HELPER, Some((person(9), at(17))))]
}

/// The requester is asked, the helper has answered.
fn rated(job: &Job, viewer: u8, now: Timestamp) -> Option<Rated> {
    match job.rater(person(viewer), now).ok()? {
        Side::Requester => Some(Rated::Asked),
        Side::Helper => feedback(job).pop().map(Rated::Said),
    }
}

/// What the two wrote: so much that the beginning is folded away.
pub fn messages(job: &Job) -> Vec<ChatMessage> {
    let text = |text: &str| ChatLine::Text(Prose::parse(text).unwrap());
    let line = |number| match number {
        1 => text("2階です。\n門の横の階段から。"),
        2 => text(HOSTILE),
        // The second of them is kept no longer.
        22 => ChatLine::Photo(PhotoId::from_bytes([2; 16])),
        23 => ChatLine::Photo(PhotoId::from_bytes([3; 16])),
        24 => ChatLine::Phrase(QuickPhrase::CannotFind),
        _ => ChatLine::Phrase(QuickPhrase::Yes),
    };
    let of = |number| ChatMessage {
        job: job.id,
        number,
        helper: person(HELPER),
        by: person(if number % 2 == 0 { HELPER } else { ASKER }),
        at: at(9),
        line: line(number),
    };
    (1..=24).map(of).collect()
}

/// An operator asked for somebody, and chose for them.
pub fn entered(job: &Job) -> Vec<Entered> {
    let entry = |number, act| {
        let id = CommandId::from_bytes([number; 16]);
        Entered { id, job: job.id, person: person(ASKER), by: person(9), at: at(6), act }
    };
    vec![entry(1, EnteredAct::Ask), entry(2, EnteredAct::Choose)]
}

/// In whose name an operator looks.
pub fn behalf(telephone: Option<&str>) -> Behalf {
    let Visitor { actor, name, member, .. } = visitor(ASKER, "湊 花子");
    let telephone = telephone.map(|number| Telephone::parse(number).unwrap());
    Behalf { call: PhoneCallId::from_bytes([3; 16]), caller: actor, name, member, telephone }
}

/// Somebody on the phone with all of their jobs, or with none.
pub fn phone_call_page(telephone: Option<&str>, board: Board) -> PhoneCallPage {
    PhoneCallPage {
        visitor: staff(Role::Operator),
        now: at(10),
        behalf: behalf(telephone),
        available: points(500),
        board,
    }
}

/// A concern that waits, one that is looked after and one that is closed.
fn concerns(job: &Job) -> Vec<Concern> {
    let text = || Prose::parse(HOSTILE).unwrap();
    let concern = |number: u8, matter, taken, finding| Concern {
        id: ConcernId::from_bytes([number; 16]),
        job: job.id,
        by: person(ASKER),
        about: person(HELPER),
        matter,
        text: text(),
        at: at(u16::from(number)),
        taken,
        finding,
    };
    let found = Finding { by: person(9), at: at(10), text: Prose::parse("お二人と話しました。").unwrap() };
    vec![
        concern(8, Matter::Danger, None, None),
        concern(9, Matter::Contact, Some((person(9), at(9))), None),
        concern(10, Matter::Other, Some((person(9), at(9))), Some(found)),
    ]
}

pub fn board_of(mine: Vec<Job>, helping: Vec<Job>, open: Vec<Job>, viewer: u8, now: Timestamp) -> Board {
    let offers = mine.iter().chain(&helping).flat_map(offers).collect();
    board(&BoardRows { mine, helping, open, offers, ..BoardRows::default() }, person(viewer), now)
}

pub fn board_page(board: Board, viewer: u8) -> BoardPage {
    BoardPage { visitor: visitor(viewer, "湊 花子"), now: at(10), board }
}

pub fn balance(available: u64, held: u64) -> Balance {
    let posted = i64::try_from(available + held).unwrap();
    let account = AccountId::from_bytes([1; 16]);
    let available = posted - i64::try_from(held).unwrap();
    Balance { account, posted, held: points(held), lapsed: Points::ZERO, available, lots: vec![], holds: vec![] }
}

pub fn home_page(visitor: Visitor, board: Board, available: u64, letters: &[(&str, u8)]) -> HomePage {
    let thanks = letters
        .iter()
        .map(|(text, job)| ThanksLine {
            job: JobId::from_bytes([*job; 16]),
            from: person(HELPER),
            rating: Rating::MAX,
            message: Some(Prose::parse(text).unwrap()),
            at: at(9),
        })
        .collect();
    HomePage {
        visitor,
        now: at(10),
        balance: balance(available, 500),
        board,
        thanks,
        thanked: 2,
        unseen: 0,
        named: named(),
    }
}

pub fn request_page(available: u64) -> RequestPage {
    RequestPage {
        visitor: visitor(ASKER, "湊 花子"),
        now: at(10),
        available: points(available),
        behalf: None,
        again: None,
    }
}

pub fn ask_form() -> AskForm {
    let text = str::to_owned;
    AskForm {
        category: text("shopping"),
        title: text("牛乳と卵の買い物"),
        details: text("スーパーで牛乳1本。\n玄関先で受け取ります。"),
        area: text("sakurado"),
        day: text("2026-11-22"),
        from: text("14:00"),
        to: text("15:30"),
        minutes: text("60"),
        reward: text("500"),
        languages: Vec::new(),
        able: Vec::new(),
        answers: Vec::new(),
    }
}

/// The desk with so many of the jobs that wait, and everything somebody may call about.
pub fn desk_page(count: usize) -> DeskPage {
    let jobs: Vec<_> = (1..).zip(states()).map(|(number, (_, state))| job(number, state)).collect();
    let of = |fits: fn(&Job) -> bool| {
        let jobs: Vec<_> = jobs.iter().filter(|job| count > 0 && fits(job)).cloned().collect();
        desk_items(&jobs, &claims(&jobs), person(9), at(10))
    };
    let mut waiting = of(|job| job.waits_for_centre().is_some());
    let waiting_count = u32::try_from(waiting.len()).unwrap();
    waiting.truncate(count);
    let coming = of(|job| matches!(job.state, State::Agreed(_)));
    let open = of(|job| matches!(job.state, State::Open { .. }));
    let visitor = staff(Role::Operator);
    let mut concerns = concerns(&jobs[0]);
    concerns.truncate(if count > 0 { 2 } else { 0 });
    let (now, concerns_count, show, news, named) = (at(10), 2, Show::All, 7, named());
    let reasons = [CallBack::Offers { count: 2 }, CallBack::Report];
    let call_backs = open.iter().chain(&coming).cloned().zip(reasons).collect();
    let waiting_words = feedback(&jobs[0]).into_iter().take(count).map(|one| (one, jobs[0].request.title.clone()));
    let feedback = waiting_words.filter(|(one, _)| one.waits()).collect();
    DeskPage {
        visitor,
        now,
        waiting,
        waiting_count,
        coming,
        open,
        call_backs,
        feedback,
        feedback_count: 3,
        concerns,
        concerns_count,
        show,
        news,
        named,
    }
}

/// Of every three, the operator looks after one, and a colleague after another.
fn claims(jobs: &[Job]) -> Vec<Claim> {
    let of = |(place, job): (usize, &Job)| match place % 3 {
        0 => None,
        1 => Some(Claim { job: job.id, by: person(9), at: at(10) }),
        _ => Some(Claim { job: job.id, by: person(OTHER), at: at(10) }),
    };
    jobs.iter().enumerate().filter_map(of).collect()
}

/// The page of a job at the desk.
pub fn desk_job_page(job: &Job, now: Timestamp) -> DeskJobPage {
    desk_job_page_of(job, None, now)
}

/// The same, while somebody looks after it.
pub fn desk_job_page_of(job: &Job, claim: Option<Claim>, now: Timestamp) -> DeskJobPage {
    desk_job_page_after(job, claim, Vec::new(), now)
}

/// The same, of a request that the operator entered on the phone.
pub fn phoned_desk_job_page(job: &Job, now: Timestamp) -> DeskJobPage {
    desk_job_page_after(job, None, entered(job), now)
}

fn desk_job_page_after(job: &Job, claim: Option<Claim>, entered: Vec<Entered>, now: Timestamp) -> DeskJobPage {
    let desk =
        desk_view(job, &offers(job), Beside { claim, entered: &entered, written: None }, person(9), now).unwrap();
    let memo = |number: u8, by, text: &str| Memo {
        id: CommandId::from_bytes([number; 16]),
        job: job.id,
        by,
        at: at(9),
        text: Explanation::parse(text).unwrap(),
    };
    let memos = vec![memo(1, person(9), "電話では玄関先でよいとのこと。"), memo(2, person(OTHER), HOSTILE)];
    let open = matches!(job.state, State::Open { .. });
    let candidates = open.then(|| ranked(job));
    let enquiries = if open { vec![enquiry(job, OTHER, Some(Answer::No))] } else { Vec::new() };
    let (concerns, homes, named) = (concerns(job), homes(), named());
    DeskJobPage {
        visitor: staff(Role::Operator),
        now,
        desk,
        candidates,
        enquiries,
        concerns,
        memos,
        entered,
        telephone: Telephone::parse("0957-00-0000").ok(),
        news: 7,
        homes,
        chat: messages(job),
        photos: photos(job),
        feedback: if job.state.is_final() { feedback(job) } else { Vec::new() },
        named,
    }
}

fn homes() -> Vec<(PersonId, AreaCode)> {
    [HELPER, OTHER].map(|number| (person(number), AreaCode::parse("sakurado").unwrap())).to_vec()
}

fn enquiry(job: &Job, helper: u8, answer: Option<Answer>) -> Enquiry {
    let answer = answer.map(|answer| (answer, at(10)));
    Enquiry { job: job.id, helper: person(helper), by: person(9), at: at(9), answer }
}

/// What a form of somebody who helps says.
pub fn profile_form() -> ProfileForm {
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    ProfileForm {
        area: "sakurado".to_owned(),
        kinds: words(&["shopping", "phone"]),
        times: words(&["sat-morning", "sun-afternoon"]),
        reach: "2000".to_owned(),
        travel: "bicycle".to_owned(),
        languages: words(&["ja", "vi"]),
        skills: words(&["driving", "cooking"]),
        per_week: "2".to_owned(),
        rest_from: "2026-11-25".to_owned(),
        rest_to: "2026-11-28".to_owned(),
    }
}

/// Everything that can speak for somebody.
fn ranked(job: &Job) -> Vec<Candidate> {
    let at = Stretch::new(600, 660).unwrap();
    let reasons = vec![
        Reason::Near { metres: 1_800 },
        Reason::WorkedTogether { times: 2 },
        Reason::EvidenceShown,
        Reason::Speaks { language: Language::Vietnamese },
        Reason::FewJobsLately { jobs: 1 },
        Reason::WholeWindow,
        Reason::SaysYes(matching::Said { yes: 2, not: 1 }),
    ];
    let fit = Fit { at, whole_window: true, metres: 1_800 };
    let one = Candidate { helper: person(HELPER), fit, reasons };
    let other = Candidate {
        helper: person(OTHER),
        reasons: vec![Reason::Near { metres: 0 }, Reason::SaysYes(matching::Said::default())],
        ..one.clone()
    };
    if job.requester == person(HELPER) { vec![other] } else { vec![one, other] }
}

/// Offers to take, in every shape; of how many the page says why.
pub fn offers_page(board: Board, suits: usize, asks: usize) -> OffersPage {
    let mut open = board.open;
    let asked = open.split_off(open.len().saturating_sub(asks));
    let reasons = || vec![Reason::Near { metres: 600 }, Reason::WholeWindow];
    let suited = open.iter().take(suits).map(|card| Suited { job: card.id, reasons: reasons() }).collect();
    OffersPage { visitor: visitor(ASKER, "湊 花子"), now: at(10), asked, open, suited, registered: suits > 0 }
}

/// The registration of somebody who has one, or none.
pub fn profile_page(registered: bool) -> ProfilePage {
    let form = registered.then(profile_form);
    let apart = [OTHER, 8].map(|number| Apart { who: person(ASKER), from: person(number), at: at(9) });
    let apart = if registered { apart.to_vec() } else { Vec::new() };
    ProfilePage {
        visitor: visitor(ASKER, "湊 花子"),
        now: at(10),
        form,
        course: None,
        skills: Vec::new(),
        apart,
        named: named(),
    }
}

/// A day at the desk with a request of every kind: proposed, kept, asked for, offered, and of each bar.
pub fn desk_day_page(broken: Option<PinFault>) -> DeskDayPage {
    let jobs: Vec<_> = (1..=20).map(|number| job(number, State::OPEN)).collect();
    let open = desk_items(&jobs, &[], person(9), at(10)).into_iter().enumerate();
    let open = open.map(|(place, item)| (item, u32::from(place == 3))).collect();
    let pair = |place: usize, pinned| {
        let job = &jobs[place];
        Pair { job: job.id, candidate: ranked(job).remove(0), pinned }
    };
    let unserved = |(job, bar): (&Job, Option<Bar>)| Unserved {
        job: job.id,
        elsewhere: u32::from(bar == Some(Bar::Busy)),
        bars: bar.into_iter().map(|bar| (bar, 1)).collect(),
    };
    let bars = BARS.into_iter().map(Some).chain([None]);
    let proposal = Proposal {
        pairs: vec![pair(0, false), pair(1, true)],
        unserved: jobs[4..].iter().zip(bars).map(unserved).collect(),
    };
    let pin = Pin { job: jobs[0].id, helper: person(HELPER) };
    let proposal = broken.map_or(Ok(proposal), |why| Err(PinBroken { pin, why }));
    let choices = |job: &Job| (job.id, vec![person(HELPER), person(OTHER)]);
    let ranked = jobs[..2].iter().map(choices).chain([(jobs[4].id, Vec::new())]).collect();
    let enquiries = vec![enquiry(&jobs[2], HELPER, None), enquiry(&jobs[2], OTHER, None)];
    let plan = DayPlan { proposal, ranked };
    let (pins, homes) = (vec![pin], homes());
    DeskDayPage {
        visitor: staff(Role::Operator),
        now: at(10),
        day: today().plus(1),
        open,
        pins,
        plan,
        enquiries,
        homes,
        named: named(),
    }
}

/// Every rule that keeps somebody away.
pub const BARS: [Bar; 13] = [
    Bar::OutsideHours,
    Bar::OwnRequest,
    Bar::Blocked,
    Bar::Declined,
    Bar::KindNotOffered,
    Bar::SkillMissing,
    Bar::EvidenceMissing,
    Bar::LanguageMissing,
    Bar::CourseMissing,
    Bar::TooFar,
    Bar::NotThen,
    Bar::Busy,
    Bar::WeekFull,
];
