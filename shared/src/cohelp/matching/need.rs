//! What a request needs, and how things stand with those who could meet it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::profile::{Profile, Skills};
use crate::cohelp::types::{Languages, Window};
use crate::kernel::{Category, JobId, Mesh, PersonId};

/// What is asked of a skill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Asked {
    /// That somebody says they have it.
    Stated,
    /// That an officer has seen the evidence.
    Shown,
}

/// What matching has to know of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Need {
    /// Which request.
    pub job: JobId,
    /// Whose.
    pub requester: PersonId,
    /// Kind of help.
    pub kind: Category,
    /// The square it takes place in.
    pub place: Mesh,
    /// When it may take place.
    pub window: Window,
    /// How long it takes, in minutes.
    pub minutes: u16,
    /// What the helper has to be able to do.
    pub skills: Skills<Asked>,
    /// Languages of which one will do.
    pub languages: Languages,
    /// Whether only somebody who took the introductory course may come.
    pub course: bool,
    /// Whether it goes before others (お急ぎ).
    pub urgent: bool,
    /// Who said no to it, or was ruled out by the operator.
    pub declined: BTreeSet<PersonId>,
}

/// A job somebody has agreed to (約束): when and where they will be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Engagement {
    /// When.
    pub window: Window,
    /// Where.
    pub place: Mesh,
}

/// How things stand with a helper.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Circumstances {
    /// Jobs agreed to, at least those of the weeks in question.
    pub agreed: Vec<Engagement>,
    /// Whom they block or who blocks them.
    pub apart: BTreeSet<PersonId>,
    /// How often they have helped somebody.
    pub together: BTreeMap<PersonId, u32>,
    /// Jobs in the last four weeks.
    pub lately: u32,
    /// What they said when they were asked, in the last twelve weeks.
    pub said: Said,
}

/// What somebody said when they were asked to help.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Hash, Serialize, Deserialize)]
pub struct Said {
    /// How often yes.
    pub yes: u32,
    /// How often no, or nothing.
    pub not: u32,
}

/// Somebody who could help: what they registered, and how things stand with them.
#[derive(Debug, Clone, Copy)]
pub struct Helper<'a> {
    /// What they registered.
    pub profile: &'a Profile,
    /// How things stand.
    pub facts: &'a Circumstances,
}
