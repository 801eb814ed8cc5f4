//! Pages of town and co-help: every one in every language, for every side of a job in every state.
#![cfg(feature = "ssr")]

#[path = "pages_town_cohelp/chat.rs"]
mod chat;
#[path = "pages_town_cohelp/desk.rs"]
mod desk;
#[path = "pages_town_cohelp/figures.rs"]
mod figures;
#[path = "pages_town_cohelp/first.rs"]
mod first;
#[path = "pages_town_cohelp/helping.rs"]
mod helping;
#[path = "pages_identity_ledger/html.rs"]
mod html;
#[path = "pages_town_cohelp/kinds.rs"]
mod kinds;
#[path = "pages_town_cohelp/notifications.rs"]
mod notifications;
#[path = "pages_town_cohelp/phone.rs"]
mod phone;
#[path = "pages_town_cohelp/world.rs"]
mod world;

use std::{fs, path::Path};

use app::cohelp::{self, JobDone, JobInput, RequestDraft, say};
use app::design::STYLESHEET;
use app::town::{self, Problem, Todo, todo};
use html::{check, tags};
use shared::cohelp::{
    Action, AskForm, ChatForm, Field, FieldError, FieldErrors, Job, Languages, PART, RaiseForm, RateForm, Refusal,
    ReportForm, State, What, Who,
};
use shared::kernel::{JobId, Language, Level, Line, Locale, Name, Prose, Role};
use world::*;

const DONE: [JobDone; 16] = [
    JobDone::Rated,
    JobDone::Written,
    JobDone::Asked,
    JobDone::Offered,
    JobDone::Withdrawn,
    JobDone::Chosen,
    JobDone::Notified,
    JobDone::Late,
    JobDone::Started,
    JobDone::Reported,
    JobDone::Consulted,
    JobDone::Paid,
    JobDone::Cancelled,
    JobDone::Thanked,
    JobDone::Declined,
    JobDone::Raised,
];

const PROBLEMS: [Problem; 7] = [
    Problem::NotFound,
    Problem::Forbidden,
    Problem::Stale,
    Problem::TooLarge,
    Problem::TooMany { seconds: 30 },
    Problem::MethodNotAllowed,
    Problem::Ours,
];

fn refusals() -> Vec<Refusal> {
    vec![
        Refusal::LevelMissing { level: Level::Passkey },
        Refusal::CardMissing,
        Refusal::AlreadyRated,
        Refusal::NothingToRead,
        Refusal::RewardFixed { reward: points(200) },
        Refusal::SkillUnknown,
        Refusal::AnswersWrong,
        Refusal::CourseMissing,
        Refusal::EvidenceMissing,
        Refusal::HelperUnknown,
        Refusal::CommandReused,
        Refusal::JobUnknown,
        Refusal::OfferUnknown,
        Refusal::JobExists,
        Refusal::OfferExists,
        Refusal::NotYours,
        Refusal::OwnRequest,
        Refusal::InProgress,
        Refusal::AlreadyChosen,
        Refusal::NotOpen,
        Refusal::NotAgreed,
        Refusal::NotPaid,
        Refusal::OfferNotStanding,
        Refusal::AlreadyOffered,
        Refusal::TooManyOffers,
        Refusal::TooManyOpenRequests,
        Refusal::AlreadyConfirmed,
        Refusal::AlreadyThanked,
        Refusal::CancelTooLate,
        Refusal::TooEarly,
        Refusal::TooLate,
        Refusal::CategoryUnknown,
        Refusal::AreaUnknown,
        Refusal::WindowPast,
        Refusal::TooFarAhead { days_max: 180 },
        Refusal::OutsideHours { from_minute: 480, to_minute: 1260 },
        Refusal::WindowShort,
        Refusal::RewardZero,
        Refusal::RewardTooLarge { max: points(10_000) },
        Refusal::ShortOf { missing: points(1_234) },
        Refusal::NotOperator,
        Refusal::OwnCase,
        Refusal::NotIntroduced,
        Refusal::AlreadyIntroduced,
        Refusal::NoticeMissing,
        Refusal::AlreadyNotified,
        Refusal::AlreadyStarted,
        Refusal::NotStarted,
        Refusal::CostsMore { costs: points(100) },
        Refusal::TooManyStatements,
        Refusal::NotAskable,
        Refusal::AlreadyAsked,
        Refusal::TooManyApart,
        Refusal::TooManyEnquiries,
        Refusal::AlreadyAnswered,
        Refusal::ConcernUnknown,
        Refusal::ConcernClosed,
        Refusal::TooManyConcerns,
    ]
}

fn all_wrong() -> FieldErrors {
    vec![
        (Field::Category, FieldError::Missing),
        (Field::Title, FieldError::TooLong { max: 40, got: 41 }),
        (Field::Details, FieldError::Control),
        (Field::Area, FieldError::Unknown),
        (Field::Day, FieldError::TooFarAhead { days_max: 180 }),
        (Field::From, FieldError::OutsideHours { from_minute: 480, to_minute: 1260 }),
        (Field::To, FieldError::EndBeforeStart),
        (Field::Minutes, FieldError::LongerThanWindow { minutes_max: 90 }),
        (Field::Reward, FieldError::TooLarge { max: 10_000 }),
    ]
}

fn busy_home() -> shared::wire::HomePage {
    let states = states();
    let state = |name: &str| states.iter().find(|(known, _)| *known == name).unwrap().1.clone();
    let mine = vec![job(1, state("open")), job(2, state("agreed")), job(3, state("thanked-both"))];
    let mut open = job(5, state("open"));
    open.requester = person(OTHER);
    open.request.title = Line::parse("窓の外側の拭きそうじ").unwrap();
    let board = board_of(mine, vec![], vec![open], ASKER, at(10));
    home_page(
        visitor(ASKER, "湊 花子"),
        board,
        1_200,
        &[("おかげさまで、久しぶりに外へ出られました。\n本当にありがとう。", 3)],
    )
}

/// Every page once, in that language, with a name for messages and files.
fn pages(locale: Locale) -> Vec<(String, String)> {
    let town = town();
    let me = visitor(ASKER, "湊 花子");
    let guest = frame(locale, &town, None, "/");
    let own = frame(locale, &town, Some(&me), "/help");
    let mut out = vec![
        ("welcome".to_owned(), town::welcome(&guest)),
        ("home-full".to_owned(), town::home(&own, &busy_home())),
        (
            "home-empty".to_owned(),
            town::home(&own, &home_page(me.clone(), board_of(vec![], vec![], vec![], ASKER, at(10)), 0, &[])),
        ),
    ];
    for problem in PROBLEMS {
        out.push((format!("problem-{problem:?}"), town::problem(&own, problem)));
        out.push((format!("problem-guest-{problem:?}"), town::problem(&guest, problem)));
    }
    let home = busy_home();
    let empty = board_of(vec![], vec![], vec![], ASKER, at(10));
    for (name, board) in [("full", home.board), ("empty", empty)] {
        let page = board_page(board.clone(), ASKER);
        out.push((format!("board-{name}"), cohelp::board(&own, &page)));
        for (suits, asks) in [(0, 0), (1, 1), (9, 0)] {
            let page = offers_page(board.clone(), suits, asks);
            out.push((format!("offers-{name}-{suits}-{asks}"), cohelp::offers(&own, &page)));
        }
    }
    let (form, page) = (ask_form(), request_page(1_200));
    let request = form.parse(&shared::process::cohelp_rules(&town), at(10)).unwrap();
    let short = Refusal::ShortOf { missing: points(300) };
    let new = |form: &AskForm, errors: &FieldErrors, refusal| cohelp::request(&own, &page, form, errors, refusal, None);
    out.push(("request".to_owned(), new(&AskForm::default(), &vec![], None)));
    out.push((
        "request-poor".to_owned(),
        cohelp::request(&own, &request_page(0), &form, &vec![], None, Some(RequestDraft::Found)),
    ));
    out.push((
        "request-again".to_owned(),
        cohelp::request(&own, &page, &form, &vec![], None, Some(RequestDraft::Again)),
    ));
    out.push(("request-wrong".to_owned(), new(&form, &all_wrong(), None)));
    out.push(("request-short".to_owned(), new(&form, &vec![], Some(&short))));
    out.push(("check".to_owned(), cohelp::check(&own, &page, &form, &request)));
    out
}

/// The page of a job in every state for everybody, at a moment before and one after its window.
fn job_pages(locale: Locale) -> Vec<(String, shared::wire::JobPage, String)> {
    let town = town();
    let mut out = Vec::new();
    for (name, state) in states() {
        let job = job(1, state);
        for viewer in [ASKER, HELPER, OTHER, STRANGER] {
            for now in [at(10), at(14), at(18)] {
                let Some(page) = job_page(&job, viewer, now) else { continue };
                let frame = frame(locale, &town, Some(&page.visitor), "/help/x");
                let html = cohelp::job(&frame, &page, &JobInput::default(), &vec![], None, None);
                out.push((format!("job-{name}-{viewer}-{}", now.civil().hour), page, html));
            }
        }
    }
    out
}

#[test]
fn every_page_is_sound_in_every_language() {
    for locale in Locale::ALL {
        for (name, html) in pages(locale) {
            check(&format!("{name} {locale:?}"), &html);
        }
        let jobs = job_pages(locale);
        assert!(jobs.len() > 60, "{}", jobs.len());
        for (name, _, html) in jobs {
            check(&format!("{name} {locale:?}"), &html);
        }
    }
}

#[test]
fn every_sentence_about_what_was_done_and_refused_fits_every_state() {
    let town = town();
    for (name, state) in states() {
        let job = job(1, state);
        for viewer in [ASKER, HELPER] {
            let Some(page) = job_page(&job, viewer, at(10)) else { continue };
            let frame = frame(Locale::Ja, &town, Some(&page.visitor), "/help/x");
            for done in DONE {
                let html = cohelp::job(&frame, &page, &JobInput::default(), &vec![], None, Some(done));
                check(&format!("{name} {done:?}"), &html);
            }
            for refusal in refusals() {
                let html = cohelp::job(&frame, &page, &JobInput::default(), &vec![], Some(&refusal), None);
                check(&format!("{name} {refusal:?}"), &html);
                assert!(html.contains("id=\"refusal\"") && html.contains("エラー："), "{name} {refusal:?}");
            }
        }
    }
}

/// Whether the reader can say the same as the other one.
fn agrees(page: &shared::wire::JobPage) -> bool {
    let other = page.job.card.side.map(shared::cohelp::Side::other);
    let theirs = page.job.course.as_ref().zip(other).and_then(|(course, other)| course.reports.of(other));
    theirs.is_some_and(|report| page.job.may.contains(&Action::Report(report.outcome)))
}

#[test]
fn every_action_has_its_form_and_nothing_else_has() {
    for (name, page, html) in job_pages(Locale::Ja) {
        let acts: Vec<&str> =
            html.split("name=\"act\" value=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let mut expected: Vec<&str> = page
            .job
            .may
            .iter()
            .map(|action| match action {
                Action::Offer => "offer",
                Action::Withdraw(_) => "withdraw",
                Action::Choose(_) => "choose",
                Action::Notify => "notify",
                Action::BeLate => "late",
                Action::CheckIn => "check-in",
                Action::Report(_) => "report",
                Action::Consult => "consult",
                Action::Cancel { .. } => "cancel",
                Action::Thank => "thank",
                Action::Chat => "chat",
            })
            .collect();
        // One form for everything that can be reported, and one to agree with what the other one says.
        expected.dedup_by(|one, other| one == other && *one == "report");
        if agrees(&page) {
            expected.push("report");
        }
        // Words of one's own, or a phrase.
        expected.extend(page.job.may.contains(&Action::Chat).then_some("chat"));
        expected.extend((!page.met.is_empty()).then_some("raise"));
        expected.extend((page.rated == Some(shared::wire::Rated::Asked)).then_some("rate"));
        expected.extend(page.asked.then_some("decline"));
        expected.extend(page.adds_photo.map(|_| "photo"));
        let of_request = page.photos.iter().filter(|photo| page.removes_photos && photo.helper.is_none());
        expected.extend(of_request.map(|_| "remove-photo"));
        expected.extend(page.partable.iter().map(|_| "part"));
        let mut found = acts.clone();
        found.sort_unstable();
        expected.sort_unstable();
        assert_eq!(found, expected, "{name}");
        for action in &page.job.may {
            if let Action::Choose(offer) | Action::Withdraw(offer) = action {
                assert!(html.contains(&format!("name=\"offer\" value=\"{offer}\"")), "{name}");
            }
        }
        // Two forms never share a command: the second would look like a repeat of the first.
        let mut commands: Vec<&str> =
            html.split("name=\"command_id\" value=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let count = commands.len();
        commands.sort_unstable();
        commands.dedup();
        assert_eq!(commands.len(), count, "{name}");
    }
}

#[test]
fn the_page_of_a_job_always_says_who_does_what_next() {
    for (name, page, html) in job_pages(Locale::Ja) {
        assert!(html.contains("mg-card--next"), "{name}");
        let current = html.contains("aria-current=\"step\"");
        let open_end = page.job.timeline.iter().all(|step| step.done);
        if page.job.card.next.is_some() && !open_end {
            assert!(current, "{name}");
            let step = html.split("aria-current=\"step\"").nth(1).and_then(|rest| rest.split("</li>").next()).unwrap();
            let yours = page.job.card.next.is_some_and(|next| next.who == Who::You && next.what == What::Report);
            assert!(!yours || step.contains("あなたがどうだったかを報告する"), "{name}: {step}");
        } else if page.job.card.next.is_none() {
            assert!(!current, "{name}: a current step when all is over");
        }
    }
}

#[test]
fn contract_names_are_on_the_pages() {
    let pages = pages(Locale::Ja);
    let html = |name: &str| pages.iter().find(|(known, _)| known == name).unwrap().1.clone();
    for (page, words) in [
        ("welcome", &["カードで登録する", "サインイン"][..]),
        ("board-full", &["助け合い", "手伝ってほしい", "手伝いたい"]),
        ("request", &["手伝ってほしい", "内容を確かめる", "value=\"check\""]),
        ("check", &["内容を確認する", "助けをたのむ", "value=\"send\"", "value=\"edit\"", "475ポイント", "25ポイント"]),
    ] {
        for word in words {
            assert!(html(page).contains(word), "{page}: {word}");
        }
    }
    let jobs = job_pages(Locale::Ja);
    let html = |name: &str| jobs.iter().find(|(known, ..)| known == name).unwrap().2.clone();
    for (page, word) in [
        ("job-open-1-10", ">この人にお願いする</button>"),
        ("job-open-1-10", ">取り消す</button>"),
        ("job-open-4-10", ">手伝うと申し出る</button>"),
        ("job-open-3-10", ">申し出を取り下げる</button>"),
        ("job-agreed-2-10", ">センターに連絡する</button>"),
        ("job-notified-1-14", "開始番号"),
        ("job-notified-2-14", ">始める</button>"),
        ("job-started-2-18", ">報告する</button>"),
        ("job-said-by-helper-1-18", ">そのとおりです</button>"),
        ("job-differ-1-18", ">センターに伝える</button>"),
        ("job-decided-2-18", "お二人に電話で聞きました。"),
        ("job-paid-1-18", ">お礼を伝える</button>"),
        ("job-thanked-2-18", "mg-thanks"),
    ] {
        assert!(html(page).contains(word), "{page}: {word}");
    }
}

#[test]
fn what_is_wrong_is_said_twice_and_the_input_kept() {
    let town = town();
    let me = visitor(ASKER, "湊 花子");
    for locale in Locale::ALL {
        let frame = frame(locale, &town, Some(&me), "/help/new");
        let html = cohelp::request(&frame, &request_page(100), &ask_form(), &all_wrong(), None, None);
        let tags = tags(&html);
        for (field, error) in all_wrong() {
            let id = field.id();
            assert!(tags.iter().any(|tag| tag.get("href") == Some(&format!("#{id}"))), "{locale:?} {id}: no link");
            assert!(
                tags.iter().any(|tag| tag.get("id") == Some(&format!("{id}-error"))),
                "{locale:?} {id}: no message"
            );
            assert!(!say::field_error(locale, field, &error).plain().is_empty());
        }
        for kept in
            ["牛乳と卵の買い物", "玄関先で受け取ります。", "value=\"2026-11-22\"", "value=\"500\"", "value=\"60\""]
        {
            assert!(html.contains(kept), "{locale:?}: {kept}");
        }
        let chosen = |name: &str, value: &str, mark: &str| {
            tags.iter().any(|tag| {
                tag.get("value") == Some(value)
                    && tag.get(mark).is_some()
                    && (tag.get("name") == Some(name) || tag.name == "option")
            })
        };
        assert!(chosen("category", "shopping", "checked"));
        assert!(
            chosen("area", "sakurado", "selected")
                && chosen("from", "14:00", "selected")
                && chosen("to", "15:30", "selected")
        );
        let title = html.split("<title>").nth(1).unwrap();
        assert!(title.starts_with(if locale == Locale::En { "Error: " } else { "エラー：" }), "{locale:?}");
    }
    let frame = frame(Locale::Ja, &town, Some(&me), "/help/new");
    let short = Refusal::ShortOf { missing: points(1_234) };
    let html = cohelp::request(&frame, &request_page(100), &ask_form(), &vec![], Some(&short), None);
    assert!(html.contains("href=\"#reward\"") && html.contains("reward-error") && html.contains("あと1,234足りません"));
}

#[test]
fn wrong_words_of_a_job_stay_in_sight() {
    let town = town();
    let states = states();
    let find = |name: &str| states.iter().find(|(known, _)| *known == name).unwrap().1.clone();
    let wrong = FieldError::TooLong { max: 120, got: 121 };
    for (state, viewer, now, act, field) in [
        ("open", STRANGER, at(10), "offer", Field::Note),
        ("open", STRANGER, at(10), "raise", Field::Happened),
        ("agreed", ASKER, at(10), "cancel", Field::Reason),
        ("notified", HELPER, at(14), "late", Field::Late),
        ("notified", HELPER, at(14), "check-in", Field::Code),
        ("started", HELPER, at(18), "report", Field::Worked),
        ("said-by-helper", ASKER, at(18), "report", Field::Worked),
        ("started", HELPER, at(18), "consult", Field::Text),
        ("started", HELPER, at(18), "chat", Field::Say),
        ("started", HELPER, at(18), "photo", Field::Caption),
        ("open", ASKER, at(9), "photo", Field::Caption),
        ("paid", ASKER, at(18), "thank", Field::Rating),
        ("paid", HELPER, at(18), "thank", Field::Message),
        ("paid", ASKER, at(18), "rate", Field::Satisfaction),
        ("expired", ASKER, at(18), "rate", Field::Words),
    ] {
        let page = job_page(&job(1, find(state)), viewer, now).unwrap();
        let input = JobInput {
            act: act.to_owned(),
            note: "ひとことKEPT".to_owned(),
            reason: "理由KEPT".to_owned(),
            rating: "4".to_owned(),
            message: "お礼KEPT".to_owned(),
            late: "5KEPT".to_owned(),
            code: "12KEPT".to_owned(),
            caption: "棚KEPT".to_owned(),
            text: "相談KEPT".to_owned(),
            report: ReportForm { outcome: PART.to_owned(), worked: "30KEPT".to_owned() },
            chat: ChatForm { say: "返事KEPT".to_owned(), phrase: String::new() },
            raise: RaiseForm { whom: String::new(), matter: "danger".to_owned(), happened: "何がKEPT".to_owned() },
            rate: RateForm { satisfaction: "2".to_owned(), words: "ひとことKEPT".to_owned() },
        };
        let frame = frame(Locale::Ja, &town, Some(&page.visitor), "/help/x");
        let html = cohelp::job(&frame, &page, &input, &vec![(field, wrong)], None, None);
        check(field.id(), &html);
        assert!(html.contains(&format!("href=\"#{}\"", field.id())), "{field:?}");
        assert!(html.contains(&format!("id=\"{}-error\"", field.id())), "{field:?}");
        assert!(html.contains(if act == "raise" { "何がKEPT" } else { "KEPT" }), "{field:?}");
        // What was sent is in sight; what else was typed on the page was never sent.
        let closed = |part: &&str| !part.split('>').next().unwrap().contains(" open");
        let hidden = html.split("<details").skip(1).filter(closed);
        let hidden: String = hidden.filter_map(|part| part.split("</details>").next()).collect();
        assert!(!hidden.contains(&format!("id=\"{}-error\"", field.id())), "{field:?} is out of sight");
        assert!(!hidden.contains(&format!("value=\"{act}\"")), "the form of {act} is out of sight");
    }
}

#[test]
fn a_language_that_is_not_japanese_is_said_where_people_choose() {
    let (town, me) = (town(), visitor(HELPER, "桜庭 太郎"));
    let mut foreign = job(1, states()[0].1.clone());
    foreign.request.languages = Languages::new([Language::English, Language::JapaneseSign]).unwrap();
    let expected = [(Locale::Ja, "英語・日本の手話"), (Locale::JaEasy, "・"), (Locale::En, "English, ")];
    for (locale, said) in expected {
        let frame = frame(locale, &town, Some(&me), "/help");
        let board = board_of(vec![], vec![], vec![foreign.clone(), job(2, states()[0].1.clone())], HELPER, at(10));
        let html = cohelp::offers(&frame, &offers_page(board, 1, 1));
        assert!(html.contains(said), "{locale:?}: {html}");
        let page = job_page(&foreign, HELPER, at(10)).unwrap();
        let html = cohelp::job(&frame, &page, &JobInput::default(), &vec![], None, None);
        check("foreign", &html);
        assert!(html.contains(said), "{locale:?}");
        let form = AskForm { languages: vec!["en".to_owned(), "jsl".to_owned()], ..ask_form() };
        let html = cohelp::request(&frame, &request_page(900), &form, &vec![], None, None);
        check("form", &html);
        assert!(html.contains("value=\"jsl\" checked") && html.contains("<details open"));
        let html = cohelp::check(&frame, &request_page(900), &form, &foreign.request);
        assert!(html.contains(said) && html.matches("name=\"spoken\"").count() == 2);
    }
    let frame = frame(Locale::Ja, &town, Some(&me), "/help/new");
    let html = cohelp::request(&frame, &request_page(900), &ask_form(), &vec![], None, None);
    assert!(!html.contains("<details open"), "folded away where few want it");
}

/// A job all of whose words are hostile.
fn hostile_job(state: State) -> Job {
    let mut job = job(1, state);
    job.request.title = Line::parse(&HOSTILE.chars().take(40).collect::<String>()).unwrap();
    job.request.details = Prose::parse(HOSTILE).unwrap();
    job
}

#[test]
fn what_people_write_stays_text() {
    let town = town();
    let mut me = visitor(ASKER, HOSTILE);
    me.name = Name::parse(&HOSTILE.repeat(4).chars().take(200).collect::<String>()).unwrap();
    let states = states();
    for locale in Locale::ALL {
        let own = frame(locale, &town, Some(&me), "/help/\"><script>");
        let mut all = Vec::new();
        for (_, state) in &states {
            let job = hostile_job(state.clone());
            let mut page = job_page(&job, ASKER, at(18)).unwrap();
            page.named.0.iter_mut().for_each(|(_, name)| *name = me.name.clone());
            page.job.offers.iter_mut().for_each(|offer| offer.note = Some(Line::parse(HOSTILE).unwrap()));
            page.job.thanks_received = Some(thanks(HOSTILE));
            let input = JobInput {
                act: HOSTILE.into(),
                note: HOSTILE.into(),
                reason: HOSTILE.into(),
                rating: HOSTILE.into(),
                message: HOSTILE.into(),
                late: HOSTILE.into(),
                code: HOSTILE.into(),
                caption: HOSTILE.into(),
                text: HOSTILE.into(),
                report: ReportForm { outcome: HOSTILE.into(), worked: HOSTILE.into() },
                chat: ChatForm { say: HOSTILE.into(), phrase: HOSTILE.into() },
                raise: RaiseForm { whom: HOSTILE.into(), matter: HOSTILE.into(), happened: HOSTILE.into() },
                rate: RateForm { satisfaction: HOSTILE.into(), words: HOSTILE.into() },
            };
            all.push(cohelp::job(&own, &page, &input, &vec![], None, Some(JobDone::Chosen)));
        }
        let board = board_of(
            vec![hostile_job(states[0].1.clone())],
            vec![],
            vec![hostile_job(states[0].1.clone())],
            ASKER,
            at(10),
        );
        all.push(cohelp::board(&own, &board_page(board.clone(), ASKER)));
        all.push(cohelp::offers(&own, &offers_page(board.clone(), 1, 1)));
        all.push(town::home(&own, &home_page(me.clone(), board, 5, &[(HOSTILE, 1)])));
        let text = || HOSTILE.to_owned();
        let form = AskForm {
            category: text(),
            title: text(),
            details: text(),
            area: text(),
            day: text(),
            from: text(),
            to: text(),
            minutes: text(),
            reward: text(),
            languages: vec![text()],
            able: vec![text()],
            answers: vec![("phone-device".to_owned(), text()), (text(), text())],
        };
        all.push(cohelp::request(&own, &request_page(9), &form, &all_wrong(), None, Some(RequestDraft::Saved)));
        all.push(cohelp::check(&own, &request_page(900), &form, &hostile_job(states[0].1.clone()).request));
        for problem in PROBLEMS {
            all.push(town::problem(&own, problem));
        }
        for html in all {
            check("hostile", &html);
            assert!(!html.contains("<script>"), "{locale:?}: {html}");
            assert!(!html.contains("<ruby>山"), "{locale:?}: a reading from outside");
        }
    }
}

#[test]
fn names_show_in_full_and_every_rating_and_kind_has_a_word() {
    let town = town();
    let long = "ペドロ アルヴァレス カブラル デ ソウザ エ シルヴァ ".repeat(7);
    let long: String = long.chars().take(200).collect();
    let me = visitor(ASKER, long.trim());
    let own = frame(Locale::Ja, &town, Some(&me), "/");
    let html = town::home(&own, &home_page(me.clone(), board_of(vec![], vec![], vec![], ASKER, at(10)), 0, &[]));
    assert!(html.contains(long.trim()));
    check("long name", &html);
    for locale in Locale::ALL {
        let mut words: Vec<_> = (1..=5)
            .filter_map(shared::cohelp::Rating::new)
            .map(|rating| say::rating(locale, rating).plain().into_owned())
            .chain(town.categories.iter().map(|category| say::category(locale, category.kind).plain().into_owned()))
            .collect();
        let count = words.len();
        words.sort();
        words.dedup();
        assert_eq!((words.len(), count), (13, 13), "{locale:?}");
    }
}

#[test]
fn every_refusal_and_every_fault_has_a_sentence_with_its_numbers() {
    for locale in Locale::ALL {
        for refusal in refusals() {
            assert!(say::refusal(locale, &refusal).plain().len() > 10, "{locale:?} {refusal:?}");
        }
        let number = |refusal| say::refusal(locale, &refusal).plain().into_owned();
        assert!(number(Refusal::ShortOf { missing: points(1_234) }).contains("1,234"));
        assert!(number(Refusal::RewardTooLarge { max: points(10_000) }).contains("10,000"));
        assert!(number(Refusal::TooFarAhead { days_max: 180 }).contains("180"));
        let hours = number(Refusal::OutsideHours { from_minute: 480, to_minute: 1260 });
        assert!(hours.contains("8:00") && hours.contains("21:00"));
        let long =
            say::field_error(locale, Field::Title, &FieldError::TooLong { max: 40, got: 57 }).plain().into_owned();
        assert!(long.contains("40") && long.contains("57"), "{long}");
    }
}

#[test]
fn the_word_of_the_chosen_helper_and_the_details_are_for_the_two() {
    for (name, page, html) in job_pages(Locale::Ja) {
        let word = html.contains("午後ならうかがえます");
        if page.job.helper.is_some() {
            assert!(word, "{name}: one of the two");
        } else if [person(OTHER), person(STRANGER)].contains(&page.visitor.actor.person) {
            assert!(!word, "{name}: somebody else's offer");
        }
        assert_eq!(html.contains("玄関先で受け取ります。"), page.job.details.is_some(), "{name}");
    }
}

#[test]
fn the_panel_of_a_choice_without_points_is_no_success() {
    let town = town();
    let page = job_page(&job(1, State::short_of(points(120))), ASKER, at(10)).unwrap();
    let frame = frame(Locale::Ja, &town, Some(&page.visitor), "/help/x");
    let html = cohelp::job(&frame, &page, &JobInput::default(), &vec![], None, Some(JobDone::Chosen));
    assert!(!html.contains("mg-banner--success") && html.contains("あと120足りず"), "{html}");
}

#[test]
fn the_next_thing_is_the_most_urgent() {
    let states = states();
    let find = |name: &str| states.iter().find(|(known, _)| *known == name).unwrap().1.clone();
    let me = visitor(ASKER, "湊 花子");
    let helper = visitor(HELPER, "桜庭 太郎");
    let none = board_of(vec![], vec![], vec![], ASKER, at(10));
    assert_eq!(todo(&none, 0, &from_card(), at(10)), Todo::Passkey);
    assert_eq!(todo(&none, 0, &staff(Role::Officer), at(10)), Todo::Office);
    assert_eq!(todo(&none, 0, &staff(Role::Auditor), at(10)), Todo::Look);
    assert_eq!(todo(&none, 0, &me, at(10)), Todo::Earn);
    assert_eq!(todo(&none, 1, &me, at(10)), Todo::Look);
    let kind = |mine: &[&str], viewer: u8, hour: u16| {
        let jobs: Vec<_> = mine.iter().zip(1..).map(|(name, number)| job(number, find(name))).collect();
        let (mine, helping) = if viewer == ASKER { (jobs, vec![]) } else { (vec![], jobs) };
        let board = board_of(mine, helping, vec![], viewer, at(hour));
        let who = if viewer == ASKER { &me } else { &helper };
        match todo(&board, 100, who, at(hour)) {
            Todo::Confirm(card) => ("confirm", Some(card.id)),
            Todo::Today(card) => ("today", Some(card.id)),
            Todo::Choose(card, offers) => (if offers == 2 { "choose" } else { "?" }, Some(card.id)),
            Todo::Thank(card) => ("thank", Some(card.id)),
            Todo::Waiting(card) => ("waiting", Some(card.id)),
            Todo::Offered(card) => ("offered", Some(card.id)),
            other => panic!("{other:?}"),
        }
    };
    let id = |number: u8| Some(JobId::from_bytes([number; 16]));
    assert_eq!(kind(&["open", "paid", "agreed"], ASKER, 10), ("today", id(3)));
    assert_eq!(kind(&["open", "paid", "agreed"], ASKER, 18), ("confirm", id(3)));
    assert_eq!(kind(&["paid", "open"], ASKER, 10), ("choose", id(2)));
    assert_eq!(kind(&["paid", "expired"], ASKER, 10), ("thank", id(1)));
    assert_eq!(kind(&["said-by-requester", "paid"], HELPER, 18), ("confirm", id(1)));
    assert_eq!(kind(&["open"], HELPER, 10), ("offered", id(1)));
    assert_eq!(kind(&["agreed", "agreed"], ASKER, 10), ("today", id(1)), "the order does not jump about");
    // Without offers there is nothing to choose.
    let mut waiting = board_of(vec![job(1, find("open"))], vec![], vec![], ASKER, at(10));
    waiting.mine[0].next = None;
    assert_eq!(todo(&waiting, 0, &me, at(10)), Todo::Waiting(&waiting.mine[0]));
    // An appointment of another day waits behind thanks.
    let mut later = board_of(vec![job(1, find("agreed")), job(2, find("paid"))], vec![], vec![], ASKER, at(10));
    let window = shared::cohelp::Window::new(today().plus(3), 600, 700).unwrap();
    later.mine[0].window = window;
    assert_eq!(todo(&later, 0, &me, at(10)), Todo::Thank(&later.mine[1]));
    later.mine.truncate(1);
    assert_eq!(todo(&later, 0, &me, at(10)), Todo::Coming(&later.mine[0]));
}

#[test]
fn words_of_links_come_back() {
    for done in DONE {
        assert_eq!(JobDone::from_word(done.word()), Some(done));
    }
    assert_eq!(JobDone::from_word("<b>"), None);
}

/// Writes every page to the folder in `MEGURI_PAGES`, the style inside, for eyes.
#[test]
fn for_eyes() {
    let Ok(folder) = std::env::var("MEGURI_PAGES") else { return };
    fs::create_dir_all(&folder).unwrap();
    let style = format!("<style>{STYLESHEET}</style>");
    for locale in Locale::ALL {
        let jobs = job_pages(locale).into_iter().map(|(name, _, html)| (name, html));
        for (name, html) in pages(locale).into_iter().chain(jobs) {
            let page = html.replace("<link rel=\"stylesheet\" href=\"/style.css\">", &style);
            assert!(page.contains("<style>"), "{name}");
            fs::write(Path::new(&folder).join(format!("{name}.{}.html", locale.word())), page).unwrap();
        }
    }
}
