//! The municipality as data (自治体): one file sets up name, colours, areas, kinds of help, fee, hours and budgets.

mod check;
mod municipality;

pub use crate::kernel::Category;
pub use check::MunicipalityError;
pub use municipality::{Area, Budget, Cancellation, Colours, Coupon, Municipality, Retention};
