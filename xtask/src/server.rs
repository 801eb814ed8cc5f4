//! The product's own server: `workerd` with the built modules, objects on disk, settings from the environment.

use std::fs::{self, File, Permissions};
use std::io::ErrorKind;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::places;
use crate::step::{Because, Outcome};

/// How to serve.
pub struct Plan {
    /// Port on the loopback address.
    pub port: u16,
    /// Where the objects' databases live.
    pub data: PathBuf,
    /// Which built module: `edge`, or `selftest`.
    pub module: &'static str,
    /// What the worker is told, by name.
    pub environment: Vec<(String, String)>,
    /// Where what it says goes; without one, to our own output.
    pub log: Option<PathBuf>,
}

/// How long a server may take to answer whether it is ready.
const ANSWER: Duration = Duration::from_secs(20);

/// The objects' door, in the data folder: a socket that only the portal goes through.
const DOOR: &str = "door.socket";

/// Whether objects are running on that folder.
pub fn is_served(data: &Path) -> bool {
    UnixStream::connect(data.join(DOOR)).is_ok()
}

/// A running program that ends with us.
pub struct Running {
    child: Child,
    /// Where it answers.
    pub port: u16,
}

/// Names of the settings; each is bound from the environment, so that none is ever in a file.
pub const SETTINGS: [&str; 7] = [
    "MEGURI_ORIGIN",
    "MEGURI_MUNICIPALITY",
    "MEGURI_CARD_ISSUER",
    "MEGURI_ADDRESS_HEADER",
    "MEGURI_JPKI_CAS",
    "MEGURI_ASSETS",
    "MEGURI_DEMO",
];

/// Names of what only the objects are told.
pub const SECRETS: [&str; 5] =
    ["MEGURI_CARD_CLIENT", "MEGURI_CARD_KEY", "MEGURI_PERSON_KEY", "MEGURI_SEAL_KEY", "MEGURI_STAFF_LINKS"];

/// The server: the objects and the portal, each a process, because the runtime answers on one thread (docs/adr/0009).
/// Both end with us.
pub struct Server {
    portal: Running,
    objects: Running,
}

impl Server {
    /// Whether both still run.
    pub fn is_running(&mut self) -> bool {
        self.portal.is_running() && self.objects.is_running()
    }

    /// Kills both at once, as a power cut would (SIGKILL).
    pub fn kill(&mut self) {
        self.objects.kill();
        self.portal.kill();
    }

    /// Kills the objects and leaves the portal without them.
    pub fn kill_objects(&mut self) {
        self.objects.kill();
    }

    /// Starts the objects again behind the portal that is there, and waits until it answers.
    pub fn start_objects(&mut self, plan: &Plan) -> Outcome {
        let data = prepare(&plan.data)?;
        self.objects = workerd(plan, &data, "objects", &objects(&data), &[])?;
        self.portal.wait_for("/readyz", "the server")
    }
}

/// Starts the server and waits until it answers.
pub fn start(plan: &Plan) -> Outcome<Server> {
    must_be_free(plan.port)?;
    let data = prepare(&plan.data)?;
    let mut objects = workerd(plan, &data, "objects", &objects(&data), &[])?;
    let mut portal = workerd(plan, &data, "portal", &portal(plan), &SECRETS)?;
    match portal.wait_for("/readyz", "the server") {
        Err(_) if !objects.is_running() => Err("the objects' process ended at once".to_owned()),
        waited => waited.map(|()| Server { portal, objects }),
    }
}

/// Starts the objects alone, their module's own worker in front.
pub fn start_alone(plan: &Plan) -> Outcome<Running> {
    must_be_free(plan.port)?;
    let data = prepare(&plan.data)?;
    let mut running = workerd(plan, &data, "objects", &alone(plan, &data), &[])?;
    running.wait_for("/healthz", "the server")?;
    Ok(running)
}

/// The data folder, for its owner only, whole as a path because the server works in it; and nobody else's door in it.
fn prepare(data: &Path) -> Outcome<PathBuf> {
    fs::create_dir_all(data).because(data.display())?;
    fs::set_permissions(data, Permissions::from_mode(0o700)).because(data.display())?;
    let data = data.canonicalize().because(data.display())?;
    let door = data.join(DOOR);
    if is_served(&data) {
        return Err(format!("{} is in use by another server", data.display()));
    }
    match fs::remove_file(&door) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(format!("{}: {error}", door.display())),
        _ => Ok(data),
    }
}

/// Starts a process of the server; what is `withheld` it cannot find in its environment either.
fn workerd(plan: &Plan, data: &Path, name: &str, configuration: &str, withheld: &[&str]) -> Outcome<Running> {
    let config = places::built().join(plan.module).join(format!("{name}.capnp"));
    fs::write(&config, configuration).because("writing the server's configuration")?;
    let mut command = Command::new(places::workerd()?);
    command.arg("serve").arg(&config).arg("--experimental");
    command.envs(plan.environment.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    withheld.iter().for_each(|name| {
        command.env_remove(name);
    });
    if let Some(log) = &plan.log {
        let open = || File::options().create(true).append(true).open(log).because(log.display());
        command.stdout(open()?).stderr(open()?);
    }
    let child = command
        // The door is named from here: the whole path may be longer than a socket's can be.
        .current_dir(data)
        .stdin(Stdio::null())
        .spawn()
        .because("starting workerd")?;
    Ok(Running { child, port: plan.port })
}

/// The port is free, or one clear sentence.
pub fn must_be_free(port: u16) -> Outcome {
    TcpListener::bind(("127.0.0.1", port)).map(drop).map_err(|_| {
        format!("port {port} is in use: stop what runs there, or choose another in MEGURI_PORT or MEGURI_CARD_PORT")
    })
}

impl Running {
    /// A started program that will answer on that port.
    pub fn adopt(child: Child, port: u16) -> Self {
        Self { child, port }
    }

    /// Waits until the path answers 200; gives up when the program ends or after half a minute.
    pub fn wait_for(&mut self, path: &str, name: &str) -> Outcome {
        let url = format!("http://127.0.0.1:{}{path}", self.port);
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(30) {
            if let Ok(Some(status)) = self.child.try_wait() {
                return Err(format!("{name} ended at once ({status})"));
            }
            match ureq::get(&url).config().timeout_global(Some(ANSWER)).build().call() {
                Ok(answer) if answer.status() == 200 => return Ok(()),
                // Whoever is not ready says so; a question that is never answered is a fault, and must not keep us.
                Err(ureq::Error::Timeout(_)) => {
                    return Err(format!("{name} took a question on port {} and did not answer it", self.port));
                }
                _ => std::thread::sleep(Duration::from_millis(25)),
            }
        }
        Err(format!("{name} did not answer on port {} within 30 s", self.port))
    }

    /// Whether it still runs.
    pub fn is_running(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// Kills it at once, as a power cut would (SIGKILL).
    pub fn kill(&mut self) {
        // Already ended is as good as killed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.kill();
    }
}

fn objects(data: &Path) -> String {
    object_process(data, &format!("unix:{DOOR}"), "(name = \"worker\", entrypoint = \"Objects\")")
}

fn alone(plan: &Plan, data: &Path) -> String {
    object_process(data, &format!("127.0.0.1:{}", plan.port), "\"worker\"")
}

fn object_process(data: &Path, address: &str, front: &str) -> String {
    let services = format!(
        r#"(name = "data", disk = (path = {}, writable = true)),
    (name = "internet", network = (allow = ["public", "private"], tlsOptions = (trustBrowserCas = true))),"#,
        quoted(data)
    );
    let objects = [("REGISTRY", "Registry"), ("LEDGER", "Ledger"), ("TOWN", "Town")];
    let each =
        |line: fn(&str, &str) -> String| objects.iter().map(|(name, class)| line(name, class)).collect::<String>();
    let namespaces = each(|_, class| {
        format!("(className = \"{class}\", uniqueKey = \"meguri-{class}\", enableSql = true, preventEviction = true), ")
    });
    let stubs = each(|name, class| format!("(name = \"{name}\", durableObjectNamespace = \"{class}\"), "));
    let texts = from_environment(SETTINGS.into_iter().chain(SECRETS));
    let objects = format!(
        r#"durableObjectNamespaces = [{namespaces}],
  durableObjectStorage = (localDisk = "data"),
  bindings = [{stubs}{texts}],"#
    );
    configuration(address, front, &services, &objects)
}

fn portal(plan: &Plan) -> String {
    let services = format!(
        r#"(name = "assets", disk = (path = {}, writable = false)),
    (name = "objects", external = (address = "unix:{DOOR}", http = ())),
    (name = "internet", network = (allow = [])),"#,
        quoted(&places::built().join("assets"))
    );
    let bindings = format!(
        r#"durableObjectNamespaces = [(className = "Line", uniqueKey = "meguri-Line", preventEviction = true)],
  durableObjectStorage = (inMemory = void),
  bindings = [(name = "ASSETS", service = "assets"), (name = "OBJECTS", service = "objects"), (name = "LINE", durableObjectNamespace = "Line"), {}],"#,
        from_environment(SETTINGS)
    );
    configuration(&format!("127.0.0.1:{}", plan.port), "\"worker\"", &services, &bindings)
}

fn from_environment(names: impl IntoIterator<Item = &'static str>) -> String {
    names.into_iter().map(|name| format!("(name = \"{name}\", fromEnvironment = \"{name}\"), ")).collect()
}

fn quoted(path: &Path) -> String {
    format!("{:?}", path.display().to_string())
}

fn configuration(address: &str, front: &str, services: &str, bindings: &str) -> String {
    format!(
        r#"using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  # Room for short-lived objects, in MiB: requests leave many, and every sweep stops the one thread that answers.
  v8Flags = ["--min-semi-space-size=32"],
  services = [
    (name = "worker", worker = .worker),
    {services}
  ],
  sockets = [(name = "http", address = "{address}", http = (), service = {front})]
);

const worker :Workerd.Worker = (
  modules = [
    (name = "index.js", esModule = embed "index.js"),
    (name = "edge_bg.wasm", wasm = embed "edge_bg.wasm"),
  ],
  compatibilityDate = "2026-10-01",
  {bindings}
  globalOutbound = "internet",
);
"#
    )
}
