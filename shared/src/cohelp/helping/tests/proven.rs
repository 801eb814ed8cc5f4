//! What the centre has to have seen of somebody.

use super::*;
use crate::cohelp::matching::{Code, Few};
use crate::cohelp::{FieldErrors, Request};
use crate::kernel::Level;

fn care() -> Code {
    Code::parse("care").unwrap()
}

impl Town {
    /// Registers the helper anew, with these skills.
    fn can(&self, helper: u64, skills: &[&str]) {
        let before = self.store.registered(person(helper)).unwrap().unwrap();
        let form = ProfileForm::of(&before, &rules(), TODAY);
        let form = ProfileForm { skills: skills.iter().map(|word| (*word).to_owned()).collect(), ..form };
        let registered: Result<_, FieldErrors> = form.parse(&rules(), person(helper), TODAY);
        self.says(helper, &SelfAct::Register(Box::new(registered.unwrap()))).unwrap();
    }

    fn sees(&self, who: u64, helper: u64, seen: &Seen) -> Result<(), Refusal> {
        let found = see_helper(&self.store, &rules(), helper_id(person(helper)), seen, &actor(who), NOW).unwrap();
        found.map(|(found, changes)| {
            assert_eq!(found, person(helper));
            self.store.commit(&changes).unwrap();
        })
    }

    fn unseen(&self, helper: u64) -> Vec<Seen> {
        unseen(&self.store.registered(person(helper)).unwrap().unwrap(), &rules())
    }

    /// Asks for what 3 is to help with, as job 2.
    fn asks(&mut self, request: Request) {
        self.tells(1, &Command::Ask { job: job(2), request }).unwrap();
    }

    fn offers_for(&mut self, helper: u64, name: u64) -> Result<(), Refusal> {
        self.tells(helper, &Command::Offer { job: job(2), offer: offer(name), note: None })
    }

    /// Who may be asked for job 2.
    fn fit(&self) -> Vec<u64> {
        let (found, _) = self.store.job(job(2)).unwrap().unwrap();
        let rows = self.store.helpers(None, &[person(1)], NOW).unwrap();
        let known = Helpers::new(&rows, &rules());
        let fit: Vec<_> = candidates(&found, &known, &rules(), NOW).iter().map(|fit| fit.helper).collect();
        [2, 3].into_iter().filter(|number| fit.contains(&person(*number))).collect()
    }
}

fn for_tomorrow(category: Category) -> Request {
    Request { category, ..request(TODAY.plus(1), 500).unwrap() }
}

#[test]
fn what_takes_the_course_is_for_those_who_took_it() {
    let mut town = Town::new();
    town.asks(for_tomorrow(Category::Childminding));
    assert_eq!((town.offers_for(3, 20), town.fit()), (Err(Refusal::CourseMissing), vec![]));
    assert_eq!(town.unseen(3), [Seen::Course(None)]);
    assert_eq!(town.sees(OPERATOR, 3, &Seen::Course(Some(TODAY.plus(1)))), Err(Refusal::TooEarly));
    assert_eq!(town.sees(OPERATOR, 3, &Seen::Course(Some(TODAY))), Ok(()));
    assert_eq!((town.offers_for(3, 20), town.fit(), town.unseen(3)), (Ok(()), vec![3], vec![]));
    // What was a mistake is taken back, and nobody is chosen who may not help any more.
    assert_eq!(town.sees(OPERATOR, 3, &Seen::Course(None)), Ok(()));
    let choose = Command::Choose { job: job(2), offer: offer(20) };
    assert_eq!(town.tells(1, &choose), Err(Refusal::CourseMissing));
    assert_eq!(town.sees(OPERATOR, 3, &Seen::Course(Some(TODAY.plus(-3)))), Ok(()));
    assert_eq!(town.tells(1, &choose), Ok(()));
}

#[test]
fn evidence_is_seen_and_what_is_only_said_keeps_nobody_from_offering() {
    let mut town = Town::new();
    let cooking = Code::parse("cooking").unwrap();
    town.asks(Request { skills: Few::new([care(), cooking]).unwrap(), ..for_tomorrow(Category::Visit) });
    town.can(2, &["care", "cooking"]);
    town.can(3, &["care"]);
    assert_eq!((town.fit(), town.offers_for(2, 20)), (vec![], Err(Refusal::EvidenceMissing)));
    let shown = Seen::Skill(care(), true);
    assert!(town.unseen(2).contains(&shown));
    for helper in [2, 3] {
        assert_eq!(town.sees(OPERATOR, helper, &shown), Ok(()));
    }
    assert_eq!(town.fit(), [2], "who says nothing of cooking is not looked for");
    assert_eq!((town.offers_for(2, 20), town.offers_for(3, 21)), (Ok(()), Ok(())), "and may offer");
    // Saying the same of oneself again keeps what was seen; saying it no more forgets it.
    town.can(2, &["care"]);
    assert_eq!(town.unseen(2), [Seen::Course(None)]);
    town.can(2, &[]);
    town.can(2, &["care"]);
    assert!(town.unseen(2).contains(&shown));
    assert_eq!(town.sees(OPERATOR, 3, &Seen::Skill(care(), false)), Ok(()));
    assert!(town.unseen(3).contains(&shown));
}

#[test]
fn only_an_operator_sees_and_of_others_alone() {
    let town = Town::new();
    let course = Seen::Course(Some(TODAY));
    assert_eq!(town.sees(2, 3, &course), Err(Refusal::NotOperator));
    assert_eq!(town.sees(OPERATOR, 9, &course), Err(Refusal::HelperUnknown));
    assert_eq!(town.sees(OPERATOR, 3, &Seen::Skill(care(), true)), Err(Refusal::SkillUnknown), "3 does not name it");
    town.can(3, &["cooking"]);
    let cooking = Seen::Skill(Code::parse("cooking").unwrap(), true);
    assert_eq!(town.sees(OPERATOR, 3, &cooking), Err(Refusal::SkillUnknown), "it takes no evidence");
    let own = Registered {
        profile: Profile { person: person(OPERATOR), ..registered(2).unwrap().profile },
        ..registered(2).unwrap()
    };
    town.store.commit(&Changes { registered: vec![(person(OPERATOR), Some(own))], ..Changes::default() }).unwrap();
    assert_eq!(town.sees(OPERATOR, OPERATOR, &course), Err(Refusal::OwnCase));
    let mut idle = actor(OPERATOR);
    idle.assurance.sign_in = crate::kernel::SignIn::Proof;
    let refused = see_helper(&town.store, &rules(), helper_id(person(3)), &course, &idle, NOW).unwrap();
    assert_eq!(refused, Err(Refusal::LevelMissing { level: Level::Passkey }));
}

#[test]
fn a_day_of_the_course_is_one_that_was() {
    let typed = |act, course: &str, skill: &str| {
        let form = SeenForm { course: course.to_owned(), skill: skill.to_owned() };
        form.parse(act, TODAY)
    };
    let wrong = |error| Some(Err(vec![(Field::Course, error)]));
    assert_eq!(typed("course", &TODAY.to_string(), ""), Some(Ok(Seen::Course(Some(TODAY)))));
    assert_eq!(typed("course", &TODAY.plus(1).to_string(), ""), wrong(FieldError::FutureDate));
    assert_eq!(
        (typed("course", "", ""), typed("course", "きのう", "")),
        (wrong(FieldError::Missing), wrong(FieldError::NotADate))
    );
    assert_eq!(typed("no-course", "", ""), Some(Ok(Seen::Course(None))));
    assert_eq!(typed("show", "", "care"), Some(Ok(Seen::Skill(care(), true))));
    assert_eq!((typed("show", "", ""), typed("pay", "", "care")), (None, None));
}
