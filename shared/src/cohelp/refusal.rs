//! Why a command is refused. No prose: the sentence is made where the language is known.

use serde::{Deserialize, Serialize};

use crate::kernel::{Level, Points};

/// Why a command of co-help is refused; the first that applies is given. Grows at the end of the enum; numbers are
/// stable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// The session is not at the level the act needs.
    LevelMissing {
        /// The level.
        level: Level,
    },
    /// Co-help is for people proven by card.
    CardMissing,
    /// The same command id was used for something else.
    CommandReused,
    /// No such request, or nothing this person may know of.
    JobUnknown,
    /// No such offer for this request.
    OfferUnknown,
    /// The id names a request already.
    JobExists,
    /// The id names an offer already.
    OfferExists,
    /// Somebody else's.
    NotYours,
    /// Nobody helps themself.
    OwnRequest,
    /// Points are on their way; it takes a moment.
    InProgress,
    /// Somebody has been chosen.
    AlreadyChosen,
    /// Neither offers nor a choice are taken any more.
    NotOpen,
    /// There is no agreement.
    NotAgreed,
    /// Thanks come after the points.
    NotPaid,
    /// The offer was taken back or declined.
    OfferNotStanding,
    /// One offer a person.
    AlreadyOffered,
    /// The request has as many offers as it takes, or this person tried too often.
    TooManyOffers,
    /// The person has as many open requests as allowed.
    TooManyOpenRequests,
    /// This person has said so already, or it is settled.
    AlreadyConfirmed,
    /// This person has said thanks already.
    AlreadyThanked,
    /// It is time, or somebody has said what came of it.
    CancelTooLate,
    /// It is not time for that yet.
    TooEarly,
    /// The time for that is over.
    TooLate,
    /// The municipality does not offer this kind of help.
    CategoryUnknown,
    /// No such area.
    AreaUnknown,
    /// It has begun, or ended, or begins before now.
    WindowPast,
    /// Further ahead than allowed.
    TooFarAhead {
        /// Days ahead, at most.
        days_max: u32,
    },
    /// Outside the hours of the municipality.
    OutsideHours {
        /// Minutes after midnight.
        from_minute: u16,
        /// Minutes after midnight.
        to_minute: u16,
    },
    /// The window is shorter than the help takes, or that is nothing.
    WindowShort,
    /// Help deserves at least one point.
    RewardZero,
    /// More than the municipality allows.
    RewardTooLarge {
        /// The most.
        max: Points,
    },
    /// The requester has fewer points than the reward.
    ShortOf {
        /// How many are missing.
        missing: Points,
    },
    /// Only operators of the centre do this.
    NotOperator,
    /// An operator does nothing in a matter of their own.
    OwnCase,
    /// The two are to be introduced to each other first.
    NotIntroduced,
    /// They were introduced, or need not be.
    AlreadyIntroduced,
    /// The insurance does not cover what the centre was not told of.
    NoticeMissing,
    /// The centre was told.
    AlreadyNotified,
    /// Not the code of this job.
    CodeWrong,
    /// The help has begun.
    AlreadyStarted,
    /// It is not known that the help has begun.
    NotStarted,
    /// More minutes than there can be, or none.
    MinutesOutside {
        /// The most.
        minutes_max: u16,
    },
    /// It costs more than the person was told.
    CostsMore {
        /// How much.
        costs: Points,
    },
    /// This person has written as often as they can.
    TooManyStatements,
    /// That person helps nobody, or keeps away from the requester.
    NotAskable,
    /// The centre has asked them already.
    AlreadyAsked,
    /// The person keeps away from as many people as they can.
    TooManyApart,
    /// As many people were asked as are for one request.
    TooManyEnquiries,
    /// This person has answered the centre.
    AlreadyAnswered,
    /// No such concern about this job.
    ConcernUnknown,
    /// The concern is closed.
    ConcernClosed,
    /// As many concerns of this person are open as can be.
    TooManyConcerns,
    /// Another operator looks after it.
    HeldByOther,
    /// This operator looks after it already.
    AlreadyHeld,
    /// This operator does not look after it.
    NotHeld,
    /// As much is written down about it as is kept.
    TooManyMemos,
    /// This operator spoke for one of the two: another one has to do it.
    SecondOperator,
    /// There is nothing to ring anybody up for.
    NobodyToRing,
    /// As much is written between the two as is kept.
    TooManyMessages,
    /// It is not over yet.
    NotOver,
    /// This person has said how it was.
    AlreadyRated,
    /// That one of the two wrote nothing to the centre, or it was read.
    NothingToRead,
    /// For this kind of help always the same is given.
    RewardFixed {
        /// What is given.
        reward: Points,
    },
    /// Not a skill of this municipality.
    SkillUnknown,
    /// An answer is missing that the kind of help asks for, or is none to its questions.
    AnswersWrong,
    /// Only somebody who took the introductory course may help with it.
    CourseMissing,
    /// Only somebody of whom the centre has seen that they can do it may help with it.
    EvidenceMissing,
    /// Nobody of that name has registered to help.
    HelperUnknown,
    /// As many photos are there as can be.
    TooManyPhotos,
    /// There is no such photo, or it cannot be taken back.
    PhotoUnknown,
}

impl Refusal {
    /// The stable number: 2xxx are those of co-help.
    pub const fn number(&self) -> u16 {
        match self {
            Self::LevelMissing { .. } => 2001,
            Self::CardMissing => 2002,
            Self::CommandReused => 2003,
            Self::JobUnknown => 2004,
            Self::OfferUnknown => 2005,
            Self::JobExists => 2006,
            Self::OfferExists => 2007,
            Self::NotYours => 2008,
            Self::OwnRequest => 2009,
            Self::InProgress => 2010,
            Self::AlreadyChosen => 2011,
            Self::NotOpen => 2012,
            Self::NotAgreed => 2013,
            Self::NotPaid => 2014,
            Self::OfferNotStanding => 2015,
            Self::AlreadyOffered => 2016,
            Self::TooManyOffers => 2017,
            Self::TooManyOpenRequests => 2018,
            Self::AlreadyConfirmed => 2019,
            Self::AlreadyThanked => 2020,
            Self::CancelTooLate => 2021,
            Self::TooEarly => 2022,
            Self::TooLate => 2023,
            Self::CategoryUnknown => 2024,
            Self::AreaUnknown => 2025,
            Self::WindowPast => 2026,
            Self::TooFarAhead { .. } => 2027,
            Self::OutsideHours { .. } => 2028,
            Self::WindowShort => 2029,
            Self::RewardZero => 2030,
            Self::RewardTooLarge { .. } => 2031,
            Self::ShortOf { .. } => 2032,
            Self::NotOperator => 2033,
            Self::OwnCase => 2034,
            Self::NotIntroduced => 2035,
            Self::AlreadyIntroduced => 2036,
            Self::NoticeMissing => 2037,
            Self::AlreadyNotified => 2038,
            Self::CodeWrong => 2039,
            Self::AlreadyStarted => 2040,
            Self::NotStarted => 2041,
            Self::MinutesOutside { .. } => 2042,
            Self::CostsMore { .. } => 2043,
            Self::TooManyStatements => 2044,
            Self::NotAskable => 2045,
            Self::AlreadyAsked => 2046,
            Self::TooManyApart => 2047,
            Self::TooManyEnquiries => 2048,
            Self::AlreadyAnswered => 2049,
            Self::ConcernUnknown => 2050,
            Self::ConcernClosed => 2051,
            Self::TooManyConcerns => 2052,
            Self::HeldByOther => 2053,
            Self::AlreadyHeld => 2054,
            Self::NotHeld => 2055,
            Self::TooManyMemos => 2056,
            Self::SecondOperator => 2057,
            Self::NobodyToRing => 2058,
            Self::TooManyMessages => 2059,
            Self::NotOver => 2060,
            Self::AlreadyRated => 2061,
            Self::NothingToRead => 2062,
            Self::RewardFixed { .. } => 2063,
            Self::SkillUnknown => 2064,
            Self::AnswersWrong => 2065,
            Self::CourseMissing => 2066,
            Self::EvidenceMissing => 2067,
            Self::HelperUnknown => 2068,
            Self::TooManyPhotos => 2069,
            Self::PhotoUnknown => 2070,
        }
    }

    /// Whether the very same command may succeed when tried again a little later, without anybody doing anything else.
    pub const fn transient(&self) -> bool {
        matches!(self, Self::InProgress | Self::TooEarly)
    }

    /// Whether it is about what happened meanwhile rather than about what was asked: another one was quicker, or it
    /// is done already.
    pub const fn is_conflict(&self) -> bool {
        matches!(
            self,
            Self::CommandReused
                | Self::JobExists
                | Self::OfferExists
                | Self::InProgress
                | Self::AlreadyChosen
                | Self::NotOpen
                | Self::NotAgreed
                | Self::NotPaid
                | Self::OfferNotStanding
                | Self::AlreadyOffered
                | Self::AlreadyConfirmed
                | Self::AlreadyThanked
                | Self::CancelTooLate
                | Self::NotIntroduced
                | Self::AlreadyIntroduced
                | Self::NoticeMissing
                | Self::AlreadyNotified
                | Self::AlreadyStarted
                | Self::NotStarted
                | Self::CostsMore { .. }
                | Self::AlreadyAsked
                | Self::AlreadyAnswered
                | Self::ConcernClosed
                | Self::HeldByOther
                | Self::AlreadyHeld
                | Self::NotHeld
                | Self::NobodyToRing
                | Self::NotOver
                | Self::AlreadyRated
                | Self::NothingToRead
                | Self::HelperUnknown
                | Self::PhotoUnknown
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_follow_the_order() {
        let max = Points::ZERO;
        let all = [
            Refusal::LevelMissing { level: Level::Passkey },
            Refusal::CardMissing,
            Refusal::CommandReused,
            Refusal::JobUnknown,
            Refusal::OfferUnknown,
            Refusal::JobExists,
            Refusal::OfferExists,
            Refusal::NotYours,
            Refusal::OwnRequest,
            Refusal::InProgress,
            Refusal::AlreadyChosen,
            Refusal::NotOpen,
            Refusal::NotAgreed,
            Refusal::NotPaid,
            Refusal::OfferNotStanding,
            Refusal::AlreadyOffered,
            Refusal::TooManyOffers,
            Refusal::TooManyOpenRequests,
            Refusal::AlreadyConfirmed,
            Refusal::AlreadyThanked,
            Refusal::CancelTooLate,
            Refusal::TooEarly,
            Refusal::TooLate,
            Refusal::CategoryUnknown,
            Refusal::AreaUnknown,
            Refusal::WindowPast,
            Refusal::TooFarAhead { days_max: 0 },
            Refusal::OutsideHours { from_minute: 0, to_minute: 0 },
            Refusal::WindowShort,
            Refusal::RewardZero,
            Refusal::RewardTooLarge { max },
            Refusal::ShortOf { missing: max },
            Refusal::NotOperator,
            Refusal::OwnCase,
            Refusal::NotIntroduced,
            Refusal::AlreadyIntroduced,
            Refusal::NoticeMissing,
            Refusal::AlreadyNotified,
            Refusal::CodeWrong,
            Refusal::AlreadyStarted,
            Refusal::NotStarted,
            Refusal::MinutesOutside { minutes_max: 0 },
            Refusal::CostsMore { costs: max },
            Refusal::TooManyStatements,
            Refusal::NotAskable,
            Refusal::AlreadyAsked,
            Refusal::TooManyApart,
            Refusal::TooManyEnquiries,
            Refusal::AlreadyAnswered,
            Refusal::ConcernUnknown,
            Refusal::ConcernClosed,
            Refusal::TooManyConcerns,
            Refusal::HeldByOther,
            Refusal::AlreadyHeld,
            Refusal::NotHeld,
            Refusal::TooManyMemos,
            Refusal::SecondOperator,
            Refusal::NobodyToRing,
            Refusal::TooManyMessages,
            Refusal::NotOver,
            Refusal::AlreadyRated,
            Refusal::NothingToRead,
            Refusal::RewardFixed { reward: max },
            Refusal::SkillUnknown,
            Refusal::AnswersWrong,
            Refusal::CourseMissing,
            Refusal::EvidenceMissing,
            Refusal::HelperUnknown,
            Refusal::TooManyPhotos,
            Refusal::PhotoUnknown,
        ];
        for (place, (refusal, number)) in all.iter().zip(2001..).enumerate() {
            assert_eq!(refusal.number(), number, "{refusal:?}");
            // The place on the wire: postcard writes it first.
            let bytes = postcard::to_stdvec(refusal).unwrap();
            assert_eq!(bytes.first().map(|first| usize::from(*first)), Some(place), "{refusal:?}");
        }
    }
}
