use shared::cohelp::fixture::{
    Chance, JOBS, OPERATOR, PEOPLE, TODAY, actor, any_self_act, anybody, context, explanation, job, person, points,
    rules, sensible_command,
};
use shared::cohelp::helping::{SelfAct, helper_id, tell_self};
use shared::cohelp::{
    Command, Counted, DeskAct, Event, Matter, MemoryStore, PhotoChange, Receipt, Refusal, Step, Store, Terms, contract,
    fixture, step, tell,
};
use shared::kernel::{ConcernId, Context, PhotoId};

use super::*;
use crate::cohelp::board::BOARD;
use crate::cohelp::helping::{OPEN_ON, Of};
use crate::cohelp::notifications::{FORGET, OWN, REPLACE, SEE};
use crate::sql::native::NativeSql;

fn database() -> NativeSql {
    let sql = NativeSql::in_memory();
    open(&sql, TODAY.at_minute(0)).unwrap();
    sql
}

#[test]
fn keeps_the_contract() {
    for (name, case) in contract::cases::<SqlCohelp<'_, NativeSql>>() {
        let sql = database();
        // The case takes any lifetime; the database outlives it.
        assert_eq!(case(&SqlCohelp(Box::leak(Box::new(sql)))), Ok(()), "{name}");
    }
}

/// Any report that could follow from an event that waits.
fn any_report(chance: &mut Chance, store: &MemoryStore, now: Timestamp) -> Option<Step> {
    let due = store.outbox_due(now, 100).unwrap();
    let item = due.get(chance.below(due.len() as u64) as usize)?;
    let (hold, good) = (item.event.hold(), chance.below(4) > 0);
    Some(match item.event {
        Event::Chosen { job, .. } if good => Step::Held { job, hold },
        Event::Chosen { job, .. } => Step::HoldRefused { job, hold, missing: points(3) },
        Event::Helped { job, .. } | Event::KeptFree { job, .. } => Step::Settled { job, hold },
        Event::CancelledAfterAgreement { job, .. } => Step::Released { job, hold },
    })
}

/// What both stores are asked and told.
trait Both {
    fn tells(&self, terms: &Terms<'_>, command: &Command, context: &Context) -> Result<Receipt, Refusal>;
    fn known(&self, of: Option<&[PersonId]>, now: Timestamp) -> HelperRows;
}

impl<S: Store> Both for S {
    fn tells(&self, terms: &Terms<'_>, command: &Command, context: &Context) -> Result<Receipt, Refusal> {
        tell(self, terms, command, context).unwrap()
    }

    fn known(&self, of: Option<&[PersonId]>, now: Timestamp) -> HelperRows {
        self.helpers(of, &[person(1), person(2)], now).unwrap()
    }
}

#[test]
fn agrees_with_the_store_in_memory() {
    let seed = std::env::var("MEGURI_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(20_261_121);
    println!("MEGURI_SEED={seed}");
    let (mut chance, rules, sql) = (Chance(seed), rules(), database());
    let (memory, tables) = (MemoryStore::default(), SqlCohelp(&sql));
    let (mut now, mut kept_apart, mut held, mut rung) = (TODAY.at_minute(9 * 60), 0, 0, 0);
    for number in 0..12_000u64 {
        let entered_by = (chance.below(4) == 0).then(|| person(OPERATOR + chance.below(3)));
        let terms = Terms { rules: &rules, available: None, entered_by };
        match chance.below(12) {
            0 => now = now.plus_seconds(chance.below(10_000) as i64),
            1 => assert_eq!(step(&memory, &Step::ExpireDue, now), step(&tables, &Step::ExpireDue, now)),
            2..=4 => {
                if let Some(report) = any_report(&mut chance, &memory, now) {
                    assert_eq!(step(&memory, &report, now), step(&tables, &report, now));
                }
            }
            5 => {
                let who = 1 + chance.below(PEOPLE);
                let mut act = any_self_act(&mut chance, who).unwrap();
                let open = memory.desk(Show::All, person(OPERATOR), now).unwrap().open;
                if let (SelfAct::Part { job, .. }, Some(found)) = (&mut act, open.first()) {
                    *job = found.id;
                }
                let said = [
                    tell_self(&memory, &rules, &act, &actor(who), now).unwrap(),
                    tell_self(&tables, &rules, &act, &actor(who), now).unwrap(),
                ];
                assert_eq!(said[0], said[1], "{act:?}");
            }
            6 | 7 => {
                let open = memory.desk(Show::All, person(OPERATOR), now).unwrap().open;
                let Some(job) = open.get(chance.below(open.len() as u64) as usize).map(|job| job.id) else { continue };
                let helper = 1 + chance.below(PEOPLE);
                let raised = memory.concerns(job).unwrap().last().map(|concern| concern.id);
                let enquire = DeskAct::Enquire { helper: helper_id(person(helper)) };
                let (who, command) = match chance.below(5) {
                    0 | 1 => (OPERATOR, Command::Desk { job, act: enquire }),
                    2 => {
                        let concern = ConcernId::derive("test", &number.to_be_bytes());
                        let (matter, text) = (Matter::Danger, explanation().unwrap());
                        (helper, Command::Raise { job, concern, offer: None, matter, text })
                    }
                    3 if let Some(concern) = raised => {
                        let text = explanation().unwrap();
                        let act =
                            if number % 2 == 0 { DeskAct::Take { concern } } else { DeskAct::Find { concern, text } };
                        (OPERATOR, Command::Desk { job, act })
                    }
                    _ => (helper, Command::Decline { job }),
                };
                let context = context(who, now, 1_000_000 + number);
                let told = [&memory as &dyn Both, &tables].map(|store| store.tells(&terms, &command, &context));
                assert_eq!(told[0], told[1], "{command:?}");
            }
            _ => {
                // Jobs end; new ones get new numbers, now and then.
                let name = job(1 + chance.below(JOBS) + number / 500 * JOBS);
                let sensible = sensible_command(&mut chance, &memory, name, now).unwrap();
                let (who, mut command) = sensible.unwrap_or_else(|| anybody(&mut chance, now).unwrap());
                if let Command::Ask { job, .. } = &mut command {
                    *job = name;
                }
                let id = if chance.below(10) == 0 { number / 2 } else { number };
                let context = context(who, now, id);
                let answers = [&memory as &dyn Both, &tables].map(|store| store.tells(&terms, &command, &context));
                assert_eq!(answers[0], answers[1], "{command:?}");
            }
        }
        let who = person(1 + chance.below(PEOPLE));
        assert_eq!(memory.board(who, now).unwrap(), tables.board(who, now).unwrap(), "step {number}");
        assert_eq!(memory.outbox_due(now, 5).unwrap(), tables.outbox_due(now, 5).unwrap());
        assert_eq!(memory.next_due().unwrap(), tables.next_due().unwrap());
        let name = job(1 + chance.below(JOBS) + number / 500 * JOBS);
        assert_eq!(memory.job(name).unwrap(), tables.job(name).unwrap());
        assert_eq!(memory.concerns(name).unwrap(), tables.concerns(name).unwrap());
        assert_eq!(memory.told(name, who).unwrap(), tables.told(name, who).unwrap());
        let (show, operator) = (Show::ALL[chance.below(3) as usize], person(OPERATOR + chance.below(2)));
        assert_eq!(memory.desk(show, operator, now).unwrap(), tables.desk(show, operator, now).unwrap());
        assert_eq!(memory.claim(name).unwrap(), tables.claim(name).unwrap());
        assert_eq!(memory.memos(name).unwrap(), tables.memos(name).unwrap());
        let entered = memory.entered(name).unwrap();
        assert_eq!(entered, tables.entered(name).unwrap());
        assert_eq!(memory.feedback(name).unwrap(), tables.feedback(name).unwrap());
        if number % 20 == 0 {
            assert_eq!(memory.tally().unwrap(), tables.tally().unwrap(), "step {number}");
        }
        assert_eq!(memory.chat(name, None).unwrap(), tables.chat(name, None).unwrap());
        let photos = memory.photos(name).unwrap();
        assert_eq!(photos, tables.photos(name).unwrap());
        let last = photos.last().map(|photo| photo.id).unwrap_or(PhotoId::from_bytes([1; 16]));
        assert_eq!(memory.picture(last).unwrap(), tables.picture(last).unwrap());
        assert_eq!(memory.chat(name, Some(who)).unwrap(), tables.chat(name, Some(who)).unwrap());
        rung += memory.desk(Show::All, operator, now).unwrap().call_backs.len();
        let after = number.saturating_sub(chance.below(100));
        assert_eq!(memory.news(after).unwrap(), tables.news(after).unwrap());
        assert_eq!(memory.enquiries(&[name]).unwrap(), tables.enquiries(&[name]).unwrap());
        assert_eq!(memory.apart(who).unwrap(), tables.apart(who).unwrap());
        let one = (chance.below(2) == 0).then_some([who]);
        let known = [&memory as &dyn Both, &tables].map(|store| store.known(one.as_ref().map(|one| &one[..]), now));
        assert_eq!(known[0], known[1]);
        assert_eq!(memory.registered(who).unwrap(), tables.registered(who).unwrap());
        let other = person(1 + chance.below(PEOPLE));
        assert_eq!(memory.are_apart(who, other).unwrap(), tables.are_apart(who, other).unwrap());
        assert_eq!(memory.offers_to(who, other).unwrap(), tables.offers_to(who, other).unwrap());
        let day = now.day().plus(chance.below(3) as i32);
        assert_eq!(memory.open_on(day, now).unwrap(), tables.open_on(day, now).unwrap());
        kept_apart += u32::from(!memory.dump().apart.is_empty());
        held += u32::from(!memory.dump().claims.is_empty());
    }
    let concerns = memory.dump().concerns;
    let closed = concerns.values().filter(|concern| concern.finding.is_some()).count();
    assert!(closed > 3 && concerns.len() > closed, "{closed} of {} concerns closed", concerns.len());
    let rows = memory.dump();
    let cases = (held, rows.memos.len(), rows.news.len());
    assert!(cases.0 > 100 && cases.1 > 3 && cases.2 > 500, "claims, memos and news: {cases:?}");
    assert!(rows.chat.len() > 20, "{} messages", rows.chat.len());
    assert!(rows.photos.len() > 10, "{} photos", rows.photos.len());
    let read = rows.feedback.values().filter(|feedback| feedback.read.is_some()).count();
    assert!(rows.feedback.len() > 10 && read > 2, "{read} of {} read", rows.feedback.len());
    let entered = rows.entered.len();
    assert!(entered > 50 && rung > 100, "{entered} entered, {rung} to ring up");
    assert!(kept_apart > 500, "two kept apart in {kept_apart} rounds");
    assert!(memory.dump().enquiries.len() > 20, "{} were asked", memory.dump().enquiries.len());
    assert!(memory.dump().commands.len() > 300, "{} commands were carried out", memory.dump().commands.len());
}

/// What was counted before there was a table for it: who asked, since when, and who helps.
#[test]
fn what_was_before_is_counted_as_far_as_it_is_known() {
    let sql = database();
    let store = SqlCohelp(&sql);
    let (rules, day) = (rules(), TODAY.at_minute(30));
    let terms = Terms { rules: &rules, available: None, entered_by: None };
    for (number, who, at) in [(1, 1, day), (2, 1, day.plus_seconds(20 * 86_400)), (3, 2, day.plus_seconds(20 * 86_400))]
    {
        let request = shared::cohelp::fixture::request(at.day().plus(1), 100).unwrap();
        let ask = Command::Ask { job: job(number), request };
        tell(&store, &terms, &ask, &context(who, at, number)).unwrap().unwrap();
    }
    let registered = shared::cohelp::fixture::registered(3).unwrap();
    tell_self(&store, &rules, &SelfAct::Register(Box::new(registered)), &actor(3), day).unwrap().unwrap();
    let counted = |sort, month| store.tally().unwrap().between(month, month, sort).count;
    let before = [(Counted::Asked, 1), (Counted::Newcomer, 1)].map(|(sort, expected)| (sort, day.month(), expected));
    let after =
        [(Counted::Asked, 2), (Counted::Newcomer, 1)].map(|(sort, expected)| (sort, day.month().plus(1), expected));
    let check = |what: &str| {
        for (sort, month, expected) in before.into_iter().chain(after) {
            assert_eq!(counted(sort, month), expected, "{what}: {sort:?}");
        }
        let sums = store.tally().unwrap().sums;
        let joined: Vec<_> =
            sums.iter().filter(|((_, sort, _), _)| *sort == Counted::Joined).map(|(_, sum)| sum.count).collect();
        assert_eq!(joined, [1], "{what}");
    };
    check("as it happened");
    for table in ["feedback", "satisfaction", "occurrence"] {
        sql.exec(&format!("DROP TABLE {table}"), &[]).unwrap();
    }
    sql.exec("DELETE FROM migration WHERE name = '0008_feedback'", &[]).unwrap();
    open(&sql, day).unwrap();
    check("from what there is");
}

#[test]
fn a_commit_that_fails_leaves_nothing() {
    let sql = database();
    let (store, rules, now) = (SqlCohelp(&sql), rules(), TODAY.at_minute(0));
    let terms = Terms { rules: &rules, available: None, entered_by: None };
    let ask =
        |number| Command::Ask { job: job(number), request: shared::cohelp::fixture::request(TODAY, 100).unwrap() };
    tell(&store, &terms, &ask(1), &context(1, now, 1)).unwrap().unwrap();
    let decided = shared::cohelp::decide(&Snapshot::default(), &terms, &ask(2), &context(1, now, 1)).unwrap();
    // The command id is taken, so the last write of the commit fails.
    assert!(store.commit(&decided.changes).is_err());
    assert_eq!(store.job(job(2)).unwrap(), None);
}

#[test]
fn every_read_steps_into_an_index() {
    let sql = database();
    let desk = |list, show| desk_list(list, cases::seen(show, person(OPERATOR), TODAY.at_minute(0)).0);
    let lists: Vec<_> = Show::ALL
        .into_iter()
        .flat_map(|show| {
            [(DESK_WAITING, "job_desk"), (DESK_COMING, "job_coming"), (DESK_OPEN, "job_open")]
                .map(|(list, index)| (desk(list, show), index))
        })
        .collect();
    let phoned = format!("{DESK_PHONED} ORDER BY entered.until, entered.job");
    let lists = lists.iter().map(|(text, index)| (text.as_str(), *index));
    for (text, index) in lists.chain([
        ("SELECT body FROM job WHERE due <= 1 ORDER BY due, id LIMIT 50", "job_due"),
        (
            "SELECT count(*) FROM job WHERE requester = x'00' AND state IN ('open', 'agreeing') AND window_end > 1",
            "job_asking",
        ),
        ("SELECT body FROM offer WHERE job IN (x'00', x'01')", "offer_job"),
        ("SELECT id FROM cohelp_outbox WHERE due <= 1 ORDER BY due, id LIMIT 5", "cohelp_outbox_due"),
        (cases::MEMOS, "memo_job"),
        ("SELECT count(*) FROM job WHERE desk IS NOT NULL", "job_desk"),
        (ACQUAINTED, "job_met"),
        (before::BEFORE, "job_form"),
        (cases::LAPSED, "claim_at"),
        ("SELECT min(at) FROM claim", "claim_at"),
        (&phoned, "entered_until"),
        (&phoned, "(id=?)"),
        (cases::ENTERED, "entered_job"),
        (OPEN_ON, "job_day"),
        (concerns::OF_JOB, "concern_job"),
        (concerns::OPEN, "concern_due"),
        (concerns::TOLD, "concern_told"),
        (concerns::OPEN_TOLD, "concern_told"),
        (chat::OF_JOB, "(job=?)"),
        (chat::FORGET, "chat_old"),
        (photos::OF_JOB, "photo_job"),
        (photos::OF_PERSON, "photo_by"),
        (photos::PARTS, "photo_part_of"),
        (photos::FORGET[0], "photo_old"),
        (photos::FORGET[0], "photo_part_of"),
        (photos::FORGET[1], "photo_old"),
        (feedback::OF_JOB, "(job=?)"),
        (feedback::WAITING, "feedback_waits"),
        (feedback::FORGET, "feedback_read"),
        (occurrences::FORGET, "occurrence_people"),
        (EVER_ASKED, "(requester=?)"),
        (chat::SEE, "notification_unseen"),
    ]) {
        // A numbered parameter is one, however often it stands there.
        let count = if text.contains("?1") { 1 } else { text.matches('?').count() };
        let unbound = vec![crate::sql::Value::Null; count];
        let plan = sql.exec(&format!("EXPLAIN QUERY PLAN {text}"), &unbound).unwrap();
        let plan: Vec<_> = plan.iter().map(|row| row.text(3).unwrap().to_owned()).collect();
        assert!(plan.iter().any(|line| line.contains(index)), "{text}: {plan:?}");
        assert!(!plan.iter().any(|line| line.contains("TEMP B-TREE")), "{text}: {plan:?}");
    }
}

/// Of a photo that is gone nothing is left, in parts either.
#[test]
fn a_photo_goes_with_its_parts() {
    let sql = database();
    let (store, now) = (SqlCohelp(&sql), TODAY.at_minute(0));
    let picture = fixture::picture().unwrap();
    let photo = |number: u8, until| Photo {
        id: PhotoId::from_bytes([number; 16]),
        job: job(1),
        helper: None,
        by: person(1),
        at: now,
        until,
        caption: None,
        format: picture.format(),
        size: picture.size(),
    };
    let parts = || count(&sql, "SELECT count(*) FROM photo_part", &[]).unwrap();
    let change = |change| store.commit(&Changes { photos: vec![change], ..Changes::default() }).unwrap();
    let photos = [(1, 10), (2, 10), (3, 20)].map(|(number, days)| photo(number, now.plus_seconds(days * 86_400)));
    photos.iter().for_each(|photo| change(PhotoChange::Added(photo.clone(), picture.clone())));
    assert_eq!(parts(), 3);
    change(PhotoChange::Removed(photos[0].clone()));
    assert_eq!(parts(), 2);
    store.forget_photos(now.plus_seconds(10 * 86_400 - 1)).unwrap();
    assert_eq!(parts(), 2);
    store.forget_photos(now.plus_seconds(10 * 86_400)).unwrap();
    assert_eq!((parts(), store.photos(job(1)).unwrap()), (1, vec![photos[2].clone()]));
}

#[test]
fn what_is_known_of_helpers_is_found_by_their_ids() {
    let sql = database();
    for of in [Of(None), Of(Some(1)), Of(Some(20))] {
        for (text, index) in [
            (of.engaged(), "job_helps (helper=? AND window_end>?)"),
            (of.lately(), "job_helps (helper=? AND window_end>?)"),
            (of.said(), "enquiry_said (helper=? AND at>?)"),
            (of.together(1), "job_met (requester=? AND helper=?)"),
            (of.together(20), "job_met (requester=? AND helper=?)"),
        ] {
            let unbound = vec![crate::sql::Value::Null; text.matches('?').count()];
            let plan = sql.exec(&format!("EXPLAIN QUERY PLAN {text}"), &unbound).unwrap();
            let plan: Vec<_> = plan.iter().map(|row| row.text(3).unwrap().to_owned()).collect();
            assert!(plan.iter().any(|line| line.contains(index)), "{text}: {plan:?}");
            let whole = |line: &&String| line.starts_with("SCAN") && !line.contains("registered");
            assert_eq!(plan.iter().find(whole), None, "{text}");
        }
    }
}

#[test]
fn what_one_is_told_is_found_by_whom() {
    let sql = database();
    for (text, index) in [
        (OWN, "notification_own (person=?)"),
        (SEE, "notification_unseen (person=?"),
        (REPLACE, "notification_unseen (person=? AND job=? AND kind=?)"),
        (FORGET, "notification_old (at<?)"),
    ] {
        let unbound = vec![crate::sql::Value::Null; text.matches('?').count()];
        let plan = sql.exec(&format!("EXPLAIN QUERY PLAN {text}"), &unbound).unwrap();
        let plan: Vec<_> = plan.iter().map(|row| row.text(3).unwrap().to_owned()).collect();
        assert!(plan.iter().any(|line| line.contains(index)), "{text}: {plan:?}");
        assert!(!plan.iter().any(|line| line.starts_with("SCAN") || line.contains("TEMP B-TREE")), "{text}: {plan:?}");
    }
}

#[test]
fn the_board_reads_no_table_whole() {
    let plan =
        database().exec(&format!("EXPLAIN QUERY PLAN {BOARD}"), &[0, 0, 0].map(|none: i64| none.into())).unwrap();
    let plan: Vec<_> = plan.iter().map(|row| row.text(3).unwrap()).collect();
    for index in [
        "job_mine (requester",
        "offer_helper (helper",
        "job_open",
        "offer_job (job",
        "enquiry_waiting (helper",
        "notification_unseen (person",
    ] {
        assert!(plan.iter().any(|step| step.contains(index)), "{index}: {plan:?}");
    }
    // The lists themselves are short; the index of open requests is in the order they are shown in.
    let short = ["SCAN mine", "SCAN helping", "SCAN (subquery", "SCAN job USING INDEX job_open"];
    for step in plan {
        assert!(!step.starts_with("SCAN") || short.iter().any(|list| step.starts_with(list)), "{step}");
        assert!(!step.contains("TEMP B-TREE") && !step.contains("MATERIALIZE"), "{step}");
    }
}
