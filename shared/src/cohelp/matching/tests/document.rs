//! `docs/MATCHING.md` says the points that are given.

use crate::cohelp::matching::score::*;

#[test]
fn the_document_has_the_table_of_points() {
    let rows = [
        ("`Near`", format!("{NEAR_POINTS} next door, one less for every {NEAR_STEP_METRES} m")),
        ("`WorkedTogether`", format!("{TOGETHER_POINTS} for each time, up to {TOGETHER_TIMES_MAX}")),
        ("`EvidenceShown`", EVIDENCE_POINTS.to_string()),
        ("`Speaks`", LANGUAGE_POINTS.to_string()),
        ("`FewJobsLately`", format!("{FAIRNESS_POINTS}, {FAIRNESS_STEP_POINTS} less for each job")),
        ("`WholeWindow`", WHOLE_WINDOW_POINTS.to_string()),
        ("`SaysYes`", format!("{YES_POINTS} × (yes + 1) ÷ (asked + 2)")),
        ("at most", POINTS_MAX.to_string()),
    ];
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/MATCHING.md");
    let document = std::fs::read_to_string(path).unwrap();
    for (reason, points) in rows {
        let row = format!("| {reason} | {points} |");
        assert!(document.contains(&row), "docs/MATCHING.md lacks: {row}");
    }
}
