//! The peer over HTTP: axum and tokio-postgres, built from `xtask/bench/axum-peer`.

use std::process::{Command, Stdio};

use crate::client::http::Shape;
use crate::places;
use crate::server::Running;
use crate::step::{Because, Outcome, run, step};

use super::load::Load;
use super::postgres::Postgres;
use super::random::Random;
use super::{folder, free_port};

/// Connections the peer keeps to the database: as many as PostgreSQL's own limit leaves beside pgbench.
const POOL_SIZE: usize = 32;

/// Builds and starts the peer.
pub fn start(postgres: &Postgres) -> Outcome<Running> {
    let target = folder().join("axum");
    step("build the axum peer", || {
        let manifest = places::root().join("xtask/bench/axum-peer/Cargo.toml");
        let build = ["build", "--quiet", "--release", "--locked", "--manifest-path"];
        run(Command::new("cargo").args(build).arg(manifest).env("CARGO_TARGET_DIR", &target))
    })?;
    let port = free_port()?;
    let child = Command::new(target.join("release/axum-peer"))
        .env("PORT", port.to_string())
        .env("POOL_SIZE", POOL_SIZE.to_string())
        .env("DATABASE_URL", postgres.url())
        .stdin(Stdio::null())
        .spawn()
        .because("starting the axum peer")?;
    let mut running = Running::adopt(child, port);
    running.wait_for("/healthz", "the axum peer")?;
    Ok(running)
}

/// The cookie of an account's session.
pub fn session(account: u64) -> String {
    let mut random = Random::new(account);
    (0..4).map(|_| format!("{:016x}", random.next())).collect()
}

/// One client that pays a point to one of the accounts, over and over.
pub struct Pays {
    head: String,
    payees: Vec<u64>,
    random: Random,
}

impl Pays {
    /// As the owner of that account.
    pub fn new(port: u16, account: u64, payees: Vec<u64>, seed: u64) -> Self {
        let head = format!(
            "POST /pay HTTP/1.1\r\nHost: localhost:{port}\r\nCookie: session={}\r\nContent-Type: application/json\r\n\
             Content-Length: ",
            session(account)
        );
        Self { head, payees, random: Random::new(seed) }
    }
}

impl Load for Pays {
    fn ask(&mut self, request: &mut Vec<u8>) -> Outcome {
        let command = u128::from_be_bytes(self.random.bytes());
        let to = self.random.choose(&self.payees).ok_or("nobody to pay")?;
        let body = format!(r#"{{"command":"{command:032x}","to":{to},"amount":1}}"#);
        request.extend_from_slice(format!("{}{}\r\n\r\n{body}", self.head, body.len()).as_bytes());
        Ok(())
    }

    fn check(&mut self, shape: &Shape, bytes: &[u8]) -> Outcome<bool> {
        Ok(shape.status == 200 && shape.body(bytes)?.starts_with(br#"{"seq":"#))
    }
}
