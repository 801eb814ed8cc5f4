use crate::cohelp::command::{Command, DeskAct};
use crate::cohelp::decide::Terms;
use crate::cohelp::fixture::{OPERATOR, TODAY, actor, context, job, offer, person, registered, request, rules};
use crate::cohelp::matching::{Reason, Said};
use crate::cohelp::store::{Store, tell};
use crate::cohelp::{Field, FieldError, MemoryStore, Refusal, Rows};
use crate::kernel::{Assurance, Category, Day, JobId, Proof, Timestamp};

use super::*;

const NOW: Timestamp = TODAY.at_minute(9 * 60);

/// Person 1 asks for tomorrow; 2 and 3 help.
struct Town {
    store: MemoryStore,
    told: u64,
}

impl Town {
    fn new() -> Self {
        let mut town = Self { store: MemoryStore::default(), told: 0 };
        for helper in [2, 3] {
            town.says(helper, &SelfAct::Register(Box::new(registered(helper).unwrap()))).unwrap();
        }
        town.tells(1, &Command::Ask { job: job(1), request: request(TODAY.plus(1), 500).unwrap() }).unwrap();
        town
    }

    fn tells(&mut self, who: u64, command: &Command) -> Result<(), Refusal> {
        self.told += 1;
        let terms = Terms { rules: &rules(), available: None };
        tell(&self.store, &terms, command, &context(who, NOW, self.told)).unwrap().map(drop)
    }

    fn says(&self, who: u64, act: &SelfAct) -> Result<(), Refusal> {
        tell_self(&self.store, &rules(), act, &actor(who), NOW).unwrap()
    }

    fn enquires(&mut self, helper: u64) -> Result<(), Refusal> {
        self.tells(OPERATOR, &Command::Desk { job: job(1), act: DeskAct::Enquire { helper: person(helper) } })
    }

    fn offers(&mut self, helper: u64) -> Result<(), Refusal> {
        let name = offer(10 + self.told);
        self.tells(helper, &Command::Offer { job: job(1), offer: name, note: None })
    }

    fn asked(&self, who: u64) -> Vec<JobId> {
        self.store.asked(person(who), NOW).unwrap().iter().map(|job| job.id).collect()
    }

    /// Who may be asked, best first, and what speaks for each.
    fn ranked(&self) -> Vec<(u64, Vec<Reason>)> {
        let (found, _) = self.store.job(job(1)).unwrap().unwrap();
        let rows = self.store.helpers(None, &[found.requester], NOW).unwrap();
        let enquiries = self.store.enquiries(&[job(1)]).unwrap();
        let ranked = candidates(&found, &Helpers::new(&rows, &rules()), &enquiries, &rules(), NOW);
        let number = |who| (1..9).find(|number| person(*number) == who).unwrap();
        ranked.into_iter().map(|candidate| (number(candidate.helper), candidate.reasons)).collect()
    }

    fn dump(&self) -> Rows {
        self.store.dump()
    }
}

fn part(from: u64) -> SelfAct {
    SelfAct::Part { job: job(1), from: person(from) }
}

#[test]
fn the_centre_asks_and_a_yes_is_an_offer() {
    let mut town = Town::new();
    assert_eq!(town.enquires(2), Ok(()));
    assert_eq!((town.asked(2), town.asked(3)), (vec![job(1)], vec![]));
    assert_eq!(town.enquires(2), Err(Refusal::AlreadyAsked));
    assert_eq!(town.offers(2), Ok(()));
    assert_eq!(town.asked(2), vec![], "answered");
    let answer = town.store.enquiries(&[job(1)]).unwrap()[0].answer;
    assert_eq!(answer, Some((Answer::Yes, NOW)));
    assert_eq!(town.tells(2, &Command::Decline { job: job(1) }), Err(Refusal::AlreadyConfirmed));
    let says = |said: &Said| town.ranked()[0].1.contains(&Reason::SaysYes(*said));
    assert_eq!(town.ranked()[0].0, 2, "who says yes comes first");
    assert!(says(&Said { yes: 1, not: 0 }));
}

#[test]
fn who_says_no_is_not_asked_again_and_may_still_change_their_mind() {
    let mut town = Town::new();
    assert_eq!(town.tells(2, &Command::Decline { job: job(1) }), Err(Refusal::NotYours));
    town.enquires(2).unwrap();
    assert_eq!(town.tells(2, &Command::Decline { job: job(1) }), Ok(()));
    assert_eq!(town.asked(2), vec![]);
    assert_eq!(town.ranked().iter().map(|(who, _)| *who).collect::<Vec<_>>(), [3]);
    assert_eq!(town.enquires(2), Err(Refusal::AlreadyAsked));
    assert_eq!(town.offers(2), Ok(()));
    assert_eq!(town.store.enquiries(&[job(1)]).unwrap()[0].answer, Some((Answer::Yes, NOW)));
}

#[test]
fn nobody_is_asked_who_cannot_be() {
    let mut town = Town::new();
    for (helper, expected) in [(1, Refusal::OwnRequest), (4, Refusal::NotAskable), (OPERATOR, Refusal::OwnCase)] {
        assert_eq!(town.enquires(helper), Err(expected), "{helper}");
    }
    town.offers(3).unwrap();
    assert_eq!(town.enquires(3), Err(Refusal::AlreadyOffered));
    let by_resident = Command::Desk { job: job(1), act: DeskAct::Enquire { helper: person(3) } };
    assert_eq!(town.tells(2, &by_resident), Err(Refusal::NotOperator));
    for number in 4..24 {
        town.says(number, &SelfAct::Register(Box::new(registered(number).unwrap()))).unwrap();
        town.enquires(number).unwrap();
    }
    assert_eq!(town.enquires(2), Err(Refusal::TooManyEnquiries));
}

#[test]
fn who_keeps_away_from_somebody_does_not_meet_them() {
    let mut town = Town::new();
    town.enquires(2).unwrap();
    town.offers(3).unwrap();
    let before = town.dump();
    for (who, from) in [(1, 1), (1, 2), (1, 9), (2, 3)] {
        assert_eq!(town.says(who, &part(from)), Err(Refusal::NotYours), "{who} has not met {from}");
    }
    assert_eq!(town.says(2, &SelfAct::Part { job: job(9), from: person(1) }), Err(Refusal::JobUnknown));
    assert_eq!(town.dump(), before);
    assert_eq!(town.says(2, &part(1)), Ok(()));
    assert_eq!(town.says(2, &part(1)), Ok(()), "said twice");
    assert_eq!(town.asked(2), vec![]);
    assert_eq!(town.offers(2), Err(Refusal::JobUnknown), "neither of the two learns more");
    assert_eq!(town.ranked().iter().map(|(who, _)| *who).collect::<Vec<_>>(), [3]);
    assert_eq!(town.says(1, &part(3)), Ok(()), "an offer names them");
    assert_eq!(town.ranked(), vec![]);
    assert_eq!(town.says(1, &SelfAct::Meet { with: person(3) }), Ok(()));
    assert_eq!(town.says(1, &SelfAct::Meet { with: person(2) }), Ok(()), "what the other said stays");
    assert_eq!(town.ranked().iter().map(|(who, _)| *who).collect::<Vec<_>>(), [3]);
}

#[test]
fn kept_apart_nobody_is_asked() {
    let mut town = Town::new();
    town.says(2, &part(1)).unwrap();
    assert_eq!(town.enquires(2), Err(Refusal::NotAskable));
}

#[test]
fn only_somebody_proven_says_anything() {
    let town = Town::new();
    let before = town.dump();
    let operator = tell_self(&town.store, &rules(), &SelfAct::Leave, &actor(OPERATOR), NOW).unwrap();
    assert_eq!(operator, Err(Refusal::CardMissing));
    let invited = actor(2);
    let assurance = Assurance { proof: Proof::Invitation { at: NOW }, ..invited.assurance };
    let invited = crate::kernel::Actor { assurance, ..invited };
    assert_eq!(tell_self(&town.store, &rules(), &SelfAct::Leave, &invited, NOW).unwrap(), Err(Refusal::CardMissing));
    let of_another = SelfAct::Register(Box::new(registered(3).unwrap()));
    assert_eq!(town.says(2, &of_another), Err(Refusal::NotYours));
    assert_eq!(town.dump(), before);
    assert_eq!(town.says(2, &SelfAct::Leave), Ok(()));
    assert_eq!(town.store.registered(person(2)), Ok(None));
}

#[test]
fn what_the_centre_has_seen_outlives_a_change() {
    let town = Town::new();
    let mut proven = registered(2).unwrap();
    proven.profile.course = Some(TODAY.plus(-9));
    town.store
        .commit(&crate::cohelp::Changes {
            registered: vec![(person(2), Some(proven))],
            ..crate::cohelp::Changes::default()
        })
        .unwrap();
    let mut claimed = registered(2).unwrap();
    claimed.profile.course = Some(TODAY);
    town.says(2, &SelfAct::Register(Box::new(claimed))).unwrap();
    assert_eq!(town.store.registered(person(2)).unwrap().unwrap().profile.course, Some(TODAY.plus(-9)));
}

#[test]
fn requests_that_suit_come_nearest_first_and_tell_no_tales() {
    let mut town = Town::new();
    let mut far = request(TODAY.plus(1), 500).unwrap();
    far.area = crate::cohelp::AreaCode::parse("minato").unwrap();
    town.tells(1, &Command::Ask { job: job(2), request: far }).unwrap();
    let mut night = request(TODAY.plus(40), 500).unwrap();
    night.category = Category::Visit;
    town.tells(1, &Command::Ask { job: job(3), request: night }).unwrap();
    let mut resting = registered(2).unwrap();
    resting.profile.rest = crate::cohelp::matching::Few::new([TODAY.plus(40)]).unwrap();
    town.says(2, &SelfAct::Register(Box::new(resting))).unwrap();
    let board = town.store.board(person(2), NOW).unwrap();
    let rows = town.store.helpers(Some(person(2)), &[person(1)], NOW).unwrap();
    let found = suited(&board.open, &Helpers::new(&rows, &rules()), person(2), &rules(), NOW);
    assert_eq!(found.iter().map(|suited| suited.job).collect::<Vec<_>>(), [job(1), job(2)]);
    assert!(found.iter().flat_map(|suited| &suited.reasons).all(|reason| reason.is_open()));
}

/// A form without fault.
fn form() -> ProfileForm {
    ProfileForm {
        area: " midori ".to_owned(),
        kinds: vec!["shopping".to_owned(), "phone".to_owned()],
        times: vec!["mon-morning".to_owned(), "mon-afternoon".to_owned(), "sun-evening".to_owned()],
        reach: "２０００".to_owned(),
        travel: "bicycle".to_owned(),
        languages: vec!["ja".to_owned(), "vi".to_owned()],
        per_week: "2".to_owned(),
        rest_from: TODAY.plus(3).to_string(),
        rest_to: TODAY.plus(5).to_string(),
    }
}

fn parsed(change: impl FnOnce(&mut ProfileForm)) -> Result<Registered, Vec<(Field, FieldError)>> {
    let mut form = form();
    change(&mut form);
    form.parse(&rules(), person(2), TODAY)
}

#[test]
fn a_form_comes_back_as_it_was_typed() {
    let registered = parsed(|_| ()).unwrap();
    let shown = ProfileForm::of(&registered, &rules(), TODAY);
    assert_eq!(shown, ProfileForm { area: "midori".to_owned(), reach: "2000".to_owned(), ..form() });
    assert_eq!(shown.parse(&rules(), person(2), TODAY), Ok(registered.clone()));
    let later = ProfileForm::of(&registered, &rules(), TODAY.plus(6));
    assert_eq!((later.rest_from, later.rest_to), (String::new(), String::new()), "the break is past");
    let monday = registered.profile.week.monday.iter().map(<(u16, u16)>::from).collect::<Vec<_>>();
    assert_eq!(monday, [(480, 1_020)], "morning and afternoon are one stretch, from when the town's hours begin");
}

#[test]
fn every_fault_of_the_form_is_found_at_once() {
    let day = |days: i32| TODAY.plus(days).to_string();
    type Spoil = Box<dyn FnOnce(&mut ProfileForm)>;
    let cases: Vec<(Field, FieldError, Spoil)> = vec![
        (Field::Area, FieldError::Missing, Box::new(|form| form.area.clear())),
        (Field::Area, FieldError::Unknown, Box::new(|form| form.area = "elsewhere".to_owned())),
        (Field::Kinds, FieldError::Missing, Box::new(|form| form.kinds.clear())),
        (Field::Kinds, FieldError::Unknown, Box::new(|form| form.kinds.push("flying".to_owned()))),
        (Field::Times, FieldError::Missing, Box::new(|form| form.times.clear())),
        (Field::Times, FieldError::Unknown, Box::new(|form| form.times = vec!["mon-night".to_owned()])),
        (Field::Reach, FieldError::Missing, Box::new(|form| form.reach.clear())),
        (Field::Reach, FieldError::Unknown, Box::new(|form| form.reach = "1234".to_owned())),
        (Field::Reach, FieldError::NotANumber, Box::new(|form| form.reach = "far".to_owned())),
        (Field::Travel, FieldError::Unknown, Box::new(|form| form.travel = "boat".to_owned())),
        (Field::Languages, FieldError::Missing, Box::new(|form| form.languages.clear())),
        (Field::PerWeek, FieldError::Unknown, Box::new(|form| form.per_week = "22".to_owned())),
        (Field::PerWeek, FieldError::Unknown, Box::new(|form| form.per_week = "0".to_owned())),
        (Field::RestFrom, FieldError::NotADate, Box::new(|form| form.rest_from = "soon".to_owned())),
        (Field::RestTo, FieldError::EndBeforeStart, Box::new(move |form| form.rest_to = day(2))),
        (
            Field::RestTo,
            FieldError::PastDate,
            Box::new(move |form| (form.rest_from, form.rest_to) = (day(-3), day(-1))),
        ),
        (Field::RestTo, FieldError::TooLarge { max: 60 }, Box::new(move |form| form.rest_to = day(63))),
    ];
    for (field, error, spoil) in cases {
        assert_eq!(parsed(spoil), Err(vec![(field, error)]));
    }
    let nothing = ProfileForm::default().parse(&rules(), person(2), TODAY).unwrap_err();
    let fields: Vec<Field> = nothing.iter().map(|(field, _)| *field).collect();
    assert_eq!(
        fields,
        [Field::Area, Field::Kinds, Field::Times, Field::Reach, Field::Travel, Field::Languages, Field::PerWeek]
    );
}

#[test]
fn a_break_of_one_day_and_of_the_longest_kind() {
    let days = |registered: Registered| registered.profile.rest.iter().copied().collect::<Vec<Day>>();
    assert_eq!(parsed(|form| form.rest_to.clear()).map(days), Ok(vec![TODAY.plus(3)]));
    assert_eq!(parsed(|form| (form.rest_from.clear(), form.rest_to = TODAY.to_string()).1).map(days), Ok(vec![TODAY]));
    let long = parsed(|form| form.rest_to = TODAY.plus(62).to_string()).map(days).unwrap();
    assert_eq!((long.len(), long.first(), long.last()), (60, Some(&TODAY.plus(3)), Some(&TODAY.plus(62))));
    let begun = parsed(|form| form.rest_from = TODAY.plus(-300).to_string()).map(days).unwrap();
    assert_eq!(begun.first(), Some(&TODAY), "what is past of it is not kept");
}
