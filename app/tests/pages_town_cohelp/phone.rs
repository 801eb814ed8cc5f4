//! Pages of an operator who has somebody on the phone.

use app::cohelp::{self, JobInput, TelephoneInput};
use shared::cohelp::{AskForm, Board, State};
use shared::identity::{Behalf, TelephoneError};
use shared::kernel::{Locale, Name, Role};
use shared::wire::{JobPage, RequestPage};

use super::html::{check, tags};
use super::world::*;

/// Where everything of the call is.
const CALL: &str = "/desk/call/030c1g60r30c1g60r30c1g60r3";

fn call_pages(locale: Locale, telephone: Option<&str>, name: &str) -> Vec<(String, String)> {
    let town = town();
    let operator = staff(Role::Operator);
    let frame = frame(locale, &town, Some(&operator), CALL);
    let jobs: Vec<_> = (1..).zip(states()).map(|(number, (_, state))| job(number, state)).collect();
    let board = board_of(jobs.clone(), Vec::new(), Vec::new(), ASKER, at(10));
    let behalf = || Behalf { name: Name::parse(name).unwrap(), ..behalf(telephone) };
    let wrong = TelephoneInput { typed: "119KEPT".to_owned(), error: Some(TelephoneError::Wrong) };
    let empty = TelephoneInput { typed: String::new(), error: Some(TelephoneError::Empty) };
    let mut pages = Vec::new();
    for (name, board, input, kept) in [
        ("none", Board::default(), TelephoneInput::default(), false),
        ("jobs", board.clone(), TelephoneInput::default(), true),
        ("wrong", board.clone(), wrong, false),
        ("empty", board, empty, false),
    ] {
        let page = phone_call_page(telephone, board);
        let page = shared::wire::PhoneCallPage { behalf: behalf(), ..page };
        pages.push((format!("call-{name}"), cohelp::phone_call(&frame, &page, &input, kept)));
    }
    let request = RequestPage { behalf: Some(behalf()), ..request_page(0) };
    let html = cohelp::request(&frame, &request, &AskForm::default(), &vec![], None, None);
    pages.push(("new".to_owned(), html));
    let sound = ask_form().parse(&shared::process::cohelp_rules(&town), at(10)).unwrap();
    pages.push(("check".to_owned(), cohelp::check(&frame, &request, &ask_form(), &sound)));
    let short = shared::cohelp::Refusal::ShortOf { missing: points(5) };
    let open = job_page(&jobs[0], ASKER, at(14)).unwrap();
    let refused = JobPage { behalf: Some(behalf()), partable: Vec::new(), ..open };
    let html = cohelp::job(&frame, &refused, &JobInput::default(), &vec![], Some(&short), None);
    pages.push(("job-short".to_owned(), html));
    for ((name, _), job) in states().iter().zip(&jobs) {
        let page = JobPage { behalf: Some(behalf()), partable: Vec::new(), ..job_page(job, ASKER, at(14)).unwrap() };
        let html = cohelp::job(&frame, &page, &JobInput::default(), &vec![], None, None);
        pages.push((format!("job-{name}"), html));
    }
    pages
}

#[test]
fn what_an_operator_goes_through_for_somebody_stays_in_the_call() {
    for locale in Locale::ALL {
        for (name, html) in call_pages(locale, Some("0957-00-0000"), "湊 花子") {
            check(&format!("{name} {locale:?}"), &html);
            let main = html.split_once("<main").unwrap().1.split_once("</main>").unwrap().0;
            for tag in tags(main) {
                let to = tag.get("action").or(tag.get("href")).unwrap_or(CALL);
                let stays = to.starts_with(CALL) || to.starts_with('#') || to == "/desk";
                assert!(stays, "{name} leads to {to}");
            }
        }
    }
}

#[test]
fn it_is_said_in_whose_name_and_nothing_of_the_operators_own_is_kept() {
    let pages = call_pages(Locale::Ja, None, "湊 花子");
    let html = |name: &str| &pages.iter().find(|(known, _)| known == name).unwrap().1;
    for (page, word) in [
        ("call-none", "湊 花子さんのお電話"),
        ("call-none", "依頼はありません"),
        ("call-jobs", "電話番号を保存しました"),
        ("call-wrong", "119KEPT"),
        ("call-wrong", "市外局番から"),
        ("call-empty", "「折り返しの電話番号」を"),
        ("new", "湊 花子さんの代わりに入力しています"),
        ("check", "湊 花子さんの代わりに入力しています"),
        ("job-open", "湊 花子さんの代わりに入力しています"),
        ("job-open", ">この人にお願いする</button>"),
        ("job-open", "センターが代わりに入力したこと"),
    ] {
        assert!(html(page).contains(word), "{page}: {word}");
    }
    // A draft would be kept under the operator's own account.
    assert!(!html("new").contains("下書き"));
}

#[test]
fn names_from_outside_stay_text_in_a_call() {
    for (name, html) in call_pages(Locale::Ja, None, HOSTILE) {
        check(&name, &html);
        assert!(!html.contains("<script>alert"), "{name}");
    }
}

#[test]
fn who_asked_on_the_phone_stands_on_the_desk_with_the_reason_and_the_number() {
    let town = town();
    let operator = staff(Role::Operator);
    let frame = frame(Locale::Ja, &town, Some(&operator), "/desk");
    let html = cohelp::desk::list(&frame, &desk_page(5));
    for word in ["お電話する方 2人", "申し出 2件", "手伝った方の報告あり", r#"href="/desk/call""#]
    {
        assert!(html.contains(word), "{word}");
    }
    let open = job(1, State::OPEN);
    let page = phoned_desk_job_page(&open, at(10));
    let of = |page: &_| cohelp::desk::job(&frame, page, &Default::default(), &vec![], None, None);
    for word in
        ["0957000000", "申し出 2件。お願いする人を聞く", ">伝えたと残す</button>", "あなたが代わりに入力しました"]
    {
        assert!(of(&page).contains(word), "{word}");
    }
    // Nobody introduces, begins or decides what they entered themself.
    let strangers = states().into_iter().find(|(name, _)| *name == "strangers").unwrap().1;
    let strangers = phoned_desk_job_page(&job(1, strangers), at(10));
    assert!(!of(&strangers).contains(">結果を残す</button>"));
    assert!(of(&shared::wire::DeskJobPage { telephone: None, ..page.clone() }).contains("うかがっていません"));
    assert!(!of(&shared::wire::DeskJobPage { entered: Vec::new(), ..page }).contains("折り返しの電話番号"));
}
