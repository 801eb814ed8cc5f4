//! A whole deployment in a test: the objects over databases in memory, a clock that is set, an issuer of cards,
//! browsers with passkeys, and faults wherever a test wants one. Everything follows from a seed.

mod books;
mod browser;
mod deployment;
mod faults;
mod forms;
mod issuer;
mod people;

pub(crate) use books::Ending;
pub(crate) use browser::{Browser, body_text, status_line};
pub(crate) use deployment::{Deployment, ORIGIN};
pub(crate) use faults::{How, Plan, Point};
pub(crate) use forms::{
    PROFILE, REQUEST, act, ask, ask_with, choose, concern_id, desk, offer_id, photo_id, picture, register, send_photo,
};
pub(crate) use issuer::{Card, Place, Trouble};
pub(crate) use people::{Resident, command, staff_code, visitor};
