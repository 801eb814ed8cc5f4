//! What the two write to each other, as each of them and the centre read it.

use app::cohelp::desk::{self, DeskInput};
use app::cohelp::{self, JobInput};
use shared::kernel::Locale;

use super::html::check;
use super::world::*;

fn page_of(viewer: u8, state: &str, locale: Locale) -> String {
    let state = states().into_iter().find(|(known, _)| *known == state).unwrap().1;
    let (town, page) = (town(), job_page(&job(1, state), viewer, at(18)).unwrap());
    let frame = frame(locale, &town, Some(&page.visitor), "/help/x");
    cohelp::job(&frame, &page, &JobInput::default(), &vec![], None, None)
}

#[test]
fn each_reads_a_phrase_in_their_own_language() {
    for (locale, said) in [
        (Locale::Ja, "場所がわかりません"),
        (Locale::JaEasy, "がわかりません"),
        (Locale::En, "I cannot find the place"),
    ] {
        let html = page_of(ASKER, "started", locale);
        check("chat", &html);
        let last = html.split("id=\"chat-24\"").nth(1).unwrap().split("</li>").next().unwrap();
        assert!(last.contains(said), "{last}");
    }
}

#[test]
fn the_latest_stand_open_and_the_rest_unfolds() {
    let html = page_of(HELPER, "notified", Locale::Ja);
    let folded = html.split("id=\"chat-").count() - 1;
    assert_eq!(folded, 24);
    let log = html.split("role=\"log\"").nth(1).unwrap();
    assert!(log.contains("id=\"chat-5\"") && !log.contains("id=\"chat-4\""));
    assert_eq!(log.matches("mg-chat__message--own").count(), 10);
    assert!(html.contains("data-version=\"a1b2\"") && html.contains("/live\""));
}

#[test]
fn there_is_nobody_to_write_to_before_and_after() {
    for state in ["open", "agreeing", "cancelled"] {
        let html = page_of(ASKER, state, Locale::Ja);
        assert!(!html.contains("id=\"chat\"") && !html.contains("data-live"), "{state}");
    }
}

#[test]
fn the_centre_reads_what_it_may_and_writes_nothing() {
    let (town, page) = (town(), desk_job_page(&job(1, states()[0].1.clone()), at(18)));
    let frame = frame(Locale::Ja, &town, Some(&page.visitor), "/desk/x");
    let html = desk::job(&frame, &page, &DeskInput::default(), &vec![], None, None);
    assert!(html.contains("二人のメッセージ") && html.contains("2階です。"));
    assert!(!html.contains("value=\"chat\"") && !html.contains("data-live-list"), "what changes is only said");
    let none = shared::wire::DeskJobPage { chat: Vec::new(), ..page.clone() };
    let html = desk::job(&frame, &none, &DeskInput::default(), &vec![], None, None);
    assert!(!html.contains("二人のメッセージ"));
}
