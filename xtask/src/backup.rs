//! `cargo xtask backup DIR` and `cargo xtask restore DIR`: the whole data, and proof that it is whole.

use std::fs::{self, File, Permissions};
use std::io::{ErrorKind, Read};
use std::os::unix::fs::PermissionsExt;
use std::path::{Component, Path, PathBuf};
use std::time::{Duration, SystemTime};

use rusqlite::backup::Backup;
use rusqlite::{Connection, OpenFlags};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::build::files;
use crate::demo::hex;
use crate::places;
use crate::server;
use crate::step::{Because, Outcome};

const MANIFEST: &str = "manifest.json";

/// Whose instant comes first, within a few milliseconds. The Town's: what it has decided by then and the Ledger has not heard, it
/// says after a restore, and what the Ledger has heard does nothing twice. The Registry's last: everybody the others name is in
/// it. What the Town decides in these milliseconds is lost with the Town's part alone, as if it had not been asked; points set
/// aside for it come back at the end of their hold.
const ORDER: [&str; 3] = ["meguri-Town", LEDGER, "meguri-Registry"];
const LEDGER: &str = "meguri-Ledger";

/// Where a restore puts everything until all of it is there.
const ARRIVING: &str = ".arriving";

/// What a backup holds. Written last: a folder without one is no backup.
#[derive(Debug, Serialize, Deserialize)]
struct Manifest {
    /// When, in Unix seconds.
    made: u64,
    files: Vec<Copied>,
}

#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Copied {
    /// Within the backup, and within the data folder.
    path: String,
    bytes: u64,
    /// In hexadecimal.
    sha256: String,
}

/// `backup DIR [--data DATA]`.
pub fn run(words: &[&str]) -> Outcome {
    let (folder, data) = folders("backup", words)?;
    let copied = back_up(&data, &folder)?;
    println!("{copied} databases of {} are in {}", data.display(), folder.display());
    println!("the keys are not: keep copies of them elsewhere");
    Ok(())
}

/// `restore DIR [--data DATA]`.
pub fn run_restore(words: &[&str]) -> Outcome {
    let (folder, data) = folders("restore", words)?;
    let copied = restore(&folder, &data)?;
    println!("{copied} databases of {} are in {}", folder.display(), data.display());
    Ok(())
}

fn folders(command: &str, words: &[&str]) -> Outcome<(PathBuf, PathBuf)> {
    match words {
        [folder] => Ok((PathBuf::from(folder), places::state().join("dev/objects"))),
        [folder, "--data", data] => Ok((PathBuf::from(folder), PathBuf::from(data))),
        _ => Err(format!("cargo xtask {command} DIR [--data DATA]")),
    }
}

/// Copies every database of the data folder as it is at one instant, whether or not a server runs on it.
pub fn back_up(data: &Path, folder: &Path) -> Outcome<usize> {
    let mut databases: Vec<(usize, PathBuf)> = Vec::new();
    for path in databases_in(data)? {
        let rank = ORDER.iter().position(|object| path.starts_with(object));
        databases.push((rank.ok_or_else(|| format!("{} belongs to no object", path.display()))?, path));
    }
    databases.sort();
    if databases.is_empty() {
        return Err(format!("there are no databases in {}", data.display()));
    }
    // One instant each: what goes from book to book in between would be in both, or in neither.
    let books =
        databases.iter().filter(|(_, path)| path.starts_with(LEDGER) && !path.ends_with("metadata.sqlite")).count();
    if books > 1 && server::is_served(data) {
        return Err("the ledger is in several books: stop the server for the backup".to_owned());
    }
    make_empty(folder)?;
    let made = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).because("the clock")?.as_secs();
    let instants = databases.into_iter().map(|(_, path)| Ok((instant_of(&data.join(&path))?, path)));
    let instants = instants.collect::<Outcome<Vec<_>>>()?;
    let mut manifest = Manifest { made, files: Vec::new() };
    for (source, path) in instants {
        let copy = folder.join(&path);
        copy_database(&source, &copy)?;
        let path = path.to_str().ok_or("a path that is no text")?.to_owned();
        let (bytes, sha256) = digest(&copy)?;
        manifest.files.push(Copied { path, bytes, sha256 });
    }
    let text = serde_json::to_string_pretty(&manifest).because(MANIFEST)?;
    let path = folder.join(MANIFEST);
    fs::write(&path, text).because(path.display())?;
    on_disk(&path)?;
    on_disk(folder)?;
    Ok(manifest.files.len())
}

/// Puts a backup where there is no data yet, after every byte of it was looked at.
pub fn restore(folder: &Path, data: &Path) -> Outcome<usize> {
    let path = folder.join(MANIFEST);
    let text = fs::read_to_string(&path).because(path.display())?;
    let manifest: Manifest = serde_json::from_str(&text).because(path.display())?;
    for file in &manifest.files {
        file.check(folder)?;
    }
    make_empty(data)?;
    let arriving = data.join(ARRIVING);
    let arrived = arrive(folder, &manifest, &arriving).and_then(|()| settle_in(&arriving, data));
    if let Err(problem) = arrived {
        // What cannot be taken away again is named by its folder.
        let _ = fs::remove_dir_all(&arriving);
        return Err(format!("{problem}: nothing in {} is to be used", data.display()));
    }
    Ok(manifest.files.len())
}

fn arrive(folder: &Path, manifest: &Manifest, arriving: &Path) -> Outcome {
    for file in &manifest.files {
        let to = arriving.join(&file.path);
        owners_only(to.parent().unwrap_or(arriving))?;
        fs::copy(folder.join(&file.path), &to).because(to.display())?;
        on_disk(&to)?;
        file.check(arriving)?;
    }
    Ok(())
}

/// A folder of each object at a time: a server started too early finds nothing of an object rather than a part.
fn settle_in(arriving: &Path, data: &Path) -> Outcome {
    for entry in fs::read_dir(arriving).because(arriving.display())? {
        let entry = entry.because(arriving.display())?;
        on_disk(&entry.path())?;
        fs::rename(entry.path(), data.join(entry.file_name())).because(data.display())?;
    }
    fs::remove_dir(arriving).because(arriving.display())?;
    on_disk(data)
}

impl Copied {
    /// Whether the file in that folder is the one that was backed up.
    fn check(&self, folder: &Path) -> Outcome {
        let inside = Path::new(&self.path).components().all(|part| matches!(part, Component::Normal(_)));
        let is_it = inside && digest(&folder.join(&self.path))? == (self.bytes, self.sha256.clone());
        if is_it { Ok(()) } else { Err(format!("{} is not what was backed up", self.path)) }
    }
}

/// The databases below a folder, by their paths in it.
pub fn databases_in(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let all = files(folder)?.into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "sqlite"));
    all.map(|path| Ok(path.strip_prefix(folder).because(path.display())?.to_owned())).collect()
}

/// A folder for its owner only, with nothing in it.
fn make_empty(folder: &Path) -> Outcome {
    match fs::read_dir(folder).map(|mut entries| entries.next().is_none()) {
        Ok(false) => return Err(format!("{} is not empty: choose another folder", folder.display())),
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(format!("{}: {error}", folder.display())),
        _ => {}
    }
    owners_only(folder)
}

fn owners_only(folder: &Path) -> Outcome {
    fs::create_dir_all(folder).because(folder.display())?;
    fs::set_permissions(folder, Permissions::from_mode(0o700)).because(folder.display())
}

/// The database as it is now, whatever is written to it afterwards.
fn instant_of(path: &Path) -> Outcome<Connection> {
    let source = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE).because(path.display())?;
    source.busy_timeout(Duration::from_secs(10)).because(path.display())?;
    // A transaction has its instant when it first reads.
    source.execute_batch("BEGIN; SELECT count(*) FROM sqlite_schema").because(path.display())?;
    Ok(source)
}

/// SQLite's own online copy, of the instant that its source holds; nobody who writes has to wait.
fn copy_database(source: &Connection, to: &Path) -> Outcome {
    owners_only(to.parent().unwrap_or(to))?;
    let mut copy = Connection::open(to).because(to.display())?;
    let backup = Backup::new(source, &mut copy).because(to.display())?;
    backup.run_to_completion(i32::MAX, Duration::from_millis(10), None).because(to.display())?;
    drop(backup);
    let sound: String = copy.query_row("PRAGMA integrity_check", [], |row| row.get(0)).because(to.display())?;
    if sound != "ok" {
        return Err(format!("{}: {sound}", to.display()));
    }
    copy.close().map_err(|(_, error)| error).because(to.display())?;
    on_disk(to)?;
    to.parent().map_or(Ok(()), on_disk)
}

/// Its bytes and their SHA-256, in hexadecimal.
fn digest(path: &Path) -> Outcome<(u64, String)> {
    let (mut file, mut hash, mut bytes) = (File::open(path).because(path.display())?, Sha256::new(), 0);
    let mut part = vec![0; 1 << 16];
    loop {
        let read = file.read(&mut part).because(path.display())?;
        let Some(part) = part.get(..read).filter(|part| !part.is_empty()) else { break };
        hash.update(part);
        bytes += read as u64;
    }
    Ok((bytes, hex(&hash.finalize())))
}

/// A file's bytes, or a folder's names.
fn on_disk(path: &Path) -> Outcome {
    File::open(path).and_then(|opened| opened.sync_all()).because(path.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder that goes with the test, with one small database for the Ledger in `data`.
    struct Scratch(PathBuf);

    impl Scratch {
        fn new(name: &str) -> Self {
            let folder = std::env::temp_dir().join(format!("meguri-backup-{}-{name}", std::process::id()));
            fs::create_dir_all(folder.join("data/meguri-Ledger")).unwrap();
            let books = Connection::open(folder.join("data/meguri-Ledger/books.sqlite")).unwrap();
            let sql = "PRAGMA journal_mode = WAL; CREATE TABLE entry (seq INTEGER PRIMARY KEY); INSERT INTO entry VALUES (1);";
            books.execute_batch(sql).unwrap();
            // Kept open, as by a server: the entry is in the log beside the file.
            std::mem::forget(books);
            Self(folder)
        }

        fn at(&self, name: &str) -> PathBuf {
            self.0.join(name)
        }
    }

    impl Drop for Scratch {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    fn entries(database: &Path) -> i64 {
        let books = Connection::open(database).unwrap();
        books.query_row("SELECT count(*) FROM entry", [], |row| row.get(0)).unwrap()
    }

    #[test]
    fn what_is_open_elsewhere_is_copied_and_comes_back() {
        let scratch = Scratch::new("whole");
        assert_eq!(back_up(&scratch.at("data"), &scratch.at("copy")), Ok(1));
        assert_eq!(restore(&scratch.at("copy"), &scratch.at("again")), Ok(1));
        assert_eq!(entries(&scratch.at("again/meguri-Ledger/books.sqlite")), 1);
        let mode = fs::metadata(scratch.at("again")).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "for its owner only");
    }

    #[test]
    fn nothing_is_written_over_and_nothing_damaged_is_restored() {
        let scratch = Scratch::new("damaged");
        let [data, copy, again] = ["data", "copy", "again"].map(|name| scratch.at(name));
        back_up(&data, &copy).unwrap();
        assert!(back_up(&data, &copy).unwrap_err().contains("not empty"));
        assert!(restore(&copy, &data).unwrap_err().contains("not empty"));
        let file = copy.join("meguri-Ledger/books.sqlite");
        let mut bytes = fs::read(&file).unwrap();
        bytes[5_000] ^= 1;
        fs::write(&file, bytes).unwrap();
        assert!(restore(&copy, &again).unwrap_err().contains("not what was backed up"));
        assert!(!again.exists());
        fs::remove_file(&file).unwrap();
        assert!(restore(&copy, &again).is_err());
        fs::remove_file(copy.join(MANIFEST)).unwrap();
        assert!(restore(&copy, &again).unwrap_err().contains(MANIFEST), "without a manifest it is no backup");
    }

    #[test]
    fn a_manifest_cannot_lead_out_of_its_folder() {
        let scratch = Scratch::new("outside");
        let [data, copy, again] = ["data", "copy", "again"].map(|name| scratch.at(name));
        back_up(&data, &copy).unwrap();
        let manifest = fs::read_to_string(copy.join(MANIFEST)).unwrap();
        fs::write(copy.join(MANIFEST), manifest.replace("meguri-Ledger/", "../data/meguri-Ledger/")).unwrap();
        assert!(restore(&copy, &again).unwrap_err().contains("not what was backed up"));
    }

    #[test]
    fn a_folder_without_databases_or_with_foreign_ones_is_no_data() {
        let scratch = Scratch::new("foreign");
        fs::create_dir_all(scratch.at("empty")).unwrap();
        assert!(back_up(&scratch.at("empty"), &scratch.at("copy")).unwrap_err().contains("no databases"));
        fs::rename(scratch.at("data/meguri-Ledger"), scratch.at("data/other")).unwrap();
        assert!(back_up(&scratch.at("data"), &scratch.at("copy")).unwrap_err().contains("belongs to no object"));
    }
}
