//! What people are told of their jobs.

use app::cohelp;
use app::town;
use shared::cohelp::{Listed, Notification, NotificationKind as Kind};
use shared::kernel::{Line, Locale};
use shared::wire::NotificationsPage;

use super::html::check;
use super::world::*;

fn kinds() -> [Kind; 24] {
    [
        Kind::Offered,
        Kind::Withdrawn,
        Kind::Enquired,
        Kind::Agreed,
        Kind::Short(points(0)),
        Kind::Short(points(1)),
        Kind::Declined,
        Kind::Introduced,
        Kind::Notified,
        Kind::Late(15),
        Kind::Begun,
        Kind::Reported,
        Kind::Disputed,
        Kind::Gave(points(0)),
        Kind::Received(points(0)),
        Kind::Ended,
        Kind::Reopened,
        Kind::Expired,
        Kind::Thanked,
        Kind::Found,
        Kind::Stated,
        Kind::Wrote,
        Kind::GaveForTime(points(0)),
        Kind::ReceivedForTime(points(0)),
    ]
}

fn page(locale: Locale, title: &str, kinds: &[Kind], unseen: usize) -> String {
    let (town, me) = (town(), visitor(ASKER, "湊 花子"));
    let listed = kinds.iter().enumerate().map(|(place, kind)| {
        let job = job(1, shared::cohelp::State::OPEN).id;
        let notification = Notification { person: person(ASKER), job, kind: *kind, at: at(9) };
        let number = (kinds.len() - place) as u64;
        Listed { number, notification, title: Line::parse(title).unwrap(), seen: place >= unseen }
    });
    let page = NotificationsPage { visitor: me.clone(), now: at(10), listed: listed.collect() };
    cohelp::notifications(&frame(locale, &town, Some(&me), "/notifications"), &page)
}

#[test]
fn everything_one_is_told_is_sound_and_says_something_of_its_own() {
    for locale in Locale::ALL {
        let mut said = Vec::new();
        for kind in kinds() {
            let html = page(locale, "窓ふき", &[kind], 1);
            check(&format!("{locale:?} {kind:?}"), &html);
            let entry = html.split("mg-entries__link").nth(1).and_then(|rest| rest.split("</a>").next());
            said.push(entry.unwrap().to_owned());
        }
        let count = said.len();
        said.sort();
        said.dedup();
        assert_eq!(said.len(), count, "{locale:?}");
        check("none", &page(locale, "窓ふき", &[], 0));
    }
}

#[test]
fn what_is_new_is_marked_and_titles_stay_text() {
    let html = page(Locale::Ja, "<b>窓</b>", &kinds(), 2);
    assert_eq!(html.matches("新着").count(), 2);
    assert!(html.contains("&lt;b&gt;窓") && !html.contains("<b>窓"));
    assert!(page(Locale::Ja, "窓ふき", &[], 0).contains("お知らせは、まだありません"));
}

#[test]
fn the_start_page_says_that_there_is_something_to_read() {
    let (town, me) = (town(), visitor(ASKER, "湊 花子"));
    let own = frame(Locale::Ja, &town, Some(&me), "/");
    let empty = || board_of(vec![], vec![], vec![], ASKER, at(10));
    let home = |unseen| {
        let page = shared::wire::HomePage { unseen, ..home_page(me.clone(), empty(), 0, &[]) };
        town::home(&own, &page)
    };
    assert!(!home(0).contains("/notifications"));
    let html = home(3);
    check("home", &html);
    assert!(html.contains("新しいお知らせが3件あります") && html.contains("href=\"/notifications\""));
}
