use super::*;
use crate::cohelp::fixture::Chance;
use crate::cohelp::types::Sum;

const NOW: Month = Month(2026 * 12 + 10);
const HIDDEN: PublicCount = PublicCount::Hidden;

fn shown(count: u64) -> PublicCount {
    PublicCount::Count(count)
}

fn helped(tally: &mut Tally, month: Month, kind: Category, count: u64) {
    let sum = tally.sums.entry((month, Counted::Helped, Some(kind))).or_default();
    *sum = sum.plus(Sum { count, value: count * 61, points: count * 110 });
    tally.people.insert(month, People { helped: 9, helping: 8 });
}

/// Whatever few there are in a month, or none, and of which kind: the rest of the page is the same, so it cannot say.
#[test]
fn no_number_of_few_can_be_found_from_the_others() {
    let mut chance = Chance(20_261_123);
    for round in 0..2_000 {
        let (mut one, mut other) = (Tally::default(), Tally::default());
        for back in 0..=MONTHS_SHOWN {
            let kind = |chance: &mut Chance| Category::ALL[chance.below(8) as usize];
            let (many, of) = (5 + chance.below(40), kind(&mut chance));
            let is_few = chance.below(2) == 0;
            for tally in [&mut one, &mut other] {
                let (count, of) = if is_few { (chance.below(5), kind(&mut chance)) } else { (many, of) };
                helped(tally, NOW.plus(-back), of, count);
            }
        }
        assert_eq!(circulation(&one, NOW), circulation(&other, NOW), "{round}: {one:?} {other:?}");
    }
}

#[test]
fn everybody_sees_how_help_goes_round() {
    let mut tally = Tally::default();
    for (back, kind, count) in [
        (-13, Category::Phone, 50),
        (-2, Category::Shopping, 6),
        (-2, Category::Phone, 5),
        (-1, Category::Shopping, 23),
        (0, Category::Visit, 7),
    ] {
        helped(&mut tally, NOW.plus(back), kind, count);
    }
    let seen = circulation(&tally, NOW);
    let times: Vec<_> = seen.months.iter().map(|month| (month.month, month.times)).collect();
    assert_eq!(times, [(-2, 11), (-1, 23), (0, 7)].map(|(back, count)| (NOW.plus(back), shown(count))));
    assert_eq!(seen.kinds, [Category::Shopping, Category::Phone], "of this month not before it is over");
    let (last, now) = (seen.months[1], seen.months[2]);
    assert_eq!((last.minutes, last.points, last.helped), (shown(23 * 61), shown(2_530), shown(9)));
    assert_eq!((now.minutes, now.points), (HIDDEN, HIDDEN), "not before the month is over");
    assert_eq!(circulation(&Tally::default(), NOW), Circulation { months: Vec::new(), kinds: Vec::new() });
    // The same a month later, from which nothing is to be learned about the month before.
    let later = circulation(&tally, NOW.plus(1));
    assert_eq!(later.months[..2], seen.months[..2]);
    assert_eq!((later.months[3].times, later.months[2].points), (HIDDEN, shown(770)));
}

#[test]
fn what_few_got_is_not_shown() {
    let mut tally = Tally::default();
    helped(&mut tally, NOW.plus(-1), Category::Visit, 30);
    for (people, seen) in [((9, 4), HIDDEN), ((4, 9), HIDDEN), ((5, 5), shown(3_300))] {
        tally.people.insert(NOW.plus(-1), People { helped: people.0, helping: people.1 });
        let month = circulation(&tally, NOW).months[0];
        assert_eq!((month.times, month.points), (shown(30), seen), "{people:?}");
    }
}

#[test]
fn kinds_and_months_of_few_look_like_those_of_nobody() {
    let mut tally = Tally::default();
    helped(&mut tally, NOW.plus(-5), Category::Visit, 2);
    assert_eq!(circulation(&tally, NOW), Circulation { months: Vec::new(), kinds: Vec::new() });
    for (kind, count) in [(Category::Escort, 4), (Category::Other, 9), (Category::Phone, 14)] {
        helped(&mut tally, NOW.plus(-2), kind, count);
    }
    let seen = circulation(&tally, NOW);
    assert_eq!(seen.kinds, [Category::Phone, Category::Other]);
    assert_eq!(seen.months.iter().map(|month| month.times).collect::<Vec<_>>(), [shown(27), HIDDEN, HIDDEN]);
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
    add(-1, Counted::Ended, many(1));
    add(0, Counted::Satisfied, Sum { count: 3, value: 70, points: 0 });
    let found = figures(&tally, NOW);
    assert_eq!((found.asking, found.helping), (7, 3));
    assert_eq!((found.year.from, found.year.matched), (NOW.plus(-7), 3), "from April on");
    assert_eq!(found.year.satisfaction, Satisfaction { answers: 15, stars: 70 });
    assert_eq!(found.year.filled_percent(), Some(50));
    assert_eq!(found.months.len(), 10, "from the first month on");
    assert_eq!(found.months[0].filled_percent(), Some(66));
    assert_eq!((found.months[1].filled_percent(), found.months[2].filled_percent()), (Some(0), None));
    assert_eq!(figures(&Tally::default(), NOW).months.len(), 1);
}
