//! Pages of the desk of the centre.

use app::cohelp;
use app::cohelp::desk::{DayOrder, DeskDone, DeskInput};
use shared::cohelp::matching::PinFault;
use shared::cohelp::{Claim, DeskForm, Field, FieldError, ReportForm, Show, State};
use shared::kernel::{Locale, PersonId, Role};
use shared::wire::DeskPage;

use super::html::check;
use super::world::*;

/// Every page of the desk, by name.
fn desk_pages(locale: Locale) -> Vec<(String, String)> {
    let town = town();
    let operator = staff(Role::Operator);
    let frame = frame(locale, &town, Some(&operator), "/desk");
    let mut pages: Vec<_> =
        [0, 5, 50].map(|count| (format!("desk-{count}"), cohelp::desk::list(&frame, &desk_page(count)))).into();
    for (name, state) in states() {
        for hour in [10, 14, 18] {
            let page = desk_job_page(&job(1, state.clone()), at(hour));
            let html = cohelp::desk::job(&frame, &page, &DeskInput::default(), &vec![], None, None);
            pages.push((format!("desk-{name}-{hour}"), html));
        }
    }
    pages
}

#[test]
fn every_page_of_the_desk_is_sound_html() {
    for locale in Locale::ALL {
        for (name, html) in desk_pages(locale) {
            check(&format!("{name} {locale:?}"), &html);
        }
    }
    let pages = desk_pages(Locale::Ja);
    let html = |name: &str| &pages.iter().find(|(known, _)| known == name).unwrap().1;
    for (page, word) in [
        ("desk-0", "待っている用件はありません"),
        ("desk-5", "/desk/"),
        ("desk-5", "知らせ 2件"),
        ("desk-5", "身の危険を感じた"),
        ("desk-5", "期限（2026年11月21日（土） 9:00）を過ぎています"),
        ("desk-5", "これからの約束"),
        ("desk-5", "募集中のたのみごと"),
        ("desk-strangers-10", ">結果を残す</button>"),
        ("desk-agreed-10", ">連絡を受けた</button>"),
        ("desk-notified-14", ">始まったと残す</button>"),
        ("desk-differ-18", ">このとおり決める</button>"),
        ("desk-differ-18", "窓がまだ汚れています。"),
        ("desk-open-10", ">終わりにする</button>"),
        ("desk-open-10", ">自分が担当する</button>"),
        ("desk-open-10", ">答えて終わりにする</button>"),
        ("desk-open-10", "お二人と話しました。"),
        ("desk-open-10", "約2キロメートル · いっしょの活動 2回 · 資格などを確認ずみ · ベトナム語で話せます"),
        ("desk-open-10", ">桜庭 太郎さん（桜戸町）にお願いする</button>"),
        ("desk-open-10", "見送りの返事がありました"),
    ] {
        assert!(html(page).contains(word), "{page}: {word}");
    }
    assert!(!html("desk-notified-14").contains("mg-readout"), "the code is for the two at the door");
}

#[test]
fn what_is_wrong_at_the_desk_is_said_and_kept() {
    let town = town();
    let operator = staff(Role::Operator);
    let frame = frame(Locale::Ja, &town, Some(&operator), "/desk/x");
    let states = states();
    let find = |name: &str| job(1, states.iter().find(|(known, _)| *known == name).unwrap().1.clone());
    let form = DeskForm {
        fits: String::new(),
        report: ReportForm { outcome: "not-done".to_owned(), worked: "7KEPT".to_owned() },
        how: "電話でKEPT".to_owned(),
        why: "理由KEPT".to_owned(),
        end: "終わりKEPT".to_owned(),
        helper: String::new(),
        concern: String::new(),
        finding: "答えKEPT".to_owned(),
        memo: "メモKEPT".to_owned(),
        side: String::new(),
    };
    for (state, hour, act, field) in [
        ("strangers", 10, "introduce", Field::Fits),
        ("notified", 14, "check-in", Field::How),
        ("differ", 18, "decide", Field::Why),
        ("differ", 18, "decide", Field::Worked),
        ("open", 10, "close", Field::End),
        ("open", 10, "find", Field::Finding),
        ("open", 10, "write", Field::Memo),
    ] {
        let page = desk_job_page(&find(state), at(hour));
        let input = DeskInput { act: act.to_owned(), form: form.clone() };
        let html = cohelp::desk::job(&frame, &page, &input, &vec![(field, FieldError::Missing)], None, None);
        check(act, &html);
        assert!(html.contains(&format!("id=\"{}-error\"", field.id())), "{field:?}");
        assert!(html.contains(&format!("href=\"#{}\"", field.id())), "{field:?}");
        assert!(act == "introduce" || html.contains("KEPT"), "{field:?}");
    }
    for done in [
        "introduce",
        "notify",
        "check-in",
        "decide",
        "close",
        "enquire",
        "take",
        "find",
        "claim",
        "hand-over",
        "write",
        "read",
    ] {
        let done = DeskDone::from_word(done);
        let page = desk_job_page(&find("agreed"), at(10));
        let html = cohelp::desk::job(&frame, &page, &DeskInput::default(), &vec![], None, done);
        check("done", &html);
        assert!(html.contains("id=\"done\""));
    }
}

/// Who looks after it is said, and what follows from it: all forms, the button alone, or the way out too.
#[test]
fn who_looks_after_it_has_the_forms() {
    let town = town();
    let operator = staff(Role::Operator);
    let frame = frame(Locale::Ja, &town, Some(&operator), "/desk/x");
    let html = |by: Option<PersonId>, at_hour| {
        let job = job(1, State::OPEN);
        let claim = by.map(|by| Claim { job: job.id, by, at: at(10) });
        let page = desk_job_page_of(&job, claim, at(at_hour));
        let html = cohelp::desk::job(&frame, &page, &DeskInput::default(), &vec![], None, None);
        check("case", &html);
        html
    };
    let has = |html: &str| {
        ["value=\"claim\"", "value=\"close\"", "value=\"hand-over\"", "value=\"write\""].map(|form| html.contains(form))
    };
    assert_eq!(has(&html(None, 10)), [true, true, false, true]);
    assert_eq!(has(&html(Some(person(9)), 10)), [false, true, true, true]);
    let others = html(Some(person(OTHER)), 10);
    assert_eq!(has(&others), [true, false, false, true]);
    assert!(others.contains("代わって引き受ける"));
    assert_eq!(has(&html(Some(person(OTHER)), 11)), [true, true, false, true], "it has ended");
    let list = cohelp::desk::list(&frame, &desk_page(99));
    for said in ["data-live=\"/desk/live\" data-after=\"7\"", "id=\"cases\"", "aria-current=\"true\"", "担当："] {
        assert!(list.contains(said), "{said}");
    }
    let mine = DeskPage { show: Show::Mine, ..desk_page(0) };
    assert!(cohelp::desk::list(&frame, &mine).contains("ここに当てはまる用件はありません"));
}

/// The day's page: whole, and with a pin that cannot be kept in every way.
fn days(locale: Locale) -> Vec<(String, String)> {
    let town = town();
    let operator = staff(Role::Operator);
    let frame = frame(locale, &town, Some(&operator), "/desk/day");
    let faults = [PinFault::UnknownJob, PinFault::UnknownHelper, PinFault::Twice];
    let broken = faults.into_iter().chain(BARS.map(PinFault::Barred)).map(Some);
    let pages = [None]
        .into_iter()
        .chain(broken)
        .map(|fault| (format!("{fault:?}"), cohelp::desk::day(&frame, &desk_day_page(fault), None, DayOrder::Time)));
    let mut pages: Vec<_> = pages.collect();
    let nothing = shared::wire::DeskDayPage { open: Vec::new(), ..desk_day_page(None) };
    pages.push(("nothing".to_owned(), cohelp::desk::day(&frame, &nothing, Some((0, 0)), DayOrder::Area)));
    pages.push(("asked".to_owned(), cohelp::desk::day(&frame, &desk_day_page(None), Some((2, 1)), DayOrder::Area)));
    pages
}

#[test]
fn a_day_says_who_is_proposed_asked_or_missing_and_why() {
    for locale in Locale::ALL {
        for (name, html) in days(locale) {
            check(&format!("{name} {locale:?}"), &html);
        }
    }
    let pages = days(Locale::Ja);
    let html = |name: &str| &pages.iter().find(|(known, _)| known == name).unwrap().1;
    for (page, word) in [
        ("None", "案：桜庭 太郎さん（桜戸町）"),
        ("None", "指定：桜庭 太郎さん（桜戸町）"),
        ("None", "返事待ち 2人"),
        ("None", "申し出 1件"),
        ("None", "案がありません。行ける人は、ほかの案に入っています。"),
        ("None", "案がありません。お願いできる人がいません。"),
        ("None", "name=\"pair\""),
        ("Some(Twice)", "role=\"alert\""),
        ("nothing", "この日に募集中のたのみごとはありません"),
        ("asked", "2件お願いしました"),
        ("asked", "1件は、状況が変わったので、お願いしていません。"),
        ("Some(Twice)", "：桜庭 太郎さん（桜戸町）"),
        ("Some(Twice)", " selected"),
    ] {
        assert!(html(page).contains(word), "{page}: {word}");
    }
    let grid = html("asked").split("<table").nth(1).unwrap().split("</table>").next().unwrap();
    assert!(grid.contains("href=\"#area-0\"") && html("asked").contains("id=\"area-0\""), "{grid}");
    assert!(grid.contains("20件") && grid.contains("うち16件は相手がいません") && grid.contains("0件"), "{grid}");
    assert!(html("None").contains("by=area") && !html("None").contains("<table"));
    assert!(html("asked").contains("action=\"/desk/day?day=2026-11-22&amp;by=area\""), "a form stays in its order");
    assert!(!html("Some(Twice)").contains("name=\"pair\""), "nothing is proposed then");
    assert!(!html("nothing").contains("id=\"done\""));
}
