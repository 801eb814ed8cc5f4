//! What the town's figures say: to everybody, how help goes round (循環); to the centre, how well it does (KPI).

use serde::{Deserialize, Serialize};

use super::types::{Counted, People, Satisfaction, Tally};
use crate::kernel::{Category, Month};

/// A number that anybody may see is none of fewer (少数の秘匿): what few people did could be known as theirs.
pub const FEW: u64 = 5;
/// How many full months everybody sees, before the one that is going on.
pub const MONTHS_SHOWN: i32 = 12;

/// A number everybody may see. Whether it is shown hangs on itself alone, nobody and few look alike, and nothing on the page says what
/// several of them come to: so none of few can be found from the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum PublicCount {
    /// So many.
    Count(u64),
    /// Fewer than [`FEW`], or not shown: nobody is to find out whom it is about.
    Hidden,
}

impl PublicCount {
    const fn of(count: u64) -> Self {
        if count < FEW { Self::Hidden } else { Self::Count(count) }
    }

    /// The number, if it may be seen.
    pub const fn count(self) -> Option<u64> {
        match self {
            Self::Count(count) => Some(count),
            Self::Hidden => None,
        }
    }
}

/// A month of helping each other, for everybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthOfHelp {
    /// Which.
    pub month: Month,
    /// How often help was given.
    pub times: PublicCount,
    /// How many were helped.
    pub helped: PublicCount,
    /// How many helped.
    pub helping: PublicCount,
    /// For how long, in minutes.
    pub minutes: PublicCount,
    /// How many points went round with it.
    pub points: PublicCount,
}

/// How help and thanks go round in the community (感謝の循環), for everybody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Circulation {
    /// The last months, oldest first, from the first with a number to show; the last one is still going on.
    pub months: Vec<MonthOfHelp>,
    /// Which kinds of help were given in those of the months that are shown and over, most often first; none of few. How often is
    /// not said: it would tell what the others come to.
    pub kinds: Vec<Category>,
}

/// What everybody may see.
pub fn circulation(tally: &Tally, now: Month) -> Circulation {
    let all: Vec<_> = (-MONTHS_SHOWN..=0).map(|back| now.plus(back)).collect();
    let months: Vec<_> = all.iter().map(|month| month_of_help(tally, *month, now)).collect();
    // Of a month that is not shown, or not over, the kinds would tell how many there were, and which came last.
    let known = months.iter().filter(|month| month.month < now && month.times != PublicCount::Hidden);
    let known: Vec<_> = known.map(|month| month.month).collect();
    let months = months.into_iter().skip_while(|month| month.times == PublicCount::Hidden).collect();
    let count_of = |kind: Category| {
        let sums = known.iter().filter_map(|month| tally.sums.get(&(*month, Counted::Helped, Some(kind))));
        sums.map(|sum| sum.count).sum::<u64>()
    };
    let mut kinds: Vec<_> = Category::ALL.into_iter().filter(|kind| count_of(*kind) >= FEW).collect();
    kinds.sort_by_key(|kind| (core::cmp::Reverse(count_of(*kind)), *kind));
    Circulation { months, kinds }
}

/// For how long, and for how much, is seen once the month is over, and where not few took part: with one helper it would be their
/// income, and from day to day that of the last job.
fn month_of_help(tally: &Tally, month: Month, now: Month) -> MonthOfHelp {
    let sum = tally.of(month, Counted::Helped);
    let People { helped, helping } = tally.people.get(&month).copied().unwrap_or_default();
    let [times, helped, helping] = [sum.count, helped, helping].map(PublicCount::of);
    let few = [times, helped, helping].contains(&PublicCount::Hidden);
    let unless_few = |amount| if few || month >= now { PublicCount::Hidden } else { PublicCount::Count(amount) };
    MonthOfHelp { month, times, helped, helping, minutes: unless_few(sum.value), points: unless_few(sum.points) }
}

/// What happened in a month or a year, for the centre.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// The first month.
    pub from: Month,
    /// How often help was asked for.
    pub asked: u64,
    /// How often of these on the phone.
    pub phoned: u64,
    /// K6 マッチング成立: how often somebody was chosen and the points set aside.
    pub matched: u64,
    /// How often help was given and paid for.
    pub helped: u64,
    /// How often nobody was chosen in time.
    pub unmet: u64,
    /// How often it ended without help in any other way: called off, nobody there, closed by the centre.
    pub ended: u64,
    /// K5 共助サービスの満足度.
    pub satisfaction: Satisfaction,
}

impl Period {
    /// Of a hundred requests that are over, how many ended with help, rounded down.
    pub const fn filled_percent(self) -> Option<u64> {
        let over = self.helped.saturating_add(self.unmet).saturating_add(self.ended);
        self.helped.saturating_mul(100).checked_div(over)
    }
}

/// The figures of co-help (共助のKPI), for the centre.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// K3 支援を必要とする方の登録: how many different people have asked for help so far.
    pub asking: u64,
    /// K4 支援者の登録: how many are registered to help.
    pub helping: u64,
    /// The fiscal year so far (年度).
    pub year: Period,
    /// The last months, newest first.
    pub months: Vec<Period>,
}

/// What the centre sees.
pub fn figures(tally: &Tally, now: Month) -> Figures {
    let ever = |counted| tally.between(Month(0), now, counted).count;
    let period = |from: Month, to: Month| {
        let of = |counted| tally.between(from, to, counted);
        let said = of(Counted::Satisfied);
        Period {
            from,
            asked: of(Counted::Asked).count,
            phoned: of(Counted::Phoned).count,
            matched: of(Counted::Matched).count,
            helped: of(Counted::Helped).count,
            unmet: of(Counted::Unmet).count,
            ended: of(Counted::Ended).count,
            satisfaction: Satisfaction { answers: said.count * u64::from(Satisfaction::TOGETHER), stars: said.value },
        }
    };
    let first = tally.sums.keys().next().map_or(now, |(month, ..)| *month);
    let months = (0..=MONTHS_SHOWN).map(|back| now.plus(-back)).take_while(|month| *month >= first.min(now));
    Figures {
        asking: ever(Counted::Newcomer),
        helping: ever(Counted::Joined).saturating_sub(ever(Counted::Left)),
        year: period(now.fiscal_year_from(), now),
        months: months.map(|month| period(month, month)).collect(),
    }
}

#[cfg(test)]
mod tests;
