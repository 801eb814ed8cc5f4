//! Numbers and sets that keep their bounds wherever they come from.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::kernel::Line;

/// Below or above what is allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("out of bounds")]
pub struct BoundError;

/// A whole number from `MIN` to `MAX`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct Within<const MIN: u32, const MAX: u32>(u32);

impl<const MIN: u32, const MAX: u32> Within<MIN, MAX> {
    /// The number.
    pub const fn get(self) -> u32 {
        self.0
    }
}

impl<const MIN: u32, const MAX: u32> TryFrom<u32> for Within<MIN, MAX> {
    type Error = BoundError;
    fn try_from(number: u32) -> Result<Self, BoundError> {
        if (MIN..=MAX).contains(&number) { Ok(Self(number)) } else { Err(BoundError) }
    }
}

impl<const MIN: u32, const MAX: u32> From<Within<MIN, MAX>> for u32 {
    fn from(number: Within<MIN, MAX>) -> Self {
        number.0
    }
}

/// A set of `MIN` to `MAX` things.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<T>", into = "Vec<T>", bound(serialize = "T: Ord + Clone + Serialize"))]
#[serde(bound(deserialize = "T: Ord + Deserialize<'de>"))]
pub struct Few<T, const MIN: usize, const MAX: usize>(BTreeSet<T>);

impl<T: Ord, const MIN: usize, const MAX: usize> Few<T, MIN, MAX> {
    /// The set of these; what comes twice counts once.
    pub fn new(things: impl IntoIterator<Item = T>) -> Result<Self, BoundError> {
        let set: BTreeSet<T> = things.into_iter().collect();
        if (MIN..=MAX).contains(&set.len()) { Ok(Self(set)) } else { Err(BoundError) }
    }

    /// The set of that alone.
    pub fn one(thing: T) -> Self {
        const { assert!(MIN <= 1 && MAX >= 1, "one is within the bounds") }
        Self(BTreeSet::from([thing]))
    }

    /// Whether it is one of them.
    pub fn contains(&self, thing: &T) -> bool {
        self.0.contains(thing)
    }

    /// All of them, in their order.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.0.iter()
    }
}

impl<T, const MAX: usize> Default for Few<T, 0, MAX> {
    fn default() -> Self {
        Self(BTreeSet::new())
    }
}

impl<T: Ord, const MIN: usize, const MAX: usize> TryFrom<Vec<T>> for Few<T, MIN, MAX> {
    type Error = BoundError;
    fn try_from(things: Vec<T>) -> Result<Self, BoundError> {
        Self::new(things)
    }
}

impl<T, const MIN: usize, const MAX: usize> From<Few<T, MIN, MAX>> for Vec<T> {
    fn from(few: Few<T, MIN, MAX>) -> Self {
        few.0.into_iter().collect()
    }
}

/// Most characters of a code in the municipality's file.
const CODE_MAX: usize = 32;

/// The code of something the municipality's file names.
pub type Code = Line<CODE_MAX>;

/// What is known of at most `MAX` things, by their codes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "BTreeMap<Code, T>", into = "BTreeMap<Code, T>")]
#[serde(bound(serialize = "T: Clone + Serialize", deserialize = "T: Deserialize<'de>"))]
pub struct ByCode<T, const MAX: usize>(BTreeMap<Code, T>);

impl<T, const MAX: usize> ByCode<T, MAX> {
    /// Nothing.
    pub const NONE: Self = Self(BTreeMap::new());

    /// What is known of that one; none if it is not there.
    pub fn get(&self, code: &Code) -> Option<&T> {
        self.0.get(code)
    }

    /// All of them, by code.
    pub fn iter(&self) -> impl Iterator<Item = (&Code, &T)> {
        self.0.iter()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// With that known of that one.
    pub fn with(mut self, code: Code, known: T) -> Result<Self, BoundError> {
        self.0.insert(code, known);
        Self::try_from(self.0)
    }

    /// The same ones, with something else known of each.
    #[must_use]
    pub fn map(self, known: impl Fn(&Code, T) -> T) -> Self {
        let each = self.0.into_iter().map(|(code, before)| {
            let known = known(&code, before);
            (code, known)
        });
        Self(each.collect())
    }

    /// Those of which it holds.
    #[must_use]
    pub fn only(self, holds: impl Fn(&Code, &T) -> bool) -> Self {
        Self(self.0.into_iter().filter(|(code, known)| holds(code, known)).collect())
    }
}

impl<T, const MAX: usize> TryFrom<BTreeMap<Code, T>> for ByCode<T, MAX> {
    type Error = BoundError;
    fn try_from(known: BTreeMap<Code, T>) -> Result<Self, BoundError> {
        if known.len() > MAX { Err(BoundError) } else { Ok(Self(known)) }
    }
}

impl<T, const MAX: usize> From<ByCode<T, MAX>> for BTreeMap<Code, T> {
    fn from(known: ByCode<T, MAX>) -> Self {
        known.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_bounds() {
        type Small = Within<2, 4>;
        assert_eq!([1, 2, 4, 5].map(|number| Small::try_from(number).is_ok()), [false, true, true, false]);
        assert!(postcard::from_bytes::<Small>(&postcard::to_stdvec(&5u32).unwrap()).is_err());
    }

    #[test]
    fn sets_keep_their_bounds() {
        type Two = Few<u8, 1, 2>;
        assert!(Two::new([]).is_err() && Two::new([1, 2, 3]).is_err() && Two::new([1, 2, 2]).is_ok());
        let few = Two::new([2, 1]).unwrap();
        assert_eq!(postcard::from_bytes::<Two>(&postcard::to_stdvec(&few).unwrap()), Ok(few));
        assert!(postcard::from_bytes::<Two>(&postcard::to_stdvec(&[0u8; 0].as_slice()).unwrap()).is_err());
    }
}
