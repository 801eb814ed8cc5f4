//! What the edge and the other objects ask the Registry.

use serde::{Deserialize, Serialize};

use crate::kernel::{
    CommandId, CounterProofId, CredentialRef, Day, Line, MemberNumber, Name, PersonId, PhoneCallId, SessionId,
};

use super::{
    AddressKey, Admission, Behalf, CertificatePage, CounterAct, CounterCode, CounterPage, Device, LogKind, LogPage, Me,
    NextPath, OfficeAct, PasskeyName, Refusal, SessionsPage, StaffAct, StaffPage, Telephone, Visitor,
};

/// A secret for a cookie: 256 bits, kept here only as a digest.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token(pub [u8; 32]);

impl core::fmt::Debug for Token {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Token(…)")
    }
}

impl Token {
    /// The session this secret opens.
    pub fn session(&self) -> SessionId {
        SessionId::derive("cookie", &self.0)
    }

    /// The ceremony this secret belongs to.
    pub fn ceremony(&self) -> crate::kernel::CeremonyId {
        crate::kernel::CeremonyId::derive("cookie", &self.0)
    }
}

/// Everything a neighbour wants to know of people, in one errand.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Look {
    /// Who do these sessions belong to, if they are alive?
    pub sessions: Vec<SessionId>,
    /// Whose member numbers are these?
    pub members: Vec<MemberNumber>,
    /// What are these people called?
    pub people: Vec<PersonId>,
    /// Who do these sessions belong to, where nobody has done anything: a page that asks by itself keeps no session alive.
    pub glances: Vec<SessionId>,
}

/// The answers, each list in the order of its questions.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Seen {
    /// The visitors of the live sessions.
    pub sessions: Vec<Option<Visitor>>,
    /// The people of the member numbers.
    pub members: Vec<Option<(PersonId, Name)>>,
    /// The names.
    pub people: Vec<Option<Name>>,
    /// The visitors of the live sessions that were only glanced at.
    pub glances: Vec<Option<Visitor>>,
}

/// What another object has to say about somebody's account (利用の記録). Said again after a crash, under the same id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// What it follows from.
    pub id: CommandId,
    /// Whose account.
    pub person: PersonId,
    /// The officer.
    pub by: PersonId,
    /// What they did.
    pub act: OfficeAct,
}

/// A call of the Registry. Grows at the end only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Call {
    /// Who do these sessions belong to, if they are alive? Whose member numbers are these? What are these people called?
    Look(Look),
    /// Begin a card proof; afterwards go to `next`.
    StartCard {
        /// Where to go afterwards.
        next: NextPath,
    },
    /// The issuer sent the browser back with this query.
    FinishCard {
        /// The secret of the run, from the browser's cookie.
        ceremony: Token,
        /// The query of the callback, as received.
        query: Line<4000>,
        /// Where the session begins.
        whence: Whence,
        /// The session this browser has.
        session: Option<SessionId>,
    },
    /// A staff link was opened.
    OpenInvitation {
        /// The code in the link.
        code: Line<100>,
        /// Where the session begins.
        whence: Whence,
    },
    /// Begin making a passkey.
    StartPasskey {
        /// The session.
        session: SessionId,
    },
    /// Finish making a passkey.
    FinishPasskey {
        /// The session.
        session: SessionId,
        /// The secret of the run.
        ceremony: Token,
        /// The authenticator's answer as JSON.
        credential: String,
        /// What to call it.
        name: PasskeyName,
        /// Where the session begins.
        whence: Whence,
    },
    /// Begin a sign-in with a passkey.
    StartSignIn,
    /// Finish a sign-in.
    FinishSignIn {
        /// The secret of the run.
        ceremony: Token,
        /// The authenticator's answer as JSON.
        credential: String,
        /// A session this browser had before: it ends.
        replaces: Option<SessionId>,
        /// Where the session begins.
        whence: Whence,
    },
    /// End a session.
    SignOut {
        /// The session.
        session: SessionId,
        /// What it is asked from.
        device: Device,
    },
    /// The page わたし.
    Me {
        /// The session.
        session: SessionId,
    },
    /// Is the object there?
    Ready,
    /// Demo only: moves the clock by that many milliseconds against the real one.
    SetClock(i64),
    /// Where is the person signed in?
    Sessions {
        /// The session.
        session: SessionId,
    },
    /// End sessions of the person. One that is over already, or another's, is left alone.
    EndSessions {
        /// The session that asks; it lives on.
        session: SessionId,
        /// Which.
        which: Ending,
        /// What it is asked from.
        device: Device,
    },
    /// Remove a passkey of the person, and end what began with it. One that is not there is as good as removed.
    RemovePasskey {
        /// The session that asks; it lives on.
        session: SessionId,
        /// Which.
        passkey: CredentialRef,
        /// Whether every other session ends too (ASVS 7.4.3).
        end_others: bool,
        /// What it is asked from.
        device: Device,
    },
    /// What was done with the account?
    Log {
        /// The session.
        session: SessionId,
        /// Lines before that number; the newest without one.
        before: Option<u64>,
        /// Lines of that kind; all without one.
        kind: Option<LogKind>,
    },
    /// Keep what the person of a session had typed, which may have run out.
    KeepDraft {
        /// The session.
        session: SessionId,
        /// Where.
        path: NextPath,
        /// What.
        draft: Draft,
        /// Whether it is to be gone on with another day.
        saved: bool,
    },
    /// Nothing is kept for that page any longer.
    DropDraft {
        /// Whose session.
        session: SessionId,
        /// The page.
        path: NextPath,
    },
    /// What had the person typed there?
    Draft {
        /// The session.
        session: SessionId,
        /// Where.
        path: NextPath,
    },
    /// May that be asked from there? Counts it.
    Admit {
        /// From where.
        address: AddressKey,
        /// What.
        what: Admission,
    },
    /// The person has seen the lines they are told of, up to that one.
    LogSeen {
        /// The session.
        session: SessionId,
        /// The last line they saw.
        up_to: u64,
    },
    /// Asked by objects: add these lines, each once.
    Note(Vec<Note>),
    /// Which accounts of staff are there? For administrators.
    Staff {
        /// The session.
        session: SessionId,
    },
    /// Do that with accounts of staff. For administrators.
    ActOnStaff {
        /// The session.
        session: SessionId,
        /// Makes a repeat give the same link.
        command: CommandId,
        /// What.
        act: StaffAct,
    },
    /// Who is being checked at the counter? For officers.
    Counter {
        /// The session.
        session: SessionId,
    },
    /// Do that at the counter. For officers.
    ActAtCounter {
        /// The session.
        session: SessionId,
        /// Makes a repeat name the same proof.
        command: CommandId,
        /// What.
        act: CounterAct,
    },
    /// What does that certificate say? For officers.
    Certificate {
        /// The session.
        session: SessionId,
        /// In DER or PEM.
        certificate: Vec<u8>,
    },
    /// A code of the counter was typed.
    OpenCode {
        /// The code.
        code: CounterCode,
        /// Where the session begins.
        whence: Whence,
    },
    /// Do the logs of these people hold? For auditors: so many after that one, in the order of their ids.
    CheckLogs {
        /// The session.
        session: SessionId,
        /// After whom; from the first without one.
        after: Option<PersonId>,
    },
    /// Somebody rings, and says who they are. For operators.
    TakePhoneCall {
        /// The session.
        session: SessionId,
        /// Makes a repeat name the same call.
        command: CommandId,
        /// The number they say.
        member: MemberNumber,
        /// Their name.
        name: Name,
        /// Their birth date.
        birth: Day,
    },
    /// The call is over.
    EndPhoneCall {
        /// The session.
        session: SessionId,
        /// Which.
        call: PhoneCallId,
    },
    /// Where who rings can be rung up.
    KeepTelephone {
        /// The session.
        session: SessionId,
        /// In which call they say so.
        call: PhoneCallId,
        /// The number.
        telephone: Telephone,
    },
    /// Asked by objects: in whose name does that operator act?
    Behalf {
        /// The operator's session.
        session: SessionId,
        /// In which call.
        call: PhoneCallId,
    },
    /// Asked by objects: where can that person be rung up?
    Telephone(PersonId),
}

/// What a check of logs came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogsChecked {
    /// How many people's.
    pub people: u64,
    /// How many lines.
    pub lines: u64,
    /// Whose logs do not hold, and at which line: by member number.
    pub broken: Vec<(MemberNumber, u64)>,
    /// Where to go on, if there are more.
    pub next: Option<PersonId>,
}

/// The fields of a form as they were typed (下書き).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft(pub Vec<(String, String)>);

impl Draft {
    /// The query of a page that has one: it says that something is kept, never what.
    pub const KEPT: &str = "draft=kept";
    /// How long one is kept over a sign-in, in seconds: time to find the card and sign in with it.
    pub const SECONDS_MAX: i64 = 30 * 60;
    /// How long one is kept that somebody left to go on with another day, in seconds from the last change.
    pub const SAVED_SECONDS: i64 = 14 * 86_400;
    /// The most that is kept, in bytes of names and values. Our longest form is far below.
    pub const BYTES_MAX: usize = 16 * 1024;

    /// The fields, if they are few enough to be kept.
    pub fn of(fields: Vec<(String, String)>) -> Option<Self> {
        let bytes: usize = fields.iter().map(|(name, value)| name.len() + value.len()).sum();
        (bytes <= Self::BYTES_MAX).then_some(Self(fields))
    }
}

/// Where something is asked from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Whence {
    /// What its browser says it is.
    pub device: Device,
    /// Its network, where a trusted proxy says which.
    pub address: Option<AddressKey>,
}

/// Which sessions to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ending {
    /// That one.
    One(SessionId),
    /// All but the one that asks.
    Others,
}

/// A card proof has begun.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StartedCard {
    /// Where to send the browser.
    pub url: String,
    /// For the browser's cookie.
    pub ceremony: Token,
}

/// Somebody is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entered {
    /// For the session cookie.
    pub token: Token,
    /// Where to go.
    pub next: NextPath,
    /// Whether the person has a passkey already.
    pub has_passkey: bool,
}

/// Why a card proof ended without a session. Sent to the page as a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum CardFailure {
    /// The person stopped it.
    Cancelled,
    /// The issuer reports an error or does not answer.
    IssuerError,
    /// Something did not fit: state, nonce, signature, audience, time…
    Mismatch,
    /// The run is unknown, used or too old.
    Gone,
    /// The card's certificate is revoked.
    Revoked,
    /// Somebody else is signed in in this browser; their session lives on.
    OtherPerson,
    /// The account was stopped by the municipality.
    Stopped,
    /// Somebody of that name and birth date was registered at the counter: they sign in first, then show the card.
    KnownAtCounter,
}

/// The Registry's answers. Grows at the end only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer {
    /// To `Look`.
    Seen(Seen),
    /// To `StartCard`; nothing if the issuer cannot be reached.
    CardStarted(Result<StartedCard, CardFailure>),
    /// To `FinishCard`.
    CardFinished(Result<Entered, CardFailure>),
    /// To `StartPasskey` and `StartSignIn`: the secret for the browser's cookie and the options as JSON.
    Options(Result<(Token, String), Refusal>),
    /// To `FinishPasskey`, `FinishSignIn`, `OpenInvitation`.
    Entered(Result<Entered, Refusal>),
    /// To `Me`.
    Me(Option<Me>),
    /// To `SignOut`, `SetClock`.
    Done,
    /// To `Sessions`.
    Sessions(Option<SessionsPage>),
    /// To `EndSessions`, `RemovePasskey`, `EndPhoneCall` and `KeepTelephone`.
    Changed(Result<(), Refusal>),
    /// To `Log`.
    Log(Option<LogPage>),
    /// To `Ready`.
    Ready {
        /// Whether personal data are being sealed under a new key.
        resealing: bool,
    },
    /// To `Draft`.
    Draft(Option<Draft>),
    /// To `Admit`; otherwise after how many seconds.
    Admitted(Result<(), u32>),
    /// To `KeepDraft`: whether it is kept.
    Kept(bool),
    /// To `Staff`.
    Staff(Result<StaffPage, Refusal>),
    /// To `ActOnStaff`: the code of a link, where one was made.
    StaffActed(Result<Option<Line<100>>, Refusal>),
    /// To `Counter`.
    Counter(Result<CounterPage, Refusal>),
    /// To `ActAtCounter`: which proof it is.
    CounterActed(Result<CounterProofId, Refusal>),
    /// To `Certificate`.
    Certificate(Result<CertificatePage, Refusal>),
    /// To `CheckLogs`.
    LogsChecked(Result<LogsChecked, Refusal>),
    /// To `TakePhoneCall`.
    PhoneCallTaken(Result<PhoneCallId, Refusal>),
    /// To `Behalf`.
    Behalf(Result<Behalf, Refusal>),
    /// To `Telephone`.
    Telephone(Option<Telephone>),
}
