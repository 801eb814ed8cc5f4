//! The card proof: to the issuer and back, every check, then one account for one person.

use shared::identity::{
    CardAttributes, CardFailure, CardKey, Ceremony, CeremonyKind, Entered, Gender, LogAct, NextPath, StartedCard,
    Token, Visitor, Whence, present_card,
};
use shared::kernel::{Assurance, Digest, Fault, PersonId, Proof, SessionId, SignIn};

use crate::sql::Sql;
use crate::world::{Outgoing, World};

use super::keyed::keyed;
use super::object::Registry;
use super::oidc::{self, CardError, Claims, Client, ClientKey, Issuer, Jwks, Subject, Verifier};
use super::sessions::Start;
use super::store::{self, Kept, Keys};

/// The issuer as last read: where it listens, and its keys.
#[derive(Clone)]
pub struct CardIssuer {
    issuer: Issuer,
    keys: Jwks,
}

/// What a step of the flow may end with besides success.
enum Stop {
    Card(CardError),
    Fault(Fault),
}

impl From<CardError> for Stop {
    fn from(error: CardError) -> Self {
        Self::Card(error)
    }
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// What the person is told.
fn failure(error: &CardError) -> CardFailure {
    match error {
        CardError::Cancelled => CardFailure::Cancelled,
        CardError::IssuerError { .. } => CardFailure::IssuerError,
        CardError::CertificateRevoked => CardFailure::Revoked,
        CardError::PresentedLongAgo => CardFailure::Gone,
        _ => CardFailure::Mismatch,
    }
}

impl<S: Sql, W: World> Registry<S, W> {
    fn redirect_uri(&self) -> String {
        format!("{}/join/callback", self.world.settings().origin)
    }

    fn client(&self) -> Result<Client, Fault> {
        Client::new(&self.secrets.card_client, ClientKey::parse(&self.secrets.card_key)?)
    }

    /// A card error is counted by its number, never with anything about the person.
    fn tell_failure(&self, place: &'static str, error: &CardError) -> CardFailure {
        if !matches!(error, CardError::Cancelled) {
            self.world.log(&Fault::new(place, format_args!("card refusal {}", error.number())));
        }
        failure(error)
    }

    /// Begins a proof: where to send the browser, and the secret that ties the way back to it.
    pub(super) async fn start_card(&self, next: NextPath) -> Result<Result<StartedCard, CardFailure>, Fault> {
        let issuer = match self.issuer_as_known().await {
            Ok(known) => known.issuer,
            Err(Stop::Card(error)) => return Ok(Err(self.tell_failure("card.start", &error))),
            Err(Stop::Fault(fault)) => {
                self.world.log(&fault);
                return Ok(Err(CardFailure::IssuerError));
            }
        };
        let random = self.world.random::<96>();
        let started = oidc::start(&issuer, &self.client()?, &self.redirect_uri(), &random);
        let verifier = started.verifier.as_str().to_owned();
        let kind = CeremonyKind::Card { state: started.state, nonce: started.nonce, verifier, next };
        let ceremony = self.begin_ceremony(kind)?;
        Ok(Ok(StartedCard { url: started.url, ceremony }))
    }

    /// The browser came back. The run is taken first: a replayed callback finds nothing.
    pub(super) async fn finish_card(
        &self,
        ceremony: &Token,
        query: &str,
        whence: Whence,
        session: Option<SessionId>,
    ) -> Result<Result<Entered, CardFailure>, Fault> {
        let taken = store::take_ceremony(&self.sql, ceremony.ceremony(), self.world.now())?;
        let Some(Ceremony { kind: CeremonyKind::Card { state, nonce, verifier, next }, .. }) = taken else {
            return Ok(Err(CardFailure::Gone));
        };
        match self.proven(query, &state, &nonce, &verifier).await {
            Ok((subject, attributes)) => {
                let present = session.map(|session| self.visitor(session)).transpose()?.flatten();
                self.welcome(&subject, &attributes, next, whence, present.as_ref())
            }
            Err(Stop::Card(error)) => Ok(Err(self.tell_failure("card.finish", &error))),
            Err(Stop::Fault(fault)) => {
                self.world.log(&fault);
                Ok(Err(CardFailure::IssuerError))
            }
        }
    }

    async fn proven(
        &self,
        query: &str,
        state: &str,
        nonce: &str,
        verifier: &str,
    ) -> Result<(Subject, CardAttributes), Stop> {
        let known = self.issuer_as_known().await?;
        let code = oidc::callback(query, state, &known.issuer)?;
        let verifier = Verifier::parse(verifier)?;
        let (client, jti) = (self.client()?, self.world.random::<16>());
        let form =
            oidc::token_request(&known.issuer, &client, &code, &verifier, &self.redirect_uri(), self.world.now(), &jti);
        let answer = self
            .world
            .send(Outgoing { url: known.issuer.token_endpoint.clone(), bearer: None, form: Some(form) })
            .await?;
        let tokens = oidc::tokens(answer.status, &answer.body)?;
        let claims = self.believed(&known, &tokens.id_token, nonce).await?;
        let userinfo =
            Outgoing { url: known.issuer.userinfo_endpoint.clone(), bearer: Some(tokens.access_token), form: None };
        let answer = self.world.send(userinfo).await?;
        if answer.status != 200 {
            return Err(Stop::Fault(Fault::new("card.userinfo", answer.status)));
        }
        let attributes = oidc::attributes(&answer.body, &claims.subject.sub)?;
        Ok((claims.subject, attributes.into()))
    }

    /// The claims of an ID token. An unknown key is asked for once: the issuer may have a new one.
    async fn believed(&self, known: &CardIssuer, token: &str, nonce: &str) -> Result<Claims, Stop> {
        let (issuer, client) = (&self.world.settings().card_issuer, &self.secrets.card_client);
        let check = |keys: &Jwks| oidc::id_token(token, keys, issuer, client, nonce, self.world.now());
        match check(&known.keys) {
            Err(CardError::KeyUnknown) => {
                let fresh = self.read_issuer().await?;
                check(&fresh.keys).map_err(Stop::Card)
            }
            claims => claims.map_err(Stop::Card),
        }
    }

    async fn issuer_as_known(&self) -> Result<CardIssuer, Stop> {
        let known = self.issuer.borrow().clone();
        match known {
            Some(known) => Ok(known),
            None => self.read_issuer().await,
        }
    }

    async fn read_issuer(&self) -> Result<CardIssuer, Stop> {
        let configured = &self.world.settings().card_issuer;
        let document = self.read(Issuer::discovery_url(configured)).await?;
        let issuer = Issuer::from_discovery(&document, configured)?;
        let keys = Jwks::parse(&self.read(issuer.jwks_uri.clone()).await?)?;
        let read = CardIssuer { issuer, keys };
        *self.issuer.borrow_mut() = Some(read.clone());
        Ok(read)
    }

    async fn read(&self, url: String) -> Result<Vec<u8>, Stop> {
        let answer = self.world.send(Outgoing { url, bearer: None, form: None }).await?;
        if answer.status == 200 { Ok(answer.body) } else { Err(Stop::Fault(Fault::new("card.read", answer.status))) }
    }

    /// One person, one account: the same card opens the same one, and what the card says now replaces what it said.
    /// `present` is who is signed in in this browser: it must be the same person.
    fn welcome(
        &self,
        subject: &Subject,
        attributes: &CardAttributes,
        next: NextPath,
        whence: Whence,
        present: Option<&Visitor>,
    ) -> Result<Result<Entered, CardFailure>, Fault> {
        let now = self.world.now();
        let key = card_key(&self.secrets.person_key, subject)?;
        let name_key = self.secrets.name_key(&attributes.name, attributes.birth)?;
        let (known, act) = match self.whose_card(&key, &name_key, attributes, present)? {
            Ok(whose) => whose,
            Err(failure) => return Ok(Err(failure)),
        };
        let known = known.map(|kept| kept.person);
        let (id, member) = (PersonId::from_bytes(self.world.random()), self.fresh_member()?);
        let welcome = present_card(known, id, member, now);
        let person = welcome.person.id;
        let assurance = Assurance { proof: welcome.person.proof, sign_in: SignIn::Proof, at: now };
        let sealed = self.seal_attributes(person, &attributes.name, Some(attributes))?;
        let kept = Kept { person: welcome.person, sealed, stopped: false };
        self.forget_person(person);
        self.sql.transaction(|| {
            store::put_person(&self.sql, &kept, Keys { card: Some(&key), name: Some(&name_key) })?;
            self.note(person, whence.device, act.clone())?;
            self.enter(person, Start { assurance, passkey: None, whence }, None, next.clone()).map(Ok)
        })
    }

    /// Whose card it is, nobody's as yet, and what the log says of it. One browser is not two people at once: neither account
    /// may slip into the other's hands. A card that is new here is added to an account of the counter by its owner, signed in
    /// there; to anybody else of that name and birth date it opens none, for it may be theirs.
    fn whose_card(
        &self,
        key: &CardKey,
        name_key: &Digest,
        attributes: &CardAttributes,
        present: Option<&Visitor>,
    ) -> Result<Result<(Option<Kept>, LogAct), CardFailure>, Fault> {
        let known = store::person_of_card(&self.sql, key)?;
        let of_counter = |(kept, has_card): (Kept, bool)| {
            let is_of_counter = !has_card && matches!(kept.person.proof, Proof::Counter { .. });
            is_of_counter.then_some(kept)
        };
        Ok(match (known, present) {
            (Some(kept), _) if kept.stopped => Err(CardFailure::Stopped),
            (Some(kept), Some(visitor)) if kept.person.id != visitor.actor.person => Err(CardFailure::OtherPerson),
            (Some(kept), _) => {
                let (name, said) = self.opened_attributes(&kept)?;
                let changed = name != attributes.name || said.as_ref() != Some(attributes);
                Ok((Some(kept), LogAct::CardShown { changed }))
            }
            (None, present) => {
                let mut others = store::people_of_name(&self.sql, name_key)?.into_iter().filter_map(of_counter);
                match present {
                    Some(visitor) => others
                        .find(|kept| kept.person.id == visitor.actor.person)
                        .map(|kept| (Some(kept), LogAct::CardAdded))
                        .ok_or(CardFailure::OtherPerson),
                    None if others.next().is_some() => Err(CardFailure::KnownAtCounter),
                    None => Ok((None, LogAct::Joined)),
                }
            }
        })
    }
}

/// The look-up key: HMAC-SHA-256 of issuer and subject, so that the same subject at another issuer is another person
/// (ASVS 6.8.1) and neither can be read back.
pub(super) fn card_key(key: &[u8; 32], subject: &Subject) -> Result<CardKey, Fault> {
    keyed(key, &[subject.issuer.as_bytes(), subject.sub.as_bytes()]).map(CardKey)
}

impl From<oidc::Attributes> for CardAttributes {
    fn from(said: oidc::Attributes) -> Self {
        let gender = match said.gender {
            oidc::Gender::Male => Gender::Male,
            oidc::Gender::Female => Gender::Female,
            oidc::Gender::Other => Gender::Other,
        };
        Self { name: said.name, address: said.address, birth: said.birthdate, gender: Some(gender) }
    }
}
