use super::parse::{date, time};
use super::*;
use crate::cohelp::Answers;
use crate::cohelp::decide::guard;
use crate::cohelp::fixture::{Chance, TODAY, points, rules};

fn good() -> AskForm {
    AskForm {
        category: "shopping".into(),
        title: "牛乳の買い物".into(),
        details: "青い屋根の家です。".into(),
        area: "midori".into(),
        day: "2026-11-22".into(),
        from: "14:00".into(),
        to: "15:30".into(),
        minutes: String::new(),
        reward: "500".into(),
        languages: Vec::new(),
        able: Vec::new(),
        answers: Vec::new(),
    }
}

fn now() -> Timestamp {
    TODAY.at_minute(12 * 60)
}

#[test]
fn a_good_form() {
    let request = good().parse(&rules(), now()).unwrap();
    assert_eq!((request.category, request.reward, request.minutes), (Category::Shopping, points(500), 90));
    assert_eq!((request.window.from_minute(), request.window.to_minute()), (840, 930));
}

#[test]
fn what_was_asked_for_can_be_asked_again_on_another_day() {
    let asked = AskForm { from: "09:05".into(), ..good() }.parse(&rules(), now()).unwrap();
    let again = AskForm::again(&asked);
    assert_eq!(again.parse(&rules(), now()), Err(vec![(Field::Day, FieldError::Missing)]));
    let later = AskForm { day: "2026-11-30".into(), ..again }.parse(&rules(), now()).unwrap();
    assert_eq!(Request { window: asked.window, ..later.clone() }, asked);
    assert_eq!((later.window.from_minute(), later.window.to_minute()), (9 * 60 + 5, 930));
}

#[test]
fn full_width_is_as_good() {
    let form = AskForm {
        day: "２０２６年１１月２２日".into(),
        from: "１４：００".into(),
        to: "１５時３０分".into(),
        minutes: "６０".into(),
        reward: "１，２００".into(),
        ..good()
    };
    let request = form.parse(&rules(), now()).unwrap();
    assert_eq!((request.window, request.minutes), (good().parse(&rules(), now()).unwrap().window, 60));
    assert_eq!(request.reward, points(1200));
}

#[test]
fn an_empty_form_misses_everything_in_the_order_of_the_fields() {
    let errors = AskForm::default().parse(&rules(), now()).unwrap_err();
    let fields =
        [Field::Category, Field::Title, Field::Details, Field::Area, Field::Day, Field::From, Field::To, Field::Reward];
    assert_eq!(errors, fields.map(|field| (field, FieldError::Missing)).to_vec());
}

#[test]
fn each_fault_by_itself() {
    type Spoil = fn(&mut AskForm);
    let hours = FieldError::OutsideHours { from_minute: 480, to_minute: 1260 };
    let cases: [(Spoil, Field, FieldError); 31] = [
        (|form| form.category = "Shopping".into(), Field::Category, FieldError::Unknown),
        (|form| form.title = " \u{3000}".into(), Field::Title, FieldError::Missing),
        (|form| form.title = "あ".repeat(41), Field::Title, FieldError::TooLong { max: 40, got: 41 }),
        (|form| form.title = "a\nb".into(), Field::Title, FieldError::Control),
        (|form| form.details = "い".repeat(601), Field::Details, FieldError::TooLong { max: 600, got: 601 }),
        (|form| form.area = "mars".into(), Field::Area, FieldError::Unknown),
        (|form| form.day = "きのう".into(), Field::Day, FieldError::NotADate),
        (|form| form.day = "2026-02-29".into(), Field::Day, FieldError::NotADate),
        (|form| form.day = "99999-01-01".into(), Field::Day, FieldError::NotADate),
        (|form| form.day = "2026-11-20".into(), Field::Day, FieldError::PastDate),
        (|form| form.day = "2027-05-21".into(), Field::Day, FieldError::TooFarAhead { days_max: 180 }),
        (|form| form.from = "14".into(), Field::From, FieldError::NotATime),
        (|form| form.from = "25:00".into(), Field::From, FieldError::NotATime),
        (|form| form.from = "14:60".into(), Field::From, FieldError::NotATime),
        (|form| form.from = "7:59".into(), Field::From, hours),
        (|form| form.to = "21:01".into(), Field::To, hours),
        (|form| form.to = "24:00".into(), Field::To, hours),
        (|form| form.to = "14:00".into(), Field::To, FieldError::EndBeforeStart),
        (|form| form.to = "13:00".into(), Field::To, FieldError::EndBeforeStart),
        (|form| form.to = "14:29".into(), Field::To, FieldError::WindowShort { minutes_min: 30 }),
        (|form| (form.day, form.from) = ("2026-11-21".into(), "12:00".into()), Field::From, FieldError::PastTime),
        (|form| form.minutes = "0".into(), Field::Minutes, FieldError::Zero),
        (|form| form.minutes = "91".into(), Field::Minutes, FieldError::LongerThanWindow { minutes_max: 90 }),
        (|form| form.minutes = "70000".into(), Field::Minutes, FieldError::LongerThanWindow { minutes_max: 90 }),
        (|form| form.minutes = "一時間".into(), Field::Minutes, FieldError::NotANumber),
        (|form| form.reward = String::new(), Field::Reward, FieldError::Missing),
        (|form| form.reward = "0".into(), Field::Reward, FieldError::Zero),
        (|form| form.reward = "-5".into(), Field::Reward, FieldError::NotANumber),
        (|form| form.reward = "10001".into(), Field::Reward, FieldError::TooLarge { max: 10_000 }),
        (|form| form.reward = "9".repeat(40), Field::Reward, FieldError::TooLarge { max: 10_000 }),
        (|form| form.reward = "5.5".into(), Field::Reward, FieldError::NotANumber),
    ];
    for (spoil, field, error) in cases {
        let mut form = good();
        spoil(&mut form);
        assert_eq!(form.parse(&rules(), now()), Err(vec![(field, error)]), "{form:?}");
    }
}

#[test]
fn a_wrong_day_does_not_hide_a_wrong_time() {
    let form = AskForm { day: "x".into(), to: "13:00".into(), reward: "0".into(), ..good() };
    let errors = form.parse(&rules(), now()).unwrap_err();
    let fields: Vec<_> = errors.into_iter().map(|(field, _)| field).collect();
    assert_eq!(fields, [Field::Day, Field::To, Field::Reward]);
}

#[test]
fn dates() {
    for (text, expected) in [
        ("2026-11-21", Some((2026, 11, 21))),
        (" 2026/1/2 ", Some((2026, 1, 2))),
        ("2026年1月2日", Some((2026, 1, 2))),
        ("２０２６－０１－０２", Some((2026, 1, 2))),
        ("2028-02-29", Some((2028, 2, 29))),
        ("2026-1", None),
        ("2026-1-2-3", None),
        ("--", None),
        ("26-1-2", None),
        ("2026-001-02", None),
        ("2026-1-２x", None),
    ] {
        assert_eq!(date(text).ok().map(Day::ymd), expected, "{text}");
    }
}

#[test]
fn times() {
    for (text, expected) in [
        ("14:00", Some(840)),
        ("9:05", Some(545)),
        ("0:00", Some(0)),
        ("24:00", Some(1440)),
        ("24:01", None),
        ("１４：３０", Some(870)),
        ("14時", Some(840)),
        ("14時30分", Some(870)),
        ("14:", None),
        (":30", None),
        ("14:00:00", None),
        ("-1:00", None),
        ("014:00", None),
        ("午後2時", None),
    ] {
        assert_eq!(time(text).ok(), expected, "{text}");
    }
}

#[test]
fn notes_and_thanks() {
    let note = |text: &str| OfferForm { note: text.into() }.parse().map(|note| note.map(String::from));
    assert_eq!(note(" "), Ok(None));
    assert_eq!(note(" 行けます "), Ok(Some("行けます".into())));
    assert_eq!(note(&"あ".repeat(121)), Err(vec![(Field::Note, FieldError::TooLong { max: 120, got: 121 })]));
    let reason = CancelForm { reason: "\u{7}".repeat(2) + "x" }.parse();
    assert_eq!(reason, Err(vec![(Field::Reason, FieldError::Control)]));
    let thanks = |rating: &str, message: &str| ThanksForm { rating: rating.into(), message: message.into() }.parse();
    assert_eq!(thanks("５", "").map(|(rating, message)| (rating.get(), message)), Ok((5, None)));
    assert_eq!(thanks("5", "ありがとう\nまた").unwrap().1.map(String::from), Some("ありがとう\nまた".into()));
    for rating in ["0", "6", "261"] {
        assert_eq!(thanks(rating, ""), Err(vec![(Field::Rating, FieldError::Unknown)]), "{rating}");
    }
    let both = thanks("", &"あ".repeat(201)).unwrap_err();
    assert_eq!(
        both,
        [(Field::Rating, FieldError::Missing), (Field::Message, FieldError::TooLong { max: 200, got: 201 }),]
    );
}

/// Anything typed either parses to what a decision takes, or names at least one field; and nothing panics.
#[test]
fn what_parses_is_what_a_decision_takes() {
    let seed = std::env::var("MEGURI_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(20_261_121);
    println!("MEGURI_SEED={seed}");
    let mut chance = Chance(seed);
    let words = [
        "",
        "shopping",
        "other",
        "midori",
        "minato",
        "2026-11-21",
        "2026-11-22",
        "2027-05-20",
        "12:00",
        "12:01",
        "8:00",
        "9時",
        "15:30",
        "21:00",
        "21:30",
        "24:00",
        "30",
        "60",
        "0",
        "500",
        "１０",
        "10000",
        "10001",
        "牛乳",
        "あ\u{0}",
        "-",
        "：",
        "時",
        "日",
        "9999-12-31",
        "99:99",
    ];
    let mut parsed = 0;
    for _ in 0..20_000 {
        let mut form = good();
        for field in [
            &mut form.category,
            &mut form.title,
            &mut form.details,
            &mut form.area,
            &mut form.day,
            &mut form.from,
            &mut form.to,
            &mut form.minutes,
            &mut form.reward,
        ] {
            if chance.below(6) == 0 {
                *field = words[chance.below(words.len() as u64) as usize].into();
            }
        }
        match form.parse(&rules(), now()) {
            Ok(request) => {
                parsed += 1;
                assert_eq!(guard::request(&request, &rules(), now()), Ok(()), "{form:?}");
            }
            Err(errors) => assert!(!errors.is_empty(), "{form:?}"),
        }
    }
    assert!((2_000..19_000).contains(&parsed), "{parsed}");
}

#[test]
fn languages_are_those_of_the_list_and_japanese_if_none_is_named() {
    let asks = |words: &[&str]| {
        let languages = words.iter().map(|word| (*word).to_owned()).collect();
        AskForm { languages, ..good() }.parse(&rules(), now()).map(|request| request.languages)
    };
    assert_eq!(asks(&[]), Ok(Languages::one(Language::Japanese)));
    let both = Languages::new([Language::English, Language::JapaneseSign]).unwrap();
    assert_eq!(asks(&["jsl", "en", "en"]), Ok(both.clone()));
    assert_eq!(asks(&["en", "tlh"]), Err(vec![(Field::Spoken, FieldError::Unknown)]));
    let again = AskForm::again(&Request { languages: both, ..good().parse(&rules(), now()).unwrap() });
    assert_eq!(again.languages, ["en", "jsl"]);
}

#[test]
fn answers_are_those_to_the_questions_of_the_kind() {
    let typed = |category: &str, answers: &[(&str, &str)]| {
        let answers = answers.iter().map(|(field, value)| ((*field).to_owned(), (*value).to_owned())).collect();
        let reward = String::from(if category == "paperwork" { "" } else { "500" });
        AskForm { category: category.to_owned(), reward, answers, ..good() }.parse(&rules(), now())
    };
    let wrong = |place, error| Err(vec![(Field::Question(place), error)]);
    let visit = typed("visit", &[("visit-how", "tea"), ("visit-words", " 玄関で "), ("outdoor-bring", "car")]).unwrap();
    assert_eq!(visit.answers.iter().count(), 2, "what was typed for another kind is left out");
    assert_eq!(visit.answers.clone().open().iter().count(), 1, "what is written is for the two");
    assert_eq!(typed("visit", &[("visit-how", ""), ("visit-words", "  ")]).unwrap().answers, Answers::NONE);
    assert_eq!(typed("visit", &[("visit-how", "cake")]), wrong(0, FieldError::Unknown));
    assert_eq!(typed("visit", &[("visit-how", "tea"), ("visit-how", "door")]), wrong(0, FieldError::Unknown));
    let long = "あ".repeat(201);
    assert_eq!(typed("visit", &[("visit-words", &long)]), wrong(1, FieldError::TooLong { max: 200, got: 201 }));
    assert_eq!(typed("visit", &[("visit-words", "123456789018")]), wrong(1, FieldError::IndividualNumber));
    assert_eq!(typed("outdoor", &[]), wrong(0, FieldError::Missing));
    assert_eq!(typed("outdoor", &[("outdoor-bring", "gloves"), ("outdoor-bring", "x")]), wrong(0, FieldError::Unknown));
    let both = typed("outdoor", &[("outdoor-bring", "sickle"), ("outdoor-bring", "gloves")]).unwrap();
    assert_eq!(typed("paperwork", &[]).map(|request| request.reward), Ok(points(200)), "nobody has to type it");
    for asked in [visit, both] {
        let again = AskForm { day: "2026-11-22".into(), ..AskForm::again(&asked) };
        assert_eq!(again.parse(&rules(), now()), Ok(asked));
    }
}

#[test]
fn what_is_always_given_is_not_for_the_requester_to_say() {
    let giving =
        |reward: &str| AskForm { category: "paperwork".into(), reward: reward.into(), ..good() }.parse(&rules(), now());
    let fixed = Err(vec![(Field::Reward, FieldError::Fixed { reward: points(200) })]);
    assert_eq!((giving("300"), giving("many")), (fixed.clone(), fixed));
    assert_eq!(giving("２００").map(|request| request.reward), Ok(points(200)));
}

#[test]
fn skills_are_those_of_the_town_and_few() {
    let able = |words: &[&str]| {
        let able = words.iter().map(|word| (*word).to_owned()).collect();
        AskForm { able, ..good() }.parse(&rules(), now()).map(|request| request.skills.iter().count())
    };
    assert_eq!((able(&[]), able(&["care", "cooking", "care"])), (Ok(0), Ok(2)));
    assert_eq!(able(&["flying"]), Err(vec![(Field::Able, FieldError::Unknown)]));
}
