//! What somebody who helps has said of themselves (手伝う人の登録).

use core::str::FromStr;
use serde::{Deserialize, Serialize};

use super::bounded::{ByCode, Code, Few, Within};
use super::stretch::Week;
use crate::cohelp::types::Languages;
use crate::kernel::limit::SKILLS_MAX;
use crate::kernel::{Category, Day, IdError, Mesh, PersonId, Timestamp};

/// The most rest days that are kept.
pub const REST_DAYS_MAX: usize = 60;

/// The code of a skill (できること) in the municipality's file.
pub type SkillCode = Code;
/// How far from home somebody helps, in metres as the crow flies.
pub type Reach = Within<100, 50_000>;
/// How many jobs a week somebody takes at most.
pub type PerWeek = Within<1, 21>;

/// Skills, each with what is known of it.
pub type Skills<T> = ByCode<T, SKILLS_MAX>;

/// How a skill is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Evidence {
    /// 本人の申告: they say so.
    Stated,
    /// 確認ずみ: an officer has seen a licence or certificate.
    Shown {
        /// When.
        at: Timestamp,
    },
}

/// How somebody gets about (移動の方法).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Travel {
    /// 徒歩.
    Foot,
    /// 自転車.
    Bicycle,
    /// 車.
    Car,
}

impl Travel {
    /// Every way, in the order of the choice.
    pub const ALL: [Self; 3] = [Self::Foot, Self::Bicycle, Self::Car];

    /// The word in forms.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Foot => "foot",
            Self::Bicycle => "bicycle",
            Self::Car => "car",
        }
    }

    /// Metres as the crow flies in a minute. On foot 80 m of road (不動産の表示に関する公正競争規約施行規則), by bicycle 15 and
    /// by car 25 km/h; a road is about a third longer than the crow's way.
    const fn metres_per_minute(self) -> u32 {
        match self {
            Self::Foot => 60,
            Self::Bicycle => 190,
            Self::Car => 310,
        }
    }

    /// How long a way takes, in minutes, rounded up.
    pub fn minutes(self, metres: u32) -> u16 {
        u16::try_from(metres.div_ceil(self.metres_per_minute())).unwrap_or(u16::MAX)
    }
}

impl FromStr for Travel {
    type Err = IdError;
    fn from_str(word: &str) -> Result<Self, IdError> {
        Self::ALL.into_iter().find(|travel| travel.word() == word).ok_or(IdError)
    }
}

/// What somebody who helps has registered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// Who.
    pub person: PersonId,
    /// The square they live in.
    pub home: Mesh,
    /// How far they go.
    pub reach: Reach,
    /// How they get there.
    pub travel: Travel,
    /// What they speak.
    pub languages: Languages,
    /// What they like to help with.
    pub kinds: Few<Category, 1, { Category::ALL.len() }>,
    /// What they can do besides.
    pub skills: Skills<Evidence>,
    /// When they have time.
    pub week: Week,
    /// Days they do not help (お休みの日).
    pub rest: Few<Day, 0, REST_DAYS_MAX>,
    /// How often they help.
    pub per_week: PerWeek,
    /// When they took the introductory course (講習), as the Family Support Centres ask of theirs.
    pub course: Option<Day>,
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn ways_take_whole_minutes() {
        assert_eq!([0, 1, 60, 61].map(|metres| Travel::Foot.minutes(metres)), [0, 1, 1, 2]);
        assert_eq!(Travel::Car.minutes(3_100), 10);
        assert_eq!(Travel::Foot.minutes(u32::MAX), u16::MAX);
    }

    #[test]
    fn skills_are_few() {
        let skills = |count: usize| {
            let codes = (0..count).filter_map(|number| SkillCode::parse(&format!("skill-{number}")).ok());
            Skills::try_from(codes.map(|code| (code, Evidence::Stated)).collect::<BTreeMap<_, _>>())
        };
        assert!(skills(SKILLS_MAX).is_ok() && skills(SKILLS_MAX + 1).is_err());
        let stored = postcard::to_stdvec(&skills(3).unwrap()).unwrap();
        assert_eq!(postcard::from_bytes::<Skills<Evidence>>(&stored), Ok(skills(3).unwrap()));
    }
}
