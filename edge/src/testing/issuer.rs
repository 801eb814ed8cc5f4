//! The issuer of cards: discovery, keys, token, attributes, each with the trouble a test asks for.

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use shared::kernel::{Fault, Timestamp};

use crate::http::form::{Form, encode};
use crate::identity::oidc::fixture::{CLIENT, ISSUER, changed, discovery, key, public_jwk, signed};
use crate::world::{Incoming, Outgoing};

/// A card with the four attributes of its holder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Card {
    /// Who this is at the issuer.
    pub subject: String,
    /// Name.
    pub name: String,
    /// Address.
    pub address: String,
    /// `YYYYMMDD`.
    pub birthdate: String,
}

impl Card {
    /// The birth date as a form has it.
    pub(crate) fn birth(&self) -> String {
        let digits: String = self.birthdate.chars().filter(char::is_ascii_digit).collect();
        format!("{}-{}-{}", &digits[..4], &digits[4..6], &digits[6..])
    }

    /// The card of a synthetic person.
    pub(crate) fn of(number: u32) -> Self {
        let family = ["佐藤", "髙橋", "𠮷田", "山﨑", "伊藤"][number as usize % 5];
        Self {
            subject: format!("ppid-{number:08}"),
            name: format!("{family} 花子{number}"),
            address: format!("みなと県めぐり市湊原町{number}丁目2番3号"),
            birthdate: format!("{}0412", 1930 + number % 70),
        }
    }
}

/// A place where the issuer answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Discovery,
    Keys,
    Token,
    Attributes,
}

impl Place {
    /// Every place.
    pub(crate) const ALL: [Self; 4] = [Self::Discovery, Self::Keys, Self::Token, Self::Attributes];

    fn of(url: &str) -> Option<Self> {
        let path = url.strip_prefix(ISSUER)?;
        Self::ALL.into_iter().find(|place| {
            path == match place {
                Self::Discovery => "/.well-known/openid-configuration",
                Self::Keys => "/protocol/openid-connect/certs",
                Self::Token => "/protocol/openid-connect/token",
                Self::Attributes => "/protocol/openid-connect/userinfo",
            }
        })
    }
}

/// What goes wrong there.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Trouble {
    /// No answer.
    Unreachable(Place),
    /// That status.
    Status(Place, u16),
    /// That body.
    Body(Place, Vec<u8>),
    /// The ID token's claims changed; `null` takes one away.
    Claims(Value),
    /// The ID token is signed by another key under the known name.
    ForeignSignature,
    /// The ID token names a key that is never published.
    KeyNeverPublished,
    /// The attributes changed.
    AttributesChanged(Value),
}

/// A code on its way to a token.
struct Grant {
    code: String,
    card: Card,
    nonce: String,
    challenge: String,
}

/// The issuer.
pub(crate) struct CardIssuer {
    /// What goes wrong, until taken away.
    pub trouble: Option<Trouble>,
    key_number: u8,
    made: u32,
    codes: Vec<Grant>,
    tokens: Vec<(String, Card)>,
    assertions: Vec<String>,
}

impl Default for CardIssuer {
    fn default() -> Self {
        let (codes, tokens, assertions) = (Vec::new(), Vec::new(), Vec::new());
        Self { trouble: None, key_number: 1, made: 0, codes, tokens, assertions }
    }
}

fn ok(value: &Value) -> Incoming {
    Incoming { status: 200, body: value.to_string().into_bytes() }
}

impl CardIssuer {
    /// From now on another key signs, and only that one is published.
    pub(crate) fn rotate(&mut self) {
        self.key_number += 1;
    }

    fn kid(&self) -> String {
        format!("key-{}", self.key_number)
    }

    /// The holder of the card agrees at the address the portal sent them to: where they are sent back.
    pub(crate) fn authorize(&mut self, url: &str, card: &Card) -> String {
        let (at, query) = url.split_once('?').unwrap();
        assert_eq!(at, format!("{ISSUER}/protocol/openid-connect/auth"));
        let asked = Form::parse(query.as_bytes());
        assert_eq!((asked.text("response_type"), asked.text("client_id")), ("code", CLIENT));
        assert_eq!(asked.text("code_challenge_method"), "S256");
        self.made += 1;
        let code = format!("code-{}", self.made);
        let (nonce, challenge) = (asked.text("nonce").to_owned(), asked.text("code_challenge").to_owned());
        self.codes.push(Grant { code: code.clone(), card: card.clone(), nonce, challenge });
        let (back, state) = (asked.text("redirect_uri"), asked.text("state"));
        format!("{back}?code={code}&state={}&iss={}", encode(state), encode(ISSUER))
    }

    pub(super) fn answer(&mut self, outgoing: &Outgoing, now: Timestamp) -> Result<Incoming, Fault> {
        let place = Place::of(&outgoing.url).ok_or_else(|| Fault::new("test.issuer", "no such address"))?;
        match &self.trouble {
            Some(Trouble::Unreachable(at)) if *at == place => Err(Fault::new("test.issuer", "unreachable")),
            Some(Trouble::Status(at, status)) if *at == place => Ok(Incoming { status: *status, body: Vec::new() }),
            Some(Trouble::Body(at, body)) if *at == place => Ok(Incoming { status: 200, body: body.clone() }),
            _ => Ok(match place {
                Place::Discovery => ok(&discovery()),
                Place::Keys => ok(&json!({ "keys": [public_jwk(&key(self.key_number), &self.kid())] })),
                Place::Token => self.token(outgoing, now),
                Place::Attributes => self.attributes(outgoing),
            }),
        }
    }

    fn token(&mut self, outgoing: &Outgoing, now: Timestamp) -> Incoming {
        let form = Form::parse(outgoing.form.as_deref().unwrap().as_bytes());
        let assertion = form.text("client_assertion").to_owned();
        assert!(!self.assertions.contains(&assertion), "an assertion is used once");
        self.assertions.push(assertion);
        let refused = Incoming { status: 400, body: br#"{"error":"invalid_grant"}"#.to_vec() };
        let Some(at) = self.codes.iter().position(|grant| grant.code == form.text("code")) else { return refused };
        let grant = self.codes.remove(at);
        if BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(form.text("code_verifier"))) != grant.challenge {
            return refused;
        }
        let access_token = format!("access-{}", grant.code);
        let id_token = self.id_token(&grant, now);
        self.tokens.push((access_token.clone(), grant.card));
        ok(&json!({ "token_type": "Bearer", "expires_in": 60, "access_token": access_token, "id_token": id_token }))
    }

    fn id_token(&self, grant: &Grant, now: Timestamp) -> String {
        let now = now.seconds();
        let claims = json!({ "iss": ISSUER, "sub": grant.card.subject, "aud": CLIENT, "nonce": grant.nonce,
            "iat": now, "exp": now + 300, "auth_time": now - 5 });
        let (claims, kid, signer) = match &self.trouble {
            Some(Trouble::Claims(change)) => (changed(claims, change), self.kid(), self.key_number),
            Some(Trouble::ForeignSignature) => (claims, self.kid(), 77),
            Some(Trouble::KeyNeverPublished) => (claims, "key-unknown".to_owned(), self.key_number),
            _ => (claims, self.kid(), self.key_number),
        };
        let header = json!({ "alg": "ES256", "typ": "JWT", "kid": kid });
        signed(&header.to_string(), &claims.to_string(), &key(signer))
    }

    fn attributes(&self, outgoing: &Outgoing) -> Incoming {
        let bearer = outgoing.bearer.as_deref().unwrap_or_default();
        let Some((_, card)) = self.tokens.iter().find(|(token, _)| token == bearer) else {
            return Incoming { status: 401, body: Vec::new() };
        };
        let said = json!({ "sub": card.subject, "name": card.name, "address": card.address,
            "birthdate": card.birthdate, "gender": "2" });
        ok(&match &self.trouble {
            Some(Trouble::AttributesChanged(change)) => changed(said, change),
            _ => said,
        })
    }
}
