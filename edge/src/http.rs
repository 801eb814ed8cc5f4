//! HTTP without a host: requests and responses as values, so that the whole portal runs in a native test.

pub mod cookie;
pub mod form;
mod headers;
mod message;
pub mod multipart;

pub use headers::{finish, with_camera};
pub use message::{Body, Method, POSTCARD, Request, Response};
