//! Two hundred who listen at the desk while the server is killed: each hears every change once, in order.

use std::fs;
use std::io::ErrorKind;
use std::net::TcpStream;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use tungstenite::client::IntoClientRequest;
use tungstenite::http::HeaderValue;
use tungstenite::{Error, Message, WebSocket, client};

use crate::bench::free_port;
use crate::client::Person;
use crate::client::help::{Wish, ask, at_desk};
use crate::client::people::{grant, resident, staff};
use crate::demo::Demo;
use crate::step::{Because, Outcome};
use crate::{bench::BUDGET, places, server};

use super::kill_again_and_again;
use shared::kernel::Points;

const LISTENERS: usize = 200;
const KILLS: u32 = 10;
/// Until everybody has heard the last change after the last start.
const PATIENCE: Duration = Duration::from_secs(60);

/// What one listener heard.
#[derive(Default)]
struct Ear {
    /// The numbers of changes, as they came.
    heard: Vec<u64>,
    /// How often a connection was opened.
    connected: u64,
}

/// Kills the server while an operator works and two hundred listen.
pub fn kill() -> Outcome {
    let data = places::state().join("crash-live");
    let _ = fs::remove_dir_all(&data);
    let demo = Demo::open(data, free_port()?, free_port()?)?;
    let _issuer = demo.start_issuer()?;
    let mut portal = server::start(&demo.plan()?)?;
    let (mut officer, mut operator) = (staff(&demo, "officer")?, staff(&demo, "operator")?);
    let mut asker = resident(&demo, "resident-7201")?;
    grant(&mut officer, BUDGET, asker.member, Points::new(100).ok_or("a hundred points")?)?;
    let day = (shared::kernel::Timestamp(now_milliseconds()?).day().plus(7)).to_string();
    let wish = Wish {
        category: "shopping",
        title: "牛乳",
        area: "minatohara",
        day: &day,
        window: ("10:00", "12:00"),
        reward: 50,
    };
    let job = ask(&mut asker, &wish)?;
    let ears: Vec<Mutex<Ear>> = (0..LISTENERS).map(|_| Mutex::default()).collect();
    let (stop, working) = (AtomicBool::new(false), AtomicBool::new(true));
    let (there, done) = (AtomicU64::new(0), AtomicU64::new(0));
    let slowest = thread::scope(|scope| {
        for ear in &ears {
            let (listener, stop, there) = (operator.clone(), &stop, &there);
            scope.spawn(move || listen(&listener, ear, stop, there));
        }
        let worked = {
            let (working, done, mut operator, job) = (&working, &done, operator.clone(), &job);
            scope.spawn(move || work(&mut operator, job, working, done))
        };
        let killed = wait(&there).and_then(|()| kill_again_and_again(&demo, &mut portal, KILLS));
        let killed = killed.and_then(|()| demo.plan());
        let back = killed.and_then(|plan| {
            let cut = Instant::now();
            portal.kill();
            portal = server::start(&plan)?;
            wait(&there).map(|()| cut.elapsed())
        });
        working.store(false, Ordering::Relaxed);
        let worked = worked.join().map_err(|_| "the operator panicked".to_owned());
        let last = worked.and_then(|()| all_heard(&mut operator, &ears));
        stop.store(true, Ordering::Relaxed);
        last.and(back)
    })?;
    judge(&mut operator, ears, done.into_inner(), slowest)
}

fn now_milliseconds() -> Outcome<i64> {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).because("the clock")?;
    i64::try_from(since.as_millis()).because("the clock")
}

/// Takes a case and hands it back, again and again; what fails while the server is away is tried anew.
fn work(operator: &mut Person, job: &str, working: &AtomicBool, done: &AtomicU64) {
    while working.load(Ordering::Relaxed) {
        for act in ["claim", "hand-over"] {
            match at_desk(operator, job, &[("act", act)]) {
                Ok(()) => drop(done.fetch_add(1, Ordering::Relaxed)),
                Err(_) => thread::park_timeout(Duration::from_millis(20)),
            }
        }
    }
}

/// Listens until it is told to stop, and connects again after what it heard whenever the line is cut.
fn listen(listener: &Person, ear: &Mutex<Ear>, stop: &AtomicBool, there: &AtomicU64) {
    while !stop.load(Ordering::Relaxed) {
        let after = ear.lock().ok().and_then(|ear| ear.heard.last().copied()).unwrap_or_default();
        if let Ok(mut socket) = open(listener, after) {
            there.fetch_add(1, Ordering::Relaxed);
            if let Ok(mut ear) = ear.lock() {
                ear.connected += 1;
            }
            while !stop.load(Ordering::Relaxed) && hear(&mut socket, ear) {}
            there.fetch_sub(1, Ordering::Relaxed);
        }
        thread::park_timeout(Duration::from_millis(50));
    }
}

fn open(listener: &Person, after: u64) -> Outcome<WebSocket<TcpStream>> {
    let port = listener.port()?;
    let mut request =
        format!("ws://localhost:{port}/desk/live?after={after}").into_client_request().because("a socket's address")?;
    let cookies = listener.browser.cookie_header("/desk/live");
    for (name, value) in [("cookie", cookies.as_str()), ("origin", listener.origin.as_str())] {
        request.headers_mut().insert(name, HeaderValue::from_str(value).because(name)?);
    }
    let stream = TcpStream::connect(("127.0.0.1", port)).because("connecting")?;
    // The handshake may be waited for longer than a change.
    stream.set_read_timeout(Some(Duration::from_secs(10))).because("a socket's patience")?;
    let (socket, _) = client(request, stream).map_err(|error| format!("opening a socket: {error}"))?;
    socket.get_ref().set_read_timeout(Some(Duration::from_millis(200))).because("a socket's patience")?;
    Ok(socket)
}

/// Hears what comes next. No more once the line is cut.
fn hear(socket: &mut WebSocket<TcpStream>, ear: &Mutex<Ear>) -> bool {
    match socket.read() {
        Ok(Message::Text(text)) => {
            let numbers = text.lines().filter_map(|line| line.split(' ').next()?.parse::<u64>().ok());
            ear.lock().map(|mut ear| ear.heard.extend(numbers)).is_ok()
        }
        Ok(Message::Close(_)) | Err(Error::ConnectionClosed | Error::AlreadyClosed) => false,
        Ok(_) => true,
        Err(Error::Io(error)) => matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut),
        Err(_) => false,
    }
}

/// Until all are there.
fn wait(there: &AtomicU64) -> Outcome {
    let start = Instant::now();
    while there.load(Ordering::Relaxed) < LISTENERS as u64 {
        if start.elapsed() > PATIENCE {
            return Err(format!("{} of {LISTENERS} listeners are there", there.load(Ordering::Relaxed)));
        }
        thread::park_timeout(Duration::from_millis(5));
    }
    Ok(())
}

/// Until everybody has heard the last change.
fn all_heard(operator: &mut Person, ears: &[Mutex<Ear>]) -> Outcome {
    let last = changes(operator)?.len() as u64;
    let start = Instant::now();
    let heard = |ear: &Mutex<Ear>| ear.lock().is_ok_and(|ear| ear.heard.last() == Some(&last));
    while !ears.iter().all(heard) {
        if start.elapsed() > PATIENCE {
            let count = ears.iter().filter(|ear| heard(ear)).count();
            return Err(format!("{count} of {LISTENERS} heard change {last}"));
        }
        thread::park_timeout(Duration::from_millis(5));
    }
    Ok(())
}

/// The numbers of all changes, as the server has them.
fn changes(operator: &mut Person) -> Outcome<Vec<u64>> {
    let url = format!("{}/desk/live?after=0", operator.origin);
    let answer = operator.browser.get(&url)?.answer;
    if answer.status != 200 {
        return Err(format!("/desk/live answered {}", answer.status));
    }
    answer.text().lines().map(|line| line.split(' ').next().unwrap_or_default().parse().because(line)).collect()
}

fn judge(operator: &mut Person, ears: Vec<Mutex<Ear>>, acknowledged: u64, back: Duration) -> Outcome {
    let changes = changes(operator)?;
    if (changes.len() as u64) < acknowledged {
        return Err(format!("{acknowledged} acts were acknowledged, and {} changes are there", changes.len()));
    }
    let (mut messages, mut connected) = (0, 0);
    for ear in ears {
        let ear = ear.into_inner().map_err(|_| "a listener panicked")?;
        if ear.heard != changes {
            let place = ear.heard.iter().zip(&changes).position(|(heard, change)| heard != change);
            return Err(format!(
                "a listener heard {} of {} changes; first difference at {place:?}",
                ear.heard.len(),
                changes.len()
            ));
        }
        messages += ear.heard.len();
        connected += ear.connected;
    }
    eprintln!(
        "  {LISTENERS} listeners, {} kills, {} changes, {messages} told, {connected} connections; all back {} ms after the \
         last kill; nothing lost or doubled",
        KILLS + 1,
        changes.len(),
        back.as_millis()
    );
    Ok(())
}
