//! The municipality as data (自治体): one file sets up name, colours, areas, kinds of help, fee, hours and budgets.

mod check;
mod kind;
mod municipality;
mod wording;

pub use crate::kernel::Category;
pub use check::MunicipalityError;
pub use kind::{Answer, Choice, Kind, Question, Reward, Skill};
pub use municipality::{Area, Budget, Cancellation, Colours, Coupon, Municipality, Retention};
pub use wording::{Stretch, Wording};
