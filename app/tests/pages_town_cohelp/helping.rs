//! Pages of people who help.

use app::cohelp::{self, ProfileDone, say};
use shared::cohelp::helping::{ProfileForm, REACHES_METRES, TimeOfDay};
use shared::cohelp::matching::{Reason, Said, Travel};
use shared::cohelp::{Field, FieldError, FieldErrors, Refusal};
use shared::kernel::{Language, Locale};

use super::html::check;
use super::world::*;

const DONE: [ProfileDone; 4] = [ProfileDone::Saved, ProfileDone::Left, ProfileDone::Parted, ProfileDone::Met];

fn all_wrong() -> FieldErrors {
    let missing =
        [Field::Area, Field::Kinds, Field::Times, Field::Reach, Field::Travel, Field::Languages, Field::PerWeek];
    let mut wrong: FieldErrors = missing.into_iter().map(|field| (field, FieldError::Missing)).collect();
    wrong.extend([(Field::RestFrom, FieldError::NotADate), (Field::RestTo, FieldError::TooLarge { max: 60 })]);
    wrong
}

fn page(
    locale: Locale,
    registered: bool,
    form: &ProfileForm,
    errors: &FieldErrors,
    done: Option<ProfileDone>,
) -> String {
    let (town, me) = (town(), visitor(ASKER, "湊 花子"));
    let frame = frame(locale, &town, Some(&me), "/help/profile");
    cohelp::profile(&frame, &profile_page(registered), form, errors, None, done)
}

#[test]
fn the_registration_is_sound_with_and_without_anything_in_it() {
    for locale in Locale::ALL {
        for registered in [false, true] {
            for done in DONE.map(Some).into_iter().chain([None]) {
                let html = page(locale, registered, &profile_form(), &FieldErrors::new(), done);
                check(&format!("{locale:?} {registered} {done:?}"), &html);
            }
        }
        check("empty", &page(locale, false, &ProfileForm::default(), &FieldErrors::new(), None));
    }
    let (town, me) = (town(), visitor(ASKER, "湊 花子"));
    let frame = frame(Locale::Ja, &town, Some(&me), "/help/profile");
    let refused =
        cohelp::profile(&frame, &profile_page(true), &profile_form(), &vec![], Some(&Refusal::CardMissing), None);
    check("refused", &refused);
    assert!(refused.contains("role=\"alert\""));
}

#[test]
fn what_was_ticked_is_ticked_and_every_box_has_a_name_of_its_own() {
    let html = page(Locale::Ja, true, &profile_form(), &FieldErrors::new(), None);
    assert_eq!(html.matches(" checked").count(), 9, "two kinds, languages, skills and times, and one way to get about");
    assert_eq!(html.matches("name=\"times\"").count(), 21);
    for name in ["土 午前", "日 午後", "月 夕方"] {
        assert!(html.contains(&format!("<span class=\"mg-unseen\">{name}</span>")), "{name}");
    }
    assert!(html.contains("Nguyễn Văn Anさん") && html.contains(">もとに戻す</button>"));
}

#[test]
fn what_is_wrong_is_said_twice() {
    for locale in Locale::ALL {
        let html = page(locale, false, &ProfileForm::default(), &all_wrong(), None);
        check("wrong", &html);
        for (field, _) in all_wrong() {
            assert!(html.contains(&format!("id=\"{}-error\"", field.id())), "{field:?}");
            assert!(html.contains(&format!("href=\"#{}\"", field.id())), "{field:?}");
        }
    }
}

#[test]
fn panels_say_only_what_is_so() {
    let panel = |registered, done| {
        page(Locale::Ja, registered, &profile_form(), &FieldErrors::new(), Some(done)).contains("id=\"done\"")
    };
    assert!(panel(true, ProfileDone::Saved) && !panel(false, ProfileDone::Saved));
    assert!(panel(false, ProfileDone::Left) && !panel(true, ProfileDone::Left));
    assert!(panel(true, ProfileDone::Parted) && !panel(false, ProfileDone::Parted));
    for done in DONE {
        assert_eq!(ProfileDone::from_word(done.word()), Some(done));
    }
    assert_eq!(ProfileDone::from_word("<b>"), None);
}

#[test]
fn everything_has_a_word_of_its_own() {
    for locale in Locale::ALL {
        let words = [
            Language::ALL.map(|language| say::language(locale, language)).to_vec(),
            Travel::ALL.map(|travel| say::travel(locale, travel)).to_vec(),
            REACHES_METRES.map(|metres| say::reach(locale, metres)).to_vec(),
            TimeOfDay::ALL.map(|time| say::time_of_day(locale, time)).to_vec(),
            BARS.map(|bar| say::bar(locale, bar)).to_vec(),
        ];
        for words in words {
            let mut plain: Vec<_> = words.iter().map(|word| word.plain().into_owned()).collect();
            plain.sort_unstable();
            plain.dedup();
            assert_eq!(plain.len(), words.len(), "{locale:?}: {plain:?}");
        }
    }
    let far = |metres| say::reason(Locale::Ja, Reason::Near { metres }).unwrap().plain().into_owned();
    let said = [0, 499, 500, 1_499, 1_500, u32::MAX].map(far);
    let expected =
        ["すぐ近く", "すぐ近く", "約1キロメートル", "約1キロメートル", "約2キロメートル", "約4,294,967キロメートル"];
    assert_eq!(said, expected);
    let never = say::reason(Locale::Ja, Reason::SaysYes(Said::default())).unwrap();
    assert_ne!(never, say::reason(Locale::Ja, Reason::SaysYes(Said { yes: 0, not: 1 })).unwrap());
}

#[test]
fn who_was_asked_by_the_centre_can_say_no_and_whom_one_meets_one_can_leave() {
    let town = town();
    let me = visitor(OTHER, "Nguyễn Văn An");
    let frame = frame(Locale::Ja, &town, Some(&me), "/help/x");
    let state = states().into_iter().find(|(name, _)| *name == "open").unwrap().1;
    let page = job_page(&job(1, state), OTHER, at(10)).unwrap();
    let html = cohelp::job(&frame, &page, &cohelp::JobInput::default(), &vec![], None, None);
    check("asked", &html);
    assert!(html.contains(">今回は見送る</button>") && html.contains(">湊 花子さんと関わらない</button>"));
}
