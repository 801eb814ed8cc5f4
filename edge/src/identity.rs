//! Identity (本人の確認とログイン) where it touches the world.

pub mod webauthn;
