//! Every shape of a job with everything that can happen to it: the table of `docs/COHELP.md`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::photo::photo_of_request;
use super::shapes::{ALL, HELPER, OTHER, REQUESTER, hold, shape_of, shapes, town};
use super::told;
use crate::cohelp::command::{Command, DeskAct, Step};
use crate::cohelp::decide::{Decided, advance};
use crate::cohelp::fixture::{OPERATOR, TODAY, explanation, job, offer, person, picture, points};
use crate::cohelp::helping::{Enquiry, helper_id};
use crate::cohelp::refusal::Refusal;
use crate::cohelp::types::{
    ChatLine, CheckInCode, Note, Notification, NotificationKind, Outcome, QuickPhrase, Rating, Side, State,
};
use crate::kernel::{Points, Timestamp};

const DOCUMENT: &str = include_str!("../../../../../docs/COHELP.md");
const BEGIN: &str = "<!-- table: begin -->\n";
const END: &str = "<!-- table: end -->";

const EARLY: Timestamp = TODAY.at_minute(13 * 60 + 20);
/// When people do something, for the table.
const MOMENTS: [(&str, Timestamp); 3] = [
    ("At 13:20, forty minutes before the window", EARLY),
    ("At 15:00, a quarter past the latest start", TODAY.at_minute(15 * 60)),
    ("The next day", TODAY.plus(1).at_minute(9 * 60)),
];

fn outcomes() -> [(&'static str, Outcome); 5] {
    [
        ("all of it was done", ALL),
        ("half an hour was done", Outcome::Done { minutes: 30 }),
        ("the requester was not there", Outcome::NoShow { of: Side::Requester }),
        ("the helper was not there", Outcome::NoShow { of: Side::Helper }),
        ("nothing came of it", Outcome::NotDone),
    ]
}

/// What one of the two can say.
fn of_either(who: &str, number: u64) -> Vec<(String, u64, Command)> {
    let job = job(1);
    let mut rows = vec![
        (format!("{who}: notice"), number, Command::Notify { job }),
        (format!("{who}: late"), number, Command::BeLate { job, minutes: 20 }),
        (format!("{who}: right code"), number, Command::CheckIn { job, code: CheckInCode::of(hold()) }),
    ];
    rows.extend(outcomes().map(|(name, outcome)| (format!("{who}: {name}"), number, Command::Report { job, outcome })));
    rows.extend([
        (format!("{who}: asks the centre"), number, Command::Consult { job, text: explanation().unwrap() }),
        (format!("{who}: writes"), number, Command::Chat { job, line: ChatLine::Phrase(QuickPhrase::Yes) }),
        (format!("{who}: adds a photo"), number, Command::AddPhoto { job, caption: None, picture: picture().unwrap() }),
        (format!("{who}: cancels"), number, Command::Cancel { job, reason: None, costs: points(500) }),
        (format!("{who}: thanks"), number, Command::Thank { job, rating: Rating::MAX, message: None }),
        (format!("{who}: rates"), number, Command::Rate { job, satisfaction: Rating::MAX, words: None }),
    ]);
    rows
}

fn commands() -> Vec<(String, u64, Command)> {
    let job = job(1);
    let reason = || explanation().unwrap();
    let mut rows = vec![
        ("somebody: offers".to_owned(), OTHER, Command::Offer { job, offer: offer(9), note: None }),
        ("somebody: takes it back".to_owned(), OTHER + 1, Command::Withdraw { job, offer: offer(2) }),
        ("requester: chooses".to_owned(), REQUESTER, Command::Choose { job, offer: offer(2) }),
    ];
    let photo = photo_of_request().id;
    rows.push(("requester: takes a photo back".to_owned(), REQUESTER, Command::RemovePhoto { job, photo }));
    rows.extend(of_either("requester", REQUESTER));
    rows.extend(of_either("helper", HELPER));
    rows.push(("somebody: no to the centre".to_owned(), OTHER, Command::Decline { job }));
    let mut desk = vec![
        ("asks somebody", DeskAct::Enquire { helper: helper_id(person(OTHER)) }),
        ("introduced", DeskAct::Introduce { fits: true }),
        ("does not fit", DeskAct::Introduce { fits: false }),
        ("notice", DeskAct::Notify),
        ("has begun", DeskAct::CheckIn { reason: Note::parse("電話で聞きました").unwrap() }),
    ];
    desk.extend(outcomes().map(|(name, outcome)| (name, DeskAct::Decide { outcome, reason: reason() })));
    desk.push(("ends it", DeskAct::Close { reason: reason() }));
    rows.extend(desk.into_iter().map(|(name, act)| (format!("centre: {name}"), OPERATOR, Command::Desk { job, act })));
    rows
}

/// What is in a cell: the shape afterwards, `·` if it is the same, with `!` for an event to the ledger; or a number.
fn cell(before: &State, after: Option<&State>, events: usize) -> String {
    let events = if events == 0 { "" } else { "!" };
    let name = match after {
        Some(after) if shape_of(after) != shape_of(before) => shape_of(after),
        _ => "·",
    };
    format!("{name}{events}")
}

fn say(state: &State, who: u64, now: Timestamp, command: &Command) -> Result<Decided, Refusal> {
    let mut snapshot = town(state.clone());
    if matches!(command, Command::RemovePhoto { .. }) {
        snapshot.photos = vec![photo_of_request()];
    }
    if matches!(command, Command::Decline { .. }) {
        snapshot.enquiry =
            Some(Enquiry { job: job(1), helper: person(OTHER), by: person(OPERATOR), at: now, answer: None });
    }
    told(&snapshot, who, now, command)
}

fn told_cell(state: &State, who: u64, now: Timestamp, command: &Command, seen: &mut BTreeMap<u16, String>) -> String {
    match say(state, who, now, command) {
        Ok(Decided { changes, .. }) => cell(state, changes.jobs.first().map(|job| &job.state), changes.outbox.len()),
        Err(refusal) => {
            let name = format!("{refusal:?}");
            let name = name.split([' ', '{']).next().unwrap_or_default().to_owned();
            seen.insert(refusal.number(), name);
            refusal.number().to_string()
        }
    }
}

fn row(text: &mut String, name: &str, cells: impl Iterator<Item = String>) {
    writeln!(text, "| {name} | {} |", cells.collect::<Vec<_>>().join(" | ")).unwrap();
}

fn heading(text: &mut String, title: &str) {
    let names: Vec<_> = shapes().into_iter().map(|(name, _)| name.to_owned()).collect();
    writeln!(text, "\n### {title}\n").unwrap();
    row(text, "", names.iter().cloned());
    row(text, "---", names.iter().map(|_| "---".to_owned()));
}

fn people(text: &mut String, title: &str, now: Timestamp, seen: &mut BTreeMap<u16, String>) {
    heading(text, title);
    for (name, who, command) in commands() {
        let cells = shapes().into_iter().map(|(_, state)| told_cell(&state, who, now, &command, seen));
        row(text, &name, cells.collect::<Vec<_>>().into_iter());
    }
}

/// What the ledger reports and the clock says, each when it does.
fn steps() -> [(&'static str, Step, Timestamp); 8] {
    let (job, hold, now) = (job(1), hold(), EARLY);
    let ends = TODAY.at_minute(15 * 60 + 30);
    let days = |count: i64| ends.plus_seconds(count * 86_400);
    [
        ("points are set aside", Step::Held { job, hold }, now),
        ("points are missing", Step::HoldRefused { job, hold, missing: Points::ZERO }, now),
        ("paid out", Step::Settled { job, hold }, now),
        ("the hold is gone", Step::HoldLost { job, hold }, now),
        ("given back", Step::Released { job, hold }, now),
        ("the window ends", Step::ExpireDue, ends),
        ("a week later", Step::ExpireDue, days(7)),
        ("four weeks later", Step::ExpireDue, days(28)),
    ]
}

fn ledger_and_clock(text: &mut String) {
    heading(text, "What the ledger reports and the clock says");
    for (name, step, now) in steps() {
        let cells = shapes().into_iter().map(|(_, state)| {
            let changes = advance(&town(state.clone()), &step, now);
            cell(&state, changes.jobs.first().map(|job| &job.state), changes.outbox.len())
        });
        row(text, name, cells);
    }
}

/// Whom an event concerns: what each is told, in whatever shape and at whatever moment it happens.
type Told = [BTreeSet<String>; 3];

fn note(told: &mut Told, notifications: &[Notification]) {
    for Notification { person: who, kind, .. } in notifications {
        let people = [REQUESTER, HELPER].map(person);
        let place = people.iter().position(|known| known == who).unwrap_or(2);
        let name = format!("{kind:?}");
        told[place].insert(name.split('(').next().unwrap_or_default().to_owned());
    }
}

fn who_is_told(text: &mut String) {
    writeln!(text, "\n### Who is told\n").unwrap();
    let columns = ["requester", "helper", "somebody else"].map(str::to_owned);
    row(text, "", columns.iter().cloned());
    row(text, "---", columns.iter().map(|_| "---".to_owned()));
    let mut line = |name: &str, told: Told| {
        let cell = |kinds: BTreeSet<String>| kinds.into_iter().collect::<Vec<_>>().join(", ");
        row(text, name, told.map(cell).into_iter());
    };
    for (name, who, command) in commands() {
        let mut told = Told::default();
        for (now, (_, state)) in MOMENTS.iter().flat_map(|(_, now)| shapes().into_iter().map(|shape| (*now, shape))) {
            if let Ok(decided) = say(&state, who, now, &command) {
                note(&mut told, &decided.changes.notifications);
            }
        }
        line(&name, told);
    }
    for (name, step, now) in steps() {
        let mut told = Told::default();
        shapes().into_iter().for_each(|(_, state)| note(&mut told, &advance(&town(state), &step, now).notifications));
        line(name, told);
    }
}

fn table() -> String {
    let mut text = String::new();
    let mut seen = BTreeMap::new();
    for (title, now) in MOMENTS {
        people(&mut text, title, now, &mut seen);
    }
    ledger_and_clock(&mut text);
    who_is_told(&mut text);
    text.push_str("\n### Numbers\n\n");
    for (number, name) in seen {
        writeln!(text, "- {number} `{name}`").unwrap();
    }
    text.push('\n');
    text
}

#[test]
fn every_shape_with_every_event_is_as_the_document_says() {
    let (before, rest) = DOCUMENT.split_once(BEGIN).unwrap();
    let (written, after) = rest.split_once(END).unwrap();
    let table = table();
    if std::env::var_os("MEGURI_WRITE_COHELP").is_some() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/COHELP.md");
        std::fs::write(path, format!("{before}{BEGIN}{table}{END}{after}")).unwrap();
        return;
    }
    for (written, now) in written.lines().zip(table.lines()) {
        assert_eq!(written, now, "MEGURI_WRITE_COHELP=1 writes the table anew; read what changed");
    }
    assert_eq!(written.len(), table.len());
}

#[test]
fn every_shape_is_told_from_every_other() {
    for (name, state) in shapes() {
        assert_eq!(shape_of(&state), name);
    }
}

/// Where the ledger has still to answer, its answer tells them.
const ON_THE_WAY: [&str; 5] = ["agreeing", "paying", "giving back", "kept free", "helper left"];

#[test]
fn nobody_changes_a_job_behind_the_back_of_the_other() {
    let mut changed = 0;
    for (name, who, command) in commands() {
        for (now, (_, state)) in MOMENTS.iter().flat_map(|(_, now)| shapes().into_iter().map(|shape| (*now, shape))) {
            let Ok(Decided { changes, .. }) = say(&state, who, now, &command) else { continue };
            let Some(after) = changes.jobs.first() else { continue };
            let told: Vec<_> = changes.notifications.iter().map(|told| told.person).collect();
            assert!(!told.contains(&person(who)), "{name}: of what they did themselves");
            if after.state == state || ON_THE_WAY.contains(&shape_of(&after.state)) {
                continue;
            }
            for party in [Some(after.requester), after.helper()].into_iter().flatten() {
                assert_eq!(told.contains(&party), party != person(who), "{name} on {}: {told:?}", shape_of(&state));
            }
            changed += 1;
        }
    }
    assert!(changed > 50, "{changed}");
}

#[test]
fn each_is_told_what_they_gave_or_got() {
    let paying = shapes().into_iter().find(|(name, _)| *name == "paying").unwrap().1;
    let kept_free = shapes().into_iter().find(|(name, _)| *name == "kept free").unwrap().1;
    for (state, gave, got) in [
        (paying, NotificationKind::Gave(points(500)), NotificationKind::Received(points(475))),
        (kept_free, NotificationKind::GaveForTime(points(250)), NotificationKind::ReceivedForTime(points(250))),
    ] {
        let told = advance(&town(state), &Step::Settled { job: job(1), hold: hold() }, EARLY).notifications;
        let told: Vec<_> = told.into_iter().map(|told| (told.person, told.kind)).collect();
        assert_eq!(told, [(person(REQUESTER), gave), (person(HELPER), got)]);
    }
}

#[test]
fn what_was_told_can_be_read_for_ever() {
    let kinds = [
        (NotificationKind::Offered, "0100"),
        (NotificationKind::Short(points(300)), "0104ac02"),
        (NotificationKind::Late(15), "01080f"),
        (NotificationKind::Received(points(475)), "010ddb03"),
        (NotificationKind::Found, "0112"),
        (NotificationKind::ReceivedForTime(points(1)), "011501"),
    ];
    for (kind, kept) in kinds {
        let bytes = crate::wire::encode(&kind).unwrap();
        assert_eq!(bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>(), kept, "{kind:?}");
    }
}

#[test]
fn strangers_may_nothing_with_any_shape() {
    for (name, state) in shapes() {
        for (_, who, command) in commands() {
            let alone = matches!(command, Command::Offer { .. }) || who == OPERATOR || who == OTHER + 1;
            if !alone {
                let refused = told(&town(state.clone()), OTHER, TODAY.at_minute(15 * 60), &command).unwrap_err();
                assert_eq!(refused.number(), 2008, "{name} {command:?}");
            }
        }
    }
}

#[test]
fn reports_of_another_hold_change_no_job() {
    let other = crate::kernel::HoldId::from_bytes([8; 16]);
    let job = job(1);
    for (name, state) in shapes() {
        for step in [
            Step::Held { job, hold: other },
            Step::HoldRefused { job, hold: other, missing: Points::ZERO },
            Step::Settled { job, hold: other },
            Step::HoldLost { job, hold: other },
            Step::Released { job, hold: other },
        ] {
            let changes = advance(&town(state.clone()), &step, TODAY.at_minute(0));
            assert!(changes.jobs.is_empty() && changes.done.len() == 1, "{step:?} on {name}");
            let nobody_waits = matches!(step, Step::Held { .. });
            assert_eq!(changes.outbox.len(), usize::from(nobody_waits), "{step:?} on {name}");
        }
    }
}
