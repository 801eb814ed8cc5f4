//! Synthetic people, requests and chance for tests of this slice and of those who use it.

use super::command::{Command, DeskAct};
use super::helping::{Apart, ProfileForm, Registered, SelfAct, TimeOfDay, helper_id, time_word};
use super::matching::{Asked, Code};
use super::reads::Reads;
use super::store::Store;
use super::types::{
    Answers, AreaCode, ChatLine, CheckInCode, Conditions, Explanation, Feedback, Given, Job, Kind, Languages, Matter,
    Outcome, Photo, Question, QuickPhrase, Rating, Request, Rules, Side, SkillsAsked, Takes, Window,
};
use super::view::{Action, Beside, DeskAction, desk_view, job_view};
use crate::kernel::{
    Actor, Assurance, Category, CommandId, ConcernId, Context, Day, Fault, HoldId, JobId, Language, Line, OfferId,
    PersonId, Picture, Points, Proof, Prose, Role, Roles, SignIn, Timestamp, Weekday,
};

/// A day that tests call today: 2026-11-21.
pub const TODAY: Day = Day(20_778);

fn bytes(number: u64) -> [u8; 16] {
    u128::from(number).to_be_bytes()
}

/// The person of that number.
pub fn person(number: u64) -> PersonId {
    PersonId::from_bytes(bytes(number))
}

/// The job of that number.
pub fn job(number: u64) -> JobId {
    JobId::from_bytes(bytes(number))
}

/// The offer of that number.
pub fn offer(number: u64) -> OfferId {
    OfferId::from_bytes(bytes(number))
}

/// The command id of that number.
pub fn command(number: u64) -> CommandId {
    CommandId::from_bytes(bytes(number))
}

/// That many points; the most there can be if it is more.
pub fn points(number: u64) -> Points {
    Points::new(number).unwrap_or(Points::MAX)
}

/// Somebody proven by card, or the [`OPERATOR`]; signed in with a passkey.
pub fn actor(number: u64) -> Actor {
    let at = TODAY.at_minute(0);
    let (proof, roles) = match number {
        OPERATOR => (Proof::Invitation { at }, Roles::NONE.with(Role::Operator)),
        _ => (Proof::Card { at }, Roles::NONE),
    };
    let assurance = Assurance { proof, sign_in: SignIn::Passkey { synced: true }, at };
    Actor { person: person(number), roles, assurance }
}

/// The operator of the centre among the people.
pub const OPERATOR: u64 = 100;

/// That person, who has just signed in, at that moment under that command id.
pub fn context(who: u64, now: Timestamp, id: u64) -> Context {
    let actor = actor(who);
    let assurance = Assurance { at: now, ..actor.assurance };
    Context { actor: Actor { assurance, ..actor }, now, command: command(id) }
}

/// Five percent for the town; late from a day before on; people are introduced to each other.
pub const fn conditions() -> Conditions {
    Conditions { fee_percent: 5, late_hours: 24, late_percent: 20, no_show_percent: 50, introduction: true }
}

fn code(word: &str) -> Option<Code> {
    Code::parse(word).ok()
}

/// Of visits it is asked how they are to be (as one likes, and in words); paperwork is always worth 200; whoever looks after a
/// child took the course; work outside asks what to bring, and it has to be said.
fn kind(category: Category) -> Kind {
    let choices = |words: &[&str]| words.iter().filter_map(|word| code(word)).collect();
    let question = |word: &str, required, takes| code(word).map(|code| Question { code, required, takes });
    let questions = match category {
        Category::Visit => vec![
            question("how", false, Takes::One(choices(&["door", "tea"]))),
            question("words", false, Takes::Written),
        ],
        Category::Outdoor => vec![question("bring", true, Takes::Many(choices(&["gloves", "sickle"])))],
        _ => Vec::new(),
    };
    Kind {
        reward: (category == Category::Paperwork).then(|| points(200)),
        course: category == Category::Childminding,
        skills: SkillsAsked::default(),
        questions: questions.into_iter().flatten().collect(),
    }
}

/// Rules of a town with two areas and five percent.
pub fn rules() -> Rules {
    Rules {
        kinds: Category::ALL.into_iter().map(|category| (category, kind(category))).collect(),
        skills: [("care", Asked::Shown), ("cooking", Asked::Stated)]
            .into_iter()
            .filter_map(|(word, asked)| Some((code(word)?, asked)))
            .collect(),
        areas: [("midori", "4929278621"), ("minato", "4929278634")]
            .into_iter()
            .filter_map(|(code, mesh)| Some((AreaCode::parse(code).ok()?, mesh.parse().ok()?)))
            .collect(),
        conditions: conditions(),
        reward_max: points(10_000),
        from_minute: 8 * 60,
        to_minute: 21 * 60,
    }
}

/// Somebody of midori who helps with everything, every day, and goes five kilometres on foot.
pub fn registered(number: u64) -> Result<Registered, String> {
    let text = |error: &dyn std::fmt::Display| error.to_string();
    let times = Weekday::ALL.into_iter().flat_map(|day| TimeOfDay::ALL.map(|time| time_word(day, time)));
    let form = ProfileForm {
        area: "midori".to_owned(),
        kinds: Category::ALL.iter().map(|kind| kind.word().to_owned()).collect(),
        times: times.collect(),
        reach: "5000".to_owned(),
        travel: "foot".to_owned(),
        languages: vec!["ja".to_owned()],
        per_week: "3".to_owned(),
        ..ProfileForm::default()
    };
    form.parse(&rules(), person(number), TODAY).map_err(|errors| text(&format!("{errors:?}")))
}

/// A request for that day from 14:00 to 15:30.
pub fn request(day: Day, reward: u64) -> Result<Request, String> {
    let text = |error: &dyn std::fmt::Display| error.to_string();
    Ok(Request {
        category: Category::Shopping,
        title: Line::parse("牛乳と卵の買い物").map_err(|error| text(&error))?,
        details: Prose::parse("青い屋根の家です。\n犬がいます。").map_err(|error| text(&error))?,
        area: AreaCode::parse("midori").map_err(|error| text(&error))?,
        window: Window::new(day, 14 * 60, 15 * 60 + 30).map_err(|error| text(&error))?,
        minutes: 60,
        reward: points(reward),
        languages: Languages::one(Language::Japanese),
        skills: SkillsAsked::default(),
        answers: Answers::NONE,
    })
}

/// Chance from a seed: splitmix64.
#[derive(Debug, Clone)]
pub struct Chance(pub u64);

impl Chance {
    /// A number below `limit`; 0 if that is 0.
    pub fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)).checked_rem(limit).unwrap_or(0)
    }
}

/// How many people [`any_command`] knows.
pub const PEOPLE: u64 = 4;
/// How many jobs.
pub const JOBS: u64 = 6;
/// How many offers.
pub const OFFERS: u64 = 24;

/// Any command about a few jobs and offers, sensible or not.
pub fn any_command(chance: &mut Chance, now: Timestamp) -> Result<Command, String> {
    let (job, offer) = (job(1 + chance.below(JOBS)), offer(1 + chance.below(OFFERS)));
    let note = if chance.below(2) == 0 { Line::parse("よろしくお願いします").ok() } else { None };
    Ok(match chance.below(17) {
        0 => {
            let day = now.day().plus(chance.below(4) as i32 - 1);
            let reward = if chance.below(20) == 0 { chance.below(2) * 20_000 } else { 1 + chance.below(60) };
            Command::Ask { job, request: any_request(chance, day, reward)? }
        }
        1 | 2 => Command::Offer { job, offer, note },
        3 => Command::Withdraw { job, offer },
        4 | 5 => Command::Choose { job, offer },
        6 => Command::Notify { job },
        7 => Command::BeLate { job, minutes: chance.below(200) as u16 },
        8 => Command::CheckIn { job, code: CheckInCode::of(HoldId::from_bytes([chance.below(200) as u8; 16])) },
        9 | 10 => Command::Report { job, outcome: any_outcome(chance) },
        11 if chance.below(8) == 0 => Command::Consult { job, text: explanation()? },
        12 if chance.below(16) == 0 => Command::Cancel { job, reason: note, costs: points(chance.below(30)) },
        11 if chance.below(2) == 0 => Command::Raise {
            job,
            concern: ConcernId::derive("test", &chance.below(1 << 40).to_be_bytes()),
            offer: (chance.below(2) == 0).then_some(offer),
            matter: Matter::Other,
            text: explanation()?,
        },
        11 => Command::Decline { job },
        12 | 13 => Command::Thank { job, rating: Rating::MAX, message: None },
        14 => rate(chance, job)?,
        _ => Command::Desk { job, act: any_act(chance)? },
    })
}

/// A request for shopping, now and then for a visit with all that is asked of it, or for looking after a child.
fn any_request(chance: &mut Chance, day: Day, reward: u64) -> Result<Request, String> {
    let plain = request(day, reward)?;
    let Some((how, words)) = code("how").zip(code("words")) else { return Ok(plain) };
    Ok(match chance.below(8) {
        0 => Request { category: Category::Childminding, ..plain },
        1 => {
            let written = Prose::parse("2階です。").map_err(|error| error.to_string())?;
            let tea = code("tea").map(Given::One).unwrap_or(Given::Written(written.clone()));
            let answers = Answers::NONE.with(how, tea).and_then(|all| all.with(words, Given::Written(written)));
            let answers = answers.map_err(|error| error.to_string())?;
            Request { category: Category::Visit, answers, ..plain }
        }
        _ => plain,
    })
}

/// Any command, mostly from somebody who could give it.
pub fn anybody(chance: &mut Chance, now: Timestamp) -> Result<(u64, Command), String> {
    let command = any_command(chance, now)?;
    let at_the_desk = matches!(command, Command::Desk { .. }) && chance.below(20) > 0;
    Ok((if at_the_desk { OPERATOR } else { 1 + chance.below(PEOPLE) }, command))
}

/// Anything somebody could say of themself.
pub fn any_self_act(chance: &mut Chance, who: u64) -> Result<SelfAct, String> {
    let other = person(1 + chance.below(PEOPLE));
    Ok(match chance.below(8) {
        0 => SelfAct::Leave,
        1 => SelfAct::Part { job: job(1 + chance.below(JOBS)), offer: None },
        2 => SelfAct::Part { job: job(1 + chance.below(JOBS)), offer: Some(offer(1 + chance.below(OFFERS))) },
        3 => SelfAct::Meet { apart: Apart { who: person(who), from: other, at: TODAY.at_minute(0) }.id() },
        _ => SelfAct::Register(Box::new(registered(who)?)),
    })
}

/// Somebody says how it was, every other time with a word to the centre.
pub fn rate(chance: &mut Chance, job: JobId) -> Result<Command, String> {
    let words = (chance.below(2) == 0).then(|| Prose::parse("とてもたすかりました")).transpose();
    let words = words.map_err(|error| error.to_string())?;
    let stars = u8::try_from(1 + chance.below(5)).unwrap_or(1);
    let satisfaction = Rating::new(stars).unwrap_or(Rating::MAX);
    Ok(Command::Rate { job, satisfaction, words })
}

fn any_outcome(chance: &mut Chance) -> Outcome {
    match chance.below(12) {
        0..=8 => Outcome::Done { minutes: if chance.below(3) > 0 { 60 } else { chance.below(70) as u16 } },
        9 => Outcome::NoShow { of: Side::Helper },
        10 => Outcome::NoShow { of: Side::Requester },
        _ => Outcome::NotDone,
    }
}

fn any_act(chance: &mut Chance) -> Result<DeskAct, String> {
    let reason = explanation()?;
    Ok(match chance.below(44) {
        0..=16 => DeskAct::Introduce { fits: true },
        17 => DeskAct::Introduce { fits: false },
        18..=26 => DeskAct::Notify,
        27..=36 => {
            DeskAct::CheckIn { reason: Line::parse("電話で聞きました").map_err(|error| error.to_string())? }
        }
        37 => DeskAct::Decide { outcome: any_outcome(chance), reason },
        38 if chance.below(4) == 0 => DeskAct::Close { reason },
        39 | 40 => DeskAct::Write { memo: reason },
        41..=43 => DeskAct::Read { side: if chance.below(2) == 0 { Side::Helper } else { Side::Requester } },
        38 => DeskAct::Enquire { helper: helper_id(person(1 + chance.below(PEOPLE))) },
        _ => DeskAct::Notify,
    })
}

/// Something to tell the centre, or to be told by it.
pub fn explanation() -> Result<Explanation, String> {
    Prose::parse("待っていましたが、会えませんでした。").map_err(|error| error.to_string())
}

/// Something the page of the job offers to one of the people or to an operator, and who does it; none if there is
/// nothing.
pub fn sensible_command(
    chance: &mut Chance,
    store: &impl Store,
    id: JobId,
    now: Timestamp,
) -> Result<Option<(u64, Command)>, Fault> {
    let Some((found, offers)) = store.job(id)? else { return Ok(None) };
    if chance.below(4) == 0 {
        let waiting = store.feedback(id)?.into_iter().find(Feedback::waits);
        if let Some(feedback) = waiting.filter(|_| chance.below(3) == 0) {
            let act = DeskAct::Read { side: feedback.side };
            return Ok(Some((OPERATOR, Command::Desk { job: id, act })));
        }
        let claim = store.claim(id)?;
        let entered = store.entered(id).unwrap_or_default();
        let written = store.read(&Reads { chat: Some(id), ..Reads::default() })?.chat.by_helper;
        let beside = Beside { claim, entered: &entered, written };
        let may = desk_view(&found, &offers, beside, person(OPERATOR), now).map(|view| view.may).unwrap_or_default();
        let rare = |action: &DeskAction| matches!(action, DeskAction::Close | DeskAction::Decide(_));
        let picked = pick(chance, may).filter(|action| !rare(action) || chance.below(30) == 0);
        return Ok(picked.and_then(|action| Some((OPERATOR, desk_command(chance, id, action)?))));
    }
    let who = 1 + chance.below(PEOPLE);
    if chance.below(4) == 0 && found.rater(person(who), now).is_ok() {
        return Ok(rate(chance, id).ok().map(|command| (who, command)));
    }
    if chance.below(8) == 0 && found.side(person(who)).is_some() {
        return Ok(photo_command(chance, id, &store.photos(id)?).map(|command| (who, command)));
    }
    let may = job_view(&found, &offers, person(who), now).map(|view| view.may).unwrap_or_default();
    // Lives that are mostly cut short would show little.
    let may: Vec<_> = may
        .into_iter()
        .filter(|action| {
            let usual = matches!(
                action,
                Action::Offer
                    | Action::Choose(_)
                    | Action::Notify
                    | Action::CheckIn
                    | Action::Report(Outcome::Done { .. })
                    | Action::Thank
            );
            let talk = *action == Action::Chat && chance.below(4) == 0;
            usual || talk || chance.below(80) == 0
        })
        .collect();
    Ok(pick(chance, may).and_then(|action| Some((who, command_of(chance, &found, action)?))))
}

fn pick<T>(chance: &mut Chance, of: Vec<T>) -> Option<T> {
    let index = usize::try_from(chance.below(of.len() as u64)).unwrap_or(0);
    of.into_iter().nth(index)
}

/// The command behind what a page offers.
pub fn command_of(chance: &mut Chance, found: &Job, action: Action) -> Option<Command> {
    let id = found.id;
    Some(match action {
        Action::Offer => Command::Offer { job: id, offer: offer(1_000_000 + chance.below(1 << 50)), note: None },
        Action::Withdraw(offer) => Command::Withdraw { job: id, offer },
        Action::Choose(offer) => Command::Choose { job: id, offer },
        Action::Notify => Command::Notify { job: id },
        Action::BeLate => Command::BeLate { job: id, minutes: 20 },
        // What the requester reads to the helper at the door.
        Action::CheckIn => Command::CheckIn { job: id, code: CheckInCode::of(found.state.agreement()?.hold) },
        Action::Report(outcome) => Command::Report { job: id, outcome },
        Action::Consult => Command::Consult { job: id, text: explanation().ok()? },
        Action::Cancel { costs } => Command::Cancel { job: id, reason: None, costs },
        Action::Thank => Command::Thank { job: id, rating: Rating::MAX, message: None },
        Action::Chat => Command::Chat { job: id, line: ChatLine::Phrase(QuickPhrase::Arrived) },
    })
}

/// A picture of one point: what a picture can be is [`Picture`]'s own affair.
pub fn picture() -> Result<Picture, String> {
    const POINT: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0:~\x9bU\
        \0\0\0\nIDATx\xdac`\0\0\0\x02\0\x01\xe5'\xde\xfc\0\0\0\0IEND\xaeB`\x82";
    Picture::parse(POINT).map_err(|error| error.to_string())
}

/// Adds a photo, or takes one back.
pub fn photo_command(chance: &mut Chance, job: JobId, photos: &[Photo]) -> Option<Command> {
    let photo = photos.get(usize::try_from(chance.below(8)).ok()?).map(|photo| photo.id);
    let add = || Some(Command::AddPhoto { job, caption: Line::parse("棚").ok(), picture: picture().ok()? });
    photo.map_or_else(add, |photo| Some(Command::RemovePhoto { job, photo }))
}

/// The command behind what the desk offers.
pub fn desk_command(chance: &mut Chance, job: JobId, action: DeskAction) -> Option<Command> {
    let act = match action {
        DeskAction::Introduce => DeskAct::Introduce { fits: chance.below(30) > 0 },
        DeskAction::Notify => DeskAct::Notify,
        DeskAction::CheckIn => DeskAct::CheckIn { reason: Line::parse("電話で聞きました").ok()? },
        DeskAction::Decide(outcome) => DeskAct::Decide { outcome, reason: explanation().ok()? },
        DeskAction::Close => DeskAct::Close { reason: explanation().ok()? },
        DeskAction::Enquire => DeskAct::Enquire { helper: helper_id(person(1 + chance.below(PEOPLE))) },
        DeskAction::Claim => DeskAct::Claim,
        DeskAction::RingUp => DeskAct::RingUp,
        DeskAction::HandOver => DeskAct::HandOver { memo: (chance.below(2) == 0).then(explanation).transpose().ok()? },
    };
    Some(Command::Desk { job, act })
}
