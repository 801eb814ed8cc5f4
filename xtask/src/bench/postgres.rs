//! PostgreSQL 15 as the Debian package ships it: its own data folder, private port and socket, `fsync` on, settings stock.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::setup;
use crate::step::{Because, Outcome, read, run, step};

use super::{folder, free_port};

const PROGRAMS: &str = "/usr/lib/postgresql/15/bin";
/// The role and the database.
pub const NAME: &str = "meguri";

/// A running server that ends with us.
pub struct Postgres {
    child: std::process::Child,
    /// Folder of the socket.
    pub socket: PathBuf,
    /// Its port.
    pub port: u16,
}

/// What pgbench counted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Counted {
    /// Transactions done.
    pub transactions: u64,
    /// A second, without the time to connect.
    pub rate: f64,
}

impl Postgres {
    /// Makes an empty cluster and starts it.
    pub fn start() -> Outcome<Self> {
        if !Path::new(PROGRAMS).join("postgres").exists() {
            step("install PostgreSQL 15", || setup::debian(&["postgresql-15"]))?;
        }
        step("start PostgreSQL", || {
            let home = folder().join("pg");
            // Nothing there is as good as emptied; what cannot be emptied fails in initdb.
            let _ = fs::remove_dir_all(&home);
            fs::create_dir_all(&home).because(home.display())?;
            let user = unprivileged()?;
            if let Some(user) = &user {
                run(Command::new("chown").arg(user).arg(&home))?;
            }
            let data = home.join("data");
            let cluster = ["--auth=trust", "--no-locale", "--encoding=UTF8", "--username", NAME, "--pgdata"];
            read(program(user.as_deref(), "initdb").args(cluster).arg(&data))
                .map_err(|problem| unreachable(&home, &problem))?;
            let port = free_port()?;
            let log = fs::File::create(folder().join("postgres.log")).because("the log of PostgreSQL")?;
            let child = program(user.as_deref(), "postgres")
                .arg("-D")
                .arg(&data)
                .arg("-k")
                .arg(&home)
                .args(["-p", &port.to_string(), "-c", "listen_addresses=127.0.0.1", "-c", "fsync=on"])
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .stderr(log)
                .spawn()
                .because("starting PostgreSQL")?;
            let server = Self { child, socket: home, port };
            server.wait()?;
            server.psql_in("postgres", &format!("CREATE DATABASE {NAME}"))?;
            Ok(server)
        })
    }

    fn wait(&self) -> Outcome {
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(30) {
            if self.psql_in("postgres", "SELECT 1").is_ok() {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Err(format!("PostgreSQL did not answer within 30 s: see {}", folder().join("postgres.log").display()))
    }

    fn connection(&self, name: &str) -> Command {
        let mut command = program(None, name);
        command.arg("-h").arg(&self.socket).args(["-p", &self.port.to_string(), "-U", NAME]);
        command
    }

    fn psql_in(&self, database: &str, sql: &str) -> Outcome<String> {
        let quiet = ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", sql];
        Ok(read(self.connection("psql").args(quiet))?.trim().to_owned())
    }

    /// Says some SQL and gives what it answers, columns apart by `|`.
    pub fn sql(&self, sql: &str) -> Outcome<String> {
        self.psql_in(NAME, sql)
    }

    /// Says what is in a file.
    pub fn file(&self, path: &Path) -> Outcome {
        read(self.connection("psql").args(["-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", NAME, "-f"]).arg(path)).map(drop)
    }

    /// One whole number.
    pub fn number(&self, sql: &str) -> Outcome<u64> {
        let answer = self.sql(sql)?;
        answer.parse().because(format!("`{sql}` answered `{answer}`"))
    }

    /// Runs a script with pgbench.
    pub fn pgbench(&self, script: &Path, clients: usize, seconds: u64) -> Outcome<Counted> {
        let threads = std::thread::available_parallelism().map_or(1, usize::from).min(clients);
        let (clients, threads, seconds) = (clients.to_string(), threads.to_string(), seconds.to_string());
        let arguments = ["-n", "-M", "prepared", "-c", &clients, "-j", &threads, "-T", &seconds, "-f"];
        counted(&read(self.connection("pgbench").args(arguments).arg(script).arg(NAME))?)
    }

    /// For drivers: over the socket, which is the faster way.
    pub fn url(&self) -> String {
        format!("host={} port={} user={NAME} dbname={NAME}", self.socket.display(), self.port)
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // SIGINT is its fast shutdown; it leaves no shared memory behind. What does not end is killed.
        let _ = Command::new("kill").args(["-INT", &self.child.id().to_string()]).status();
        let start = Instant::now();
        while matches!(self.child.try_wait(), Ok(None)) {
            if start.elapsed() > Duration::from_secs(10) {
                let _ = self.child.kill();
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

/// PostgreSQL refuses to run as root: then its own user runs it.
fn unprivileged() -> Outcome<Option<String>> {
    let root = read(Command::new("id").arg("-u"))?.trim() == "0";
    if root && read(Command::new("id").args(["-u", "postgres"])).is_err() {
        return Err("PostgreSQL does not run as root, and there is no user `postgres` to run it".to_owned());
    }
    Ok(root.then(|| "postgres".to_owned()))
}

fn program(user: Option<&str>, name: &str) -> Command {
    let path = Path::new(PROGRAMS).join(name);
    match user {
        Some(user) => {
            let mut command = Command::new("setpriv");
            command.args([&format!("--reuid={user}"), &format!("--regid={user}"), "--clear-groups", "--"]).arg(path);
            // Where we are may be closed to that user.
            command.current_dir("/");
            command
        }
        None => Command::new(path),
    }
}

fn unreachable(home: &Path, problem: &str) -> String {
    format!("{problem}\n(as root, every folder above {} must be open to the user `postgres`)", home.display())
}

fn counted(output: &str) -> Outcome<Counted> {
    let after = |mark: &str| {
        let rest = output.lines().find_map(|line| line.strip_prefix(mark));
        rest.and_then(|rest| rest.split([' ', '/']).next())
            .ok_or_else(|| format!("pgbench does not say `{mark}`:\n{output}"))
    };
    let failed = after("number of failed transactions: ")?;
    if failed != "0" {
        return Err(format!("{failed} transactions of pgbench failed"));
    }
    Ok(Counted {
        transactions: after("number of transactions actually processed: ")?.parse().because("pgbench")?,
        rate: after("tps = ")?.parse().because("pgbench")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAID: &str = "pgbench (15.20)\nnumber of clients: 64\nnumber of transactions actually processed: 1234\n\
                        number of failed transactions: 0 (0.000%)\nlatency average = 1.0 ms\n\
                        tps = 246.800000 (without initial connection time)\n";

    #[test]
    fn what_pgbench_says_is_understood() {
        assert_eq!(counted(SAID), Ok(Counted { transactions: 1234, rate: 246.8 }));
        assert!(counted(&SAID.replace("failed transactions: 0", "failed transactions: 2")).is_err());
        assert!(counted("").is_err());
    }
}
