//! P1: the start page of somebody who is signed in, beside SvelteKit reading the same rows from PostgreSQL.

use std::fs;

use crate::client::http::{Connection, Shape};
use crate::server::Running;
use crate::step::{Because, Outcome, step};

use super::dashboard::{self, Content};
use super::figures::Comparison;
use super::load::{Load, Tally, Until, drive};
use super::ours::Ours;
use super::postgres::Postgres;
use super::{Pace, folder, machine, sveltekit};

/// Concurrent clients.
const CLIENTS: [usize; 2] = [16, 64];
/// By how much a page may differ in length from the one that was looked at: numbers in it change.
const LENGTH_SLACK_BYTES: usize = 64;
/// By how much the peer's page may differ from ours, in per cent.
const SIZE_SLACK_PER_CENT: usize = 10;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Who {
    Ours,
    Sveltekit,
}

/// Both servers with the request for the page. The peer ends before the database it reads.
struct Field {
    _ours: Ours,
    _peer: Running,
    _postgres: Postgres,
    ours: Page,
    peer: Page,
}

/// A page that was looked at once.
#[derive(Debug, Clone)]
struct Page {
    port: u16,
    request: Vec<u8>,
    html: String,
}

/// A client that reads the page over and over.
struct Reads<'a>(&'a Page);

impl Load for Reads<'_> {
    fn ask(&mut self, request: &mut Vec<u8>) -> Outcome {
        request.extend_from_slice(&self.0.request);
        Ok(())
    }

    fn check(&mut self, shape: &Shape, bytes: &[u8]) -> Outcome<bool> {
        let expected = self.0.html.len();
        Ok(shape.status == 200 && shape.body(bytes)?.len().abs_diff(expected) <= LENGTH_SLACK_BYTES)
    }
}

/// One measurement.
struct Measured {
    clients: usize,
    who: Who,
    tally: Tally,
}

/// Runs all rounds and gives the notes and rows of the table.
pub fn run(pace: Pace) -> Outcome<(Vec<String>, Vec<Comparison>)> {
    let field = Field::start()?;
    let mut measured = Vec::new();
    for (round, seconds, counts) in pace.plan() {
        step(&if counts { format!("round {round} of {}", pace.rounds) } else { "warm-up".to_owned() }, || {
            let order = if round % 2 == 0 { [Who::Ours, Who::Sveltekit] } else { [Who::Sveltekit, Who::Ours] };
            for clients in CLIENTS {
                for who in order {
                    let tally = field.measure(who, clients, seconds)?;
                    eprintln!("  {clients:>2} clients  {who:?}: {:.0} pages/s", tally.rate());
                    measured.extend(counts.then_some(Measured { clients, who, tally }));
                }
            }
            Ok(())
        })?;
    }
    let notes = vec![
        machine(pace),
        likeness(&field.ours.html, &field.peer.html),
        "ours: session, balance, jobs and thanks from objects; SvelteKit: adapter-node, the same rows from PostgreSQL 15"
            .to_owned(),
    ];
    Ok((notes, CLIENTS.map(|clients| comparison(clients, &measured)).to_vec()))
}

fn comparison(clients: usize, measured: &[Measured]) -> Comparison {
    let of = |who| measured.iter().filter(move |one| (one.clients, one.who) == (clients, who)).map(|one| &one.tally);
    let rates = |who| of(who).map(Tally::rate).collect();
    let latencies = |who| of(who).map(|tally| (tally.percentile(50), tally.percentile(99))).collect();
    Comparison {
        id: format!("P1-{clients}"),
        peer_name: "SvelteKit",
        unit: "pages/s",
        clients,
        ours: rates(Who::Ours),
        peer: rates(Who::Sveltekit),
        latencies: Some([latencies(Who::Ours), latencies(Who::Sveltekit)]),
    }
}

impl Field {
    fn start() -> Outcome<Self> {
        let ours = Ours::start("page")?;
        let content = dashboard::make(&ours)?;
        let postgres = Postgres::start()?;
        sveltekit::fill(&postgres, &content)?;
        let running = sveltekit::start(&postgres, &content)?;
        let cookie = content.reader.browser.cookie_header("/");
        let page = Page::look("ours", ours.demo.port, &cookie)?;
        let peer = Page::look("sveltekit", running.port, &format!("session={}", sveltekit::SESSION))?;
        for (name, page) in [("ours", &page), ("SvelteKit's", &peer)] {
            shows(name, &words(&page.html), &content)?;
        }
        Ok(Self { _ours: ours, _peer: running, _postgres: postgres, ours: page, peer })
    }

    fn measure(&self, who: Who, clients: usize, seconds: u64) -> Outcome<Tally> {
        let page = match who {
            Who::Ours => &self.ours,
            Who::Sveltekit => &self.peer,
        };
        let mut loads: Vec<_> = (0..clients).map(|_| Reads(page)).collect();
        drive(page.port, Until::Seconds(seconds), &mut loads)?.sound(&format!("{who:?}"))
    }
}

impl Page {
    /// Asks for it once, and leaves what came in a file to look at.
    fn look(name: &str, port: u16, cookie: &str) -> Outcome<Self> {
        let head = format!("GET / HTTP/1.1\r\nHost: localhost:{port}\r\nAccept: text/html\r\nAccept-Language: ja\r\n");
        let request = format!("{head}Cookie: {cookie}\r\n\r\n").into_bytes();
        let answer = Connection::open(port)?.send(&request)?;
        let html = answer.text();
        let file = folder().join(format!("page-{name}.html"));
        fs::write(&file, &html).because(file.display())?;
        if answer.status == 200 {
            Ok(Self { port, request, html })
        } else {
            Err(format!("the page of {name} answered {}", answer.status))
        }
    }
}

/// Every job, letter and figure is on the page.
fn shows(name: &str, words: &str, content: &Content) -> Outcome {
    let titles = content.jobs.iter().map(|job| job.title.to_owned());
    let figures = [content.available(), dashboard::READER.to_owned(), dashboard::OTHER_SHOWN.to_owned()];
    match titles.chain(figures).find(|text| !words.contains(&squeezed(text))) {
        Some(text) => {
            Err(format!("the page of {name} does not show {text}: see page-*.html in {}", folder().display()))
        }
        None => Ok(()),
    }
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace()).collect()
}

/// What is read on a page: the text of its body, without blanks.
fn words(html: &str) -> String {
    let body = html.find("<body").and_then(|at| html.get(at..)).unwrap_or_default();
    let mut text = String::new();
    let mut rest = body;
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        let end = if tag.starts_with("!--") { "-->" } else { ">" };
        rest = tag.split_once(end).map_or("", |(_, after)| after);
    }
    text.push_str(rest);
    squeezed(&text)
}

/// How alike the pages are, as a note: nobody should have to take it on trust.
fn likeness(ours: &str, peer: &str) -> String {
    let (ours_words, peer_words) = (words(ours), words(peer));
    let same = ours_words.chars().zip(peer_words.chars()).take_while(|(our, their)| our == their).count();
    let text = if ours_words == peer_words {
        "word for word the same".to_owned()
    } else {
        let near: String = ours_words.chars().skip(same).take(20).collect();
        format!("NOT word for word the same: they part before 「{near}」")
    };
    let apart = ours.len().abs_diff(peer.len()) * 100 / ours.len().max(1);
    let size = if apart <= SIZE_SLACK_PER_CENT { "" } else { " (TOO FAR APART)" };
    format!("signed-in start page, {text}; HTML {} bytes ours, {} bytes SvelteKit{size}", ours.len(), peer.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_read_counts() {
        let html = "<html><head><title>x</title></head><body class=\"a\"><h1>佐藤 さん</h1><!--[--><!-- a > b --><p>い\nま</p></body></html>";
        assert_eq!(words(html), "佐藤さんいま");
    }

    #[test]
    fn a_difference_in_words_or_size_is_said() {
        let page = |text: &str| format!("<body><p>{text}</p></body>");
        assert!(likeness(&page("同じ"), &page("同じ")).contains("word for word the same"));
        let said = likeness(&page("ここまで同じ"), &page("ここまで別のことば"));
        assert!(said.contains("NOT") && said.contains("「同じ」"), "{said}");
        assert!(likeness(&page("あ"), &page(&"あ".repeat(9))).contains("TOO FAR APART"));
    }

    #[test]
    fn a_row_for_each_number_of_clients() {
        let tally = |right| Tally {
            right,
            elapsed: std::time::Duration::from_secs(1),
            latencies: vec![2000],
            ..Tally::default()
        };
        let measured = [
            Measured { clients: 16, who: Who::Ours, tally: tally(40) },
            Measured { clients: 16, who: Who::Sveltekit, tally: tally(10) },
        ];
        let row = comparison(16, &measured);
        assert_eq!((row.id.as_str(), row.ratio()), ("P1-16", 4.0));
        assert!(row.json().contains("\"ours_p50_ms\":2.0"));
    }
}
