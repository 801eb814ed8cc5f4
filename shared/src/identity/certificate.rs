//! What a certificate of the card (公的個人認証, JPKI) says, for the officer who was handed it.

use serde::{Deserialize, Serialize};

use crate::kernel::{Day, Line, MemberNumber, Name, Timestamp};

use super::{Gender, Visitor};

/// Which characters stand for others (代替文字): 外字 that the certificate could not hold. Shown, never corrected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Substitutes {
    /// Every character is the real one.
    None,
    /// Those at these places, counted in characters from 0, stand for others.
    At(Vec<usize>),
    /// Some do, and it cannot be told which: the marks do not fit the text.
    Somewhere,
}

/// A text with its substitutes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marked<T> {
    /// The text.
    pub text: T,
    /// What in it stands for something else.
    pub substitutes: Substitutes,
}

/// What is known of a revocation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Revocation {
    /// Nobody asked: the certificate may have been revoked at any time since it was made.
    NotChecked,
    /// Not revoked, says somebody who may ask.
    Checked {
        /// Who.
        by: Line<100>,
        /// When.
        at: Timestamp,
    },
}

/// The four attributes (基本4情報) of a certificate that holds, and how far that goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateSays {
    /// Name.
    pub name: Marked<Name>,
    /// Address, in one line.
    pub address: Marked<Line<300>>,
    /// Birth date.
    pub birth: Day,
    /// Gender.
    pub gender: Gender,
    /// The last moment it is good for.
    pub until: Timestamp,
    /// What is known of a revocation.
    pub revocation: Revocation,
}

/// Why a certificate does not hold, in the words an officer can do something about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum CertificateFlaw {
    /// No certificate could be read.
    Unreadable,
    /// Made by nobody we believe, or changed since.
    Forged,
    /// Not good at this moment.
    OutOfTime,
    /// The certificate for signing in, or of something else: it says nothing of a person.
    WrongKind,
    /// What it says of the person cannot be read in full.
    Incomplete,
}

/// The page 証明書を確かめる.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificatePage {
    /// Who asks.
    pub visitor: Visitor,
    /// What the certificate says, or what is wrong with it and the verifier's number for it.
    pub verdict: Result<CertificateSays, (CertificateFlaw, u16)>,
    /// The account of somebody of that name and birth date.
    pub known: Option<MemberNumber>,
}
