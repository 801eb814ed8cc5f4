//! The demo: a synthetic town, keys made on this machine, the sandbox card issuer, one-time staff links.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::places;
use crate::server::{Plan, Running, must_be_free};
use crate::step::{Because, Outcome, read};

/// Roles a staff link is printed for.
pub const ROLES: [&str; 4] = ["officer", "operator", "auditor", "administrator"];

/// Keys of a demo, made once for each data folder so that its data can be opened again.
#[derive(Serialize, Deserialize)]
struct Keys {
    card_key: String,
    card_public: serde_json::Value,
    person_key: String,
    seal_key: String,
}

/// Where a demo lives.
pub struct Demo {
    /// Data folder.
    pub data: PathBuf,
    /// The portal's port.
    pub port: u16,
    /// The card issuer's port.
    pub card_port: u16,
    /// In how many books its ledger is kept.
    pub shards: u8,
    keys: Keys,
    staff_codes: Vec<(&'static str, String)>,
}

const MAKE_KEYS: &str = "
const { generateKeyPairSync, randomBytes } = require('node:crypto');
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
console.log(JSON.stringify({
  card_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
  card_public: publicKey.export({ format: 'jwk' }),
  person_key: randomBytes(32).toString('hex'),
  seal_key: randomBytes(32).toString('hex'),
}));";

impl Demo {
    /// A demo in that folder, with its keys made if it is new.
    pub fn open(data: PathBuf, port: u16, card_port: u16) -> Outcome<Self> {
        fs::create_dir_all(&data).because(data.display())?;
        let kept = data.join("demo-keys.json");
        if !kept.exists() {
            let made = read(Command::new("node").args(["-e", MAKE_KEYS]))?;
            fs::write(&kept, made).because(kept.display())?;
        }
        let text = fs::read_to_string(&kept).because(kept.display())?;
        let keys: Keys = serde_json::from_str(&text).because(kept.display())?;
        let staff_codes = ROLES.iter().map(|role| Ok((*role, random_hex()?))).collect::<Outcome<_>>()?;
        Ok(Self { data, port, card_port, shards: 1, keys, staff_codes })
    }

    /// Where the portal is.
    pub fn origin(&self) -> String {
        format!("http://localhost:{}", self.port)
    }

    /// Where the card issuer is.
    pub fn card_issuer(&self) -> String {
        format!("http://localhost:{}", self.card_port)
    }

    /// The one-time staff links of this start.
    pub fn staff_links(&self) -> Vec<(&'static str, String)> {
        self.staff_codes.iter().map(|(role, code)| (*role, format!("{}/staff/{code}", self.origin()))).collect()
    }

    /// How to serve it.
    pub fn plan(&self) -> Outcome<Plan> {
        let town =
            fs::read_to_string(places::root().join("edge/demo/municipality.json")).because("the demo municipality")?;
        let mut town: serde_json::Value = serde_json::from_str(&town).because("the demo municipality")?;
        town["shards"] = self.shards.into();
        // A CA that vouches for nobody real: it made the certificates of the tests.
        let ca = places::root().join("edge/src/identity/jpki/openssl/ca-sign.pem");
        let ca = fs::read_to_string(&ca).because(ca.display())?;
        let assets = fs::read_to_string(places::built().join("assets.json")).because("the table of assets")?;
        let links: Vec<_> = self.staff_codes.iter().map(|(role, code)| (*role, hex(&Sha256::digest(code)))).collect();
        let environment = [
            ("MEGURI_ORIGIN", self.origin()),
            ("MEGURI_MUNICIPALITY", town.to_string()),
            ("MEGURI_CARD_ISSUER", self.card_issuer()),
            ("MEGURI_CARD_CLIENT", "meguri".to_owned()),
            ("MEGURI_CARD_KEY", self.keys.card_key.clone()),
            ("MEGURI_PERSON_KEY", self.keys.person_key.clone()),
            ("MEGURI_SEAL_KEY", self.keys.seal_key.clone()),
            ("MEGURI_STAFF_LINKS", serde_json::to_string(&links).because("staff links")?),
            // There is no proxy in front of a demo: who writes this header is whoever wants to see what it does.
            ("MEGURI_ADDRESS_HEADER", "x-real-ip".to_owned()),
            ("MEGURI_JPKI_CAS", ca),
            ("MEGURI_ASSETS", assets),
            ("MEGURI_DEMO", "1".to_owned()),
        ];
        let environment = environment.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Ok(Plan { port: self.port, data: self.data.join("objects"), module: "edge", environment, log: None })
    }

    /// Starts the sandbox card issuer.
    pub fn start_issuer(&self) -> Outcome<Running> {
        must_be_free(self.card_port)?;
        let public = self.data.join("card-client.json");
        fs::write(&public, self.keys.card_public.to_string()).because(public.display())?;
        let child = Command::new("node")
            .arg(places::root().join("xtask/issuer/main.mjs"))
            .args(["--port", &self.card_port.to_string()])
            .args(["--client-redirect", &format!("{}/join/callback", self.origin())])
            .arg("--client-key")
            .arg(public)
            .current_dir(places::root())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .because("starting the card issuer")?;
        let mut running = Running::adopt(child, self.card_port);
        running.wait_for("/.well-known/openid-configuration", "the card issuer")?;
        Ok(running)
    }
}

/// Two digits a byte.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// 128 bits from the system.
fn random_hex() -> Outcome<String> {
    let mut bytes = [0u8; 16];
    getrandom::fill(&mut bytes).because("drawing randomness")?;
    Ok(hex(&bytes))
}

/// Whether a secret was made for a demo on this machine.
pub fn is_demo_secret(value: &str) -> bool {
    let folders = [places::state().join("dev"), places::state().join("test")];
    let keys = folders.iter().filter_map(|folder| fs::read_to_string(folder.join("demo-keys.json")).ok());
    keys.filter_map(|text| serde_json::from_str::<Keys>(&text).ok())
        .any(|keys| [&keys.card_key, &keys.person_key, &keys.seal_key].contains(&&value.to_owned()))
}
