//! Bounds of everything that comes from outside. A list, string or page without one is a defect.

use super::Picture;

/// The largest body of a form or envelope, in bytes.
pub const BODY_BYTES_MAX: usize = 64 * 1024;
/// The largest body of a form with a photo, in bytes: the photo, and what is beside it.
pub const PHOTO_BODY_BYTES_MAX: usize = Picture::BYTES_MAX + BODY_BYTES_MAX;
/// The most entries one read of the journal returns.
pub const JOURNAL_PAGE_MAX: u32 = 1000;
/// The most jobs one list shows.
pub const JOBS_SHOWN_MAX: u32 = 50;
/// The most offers one request takes.
pub const OFFERS_MAX: usize = 20;
/// The most open requests one person has at a time.
pub const OPEN_REQUESTS_MAX: u32 = 10;
/// From how many people one person keeps away.
pub const APART_MAX: usize = 100;
/// The most requests of one day that are assigned together.
pub const DAY_REQUESTS_MAX: u32 = 300;
/// How many people the centre asks for one request.
pub const ENQUIRIES_MAX: u32 = 20;
/// The most passkeys one person has.
pub const PASSKEYS_MAX: usize = 10;
/// The most purses one payment is made of; a municipality's file has two fewer coupons at most.
pub const PURSES_MAX: usize = 16;
/// The most legs one settlement splits into.
pub const LEGS_MAX: usize = 4;
/// The largest whole number that every store and reader can tell exactly: 2^53 − 1.
pub const NUMBER_MAX: u64 = (1 << 53) - 1;
/// The most skills of one person or municipality.
pub const SKILLS_MAX: usize = 20;
/// The most skills a request, or a kind of help, asks for.
pub const SKILLS_ASKED_MAX: usize = 5;
/// The most questions of one kind of help.
pub const QUESTIONS_MAX: usize = 8;
/// The most choices of one question.
pub const CHOICES_MAX: usize = 12;
