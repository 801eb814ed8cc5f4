//! What an operator does in the name of somebody on the phone (代理入力).

use serde::{Deserialize, Serialize};

use super::{Agreed, CheckIn, Ending, Job, Offer, OfferState, Paid, Said, Side, State, Verdict};
use crate::cohelp::command::Command;
use crate::kernel::{CommandId, JobId, PersonId, Timestamp};

/// What was done: [`Command`] without its contents. Grows at the end only: it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are those of the commands")]
pub enum EnteredAct {
    Ask,
    Offer,
    Withdraw,
    Choose,
    Notify,
    BeLate,
    CheckIn,
    Report,
    Consult,
    Cancel,
    Thank,
    Decline,
    Raise,
    /// Told the person what has happened: of the centre's own accord.
    Told,
    Chat,
    Rate,
}

impl EnteredAct {
    /// What that command does, if it is a resident's: what operators do of themselves nobody says on the phone.
    pub const fn of(command: &Command) -> Option<Self> {
        Some(match command {
            Command::Ask { .. } => Self::Ask,
            Command::Offer { .. } => Self::Offer,
            Command::Withdraw { .. } => Self::Withdraw,
            Command::Choose { .. } => Self::Choose,
            Command::Notify { .. } => Self::Notify,
            Command::BeLate { .. } => Self::BeLate,
            Command::CheckIn { .. } => Self::CheckIn,
            Command::Report { .. } => Self::Report,
            Command::Consult { .. } => Self::Consult,
            Command::Cancel { .. } => Self::Cancel,
            Command::Thank { .. } => Self::Thank,
            Command::Decline { .. } => Self::Decline,
            Command::Raise { .. } => Self::Raise,
            Command::Chat { .. } => Self::Chat,
            Command::Rate { .. } => Self::Rate,
            // Nor is there a picture to be heard.
            Command::Desk { .. } | Command::AddPhoto { .. } | Command::RemovePhoto { .. } => return None,
        })
    }
}

impl Entered {
    /// Whether the operator spoke for that person, and did not only tell them something.
    pub fn speaks(&self) -> bool {
        self.act != EnteredAct::Told
    }
}

/// One thing an operator did in the name of who rang. That person reads it beside the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entered {
    /// The command.
    pub id: CommandId,
    /// For which request.
    pub job: JobId,
    /// In whose name.
    pub person: PersonId,
    /// The operator.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
    /// What.
    pub act: EnteredAct,
}

/// Why somebody who asked on the phone is to be rung up (折り返し): they see nothing by themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum CallBack {
    /// People offer to help, and one is to be chosen.
    Offers {
        /// How many.
        count: u32,
    },
    /// The helper is gone, and nobody else is there yet.
    Left,
    /// The helper comes later.
    Late,
    /// The centre was told that it is about to begin: they need the digits for the door.
    Code,
    /// The helper has said what came of it, and they have not.
    Report,
    /// It is over, and not by their own word.
    Over,
    /// The helper has written to them.
    Message,
}

impl CallBack {
    /// So many days after the window's end nobody is rung up any more.
    pub const DAYS: i32 = 14;

    /// Why that one's requester is to be rung up now, if they are: they asked on the phone, and since they last spoke with the
    /// centre about it something has happened. `offers` are all offers for it, `entered` is what was entered for it, and `written`
    /// when the helper last wrote.
    pub fn of<'a>(
        job: &Job,
        offers: impl Iterator<Item = &'a Offer>,
        entered: &[Entered],
        written: Option<Timestamp>,
        now: Timestamp,
    ) -> Option<Self> {
        let theirs = || entered.iter().filter(|one| one.job == job.id && one.person == job.requester);
        theirs().find(|one| one.act == EnteredAct::Ask)?;
        let spoken = theirs().map(|one| one.at).max()?;
        if now.day() > job.request.window.day().plus(Self::DAYS) {
            return None;
        }
        let news = |(why, at): (Self, Timestamp)| (at > spoken).then_some(why);
        match &job.state {
            State::Open { left, .. } if job.is_open(now) => {
                let standing = || offers.filter(|offer| offer.job == job.id && offer.state == OfferState::Standing);
                let (count, last) =
                    standing().fold((0, None), |(count, last), offer| (count + 1, last.max(Some(offer.at))));
                let offered = last.map(|at| (Self::Offers { count }, at));
                let gone = left.as_ref().map(|ending| (Self::Left, ending.at()));
                offered.into_iter().chain(gone).find_map(news)
            }
            State::Open { .. } => news((Self::Over, job.request.window.ends())),
            State::Agreed(agreed) | State::Disputed(agreed, _) => during(agreed, written).into_iter().find_map(news),
            State::Paying(_, verdict) | State::Paid(Paid { verdict, .. }) => {
                let decided = Some(&verdict.said).filter(|said| matches!(said, Said::ByCentre { .. }));
                let over = decided.map(|said| (Self::Over, said.at()));
                let written = written.filter(|_| job.is_between_the_two(now)).map(|at| (Self::Message, at));
                over.into_iter().chain(written).find_map(news)
            }
            State::Cancelling { ending, .. } | State::Cancelled { ending, .. } => match ending {
                Ending::Cancelled { by: Side::Requester, .. } => None,
                Ending::NotHelped(Verdict { said: Said::ByBoth { .. }, .. }) => None,
                _ => news((Self::Over, ending.at())),
            },
            State::Expired { at } => news((Self::Over, *at)),
            State::Agreeing(_) => None,
        }
    }
}

/// What the requester should know while it is agreed, most pressing first.
fn during(agreed: &Agreed, written: Option<Timestamp>) -> Vec<(CallBack, Timestamp)> {
    let said = agreed.reports.of(Side::Helper).filter(|_| agreed.reports.of(Side::Requester).is_none());
    let report = said.map(|report| (CallBack::Report, report.at));
    let waiting = matches!(agreed.check_in, CheckIn::Waiting);
    let late = agreed.late.of(Side::Helper).filter(|_| waiting).map(|late| (CallBack::Late, late.at));
    let code = agreed.notice.as_ref().filter(|_| waiting).map(|notice| (CallBack::Code, notice.at));
    let written = written.map(|at| (CallBack::Message, at));
    [report, late, code, written].into_iter().flatten().collect()
}
