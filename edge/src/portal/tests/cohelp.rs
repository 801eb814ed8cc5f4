//! Co-help over forms, with the points it moves.

use shared::cohelp::fixture::TODAY;
use shared::cohelp::{CheckInCode, State};
use shared::kernel::{JobId, OfferId, Role, Timestamp};
use shared::ledger;

use crate::http::Response;
use crate::testing::{
    Deployment, Resident, act, ask, ask_with, body_text, choose, command, desk, offer_id, status_line,
};
use crate::world::Object;

/// A town with two helpers, and a requester who has points.
pub(super) struct Town {
    pub(super) deployment: Deployment,
    pub(super) officer: Resident,
    pub(super) operator: Resident,
    pub(super) requester: Resident,
    pub(super) helpers: [Resident; 2],
}

/// Short of an hour before [`REQUEST`](crate::testing::REQUEST) begins: it can be asked for, and it can begin.
fn an_hour_before() -> Timestamp {
    TODAY.at_minute(13 * 60 + 5)
}

impl Town {
    pub(super) fn with_points(points: u64) -> Self {
        let deployment = Deployment::new();
        deployment.set_now(an_hour_before());
        let mut officer = Resident::staff(&deployment, Role::Officer);
        let operator = Resident::staff(&deployment, Role::Operator);
        let requester = Resident::join(&deployment, 1);
        let helpers = [2, 3].map(|number| Resident::join(&deployment, number));
        if points > 0 {
            assert_eq!(officer.grant(&requester, points, 1).status, 303);
        }
        Self { deployment, officer, operator, requester, helpers }
    }

    /// The same with its ledger in four books, and nobody's account in that of another or of the town.
    pub(super) fn in_four_books(points: u64) -> Self {
        let deployment = Deployment::in_books(4);
        deployment.set_now(an_hour_before());
        let mut officer = Resident::staff(&deployment, Role::Officer);
        let operator = Resident::staff(&deployment, Role::Operator);
        let [_, one, two, three] = [0, 1, 2, 3].map(|number| deployment.shards().numbered(number).unwrap());
        let requester = Resident::join_in(&deployment, one, 1);
        let helpers = [(two, 1_000), (three, 2_000)].map(|(book, from)| Resident::join_in(&deployment, book, from));
        assert_eq!(officer.grant(&requester, points, 1).status, 303);
        Self { deployment, officer, operator, requester, helpers }
    }

    /// The same town in a deployment of its own.
    pub(super) fn fork(&self) -> Self {
        let deployment = self.deployment.fork();
        let [officer, operator, requester] =
            [&self.officer, &self.operator, &self.requester].map(|who| who.at(&deployment));
        let helpers = self.helpers.each_ref().map(|helper| helper.at(&deployment));
        Self { deployment, officer, operator, requester, helpers }
    }

    /// The same, where somebody has asked and both others offer.
    pub(super) fn with_two_offers() -> (Self, JobId) {
        let mut town = Self::with_points(1_000);
        assert_eq!(ask(&mut town.requester, 500, 2).status, 303);
        let job = town.deployment.jobs()[0].id;
        for (helper, number) in town.helpers.iter_mut().zip(10..) {
            assert_eq!(act(helper, job, "offer", &[], number).status, 303);
        }
        (town, job)
    }

    fn ask(&mut self, reward: u64, number: u64) -> Response {
        ask(&mut self.requester, reward, number)
    }

    /// A job that is asked for, with an offer of the first helper.
    fn offered(&mut self, reward: u64, number: u64) -> (JobId, OfferId) {
        let job = asked(&self.ask(reward, number));
        let offer = offered(&mut self.helpers[0], job, number + 1);
        (job, offer)
    }

    /// A job that is agreed with the first helper.
    fn agreed(&mut self, reward: u64, number: u64) -> JobId {
        let (job, offer) = self.offered(reward, number);
        assert_eq!(choose(&mut self.requester, job, offer, number + 2).status, 303);
        assert_eq!(self.state(job), "agreed");
        job
    }

    /// A job that has begun.
    fn begun(&mut self, reward: u64, number: u64) -> JobId {
        let job = self.agreed(reward, number);
        self.begin(job, number + 3);
        job
    }

    /// From the agreement to the door.
    fn begin(&mut self, job: JobId, number: u64) {
        let introduced = desk(&mut self.operator, job, "introduce", &[("fits", "yes")], number);
        assert!(matches!(introduced.status, 303 | 409), "{introduced:?}");
        assert_eq!(act(&mut self.helpers[0], job, "notify", &[], number).status, 303);
        let code = self.code(job);
        assert_eq!(act(&mut self.helpers[0], job, "check-in", &[("code", &code)], number + 1).status, 303);
    }

    /// What the requester reads out at the door.
    pub(super) fn code(&self, job: JobId) -> String {
        CheckInCode::of(self.deployment.job(job).state.agreement().unwrap().hold).to_string()
    }

    pub(super) fn state(&self, job: JobId) -> &'static str {
        self.deployment.job(job).state.word()
    }

    fn requester_points(&self) -> (i64, i64) {
        self.deployment.points(self.requester.account())
    }

    fn helper_points(&self) -> (i64, i64) {
        self.deployment.points(self.helpers[0].account())
    }
}

/// A page that is there for them.
pub(super) fn page(who: &Resident, path: &str) -> String {
    let answer = who.browser.clone().get(path);
    assert_eq!(answer.status, 200, "{path}");
    body_text(&answer)
}

/// Reports that all of it was done.
pub(super) fn report(who: &mut Resident, job: JobId, number: u64) -> Response {
    act(who, job, "report", &[("outcome", "done-60")], number)
}

fn asked(response: &Response) -> JobId {
    let (status, to) = status_line(response);
    assert_eq!(status, 303);
    to.strip_prefix("/help/").unwrap().strip_suffix("?done=asked").unwrap().parse().unwrap()
}

fn offered(who: &mut Resident, job: JobId, number: u64) -> OfferId {
    assert_eq!(act(who, job, "offer", &[("note", "伺えます")], number).status, 303);
    offer_id(number)
}

#[test]
fn help_is_asked_for_given_paid_and_thanked() {
    let mut town = Town::with_points(1_000);
    let (job, offer) = town.offered(200, 10);
    assert_eq!((town.requester_points(), town.helper_points()), ((1_000, 1_000), (0, 0)));

    let chosen = choose(&mut town.requester, job, offer, 12);
    assert_eq!(status_line(&chosen), (303, format!("/help/{job}?done=chosen").as_str()));
    assert_eq!((town.requester_points(), town.helper_points()), ((1_000, 800), (0, 0)));

    town.begin(job, 100);
    let first = report(&mut town.helpers[0], job, 13);
    assert_eq!(status_line(&first), (303, format!("/help/{job}?done=reported").as_str()));
    assert_eq!((town.requester_points(), town.helper_points()), ((1_000, 800), (0, 0)));

    assert_eq!(report(&mut town.requester, job, 14).status, 303);
    assert_eq!((town.requester_points(), town.helper_points()), ((800, 800), (190, 190)));
    assert_eq!(town.deployment.points(ledger::fee()), (10, 10));
    assert_eq!(town.state(job), "paid");

    let thanks = [("rating", "5"), ("message", "とても助かりました")];
    assert_eq!(act(&mut town.requester, job, "thank", &thanks, 15).status, 303);
    assert_eq!(act(&mut town.helpers[0], job, "thank", &[("rating", "5")], 16).status, 303);
    let State::Paid(paid) = town.deployment.job(job).state else { panic!("not paid") };
    assert!(paid.thanks_by_requester.is_some() && paid.thanks_by_helper.is_some());
    for who in [&mut town.requester].into_iter().chain(&mut town.helpers) {
        for page in ["/", "/help", "/help/offers", "/wallet", "/wallet/statement", "/me", "/help/new", "/wallet/pay"] {
            assert_eq!(who.browser.get(page).status, 200, "{page}");
        }
    }
    assert_eq!(town.requester.browser.get(&format!("/help/{job}?done=thanked")).status, 200);
    assert_eq!(town.helpers[0].browser.get(&format!("/help/{job}")).status, 200);
    // The details are for the two of them.
    assert_eq!(town.helpers[1].browser.get(&format!("/help/{job}")).status, 404);
    town.deployment.audit();
    assert_eq!(town.deployment.log(), Vec::<String>::new());
}

#[test]
fn a_form_sent_twice_is_done_once() {
    let mut town = Town::with_points(1_000);
    for _ in 0..3 {
        asked(&town.ask(200, 10));
    }
    let job = asked(&town.ask(200, 10));
    assert_eq!(town.deployment.jobs().len(), 1);
    for _ in 0..3 {
        offered(&mut town.helpers[0], job, 11);
    }
    for _ in 0..3 {
        assert_eq!(choose(&mut town.requester, job, offer_id(11), 12).status, 303);
    }
    assert_eq!(town.requester_points(), (1_000, 800));
    town.begin(job, 100);
    for _ in 0..3 {
        assert_eq!(report(&mut town.requester, job, 13).status, 303);
        assert_eq!(report(&mut town.helpers[0], job, 13).status, 303);
    }
    assert_eq!((town.requester_points(), town.helper_points()), ((800, 800), (190, 190)));
    for _ in 0..3 {
        assert_eq!(act(&mut town.requester, job, "thank", &[("rating", "4")], 14).status, 303);
    }
    // Another form about the same is a conflict, not another payment.
    assert_eq!(report(&mut town.requester, job, 20).status, 409);
    assert_eq!(act(&mut town.requester, job, "thank", &[("rating", "4")], 21).status, 409);
    // The same id for something else is one as well.
    assert_eq!(act(&mut town.requester, job, "cancel", &[], 13).status, 409);
    assert_eq!(town.deployment.ending().jobs[&job], ("paid", true, false));
}

#[test]
fn what_is_typed_wrong_is_said_and_nothing_is_asked() {
    let mut town = Town::with_points(1_000);
    for wrong in [
        ("category", "gardening"),
        ("title", ""),
        ("title", "\u{0}"),
        ("details", ""),
        ("area", "nowhere"),
        ("day", "2026-11-20"),
        ("day", "2026-02-30"),
        ("day", "2028-01-01"),
        ("from", "15:31"),
        ("from", "03:00"),
        ("to", "23:30"),
        ("to", "25:00"),
    ] {
        let answer = ask_with(&mut town.requester, &[wrong], 100, 10, "send");
        assert_eq!(answer.status, 422, "{wrong:?}");
    }
    for reward in [0, 10_001, u64::MAX] {
        assert_eq!(town.ask(reward, 10).status, 422, "{reward}");
    }
    // Looking it over sends nothing yet, and neither does going back to the form.
    assert_eq!(ask_with(&mut town.requester, &[], 100, 10, "check").status, 200);
    assert_eq!(ask_with(&mut town.requester, &[], 100, 10, "edit").status, 200);
    assert_eq!(town.deployment.jobs(), vec![]);
}

#[test]
fn short_of_points_at_the_form_and_at_the_choice() {
    let mut town = Town::with_points(150);
    assert_eq!(town.ask(200, 10).status, 422);
    assert_eq!(town.deployment.jobs().len(), 0);
    let (job, offer) = town.offered(100, 20);
    let payee = town.helpers[1].clone();
    assert_eq!(town.requester.pay(&payee, 80, 30).status, 303);

    assert_eq!(choose(&mut town.requester, job, offer, 31).status, 422);
    assert_eq!(town.state(job), "open");
    assert_eq!(town.requester_points(), (70, 70));
    // Said again to the same form, and done with a new one once there are points.
    assert_eq!(choose(&mut town.requester, job, offer, 31).status, 422);
    assert_eq!(town.officer.grant(&town.requester, 30, 32).status, 303);
    assert_eq!(choose(&mut town.requester, job, offer, 33).status, 303);
    assert_eq!((town.state(job), town.requester_points()), ("agreed", (100, 0)));
    town.deployment.audit();
}

#[test]
fn one_helper_is_chosen() {
    let mut town = Town::with_points(1_000);
    let (job, first) = town.offered(200, 10);
    let second = offered(&mut town.helpers[1], job, 20);
    assert_eq!(choose(&mut town.requester, job, first, 21).status, 303);
    assert_eq!(choose(&mut town.requester, job, second, 22).status, 409);
    assert_eq!(town.requester_points(), (1_000, 800));
    assert_eq!(town.deployment.job(job).helper(), Some(town.helpers[0].person));
    // The other one has nothing to tell, to report, to cancel or to thank for.
    for what in ["notify", "late", "check-in", "report", "consult", "cancel", "offer"] {
        let fields = [("late", "5"), ("code", "1234"), ("outcome", "done-60"), ("text", "こまっています")];
        let status = act(&mut town.helpers[1], job, what, &fields, 30).status;
        assert!(matches!(status, 403 | 404 | 409), "{what}: {status}");
    }
    town.deployment.audit();
}

#[test]
fn two_choices_at_once_set_points_aside_once() {
    let mut town = Town::with_points(1_000);
    let (job, first) = town.offered(200, 10);
    let second = offered(&mut town.helpers[1], job, 20);
    let requests = [(first, 21), (second, 22)].map(|(offer, number)| {
        let (offer, command) = (offer.to_string(), command(number));
        let fields = [("act", "choose"), ("offer", offer.as_str()), ("command_id", &command)];
        (town.requester.browser.clone(), town.requester.browser.form(&format!("/help/{job}"), &fields))
    });
    let sent = requests.map(|(mut browser, request)| async move { browser.send(request).await.status });
    let mut statuses = futures_executor::block_on(futures_util::future::join_all(sent));
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 409]);
    assert_eq!(town.requester_points(), (1_000, 800));
    town.deployment.audit();
}

#[test]
fn who_may_not_is_refused() {
    let mut town = Town::with_points(1_000);
    let (job, offer) = town.offered(200, 10);
    assert_eq!(act(&mut town.requester, job, "offer", &[], 20).status, 422, "nobody helps themself");
    assert_eq!(choose(&mut town.helpers[0], job, offer, 21).status, 403);
    assert_eq!(act(&mut town.helpers[1], job, "withdraw", &[("offer", &offer.to_string())], 22).status, 403);
    assert_eq!(act(&mut town.helpers[1], job, "cancel", &[], 23).status, 403);
    assert_eq!(act(&mut town.officer, job, "offer", &[], 24).status, 403, "staff act in their office");
    assert_eq!(report(&mut town.requester, job, 25).status, 409);
    let unknown = JobId::from_bytes([7; 16]);
    assert_eq!(town.requester.browser.get(&format!("/help/{unknown}")).status, 404);
    assert_eq!(report(&mut town.requester, unknown, 26).status, 404);
    assert_eq!(act(&mut town.requester, job, "steal", &[], 27).status, 403);
    assert_eq!(town.state(job), "open");
}

#[test]
fn an_offer_taken_back_cannot_be_chosen() {
    let mut town = Town::with_points(1_000);
    let (job, offer) = town.offered(200, 10);
    assert_eq!(act(&mut town.helpers[0], job, "withdraw", &[("offer", &offer.to_string())], 12).status, 303);
    assert_eq!(choose(&mut town.requester, job, offer, 13).status, 409);
    assert_eq!((town.state(job), town.requester_points()), ("open", (1_000, 1_000)));
}

#[test]
fn cancelling_before_and_after_agreement() {
    let mut town = Town::with_points(1_000);
    let (open, _) = town.offered(200, 10);
    assert_eq!(act(&mut town.requester, open, "cancel", &[("reason", "都合が変わりました")], 12).status, 303);
    assert_eq!(town.state(open), "cancelled");

    // A helper who leaves in time pays nothing and leaves the request open.
    let left = town.agreed(200, 20);
    assert_eq!(act(&mut town.helpers[0], left, "cancel", &[], 23).status, 303);
    assert_eq!((town.state(left), town.requester_points()), ("open", (1_000, 1_000)));
    assert_eq!(act(&mut town.requester, left, "cancel", &[], 24).status, 303);

    // Within a day it costs a fifth, and not without having been told.
    let late = town.agreed(200, 30);
    assert_eq!(act(&mut town.requester, late, "cancel", &[], 33).status, 409);
    assert_eq!(act(&mut town.requester, late, "cancel", &[("costs", "39")], 34).status, 409);
    assert_eq!((town.state(late), town.requester_points()), ("agreed", (1_000, 800)));
    assert_eq!(act(&mut town.requester, late, "cancel", &[("costs", "40")], 35).status, 303);
    assert_eq!(town.state(late), "cancelled");
    assert_eq!((town.requester_points(), town.helper_points()), ((960, 960), (40, 40)));
    assert_eq!(town.deployment.points(ledger::fee()), (0, 0));
    assert_eq!(report(&mut town.requester, late, 36).status, 409);

    let job = town.begun(200, 40);
    assert_eq!(act(&mut town.requester, job, "cancel", &[("costs", "200")], 50).status, 409, "it has begun");
    town.deployment.audit();
}

#[test]
fn a_first_meeting_is_held_by_the_centre_and_a_second_is_not_needed() {
    let mut town = Town::with_points(1_000);
    let job = town.agreed(200, 10);
    assert_eq!(act(&mut town.helpers[0], job, "notify", &[], 20).status, 409, "not introduced yet");
    let desk_page = town.operator.browser.get("/desk");
    let crate::http::Body::Text(text) = &desk_page.body else { panic!("{desk_page:?}") };
    assert!(text.contains(&format!("/desk/{job}")));
    assert_eq!(town.operator.browser.get(&format!("/desk/{job}")).status, 200);
    assert_eq!(desk(&mut town.operator, job, "introduce", &[], 21).status, 422);
    town.begin(job, 30);
    assert_eq!(report(&mut town.helpers[0], job, 40).status, 303);
    assert_eq!(report(&mut town.requester, job, 41).status, 303);
    assert_eq!(town.state(job), "paid");
    let asked = ask_with(&mut town.requester, &[("day", "2026-11-22")], 100, 50, "send");
    let again = self::asked(&asked);
    let offer = offered(&mut town.helpers[0], again, 51);
    assert_eq!(choose(&mut town.requester, again, offer, 52).status, 303);
    assert_eq!(town.deployment.job(again).waits_for_centre(), None);
    assert_eq!(act(&mut town.helpers[0], again, "notify", &[], 53).status, 303);
}

#[test]
fn after_an_introduction_that_does_not_fit_others_can_be_chosen() {
    let mut town = Town::with_points(1_000);
    let job = town.agreed(200, 10);
    assert_eq!(desk(&mut town.operator, job, "introduce", &[("fits", "no")], 20).status, 303);
    assert_eq!((town.state(job), town.requester_points()), ("open", (1_000, 1_000)));
    let other = offered(&mut town.helpers[1], job, 21);
    assert_eq!(choose(&mut town.requester, job, other, 22).status, 303);
    assert_eq!(town.deployment.job(job).helper(), Some(town.helpers[1].person));
}

#[test]
fn a_part_of_the_time_pays_a_part() {
    let mut town = Town::with_points(1_000);
    let job = town.begun(200, 10);
    let part = [("outcome", "part"), ("worked", "３０")];
    assert_eq!(act(&mut town.helpers[0], job, "report", &part, 20).status, 303);
    assert_eq!(act(&mut town.requester, job, "report", &[("outcome", "done-30")], 21).status, 303);
    assert_eq!(town.state(job), "paid");
    assert_eq!((town.requester_points(), town.helper_points()), ((900, 900), (95, 95)));
    assert_eq!(town.deployment.points(ledger::fee()), (5, 5));
    for wrong in [&[("outcome", "part")][..], &[("outcome", "part"), ("worked", "0")], &[], &[("outcome", "done-x")]] {
        assert_eq!(act(&mut town.helpers[0], job, "report", wrong, 22).status, 422, "{wrong:?}");
    }
    town.deployment.audit();
}

#[test]
fn a_code_cannot_be_found_by_trying() {
    let mut town = Town::with_points(1_000);
    let job = town.agreed(200, 10);
    assert_eq!(desk(&mut town.operator, job, "introduce", &[("fits", "yes")], 20).status, 303);
    assert_eq!(act(&mut town.helpers[0], job, "notify", &[], 21).status, 303);
    let code = town.code(job);
    let wrong = if code == "0000" { "0001" } else { "0000" };
    let mut tried = |number| act(&mut town.helpers[0], job, "check-in", &[("code", wrong)], number).status;
    assert_eq!([30, 31, 32, 33, 34].map(&mut tried), [422; 5]);
    assert_eq!([35, 36].map(&mut tried), [429; 2]);
    let right = |town: &mut Town, number| act(&mut town.helpers[0], job, "check-in", &[("code", &code)], number).status;
    assert_eq!(right(&mut town, 37), 429, "also the right one waits");
    town.deployment.wait(599);
    assert_eq!(right(&mut town, 39), 429);
    town.deployment.wait(2);
    assert_eq!(right(&mut town, 38), 303);
}

#[test]
fn an_operator_who_has_not_used_a_passkey_lately_uses_it_and_finds_the_reason_again() {
    let mut town = Town::with_points(1_000);
    let job = town.agreed(200, 10);
    town.deployment.wait(301);
    let why = [("end", "引っ越しのためです。")];
    let asked = desk(&mut town.operator, job, "close", &why, 20);
    let back = format!("/signin?next=/desk/{job}%3Fdraft%3Dkept");
    assert_eq!(status_line(&asked), (303, back.as_str()));
    assert_eq!(town.state(job), "agreed");
    let next = town.operator.browser.sign_in(&format!("/desk/{job}?draft=kept")).unwrap();
    let page = town.operator.browser.get(&next);
    let crate::http::Body::Text(text) = &page.body else { panic!("{page:?}") };
    assert!(text.contains("引っ越しのためです。"), "what was typed is there again");
    assert_eq!(desk(&mut town.operator, job, "close", &why, 21).status, 303);
    assert_eq!(town.state(job), "cancelled");
}

#[test]
fn who_calls_is_found_at_the_desk() {
    let mut town = Town::with_points(1_000);
    let (agreed, open) = (town.agreed(200, 10), town.offered(100, 20).0);
    assert_eq!(desk(&mut town.operator, agreed, "introduce", &[("fits", "yes")], 30).status, 303);
    let page = town.operator.browser.get("/desk");
    let crate::http::Body::Text(text) = &page.body else { panic!("{page:?}") };
    for job in [agreed, open] {
        assert!(text.contains(&format!("href=\"/desk/{job}\"")));
    }
}

#[test]
fn who_was_not_there_pays_for_the_time_kept_free() {
    let mut town = Town::with_points(1_000);
    let job = town.agreed(200, 10);
    let no_show = [("outcome", "no-show-requester")];
    assert_eq!(act(&mut town.helpers[0], job, "report", &no_show, 20).status, 422, "too early");
    let starts = town.deployment.job(job).request.window.starts();
    town.deployment.set_now(starts.plus_seconds(3_600));
    town.helpers[0].browser.sign_in("/").unwrap();
    town.requester.browser.sign_in("/").unwrap();
    assert_eq!(act(&mut town.helpers[0], job, "report", &no_show, 21).status, 303);
    assert_eq!(town.requester_points(), (1_000, 800), "one side alone settles nothing");
    assert_eq!(act(&mut town.requester, job, "report", &no_show, 22).status, 303);
    assert_eq!(town.state(job), "cancelled");
    assert_eq!((town.requester_points(), town.helper_points()), ((900, 900), (100, 100)));
    town.deployment.audit();
}

#[test]
fn what_the_two_do_not_agree_on_the_centre_decides() {
    let mut town = Town::with_points(1_000);
    let job = town.begun(200, 10);
    assert_eq!(report(&mut town.helpers[0], job, 20).status, 303);
    assert_eq!(act(&mut town.requester, job, "report", &[("outcome", "not-done")], 21).status, 303);
    assert_eq!((town.state(job), town.requester_points()), ("disputed", (1_000, 800)));
    let told = [("text", "窓がまだ汚れています。")];
    assert_eq!(act(&mut town.requester, job, "consult", &told, 22).status, 303);
    assert_eq!(act(&mut town.requester, job, "consult", &[("text", " ")], 23).status, 422);
    assert_eq!(desk(&mut town.operator, job, "decide", &[("outcome", "done-45")], 24).status, 422, "why?");
    let decided = [("outcome", "part"), ("worked", "45"), ("why", "お二人に電話で聞きました。")];
    assert_eq!(desk(&mut town.operator, job, "decide", &decided, 25).status, 303);
    assert_eq!((town.state(job), town.requester_points()), ("paid", (850, 850)));
    assert_eq!(desk(&mut town.operator, job, "decide", &decided, 26).status, 409);
    let page = town.requester.browser.get(&format!("/help/{job}"));
    let crate::http::Body::Text(text) = &page.body else { panic!("{page:?}") };
    assert!(text.contains("お二人に電話で聞きました。"), "both read why");
    town.deployment.audit();
    assert_eq!(town.deployment.log(), Vec::<String>::new());
}

#[test]
fn the_desk_is_for_operators_and_whoever_looks_is_in_the_log() {
    let mut town = Town::with_points(1_000);
    let job = town.agreed(200, 10);
    for who in [&mut town.requester, &mut town.officer] {
        assert_eq!(who.browser.get("/desk").status, 403);
        assert_eq!(who.browser.get(&format!("/desk/{job}")).status, 403);
        let reason = [("end", "こまった人です。")];
        assert_eq!(desk(who, job, "close", &reason, 20).status, 403);
    }
    let log = |town: &mut Town| {
        let page = town.requester.browser.get("/me/log");
        let crate::http::Body::Text(text) = &page.body else { panic!("{page:?}") };
        text.matches("あなたの助け合いの内容を見ました").count()
    };
    assert_eq!(log(&mut town), 0);
    for _ in 0..3 {
        assert_eq!(town.operator.browser.get(&format!("/desk/{job}")).status, 200);
    }
    assert_eq!(log(&mut town), 1, "once a day");
    let reason = [("end", "引っ越しのためです。")];
    assert_eq!(desk(&mut town.operator, job, "close", &reason, 21).status, 303);
    assert_eq!((town.state(job), town.requester_points()), ("cancelled", (1_000, 1_000)));
}

#[test]
fn a_request_nobody_took_expires_by_the_alarm() {
    let mut town = Town::with_points(1_000);
    let (job, _) = town.offered(200, 10);
    let ends = town.deployment.job(job).request.window.ends();
    assert_eq!(town.deployment.alarm(Object::Town), Some(ends));
    // Too early, on time, twice, late: one expiry.
    town.deployment.ring(Object::Town).unwrap();
    assert_eq!((town.state(job), town.deployment.alarm(Object::Town)), ("open", Some(ends)));
    town.deployment.set_now(ends);
    town.deployment.ring(Object::Town).unwrap();
    assert_eq!((town.state(job), town.deployment.alarm(Object::Town)), ("expired", None));
    town.deployment.set_now(ends.plus_seconds(90_000));
    town.deployment.ring(Object::Town).unwrap();
    let State::Expired { at } = town.deployment.job(job).state else { panic!("not expired") };
    assert_eq!(at, ends);
    assert_eq!(town.requester_points(), (1_000, 1_000));
}

#[test]
fn silence_goes_to_the_centre_and_only_then_do_the_points_go_back() {
    let mut town = Town::with_points(1_000);
    let job = town.begun(200, 10);
    assert_eq!(report(&mut town.helpers[0], job, 20).status, 303);
    let asked = town.deployment.job(job);
    assert_eq!(town.deployment.alarm(Object::Town), Some(asked.silent_from()));
    town.deployment.set_now(asked.silent_from());
    town.deployment.ring(Object::Town).unwrap();
    assert_eq!((town.state(job), town.requester_points()), ("disputed", (1_000, 800)));
    assert_eq!(town.deployment.alarm(Object::Town), Some(asked.lapses_at()));
    town.deployment.set_now(asked.lapses_at().plus_seconds(5 * 86_400));
    town.deployment.restart();
    town.deployment.ring(Object::Town).unwrap();
    town.deployment.ring(Object::Town).unwrap();
    assert_eq!((town.state(job), town.requester_points()), ("cancelled", (1_000, 1_000)));
    assert_eq!(town.deployment.alarm(Object::Town), None);
    town.deployment.audit();
}

#[test]
fn a_ledger_that_does_not_answer_is_asked_again_by_the_alarm() {
    let mut town = Town::with_points(1_000);
    let (job, offer) = town.offered(200, 10);
    // The choice asks the Registry for the session, then the Ledger for the hold.
    town.deployment.faults().plan(crate::testing::Plan {
        point: crate::testing::Point::Call,
        at: 2,
        how: crate::testing::How::Undone,
        power_cut: false,
    });
    assert_eq!(choose(&mut town.requester, job, offer, 12).status, 303);
    assert_eq!((town.state(job), town.requester_points()), ("agreeing", (1_000, 1_000)));
    let again = town.deployment.alarm(Object::Town).unwrap();
    assert!(again > town.deployment.now() && again <= town.deployment.now().plus_seconds(10));
    assert_eq!(report(&mut town.requester, job, 13).status, 409);
    town.deployment.ring_until_quiet();
    assert_eq!((town.state(job), town.requester_points()), ("agreed", (1_000, 800)));
    assert_eq!(town.deployment.log().len(), 1);
}

#[test]
fn at_most_ten_requests_are_open_at_a_time() {
    let mut town = Town::with_points(1_000);
    for number in 0..10 {
        asked(&town.ask(10, 100 + number));
    }
    assert_eq!(town.ask(10, 200).status, 422);
    assert_eq!(town.deployment.jobs().len(), 10);
}

#[test]
fn an_individual_number_is_kept_nowhere() {
    const NUMBER: &str = "1234 5678 9018";
    let mut town = Town::with_points(1_000);
    let mut told = Vec::new();
    for field in ["title", "details"] {
        told.push(ask_with(&mut town.requester, &[(field, NUMBER)], 200, 10, "send"));
    }
    let job = asked(&town.ask(200, 20));
    told.push(act(&mut town.helpers[0], job, "offer", &[("note", NUMBER)], 21));
    offered(&mut town.helpers[0], job, 22);
    assert_eq!(choose(&mut town.requester, job, offer_id(22), 23).status, 303);
    told.push(act(&mut town.requester, job, "cancel", &[("reason", NUMBER)], 24));
    told.push(act(&mut town.helpers[0], job, "consult", &[("text", NUMBER)], 28));
    told.push(desk(&mut town.operator, job, "close", &[("end", NUMBER)], 29));
    town.begin(job, 100);
    for who in [&mut town.helpers[0], &mut town.requester] {
        assert_eq!(report(who, job, 25).status, 303);
    }
    told.push(act(&mut town.requester, job, "thank", &[("rating", "5"), ("message", NUMBER)], 26));
    let member = town.requester.member.to_string();
    let grant =
        [("budget", "kyojo"), ("member", &member), ("amount", "1"), ("reason", NUMBER), ("command_id", &command(27))];
    told.push(town.officer.browser.post("/office", &grant));
    for answer in &told {
        let crate::http::Body::Text(text) = &answer.body else { panic!("{answer:?}") };
        assert_eq!(answer.status, 422);
        assert!(text.contains("マイナンバーのような12けたの番号があります。"), "{text}");
        // It is there to be taken out, and nowhere else.
        assert!(answer.headers.iter().all(|(_, value)| !value.contains("9018")));
    }
    let kept = format!("{:?}", town.deployment.dump());
    let digits: String = NUMBER.split(' ').collect();
    let as_bytes = |text: &str| format!("{:?}", text.as_bytes()).trim_matches(['[', ']']).to_owned();
    for trace in [NUMBER.to_owned(), digits.clone(), as_bytes(NUMBER), as_bytes(&digits)] {
        assert!(!kept.contains(&trace));
    }
    assert_eq!(town.deployment.log(), Vec::<String>::new());
}

#[test]
fn what_one_asked_before_can_be_asked_again_and_nothing_else() {
    let mut town = Town::with_points(1_000);
    let job = asked(&ask_with(&mut town.requester, &[("title", "網戸の張り替え")], 200, 10, "send"));
    let cancelled = act(&mut town.requester, job, "cancel", &[("costs", "0")], 11);
    assert_eq!(cancelled.status, 303);
    let page = |who: &mut Resident, path: &str| body_text(&who.browser.get(path));
    let again = format!("/help/new?again={job}");
    assert!(page(&mut town.requester, &format!("/help/{job}")).contains(&again));
    let shown = page(&mut town.requester, &again);
    for part in ["前の依頼の内容を入れてあります", "網戸の張り替え", "青い屋根の家です。", r#"value="200""#]
    {
        assert!(shown.contains(part), "{part}");
    }
    assert!(!shown.contains(r#"value="2026-11-21""#), "the day is to be chosen");
    // Another's, or nobody's, is an empty form.
    let mut other = town.helpers[0].clone();
    for path in [again.as_str(), "/help/new?again=7", "/help/new?again=00000000000000000000000000"] {
        let shown = page(&mut other, path);
        assert!(!shown.contains("網戸") && !shown.contains("前の依頼の内容"), "{path}");
    }
    // What is being written is not lost for it.
    let kept = town.requester.browser.post("/help/new", &[("title", "書きかけ"), ("step", "save")]);
    assert_eq!(kept.status, 303);
    let shown = page(&mut town.requester, &again);
    assert!(shown.contains("書きかけ") && !shown.contains("網戸の張り替え"));
}
