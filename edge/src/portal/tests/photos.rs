//! Photos of requests: who sends one, who looks at it, and what is not taken for one.

use futures_executor::block_on;
use shared::kernel::{JobId, PhotoId, Picture, PictureFormat, limit};

use super::cohelp::{Town, page};
use crate::http::{Body, Method, Request};
use crate::portal::body_bytes_max;
use crate::testing::{
    Resident, act, ask, body_text, choose, command, offer_id, photo_id, picture, send_photo, status_line,
};
use crate::world::Object;

const SHELF: &str = "動かしてほしい棚";

/// A request nobody offered for yet.
fn open() -> (Town, JobId) {
    let mut town = Town::with_points(1_000);
    assert_eq!(ask(&mut town.requester, 300, 1).status, 303);
    let job = town.deployment.jobs()[0].id;
    (town, job)
}

fn agree(town: &mut Town, job: JobId) {
    assert_eq!(act(&mut town.helpers[0], job, "offer", &[], 10).status, 303);
    assert_eq!(choose(&mut town.requester, job, offer_id(10), 20).status, 303);
    town.deployment.ring_until_quiet();
}

fn path(job: JobId, photo: PhotoId) -> String {
    format!("/help/{job}/photos/{photo}")
}

fn status(who: &Resident, path: &str) -> u16 {
    who.browser.clone().get(path).status
}

#[test]
fn a_photo_of_a_request_is_for_the_two_and_the_centre() {
    let (mut town, job) = open();
    let sent = send_photo(&mut town.requester, job, SHELF, &picture(b"oak"), 30);
    assert_eq!(status_line(&sent), (303, format!("/help/{job}?done=photo#sent").as_str()));
    assert_eq!(send_photo(&mut town.requester, job, SHELF, &picture(b"oak"), 30).status, 303, "a repeat");
    let at = path(job, photo_id(&town.requester, 30));
    let own = page(&town.requester, &format!("/help/{job}?done=photo"));
    assert!(
        own.contains(SHELF) && own.matches(&format!("src=\"{at}\"")).count() == 1 && own.contains("写真を加えました")
    );
    for other in [&town.helpers[0], &town.helpers[1], &town.operator] {
        assert_eq!(status(other, &at), 404);
    }
    assert!(!page(&town.helpers[0], &format!("/help/{job}")).contains(SHELF));
    agree(&mut town, job);
    assert_eq!((status(&town.helpers[0], &at), status(&town.helpers[1], &at)), (200, 404));
    assert!(page(&town.helpers[0], &format!("/help/{job}")).contains(SHELF));
    town.deployment.restart();
    let answer = town.helpers[0].browser.clone().get(&at);
    let Body::Bytes(bytes) = &answer.body else { panic!("{answer:?}") };
    assert_eq!(Picture::parse(bytes).map(|picture| picture.format()), Ok(PictureFormat::Png));
    assert!(body_text(&answer).contains("oak"));
    for (name, value) in [
        ("content-type", "image/png"),
        ("x-content-type-options", "nosniff"),
        ("cache-control", "no-store"),
        ("cross-origin-resource-policy", "same-origin"),
        ("content-security-policy", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
    ] {
        assert_eq!(answer.header(name), Some(value));
    }
    let stranger = crate::testing::Browser::new(&town.deployment, 90).get(&at);
    assert_eq!(stranger.status, 303);
}

#[test]
fn one_of_a_request_can_be_taken_back_until_somebody_is_chosen() {
    let (mut town, job) = open();
    for number in 30..34 {
        assert_eq!(send_photo(&mut town.requester, job, "", &picture(b"x"), number).status, 303);
    }
    assert!(!page(&town.requester, &format!("/help/{job}")).contains("type=\"file\""), "no more than four");
    let fifth = send_photo(&mut town.requester, job, "", &picture(b"x"), 34);
    assert!(fifth.status == 422 && body_text(&fifth).contains("たのみごとには4枚まで"));
    let remove = |who: &mut Resident, number: u64, of: PhotoId| {
        act(who, job, "remove-photo", &[("photo", &of.to_string())], number).status
    };
    let [first, second, third] = [30, 31, 32].map(|number| photo_id(&town.requester, number));
    assert_eq!(remove(&mut town.helpers[0], 40, first), 403);
    assert_eq!((remove(&mut town.requester, 41, first), remove(&mut town.requester, 42, first)), (303, 409));
    assert_eq!(act(&mut town.requester, job, "remove-photo", &[("photo", "x")], 43).status, 403);
    assert_eq!((status(&town.requester, &path(job, first)), status(&town.requester, &path(job, second))), (404, 200));
    assert!(page(&town.requester, &format!("/help/{job}?done=no-photo")).contains("写真を削除しました"));
    agree(&mut town, job);
    assert_eq!(remove(&mut town.requester, 44, second), 409);
    assert!(!page(&town.requester, &format!("/help/{job}")).contains("remove-photo"));
    // Who leaves has seen it, and may tell the centre of it.
    assert_eq!(act(&mut town.helpers[0], job, "cancel", &[], 45).status, 303);
    town.deployment.ring_until_quiet();
    assert_eq!((town.state(job), remove(&mut town.requester, 46, third)), ("open", 409));
    assert!(!page(&town.requester, &format!("/help/{job}")).contains("remove-photo"));
}

#[test]
fn what_nobody_saw_goes_with_a_request_that_is_over() {
    let (mut town, job) = open();
    assert_eq!(send_photo(&mut town.requester, job, "", &picture(b"x"), 30).status, 303);
    assert_eq!(act(&mut town.requester, job, "cancel", &[("costs", "0")], 31).status, 303);
    assert!(page(&town.requester, &format!("/help/{job}")).contains("remove-photo"));
    let photo = photo_id(&town.requester, 30);
    assert_eq!(act(&mut town.requester, job, "remove-photo", &[("photo", &photo.to_string())], 32).status, 303);
    assert_eq!(town.deployment.photos(), []);
}

#[test]
fn it_ends_by_itself() {
    let (mut town, job) = open();
    assert_eq!(send_photo(&mut town.requester, job, "", &picture(b"x"), 30).status, 303);
    let until = town.deployment.photos()[0].until;
    town.deployment.set_now(until);
    town.requester.browser.sign_in("/").unwrap();
    assert_eq!(status(&town.requester, &path(job, photo_id(&town.requester, 30))), 404);
    town.deployment.ring(Object::Town).unwrap();
    assert_eq!(town.deployment.photos(), []);
}

#[test]
fn a_photo_that_a_page_loads_keeps_no_session_alive() {
    for (at_desk, minutes) in [(false, 60), (true, 30)] {
        let (mut town, job) = open();
        assert_eq!(send_photo(&mut town.requester, job, "", &picture(b"x"), 30).status, 303);
        let at = path(job, photo_id(&town.requester, 30));
        let (who, at) = if at_desk { (&town.operator, at.replace("/help/", "/desk/")) } else { (&town.requester, at) };
        let mut browser = who.browser.clone();
        browser.get("/");
        for passed in (10..=minutes).step_by(10) {
            town.deployment.wait(10 * 60);
            assert_eq!(browser.get(&at).status, if passed < minutes { 200 } else { 303 }, "{at}, {passed} minutes");
        }
    }
}

#[test]
fn between_the_two_it_is_a_message() {
    let (mut town, job) = open();
    agree(&mut town, job);
    town.requester.browser.get("/notifications");
    assert_eq!(send_photo(&mut town.helpers[0], job, "門の前", &picture(b"gate"), 30).status, 303);
    assert!(page(&town.requester, "/").contains("新しいお知らせが1件あります"));
    let at = path(job, photo_id(&town.helpers[0], 30));
    let read = page(&town.requester, &format!("/help/{job}"));
    let message = read.split_once("id=\"chat-1\"").unwrap().1.split_once("</li>").unwrap().0;
    assert!(message.contains(&format!("src=\"{at}\"")) && message.contains("門の前"));
    assert!(!read.contains("id=\"photos\""), "none is of the request");
    assert_eq!([&town.requester, &town.helpers[0], &town.helpers[1]].map(|who| status(who, &at)), [200, 200, 404]);
    // At the centre it is read as what they write is, and looked at nowhere else.
    let at_desk = format!("/desk/{job}/photos/{}", photo_id(&town.helpers[0], 30));
    assert_eq!(status(&town.operator, &at_desk), 404);
    assert_eq!(status(&town.requester, &at_desk), 403);
    assert_eq!(act(&mut town.helpers[0], job, "consult", &[("text", "場所が違いました。")], 31).status, 303);
    assert_eq!((status(&town.operator, &at_desk), status(&town.operator, &at)), (200, 404));
    assert!(page(&town.operator, &format!("/desk/{job}")).contains(&format!("src=\"{at_desk}\"")));
    for who in [&town.requester, &town.helpers[0]] {
        assert_eq!(page(who, "/me/log").matches("助け合いの内容を見ました").count(), 1);
    }
}

/// Who left and was told of reads in no log that somebody looked at what they sent: that would be telling them.
#[test]
fn who_was_told_of_does_not_find_out_by_a_photo() {
    let (mut town, job) = open();
    agree(&mut town, job);
    assert_eq!(send_photo(&mut town.helpers[0], job, "", &picture(b"rude"), 30).status, 303);
    assert_eq!(act(&mut town.helpers[0], job, "cancel", &[], 31).status, 303);
    town.deployment.ring_until_quiet();
    assert_eq!(
        status(&town.requester, &path(job, photo_id(&town.helpers[0], 30))),
        404,
        "they are not the two any more"
    );
    let offer = offer_id(10).to_string();
    let told = [("whom", offer.as_str()), ("matter", "other"), ("happened", "いやな写真でした。")];
    assert_eq!(act(&mut town.requester, job, "raise", &told, 32).status, 303);
    assert_eq!(status(&town.operator, &format!("/desk/{job}/photos/{}", photo_id(&town.helpers[0], 30))), 200);
    assert_eq!(page(&town.helpers[0], "/me/log").matches("助け合いの内容を見ました").count(), 0);
    assert_eq!(page(&town.requester, "/me/log").matches("助け合いの内容を見ました").count(), 1);
}

#[test]
fn who_is_on_the_phone_hears_of_it_from_the_operator() {
    let (mut town, job) = open();
    agree(&mut town, job);
    assert_eq!(send_photo(&mut town.helpers[0], job, "門の前", &picture(b"gate"), 30).status, 303);
    let call = town.operator.call_of(&town.requester, 40);
    let in_call = format!("/desk/call/{call}/help/{job}");
    let at = format!("{in_call}/photos/{}", photo_id(&town.helpers[0], 30));
    // Seen by itself, without the page around it.
    assert_eq!(status(&town.operator, &at), 200);
    assert_eq!(page(&town.helpers[0], "/me/log").matches("助け合いの内容を見ました").count(), 1);
    assert_eq!(page(&town.requester, "/me/log").matches("助け合いの内容を見ました").count(), 0);
    let read = page(&town.operator, &in_call);
    assert!(read.contains(&format!("src=\"{at}\"")) && !read.contains("type=\"file\""));
    assert_eq!((status(&town.operator, &at), status(&town.helpers[0], &at)), (200, 403));
    let fields = [("act", "photo"), ("command_id", &command(41))].map(|(name, value)| (name, value.to_owned()));
    let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
    let form = town.operator.browser.form_with_file(&in_call, &fields, "picture", &picture(b"x"));
    assert_eq!(block_on(town.operator.browser.send(form)).status, 403);
}

#[test]
fn what_is_no_photo_is_refused_in_words_and_changes_nothing() {
    let (mut town, job) = open();
    let whole = picture(b"x");
    let long = "あ".repeat(61);
    let cases: [(&str, &[u8], &str); 5] = [
        ("", b"", "「写真」を選んでください"),
        ("", b"GIF89a\x01\0\x01\0", "JPEGかPNGの写真を選んでください。"),
        ("", &whole[..whole.len() - 5], "この写真は開けませんでした"),
        ("", &vec![0xff; Picture::BYTES_MAX + 1], "写真は8MBまでです"),
        (&long, &whole, "60文字以内"),
    ];
    for (caption, file, words) in cases {
        let answer = send_photo(&mut town.requester, job, caption, file, 30);
        let html = body_text(&answer);
        assert!(answer.status == 422 && html.contains(words), "{words}: {}", answer.status);
        assert!(html.matches(words).count() >= 2, "at the top and at the field: {words}");
    }
    // What is too large for us to read at all: whatever else it says, nothing is done.
    let form = town.requester.browser.form_with_file(&format!("/help/{job}"), &[], "picture", &whole);
    let answer = block_on(town.requester.browser.send(Request { body: None, ..form.clone() }));
    assert!(answer.status == 413 && body_text(&answer).contains("写真は8MBまでです"));
    for body in [None, form.body.clone()] {
        let foreign = Request { origin: Some("https://elsewhere.example".to_owned()), body, ..form.clone() };
        assert_eq!(block_on(town.requester.browser.send(foreign)).status, 403);
    }
    assert_eq!(town.deployment.photos(), []);
}

#[test]
fn nobody_is_flooded_and_only_this_form_is_large() {
    let (mut town, job) = open();
    agree(&mut town, job);
    // What is refused counts as well, and is not even looked at.
    let files = [picture(b"x"), b"GIF89a".to_vec()];
    let mut sent = Vec::new();
    for number in 0..14 {
        let file = &files[number % 2];
        sent.push(send_photo(&mut town.requester, job, "", file, 30 + number as u64).status);
    }
    assert_eq!(sent[..12], [303, 422].repeat(6));
    assert_eq!(sent[12..], [429, 429]);
    assert_eq!(
        send_photo(&mut town.helpers[0], job, "", &files[0], 50).status,
        303,
        "the other one is not kept from answering"
    );
    let form = "multipart/form-data; boundary=XX";
    let Request { cookies, .. } = town.requester.browser.request(Method::Get, "/");
    let of = |path: &str, kind: &str, cookies: &str| body_bytes_max(path, kind, cookies, true);
    assert_eq!(of(&format!("/help/{job}"), form, &cookies), limit::PHOTO_BODY_BYTES_MAX);
    for (path, kind, cookies) in [
        (format!("/help/{job}"), "application/x-www-form-urlencoded", cookies.as_str()),
        (format!("/help/{job}"), form, ""),
        ("/help/new".to_owned(), form, &cookies),
        (format!("/desk/{job}"), form, &cookies),
        (format!("/help/{job}/live"), form, &cookies),
    ] {
        assert_eq!(of(&path, kind, cookies), limit::BODY_BYTES_MAX, "{path}");
    }
}
