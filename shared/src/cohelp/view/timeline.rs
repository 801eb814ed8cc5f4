//! From asking to thanks: what has happened, in order, and what is still to come if all goes well.

use super::{Milestone, TimelineStep};
use crate::cohelp::types::{Agreed, Agreement, CheckIn, Ending, Introduction, Job, Said, Side, State, Thanks, Verdict};
use crate::kernel::Timestamp;

/// All of it, as the two and the centre see it.
pub(super) fn whole(job: &Job, now: Timestamp) -> Vec<TimelineStep> {
    let mut steps = vec![asked(job)];
    match &job.state_at(now) {
        State::Open { .. } => {
            steps.extend([coming(Milestone::Chosen, Some(Side::Requester)), coming(Milestone::PointsSetAside, None)]);
            steps.extend(to_come());
        }
        State::Agreeing(agreement) => {
            steps.extend([chosen(agreement), coming(Milestone::PointsSetAside, None)]);
            steps.extend(to_come());
        }
        State::Agreed(agreed) => {
            steps.extend(until_start(agreed));
            steps.extend(reports(agreed, true));
            steps.extend(after());
        }
        State::Disputed(agreed, dispute) => {
            // Meanwhile the two go on, as far as there is time.
            let begun = matches!(agreed.check_in, CheckIn::Done(_));
            let in_time = !begun && now < job.request.window.ends();
            steps.extend(until_start(agreed).into_iter().filter(|step| step.done || in_time));
            steps.extend(reports(agreed, begun));
            steps.push(done(Milestone::Disputed, None, dispute.at));
            steps.push(coming(Milestone::Decided, None));
            steps.sort_by_key(|step| (!step.done, step.at));
        }
        State::Paying(agreed, verdict) => {
            steps.extend(settled(agreed, verdict));
            steps.extend(after());
        }
        State::Paid(paid) => {
            steps.extend(settled(&paid.agreed, &paid.verdict));
            steps.push(done(Milestone::Paid, None, paid.paid_at));
            steps.push(thanked(Side::Requester, paid.thanks_by_requester.as_ref()));
            steps.push(thanked(Side::Helper, paid.thanks_by_helper.as_ref()));
        }
        State::Cancelling { agreed, ending, .. } => {
            steps.extend(so_far(agreed));
            steps.extend([ended(ending), coming(Milestone::PointsBack, None)]);
        }
        State::Cancelled { agreed, ending, .. } => {
            steps.extend(agreed.iter().flat_map(so_far));
            steps.push(ended(ending));
            steps.extend(agreed.as_ref().map(|_| done(Milestone::PointsBack, None, ending.at())));
        }
        State::Expired { at } => steps.push(done(Milestone::Expired, None, *at)),
    }
    steps
}

pub(super) fn asked(job: &Job) -> TimelineStep {
    done(Milestone::Asked, Some(Side::Requester), job.posted_at)
}

fn done(what: Milestone, who: Option<Side>, at: Timestamp) -> TimelineStep {
    TimelineStep { what, who, at: Some(at), done: true }
}

fn coming(what: Milestone, who: Option<Side>) -> TimelineStep {
    TimelineStep { what, who, at: None, done: false }
}

fn chosen(agreement: &Agreement) -> TimelineStep {
    done(Milestone::Chosen, Some(Side::Requester), agreement.chosen_at)
}

/// Everything behind the choice.
fn to_come() -> Vec<TimelineStep> {
    let both = [Side::Helper, Side::Requester].map(|side| coming(Milestone::Reported, Some(side)));
    let start = [coming(Milestone::Notified, None), coming(Milestone::Started, None)];
    start.into_iter().chain(both).chain(after()).collect()
}

/// Everything behind the reports.
fn after() -> [TimelineStep; 3] {
    let thanks = |side| coming(Milestone::Thanked, Some(side));
    [coming(Milestone::Paid, None), thanks(Side::Requester), thanks(Side::Helper)]
}

/// From the choice to the start.
fn until_start(agreed: &Agreed) -> Vec<TimelineStep> {
    let mut steps = vec![chosen(&agreed.agreement), done(Milestone::PointsSetAside, None, agreed.agreed_at)];
    match agreed.introduction {
        Introduction::NotNeeded => {}
        Introduction::Needed => steps.push(coming(Milestone::Introduced, None)),
        Introduction::Held { at, .. } => steps.push(done(Milestone::Introduced, None, at)),
    }
    steps.push(match agreed.notice {
        Some(notice) => done(Milestone::Notified, notice.by, notice.at),
        None => coming(Milestone::Notified, None),
    });
    steps.push(match &agreed.check_in {
        CheckIn::Done(checked) => done(Milestone::Started, None, checked.at),
        CheckIn::Waiting => coming(Milestone::Started, None),
    });
    steps
}

/// What the two have said, in order; and, where it is asked for, who still has to.
fn reports(agreed: &Agreed, missing_too: bool) -> Vec<TimelineStep> {
    let step = |side| match agreed.reports.of(side) {
        Some(report) => done(Milestone::Reported, Some(side), report.at),
        None => coming(Milestone::Reported, Some(side)),
    };
    let mut steps: Vec<_> = [Side::Helper, Side::Requester].map(step).into();
    steps.retain(|step| step.done || missing_too);
    steps.sort_by_key(|step| (!step.done, step.at));
    steps
}

/// What has happened since the choice, in order.
fn so_far(agreed: &Agreed) -> Vec<TimelineStep> {
    let mut steps: Vec<_> = until_start(agreed).into_iter().filter(|step| step.done).collect();
    steps.extend(reports(agreed, false));
    steps.extend(agreed.disputed.as_ref().map(|dispute| done(Milestone::Disputed, None, dispute.at)));
    steps.sort_by_key(|step| step.at);
    steps
}

/// From the choice to where it was settled.
fn settled(agreed: &Agreed, verdict: &Verdict) -> Vec<TimelineStep> {
    let mut steps = so_far(agreed);
    if let Said::ByCentre { at, .. } = verdict.said {
        steps.push(done(Milestone::Decided, None, at));
    }
    steps
}

fn thanked(side: Side, thanks: Option<&Thanks>) -> TimelineStep {
    match thanks {
        Some(thanks) => done(Milestone::Thanked, Some(side), thanks.at),
        None => coming(Milestone::Thanked, Some(side)),
    }
}

fn ended(ending: &Ending) -> TimelineStep {
    let (what, who) = match ending {
        Ending::Cancelled { by, .. } => (Milestone::Cancelled, Some(*by)),
        Ending::Lapsed { .. } => (Milestone::Lapsed, None),
        Ending::NotHelped(_) => (Milestone::NotHelped, None),
        Ending::Unsuited { .. } => (Milestone::Unsuited, None),
        Ending::Closed { .. } => (Milestone::Closed, None),
    };
    done(what, who, ending.at())
}
