//! つぎにすること: the single most useful thing for one person at one moment.

use shared::cohelp::{Board, JobCard, Phase, What, Who};
use shared::identity::Visitor;
use shared::kernel::{Level, Proof, Role, Timestamp};

/// The most useful thing to do, most urgent kind first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Todo<'a> {
    /// Make a passkey: without one nothing else is open.
    Passkey,
    /// Do the work of the office: staff accounts have no co-help.
    Office,
    /// Do the work of the centre.
    Desk,
    /// Look after accounts of staff.
    Staff,
    /// Say what came of a job; somebody waits for points.
    Confirm(&'a JobCard),
    /// Keep an appointment of today.
    Today(&'a JobCard),
    /// Choose one of so many offers.
    Choose(&'a JobCard, u32),
    /// Say thanks.
    Thank(&'a JobCard),
    /// Know of an appointment that comes.
    Coming(&'a JobCard),
    /// Answer the centre, which asks whether one would help.
    Asked(&'a JobCard),
    /// Wait for offers.
    Waiting(&'a JobCard),
    /// Wait for an answer to an offer.
    Offered(&'a JobCard),
    /// Help somebody first: there are no points to ask with.
    Earn,
    /// Have a look around.
    Look,
}

/// Chooses the thing. Among equals the one whose time comes first, then by id, so that it does not jump about.
pub fn todo<'a>(board: &'a Board, available: i64, visitor: &Visitor, now: Timestamp) -> Todo<'a> {
    let assurance = visitor.actor.assurance;
    if !assurance.meets(Level::Passkey, now) {
        return Todo::Passkey;
    }
    if matches!(assurance.proof, Proof::Invitation { .. }) {
        let roles = visitor.actor.roles;
        return match () {
            () if roles.has(Role::Officer) => Todo::Office,
            () if roles.has(Role::Operator) => Todo::Desk,
            () if roles.has(Role::Administrator) => Todo::Staff,
            () => Todo::Look,
        };
    }
    let jobs = || board.mine.iter().chain(&board.helping);
    let first = |fits: &dyn Fn(&JobCard) -> bool| {
        jobs().filter(|card| fits(card)).min_by_key(|card| (card.window.starts(), card.id))
    };
    let mine = |card: &JobCard| card.next.filter(|next| next.who == Who::You).map(|next| next.what);
    let agreed = |card: &JobCard| {
        matches!(card.phase, Phase::Introducing | Phase::Agreed | Phase::Disputed) && now < card.window.ends()
    };
    let today = |card: &JobCard| agreed(card) && card.window.day() == now.day();
    let choose = first(&|card| matches!(mine(card), Some(What::Choose { .. })));
    let offers = |card: &JobCard| match mine(card) {
        Some(What::Choose { offers }) => offers,
        _ => 0,
    };
    first(&|card| mine(card) == Some(What::Report))
        .map(Todo::Confirm)
        .or_else(|| first(&today).map(Todo::Today))
        .or_else(|| choose.map(|card| Todo::Choose(card, offers(card))))
        .or_else(|| first(&|card| mine(card) == Some(What::Thank)).map(Todo::Thank))
        .or_else(|| first(&agreed).map(Todo::Coming))
        .or_else(|| board.asked.first().map(Todo::Asked))
        .or_else(|| first(&|card| card.phase == Phase::Open).map(Todo::Waiting))
        .or_else(|| first(&|card| card.phase == Phase::Offered).map(Todo::Offered))
        .unwrap_or(if available <= 0 { Todo::Earn } else { Todo::Look })
}
