//! Medians, ratios, and how they are shown.

use serde::Serialize;

/// One row: ours beside one peer.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// Id of `docs/TESTING.md`, with a suffix.
    pub id: String,
    /// Who the peer is.
    pub peer_name: &'static str,
    /// What is counted.
    pub unit: &'static str,
    /// Concurrent clients; none where nobody waits for it.
    pub clients: usize,
    /// A figure a round.
    pub ours: Vec<f64>,
    /// A figure a round.
    pub peer: Vec<f64>,
    /// Latencies in milliseconds, where they are part of the bar: p50 and p99, a pair a round, ours and the peer's.
    pub latencies: Option<[Vec<(f64, f64)>; 2]>,
}

/// The line of the contract, in its order.
#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    ours: f64,
    peer: f64,
    ratio: f64,
    unit: &'a str,
    clients: usize,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    latencies: Option<Latencies>,
}

#[derive(Serialize)]
struct Latencies {
    ours_p50_ms: f64,
    ours_p99_ms: f64,
    peer_p50_ms: f64,
    peer_p99_ms: f64,
}

/// The middle; the mean of both middles where there are two, zero of nothing.
pub fn median(figures: &[f64]) -> f64 {
    let mut sorted = figures.to_vec();
    sorted.sort_by(f64::total_cmp);
    let (low, high) = (sorted.get(sorted.len().saturating_sub(1) / 2), sorted.get(sorted.len() / 2));
    low.zip(high).map_or(0.0, |(low, high)| f64::midpoint(*low, *high))
}

/// The second of each pair: the 99th percentiles of its rounds.
pub fn p99(pairs: &[(f64, f64)]) -> Vec<f64> {
    pairs.iter().map(|(_, most)| *most).collect()
}

/// The figure that this many per cent do not exceed; zero of nothing.
pub fn percentile(figures: &[f64], per_cent: usize) -> f64 {
    let mut sorted = figures.to_vec();
    sorted.sort_by(f64::total_cmp);
    let rank = (sorted.len() * per_cent).div_ceil(100).saturating_sub(1);
    sorted.get(rank).copied().unwrap_or(0.0)
}

fn middle(pairs: &[(f64, f64)]) -> (f64, f64) {
    let (first, second): (Vec<_>, Vec<_>) = pairs.iter().copied().unzip();
    (median(&first), median(&second))
}

fn to_places(figure: f64, places: i32) -> f64 {
    let scale = 10f64.powi(places);
    (figure * scale).round() / scale
}

impl Comparison {
    /// Ours over the peer's.
    pub fn ratio(&self) -> f64 {
        median(&self.ours) / median(&self.peer)
    }

    /// One line for machines.
    pub fn json(&self) -> String {
        let latencies = self.latencies.as_ref().map(|[ours, peer]| {
            let (ours, peer) = (middle(ours), middle(peer));
            let [ours_p50_ms, ours_p99_ms, peer_p50_ms, peer_p99_ms] =
                [ours.0, ours.1, peer.0, peer.1].map(|figure| to_places(figure, 2));
            Latencies { ours_p50_ms, ours_p99_ms, peer_p50_ms, peer_p99_ms }
        });
        let line = Line {
            id: &self.id,
            ours: to_places(median(&self.ours), 1),
            peer: to_places(median(&self.peer), 1),
            ratio: to_places(self.ratio(), 3),
            unit: self.unit,
            clients: self.clients,
            latencies,
        };
        // Texts and finite numbers: there is nothing in it that cannot be written.
        serde_json::to_string(&line).unwrap_or_default()
    }

    fn rows(&self) -> Vec<[String; 5]> {
        let spread = |figures: &[f64]| {
            let low = figures.iter().copied().fold(f64::INFINITY, f64::min);
            let high = figures.iter().copied().fold(0.0, f64::max);
            let places = if high < 100.0 { 1 } else { 0 };
            format!("{:.places$} ({low:.places$}–{high:.places$})", median(figures))
        };
        let mut rows = vec![[
            self.id.clone(),
            spread(&self.ours),
            spread(&self.peer),
            format!("{:.2}×", self.ratio()),
            match self.clients {
                0 => format!("{}, against {}", self.unit, self.peer_name),
                clients => format!("{}, {clients} clients, against {}", self.unit, self.peer_name),
            },
        ]];
        if let Some([ours, peer]) = &self.latencies {
            let (ours, peer) = (middle(ours), middle(peer));
            for (name, ours, peer) in [("p50", ours.0, peer.0), ("p99", ours.1, peer.1)] {
                let shown = |figure: f64| format!("{figure:.2}");
                rows.push([format!("  {name}"), shown(ours), shown(peer), String::new(), "ms".to_owned()]);
            }
        }
        rows
    }
}

/// The table for people, under its notes.
pub fn table(notes: &[String], comparisons: &[Comparison]) -> String {
    let head = ["", "ours", "peer", "ratio", ""].map(str::to_owned);
    let rows: Vec<_> = std::iter::once(head).chain(comparisons.iter().flat_map(Comparison::rows)).collect();
    let width = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..5).map(width).collect();
    let mut text = String::from("\n");
    for note in notes {
        text.push_str(&format!("  {note}\n"));
    }
    text.push('\n');
    for row in &rows {
        let cells: Vec<String> = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        text.push_str(&format!("  {}\n", cells.join("  ").trim_end()));
    }
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn comparison() -> Comparison {
        Comparison {
            id: "P3-hot".to_owned(),
            peer_name: "pgbench",
            unit: "transfers/s",
            clients: 64,
            ours: vec![30.0, 10.0, 20.0],
            peer: vec![10.0, 8.0, 9.0, 11.0],
            latencies: None,
        }
    }

    #[test]
    fn medians_of_odd_even_and_none() {
        assert_eq!(median(&[3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(&[4.0, 1.0, 2.0, 3.0]), 2.5);
        assert_eq!(median(&[]), 0.0);
    }

    #[test]
    fn the_line_for_machines_keeps_the_contract() {
        let expected = r#"{"id":"P3-hot","ours":20.0,"peer":9.5,"ratio":2.105,"unit":"transfers/s","clients":64}"#;
        assert_eq!(comparison().json(), expected);
    }

    #[test]
    fn the_table_says_latencies_where_there_are_any() {
        let latencies = Some([vec![(1.0, 2.0)], vec![(3.0, 4.0)]]);
        let text = table(&["a note".to_owned()], &[Comparison { latencies, ..comparison() }]);
        assert!(text.contains("a note") && text.contains("2.11×") && text.contains("p99"), "{text}");
    }
}
