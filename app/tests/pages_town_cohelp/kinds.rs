//! What is asked of each kind of help, and the checks of those who help.

use app::cohelp::{self, JobInput, desk};
use shared::cohelp::helping::{ProfileForm, Registered, Seen, SeenForm};
use shared::cohelp::{AskForm, Field, FieldError, FieldErrors, Refusal, Request};
use shared::kernel::{Locale, Role};
use shared::process::cohelp_rules;
use shared::wire::{HelperLine, HelperPage, HelpersPage};

use super::html::check;
use super::world::*;

fn typed(category: &str, answers: &[(&str, &str)]) -> AskForm {
    let answers = answers.iter().map(|(field, value)| ((*field).to_owned(), (*value).to_owned())).collect();
    AskForm { category: category.to_owned(), answers, ..ask_form() }
}

/// Looked after are two children, of whom one is a baby; whoever does it can cook.
fn childminding() -> AskForm {
    let answers = [
        ("childminding-children", "two"),
        ("childminding-age", "toddler"),
        ("childminding-age", "pupil"),
        ("childminding-care", "卵アレルギーSECRET"),
        ("shopping-list", "LEFTOVER"),
    ];
    AskForm { able: vec!["cooking".to_owned()], reward: String::new(), ..typed("childminding", &answers) }
}

fn request_of(form: &AskForm) -> Result<Request, FieldErrors> {
    form.parse(&cohelp_rules(&town()), at(10))
}

fn form(locale: Locale, form: &AskForm, errors: &FieldErrors) -> String {
    let (town, me) = (town(), visitor(ASKER, "湊 花子"));
    let frame = frame(locale, &town, Some(&me), "/help/new");
    let html = cohelp::request(&frame, &request_page(900), form, errors, None, None);
    check("request", &html);
    html
}

#[test]
fn every_question_is_in_the_form_and_keeps_what_was_typed() {
    for locale in Locale::ALL {
        let html = form(locale, &childminding(), &vec![]);
        for kind in town().categories {
            for question in &kind.questions {
                assert!(
                    html.contains(&format!("name=\"{}-{}\"", kind.kind.word(), question.code)),
                    "{}",
                    question.code
                );
            }
        }
        assert!(html.contains("value=\"two\" checked") && html.contains("value=\"pupil\" checked"));
        assert!(html.contains("卵アレルギーSECRET") && html.contains("LEFTOVER"), "also of another kind");
        assert!(html.contains("value=\"cooking\" checked"));
    }
    let easy = form(Locale::JaEasy, &ask_form(), &vec![]);
    assert!(easy.contains("<ruby>荷物"), "the municipality's words have readings too");
    let said = form(Locale::Ja, &ask_form(), &vec![]);
    assert!(
        ["めやすは2時間", "お礼は1,000ポイントと決まって", "講習を受けた人だけ"]
            .iter()
            .all(|words| said.contains(words))
    );
}

#[test]
fn what_is_wrong_with_an_answer_stands_beside_its_question() {
    let errors = vec![
        (Field::Question(1), FieldError::TooLong { max: 200, got: 201 }),
        (Field::Reward, FieldError::Fixed { reward: points(200) }),
        (Field::Able, FieldError::TooMany { max: 5 }),
    ];
    let html = form(Locale::Ja, &typed("shopping", &[("shopping-list", "x")]), &errors);
    assert!(html.contains("href=\"#shopping-list\"") && html.contains("id=\"shopping-list-error\""));
    assert!(html.contains("「買うもの」は200文字以内") && html.contains("id=\"able-error\""));
    assert_eq!(html.matches("class=\"mg-field__error\"").count(), 3, "beside no question of another kind");
    let missing = form(Locale::Ja, &typed("phone", &[]), &vec![(Field::Question(0), FieldError::Missing)]);
    assert!(missing.contains("「どの機械ですか」を選んでください"));
    // Nothing was chosen, or what is no longer asked: the words for any question.
    let gone = form(Locale::Ja, &typed("", &[]), &vec![(Field::Question(7), FieldError::Unknown)]);
    assert!(gone.contains("「質問」"));
}

#[test]
fn answers_are_read_before_they_are_sent_and_what_is_written_only_by_the_two() {
    let (town, form) = (town(), childminding());
    let asked = request_of(&form).unwrap();
    let said = ["2人", "1〜2歳、小学生", "料理", "受けた人だけが手伝えます"];
    let me = visitor(ASKER, "湊 花子");
    let frame = frame(Locale::Ja, &town, Some(&me), "/help/new");
    let html = cohelp::check(&frame, &request_page(900), &form, &asked);
    check("check", &html);
    assert!(said.iter().all(|words| html.contains(words)) && html.contains("卵アレルギーSECRET"));
    assert_eq!(html.matches("name=\"childminding-age\"").count(), 2, "sent again with the last word");
    let mut job = job(1, states()[0].1.clone());
    job.request = asked;
    for (viewer, reads) in [(ASKER, true), (HELPER, false)] {
        let page = job_page(&job, viewer, at(10)).unwrap();
        let html = cohelp::job(&frame, &page, &JobInput::default(), &vec![], None, None);
        check("job", &html);
        assert!(said.iter().all(|words| html.contains(words)), "everybody sees what is chosen");
        assert_eq!(html.contains("SECRET"), reads);
    }
    // What the town no longer asks, or no longer knows, is no word.
    let mut later = super::world::town();
    later.skills.clear();
    later.categories.retain(|kind| kind.kind != job.request.category);
    let frame = super::world::frame(Locale::Ja, &later, Some(&me), "/help/x");
    let page = job_page(&job, ASKER, at(10)).unwrap();
    check("gone", &cohelp::job(&frame, &page, &JobInput::default(), &vec![], None, None));
}

/// Somebody whose course was taken back after they offered.
#[test]
fn who_may_not_help_any_more_cannot_be_chosen() {
    let (town, me) = (town(), visitor(ASKER, "湊 花子"));
    let mut asked = job(1, states()[0].1.clone());
    asked.request = request_of(&childminding()).unwrap();
    let frame = frame(Locale::Ja, &town, Some(&me), "/help/x");
    let mut page = job_page(&asked, ASKER, at(10)).unwrap();
    let before = page.job.may.len();
    let standing = page.job.offers.iter().filter(|offer| offer.state == shared::cohelp::OfferState::Standing).count();
    assert!(standing > 0);
    let rules = cohelp_rules(&town);
    page.job = shared::cohelp::helping::only_proven(page.job, &asked.request, &rules, person(ASKER), &[]);
    assert_eq!(page.job.may.len(), before - standing);
    let html = cohelp::job(&frame, &page, &JobInput::default(), &vec![], None, None);
    check("unproven", &html);
    assert_eq!(html.matches("センターの確認がないので").count(), standing);
    assert!(!html.contains("value=\"choose\""));
}

#[test]
fn whoever_cannot_offer_yet_reads_why() {
    let (town, me) = (town(), visitor(8, "桜庭 太郎"));
    let asked = job(1, states()[0].1.clone());
    for locale in Locale::ALL {
        for (refusal, way) in [(Refusal::CourseMissing, "/help/profile"), (Refusal::EvidenceMissing, "/help/profile")] {
            let frame = frame(locale, &town, Some(&me), "/help/x");
            let mut page = job_page(&asked, 8, at(10)).unwrap();
            page.job = page.job.not_for(refusal);
            let html = cohelp::job(&frame, &page, &JobInput::default(), &vec![], None, None);
            check("lacks", &html);
            assert!(!html.contains("value=\"offer\"") && html.contains(way), "{locale:?}");
        }
    }
}

fn registered(skills: &[&str]) -> Registered {
    let rules = cohelp_rules(&town());
    let form = ProfileForm { skills: skills.iter().map(|word| (*word).to_owned()).collect(), ..profile_form() };
    form.parse(&rules, person(HELPER), at(10).day()).unwrap()
}

#[test]
fn an_operator_finds_who_waits_and_writes_down_what_they_saw() {
    let (town, operator) = (town(), staff(Role::Operator));
    let helper = registered(&["driving", "cooking"]);
    let waits = HelperLine {
        helper: helper.id(),
        person: person(HELPER),
        area: helper.area.clone(),
        unseen: shared::cohelp::helping::unseen(&helper, &cohelp_rules(&town)),
    };
    assert!(waits.unseen.iter().any(|seen| matches!(seen, Seen::Skill(..))));
    for locale in Locale::ALL {
        let frame = frame(locale, &town, Some(&operator), "/desk/helpers");
        for (area, count) in [(None, 0), (None, 3), (Some(helper.area.clone()), 0), (Some(helper.area.clone()), 1)] {
            let lines = if count == 0 { vec![] } else { vec![waits.clone()] };
            let page = HelpersPage { visitor: operator.clone(), area, count, after: 0, lines, named: named() };
            let html = desk::helpers(&frame, &page);
            check("helpers", &html);
            assert_eq!(html.contains(&format!("/desk/helpers/{}", helper.id())), count > 0);
            assert_eq!(html.contains("after=1\""), count > 1, "the way to the others");
        }
        let mut seen = helper.clone();
        seen.profile.course = Some(at(10).day());
        let driving = shared::cohelp::matching::Code::parse("driving").unwrap();
        let shown = shared::cohelp::matching::Evidence::Shown { at: at(9) };
        seen.profile.skills = seen.profile.skills.with(driving, shown).unwrap();
        for (registered, acts) in [(helper.clone(), ["course", "show"]), (seen, ["no-course", "unshow"])] {
            let page = HelperPage { visitor: operator.clone(), now: at(10), registered, unfit: vec![], named: named() };
            let html = desk::helper(&frame, &page, &SeenForm::default(), &vec![], None, true);
            check("helper", &html);
            assert!(acts.iter().all(|act| html.contains(&format!("name=\"act\" value=\"{act}\""))), "{locale:?}");
            assert_eq!(html.matches("name=\"skill\"").count(), 1, "cooking takes no proof");
        }
        let page = HelperPage {
            visitor: operator.clone(),
            now: at(10),
            registered: helper.clone(),
            unfit: vec![],
            named: named(),
        };
        let wrong = vec![(Field::Course, FieldError::FutureDate)];
        let form = SeenForm { course: "2027-01-01".to_owned(), ..SeenForm::default() };
        let html = desk::helper(&frame, &page, &form, &wrong, None, false);
        check("wrong", &html);
        assert!(html.contains("id=\"course-error\"") && html.contains("2027-01-01"));
        let refused = desk::helper(&frame, &page, &form, &vec![], Some(&Refusal::SkillUnknown), false);
        check("refused", &refused);
        assert!(refused.contains("id=\"refusal\""));
    }
    let mut own = HelperPage { visitor: operator, now: at(10), registered: helper, unfit: vec![], named: named() };
    own.registered.profile.person = own.visitor.actor.person;
    let frame = frame(Locale::Ja, &town, Some(&own.visitor), "/desk/helpers/x");
    own.unfit = vec![(job(1, states()[0].1.clone()).id, shared::kernel::Line::parse("留守番<b>").unwrap())];
    let html = desk::helper(&frame, &own, &SeenForm::default(), &vec![], None, false);
    check("unfit", &html);
    assert!(!html.contains("name=\"act\" value=\"course\""), "nobody checks themself");
    assert!(html.contains("いまのままでは手伝えない約束") && html.contains("留守番&lt;b&gt;"));
}

#[test]
fn whoever_helps_reads_what_the_centre_has_seen() {
    let (town, me) = (town(), visitor(HELPER, "桜庭 太郎"));
    let code = |word| shared::cohelp::matching::Code::parse(word).unwrap();
    let frame = frame(Locale::Ja, &town, Some(&me), "/help/profile");
    let mut page = profile_page(true);
    page.skills = vec![(code("driving"), Some(at(9))), (code("care"), None), (code("cooking"), None)];
    page.course = Some(at(9).day());
    let form = profile_form();
    let html = cohelp::profile(&frame, &page, &form, &vec![], None, None);
    check("seen", &html);
    assert!(html.contains("11月21日（土）に確認ずみ") && html.contains("まだ確認していません"), "{html}");
    assert_eq!(html.matches("まだ確認していません").count(), 1, "cooking takes no proof");
}
