//! The Registry's tables.

use serde::{Serialize, de::DeserializeOwned};
use shared::identity::{CardKey, Ceremony, CounterProof, Invitation, Passkey, Person, PhoneCall, Session};
use shared::kernel::{
    CeremonyId, CommandId, CounterProofId, CredentialRef, Digest, Fault, InvitationId, MemberNumber, PersonId,
    PhoneCallId, Proof, SessionId, Timestamp,
};

use crate::sql::{Migration, Row, Sql, Value};

/// The Registry's migrations, oldest first.
pub const MIGRATIONS: &[Migration] = &[
    ("0001_start", include_str!("../../migrations/registry/0001_start.sql")),
    ("0002_session_device", include_str!("../../migrations/registry/0002_session_device.sql")),
    ("0003_log", include_str!("../../migrations/registry/0003_log.sql")),
    ("0004_seal_keys", include_str!("../../migrations/registry/0004_seal_keys.sql")),
    ("0005_draft", include_str!("../../migrations/registry/0005_draft.sql")),
    ("0006_staff_and_counter", include_str!("../../migrations/registry/0006_staff_and_counter.sql")),
    ("0007_phone", include_str!("../../migrations/registry/0007_phone.sql")),
];

fn pack<T: Serialize>(record: &T) -> Result<Value, Fault> {
    postcard::to_allocvec(record).map(Value::Blob).map_err(|error| Fault::new("identity.store", error))
}

fn unpack<T: DeserializeOwned>(row: &Row, column: usize) -> Result<T, Fault> {
    postcard::from_bytes(row.blob(column)?).map_err(|error| Fault::new("identity.store", error))
}

fn blob(bytes: &[u8]) -> Value {
    Value::Blob(bytes.to_vec())
}

/// A person with their sealed attributes.
pub struct Kept {
    /// The person.
    pub person: Person,
    /// Name and attributes, sealed.
    pub sealed: Vec<u8>,
    /// Whether the municipality has stopped the account.
    pub stopped: bool,
}

/// What people are found again by.
#[derive(Default, Clone, Copy)]
pub struct Keys<'a> {
    /// Their card. Once there, it stays.
    pub card: Option<&'a CardKey>,
    /// Their name and birth date.
    pub name: Option<&'a Digest>,
}

const PERSON: &str = "SELECT record, sealed, stopped FROM person";

fn kept(row: &Row) -> Result<Kept, Fault> {
    Ok(Kept { person: unpack(row, 0)?, sealed: row.blob(1)?.to_vec(), stopped: row.integer(2)? != 0 })
}

fn people(sql: &impl Sql, which: &str, parameters: &[Value]) -> Result<Vec<Kept>, Fault> {
    sql.exec(&format!("{PERSON} {which}"), parameters)?.iter().map(kept).collect()
}

/// The person with that id.
pub fn person(sql: &impl Sql, id: PersonId) -> Result<Option<Kept>, Fault> {
    people(sql, "WHERE id = ?", &[blob(id.as_bytes())]).map(|found| found.into_iter().next())
}

/// The person of that card.
pub fn person_of_card(sql: &impl Sql, key: &CardKey) -> Result<Option<Kept>, Fault> {
    people(sql, "WHERE card_key = ?", &[blob(&key.0)]).map(|found| found.into_iter().next())
}

/// The person with that member number.
pub fn person_of_member(sql: &impl Sql, member: MemberNumber) -> Result<Option<Kept>, Fault> {
    people(sql, "WHERE member = ?", &[Value::from(member.get())]).map(|found| found.into_iter().next())
}

/// People of that name and birth date, and whether each has a card here.
pub fn people_of_name(sql: &impl Sql, key: &Digest) -> Result<Vec<(Kept, bool)>, Fault> {
    let text = "SELECT record, sealed, stopped, card_key IS NOT NULL FROM person WHERE name_key = CAST(? AS BLOB) ORDER BY member";
    let read = |row: &Row| Ok((kept(row)?, row.integer(3)? != 0));
    sql.exec(text, &[blob(key)])?.iter().map(read).collect()
}

/// Accounts of staff.
pub fn staff(sql: &impl Sql) -> Result<Vec<Kept>, Fault> {
    people(sql, "WHERE staff = 1 ORDER BY member", &[])
}

/// So many people after that one, by id.
pub fn people_after(sql: &impl Sql, after: Option<PersonId>, count: u64) -> Result<Vec<Person>, Fault> {
    let after = after.map_or_else(Vec::new, |person| person.as_bytes().to_vec());
    let found =
        people(sql, "WHERE id > CAST(?1 AS BLOB) ORDER BY id LIMIT ?2 + 0", &[Value::Blob(after), count.into()])?;
    Ok(found.into_iter().map(|kept| kept.person).collect())
}

/// So many people after that one from before accounts of staff were marked and names had keys.
pub fn people_without_keys(sql: &impl Sql, after: Option<PersonId>, count: u64) -> Result<Vec<Kept>, Fault> {
    let after = after.map_or_else(Vec::new, |person| person.as_bytes().to_vec());
    let which = "WHERE name_key IS NULL AND staff = 0 AND id > CAST(?1 AS BLOB) ORDER BY id LIMIT ?2 + 0";
    people(sql, which, &[Value::Blob(after), count.into()])
}

/// Keeps a person.
pub fn put_person(sql: &impl Sql, kept: &Kept, keys: Keys<'_>) -> Result<(), Fault> {
    let Kept { person, sealed, stopped } = kept;
    let is_staff = matches!(person.proof, Proof::Invitation { .. });
    sql.exec(
        "INSERT INTO person (id, card_key, name_key, member, staff, stopped, record, sealed) VALUES (?, ?, ?, ?, ?, ?, ?, ?) \
         ON CONFLICT (id) DO UPDATE SET card_key = coalesce(card_key, excluded.card_key), \
         name_key = coalesce(excluded.name_key, name_key), staff = excluded.staff, stopped = excluded.stopped, \
         record = excluded.record, sealed = excluded.sealed",
        &[
            blob(person.id.as_bytes()),
            keys.card.map(|key| key.0.to_vec()).into(),
            keys.name.map(|key| key.to_vec()).into(),
            Value::from(person.member.get()),
            i64::from(is_staff).into(),
            i64::from(*stopped).into(),
            pack(person)?,
            Value::Blob(sealed.clone()),
        ],
    )
    .map(drop)
}

/// What became of a staff link that was to be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Link {
    /// It is new.
    Made,
    /// It is there already: its command was repeated.
    There,
    /// It was used, and stays so however often its command is repeated.
    Used,
}

/// Keeps a staff link, with what its account is to be called.
pub fn put_invitation(sql: &impl Sql, invitation: &Invitation, sealed: Option<Vec<u8>>) -> Result<Link, Fault> {
    let id = || blob(invitation.id.as_bytes());
    if !sql.exec("SELECT 1 FROM invitation_used WHERE code = ?", &[id()])?.is_empty() {
        return Ok(Link::Used);
    }
    let made = sql.exec(
        "INSERT INTO invitation (id, person, maker, expires_at, record, sealed) VALUES (?, ?, ?, ?, ?, ?) \
         ON CONFLICT DO NOTHING RETURNING id",
        &[
            id(),
            blob(invitation.person.as_bytes()),
            blob(invitation.by.as_bytes()),
            invitation.expires_at.0.into(),
            pack(invitation)?,
            sealed.into(),
        ],
    )?;
    Ok(if made.is_empty() { Link::There } else { Link::Made })
}

/// Withdraws every staff link for that account, but the one, and every one that it made.
pub fn withdraw_invitations(sql: &impl Sql, person: PersonId, but: Option<InvitationId>) -> Result<(), Fault> {
    let but = but.map_or_else(Vec::new, |id| id.as_bytes().to_vec());
    let parameters = [blob(person.as_bytes()), Value::Blob(but)];
    sql.exec("DELETE FROM invitation WHERE person = CAST(?1 AS BLOB) AND id <> CAST(?2 AS BLOB)", &parameters)?;
    sql.exec("DELETE FROM invitation WHERE maker = CAST(?1 AS BLOB)", &parameters[..1]).map(drop)
}

/// A staff link with what its account is to be called, sealed; nothing for one that is there already.
pub type KeptInvitation = (Invitation, Option<Vec<u8>>);

/// Takes a staff link: it serves once.
pub fn take_invitation(sql: &impl Sql, id: InvitationId, now: Timestamp) -> Result<Option<KeptInvitation>, Fault> {
    let rows = sql.exec("DELETE FROM invitation WHERE id = ? RETURNING record, sealed", &[blob(id.as_bytes())])?;
    if !rows.is_empty() {
        use_invitation(sql, id.as_bytes(), now)?;
    }
    let taken = rows.first().map(|row| Ok((unpack::<Invitation>(row, 0)?, row.blob(1).ok().map(<[u8]>::to_vec))));
    Ok(taken.transpose()?.filter(|(invitation, _)| now < invitation.expires_at))
}

/// A proof at the counter with what its documents say.
pub struct KeptProof {
    /// The proof.
    pub proof: CounterProof,
    /// Name and attributes of the account to come, sealed.
    pub sealed: Option<Vec<u8>>,
}

fn proof(row: &Row) -> Result<KeptProof, Fault> {
    Ok(KeptProof { proof: unpack(row, 0)?, sealed: row.blob(1).ok().map(<[u8]>::to_vec) })
}

/// Keeps a proof at the counter under the keyed digest of its code.
pub fn put_proof(sql: &impl Sql, kept: &KeptProof, code: &Digest) -> Result<(), Fault> {
    let KeptProof { proof, sealed } = kept;
    sql.exec(
        "INSERT INTO counter_proof (id, code, expires_at, record, sealed) VALUES (?, ?, ?, ?, ?) \
         ON CONFLICT (id) DO UPDATE SET expires_at = excluded.expires_at, record = excluded.record",
        &[blob(proof.id.as_bytes()), blob(code), proof.expires_at.0.into(), pack(proof)?, sealed.clone().into()],
    )
    .map(drop)
}

/// The proof with that id.
pub fn proof_of(sql: &impl Sql, id: CounterProofId) -> Result<Option<KeptProof>, Fault> {
    let rows = sql.exec("SELECT record, sealed FROM counter_proof WHERE id = ?", &[blob(id.as_bytes())])?;
    rows.first().map(proof).transpose()
}

/// Every proof at the counter that runs, newest first.
pub fn proofs(sql: &impl Sql, now: Timestamp) -> Result<Vec<KeptProof>, Fault> {
    let text = "SELECT record, sealed FROM counter_proof WHERE expires_at > ? + 0 ORDER BY expires_at DESC, id";
    sql.exec(text, &[now.0.into()])?.iter().map(proof).collect()
}

/// The proof with that code, if it has one already and is in time.
pub fn proof_of_code(sql: &impl Sql, code: &Digest, now: Timestamp) -> Result<Option<KeptProof>, Fault> {
    let rows = sql.exec("SELECT record, sealed FROM counter_proof WHERE code = ?", &[blob(code)])?;
    let found = rows.first().map(proof).transpose()?;
    Ok(found.filter(|kept| kept.proof.has_code() && now < kept.proof.expires_at))
}

/// Removes a proof: its code serves once.
pub fn remove_proof(sql: &impl Sql, id: CounterProofId) -> Result<(), Fault> {
    sql.exec("DELETE FROM counter_proof WHERE id = ?", &[blob(id.as_bytes())]).map(drop)
}

/// A call, dead or alive.
pub fn phone_call(sql: &impl Sql, id: PhoneCallId) -> Result<Option<PhoneCall>, Fault> {
    let rows = sql.exec("SELECT record FROM phone_call WHERE id = ?", &[blob(id.as_bytes())])?;
    rows.first().map(|row| unpack(row, 0)).transpose()
}

/// Keeps a call.
pub fn put_phone_call(sql: &impl Sql, call: &PhoneCall) -> Result<(), Fault> {
    sql.exec(
        "INSERT INTO phone_call (id, expires_at, record) VALUES (?, ?, ?) \
         ON CONFLICT (id) DO UPDATE SET expires_at = excluded.expires_at, record = excluded.record",
        &[blob(call.id.as_bytes()), call.ends().0.into(), pack(call)?],
    )
    .map(drop)
}

/// Keeps where somebody can be rung up, sealed.
pub fn put_telephone(sql: &impl Sql, person: PersonId, sealed: Vec<u8>) -> Result<(), Fault> {
    sql.exec(
        "INSERT INTO telephone (person, sealed) VALUES (?, ?) ON CONFLICT (person) DO UPDATE SET sealed = excluded.sealed",
        &[blob(person.as_bytes()), Value::Blob(sealed)],
    )
    .map(drop)
}

/// A person's passkeys, oldest first.
pub fn passkeys(sql: &impl Sql, person: PersonId) -> Result<Vec<Passkey>, Fault> {
    let rows = sql.exec("SELECT record FROM passkey WHERE person = ?", &[blob(person.as_bytes())])?;
    let mut found = rows.iter().map(|row| unpack::<Passkey>(row, 0)).collect::<Result<Vec<_>, _>>()?;
    found.sort_by_key(|passkey| (passkey.since, passkey.id));
    Ok(found)
}

/// Removes a passkey of that person.
pub fn remove_passkey(sql: &impl Sql, person: PersonId, id: CredentialRef) -> Result<(), Fault> {
    let parameters = [blob(id.as_bytes()), blob(person.as_bytes())];
    sql.exec("DELETE FROM passkey WHERE id = ? AND person = ?", &parameters).map(drop)
}

/// Whether any person holds that credential already.
pub fn credential_exists(sql: &impl Sql, credential_id: &[u8]) -> Result<bool, Fault> {
    Ok(!sql.exec("SELECT 1 FROM passkey WHERE credential_id = ?", &[blob(credential_id)])?.is_empty())
}

/// Keeps a passkey.
pub fn put_passkey(sql: &impl Sql, passkey: &Passkey) -> Result<(), Fault> {
    sql.exec(
        "INSERT INTO passkey (id, person, credential_id, record) VALUES (?, ?, ?, ?) \
         ON CONFLICT (id) DO UPDATE SET record = excluded.record",
        &[blob(passkey.id.as_bytes()), blob(passkey.person.as_bytes()), blob(&passkey.credential_id), pack(passkey)?],
    )
    .map(drop)
}

/// Keeps a ceremony until it is taken.
pub fn put_ceremony(sql: &impl Sql, ceremony: &Ceremony) -> Result<(), Fault> {
    sql.exec(
        "INSERT INTO ceremony (id, expires_at, record) VALUES (?, ?, ?)",
        &[blob(ceremony.id.as_bytes()), ceremony.expires_at.0.into(), pack(ceremony)?],
    )
    .map(drop)
}

/// Takes a ceremony: it exists once, and never again whatever follows.
pub fn take_ceremony(sql: &impl Sql, id: CeremonyId, now: Timestamp) -> Result<Option<Ceremony>, Fault> {
    let rows = sql.exec("DELETE FROM ceremony WHERE id = ? RETURNING record", &[blob(id.as_bytes())])?;
    let taken = rows.first().map(|row| unpack::<Ceremony>(row, 0)).transpose()?;
    Ok(taken.filter(|ceremony| now < ceremony.expires_at))
}

/// The session with that id.
pub fn session(sql: &impl Sql, id: SessionId) -> Result<Option<Session>, Fault> {
    let rows = sql.exec("SELECT record FROM session WHERE id = ?", &[blob(id.as_bytes())])?;
    rows.first().map(|row| unpack(row, 0)).transpose()
}

/// A person's sessions, dead or alive.
pub fn sessions(sql: &impl Sql, person: PersonId) -> Result<Vec<Session>, Fault> {
    let rows = sql.exec("SELECT record FROM session WHERE person = ?", &[blob(person.as_bytes())])?;
    rows.iter().map(|row| unpack(row, 0)).collect()
}

/// Keeps a session.
pub fn put_session(sql: &impl Sql, session: &Session) -> Result<(), Fault> {
    sql.exec(
        "INSERT INTO session (id, person, seen_at, record) VALUES (?, ?, ?, ?) \
         ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at, record = excluded.record",
        &[blob(session.id.as_bytes()), blob(session.person.as_bytes()), session.seen_at.0.into(), pack(session)?],
    )
    .map(drop)
}

/// Ends a session.
pub fn end_session(sql: &impl Sql, id: SessionId) -> Result<(), Fault> {
    sql.exec("DELETE FROM session WHERE id = ?", &[blob(id.as_bytes())]).map(drop)
}

/// Remembers until then whose a session was.
pub fn put_lapsed(sql: &impl Sql, session: &Session, until: Timestamp) -> Result<(), Fault> {
    sql.exec(
        "INSERT INTO lapsed_session (id, person, expires_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        &[blob(session.id.as_bytes()), blob(session.person.as_bytes()), until.0.into()],
    )
    .map(drop)
}

/// Whose a session is, or was until just now.
pub fn person_of_session(sql: &impl Sql, id: SessionId, now: Timestamp) -> Result<Option<PersonId>, Fault> {
    let rows = sql.exec(
        "SELECT person FROM session WHERE id = ?1 UNION ALL SELECT person FROM lapsed_session WHERE id = ?1 AND expires_at > ?2",
        &[blob(id.as_bytes()), now.0.into()],
    )?;
    rows.first().map(|row| row.bytes(0).map(PersonId::from_bytes)).transpose()
}

/// Marks an invitation as used; false if it was used before.
pub fn use_invitation(sql: &impl Sql, code: &[u8], now: Timestamp) -> Result<bool, Fault> {
    let rows = sql.exec(
        "INSERT INTO invitation_used (code, at) VALUES (?, ?) ON CONFLICT DO NOTHING RETURNING code",
        &[blob(code), now.0.into()],
    )?;
    Ok(!rows.is_empty())
}

/// What ends at a moment of its own.
const ENDING: [&str; 6] = ["ceremony", "draft", "lapsed_session", "invitation", "counter_proof", "phone_call"];

/// Forgets what is too late, and sessions nobody has used since `idle_before`.
pub fn forget_stale(sql: &impl Sql, now: Timestamp, idle_before: Timestamp) -> Result<(), Fault> {
    for table in ENDING {
        sql.exec(&format!("DELETE FROM {table} WHERE expires_at <= ?"), &[now.0.into()])?;
    }
    sql.exec("DELETE FROM session WHERE seen_at < ?", &[idle_before.0.into()]).map(drop)
}

/// Marks that something was heard; false if it was before.
pub fn hear_once(sql: &impl Sql, id: CommandId, now: Timestamp) -> Result<bool, Fault> {
    let text = "INSERT INTO heard (id, at) VALUES (?, ?) ON CONFLICT DO NOTHING RETURNING id";
    Ok(!sql.exec(text, &[blob(id.as_bytes()), now.0.into()])?.is_empty())
}

/// Forgets what was heard before that moment: nobody says it again so late.
pub fn forget_heard(sql: &impl Sql, before: Timestamp) -> Result<(), Fault> {
    sql.exec("DELETE FROM heard WHERE at < ?", &[before.0.into()]).map(drop)
}

/// Whether there is anything that will have to be forgotten soon.
pub fn anything_ends(sql: &impl Sql) -> Result<bool, Fault> {
    for table in ENDING.into_iter().chain(["session"]) {
        if !sql.exec(&format!("SELECT 1 FROM {table} LIMIT 1"), &[])?.is_empty() {
            return Ok(true);
        }
    }
    Ok(false)
}
