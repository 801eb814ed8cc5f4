//! What the two say of the service, and what the town's figures show of all that happens.

use shared::cohelp::Counted;
use shared::identity::Draft;
use shared::kernel::JobId;

use super::cohelp::{Town, page, report};
use crate::testing::{Browser, Resident, act, ask, body_text, choose, desk, offer_id, register, status_line};

const WORDS: &str = "受付の人がやさしかったです。";

/// One more job that is asked for, given and paid for.
fn helped(town: &mut Town, helper: usize, number: u64) -> JobId {
    assert_eq!(ask(&mut town.requester, 100, number).status, 303);
    let job = JobId::derive("cohelp.ask", &u128::from(number).to_be_bytes());
    assert_eq!(act(&mut town.helpers[helper], job, "offer", &[], number + 1).status, 303);
    assert_eq!(choose(&mut town.requester, job, offer_id(number + 1), number + 2).status, 303);
    let introduced = desk(&mut town.operator, job, "introduce", &[("fits", "yes")], number + 3);
    assert!(matches!(introduced.status, 303 | 409), "{introduced:?}");
    assert_eq!(act(&mut town.helpers[helper], job, "notify", &[], number + 4).status, 303);
    let code = town.code(job);
    assert_eq!(act(&mut town.helpers[helper], job, "check-in", &[("code", &code)], number + 5).status, 303);
    assert_eq!(report(&mut town.helpers[helper], job, number + 6).status, 303);
    assert_eq!(report(&mut town.requester, job, number + 7).status, 303);
    assert_eq!(town.deployment.job(job).state.word(), "paid");
    job
}

fn rate(who: &mut Resident, job: JobId, words: &str, number: u64) -> u16 {
    act(who, job, "rate", &[("satisfaction", "4"), ("words", words)], number).status
}

/// The page everybody sees, as somebody who is not signed in does.
fn circulation(town: &Town) -> String {
    let answer = Browser::new(&town.deployment, 77).get("/circulation");
    assert_eq!(answer.status, 200);
    body_text(&answer)
}

#[test]
fn each_of_the_two_answers_once_and_only_the_centre_reads_their_word() {
    let mut town = Town::with_points(1_000);
    let job = helped(&mut town, 0, 100);
    for wrong in [[("satisfaction", ""), ("words", "")], [("satisfaction", "6"), ("words", "")]] {
        assert_eq!(act(&mut town.requester, job, "rate", &wrong, 120).status, 422, "{wrong:?}");
    }
    let long = "あ".repeat(401);
    let refused = act(&mut town.requester, job, "rate", &[("satisfaction", "2"), ("words", &long)], 121);
    assert_eq!(refused.status, 422);
    assert!(body_text(&refused).contains(&long), "what was typed is not lost");
    for _ in 0..2 {
        assert_eq!(rate(&mut town.requester, job, WORDS, 122), 303);
    }
    assert_eq!(rate(&mut town.requester, job, "もう一度", 123), 409);
    assert_eq!(rate(&mut town.helpers[1], job, WORDS, 124), 404);
    assert_eq!(rate(&mut town.helpers[0], job, "", 125), 303);

    let own = page(&town.requester, &format!("/help/{job}"));
    assert!(own.contains(WORDS) && own.contains("職員がこれから読みます") && !own.contains("name=\"satisfaction\""));
    assert!(!page(&town.helpers[0], &format!("/help/{job}")).contains(WORDS), "not for the other one");
    let list = page(&town.operator, "/desk");
    assert!(list.contains("センターへのひとこと（未読1件）"), "{list}");
    let seen = page(&town.operator, &format!("/desk/{job}"));
    assert!(seen.contains(WORDS) && !seen.contains("満足度"), "how satisfied they are has no name");

    assert_eq!(desk(&mut town.operator, job, "read", &[("side", "helper")], 126).status, 409);
    assert_eq!(desk(&mut town.operator, job, "read", &[("side", "nobody")], 127).status, 403);
    let read = desk(&mut town.operator, job, "read", &[("side", "requester")], 128);
    assert_eq!(status_line(&read), (303, format!("/desk/{job}?done=read").as_str()));
    assert_eq!(desk(&mut town.operator, job, "read", &[("side", "requester")], 129).status, 409);
    assert!(!page(&town.operator, "/desk").contains("センターへのひとこと"));
    assert!(page(&town.requester, &format!("/help/{job}")).contains("に職員が読みました"));
}

/// What is kept over a sign-in has the words and not the stars: those stand beside nobody.
#[test]
fn what_is_kept_over_a_sign_in_does_not_tell_how_satisfied_somebody_is() {
    let mut town = Town::with_points(1_000);
    let job = helped(&mut town, 0, 100);
    town.deployment.wait(61 * 60);
    let sent = act(&mut town.requester, job, "rate", &[("satisfaction", "2"), ("words", WORDS)], 120);
    assert!(status_line(&sent).1.starts_with("/signin?next="), "{sent:?}");
    town.requester.browser.sign_in("/").unwrap();
    let kept = page(&town.requester, &format!("/help/{job}?{}", Draft::KEPT));
    assert!(kept.contains(WORDS) && kept.contains("name=\"satisfaction\" value=\"2\""), "{kept}");
    let rated = kept.split("id=\"rate\"").nth(1).unwrap().split("</form>").next().unwrap();
    assert!(!rated.contains("checked"), "{rated}");
}

#[test]
fn nobody_rates_what_is_not_over_and_a_request_nobody_took_can_be_rated() {
    let mut town = Town::with_points(1_000);
    assert_eq!(ask(&mut town.requester, 100, 10).status, 303);
    let job = town.deployment.jobs()[0].id;
    assert_eq!(rate(&mut town.requester, job, "", 11), 409);
    assert!(!page(&town.requester, &format!("/help/{job}")).contains("name=\"satisfaction\""));
    town.deployment.set_now(town.deployment.job(job).request.window.ends());
    town.deployment.ring_until_quiet();
    town.requester.browser.sign_in("/").unwrap();
    assert_eq!(rate(&mut town.requester, job, "だれも来ませんでした。", 12), 303);
    town.operator.browser.sign_in("/").unwrap();
    let figures = page(&town.operator, "/desk/figures");
    assert!(
        figures.contains("見つからず 1件") && !figures.contains("4.00"),
        "one answer waits for four more: {figures}"
    );
}

#[test]
fn the_figures_follow_what_happens() {
    let mut town = Town::with_points(1_000);
    assert!(circulation(&town).contains("まだ、出せる数字がありません"));
    let operator_reads = |town: &Town| page(&town.operator, "/desk/figures");
    assert!(operator_reads(&town).contains("まだありません"));
    assert_eq!(register(&mut town.helpers[0], &[]).status, 303);
    for number in [100, 200, 300, 400] {
        helped(&mut town, 0, number);
    }
    assert!(circulation(&town).contains("まだ、出せる数字がありません"), "four are few");
    helped(&mut town, 0, 500);
    let seen = circulation(&town);
    assert!(seen.contains("5回") && seen.contains("<rect"), "five are not");
    assert!(seen.contains("助けた人 4人以下") && !seen.contains("500"), "what one helper got is not for everybody");
    for (job, number) in town.deployment.jobs().into_iter().zip(900..) {
        for who in [&mut town.helpers[0], &mut town.requester] {
            assert!(!page(&town.operator, "/desk/figures").contains("4.0（"), "whose it is could be told");
            assert_eq!(rate(who, job.id, "", number), 303);
        }
    }
    let figures = operator_reads(&town);
    assert!(["1人", "5件", "4.0（10件の回答）", "100％"].iter().all(|said| figures.contains(said)), "{figures}");
    let tally = town.deployment.tally();
    let ever =
        |counted| tally.sums.iter().filter(|((_, of, _), _)| *of == counted).map(|(_, sum)| sum.count).sum::<u64>();
    assert_eq!([Counted::Newcomer, Counted::Joined, Counted::Matched, Counted::Helped].map(ever), [1, 1, 5, 5]);
    // Next month it is another month, and stays what it was.
    town.deployment.wait(40 * 86_400);
    let later = circulation(&town);
    assert!(later.contains("5回") && later.contains("4回以下"), "{later}");
}
