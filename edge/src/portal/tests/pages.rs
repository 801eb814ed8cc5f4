//! Small pages: language, health, the journal for machines.

use shared::kernel::Role;

use crate::http::Body;
use crate::testing::{Browser, Deployment, Resident, status_line};

#[test]
fn the_language_is_kept_and_leads_back() {
    let deployment = Deployment::new();
    let mut browser = Browser::new(&deployment, 1);
    let answer = browser.get("/language/en?next=/help/new");
    assert_eq!(status_line(&answer), (303, "/help/new"));
    assert!(answer.header("set-cookie").is_some_and(|line| line.contains("-language=en")));
    assert!(browser.get("/language/xx").header("set-cookie").is_none());
}

#[test]
fn no_next_path_leaves_the_site() {
    let deployment = Deployment::new();
    for evil in
        ["//evil.example", "https://evil.example", "/%5Cevil.example", "%2F%2Fevil.example", "/%0D%0Ax", "javascript:x"]
    {
        let mut browser = Browser::new(&deployment, 1);
        assert_eq!(status_line(&browser.get(&format!("/language/en?next={evil}"))), (303, "/"), "{evil}");
    }
}

#[test]
fn health_and_readiness() {
    let deployment = Deployment::new();
    let mut browser = Browser::new(&deployment, 1);
    assert_eq!(browser.get("/healthz").status, 200);
    assert_eq!(browser.get("/readyz").status, 200);
}

#[test]
fn the_journal_is_lines_an_auditor_can_check() {
    let deployment = Deployment::new();
    let (mut officer, mut auditor) =
        (Resident::staff(&deployment, Role::Officer), Resident::staff(&deployment, Role::Auditor));
    let resident = Resident::join(&deployment, 1);
    assert_eq!(officer.grant(&resident, 120, 1).status, 303);
    let answer = auditor.browser.get("/api/v1/ledger/entries");
    assert_eq!(answer.header("content-type"), Some("application/jsonl"));
    let Body::Text(text) = &answer.body else { panic!("no text") };
    let lines: Vec<serde_json::Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let entries = deployment.journal();
    assert_eq!(lines.len(), entries.len());
    for (line, entry) in lines.iter().zip(&entries) {
        let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        assert_eq!(line["seq"], entry.seq);
        assert_eq!(line["hash"], hex(&entry.hash));
        assert_eq!(line["body"], hex(&entry.body().unwrap()));
    }
    let Body::Text(rest) = &auditor.browser.get("/api/v1/ledger/entries?after=2").body else { panic!("no text") };
    assert_eq!(rest.lines().count(), entries.len() - 2);
    assert_eq!(auditor.browser.get("/api/v1/ledger/entries?after=x").status, 422);
}
