//! Photos: who may add one, who sees it, and for how long.

use std::collections::BTreeMap;

use super::shapes::{HELPER, OTHER, REQUESTER, shapes, town};
use super::told;
use crate::cohelp::command::Command;
use crate::cohelp::decide::{Terms, decide, guard};
use crate::cohelp::fixture::{OPERATOR, TODAY, context, job, person, picture, rules};
use crate::cohelp::reads::Snapshot;
use crate::cohelp::refusal::Refusal;
use crate::cohelp::types::{ChatLine, ChatSoFar, NotificationKind, OfferState, Photo, PhotoChange};
use crate::kernel::{Line, PhotoId, PictureFormat, Timestamp};

const NOW: Timestamp = TODAY.at_minute(13 * 60);

/// One that belongs to the request.
pub(super) fn photo_of_request() -> Photo {
    let size = picture().unwrap().size();
    Photo {
        id: PhotoId::from_bytes([7; 16]),
        job: job(1),
        helper: None,
        by: person(REQUESTER),
        at: NOW,
        until: NOW.plus_seconds(60 * 86_400),
        caption: Line::parse("動かしてほしい棚").ok(),
        format: PictureFormat::Png,
        size,
    }
}

fn between(number: u8, by: u64) -> Photo {
    let id = PhotoId::from_bytes([number; 16]);
    Photo { id, helper: Some(person(HELPER)), by: person(by), ..photo_of_request() }
}

fn add() -> Command {
    Command::AddPhoto {
        job: job(1), caption: Line::parse("動かしてほしい棚").ok(), picture: picture().unwrap()
    }
}

fn shape(name: &str) -> Snapshot {
    town(shapes().into_iter().find(|(known, _)| *known == name).unwrap().1)
}

#[test]
fn before_somebody_is_chosen_it_is_of_the_request() {
    let snapshot = shape("open");
    let changes = told(&snapshot, REQUESTER, NOW, &add()).unwrap().changes;
    let [PhotoChange::Added(photo, kept)] = &changes.photos[..] else { panic!("{changes:?}") };
    let window = &snapshot.jobs[&job(1)].request.window;
    let until = window.ends().plus_seconds(60 * 86_400);
    assert_eq!((photo.helper, photo.by, photo.until), (None, person(REQUESTER), until));
    assert_eq!((kept, &photo.caption), (&picture().unwrap(), &Line::parse("動かしてほしい棚").ok()));
    assert!(changes.chat.is_empty() && changes.notifications.is_empty());
    assert_eq!(changes.news().into_keys().collect::<Vec<_>>(), [job(1)]);
    assert_eq!(told(&snapshot, OTHER, NOW, &add()).unwrap_err(), Refusal::NotYours);
}

#[test]
fn afterwards_it_is_a_message() {
    let mut snapshot = shape("agreed");
    snapshot.chat = ChatSoFar { last: 4, ..ChatSoFar::default() };
    for (who, other) in [(REQUESTER, HELPER), (HELPER, REQUESTER)] {
        let changes = told(&snapshot, who, NOW, &add()).unwrap().changes;
        let photo = changes.photos[0].photo();
        assert_eq!((photo.helper, photo.by), (Some(person(HELPER)), person(who)));
        assert_eq!((&changes.chat[0].line, changes.chat[0].number), (&ChatLine::Photo(photo.id), 5));
        let told: Vec<_> = changes.notifications.iter().map(|told| (told.person, told.kind)).collect();
        assert_eq!(told, [(person(other), NotificationKind::Wrote)]);
    }
    // The same command names the same photo, and is done once.
    let context = context(REQUESTER, NOW, 5);
    let terms = Terms { rules: &rules(), available: None, entered_by: None };
    let ids = [0, 1].map(|_| decide(&snapshot, &terms, &add(), &context).unwrap().changes.photos[0].photo().id);
    assert_eq!(ids[0], ids[1]);
    assert_eq!(ids[0], PhotoId::derive("cohelp.photo", context.command.as_bytes()));
}

#[test]
fn there_is_an_end_to_it() {
    let mut open = shape("open");
    open.photos = vec![photo_of_request(); Photo::OF_REQUEST_MAX - 1];
    assert!(told(&open, REQUESTER, NOW, &add()).is_ok());
    open.photos.push(photo_of_request());
    assert_eq!(told(&open, REQUESTER, NOW, &add()).unwrap_err(), Refusal::TooManyPhotos);
    let mut agreed = shape("agreed");
    open.photos = Vec::new();
    open.photos_of_person = Photo::OF_PERSON_MAX;
    assert_eq!(told(&open, REQUESTER, NOW, &add()).unwrap_err(), Refusal::TooManyPhotos, "elsewhere");
    agreed.photos =
        [vec![photo_of_request(); Photo::OF_REQUEST_MAX], vec![between(1, HELPER); Photo::OF_SIDE_MAX]].concat();
    assert_eq!(told(&agreed, HELPER, NOW, &add()).unwrap_err(), Refusal::TooManyPhotos);
    assert!(told(&agreed, REQUESTER, NOW, &add()).is_ok(), "nobody silences the other one");
}

#[test]
fn it_is_taken_back_only_while_no_helper_has_seen_it() {
    let (of_request, sent) = (photo_of_request(), between(1, REQUESTER));
    let remove = |photo: &Photo| Command::RemovePhoto { job: job(1), photo: photo.id };
    let with = |name: &str| Snapshot { photos: vec![of_request.clone(), sent.clone()], ..shape(name) };
    let offered = |name: &str, state: OfferState| {
        let mut snapshot = with(name);
        snapshot.offers.values_mut().for_each(|offer| offer.state = state);
        snapshot
    };
    let nobody = |name: &str| Snapshot { offers: BTreeMap::new(), ..with(name) };
    for unseen in [offered("open", OfferState::Standing), nobody("open"), nobody("expired"), nobody("cancelled")] {
        let gone = told(&unseen, REQUESTER, NOW, &remove(&of_request)).unwrap().changes.photos;
        assert_eq!(gone, [PhotoChange::Removed(of_request.clone())]);
    }
    // Whoever offered no more may have been chosen, and may have told the centre of what they saw.
    for state in [OfferState::Withdrawn, OfferState::Declined] {
        for name in ["open", "expired", "cancelled"] {
            let refused = told(&offered(name, state), REQUESTER, NOW, &remove(&of_request));
            assert_eq!(refused.unwrap_err(), Refusal::PhotoUnknown, "{name}");
        }
    }
    let refusals = [
        told(&nobody("open"), REQUESTER, NOW, &remove(&sent)),
        told(&nobody("open"), REQUESTER, NOW, &remove(&between(9, REQUESTER))),
        told(&with("open"), OTHER, NOW, &remove(&of_request)),
        told(&with("agreed"), REQUESTER, NOW, &remove(&of_request)),
        told(&with("given back"), REQUESTER, NOW, &remove(&of_request)),
        told(&with("agreed"), HELPER, NOW, &remove(&sent)),
    ];
    let refusals = refusals.map(|told| told.unwrap_err());
    use Refusal::{AlreadyChosen, NotOpen, NotYours, PhotoUnknown};
    assert_eq!(refusals, [PhotoUnknown, PhotoUnknown, NotYours, AlreadyChosen, NotOpen, NotYours]);
}

#[test]
fn only_the_two_see_it_and_of_what_they_sent_each_other_no_other_helper() {
    let days = |count: i64| TODAY.at_minute(15 * 60 + 30).plus_seconds(count * 86_400);
    let job_in = |name: &str| shape(name).jobs[&job(1)].clone();
    let sees =
        |name: &str, photo: &Photo, who: u64, now: Timestamp| guard::see_photo(&job_in(name), photo, person(who), now);
    let (of_request, sent) = (photo_of_request(), between(1, REQUESTER));
    let other = Photo { helper: Some(person(OTHER)), ..sent.clone() };
    for name in ["agreed", "started", "disputed"] {
        for who in [REQUESTER, HELPER] {
            assert!(sees(name, &of_request, who, NOW) && sees(name, &sent, who, NOW), "{name}: {who}");
            assert!(!sees(name, &other, who, NOW), "{name}: {who} with another helper");
        }
        assert!(
            [OTHER, OPERATOR].iter().all(|who| !sees(name, &of_request, *who, NOW) && !sees(name, &other, *who, NOW))
        );
    }
    assert!(sees("open", &of_request, REQUESTER, NOW) && !sees("open", &of_request, OTHER, NOW));
    assert!(!sees("open", &sent, REQUESTER, NOW), "whoever sent it has left");
    for who in [REQUESTER, HELPER] {
        assert!(sees("paid", &sent, who, days(6)) && !sees("paid", &sent, who, days(7)));
    }
    assert!(sees("paid", &of_request, REQUESTER, days(7)) && !sees("paid", &of_request, HELPER, days(7)));
    let (elsewhere, over) = (Photo { job: job(2), ..of_request.clone() }, Photo { until: NOW, ..of_request });
    assert!(!sees("open", &elsewhere, REQUESTER, NOW) && !sees("open", &over, REQUESTER, NOW));
}

#[test]
fn it_is_kept_no_longer_than_a_message() {
    let job = shape("open").jobs[&job(1)].clone();
    let ends = job.request.window.ends();
    let days = |count: i64| count * 86_400;
    assert_eq!(Photo::kept_until(&job, NOW), ends.plus_seconds(days(60)));
    let long_before = ends.plus_seconds(-days(150));
    assert_eq!(Photo::kept_until(&job, long_before), long_before.plus_seconds(days(180)));
}

#[test]
fn nobody_sends_one_by_telephone() {
    let mut snapshot = shape("open");
    snapshot.photos = vec![photo_of_request()];
    let terms = Terms { rules: &rules(), available: None, entered_by: Some(person(OPERATOR)) };
    for command in [add(), Command::RemovePhoto { job: job(1), photo: photo_of_request().id }] {
        let context = context(REQUESTER, NOW, 6);
        assert_eq!(decide(&snapshot, &terms, &command, &context).unwrap_err(), Refusal::NotYours);
    }
}
