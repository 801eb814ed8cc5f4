//! View models of pages that gather from several slices. One answer of one object each.

use serde::{Deserialize, Serialize};

use crate::cohelp::helping::{Apart, DayPlan, Enquiry, ProfileForm, Registered, Seen, Suited};
use crate::cohelp::matching::{Candidate, Pin, SkillCode};
use crate::cohelp::{
    AreaCode, AskForm, Board, CallBack, ChatMessage, Circulation, Concern, DeskItem, DeskView, Entered, Feedback,
    Figures, JobCard, JobView, Listed, MESSAGE_MAX, Memo, Photo, Rating, Show, TITLE_MAX,
};
use crate::identity::{Behalf, Telephone, Visitor};
use crate::kernel::{AccountId, Day, HelperId, JobId, Line, Name, OfferId, PersonId, Points, Prose, Timestamp};
use crate::ledger::{Balance, PayCode, Receipt, Shop, StatementLine, TrialBalance, Usage};

/// What a page that is about somebody may come to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Page<T> {
    /// No live session.
    SignedOut,
    /// Not for this person; the frame may still show who they are.
    Forbidden(Visitor),
    /// There is no such thing, or not for this person.
    Missing(Visitor),
    /// Here it is.
    Here(T),
}

/// What people on a page are called; those not in it stay unnamed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Named(pub Vec<(PersonId, Name)>);

impl Named {
    /// The name, if it may be shown.
    pub fn of(&self, person: PersonId) -> Option<&Name> {
        self.0.iter().find(|(known, _)| *known == person).map(|(_, name)| name)
    }
}

/// Thanks somebody received (お礼).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThanksLine {
    /// For which job.
    pub job: JobId,
    /// From whom.
    pub from: PersonId,
    /// One to five.
    pub rating: Rating,
    /// What was said.
    pub message: Option<Prose<MESSAGE_MAX>>,
    /// When.
    pub at: Timestamp,
}

/// `/` for somebody who is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HomePage {
    /// Who.
    pub visitor: Visitor,
    /// The moment of the page.
    pub now: Timestamp,
    /// Their points.
    pub balance: Balance,
    /// Their jobs, and requests they could help with.
    pub board: Board,
    /// Thanks received this month, newest first.
    pub thanks: Vec<ThanksLine>,
    /// How often they said thanks this month.
    pub thanked: u32,
    /// How many notifications came since they looked at them.
    pub unseen: u32,
    /// Names of the people above.
    pub named: Named,
}

/// `/notifications`: what somebody was told of their jobs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotificationsPage {
    /// Who.
    pub visitor: Visitor,
    /// The moment of the page.
    pub now: Timestamp,
    /// Newest first.
    pub listed: Vec<Listed>,
}

/// `/help` and `/help/offers`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardPage {
    /// Who.
    pub visitor: Visitor,
    /// The moment of the page.
    pub now: Timestamp,
    /// The jobs.
    pub board: Board,
}

/// `/help/offers`: requests somebody could help with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OffersPage {
    /// Who.
    pub visitor: Visitor,
    /// The moment of the page.
    pub now: Timestamp,
    /// What the centre asks them.
    pub asked: Vec<JobCard>,
    /// Every open request besides.
    pub open: Vec<JobCard>,
    /// Which of these suit them, best first.
    pub suited: Vec<Suited>,
    /// Whether they have registered what they help with.
    pub registered: bool,
}

/// `/help/profile`: what somebody registered to help with, and from whom they keep away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfilePage {
    /// Who.
    pub visitor: Visitor,
    /// The moment of the page.
    pub now: Timestamp,
    /// What they registered, as the form says it; none if they have not.
    pub form: Option<ProfileForm>,
    /// When they took the introductory course, as the centre wrote it down.
    pub course: Option<Day>,
    /// What they can do, and when the centre has seen evidence of it.
    pub skills: Vec<(SkillCode, Option<Timestamp>)>,
    /// From whom they keep away.
    pub apart: Vec<Apart>,
    /// Family names of these.
    pub named: Named,
}

/// What the two of a job wrote to each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chat {
    /// By number.
    pub messages: Vec<ChatMessage>,
    /// The number of the last change that is in the page.
    pub news: u64,
    /// What the rest of the page says, so that one can tell whether it says something else by now.
    pub version: String,
}

/// `/help/{id}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobPage {
    /// Who.
    pub visitor: Visitor,
    /// The moment of the page.
    pub now: Timestamp,
    /// The job.
    pub job: JobView,
    /// Whether the centre asked the visitor to help, who has not answered.
    pub asked: bool,
    /// From whom the visitor can keep away and does not yet: who made which offer, or the requester or the chosen helper.
    pub partable: Vec<(Option<OfferId>, PersonId)>,
    /// People in it of whom the visitor can tell the centre, in the same way.
    pub met: Vec<(Option<OfferId>, PersonId)>,
    /// What the visitor told the centre of them.
    pub concerns: Vec<Concern>,
    /// What operators did for it in the visitor's name.
    pub entered: Vec<Entered>,
    /// What the two wrote to each other, if the visitor is one of them.
    pub chat: Option<Chat>,
    /// Photos that the reader sees: of the request, and between the two.
    pub photos: Vec<Photo>,
    /// Whether they can add one, and then whether it goes to the other one of the two.
    pub adds_photo: Option<bool>,
    /// Whether they can take back those of the request.
    pub removes_photos: bool,
    /// What the visitor, one of the two, is asked of the centre's service, or has said of it.
    pub rated: Option<Rated>,
    /// In whose name an operator sees it: all the above is as that person sees it.
    pub behalf: Option<Behalf>,
    /// Names of the people in it.
    pub named: Named,
}

/// What one of the two is asked when all is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Rated {
    /// How satisfied they are.
    Asked,
    /// They have said it.
    Said(Feedback),
}

/// `/circulation`: how help and thanks go round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CirculationPage {
    /// Who, if anybody is signed in.
    pub visitor: Option<Visitor>,
    /// The moment of the page.
    pub now: Timestamp,
    /// What everybody may see.
    pub circulation: Circulation,
}

/// `/desk/figures`: how well the centre does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FiguresPage {
    /// The operator.
    pub visitor: Visitor,
    /// The moment of the page.
    pub now: Timestamp,
    /// The figures.
    pub figures: Figures,
}

/// `/desk`: what waits for the centre.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskPage {
    /// The operator.
    pub visitor: Visitor,
    /// The moment of the page.
    pub now: Timestamp,
    /// What waits, by when it is due.
    pub waiting: Vec<DeskItem>,
    /// How many of these there are in all.
    pub waiting_count: u32,
    /// Agreed jobs, soonest end first.
    pub coming: Vec<DeskItem>,
    /// Open requests, newest first.
    pub open: Vec<DeskItem>,
    /// Requests made on the phone whose requester is to be rung up, soonest end first.
    pub call_backs: Vec<(DeskItem, CallBack)>,
    /// What one of the two wants the centre to know after their job, with its title, and no operator has read; longest first.
    pub feedback: Vec<(Feedback, Line<TITLE_MAX>)>,
    /// How many of these there are in all.
    pub feedback_count: u32,
    /// Concerns nobody has closed, by when they are due; none about or by the operator.
    pub concerns: Vec<Concern>,
    /// How many of these there are in all.
    pub concerns_count: u32,
    /// Which of all this the operator looks at.
    pub show: Show,
    /// The number of the last change that is in it.
    pub news: u64,
    /// Family names of the people in it.
    pub named: Named,
}

/// `/desk/{id}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskJobPage {
    /// The operator.
    pub visitor: Visitor,
    /// The moment of the page.
    pub now: Timestamp,
    /// The job.
    pub desk: DeskView,
    /// Who may be asked for it, best first; none if it is not the time for that.
    pub candidates: Option<Vec<Candidate>>,
    /// Whom the centre asked.
    pub enquiries: Vec<Enquiry>,
    /// What was told of people met in it; nothing about or by the operator.
    pub concerns: Vec<Concern>,
    /// What operators wrote down, oldest first.
    pub memos: Vec<Memo>,
    /// What operators did for it in the name of the two.
    pub entered: Vec<Entered>,
    /// Where the requester can be rung up, who asked on the phone.
    pub telephone: Option<Telephone>,
    /// The number of the last change that is in it.
    pub news: u64,
    /// Where those who help live.
    pub homes: Vec<(PersonId, AreaCode)>,
    /// What the two wrote to each other, as far as one of them has turned to the centre.
    pub chat: Vec<ChatMessage>,
    /// Photos of the request, and of what the two wrote to each other as far as that is seen.
    pub photos: Vec<Photo>,
    /// What the two want the centre to know, the requester first.
    pub feedback: Vec<Feedback>,
    /// Names of the people in it: in full for those in the job and in concerns, else family names.
    pub named: Named,
}

/// `/desk/call/{id}`: somebody on the phone, and what they have going.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhoneCallPage {
    /// The operator.
    pub visitor: Visitor,
    /// The moment of the page.
    pub now: Timestamp,
    /// Who rings.
    pub behalf: Behalf,
    /// What they can spend.
    pub available: Points,
    /// Their jobs.
    pub board: Board,
}

/// `/desk/helpers`: those who help, as far as the centre has something to see of them, or of one area.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HelpersPage {
    /// Who.
    pub visitor: Visitor,
    /// Of which area everybody is shown; none for those of whom something is still to be seen.
    pub area: Option<AreaCode>,
    /// How many there are.
    pub count: u32,
    /// How many of them come before these.
    pub after: u32,
    /// Some of them, by area.
    pub lines: Vec<HelperLine>,
    /// Their names, in full.
    pub named: Named,
}

/// Somebody in the list of those who help.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HelperLine {
    /// The centre's name for them.
    pub helper: HelperId,
    /// Who.
    pub person: PersonId,
    /// Where they live.
    pub area: AreaCode,
    /// What is still to be seen of them.
    pub unseen: Vec<Seen>,
}

/// `/desk/helpers/{id}`: somebody who helps, and what the centre has seen of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HelperPage {
    /// Who.
    pub visitor: Visitor,
    /// The moment of the page.
    pub now: Timestamp,
    /// What they registered.
    pub registered: Registered,
    /// What they have agreed to, and may not do as things are.
    pub unfit: Vec<(JobId, Line<TITLE_MAX>)>,
    /// Their name, in full.
    pub named: Named,
}

/// `/desk/day`: a day's open requests, and whom to ask for them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskDayPage {
    /// The operator.
    pub visitor: Visitor,
    /// The moment of the page.
    pub now: Timestamp,
    /// Which day.
    pub day: Day,
    /// Its open requests but the operator's own, each with how many offers stand.
    pub open: Vec<(DeskItem, u32)>,
    /// What the operator wants kept.
    pub pins: Vec<Pin>,
    /// Whom to ask.
    pub plan: DayPlan,
    /// Whom the centre asked for them.
    pub enquiries: Vec<Enquiry>,
    /// Where those who help live.
    pub homes: Vec<(PersonId, AreaCode)>,
    /// Family names.
    pub named: Named,
}

/// `/help/new`: what the form needs to know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestPage {
    /// Who.
    pub visitor: Visitor,
    /// The moment of the page.
    pub now: Timestamp,
    /// What can be spent by who asks.
    pub available: Points,
    /// In whose name an operator asks.
    pub behalf: Option<Behalf>,
    /// What was asked before and is to be asked again.
    pub again: Option<AskForm>,
}

/// `/wallet` and `/wallet/statement`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WalletPage {
    /// Who.
    pub visitor: Visitor,
    /// The moment of the page.
    pub now: Timestamp,
    /// Their points, by lot, and what is set aside.
    pub balance: Balance,
    /// Newest first.
    pub lines: Vec<StatementLine>,
    /// Whether there are older lines.
    pub more: bool,
    /// The shops in the lines, by account.
    pub shops: Vec<(AccountId, Shop)>,
    /// The shops where the visitor takes payments.
    pub works_at: Vec<Shop>,
}

impl WalletPage {
    /// The shop on the other side of a line.
    pub fn shop_of(&self, line: &StatementLine) -> Option<&Shop> {
        self.shops.iter().find(|(account, _)| *account == line.counterparty).map(|(_, shop)| shop)
    }
}

/// `/wallet/shop/{number}`: a shop somebody is about to pay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BuyPage {
    /// Who.
    pub visitor: Visitor,
    /// The moment of the page.
    pub now: Timestamp,
    /// The shop.
    pub shop: Shop,
    /// The coupons it takes.
    pub takes: Vec<Usage>,
    /// Their points.
    pub balance: Balance,
}

/// `/wallet/code/{command}`: a one-time code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodePage {
    /// Who.
    pub visitor: Visitor,
    /// The moment of the page.
    pub now: Timestamp,
    /// The code.
    pub code: PayCode,
    /// The most it pays.
    pub max: Points,
    /// From this moment on it pays no more.
    pub until: Timestamp,
    /// What was paid with it.
    pub paid: Option<Receipt>,
}

/// `/shop`: the shops somebody works at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyShopsPage {
    /// Who.
    pub visitor: Visitor,
    /// By number.
    pub shops: Vec<Shop>,
}

/// `/shop/{number}`, for its clerks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TillPage {
    /// Who.
    pub visitor: Visitor,
    /// The moment of the page.
    pub now: Timestamp,
    /// The shop.
    pub shop: Shop,
    /// What it took today less what it gave back, in Japan's day.
    pub today: i64,
    /// Newest first.
    pub lines: Vec<StatementLine>,
    /// Whether there are older lines.
    pub more: bool,
}

/// `/shop/{number}/sale/{seq}`: one payment to a shop, for its clerks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SalePage {
    /// Who.
    pub visitor: Visitor,
    /// The shop.
    pub shop: Shop,
    /// The payment, or what was given back.
    pub line: StatementLine,
    /// Of a payment: what has not been given back.
    pub left: Points,
    /// Now.
    pub now: Timestamp,
}

/// A shop in the office's list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShopLine {
    /// The shop.
    pub shop: Shop,
    /// How many people take payments there.
    pub clerks: u32,
}

/// `/office/shops`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShopsPage {
    /// Who.
    pub visitor: Visitor,
    /// By number.
    pub shops: Vec<ShopLine>,
}

/// A budget an officer grants from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BudgetLine {
    /// Its word.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What it was given.
    pub ceiling: Points,
    /// What is left.
    pub left: Points,
}

impl BudgetLine {
    /// Whether it is time to think of the next one: less than a fifth is left.
    pub const fn is_low(&self) -> bool {
        self.left.get() < self.ceiling.get() / 5
    }
}

/// `/office`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficePage {
    /// Who.
    pub visitor: Visitor,
    /// The moment of the page.
    pub now: Timestamp,
    /// The budgets.
    pub budgets: Vec<BudgetLine>,
    /// The last trial balance.
    pub trial: Option<TrialBalance>,
}
