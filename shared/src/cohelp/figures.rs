//! What the town's figures say: to everybody, how help goes round (循環); to the centre, how well it does (KPI).

use serde::{Deserialize, Serialize};

use super::types::{Counted, People, Tally};
use crate::kernel::{Category, Month};

/// A number that anybody may see is none of fewer (少数の秘匿): what few people did could be known as theirs.
pub const FEW: u64 = 5;
/// How many full months everybody sees, before the one that is going on.
pub const MONTHS_SHOWN: i32 = 12;

/// A number everybody may see, or that it is kept back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Shown {
    /// So many.
    Count(u64),
    /// Too few, or so few elsewhere that this one would tell how few.
    Few,
}

impl Shown {
    /// As itself, unless few stand behind it.
    const fn of(count: u64) -> Self {
        if 0 < count && count < FEW { Self::Few } else { Self::Count(count) }
    }

    /// The number, if it may be seen.
    pub const fn count(self) -> Option<u64> {
        match self {
            Self::Count(count) => Some(count),
            Self::Few => None,
        }
    }
}

/// A month of helping each other, for everybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthOfHelp {
    /// Which.
    pub month: Month,
    /// How often help was given.
    pub times: Shown,
    /// How many were helped.
    pub helped: Shown,
    /// How many helped.
    pub helping: Shown,
    /// For how long, in minutes.
    pub minutes: Shown,
    /// How many points went round with it.
    pub points: Shown,
}

/// How help and thanks go round in the community (感謝の循環), for everybody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Circulation {
    /// The last months, oldest first, from the first in which help was given; the last one is still going on.
    pub months: Vec<MonthOfHelp>,
    /// How often which kind of help was given in these months, most often first; none that never was.
    pub kinds: Vec<(Category, Shown)>,
}

/// Which of those numbers stay unseen: those that are [few](FEW), and so many of the next larger that nobody can find out one of
/// them from what they all come to.
fn kept_back(counts: &[u64]) -> Vec<bool> {
    let mut kept: Vec<_> = counts.iter().map(|count| Shown::of(*count) == Shown::Few).collect();
    loop {
        let behind = counts.iter().zip(&kept).filter(|(_, kept)| **kept);
        let (number, sum) =
            behind.fold((0, 0_u64), |(number, sum), (count, _)| (number + 1, sum.saturating_add(*count)));
        let next = (0..).zip(counts.iter().zip(&kept)).filter(|(_, (count, kept))| **count > 0 && !**kept);
        match next.min_by_key(|(_, (count, _))| **count).map(|(place, _): (usize, _)| place) {
            Some(place) if number > 0 && (number < 2 || sum < FEW) => {
                if let Some(kept) = kept.get_mut(place) {
                    *kept = true;
                }
            }
            _ => return kept,
        }
    }
}

/// What everybody may see.
pub fn circulation(tally: &Tally, now: Month) -> Circulation {
    let given = |month| tally.of(month, Counted::Helped);
    let last: Vec<_> =
        (-MONTHS_SHOWN..=0).map(|back| now.plus(back)).skip_while(|month| given(*month).count == 0).collect();
    let counts: Vec<_> = last.iter().map(|month| given(*month).count).collect();
    let months = last.iter().zip(kept_back(&counts)).map(|(month, kept)| month_of_help(tally, *month, kept)).collect();
    let count_of = |kind: Category| {
        let sums = last.iter().filter_map(|month| tally.sums.get(&(*month, Counted::Helped, Some(kind))));
        (kind, sums.map(|sum| sum.count).sum::<u64>())
    };
    let mut kinds: Vec<_> = Category::ALL.into_iter().map(count_of).filter(|(_, count)| *count > 0).collect();
    kinds.sort_by_key(|(kind, count)| (core::cmp::Reverse(*count), *kind));
    let kept = kept_back(&kinds.iter().map(|(_, count)| *count).collect::<Vec<_>>());
    let shown = |((kind, count), kept)| (kind, if kept { Shown::Few } else { Shown::Count(count) });
    let mut kinds: Vec<_> = kinds.into_iter().zip(kept).map(shown).collect();
    // In which place a hidden one stands would say how many it is.
    kinds.sort_by_key(|(kind, shown)| (*shown == Shown::Few).then_some(*kind));
    Circulation { months, kinds }
}

/// Of how long and for how much nothing is seen where few took part: with one helper it would be their income.
fn month_of_help(tally: &Tally, month: Month, kept: bool) -> MonthOfHelp {
    let sum = tally.of(month, Counted::Helped);
    let People { helped, helping } = tally.people.get(&month).copied().unwrap_or_default();
    let few = kept || helped < FEW || helping < FEW;
    let unless = |hidden: bool, count| if hidden && sum.count > 0 { Shown::Few } else { Shown::Count(count) };
    MonthOfHelp {
        month,
        times: unless(kept, sum.count),
        helped: unless(kept || helped < FEW, helped),
        helping: unless(kept || helping < FEW, helping),
        minutes: unless(few, sum.value),
        points: unless(few, sum.points),
    }
}

/// How satisfied people are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Satisfaction {
    /// How many said so.
    pub answers: u64,
    /// All their stars, 1 to 5 each.
    pub stars: u64,
}

impl Satisfaction {
    /// The mean in hundredths, rounded half up; none if nobody said anything.
    pub const fn mean_hundredths(self) -> Option<u64> {
        match self.stars.saturating_mul(200).saturating_add(self.answers).checked_div(self.answers.saturating_mul(2)) {
            Some(mean) => Some(mean),
            None => None,
        }
    }
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
    /// K5 共助サービスの満足度.
    pub satisfaction: Satisfaction,
}

impl Period {
    /// Of a hundred requests that ended with help or with nobody, how many with help, rounded down.
    pub const fn filled_percent(self) -> Option<u64> {
        self.helped.saturating_mul(100).checked_div(self.helped.saturating_add(self.unmet))
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
            satisfaction: Satisfaction { answers: said.count, stars: said.value },
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
mod tests {
    use super::*;
    use crate::cohelp::fixture::Chance;
    use crate::cohelp::types::Sum;

    const NOW: Month = Month(2026 * 12 + 10);

    fn helped(tally: &mut Tally, month: Month, kind: Category, count: u64) {
        let sum = tally.sums.entry((month, Counted::Helped, Some(kind))).or_default();
        *sum = sum.plus(Sum { count, value: count * 60, points: count * 100 });
        tally.people.insert(month, People { helped: 9, helping: 8 });
    }

    #[test]
    fn few_are_kept_back_and_so_is_what_would_tell_how_few() {
        for (counts, kept) in [
            (vec![], vec![]),
            (vec![0, 5, 9], vec![false, false, false]),
            (vec![3, 0, 9, 7], vec![true, false, false, true]),
            (vec![1, 1, 30, 6], vec![true, true, false, true]),
            (vec![4, 4, 9], vec![true, true, false]),
            (vec![2], vec![true]),
        ] {
            assert_eq!(kept_back(&counts), kept, "{counts:?}");
        }
    }

    #[test]
    fn no_number_of_few_can_be_found_from_the_others() {
        let mut chance = Chance(20_261_123);
        for round in 0..10_000 {
            let counts: Vec<_> = (0..chance.below(8)).map(|_| chance.below(12)).collect();
            let kept = kept_back(&counts);
            let hidden: Vec<_> = counts.iter().zip(&kept).filter(|(_, kept)| **kept).map(|(count, _)| *count).collect();
            let few = counts.iter().filter(|count| (1..FEW).contains(*count)).count();
            assert!(
                counts.iter().zip(&kept).all(|(count, kept)| *kept || !(1..FEW).contains(count)),
                "{round}: {counts:?}"
            );
            let all = counts.iter().filter(|count| **count > 0).count();
            let safe = hidden.len() >= 2 && hidden.iter().sum::<u64>() >= FEW;
            assert!(few == 0 || safe || hidden.len() == all, "{round}: {counts:?} {kept:?}");
            assert!(few > 0 || hidden.is_empty(), "{round}: {counts:?} {kept:?}");
        }
    }

    #[test]
    fn everybody_sees_how_help_goes_round() {
        let mut tally = Tally::default();
        for (back, kind, count) in [
            (-13, Category::Phone, 50),
            (-2, Category::Shopping, 6),
            (-2, Category::Phone, 5),
            (-1, Category::Shopping, 20),
            (0, Category::Visit, 7),
        ] {
            helped(&mut tally, NOW.plus(back), kind, count);
        }
        tally.people.insert(NOW, People { helped: 7, helping: 2 });
        let seen = circulation(&tally, NOW);
        let times: Vec<_> = seen.months.iter().map(|month| (month.month, month.times)).collect();
        assert_eq!(times, [(-2, 11), (-1, 20), (0, 7)].map(|(back, count)| (NOW.plus(back), Shown::Count(count))));
        let last = seen.months.last().unwrap();
        assert_eq!((last.helped, last.helping), (Shown::Count(7), Shown::Few));
        assert_eq!((last.minutes, last.points), (Shown::Few, Shown::Few), "what two people got");
        assert_eq!((seen.months[1].minutes, seen.months[1].points), (Shown::Count(1200), Shown::Count(2000)));
        let kinds = [(Category::Shopping, 26), (Category::Visit, 7), (Category::Phone, 5)];
        assert_eq!(seen.kinds, kinds.map(|(kind, count)| (kind, Shown::Count(count))));
        assert_eq!(circulation(&Tally::default(), NOW), Circulation { months: Vec::new(), kinds: Vec::new() });
    }

    #[test]
    fn a_kind_of_few_stands_last_with_what_hides_it() {
        let mut tally = Tally::default();
        for (kind, count) in [(Category::Visit, 2), (Category::Shopping, 9), (Category::Phone, 7)] {
            helped(&mut tally, NOW, kind, count);
        }
        let kinds =
            [(Category::Shopping, Shown::Count(9)), (Category::Phone, Shown::Few), (Category::Visit, Shown::Few)];
        assert_eq!(circulation(&tally, NOW).kinds, kinds);
    }

    #[test]
    fn the_centre_sees_the_year_and_the_months() {
        let mut tally = Tally::default();
        let mut add = |back, counted, sum| {
            tally.sums.insert((NOW.plus(back), counted, None), sum);
        };
        let many = |count| Sum { count, ..Sum::NONE };
        add(-9, Counted::Newcomer, many(3));
        add(-9, Counted::Matched, many(8));
        add(-1, Counted::Newcomer, many(4));
        add(-1, Counted::Joined, many(5));
        add(0, Counted::Left, many(2));
        add(0, Counted::Matched, many(2));
        add(-7, Counted::Matched, many(1));
        add(0, Counted::Helped, many(2));
        add(0, Counted::Unmet, many(1));
        add(0, Counted::Satisfied, Sum { count: 3, value: 14, points: 0 });
        let found = figures(&tally, NOW);
        assert_eq!((found.asking, found.helping), (7, 3));
        assert_eq!((found.year.from, found.year.matched), (NOW.plus(-7), 3), "from April on");
        assert_eq!(found.year.satisfaction.mean_hundredths(), Some(467));
        assert_eq!(found.year.filled_percent(), Some(66));
        assert_eq!(found.months.len(), 10, "from the first month on");
        assert_eq!(found.months[0].filled_percent(), Some(66));
        assert_eq!(found.months[1].filled_percent(), None);
        assert_eq!(Satisfaction::default().mean_hundredths(), None);
        assert_eq!(figures(&Tally::default(), NOW).months.len(), 1);
    }
}
