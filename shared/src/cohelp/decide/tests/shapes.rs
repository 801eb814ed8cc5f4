//! A job in every shape it can have, its window today from 14:00 to 15:30, for an hour of it.

use crate::cohelp::fixture::{TODAY, conditions, job, offer, person, points, registered, request};
use crate::cohelp::reads::Snapshot;
use crate::cohelp::types::{
    Agreed, Agreement, Cause, CheckIn, Checked, Dispute, Ending, Introduction, Job, Notice, Offer, OfferState, Outcome,
    Paid, Rating, Report, Reports, Said, Side, Sides, State, Thanks, Verdict,
};
use crate::kernel::{HoldId, Points, Timestamp};

pub(super) const REQUESTER: u64 = 1;
pub(super) const HELPER: u64 = 2;
pub(super) const OTHER: u64 = 3;
pub(super) const ALL: Outcome = Outcome::Done { minutes: 60 };

pub(super) fn at(hour: u16) -> Timestamp {
    TODAY.at_minute(hour * 60)
}

pub(super) fn hold() -> HoldId {
    HoldId::from_bytes([7; 16])
}

pub(super) fn agreement() -> Agreement {
    Agreement { offer: offer(1), helper: person(HELPER), hold: hold(), chosen_at: at(9), acquainted: false }
}

/// How far an agreed job has come.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
pub(super) enum Far {
    Strange,
    Known,
    Notified,
    Started,
}

pub(super) fn going(far: Far, reports: Reports) -> Agreed {
    Agreed {
        agreement: agreement(),
        agreed_at: at(9),
        introduction: if far == Far::Strange {
            Introduction::Needed
        } else {
            Introduction::Held { by: person(50), at: at(10) }
        },
        notice: (far >= Far::Notified).then(|| Notice { by: Some(Side::Helper), at: at(11) }),
        late: Sides::default(),
        check_in: if far == Far::Started {
            CheckIn::Done(Checked { at: TODAY.at_minute(13 * 60 + 10), by_centre: None })
        } else {
            CheckIn::Waiting
        },
        reports,
        disputed: None,
    }
}

pub(super) fn says(side: Side, outcome: Outcome) -> Reports {
    Reports::default().with(side, Report { outcome, at: TODAY.at_minute(13 * 60 + 15) })
}

fn verdict(outcome: Outcome) -> Verdict {
    Verdict { outcome, said: Said::ByBoth { requester_at: at(15), helper_at: at(15) } }
}

fn disputed(far: Far, reports: Reports) -> State {
    State::Disputed(going(far, reports), Dispute { at: at(12), cause: Cause::Silence, statements: Vec::new() })
}

fn paid(thanked: bool) -> State {
    let thanks = thanked.then(|| Thanks { rating: Rating::MAX, message: None, at: at(16) });
    State::Paid(Paid {
        agreed: going(Far::Started, says(Side::Requester, ALL)),
        verdict: verdict(ALL),
        paid_at: at(16),
        gave: points(500),
        fee: points(25),
        thanks_by_requester: thanks.clone(),
        thanks_by_helper: thanks,
    })
}

fn cancelling(ending: Ending, compensation: u64) -> State {
    State::Cancelling { agreed: going(Far::Known, Reports::default()), ending, compensation: points(compensation) }
}

/// Every shape, with its name in the table.
pub(super) fn shapes() -> Vec<(&'static str, State)> {
    let none = Reports::default();
    let left = Ending::Cancelled { by: Side::Helper, at: at(12), reason: None };
    let lapsed = Ending::Lapsed { at: at(12) };
    let over = |agreed| State::Cancelled { agreed, ending: lapsed.clone(), compensation: Points::ZERO };
    vec![
        ("open", State::OPEN),
        ("agreeing", State::Agreeing(agreement())),
        ("strangers", State::Agreed(going(Far::Strange, none))),
        ("agreed", State::Agreed(going(Far::Known, none))),
        ("notified", State::Agreed(going(Far::Notified, none))),
        ("started", State::Agreed(going(Far::Started, none))),
        ("requester said", State::Agreed(going(Far::Started, says(Side::Requester, ALL)))),
        ("helper said", State::Agreed(going(Far::Started, says(Side::Helper, ALL)))),
        ("disputed", disputed(Far::Notified, none)),
        ("disputed later", disputed(Far::Started, says(Side::Helper, ALL))),
        ("paying", State::Paying(going(Far::Started, says(Side::Requester, ALL)), verdict(ALL))),
        ("paid", paid(false)),
        ("thanked", paid(true)),
        ("giving back", cancelling(lapsed.clone(), 0)),
        ("kept free", cancelling(Ending::NotHelped(verdict(Outcome::NoShow { of: Side::Requester })), 250)),
        ("helper left", cancelling(left, 0)),
        ("cancelled", over(None)),
        ("given back", over(Some(going(Far::Known, none)))),
        ("expired", State::Expired { at: TODAY.at_minute(15 * 60 + 30) }),
    ]
}

/// The name of the shape a state has.
pub(super) fn shape_of(state: &State) -> &'static str {
    let reports = |agreed: &Agreed| (agreed.reports.requester.is_some(), agreed.reports.helper.is_some());
    match state {
        State::Agreed(agreed) => match (reports(agreed), &agreed.check_in, agreed.introduction, agreed.notice) {
            ((true, _), ..) => "requester said",
            ((_, true), ..) => "helper said",
            (_, CheckIn::Done(_), ..) => "started",
            (_, _, Introduction::Needed, _) => "strangers",
            (_, _, _, Some(_)) => "notified",
            _ => "agreed",
        },
        State::Disputed(agreed, _) if reports(agreed) == (false, false) => "disputed",
        State::Disputed(..) => "disputed later",
        State::Paid(paid) if paid.thanks_by_requester.is_some() && paid.thanks_by_helper.is_some() => "thanked",
        State::Cancelling { ending, .. } if ending.frees() => "helper left",
        State::Cancelling { compensation, .. } if !compensation.is_zero() => "kept free",
        State::Cancelling { .. } => "giving back",
        State::Cancelled { agreed: Some(_), .. } => "given back",
        other => other.word(),
    }
}

/// A job in that state; offer 1 of the helper as the state has it, and offer 2 of somebody else, standing where that
/// can be.
pub(super) fn town(state: State) -> Snapshot {
    let takes = matches!(state, State::Open { .. } | State::Agreeing(_));
    let of = |id: u64, helper: u64, state| Offer {
        id: offer(id),
        job: job(1),
        helper: person(helper),
        note: None,
        at: at(9),
        state,
    };
    let first = match (state.agreement(), takes) {
        (Some(_), _) => OfferState::Chosen,
        (None, true) => OfferState::Standing,
        (None, false) => OfferState::Declined,
    };
    let second = if takes { OfferState::Standing } else { OfferState::Declined };
    let asked = Job {
        id: job(1),
        requester: person(REQUESTER),
        request: request(TODAY, 500).unwrap(),
        conditions: conditions(),
        posted_at: at(8),
        state,
    };
    let offers = [of(1, HELPER, first), of(2, OTHER + 1, second)];
    Snapshot {
        helper: Some(person(OTHER)),
        registered: registered(OTHER).ok(),
        jobs: [(asked.id, asked)].into(),
        offers: offers.into_iter().map(|offer| (offer.id, offer)).collect(),
        ..Snapshot::default()
    }
}
