//! Synthetic people, requests and chance for tests of this slice and of those who use it.

use super::command::Command;
use super::store::Store;
use super::types::{AreaCode, Rating, Request, Rules, Window};
use super::view::{Action, job_view};
use crate::kernel::{
    Actor, Assurance, Category, CommandId, Context, Day, Fault, JobId, Line, OfferId, PersonId, Points, Proof, Prose,
    Roles, SignIn, Timestamp,
};

/// A day that tests call today: 2026-11-21.
pub const TODAY: Day = Day(20_778);

fn bytes(number: u64) -> [u8; 16] {
    u128::from(number).to_be_bytes()
}

/// The person of that number.
pub fn person(number: u64) -> PersonId {
    PersonId::from_bytes(bytes(number))
}

/// The job of that number.
pub fn job(number: u64) -> JobId {
    JobId::from_bytes(bytes(number))
}

/// The offer of that number.
pub fn offer(number: u64) -> OfferId {
    OfferId::from_bytes(bytes(number))
}

/// The command id of that number.
pub fn command(number: u64) -> CommandId {
    CommandId::from_bytes(bytes(number))
}

/// That many points; the most there can be if it is more.
pub fn points(number: u64) -> Points {
    Points::new(number).unwrap_or(Points::MAX)
}

/// Somebody proven by card, signed in with a passkey.
pub fn actor(number: u64) -> Actor {
    let at = TODAY.at_minute(0);
    let assurance = Assurance { proof: Proof::Card { at }, sign_in: SignIn::Passkey { synced: true }, at };
    Actor { person: person(number), roles: Roles::NONE, assurance }
}

/// That person at that moment under that command id.
pub fn context(who: u64, now: Timestamp, id: u64) -> Context {
    Context { actor: actor(who), now, command: command(id) }
}

/// Rules of a town with two areas and five percent.
pub fn rules() -> Rules {
    Rules {
        categories: Category::ALL.to_vec(),
        areas: ["midori", "minato"].into_iter().filter_map(|code| AreaCode::parse(code).ok()).collect(),
        fee_percent: 5,
        reward_max: points(10_000),
        from_minute: 8 * 60,
        to_minute: 21 * 60,
    }
}

/// A request for that day from 14:00 to 15:30.
pub fn request(day: Day, reward: u64) -> Result<Request, String> {
    let text = |error: &dyn std::fmt::Display| error.to_string();
    Ok(Request {
        category: Category::Shopping,
        title: Line::parse("牛乳と卵の買い物").map_err(|error| text(&error))?,
        details: Prose::parse("青い屋根の家です。\n犬がいます。").map_err(|error| text(&error))?,
        area: AreaCode::parse("midori").map_err(|error| text(&error))?,
        window: Window::new(day, 14 * 60, 15 * 60 + 30).map_err(|error| text(&error))?,
        minutes: 60,
        reward: points(reward),
    })
}

/// Chance from a seed: splitmix64.
#[derive(Debug, Clone)]
pub struct Chance(pub u64);

impl Chance {
    /// A number below `limit`; 0 if that is 0.
    pub fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)).checked_rem(limit).unwrap_or(0)
    }
}

/// How many people [`any_command`] knows.
pub const PEOPLE: u64 = 4;
/// How many jobs.
pub const JOBS: u64 = 6;
/// How many offers.
pub const OFFERS: u64 = 24;

/// Any command about a few jobs and offers, sensible or not.
pub fn any_command(chance: &mut Chance, now: Timestamp) -> Result<Command, String> {
    let (job, offer) = (job(1 + chance.below(JOBS)), offer(1 + chance.below(OFFERS)));
    let note = if chance.below(2) == 0 { Line::parse("よろしくお願いします").ok() } else { None };
    Ok(match chance.below(9) {
        0 => {
            let day = now.day().plus(chance.below(4) as i32 - 1);
            let reward = if chance.below(20) == 0 { chance.below(2) * 20_000 } else { 1 + chance.below(60) };
            Command::Ask { job, request: request(day, reward)? }
        }
        1 | 2 => Command::Offer { job, offer, note },
        3 => Command::Withdraw { job, offer },
        4 | 5 => Command::Choose { job, offer },
        6 => Command::Confirm { job },
        7 if chance.below(4) == 0 => Command::Cancel { job, reason: note },
        7 => Command::Confirm { job },
        _ => Command::Thank { job, rating: Rating::MAX, message: None },
    })
}

/// Something the page of the job offers to one of the people, and who does it; none if there is nothing.
pub fn sensible_command(
    chance: &mut Chance,
    store: &impl Store,
    id: JobId,
    now: Timestamp,
) -> Result<Option<(u64, Command)>, Fault> {
    let Some((found, offers)) = store.job(id)? else { return Ok(None) };
    let who = 1 + chance.below(PEOPLE);
    let may = job_view(&found, &offers, person(who), now).map(|view| view.may).unwrap_or_default();
    // Lives that are mostly cut short would show little.
    let may: Vec<_> = may
        .into_iter()
        .filter(|action| !matches!(action, Action::Cancel | Action::Withdraw(_)) || chance.below(6) == 0)
        .collect();
    let Some(action) = may.get(usize::try_from(chance.below(may.len() as u64)).unwrap_or(0)) else {
        return Ok(None);
    };
    let command = match action {
        Action::Offer => Command::Offer { job: id, offer: offer(1_000_000 + chance.below(1 << 50)), note: None },
        Action::Withdraw(offer) => Command::Withdraw { job: id, offer: *offer },
        Action::Choose(offer) => Command::Choose { job: id, offer: *offer },
        Action::Confirm => Command::Confirm { job: id },
        Action::Cancel => Command::Cancel { job: id, reason: None },
        Action::Thank => Command::Thank { job: id, rating: Rating::MAX, message: None },
    };
    Ok(Some((who, command)))
}
