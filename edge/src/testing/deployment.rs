//! The deployment: the objects, their databases and alarms, one clock.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use futures_executor::block_on;
use sha2::{Digest as _, Sha256};
use shared::kernel::{Fault, Role, Shard, Shards, Timestamp};
use shared::town::Municipality;
use shared::wire;

use crate::identity::object::Registry;
use crate::identity::oidc::fixture::{CLIENT, ISSUER, Random, private_jwk};
use crate::identity::seal::SealKeys;
use crate::identity::secrets::Secrets;
use crate::ledger::object::Ledger;
use crate::object::{Caller, Serve};
use crate::settings::Settings;
use crate::sql::native::NativeSql;
use crate::town::object::{Denied, Town};
use crate::world::{Audience, Ear, Incoming, Listener, Object, Outgoing, Told, World};

use super::faults::{Disk, Faults, How, Point, struck};
use super::issuer::CardIssuer;
use super::people::staff_code;

/// When tests begin: 2026-11-21 09:00 in Japan.
use crate::identity::oidc::fixture::NOW;

/// Where the portal of the tests lives.
pub(crate) const ORIGIN: &str = "https://portal.town.example";

/// Staff links of each role.
const LINKS_PER_ROLE: u8 = 3;

fn settings(demo: bool, shards: Shards) -> Settings {
    let municipality = serde_json::from_str(include_str!("../../demo/municipality.json")).unwrap();
    Settings {
        origin: ORIGIN.to_owned(),
        municipality: Municipality { shards, ..municipality },
        card_issuer: ISSUER.to_owned(),
        assets: vec![("portal.css".to_owned(), "/assets/portal.css".to_owned())],
        jpki_cas: include_str!("../identity/jpki/openssl/ca-sign.pem").to_owned(),
        demo,
    }
}

fn secrets(seal_keys: &str) -> Secrets {
    let links = Role::ALL.into_iter().flat_map(|role| (0..LINKS_PER_ROLE).map(move |number| (role, number)));
    let hex = |text: &str| Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    Secrets {
        card_client: CLIENT.to_owned(),
        card_key: private_jwk(9).to_string(),
        person_key: [5; 32],
        seal_keys: SealKeys::parse(seal_keys).unwrap(),
        staff_links: links.map(|(role, number)| (role.word().to_owned(), hex(&staff_code(role, number)))).collect(),
    }
}

/// An object while it lives, or nothing before its first call after a start.
type Seat<T> = RefCell<Option<Rc<T>>>;

/// The place of an object among databases and alarms.
fn place(object: Object) -> usize {
    match object {
        Object::Registry => 0,
        Object::Town => 1,
        Object::Ledger(shard) => 2 + usize::from(shard.number()),
    }
}

pub(super) struct Shared {
    settings: Settings,
    pub(super) seal_keys: RefCell<String>,
    clock: Cell<Timestamp>,
    random: RefCell<Random>,
    databases: Vec<Rc<NativeSql>>,
    registry: Seat<Registry<Disk, LocalWorld>>,
    ledger: Vec<Seat<Ledger<Disk, LocalWorld>>>,
    town: Seat<Town<Disk, LocalWorld>>,
    alarms: Vec<Cell<Option<Timestamp>>>,
    faults: Rc<Faults>,
    pub(super) issuer: RefCell<CardIssuer>,
    log: RefCell<Vec<String>>,
    calls: RefCell<Vec<Object>>,
    restarts: Cell<bool>,
    /// Those who listen to the Town, and what each was told; none who was sent away.
    pub(super) listeners: RefCell<Vec<(Option<Listener>, Vec<String>)>>,
}

/// The host of a test: of the portal, or of one object.
#[derive(Clone)]
pub(crate) struct LocalWorld {
    pub(super) shared: Rc<Shared>,
    object: Option<Object>,
    clock_offset_ms: Rc<Cell<i64>>,
}

/// Lets everything else that is ready run first, as a real call does.
async fn breathe() {
    let mut first = true;
    std::future::poll_fn(|context| {
        if std::mem::take(&mut first) {
            context.waker().wake_by_ref();
            return std::task::Poll::Pending;
        }
        std::task::Poll::Ready(())
    })
    .await;
}

fn seated<T>(seat: &Seat<T>, open: impl FnOnce() -> Result<T, Fault>) -> Result<Rc<T>, Fault> {
    if let Some(living) = &*seat.borrow() {
        return Ok(Rc::clone(living));
    }
    let opened = Rc::new(open()?);
    *seat.borrow_mut() = Some(Rc::clone(&opened));
    Ok(opened)
}

impl LocalWorld {
    fn of(&self, object: Object) -> (Disk, Self) {
        let inner = Rc::clone(&self.shared.databases[place(object)]);
        let disk = Disk { inner, faults: Rc::clone(&self.shared.faults) };
        (disk, Self { shared: Rc::clone(&self.shared), object: Some(object), clock_offset_ms: Rc::default() })
    }

    fn registry(&self, disk: Disk, world: Self) -> Result<Registry<Disk, Self>, Fault> {
        Registry::open(disk, world, secrets(&self.shared.seal_keys.borrow()))
    }

    fn book(&self, shard: Shard) -> Result<Rc<Ledger<Disk, Self>>, Fault> {
        let (disk, world) = self.of(Object::Ledger(shard));
        seated(&self.shared.ledger[usize::from(shard.number())], || Ledger::open(disk, world, shard))
    }

    /// The object with that domain answers; its faults are logged and thrown, as the host does.
    async fn tell(&self, caller: Caller, object: Object, message: &[u8]) -> Result<Vec<u8>, Fault> {
        let (disk, world) = self.of(object);
        let answer = match object {
            Object::Registry => match seated(&self.shared.registry, || self.registry(disk, world)) {
                Ok(registry) => registry.tell(caller, message).await,
                Err(fault) => Err(fault),
            },
            Object::Ledger(shard) => match self.book(shard) {
                Ok(book) => book.tell(caller, message).await,
                Err(fault) => Err(fault),
            },
            Object::Town => match seated(&self.shared.town, || Town::open(disk, world)) {
                Ok(town) => town.tell(caller, message).await,
                Err(fault) => Err(fault),
            },
        };
        answer.inspect_err(|fault| self.log(fault))
    }

    async fn ring(&self, object: Object) -> Result<(), Fault> {
        let (disk, world) = self.of(object);
        match object {
            Object::Registry => seated(&self.shared.registry, || self.registry(disk, world))?.ring().await,
            Object::Ledger(shard) => self.book(shard)?.ring().await,
            Object::Town => seated(&self.shared.town, || Town::open(disk, world))?.ring().await,
        }
    }
}

impl World for LocalWorld {
    fn now(&self) -> Timestamp {
        Timestamp(self.shared.clock.get().0 + self.clock_offset_ms.get())
    }

    fn random<const N: usize>(&self) -> [u8; N] {
        let mut random = self.shared.random.borrow_mut();
        std::array::from_fn(|_| random.next() as u8)
    }

    fn settings(&self) -> &Settings {
        &self.shared.settings
    }

    async fn call(&self, object: Object, message: Vec<u8>) -> Result<Vec<u8>, Fault> {
        breathe().await;
        self.shared.calls.borrow_mut().push(object);
        let how = self.shared.faults.pass(Point::Call)?;
        if how == Some(How::Undone) {
            return Err(struck());
        }
        let caller = if self.object.is_some() { Caller::Object } else { Caller::Portal };
        let thrown = |fault| Fault::new("world.call", format_args!("{}: {fault}", object.domain()));
        // Objects call objects, so the future must have an end to its size.
        let answer = Box::pin(self.tell(caller, object, &message)).await.map_err(thrown)?;
        breathe().await;
        if how.is_some() { Err(struck()) } else { Ok(answer) }
    }

    async fn send(&self, outgoing: Outgoing) -> Result<Incoming, Fault> {
        breathe().await;
        let how = self.shared.faults.pass(Point::Send)?;
        if how == Some(How::Undone) {
            return Err(struck());
        }
        let answer = self.shared.issuer.borrow_mut().answer(&outgoing, self.now())?;
        if how.is_some() { Err(struck()) } else { Ok(answer) }
    }

    async fn wake_at(&self, at: Timestamp) -> Result<(), Fault> {
        self.shared.faults.check_power()?;
        let object = self.object.ok_or_else(|| Fault::new("world.wake_at", "only objects are woken"))?;
        self.shared.alarms[place(object)].set(Some(Timestamp(at.0 - self.clock_offset_ms.get())));
        Ok(())
    }

    fn tell_each(&self, whom: Audience, mut tell: impl FnMut(Listener) -> Result<Told, Fault>) -> Result<(), Fault> {
        if self.object != Some(Object::Town) {
            return Ok(());
        }
        for (place, heard) in self.shared.listeners.borrow_mut().iter_mut() {
            let Some(listener) = place.filter(|listener| whom.has(listener)) else { continue };
            match tell(listener)? {
                Told::Nothing => {}
                Told::News { text, heard: last } => {
                    *place = Some(Listener { heard: last, ..listener });
                    heard.push(text);
                }
                Told::Goodbye => *place = None,
            }
        }
        Ok(())
    }

    fn log(&self, fault: &Fault) {
        self.shared.log.borrow_mut().push(fault.to_string());
    }

    fn set_clock_offset(&self, offset_ms: i64) {
        self.clock_offset_ms.set(offset_ms);
    }
}

/// A deployment, alone in its test.
pub(crate) struct Deployment {
    /// Its host, as the portal sees it.
    pub world: LocalWorld,
}

impl Drop for Deployment {
    fn drop(&mut self) {
        // The objects hold the host that holds them.
        self.restart();
    }
}

impl Deployment {
    /// A fresh one.
    pub(crate) fn new() -> Self {
        Self::opened(settings(false, Shards::ONE))
    }

    /// A fresh one with demo endpoints.
    pub(crate) fn demo() -> Self {
        Self::opened(settings(true, Shards::ONE))
    }

    /// A fresh one whose ledger is in so many books.
    pub(crate) fn in_books(count: u8) -> Self {
        Self::opened(settings(false, Shards::try_from(count).unwrap()))
    }

    /// A fresh one whose objects were never called.
    pub(crate) fn unopened() -> Self {
        Self::empty(settings(false, Shards::ONE))
    }

    fn empty(settings: Settings) -> Self {
        let count = Object::all(settings.municipality.shards).count();
        Self::over((0..count).map(|_| Rc::new(NativeSql::in_memory())).collect(), NOW, settings)
    }

    fn opened(settings: Settings) -> Self {
        let deployment = Self::empty(settings);
        for object in deployment.objects() {
            // Opens it over its empty database; ringing before anything is due does nothing else.
            deployment.ring(object).unwrap();
        }
        deployment
    }

    /// Every object it has.
    pub(crate) fn objects(&self) -> impl Iterator<Item = Object> {
        Object::all(self.world.shared.settings.municipality.shards)
    }

    fn over(databases: Vec<Rc<NativeSql>>, now: Timestamp, settings: Settings) -> Self {
        let (random, seed) = Random::new();
        println!("MEGURI_SEED={seed}");
        let shared = Shared {
            ledger: settings.municipality.shards.all().map(|_| RefCell::default()).collect(),
            alarms: databases.iter().map(|_| Cell::default()).collect(),
            settings,
            seal_keys: RefCell::new("06".repeat(32)),
            clock: Cell::new(now),
            random: RefCell::new(random),
            databases,
            registry: RefCell::default(),
            town: RefCell::default(),
            faults: Rc::default(),
            issuer: RefCell::default(),
            log: RefCell::default(),
            calls: RefCell::default(),
            restarts: Cell::new(false),
            listeners: RefCell::default(),
        };
        Self { world: LocalWorld { shared: Rc::new(shared), object: None, clock_offset_ms: Rc::default() } }
    }

    /// A deployment of its own with the same rows, clock and alarms, no living objects and no faults.
    pub(crate) fn fork(&self) -> Self {
        let databases = self.world.shared.databases.iter().map(|database| Rc::new(super::books::copy(database)));
        let settings = self.world.shared.settings.clone();
        let fork = Self::over(databases.collect(), self.world.shared.clock.get(), settings);
        // Ids already drawn must not come again.
        fork.world.shared.random.borrow_mut().0 = self.world.shared.random.borrow().0;
        for (theirs, ours) in fork.world.shared.alarms.iter().zip(&self.world.shared.alarms) {
            theirs.set(ours.get());
        }
        fork
    }

    /// A Registry of its own over the deployment's rows.
    #[cfg(feature = "bench")]
    pub(crate) fn registry(&self) -> Registry<Disk, LocalWorld> {
        let (disk, world) = self.world.of(Object::Registry);
        self.world.registry(disk, world).unwrap()
    }

    /// The host as that object sees it.
    pub(crate) fn world_of(&self, object: Object) -> LocalWorld {
        self.world.of(object).1
    }

    /// The faults to come.
    pub(crate) fn faults(&self) -> &Faults {
        &self.world.shared.faults
    }

    /// Somebody listens to the Town, who knows of changes up to that one.
    pub(crate) fn listen(&self, ear: Ear) -> Result<usize, Denied> {
        let (disk, world) = self.world.of(Object::Town);
        let town = seated(&self.world.shared.town, || Town::open(disk, world)).unwrap();
        let listener = block_on(town.listener(ear)).unwrap()?;
        self.world.shared.listeners.borrow_mut().push((Some(listener), Vec::new()));
        town.tell_newcomer(ear.about);
        Ok(self.world.shared.listeners.borrow().len() - 1)
    }

    /// What that listener was told since this was last asked; none once they were sent away.
    pub(crate) fn told(&self, listener: usize) -> Option<Vec<String>> {
        let (place, told) = &mut self.world.shared.listeners.borrow_mut()[listener];
        place.is_some().then(|| std::mem::take(told))
    }

    /// The objects end; the next call opens them again over their databases.
    pub(crate) fn restart(&self) {
        self.faults().restore();
        *self.world.shared.registry.borrow_mut() = None;
        self.world.shared.ledger.iter().for_each(|book| *book.borrow_mut() = None);
        *self.world.shared.town.borrow_mut() = None;
    }

    /// Other keys for what is sealed, from the next start of the Registry on.
    pub(crate) fn set_seal_keys(&self, keys: String) {
        *self.world.shared.seal_keys.borrow_mut() = keys;
    }

    /// From now on [`Self::restart_if_asked`] restarts.
    pub(crate) fn always_restart(&self) {
        self.world.shared.restarts.set(true);
    }

    /// Restarts if the test asked for it.
    pub(crate) fn restart_if_asked(&self) {
        if self.world.shared.restarts.get() {
            self.restart();
        }
    }

    /// The clock.
    pub(crate) fn now(&self) -> Timestamp {
        self.world.shared.clock.get()
    }

    /// Sets the clock.
    pub(crate) fn set_now(&self, now: Timestamp) {
        self.world.shared.clock.set(now);
    }

    /// Moves the clock on.
    pub(crate) fn wait(&self, seconds: i64) {
        self.set_now(self.now().plus_seconds(seconds));
    }

    /// When the object is to be woken.
    pub(crate) fn alarm(&self, object: Object) -> Option<Timestamp> {
        self.world.shared.alarms[place(object)].get()
    }

    /// Rings once, due or not. A ring that fails is due again, as the runtime does it.
    pub(crate) fn ring(&self, object: Object) -> Result<(), Fault> {
        let alarm = &self.world.shared.alarms[place(object)];
        let before = alarm.take();
        let rung = block_on(self.world.ring(object));
        if rung.is_err() {
            alarm.set(alarm.get().or(before).or(Some(self.now())));
        }
        rung
    }

    /// Rings what is due, and what falls due within ten minutes, as often as it takes. The clock moves on to each alarm.
    pub(crate) fn ring_until_quiet(&self) {
        let end = self.now().plus_seconds(600);
        for _ in 0..200 {
            let due = self.objects().filter_map(|object| Some((self.alarm(object)?, place(object), object)));
            let Some((at, _, object)) = due.filter(|(at, ..)| *at <= end).min_by_key(|(at, number, _)| (*at, *number))
            else {
                return;
            };
            self.set_now(self.now().max(at));
            if self.ring(object).is_err() {
                self.restart();
            }
        }
        panic!("the alarms never end");
    }

    /// A database, past any planned fault.
    pub(crate) fn database(&self, object: Object) -> &NativeSql {
        &self.world.shared.databases[place(object)]
    }

    /// What was logged.
    pub(crate) fn log(&self) -> Vec<String> {
        self.world.shared.log.borrow().clone()
    }

    /// How many calls of the object there were.
    pub(crate) fn calls(&self, object: Object) -> usize {
        self.world.shared.calls.borrow().iter().filter(|called| **called == object).count()
    }

    /// Calls an object as another object would, past any planned fault.
    pub(crate) fn call<Q: serde::Serialize, A: serde::de::DeserializeOwned>(&self, object: Object, call: &Q) -> A {
        let answer = block_on(self.world.tell(Caller::Object, object, &wire::encode(call).unwrap())).unwrap();
        wire::decode_trusted(&answer).unwrap()
    }

    /// The issuer, to be troubled.
    pub(crate) fn issuer(&self) -> std::cell::RefMut<'_, CardIssuer> {
        self.world.shared.issuer.borrow_mut()
    }
}
