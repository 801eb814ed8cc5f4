//! The peer for pages: SvelteKit with adapter-node, built from `xtask/bench/sveltekit-peer`.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use crate::server::Running;
use crate::step::{Because, Outcome, is_fresh, run, step};
use crate::{build, places};

use super::dashboard::{Content, OTHER, READER, Stands};
use super::postgres::Postgres;
use super::{folder, free_port};

/// The cookie of the reader's session.
pub const SESSION: &str = "5a1f0c3e9b7d42868d15e6f3a0c4b29e";

fn source() -> PathBuf {
    places::root().join("xtask/bench/sveltekit-peer")
}

/// Puts the rows of the page into the database.
pub fn fill(postgres: &Postgres, content: &Content) -> Outcome {
    postgres.file(&source().join("schema.sql"))?;
    let text = |text: &str| format!("'{}'", text.replace('\'', "''"));
    let mut sql = format!(
        "INSERT INTO person VALUES (1, {}, {}, 0), (2, {}, 0, 0);
         INSERT INTO session VALUES ('{SESSION}', 1, now() + interval '2 days');",
        text(READER),
        content.available_points(),
        text(OTHER),
    );
    for area in areas()? {
        sql.push_str(&format!("INSERT INTO area VALUES ({}, {});", text(&area.0), text(&area.1)));
    }
    for (asked, job) in content.jobs.iter().enumerate() {
        let (helper, phase) = match job.stands {
            Stands::Coming => ("1", "agreed"),
            Stands::Open => ("NULL", "open"),
            Stands::Thanked => ("1", "paid"),
        };
        let at = |minute| format!("to_timestamp({})", content.day.at_minute(minute).seconds());
        sql.push_str(&format!(
            "INSERT INTO job VALUES ({}, 2, {helper}, {}, {}, {}, {}, {}, {}, '{phase}');",
            text(&job.word),
            text(job.title),
            text(job.area),
            at(job.from_minute),
            at(job.from_minute + 120),
            job.to_helper,
            format_args!("to_timestamp({})", content.day.at_minute(30).seconds() + asked as i64),
        ));
    }
    // Newest first on the page: later jobs were thanked for later.
    for (index, (job, message)) in content.jobs.iter().filter_map(|job| Some((job, job.thanks?))).enumerate() {
        let at = content.day.at_minute(30).seconds() + index as i64;
        sql.push_str(&format!(
            "INSERT INTO thanks VALUES ({}, 2, 1, {}, to_timestamp({at}));",
            text(&job.word),
            text(message)
        ));
    }
    postgres.sql(&sql)?;
    postgres.sql("VACUUM ANALYZE").map(drop)
}

/// Words and names of the demo town's areas.
fn areas() -> Outcome<Vec<(String, String)>> {
    let path = places::root().join("edge/demo/municipality.json");
    let text = fs::read_to_string(&path).because(path.display())?;
    let town: serde_json::Value = serde_json::from_str(&text).because(path.display())?;
    let areas = town.get("areas").and_then(serde_json::Value::as_array).ok_or("the demo town has no areas")?;
    let word = |area: &serde_json::Value, name: &str| Some(area.get(name)?.as_str()?.to_owned());
    Ok(areas.iter().filter_map(|area| Some((word(area, "code")?, word(area, "name")?))).collect())
}

/// Builds and starts the peer; its clock is as far ahead as the demo's.
pub fn start(postgres: &Postgres, content: &Content) -> Outcome<Running> {
    let built = built()?;
    let port = free_port()?;
    let child = Command::new("node")
        .arg(built.join("build/index.js"))
        .env("NODE_ENV", "production")
        .env("HOST", "127.0.0.1")
        .env("PORT", port.to_string())
        .env("ORIGIN", format!("http://localhost:{port}"))
        .env("PGHOST", &postgres.socket)
        .env("PGPORT", postgres.port.to_string())
        .env("PGUSER", super::postgres::NAME)
        .env("PGDATABASE", super::postgres::NAME)
        .env("CLOCK_AHEAD_SECONDS", content.offset_seconds.to_string())
        .current_dir(&built)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .spawn()
        .because("starting the SvelteKit peer")?;
    let mut running = Running::adopt(child, port);
    running.wait_for("/healthz", "the SvelteKit peer")?;
    Ok(running)
}

/// Installs and builds it outside the sources; what did not change is left alone.
fn built() -> Outcome<PathBuf> {
    let place = folder().join("sveltekit");
    let files: Vec<PathBuf> = build::files(&source())?;
    let newest: Vec<_> = files.iter().map(PathBuf::as_path).collect();
    if is_fresh(&place.join("build/index.js"), &newest) {
        return Ok(place);
    }
    step("build the SvelteKit peer", || {
        for file in &files {
            let name = file.strip_prefix(source()).because(file.display())?;
            let copy = place.join(name);
            fs::create_dir_all(copy.parent().unwrap_or(&place)).because(copy.display())?;
            fs::copy(file, &copy).because(copy.display())?;
        }
        let npm = |arguments: &[&str]| {
            run(Command::new("npm").args(arguments).args(["--loglevel=error"]).current_dir(&place))
        };
        npm(&["install", "--no-audit", "--no-fund", "--ignore-scripts"])?;
        crate::step::read(Command::new("npm").args(["run", "--silent", "build"]).current_dir(&place)).map(drop)
    })?;
    Ok(place)
}
