//! Many people at once, each of whom must get their own answers.
//!
//! What requests ask of an object travels together (docs/adr/0018), so an answer could reach the wrong one.
//! And a request goes on in the request that its promise was made in, which an engine that optimises promises away
//! breaks only after some ten thousand of them: the run is that long on purpose.

use shared::kernel::{CommandId, MemberNumber, Points};
use shared::wire::{self, Posted, Told};

use crate::bench::Ours;
use crate::bench::load::{Load, Until, drive};
use crate::client::http::Shape;
use crate::client::{Payer, Person, pay};
use crate::step::{Because, Outcome};

/// People who pay, and as many who read their start page.
const PAIRS: u64 = 32;
/// Far beyond where the engine begins to optimise.
const ANSWERS: u64 = 60_000;

/// Payers have enough for any share of the run; no two readers have the same.
const fn points_of(index: u64) -> u64 {
    if index < PAIRS { ANSWERS } else { 4_000 + index }
}

/// What one of the crowd does, over and over.
enum One {
    /// Pays one point; the answer must be the one to this payment.
    Pays { head: String, to: MemberNumber, index: u64, number: u64 },
    /// Reads the start page; it must show what this person has.
    Reads { request: String, points: String },
}

impl Load for One {
    fn ask(&mut self, request: &mut Vec<u8>) -> Outcome {
        match self {
            Self::Pays { head, to, index, number, .. } => {
                *number += 1;
                let command = command_of(*index, *number);
                let body = pay::envelope(command, *to, Points::try_from(1).because("one point")?)?;
                request.extend_from_slice(format!("{head}{}\r\n\r\n", body.len()).as_bytes());
                request.extend_from_slice(&body);
            }
            Self::Reads { request: same, .. } => request.extend_from_slice(same.as_bytes()),
        }
        Ok(())
    }

    fn check(&mut self, shape: &Shape, bytes: &[u8]) -> Outcome<bool> {
        let body = shape.body(bytes)?;
        Ok(shape.status == 200
            && match self {
                Self::Pays { index, number, .. } => {
                    let wanted = command_of(*index, *number);
                    matches!(wire::decode(&body), Ok(Told::Ledger(Ok(Posted { command, .. }))) if command == wanted)
                }
                Self::Reads { points, .. } => String::from_utf8_lossy(&body).contains(points.as_str()),
            })
    }
}

/// Sixty-four people at once; every answer is looked at.
pub fn run() -> Outcome {
    let ours = Ours::start("crowd")?;
    let people = ours.residents(2 * PAIRS, points_of)?;
    let (payers, readers) = people.split_at(people.len() / 2);
    let pairs = (0..).zip(payers).zip(payers.iter().cycle().skip(1));
    let pays = pairs.map(|((index, payer), next)| pays(index, payer, next));
    let reads = (PAIRS..).zip(readers).map(|(index, reader)| reads(reader, points_of(index)));
    let mut crowd = pays.chain(reads).collect::<Outcome<Vec<_>>>()?;
    drive(ours.demo.port, Until::Answers(ANSWERS), &mut crowd)?.sound("the portal").map(drop)
}

/// The command of one payment: no two people's are the same.
fn command_of(index: u64, number: u64) -> CommandId {
    CommandId::derive("crowd", format!("{index} {number}").as_bytes())
}

fn pays(index: u64, payer: &Person, payee: &Person) -> Outcome<One> {
    Ok(One::Pays { head: Payer::head_of(payer)?, to: payee.member, index, number: 0 })
}

fn reads(reader: &Person, points: u64) -> Outcome<One> {
    let request = format!(
        "GET / HTTP/1.1\r\nHost: localhost:{}\r\nCookie: {}\r\n\r\n",
        reader.port()?,
        reader.browser.cookie_header("/")
    );
    Ok(One::Reads { request, points: format!("{},{:03}", points / 1_000, points % 1_000) })
}
