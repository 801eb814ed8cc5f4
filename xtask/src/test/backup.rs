//! A backup made while eight people pay, and what comes back out of it (docs/LEDGER.md, row 30).

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use rusqlite::types::ValueRef;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::backup::{back_up, databases_in, restore};
use crate::client::Person;
use crate::demo::{Demo, hex};
use crate::step::{Because, Outcome};
use crate::{places, server};

use super::faults::{journal, replay};

/// A backup beside a running server, and how many payments were acknowledged before it began.
pub struct Saved {
    folder: PathBuf,
    /// Entries that have to be in it.
    acknowledged: Vec<u64>,
}

fn empty(name: &str) -> PathBuf {
    let folder = places::state().join(name);
    // Nothing there is as good as emptied.
    let _ = fs::remove_dir_all(&folder);
    folder
}

/// Backs the demo up as it runs. `acknowledged` are the entries that were acknowledged before.
pub fn save(demo: &Demo, acknowledged: Vec<u64>) -> Outcome<Saved> {
    let folder = empty("crash-backup");
    back_up(&demo.data.join("objects"), &folder)?;
    Ok(Saved { folder, acknowledged })
}

/// A server over what was restored shows the first part of the same journal, with everything acknowledged before; and a
/// backup of data at rest, restored, is that data.
pub fn judge(saved: &Saved, demo: &Demo, portal: &mut server::Server, auditor: &mut Person) -> Outcome {
    let whole = journal(auditor)?;
    portal.kill();
    let data = empty("crash-restored");
    restore(&saved.folder, &data)?;
    let mut restored = server::start(&server::Plan { data: data.clone(), ..demo.plan()? })?;
    let part = journal(auditor)?;
    restored.kill();
    replay::check(&part)?;
    if whole.get(..part.len()) != Some(&part[..]) {
        return Err("the journal of the backup is no part of the journal".to_owned());
    }
    let last = part.last().and_then(|entry: &Value| entry["seq"].as_u64()).unwrap_or(0);
    let missing = saved.acknowledged.iter().filter(|&&seq| seq > last).count();
    if missing > 0 {
        return Err(format!("{missing} payments acknowledged before the backup are not in it"));
    }
    let (again, copy) = (empty("crash-again"), empty("crash-backup-again"));
    back_up(&data, &copy)?;
    restore(&copy, &again)?;
    let (before, after) = (dump(&data)?, dump(&again)?);
    if before.is_empty() || before != after {
        return Err("what came back is not what was backed up".to_owned());
    }
    eprintln!(
        "  a backup under load: {} of {} entries, {} databases the same again",
        part.len(),
        whole.len(),
        before.len()
    );
    *portal = server::start(&demo.plan()?)?;
    Ok(())
}

/// A digest of everything each database says: its tables and their rows.
fn dump(data: &Path) -> Outcome<BTreeMap<PathBuf, String>> {
    let said = |name: PathBuf| Ok((name.clone(), dump_of(&data.join(&name)).because(name.display())?));
    databases_in(data)?.into_iter().map(said).collect()
}

fn dump_of(path: &Path) -> rusqlite::Result<String> {
    let database = Connection::open(path)?;
    let mut digest = Sha256::new();
    let mut tables = database.prepare("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name")?;
    let tables: Vec<(String, String)> =
        tables.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
    for (name, sql) in tables {
        digest.update(format!("{name}\n{sql}\n"));
        if !sql.starts_with("CREATE TABLE") {
            continue;
        }
        let mut rows = database.prepare(&format!("SELECT * FROM \"{name}\""))?;
        let columns = rows.column_count();
        let mut rows = rows.query([])?;
        while let Some(row) = rows.next()? {
            for column in 0..columns {
                match row.get_ref(column)? {
                    ValueRef::Null => digest.update("null"),
                    ValueRef::Integer(number) => digest.update(format!("i{number}")),
                    ValueRef::Real(number) => digest.update(format!("r{number}")),
                    ValueRef::Text(bytes) | ValueRef::Blob(bytes) => {
                        digest.update(format!("b{}:", bytes.len()));
                        digest.update(bytes);
                    }
                }
            }
        }
    }
    Ok(hex(&digest.finalize()))
}
