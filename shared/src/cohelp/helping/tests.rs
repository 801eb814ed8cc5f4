mod proven;

use crate::cohelp::command::{Command, DeskAct};
use crate::cohelp::decide::Terms;
use crate::cohelp::fixture::{OPERATOR, TODAY, actor, context, job, offer, person, registered, request, rules};
use crate::cohelp::matching::{Pin, Profile, Reason, Said};
use crate::cohelp::store::{Store, tell};
use crate::cohelp::{Changes, Field, FieldError, MemoryStore, OfferState, Phase, Refusal, Rows, board, job_view};
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
        let terms = Terms { rules: &rules(), available: None, entered_by: None };
        tell(&self.store, &terms, command, &context(who, NOW, self.told)).unwrap().map(drop)
    }

    fn says(&self, who: u64, act: &SelfAct) -> Result<(), Refusal> {
        tell_self(&self.store, &rules(), act, &actor(who), NOW).unwrap()
    }

    fn enquires(&mut self, helper: u64) -> Result<(), Refusal> {
        self.tells(
            OPERATOR,
            &Command::Desk { job: job(1), act: DeskAct::Enquire { helper: helper_id(person(helper)) } },
        )
    }

    fn offers(&mut self, helper: u64) -> Result<(), Refusal> {
        self.offers_as(helper, 100 + self.told)
    }

    fn offers_as(&mut self, helper: u64, name: u64) -> Result<(), Refusal> {
        self.tells(helper, &Command::Offer { job: job(1), offer: offer(name), note: None })
    }

    fn asked(&self, who: u64) -> Vec<JobId> {
        self.store.board(person(who), NOW).unwrap().asked.iter().map(|job| job.id).collect()
    }

    /// Who may be asked, best first, and what speaks for each.
    fn ranked(&self) -> Vec<(u64, Vec<Reason>)> {
        let (found, offers) = self.store.job(job(1)).unwrap().unwrap();
        let rows = self.store.helpers(None, &[found.requester], NOW).unwrap();
        let enquiries = self.store.enquiries(&[job(1)]).unwrap();
        let need = need_of_desk(&found, &offers, &enquiries, &rules(), NOW).unwrap();
        let ranked = ranked(&need, &Helpers::new(&rows, &rules()), &rules());
        let number = |who| (1..9).find(|number| person(*number) == who).unwrap();
        ranked.into_iter().map(|candidate| (number(candidate.helper), candidate.reasons)).collect()
    }

    fn dump(&self) -> Rows {
        self.store.dump()
    }
}

fn numbers(ranked: &[(u64, Vec<Reason>)]) -> Vec<u64> {
    ranked.iter().map(|(who, _)| *who).collect()
}

/// Keeping away from the requester.
const PART: SelfAct = SelfAct::Part { job: JobId::from_bytes(1u128.to_be_bytes()), offer: None };

fn part(from: u64) -> SelfAct {
    SelfAct::Part { job: job(1), offer: Some(offer(from)) }
}

fn meet(who: u64, with: u64) -> SelfAct {
    SelfAct::Meet { apart: Apart { who: person(who), from: person(with), at: NOW }.id() }
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
    assert_eq!(town.tells(2, &Command::Decline { job: job(1) }), Err(Refusal::AlreadyAnswered));
    assert_eq!(numbers(&town.ranked()), [3], "who was asked is not asked again");
    let (found, _) = town.store.job(job(1)).unwrap().unwrap();
    let rows = town.store.helpers(None, &[], NOW).unwrap();
    let best = &candidates(&found, &Helpers::new(&rows, &rules()), &rules(), NOW)[0];
    assert_eq!(best.helper, person(2), "who says yes comes first");
    assert!(best.reasons.contains(&Reason::SaysYes(Said { yes: 1, not: 0 })));
}

#[test]
fn who_says_no_is_not_asked_again_and_may_still_change_their_mind() {
    let mut town = Town::new();
    assert_eq!(town.tells(2, &Command::Decline { job: job(1) }), Err(Refusal::NotYours));
    town.enquires(2).unwrap();
    assert_eq!(town.tells(2, &Command::Decline { job: job(1) }), Ok(()));
    assert_eq!(town.asked(2), vec![]);
    assert_eq!(numbers(&town.ranked()), [3]);
    assert_eq!(town.enquires(2), Err(Refusal::AlreadyAsked));
    assert_eq!(town.offers(2), Ok(()));
    assert_eq!(town.store.enquiries(&[job(1)]).unwrap()[0].answer, Some((Answer::Yes, NOW)));
}

#[test]
fn nobody_is_asked_who_cannot_be() {
    let mut town = Town::new();
    for (helper, expected) in [(1, Refusal::NotAskable), (4, Refusal::NotAskable), (OPERATOR, Refusal::NotAskable)] {
        assert_eq!(town.enquires(helper), Err(expected), "{helper}");
    }
    town.offers(3).unwrap();
    assert_eq!(town.enquires(3), Err(Refusal::NotAskable));
    let by_resident = Command::Desk { job: job(1), act: DeskAct::Enquire { helper: helper_id(person(3)) } };
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
    town.offers_as(3, 33).unwrap();
    let before = town.dump();
    for (who, act) in [(1, PART), (1, part(9)), (2, part(33)), (3, part(33))] {
        assert_eq!(town.says(who, &act), Err(Refusal::NotYours), "{who} has not met them there");
    }
    assert_eq!(town.says(2, &SelfAct::Part { job: job(9), offer: None }), Err(Refusal::JobUnknown));
    assert_eq!(town.dump(), before);
    assert_eq!(town.says(2, &PART), Ok(()));
    let once = town.dump();
    assert_eq!(town.says(2, &PART), Ok(()), "said twice");
    assert_eq!(town.dump(), once);
    assert_eq!(town.asked(2), vec![]);
    assert_eq!(town.offers(2), Err(Refusal::JobUnknown), "neither of the two learns more");
    assert!(numbers(&town.ranked()).is_empty(), "3 offers already");
    assert_eq!(town.says(1, &part(33)), Ok(()), "an offer names them");
    assert_eq!(town.ranked(), vec![]);
    let stands = town.store.job(job(1)).unwrap().unwrap().1;
    assert_eq!(stands[0].state, OfferState::Declined, "they do not want to meet");
    assert_eq!(town.says(1, &meet(1, 3)), Ok(()));
    assert_eq!(town.says(1, &meet(2, 1)), Ok(()));
    assert_eq!(town.says(1, &meet(1, 2)), Ok(()), "what the other said stays");
    assert_eq!(numbers(&town.ranked()), [3]);
    assert_eq!(town.says(2, &meet(2, 1)), Ok(()));
    assert_eq!(numbers(&town.ranked()), [3], "who was asked before is not asked again");
    assert_eq!(town.offers(2), Ok(()));
}

/// What the board of that person says of the job.
fn phase(town: &Town, who: u64) -> Option<Phase> {
    let rows = town.store.board(person(who), NOW).unwrap();
    board(&rows, person(who), NOW).helping.first().map(|card| card.phase)
}

#[test]
fn for_who_is_kept_away_it_is_as_if_somebody_else_was_chosen() {
    let mut town = Town::new();
    town.offers_as(2, 22).unwrap();
    town.offers_as(3, 33).unwrap();
    assert_eq!((phase(&town, 2), phase(&town, 3)), (Some(Phase::Offered), Some(Phase::Offered)));
    town.says(1, &part(22)).unwrap();
    let kept_away = town.store.job(job(1)).unwrap().unwrap();
    let seen = job_view(&kept_away.0, &kept_away.1, person(2), NOW).unwrap().kept_away();
    assert_eq!((seen.card.phase, seen.card.next, seen.may.len()), (Phase::Declined, None, 0));
    assert_eq!(phase(&town, 2), None, "as the board of whoever was declined");
    assert_eq!(town.offers(2), Err(Refusal::NotOpen));
    town.tells(1, &Command::Choose { job: job(1), offer: offer(33) }).unwrap();
}

#[test]
fn what_still_stands_between_two_who_keep_apart_is_not_chosen() {
    let mut town = Town::new();
    town.offers_as(2, 22).unwrap();
    let apart = Apart { who: person(2), from: person(1), at: NOW };
    // As after an offer that was chosen came back because points were missing.
    town.store.commit(&Changes { apart: vec![(apart, true)], ..Changes::default() }).unwrap();
    assert_eq!(town.tells(1, &Command::Choose { job: job(1), offer: offer(22) }), Err(Refusal::OfferNotStanding));
    assert_eq!(phase(&town, 2), Some(Phase::Declined));
}

/// The plan of tomorrow with these pins, as pairs of job and helper.
fn planned(town: &Town, pins: &[(u64, u64)], now: Timestamp) -> (DayPlan, Vec<(JobId, u64)>) {
    let jobs = town.store.open_on(TODAY.plus(1), now).unwrap();
    let ids: Vec<_> = jobs.iter().map(|(job, _)| job.id).collect();
    let (rows, enquiries) = (town.store.helpers(None, &[], now).unwrap(), town.store.enquiries(&ids).unwrap());
    let day = crate::cohelp::helping::Day {
        jobs: &jobs,
        rows: &rows,
        enquiries: &enquiries,
        claims: &[],
        operator: person(OPERATOR),
    };
    let pins: Vec<_> = pins.iter().map(|(of, helper)| Pin { job: job(*of), helper: person(*helper) }).collect();
    let plan = day.plan(&pins, &rules(), now);
    let number = |who| (1..9).find(|number| person(*number) == who).unwrap();
    let pairs = plan.proposal.iter().flat_map(|proposal| &proposal.pairs);
    let pairs = pairs.map(|pair| (pair.job, number(pair.candidate.helper))).collect();
    (plan, pairs)
}

#[test]
fn a_day_is_planned_around_what_is_asked_offered_and_pinned() {
    let mut town = Town::new();
    for number in [2, 3] {
        town.tells(1, &Command::Ask { job: job(number), request: request(TODAY.plus(1), 500).unwrap() }).unwrap();
    }
    let (_, pairs) = planned(&town, &[], NOW);
    assert_eq!(pairs.len(), 2, "two helpers for three requests");
    assert_eq!(planned(&town, &[(3, 2), (1, 3)], NOW).1, [(job(1), 3), (job(3), 2)]);
    assert!(planned(&town, &[(3, 2), (1, 2)], NOW).0.proposal.is_err(), "nobody is in two places");
    town.enquires(2).unwrap();
    let (plan, pairs) = planned(&town, &[], NOW);
    assert_eq!(pairs.len(), 1, "who is being asked is not proposed for another");
    assert!(pairs[0].1 == 3 && plan.ranked.iter().all(|(of, _)| *of != job(1)));
    let later = NOW.plus_seconds(Enquiry::SILENT_SECONDS);
    let (plan, pairs) = planned(&town, &[], later);
    assert_eq!(pairs.len(), 2, "silence is an answer");
    let first = plan.ranked.iter().find(|(of, _)| *of == job(1)).unwrap();
    assert_eq!(first.1, [person(3)], "but not asked again for the same");
    town.says(2, &PART).unwrap();
    assert!(planned(&town, &[], NOW).0.ranked.iter().any(|(of, _)| *of == job(1)), "nobody waits for who keeps away");
    town.offers_as(3, 33).unwrap();
    let (plan, pairs) = planned(&town, &[], NOW);
    assert!(plan.ranked.iter().all(|(of, _)| *of != job(1)), "somebody offers");
    assert_eq!(pairs, [(job(2), 3)], "2 keeps away");
}

#[test]
fn keeping_away_takes_back_what_one_offered() {
    let mut town = Town::new();
    town.offers_as(2, 22).unwrap();
    assert_eq!(town.says(2, &PART), Ok(()));
    assert_eq!(town.tells(1, &Command::Choose { job: job(1), offer: offer(22) }), Err(Refusal::OfferNotStanding));
    assert_eq!(town.offers(2), Err(Refusal::NotOpen), "as for anybody whom a request takes no more");
}

#[test]
fn kept_apart_nobody_is_asked() {
    let mut town = Town::new();
    town.says(2, &PART).unwrap();
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
fn joining_and_leaving_count_as_often_as_they_change_something() {
    let town = Town::new();
    let register = || SelfAct::Register(Box::new(registered(2).unwrap()));
    let acts = [SelfAct::Leave, register(), register(), SelfAct::Leave, SelfAct::Leave, register()];
    for act in acts {
        town.says(2, &act).unwrap();
        let figures = crate::cohelp::figures(&town.store.tally().unwrap(), NOW.month());
        assert_eq!(figures.helping, town.dump().registered.len() as u64, "{act:?}");
    }
}

#[test]
fn what_the_centre_has_seen_outlives_a_change() {
    let town = Town::new();
    let mut proven = registered(2).unwrap();
    proven.profile.course = Some(TODAY.plus(-9));
    town.store.commit(&Changes { registered: vec![(person(2), Some(proven))], ..Changes::default() }).unwrap();
    let mut claimed = registered(2).unwrap();
    claimed.profile.course = Some(TODAY);
    town.says(2, &SelfAct::Register(Box::new(claimed))).unwrap();
    assert_eq!(town.store.registered(person(2)).unwrap().unwrap().profile.course, Some(TODAY.plus(-9)));
}

/// A request in Vietnamese is put to whoever speaks it, and the centre asks nobody else.
#[test]
fn who_speaks_none_of_the_languages_is_not_looked_for() {
    let mut town = Town::new();
    let vietnamese = crate::cohelp::Languages::one(crate::kernel::Language::Vietnamese);
    let asked = crate::cohelp::Request { languages: vietnamese.clone(), ..request(TODAY.plus(1), 500).unwrap() };
    town.tells(1, &Command::Ask { job: job(2), request: asked }).unwrap();
    let mut speaks = registered(3).unwrap();
    speaks.profile.languages = vietnamese;
    town.says(3, &SelfAct::Register(Box::new(speaks))).unwrap();
    let (found, _) = town.store.job(job(2)).unwrap().unwrap();
    let rows = town.store.helpers(None, &[person(1)], NOW).unwrap();
    let fit: Vec<_> =
        candidates(&found, &Helpers::new(&rows, &rules()), &rules(), NOW).iter().map(|fit| fit.helper).collect();
    assert_eq!(fit, [person(3)]);
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
    let rows = town.store.helpers(Some(&[person(2)]), &[person(1)], NOW).unwrap();
    let found = suited(&board.open, &Helpers::new(&rows, &rules()), person(2), &rules(), NOW);
    assert_eq!(found.iter().map(|suited| suited.job).collect::<Vec<_>>(), [job(1), job(2)]);
    let near = [Reason::Near { metres: 0 }, Reason::WholeWindow];
    assert_eq!(found[0].reasons, near, "how often somebody was asked or helped is the centre's");
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
        skills: vec!["care".to_owned(), "cooking".to_owned()],
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
        (Field::Skills, FieldError::Unknown, Box::new(|form| form.skills.push("flying".to_owned()))),
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
