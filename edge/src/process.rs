//! Steps across objects: what one decided and another must do.

pub mod settle;
