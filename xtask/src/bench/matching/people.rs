//! A town of 100,000 drawn from a seed: where people live, and who helps.

use std::collections::{BTreeMap, BTreeSet};

use shared::cohelp::matching::{
    Circumstances, Evidence, Few, Hours, PerWeek, Profile, Reach, SkillCode, Skills, Stretch, Travel, Week,
};
use shared::kernel::{Category, Day, Language, Mesh, PersonId};

use crate::step::{Because, Outcome};

use super::super::random::Random;
use super::requests::{self, Request};

/// People who help (K4 for 2025).
pub const HELPERS: u64 = 910;
/// People who are registered as needing help (K3 for 2025).
pub const REQUESTERS: u64 = 4_550;
/// The first day: Monday, 2026-11-02.
pub const FIRST_DAY: Day = Day(20_759);
/// Where many live: east and north in quarters of a kilometre, and how many.
const CENTRES: [(u64, (u64, u64)); 5] = [(4, (12, 20)), (3, (20, 24)), (2, (26, 14)), (1, (8, 31)), (1, (31, 31))];
/// Whom somebody may be: retired, at work, at home or working part of the day.
const LIVES: [(u64, Life); 3] = [(55, Life::Retired), (25, Life::AtWork), (20, Life::PartOfTheDay)];
/// How many in a hundred help with what.
const KINDS: [(Category, u64); 8] = [
    (Category::Shopping, 70),
    (Category::Paperwork, 35),
    (Category::Escort, 50),
    (Category::Phone, 45),
    (Category::Outdoor, 40),
    (Category::Childminding, 30),
    (Category::Visit, 65),
    (Category::Other, 60),
];

/// The town.
pub struct Town {
    /// Who helps, and how things stand with them at the beginning.
    pub helpers: Vec<(Profile, Circumstances)>,
    /// What is asked for in the month, in the order of asking.
    pub requests: Vec<Request>,
    /// When help may take place.
    pub daytime: Stretch,
}

#[derive(Clone, Copy)]
enum Life {
    Retired,
    AtWork,
    PartOfTheDay,
}

impl Town {
    /// The town of that seed, where so many requests are made in a year.
    pub fn draw(seed: u64, requests_a_year: u64) -> Outcome<Self> {
        let mut random = Random::new(seed);
        let homes = (0..REQUESTERS).map(|_| home(&mut random)).collect::<Outcome<Vec<Mesh>>>()?;
        let helper = |number| Ok((profile(&mut random, number)?, circumstances(&mut random)));
        let helpers = (0..HELPERS).map(helper).collect::<Outcome<_>>()?;
        let requests = requests::draw(&mut random, &homes, requests_a_year)?;
        Ok(Self { helpers, requests, daytime: Stretch::new(8 * 60, 21 * 60).because("8:00 to 21:00")? })
    }
}

/// Who asks, by number.
pub fn requester(number: u64) -> PersonId {
    PersonId::from_bytes(u128::from(1_000_000 + number).to_be_bytes())
}

/// A square of 250 m in the ten kilometres of 4929 27: most live round a centre, some anywhere.
fn home(random: &mut Random) -> Outcome<Mesh> {
    let (x, y) = if random.happens(15) {
        (random.below(40), random.below(40))
    } else {
        let (x, y) = random.weighted(&CENTRES);
        let mut near =
            |centre: u64| (centre + random.below(9) + random.below(9) + random.below(9)).saturating_sub(12).min(39);
        (near(x), near(y))
    };
    let quarter = |step: u64| 1 + 2 * (y / step % 2) + x / step % 2;
    let square = 49_292_700 + y / 4 * 10 + x / 4;
    Mesh::try_from(square * 100 + quarter(2) * 10 + quarter(1)).because("a square of the town")
}

fn profile(random: &mut Random, number: u64) -> Outcome<Profile> {
    let (travel, near, far) = random.weighted(&[
        (60, (Travel::Car, 3_000, 8_000)),
        (15, (Travel::Bicycle, 1_500, 3_000)),
        (25, (Travel::Foot, 800, 1_500)),
    ]);
    let reach = u32::try_from(near + random.below(far - near)).because("a reach")?;
    let kinds: Vec<_> = KINDS.iter().filter(|(_, percent)| random.happens(*percent)).map(|(kind, _)| *kind).collect();
    let minds = kinds.contains(&Category::Childminding);
    let languages = random.weighted(&[
        (958, None),
        (25, Some(Language::English)),
        (6, Some(Language::Chinese)),
        (3, Some(Language::Korean)),
        (3, Some(Language::Vietnamese)),
        (5, Some(Language::JapaneseSign)),
    ]);
    let mut skills = Vec::new();
    if travel == Travel::Car && random.happens(60) {
        skills.push("driving");
    }
    if minds && random.happens(40) {
        skills.push("childcare");
    }
    let course = (minds || random.happens(40)).then_some(FIRST_DAY);
    let per_week = random.weighted(&[(50, 1u32), (30, 2), (20, 3)]);
    let kinds = if kinds.is_empty() { vec![Category::Other] } else { kinds };
    Ok(Profile {
        person: PersonId::from_bytes(u128::from(number).to_be_bytes()),
        home: home(random)?,
        reach: Reach::try_from(reach).because("a reach")?,
        travel,
        languages: Few::new([Language::Japanese].into_iter().chain(languages)).because("languages")?,
        kinds: Few::new(kinds).because("kinds of help")?,
        skills: all(&skills, Evidence::Shown { at: FIRST_DAY.at_minute(0) })?,
        week: week(random)?,
        rest: Few::new((0..30).filter(|_| random.happens(7)).map(|day| FIRST_DAY.plus(day))).because("rest days")?,
        per_week: PerWeek::try_from(per_week).because("jobs a week")?,
        course,
    })
}

/// Skills that are all known in the same way.
pub fn all<T: Clone>(codes: &[&str], known: T) -> Outcome<Skills<T>> {
    let skill = |code: &&str| Ok((SkillCode::parse(code).because("a skill")?, known.clone()));
    codes.iter().map(skill).collect::<Outcome<BTreeMap<_, _>>>()?.try_into().because("skills")
}

/// Two in a hundred are apart from one of those who ask most.
fn circumstances(random: &mut Random) -> Circumstances {
    let apart = random.happens(2).then(|| requester(random.below(REQUESTERS / 5)));
    Circumstances { apart: BTreeSet::from_iter(apart), ..Circumstances::default() }
}

fn week(random: &mut Random) -> Outcome<Week> {
    let life = random.weighted(&LIVES);
    let mut day = |percent: u64, hours: &[(u64, (u16, u16)); 3]| -> Outcome<Hours> {
        let (from, to) = random.weighted(hours);
        let stretch = Stretch::new(from, to).because("hours")?;
        Hours::new(random.happens(percent).then_some(stretch)).because("hours")
    };
    let whole = [(50, (540, 1_020)), (25, (540, 720)), (25, (780, 1_020))];
    let evening = [(1, (1_080, 1_230)); 3];
    let part = [(1, (570, 870)); 3];
    let (percent, hours, saturday, sunday) = match life {
        Life::Retired => (50, &whole, 30, 20),
        Life::AtWork => (30, &evening, 60, 50),
        Life::PartOfTheDay => (60, &part, 30, 10),
    };
    Ok(Week {
        monday: day(percent, hours)?,
        tuesday: day(percent, hours)?,
        wednesday: day(percent, hours)?,
        thursday: day(percent, hours)?,
        friday: day(percent, hours)?,
        saturday: day(saturday, &whole)?,
        sunday: day(sunday, &whole)?,
    })
}
