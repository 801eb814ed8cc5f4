//! What a town asks for in two months, of which the second counts.

use shared::cohelp::Window;
use shared::cohelp::matching::{Asked, Few, Need, Skills};
use shared::kernel::{Category, JobId, Language, Mesh};

use crate::step::{Because, Outcome};

use super::super::random::Random;
use super::people::{FIRST_DAY, REQUESTERS, all, requester};

/// Days in which people ask; what they ask for may be later.
pub const DAYS: u64 = 60;
/// From which of them on it counts: a town knows its people.
pub const COUNTED_FROM: u64 = 30;
/// What is asked for how often, how many minutes it takes, and from when in the day it may begin.
const DEMAND: [(u64, Asks); 8] = [
    (18, Asks { kind: Category::Shopping, minutes: 60, from: 540, to: 960 }),
    (8, Asks { kind: Category::Paperwork, minutes: 45, from: 540, to: 960 }),
    (20, Asks { kind: Category::Escort, minutes: 120, from: 510, to: 840 }),
    (12, Asks { kind: Category::Phone, minutes: 45, from: 540, to: 1_080 }),
    (14, Asks { kind: Category::Outdoor, minutes: 120, from: 510, to: 900 }),
    (12, Asks { kind: Category::Childminding, minutes: 150, from: 480, to: 1_110 }),
    (10, Asks { kind: Category::Visit, minutes: 30, from: 540, to: 1_020 }),
    (6, Asks { kind: Category::Other, minutes: 60, from: 540, to: 1_020 }),
];

#[derive(Clone, Copy)]
struct Asks {
    kind: Category,
    minutes: u16,
    from: u16,
    to: u16,
}

/// A request and when it is made, in minutes from the first midnight.
pub struct Request {
    /// When somebody asks.
    pub at: i64,
    /// For what.
    pub need: Need,
}

impl Request {
    /// Whether it is of the month that counts.
    pub const fn counts(&self) -> bool {
        self.at >= COUNTED_FROM as i64 * 1_440
    }

    /// When the help may begin, in minutes from the first midnight.
    pub fn begins(&self) -> i64 {
        i64::from(self.need.window.day().0 - FIRST_DAY.0) * 1_440 + i64::from(self.need.window.from_minute())
    }
}

/// The requests of the month in the order of asking.
pub fn draw(random: &mut Random, homes: &[Mesh], a_year: u64) -> Outcome<Vec<Request>> {
    let mut requests =
        (0..a_year * DAYS / 365).map(|number| request(random, homes, number)).collect::<Outcome<Vec<Request>>>()?;
    requests.sort_by_key(|request| (request.at, request.need.job));
    Ok(requests)
}

fn request(random: &mut Random, homes: &[Mesh], number: u64) -> Outcome<Request> {
    let asks = random.weighted(&DEMAND);
    // Three in five come from the fifth who ask most.
    let who = if random.happens(60) { random.below(REQUESTERS / 5) } else { random.below(REQUESTERS) };
    let asked_day = random.below(DAYS);
    // Today, tomorrow, this week, up to two weeks ahead: as Family Support Centres want of first requests.
    let (least, more) = random.weighted(&[(12, (0, 1)), (23, (1, 1)), (35, (2, 4)), (30, (6, 9))]);
    let day = FIRST_DAY.plus(i32::try_from(asked_day + least + random.below(more)).because("a day")?);
    let length = asks.minutes + random.weighted(&[(20, 0), (30, 60), (30, 120), (20, 240)]);
    let steps = u64::from((asks.to - asks.from) / 30 + 1);
    let latest = 21 * 60 - length;
    let from = (asks.from + 30 * u16::try_from(random.below(steps)).because("a minute")?).min(latest);
    let need = Need {
        job: JobId::from_bytes(u128::from(number).to_be_bytes()),
        requester: requester(who),
        kind: asks.kind,
        place: *usize::try_from(who).ok().and_then(|who| homes.get(who)).ok_or("nobody asks")?,
        window: Window::new(day, from, from + length).because("a window")?,
        minutes: asks.minutes,
        skills: skills(random, asks.kind)?,
        languages: languages(random)?,
        course: asks.kind == Category::Childminding,
        urgent: false,
        declined: Default::default(),
    };
    let midnight = i64::try_from(asked_day * 1_440).because("a day")?;
    let mut request = Request { at: midnight + 7 * 60 + random.below(14 * 60).cast_signed(), need };
    // Whoever asks for today asks some hours ahead.
    request.at = request.at.min(request.begins() - 120 - random.below(180).cast_signed());
    Ok(request)
}

fn skills(random: &mut Random, kind: Category) -> Outcome<Skills<Asked>> {
    match kind {
        Category::Escort if random.happens(40) => all(&["driving"], Asked::Shown),
        Category::Childminding if random.happens(30) => all(&["childcare"], Asked::Shown),
        _ => Ok(Skills::NONE),
    }
}

fn languages(random: &mut Random) -> Outcome<Few<Language, 1, { Language::ALL.len() }>> {
    let language = random.weighted(&[
        (980, Language::Japanese),
        (8, Language::English),
        (4, Language::Chinese),
        (3, Language::Vietnamese),
        (5, Language::JapaneseSign),
    ]);
    Few::new([language]).because("a language")
}
