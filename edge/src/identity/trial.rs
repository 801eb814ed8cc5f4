//! What is measured of identity, over and over: an answer of a passkey verified, a session looked at. For
//! `cargo xtask bench identity`, never in the product's module.

use shared::identity::{Answer, Call, Device, Look, Whence};
use shared::kernel::Fault;
use shared::wire;

use crate::object::{Caller, Serve as _};
use crate::sql::Sql;
use crate::world::World;

use super::object::Registry;
use super::webauthn::soft::SoftAuthenticator;
use super::webauthn::{
    CeremonyState, RelyingParty, StoredPasskey, finish_registration, finish_sign_in, start_registration, start_sign_in,
};

fn fault(error: &dyn std::fmt::Debug) -> Fault {
    Fault::new("identity.trial", format!("{error:?}"))
}

/// A passkey and its answer to a challenge.
pub struct SignIn {
    rp: RelyingParty,
    state: CeremonyState,
    answer: String,
    passkey: StoredPasskey,
}

impl SignIn {
    /// Made for a portal of that origin on localhost.
    pub fn new(origin: &str) -> Result<Self, Fault> {
        let rp = RelyingParty::new("localhost", origin, "めぐり")?;
        let mut device = SoftAuthenticator::synced(1);
        let (options, state) = start_registration(&rp, [7; 16], "花子", &[])?;
        let answer = device.create(&options, origin).map_err(|error| fault(&error))?;
        let passkey = finish_registration(&rp, &state, &answer).map_err(|error| fault(&error))?;
        let (options, state) = start_sign_in(&rp)?;
        let answer = device.get(&options, origin).map_err(|error| fault(&error))?;
        Ok(Self { rp, state, answer, passkey })
    }

    /// Verifies it that often.
    pub fn verify(&self, times: u32) -> Result<(), Fault> {
        for _ in 0..times {
            let passkeys = std::slice::from_ref(&self.passkey);
            finish_sign_in(&self.rp, &self.state, &self.answer, passkeys).map_err(|error| fault(&error))?;
        }
        Ok(())
    }
}

/// Somebody with a session, whom other objects ask about.
pub struct Session<S, W> {
    registry: Registry<S, W>,
    look: Vec<u8>,
}

impl<S: Sql, W: World> Session<S, W> {
    /// Begun with the code of a staff link that was not used yet.
    pub fn new(registry: Registry<S, W>, code: &str) -> Result<Self, Fault> {
        let whence = Whence { device: Device::UNKNOWN, address: None };
        let entered = registry.open_invitation(code, whence)?.map_err(|error| fault(&error))?;
        let look = Look { sessions: vec![entered.token.session()], ..Look::default() };
        Ok(Self { registry, look: wire::encode(&Call::Look(look))? })
    }

    /// Looks that often, from message to message.
    pub async fn look(&self, times: u32) -> Result<(), Fault> {
        for _ in 0..times {
            let answer = self.registry.tell(Caller::Object, &self.look).await?;
            match wire::decode_trusted(&answer).map_err(|error| fault(&error))? {
                Answer::Seen(seen) if matches!(seen.sessions.as_slice(), [Some(_)]) => {}
                other => return Err(fault(&other)),
            }
        }
        Ok(())
    }
}

/// The same natively. A feature of its own, because it measures and checks nothing.
#[cfg(all(test, feature = "bench"))]
mod native {
    use std::time::Instant;

    use futures_executor::block_on;
    use shared::kernel::Role;

    use super::*;
    use crate::testing::{Deployment, staff_code};

    #[test]
    #[expect(clippy::disallowed_methods, reason = "natively there is a clock, and it is what this is about")]
    fn measured() {
        let times = std::env::var("MEGURI_TIMES").unwrap();
        let (verifications, looks) = times.split_once(' ').unwrap();
        let [verifications, looks] = [verifications, looks].map(|times| times.parse::<u32>().unwrap());
        let sign_in = SignIn::new("http://localhost:8787").unwrap();
        let deployment = Deployment::demo();
        let session = Session::new(deployment.registry(), &staff_code(Role::Officer, 0)).unwrap();
        let clock = |times: u32, run: &dyn Fn()| {
            run();
            let start = Instant::now();
            run();
            start.elapsed().as_secs_f64() * 1e6 / f64::from(times)
        };
        let verify = clock(verifications, &|| sign_in.verify(verifications).unwrap());
        let look = clock(looks, &|| block_on(session.look(looks)).unwrap());
        println!("measured {verify} {look}");
    }
}
