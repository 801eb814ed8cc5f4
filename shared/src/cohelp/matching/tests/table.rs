//! Each hard rule and each reason, one at a time, on one request and one helper who suits it.

use std::collections::BTreeMap;

use crate::cohelp::Window;
use crate::cohelp::fixture::{Chance, TODAY, job, person};
use crate::cohelp::matching::*;
use crate::kernel::{Category, Language, Mesh};

fn mesh(code: u64) -> Mesh {
    Mesh::try_from(code).unwrap()
}

fn stretch(from_hour: u16, to_hour: u16) -> Stretch {
    Stretch::new(from_hour * 60, to_hour * 60).unwrap()
}

fn window(from_hour: u16, to_hour: u16) -> Window {
    Window::new(TODAY, from_hour * 60, to_hour * 60).unwrap()
}

fn skills<T>(skill: &str, known: T) -> Skills<T> {
    BTreeMap::from([(SkillCode::parse(skill).unwrap(), known)]).try_into().unwrap()
}

/// One hour between two and four, next door to the helper.
fn need() -> Need {
    Need {
        job: job(1),
        requester: person(1),
        kind: Category::Escort,
        place: mesh(53_394_611),
        window: window(14, 16),
        minutes: 60,
        skills: skills("driving", Asked::Stated),
        languages: Few::new([Language::Japanese, Language::Korean]).unwrap(),
        course: true,
        urgent: false,
        declined: Default::default(),
    }
}

fn profile() -> Profile {
    Profile {
        person: person(2),
        home: mesh(53_394_612),
        reach: Reach::try_from(3_000).unwrap(),
        travel: Travel::Foot,
        languages: Few::new([Language::Japanese]).unwrap(),
        kinds: Few::new([Category::Escort, Category::Visit]).unwrap(),
        skills: skills("driving", Evidence::Stated),
        week: Week { saturday: Hours::new([stretch(9, 15)]).unwrap(), ..Week::default() },
        rest: Few::new([TODAY.plus(1)]).unwrap(),
        per_week: PerWeek::try_from(2).unwrap(),
        course: Some(TODAY),
    }
}

fn agreed(day: i32, from_hour: u16, to_hour: u16, place: u64) -> Engagement {
    let window = Window::new(TODAY.plus(day), from_hour * 60, to_hour * 60).unwrap();
    Engagement { window, place: mesh(place) }
}

/// The verdict after a change.
fn after(change: impl FnOnce(&mut Need, &mut Profile, &mut Circumstances)) -> Result<Fit, Bar> {
    let (mut need, mut profile, mut facts) = (need(), profile(), Circumstances::default());
    change(&mut need, &mut profile, &mut facts);
    eligible(&need, Helper { profile: &profile, facts: &facts }, stretch(8, 21))
}

#[test]
fn each_hard_rule() {
    assert!(after(|_, _, _| {}).is_ok());
    assert_eq!(after(|need, _, _| need.window = window(20, 22)).err(), Some(Bar::NotThen));
    assert_eq!(after(|need, _, _| (need.window, need.minutes) = (window(20, 22), 61)).err(), Some(Bar::OutsideHours));
    assert_eq!(after(|need, _, _| need.requester = person(2)).err(), Some(Bar::OwnRequest));
    assert_eq!(after(|_, _, facts| facts.apart = [person(1)].into()).err(), Some(Bar::Blocked));
    assert_eq!(after(|need, _, _| need.declined = [person(2)].into()).err(), Some(Bar::Declined));
    assert_eq!(after(|need, _, _| need.kind = Category::Phone).err(), Some(Bar::KindNotOffered));
    assert_eq!(after(|_, profile, _| profile.skills = Skills::NONE).err(), Some(Bar::SkillMissing));
    assert_eq!(after(|need, _, _| need.skills = skills("driving", Asked::Shown)).err(), Some(Bar::EvidenceMissing));
    let korean = |need: &mut Need| need.languages = Few::new([Language::Korean]).unwrap();
    assert_eq!(after(|need, _, _| korean(need)).err(), Some(Bar::LanguageMissing));
    assert_eq!(after(|_, profile, _| profile.course = None).err(), Some(Bar::CourseMissing));
    assert_eq!(after(|_, profile, _| profile.course = Some(TODAY.plus(1))).err(), Some(Bar::CourseMissing));
    assert_eq!(after(|need, _, _| need.place = mesh(53_394_651)).err(), Some(Bar::TooFar));
    assert_eq!(after(|_, profile, _| profile.rest = Few::new([TODAY]).unwrap()).err(), Some(Bar::NotThen));
    assert_eq!(after(|need, _, _| need.minutes = 61).err(), Some(Bar::NotThen));
    assert_eq!(after(|_, _, facts| facts.agreed = vec![agreed(0, 14, 15, 53_394_611)]).err(), Some(Bar::Busy));
    let twice = |first, second| vec![agreed(first, 9, 10, 53_394_611), agreed(second, 9, 10, 53_394_611)];
    assert_eq!(after(|_, _, facts| facts.agreed = twice(-5, 1)).err(), Some(Bar::WeekFull));
    assert!(after(|_, _, facts| facts.agreed = twice(-6, 2)).is_ok());
}

#[test]
fn ways_between_jobs_take_time() {
    // A kilometre and a bit is 19 minutes on foot: a job until two leaves no hour before three.
    let elsewhere = |_: &mut Need, _: &mut Profile, facts: &mut Circumstances| {
        facts.agreed = vec![agreed(0, 13, 14, 53_394_612)];
    };
    assert_eq!(after(elsewhere).err(), Some(Bar::Busy));
    let fit = after(|need, profile, facts| {
        elsewhere(need, profile, facts);
        (profile.travel, need.minutes) = (Travel::Car, 50);
    });
    assert_eq!(fit.unwrap().at, Stretch::new(14 * 60 + 4, 14 * 60 + 54).unwrap());
}

#[test]
fn each_reason_and_what_it_is_worth() {
    let (mut need, mut profile, mut facts) = (need(), profile(), Circumstances::default());
    profile.week.saturday = Hours::new([stretch(9, 17)]).unwrap();
    profile.languages = Few::new([Language::Japanese, Language::Korean]).unwrap();
    profile.skills = skills("driving", Evidence::Shown { at: TODAY.at_minute(0) });
    profile.home = need.place;
    facts.together = [(person(1), 9)].into();
    let always = Said { yes: 1_000, not: 0 };
    facts.said = always;
    let all = |need: &Need, profile: &Profile, facts: &Circumstances| {
        rank(need, &[Helper { profile, facts }], stretch(8, 21)).remove(0)
    };
    let best = all(&need, &profile, &facts);
    assert_eq!(
        best.reasons,
        [
            Reason::Near { metres: 0 },
            Reason::WorkedTogether { times: 9 },
            Reason::EvidenceShown,
            Reason::Speaks { language: Language::Korean },
            Reason::FewJobsLately { jobs: 0 },
            Reason::WholeWindow,
            Reason::SaysYes(always),
        ]
    );
    assert_eq!(best.points(), POINTS_MAX - 1, "nobody always says yes");
    (need.skills, facts.lately, facts.together) = (Skills::NONE, 5, BTreeMap::new());
    facts.said = Said { yes: 0, not: 1_000 };
    need.languages = Few::new([Language::Japanese]).unwrap();
    profile.week.saturday = Hours::new([stretch(15, 17)]).unwrap();
    assert_eq!(all(&need, &profile, &facts).reasons, [Reason::Near { metres: 0 }]);
    let points = [(0, 0), (1, 0), (0, 1), (1, 9), (0, 200), (u32::MAX, u32::MAX)];
    let points = points.map(|(yes, not)| Reason::SaysYes(Said { yes, not }).points());
    assert_eq!(points, [300, 400, 200, 100, 2, 300]);
    let points = [0, 9, 10, 2_999, 3_000, u32::MAX].map(|metres| Reason::Near { metres }.points());
    assert_eq!(points, [300, 300, 299, 1, 0, 0]);
    let points = [1, 2, 3, 4, u32::MAX].map(|times| Reason::WorkedTogether { times }.points());
    assert_eq!(points, [60, 120, 180, 180, 180]);
    assert_eq!([0, 1, 5, u32::MAX].map(|jobs| Reason::FewJobsLately { jobs }.points()), [100, 80, 0, 0]);
}

#[test]
fn nobody_and_nothing() {
    let (need, profile, facts) = (need(), profile(), Circumstances::default());
    let helper = Helper { profile: &profile, facts: &facts };
    assert_eq!(assign(&[], &[helper], &[], stretch(8, 21)), Ok(Proposal::default()));
    let proposal = assign(std::slice::from_ref(&need), &[], &[], stretch(8, 21)).unwrap();
    let alone = Unserved { job: need.job, elsewhere: 0, bars: BTreeMap::new() };
    assert_eq!((alone.foremost(), proposal.unserved), (None, vec![alone]));
    let bars = BTreeMap::from([(Bar::TooFar, 2), (Bar::Blocked, 2), (Bar::Busy, 1)]);
    assert_eq!(Unserved { job: need.job, elsewhere: 0, bars }.foremost(), Some(Bar::Blocked));
}

#[test]
fn what_is_stored_comes_back() {
    let mut chance = Chance(super::seed());
    for _ in 0..200 {
        let town = fixture::Town::new(&mut chance, 2, 2).unwrap();
        for (profile, facts) in town.people {
            assert_eq!(postcard::from_bytes(&postcard::to_stdvec(&profile).unwrap()), Ok(profile));
            assert_eq!(postcard::from_bytes(&postcard::to_stdvec(&facts).unwrap()), Ok(facts));
        }
        for need in town.needs {
            assert_eq!(postcard::from_bytes(&postcard::to_stdvec(&need).unwrap()), Ok(need));
        }
    }
}
