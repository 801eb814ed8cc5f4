//! The load generator: one thread that waits for all connections at once, so that it takes little from the servers.
//!
//! Each connection is a client of its own: it asks, waits for the whole answer, checks it, asks again.

use std::io::{ErrorKind, Read, Write};
use std::time::{Duration, Instant};

use mio::{Events, Interest, Poll, Token};

use crate::client::http::{Shape, shape};
use crate::step::{Because, Outcome};

/// How long an answer may take before the run ends with a sentence.
const SECONDS_MAX: u64 = 30;
/// Enough for the largest page in one read.
const READ_BYTES: usize = 64 * 1024;

/// What one client does.
pub trait Load {
    /// Writes its next request.
    fn ask(&mut self, request: &mut Vec<u8>) -> Outcome;

    /// Whether the answer is the one hoped for; only those count.
    fn check(&mut self, shape: &Shape, bytes: &[u8]) -> Outcome<bool>;
}

/// When a run ends.
#[derive(Debug, Clone, Copy)]
pub enum Until {
    /// After that long.
    Seconds(u64),
    /// After that many answers.
    Answers(u64),
}

/// What came of a run.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    /// Answers that were right.
    pub right: u64,
    /// Answers that were not.
    pub wrong: u64,
    /// From the first request to the last answer.
    pub elapsed: Duration,
    /// How long each answer took, in microseconds, sorted.
    pub latencies: Vec<u32>,
}

impl Tally {
    /// Right answers a second.
    pub fn rate(&self) -> f64 {
        self.right as f64 / self.elapsed.as_secs_f64().max(f64::MIN_POSITIVE)
    }

    /// The latency that this many per cent of the answers do not exceed, in milliseconds.
    pub fn percentile(&self, per_cent: usize) -> f64 {
        let rank = (self.latencies.len() * per_cent).div_ceil(100).saturating_sub(1);
        self.latencies.get(rank).map_or(0.0, |&microseconds| f64::from(microseconds) / 1000.0)
    }

    /// Itself, if every answer was right.
    pub fn sound(self, who: &str) -> Outcome<Self> {
        match self.wrong {
            0 => Ok(self),
            wrong => Err(format!("{who} gave {wrong} wrong answers beside {} right ones", self.right)),
        }
    }
}

struct Client<'a, L> {
    stream: mio::net::TcpStream,
    load: &'a mut L,
    request: Vec<u8>,
    sent: usize,
    received: Vec<u8>,
    asked: Instant,
    waits: bool,
}

impl<L: Load> Client<'_, L> {
    fn ask(&mut self) -> Outcome {
        self.request.clear();
        self.sent = 0;
        self.load.ask(&mut self.request)?;
        self.asked = Instant::now();
        self.waits = true;
        self.flush()
    }

    fn flush(&mut self) -> Outcome {
        while let Some(rest) = self.request.get(self.sent..).filter(|rest| !rest.is_empty()) {
            match self.stream.write(rest) {
                Ok(count) => self.sent += count,
                Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(()),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(format!("sending a request: {error}")),
            }
        }
        Ok(())
    }

    /// Takes what has arrived. The socket says only once that there is something, so everything is taken.
    fn advance(&mut self, part: &mut [u8], tally: &mut Tally, goes_on: impl Fn(&Tally) -> bool) -> Outcome {
        self.flush()?;
        loop {
            let got = match self.stream.read(part) {
                Ok(0) => return Err("a server closed a connection".to_owned()),
                Ok(got) => got,
                Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(()),
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => return Err(format!("reading an answer: {error}")),
            };
            self.received.extend_from_slice(part.get(..got).unwrap_or_default());
            let Some(shape) = shape(&self.received, false)? else { continue };
            let took = self.asked.elapsed().as_micros();
            tally.latencies.push(u32::try_from(took).unwrap_or(u32::MAX));
            match self.load.check(&shape, &self.received)? {
                true => tally.right += 1,
                false => tally.wrong += 1,
            }
            self.received.clear();
            self.waits = false;
            if goes_on(tally) {
                self.ask()?;
            }
        }
    }
}

/// Keeps one client a load busy until then, and waits for the last answers.
pub fn drive<L: Load>(port: u16, until: Until, loads: &mut [L]) -> Outcome<Tally> {
    let mut poll = Poll::new().because("watching sockets")?;
    let mut clients = connect(&poll, port, loads)?;
    let mut part = vec![0u8; READ_BYTES];
    let mut events = Events::with_capacity(clients.len().max(1));
    let mut tally = Tally::default();
    let start = Instant::now();
    let goes_on = |tally: &Tally| match until {
        Until::Seconds(seconds) => start.elapsed() < Duration::from_secs(seconds),
        Until::Answers(answers) => tally.right + tally.wrong < answers,
    };
    for client in &mut clients {
        client.ask()?;
    }
    while clients.iter().any(|client| client.waits) {
        poll.poll(&mut events, Some(Duration::from_secs(SECONDS_MAX))).because("watching sockets")?;
        if events.is_empty() {
            return Err(format!("the server on port {port} did not answer within {SECONDS_MAX} s"));
        }
        for event in &events {
            if let Some(client) = clients.get_mut(event.token().0) {
                client.advance(&mut part, &mut tally, goes_on)?;
            }
        }
    }
    tally.elapsed = start.elapsed();
    tally.latencies.sort_unstable();
    Ok(tally)
}

fn connect<'a, L>(poll: &Poll, port: u16, loads: &'a mut [L]) -> Outcome<Vec<Client<'a, L>>> {
    let mut clients = Vec::with_capacity(loads.len());
    for (index, load) in loads.iter_mut().enumerate() {
        let stream = std::net::TcpStream::connect(("127.0.0.1", port)).because(format!("connecting to port {port}"))?;
        stream.set_nodelay(true).because("a socket option")?;
        stream.set_nonblocking(true).because("a socket option")?;
        let mut stream = mio::net::TcpStream::from_std(stream);
        let interest = Interest::READABLE | Interest::WRITABLE;
        poll.registry().register(&mut stream, Token(index), interest).because("watching sockets")?;
        let (request, received) = (Vec::new(), Vec::with_capacity(READ_BYTES));
        clients.push(Client { stream, load, request, sent: 0, received, asked: Instant::now(), waits: false });
    }
    Ok(clients)
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use super::*;

    /// Asks for its own number and expects it back.
    struct Echo(u64);

    impl Load for Echo {
        fn ask(&mut self, request: &mut Vec<u8>) -> Outcome {
            request.extend_from_slice(format!("GET /{} HTTP/1.1\r\n\r\n", self.0).as_bytes());
            Ok(())
        }

        fn check(&mut self, shape: &Shape, bytes: &[u8]) -> Outcome<bool> {
            Ok(shape.status == 200 && shape.body(bytes)? == self.0.to_string().as_bytes())
        }
    }

    /// Answers each connection's requests with the path's number, wrongly once for number 3, until it closes.
    fn serve(listener: &TcpListener, connections: usize) -> u64 {
        std::thread::scope(|scope| {
            let workers: Vec<_> = (0..connections)
                .map(|_| {
                    let (mut stream, _) = listener.accept().unwrap();
                    scope.spawn(move || {
                        let (mut answered, mut part) = (0, [0u8; 256]);
                        while let Ok(got @ 1..) = stream.read(&mut part) {
                            let text = String::from_utf8_lossy(&part[..got]).into_owned();
                            let number = text.trim_start_matches("GET /").split(' ').next().unwrap().to_owned();
                            let number = if number == "3" && answered == 0 { "x".to_owned() } else { number };
                            let answer = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{number}", number.len());
                            stream.write_all(answer.as_bytes()).unwrap();
                            answered += 1;
                        }
                        answered
                    })
                })
                .collect();
            workers.into_iter().map(|worker| worker.join().unwrap()).sum()
        })
    }

    #[test]
    fn every_answer_is_counted_once_and_checked() {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let mut loads: Vec<_> = (0..8).map(Echo).collect();
        let (tally, answered) = std::thread::scope(|scope| {
            let server = scope.spawn(|| serve(&listener, 8));
            (drive(port, Until::Answers(2_000), &mut loads).unwrap(), server.join().unwrap())
        });
        assert_eq!(tally.right + tally.wrong, answered);
        assert!((2_000..2_000 + 8).contains(&answered), "{answered}");
        assert_eq!(tally.latencies.len() as u64, answered);
        assert_eq!(tally.wrong, 1);
        assert!(tally.percentile(50) <= tally.percentile(99) && tally.rate() > 0.0);
        assert!(tally.sound("the test").is_err());
    }

    #[test]
    fn percentiles() {
        let tally = Tally { latencies: (1..=200).map(|number| number * 1000).collect(), ..Tally::default() };
        assert_eq!((tally.percentile(50), tally.percentile(99), tally.percentile(100)), (100.0, 198.0, 200.0));
        assert_eq!(Tally::default().percentile(99), 0.0);
    }
}
