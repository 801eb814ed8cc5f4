//! What crosses a boundary: the envelope, and what the edge and the objects ask each other.

mod book;
mod envelope;
mod island;
mod ledger;
mod page;
mod town;

pub use book::{AccountView, BookAnswer, BookCall, MadeCode};
pub use envelope::{VERSION, WireError, decode, decode_trusted, encode};
pub use island::{Ask, Tell, Told};
pub use ledger::{LedgerAnswer, LedgerCall, LedgerTell, NotPosted, Posted};
pub use page::BoardPage;
pub use page::{
    BudgetLine, Chat, CirculationPage, DeskDayPage, DeskJobPage, DeskPage, FiguresPage, HelperLine, HelperPage,
    HelpersPage, HomePage, JobPage, Named, NotificationsPage, OffersPage, OfficePage, Page, PhoneCallPage, ProfilePage,
    Rated, RequestPage, ThanksLine, WalletPage,
};
pub use page::{BuyPage, CodePage, MyShopsPage, SalePage, ShopLine, ShopsPage, TillPage};
pub use town::{NotDone, TownAnswer, TownCall};
