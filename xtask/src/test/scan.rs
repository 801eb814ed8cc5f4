//! Afterwards: nobody is readable in what the journeys left behind. Names, addresses and the issuer's names for people are
//! looked for in the databases, in what the server said and in every address a browser asked for; so is whatever looks like
//! a 個人番号, which the journeys typed wherever people write.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use aho_corasick::AhoCorasick;
use serde::Deserialize;
use shared::kernel::holds_individual_number;

use crate::places;
use crate::step::{Because, Outcome, read};

/// What the journeys left.
pub struct Left {
    /// The objects' databases.
    pub data: PathBuf,
    /// What the server said.
    pub log: PathBuf,
    /// The addresses browsers asked for, a line each.
    pub addresses: PathBuf,
}

/// Everything the sandbox issuer can say of anybody.
#[derive(Deserialize)]
struct Everybody {
    names: Vec<String>,
    addresses: Vec<String>,
    subjects: Vec<String>,
}

/// Looks through all of it.
pub fn run(left: &Left) -> Outcome {
    let script = places::root().join("xtask/issuer/everybody.mjs");
    let said = read(Command::new("node").arg(script))?;
    let everybody: Everybody = serde_json::from_str(&said).because("what the issuer can say")?;
    let secrets = [everybody.names, everybody.addresses, everybody.subjects].concat();
    let search = Search::new(secrets)?;
    let databases = files(&left.data)?;
    let mut bytes_read = 0;
    for path in databases.iter().chain([&left.log]) {
        let bytes = fs::read(path).because(path.display())?;
        search.bytes(&bytes).map_err(|found| format!("{} holds {found}", path.display()))?;
        bytes_read += bytes.len();
    }
    let addresses = fs::read_to_string(&left.addresses).because(left.addresses.display())?;
    for line in addresses.lines() {
        search.bytes(&percent_decoded(line)).map_err(|found| format!("the address {line} holds {found}"))?;
    }
    let (secrets, asked) = (search.secrets.len(), addresses.lines().count());
    eprintln!(
        "  {secrets} names, addresses and subjects in {} files, {bytes_read} bytes, and {asked} addresses",
        databases.len()
    );
    // A search of nothing finds nothing.
    if databases.len() < 3 || asked == 0 { Err("the journeys left too little to search".to_owned()) } else { Ok(()) }
}

struct Search {
    secrets: Vec<String>,
    automaton: AhoCorasick,
}

impl Search {
    fn new(secrets: Vec<String>) -> Outcome<Self> {
        let automaton = AhoCorasick::new(&secrets).because("the names")?;
        Ok(Self { secrets, automaton })
    }

    /// What is found first, if anything is.
    fn bytes(&self, bytes: &[u8]) -> Result<(), String> {
        if let Some(found) = self.automaton.find(bytes) {
            return Err(self.secrets[found.pattern().as_usize()].clone());
        }
        let mut runs = bytes.split(|byte| !byte.is_ascii_digit()).filter(|run| run.len() == 12);
        match runs.find(|run| holds_individual_number(&String::from_utf8_lossy(run))) {
            Some(_) => Err("what looks like a 個人番号".to_owned()),
            None => Ok(()),
        }
    }
}

/// Every file below a folder. The objects' door is none.
fn files(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).because(folder.display())? {
        let path = entry.because(folder.display())?.path();
        match path.metadata() {
            Ok(data) if data.is_dir() => found.extend(files(&path)?),
            Ok(data) if data.is_file() => found.push(path),
            _ => {}
        }
    }
    Ok(found)
}

fn percent_decoded(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let byte = match tail {
            [high, low, ..] if *first == b'%' => hex(*high).zip(hex(*low)).map(|(high, low)| high << 4 | low),
            _ => None,
        };
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &tail[2..] } else { tail };
    }
    bytes
}

fn hex(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_there_is_found() {
        let search = Search::new(vec!["青木 葵".to_owned(), "東浜1丁目".to_owned()]).unwrap();
        for clean in ["", "青木", "青木葵", "東浜", "1763715169123", "12345678901", "123456789012"] {
            assert_eq!(search.bytes(clean.as_bytes()), Ok(()), "{clean}");
        }
        let dirty: [&[u8]; 4] = [
            "\0\u{1}青木 葵\0".as_bytes(),
            "市東浜1丁目2番".as_bytes(),
            b"\xff123456789018\xff",
            &percent_decoded("/help?q=%E9%9D%92%E6%9C%A8%20%E8%91%B5&x=%zz%"),
        ];
        for bytes in dirty {
            assert!(search.bytes(bytes).is_err(), "{bytes:02x?}");
        }
    }

    #[test]
    fn escapes_are_read() {
        assert_eq!(percent_decoded("a%41%e3%81%82%%4"), "aAあ%%4".as_bytes());
    }
}
