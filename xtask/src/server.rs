//! The product's own server: `workerd` with the built modules, objects on disk, settings from the environment.

use std::fs;
use std::net::TcpListener;
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
}

/// A running program that ends with us.
pub struct Running {
    child: Child,
    /// Where it answers.
    pub port: u16,
}

/// Names of the settings; each is bound from the environment, so that no secret is ever in a file.
pub const SETTINGS: [&str; 11] = [
    "MEGURI_ORIGIN",
    "MEGURI_MUNICIPALITY",
    "MEGURI_CARD_ISSUER",
    "MEGURI_CARD_CLIENT",
    "MEGURI_CARD_KEY",
    "MEGURI_PERSON_KEY",
    "MEGURI_SEAL_KEY",
    "MEGURI_STAFF_LINKS",
    "MEGURI_ASSETS",
    "MEGURI_DEMO",
    "MEGURI_VERSION",
];

/// Starts the server and waits until it answers.
pub fn start(plan: &Plan) -> Outcome<Running> {
    must_be_free(plan.port)?;
    fs::create_dir_all(&plan.data).because(plan.data.display())?;
    let config = places::built().join(plan.module).join("server.capnp");
    fs::write(&config, configuration(plan)).because("writing the server's configuration")?;
    let child = Command::new(places::workerd()?)
        .arg("serve")
        .arg(&config)
        .arg("--experimental")
        .envs(plan.environment.iter().map(|(name, value)| (name.as_str(), value.as_str())))
        .stdin(Stdio::null())
        .spawn()
        .because("starting workerd")?;
    let mut running = Running { child, port: plan.port };
    running.wait_for("/healthz", "the server")?;
    Ok(running)
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
            if ureq::get(&url).call().is_ok_and(|answer| answer.status() == 200) {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(25));
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

fn configuration(plan: &Plan) -> String {
    let objects = [("REGISTRY", "Registry"), ("LEDGER", "Ledger"), ("TOWN", "Town")];
    let namespaces: String = objects
        .iter()
        .map(|(_, class)| format!("(className = \"{class}\", uniqueKey = \"meguri-{class}\", enableSql = true), "))
        .collect();
    let stubs: String = objects
        .iter()
        .map(|(name, class)| format!("(name = \"{name}\", durableObjectNamespace = \"{class}\"), "))
        .collect();
    let texts: String =
        SETTINGS.iter().map(|name| format!("(name = \"{name}\", fromEnvironment = \"{name}\"), ")).collect();
    let quoted = |path: &Path| format!("{:?}", path.display().to_string());
    format!(
        r#"using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  # Room for short-lived objects, in MiB: requests leave many, and every sweep stops the one thread that answers.
  v8Flags = ["--min-semi-space-size=32"],
  services = [
    (name = "portal", worker = .portal),
    (name = "assets", disk = (path = {assets}, writable = false)),
    (name = "data", disk = (path = {data}, writable = true)),
    (name = "internet", network = (allow = ["public", "private"], tlsOptions = (trustBrowserCas = true))),
  ],
  sockets = [(name = "http", address = "127.0.0.1:{port}", http = (), service = "portal")]
);

const portal :Workerd.Worker = (
  modules = [
    (name = "index.js", esModule = embed "index.js"),
    (name = "edge_bg.wasm", wasm = embed "edge_bg.wasm"),
  ],
  compatibilityDate = "2026-10-01",
  durableObjectNamespaces = [{namespaces}],
  durableObjectStorage = (localDisk = "data"),
  bindings = [{stubs}{texts}(name = "ASSETS", service = "assets")],
  globalOutbound = "internet",
);
"#,
        assets = quoted(&places::built().join("assets")),
        data = quoted(&plan.data),
        port = plan.port,
    )
}
