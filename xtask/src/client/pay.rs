//! Paying over a kept connection: one write, one read, nothing else in the way.

use shared::kernel::{CommandId, MemberNumber, Points};
use shared::wire::{self, LedgerTell, NotPosted, Posted, Tell, Told};

use crate::step::{Because, Outcome};

use super::http::Connection;
use super::people::Person;

/// Somebody at the counter, with a connection of their own.
#[derive(Debug)]
pub struct Payer {
    connection: Connection,
    head: String,
}

impl Payer {
    /// Connects as that person.
    pub fn connect(person: &Person) -> Outcome<Self> {
        Ok(Self { connection: Connection::open(person.port()?)?, head: Self::head_of(person)? })
    }

    /// Pays. An error means that no answer came: the payment may have happened, and saying it again with the same
    /// command over a new connection tells.
    pub fn pay(&mut self, command: CommandId, to: MemberNumber, amount: Points) -> Outcome<Result<Posted, NotPosted>> {
        let body = envelope(command, to, amount)?;
        let mut request = format!("{}{}\r\n\r\n", self.head, body.len()).into_bytes();
        request.extend_from_slice(&body);
        self.connection.exchange(&request, |shape, bytes| {
            if shape.status != 200 {
                return Err(format!("/tell answered {}", shape.status));
            }
            match wire::decode(&shape.body(bytes)?).because("the answer of /tell")? {
                Told::Ledger(posted) => Ok(posted),
                other => Err(format!("/tell answered {other:?} to a payment")),
            }
        })
    }

    /// What stands before the length of the body in every request of that person.
    pub fn head_of(person: &Person) -> Outcome<String> {
        let (origin, port) = (&person.origin, person.port()?);
        Ok(format!(
            "POST /tell HTTP/1.1\r\nHost: localhost:{port}\r\nOrigin: {origin}\r\nSec-Fetch-Site: same-origin\r\n\
             Cookie: {}\r\nContent-Type: application/x-postcard\r\nContent-Length: ",
            person.browser.cookie_header("/tell")
        ))
    }
}

/// The envelope of a payment.
pub fn envelope(command: CommandId, to: MemberNumber, amount: Points) -> Outcome<Vec<u8>> {
    wire::encode(&Tell::Ledger { command, tell: LedgerTell::Pay { to, amount } }).because("an envelope")
}
