//! The Registry's tables.

use serde::{Serialize, de::DeserializeOwned};
use shared::identity::{CardKey, Ceremony, Passkey, Person, Session};
use shared::kernel::{CeremonyId, CredentialRef, Digest, Fault, MemberNumber, PersonId, SessionId, Timestamp};

use crate::sql::{Migration, Row, Sql, Value};

/// The Registry's migrations, oldest first.
pub const MIGRATIONS: &[Migration] = &[
    ("0001_start", include_str!("../../migrations/registry/0001_start.sql")),
    ("0002_session_device", include_str!("../../migrations/registry/0002_session_device.sql")),
    ("0003_log", include_str!("../../migrations/registry/0003_log.sql")),
    ("0004_seal_keys", include_str!("../../migrations/registry/0004_seal_keys.sql")),
    ("0005_draft", include_str!("../../migrations/registry/0005_draft.sql")),
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
}

fn kept(rows: &[Row]) -> Result<Option<Kept>, Fault> {
    let read = |row: &Row| Ok(Kept { person: unpack(row, 0)?, sealed: row.blob(1)?.to_vec() });
    rows.first().map(read).transpose()
}

/// The person with that id.
pub fn person(sql: &impl Sql, id: PersonId) -> Result<Option<Kept>, Fault> {
    kept(&sql.exec("SELECT record, sealed FROM person WHERE id = ?", &[blob(id.as_bytes())])?)
}

/// The person of that card.
pub fn person_of_card(sql: &impl Sql, key: &CardKey) -> Result<Option<Kept>, Fault> {
    kept(&sql.exec("SELECT record, sealed FROM person WHERE card_key = ?", &[blob(&key.0)])?)
}

/// The person with that member number.
pub fn person_of_member(sql: &impl Sql, member: MemberNumber) -> Result<Option<Kept>, Fault> {
    kept(&sql.exec("SELECT record, sealed FROM person WHERE member = ?", &[Value::from(member.get())])?)
}

/// Keeps a person; the card key, once there, stays.
pub fn put_person(sql: &impl Sql, kept: &Kept, card: Option<&CardKey>) -> Result<(), Fault> {
    let Kept { person, sealed } = kept;
    sql.exec(
        "INSERT INTO person (id, card_key, member, record, sealed) VALUES (?, ?, ?, ?, ?) \
         ON CONFLICT (id) DO UPDATE SET record = excluded.record, sealed = excluded.sealed",
        &[
            blob(person.id.as_bytes()),
            card.map(|key| key.0.to_vec()).into(),
            Value::from(person.member.get()),
            pack(person)?,
            Value::Blob(sealed.clone()),
        ],
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
pub fn use_invitation(sql: &impl Sql, code: &Digest, now: Timestamp) -> Result<bool, Fault> {
    let rows = sql.exec(
        "INSERT INTO invitation_used (code, at) VALUES (?, ?) ON CONFLICT DO NOTHING RETURNING code",
        &[blob(code), now.0.into()],
    )?;
    Ok(!rows.is_empty())
}

/// Forgets ceremonies and drafts that are too late, and sessions nobody has used since `idle_before`.
pub fn forget_stale(sql: &impl Sql, now: Timestamp, idle_before: Timestamp) -> Result<(), Fault> {
    sql.exec("DELETE FROM ceremony WHERE expires_at <= ?", &[now.0.into()])?;
    sql.exec("DELETE FROM draft WHERE expires_at <= ?", &[now.0.into()])?;
    sql.exec("DELETE FROM lapsed_session WHERE expires_at <= ?", &[now.0.into()])?;
    sql.exec("DELETE FROM session WHERE seen_at < ?", &[idle_before.0.into()]).map(drop)
}

/// Whether there is a ceremony, draft or session that will have to be forgotten.
pub fn anything_ends(sql: &impl Sql) -> Result<bool, Fault> {
    let text = "SELECT 1 WHERE EXISTS (SELECT 1 FROM ceremony) OR EXISTS (SELECT 1 FROM session) \
                OR EXISTS (SELECT 1 FROM draft) OR EXISTS (SELECT 1 FROM lapsed_session)";
    Ok(!sql.exec(text, &[])?.is_empty())
}
