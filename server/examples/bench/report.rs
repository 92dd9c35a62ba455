//! What was measured: one table to read, the same as JSON to keep.
//! Always true: an aim stands beside the number it is about, and whether it was met is decided here once.

use crate::{engine::Engine, load::Seen};
use serde_json::{Value, json};
use std::time::Duration;

/// A search or an expert page may cost this much of the time a page without data costs (ratio of throughputs).
pub const PAGE_RATIO_MIN: f64 = 0.15;
/// People do not notice less.
pub const P99_MS_MAX: f64 = 30.0;
/// A transfer reads and writes seven rows where the bare engine writes one.
pub const TRANSFER_RATIO_MIN: f64 = 0.30;
/// Somebody may be booking in the first minutes of a month, and waits for the closing.
pub const MONTH_END_MS_MAX: f64 = 5_000.0;
/// A meeting looks on while somebody opens the overview.
pub const OVERVIEW_P99_MS_MAX: f64 = 150.0;
/// A hundred times the postings may cost this much of the time: the sums are kept, not added up.
pub const FLAT_COST_MAX: f64 = 1.5;

/// One line of the table.
#[derive(Clone, Debug, Default)]
pub struct Row {
    pub engine: &'static str,
    pub what: String,
    pub value: f64,
    pub unit: &'static str,
    pub p50_ms: Option<f64>,
    pub p99_ms: Option<f64>,
    /// Against what `of` names.
    pub ratio: Option<(f64, &'static str)>,
    /// The aim in words, and whether it was met.
    pub aim: Option<(String, bool)>,
    pub note: String,
}

/// Every line.
#[derive(Debug, Default)]
pub struct Report {
    rows: Vec<Row>,
}

impl Row {
    /// Requests in a second, with how long they took.
    pub fn of_seen(engine: &Engine, what: impl Into<String>, seen: &Seen) -> Self {
        let mut note = format!("{:.1} kB", seen.bytes as f64 / 1000.0);
        if seen.statuses.keys().any(|status| *status != 200) {
            note = format!("{note}, {}", seen.statuses_in_words());
        }
        if let (count @ 1.., Some(why)) = &seen.unanswered {
            note = format!("{note}, {count} unanswered: {why}");
        }
        Self {
            engine: engine.name,
            what: what.into(),
            value: seen.rate(),
            unit: "/s",
            p50_ms: Some(seen.within(0.50)),
            p99_ms: Some(seen.within(0.99)),
            note,
            ..Self::default()
        }
    }

    /// What it should be.
    pub fn aiming(mut self, aim: impl Into<String>, met: bool) -> Self {
        self.aim = Some((aim.into(), met));
        self
    }
}

impl Report {
    pub fn add(&mut self, row: Row) {
        self.rows.push(row);
    }

    /// How long a server took to answer, the first time and the next.
    pub fn start(&mut self, engine: &Engine, first: Duration, second: Duration) {
        for (what, span) in [("first start, demo told", first), ("next start", second)] {
            self.add(Row { engine: engine.name, what: what.to_owned(), value: span.as_secs_f64() * 1000.0, unit: "ms", ..Row::default() });
        }
    }

    /// As text.
    pub fn table(&self) -> String {
        let heads = ["engine", "what", "result", "p50 ms", "p99 ms", "ratio", "aim", "", "note"].map(str::to_owned).to_vec();
        let mut lines = vec![heads];
        lines.extend(self.rows.iter().map(cells));
        let widths: Vec<usize> = (0..9).map(|column| lines.iter().map(|cells| cells[column].chars().count()).max().unwrap_or(0)).collect();
        let line = |cells: &Vec<String>| {
            let padded = cells.iter().zip(&widths).enumerate().map(|(column, (cell, width))| match column {
                2..=4 => format!("{cell:>width$}"),
                _ => format!("{cell:<width$}"),
            });
            padded.collect::<Vec<_>>().join("  ").trim_end().to_owned()
        };
        let mut text: Vec<String> = lines.iter().map(line).collect();
        text.insert(1, "-".repeat(widths.iter().sum::<usize>() + 16));
        text.push(String::new());
        text.push(surroundings());
        text.join("\n")
    }

    /// As data.
    pub fn json(&self) -> Value {
        let rows = self.rows.iter().map(|row| {
            json!({
                "engine": row.engine, "what": row.what, "value": finite(row.value), "unit": row.unit,
                "p50_ms": row.p50_ms.and_then(finite), "p99_ms": row.p99_ms.and_then(finite),
                "ratio": row.ratio.and_then(|(ratio, _)| finite(ratio)), "ratio_of": row.ratio.map(|(_, of)| of),
                "aim": row.aim.as_ref().map(|(aim, _)| aim), "met": row.aim.as_ref().map(|(_, met)| met), "note": row.note,
            })
        });
        json!({ "surroundings": surroundings(), "rows": rows.collect::<Vec<_>>() })
    }
}

fn finite(number: f64) -> Option<f64> {
    number.is_finite().then_some((number * 1000.0).round() / 1000.0)
}

fn cells(row: &Row) -> Vec<String> {
    let ms = |value: Option<f64>| value.map(|value| format!("{value:.1}")).unwrap_or_default();
    let value = if row.value >= 100.0 { thousands(row.value.round() as u64) } else { format!("{:.1}", row.value) };
    vec![
        row.engine.to_owned(),
        row.what.clone(),
        format!("{value} {}", row.unit),
        ms(row.p50_ms),
        ms(row.p99_ms),
        row.ratio.map(|(ratio, of)| format!("{:.0} % of {of}", ratio * 100.0)).unwrap_or_default(),
        row.aim.as_ref().map(|(aim, _)| aim.clone()).unwrap_or_default(),
        row.aim.as_ref().map(|(_, met)| if *met { "met" } else { "NOT met" }.to_owned()).unwrap_or_default(),
        row.note.clone(),
    ]
}

/// `12,345`.
pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// What the numbers depend on besides the code.
fn surroundings() -> String {
    let cores = std::thread::available_parallelism().map_or(0, std::num::NonZero::get);
    let busy = std::fs::read_to_string("/proc/loadavg").ok();
    let busy = busy.and_then(|text| text.split(' ').next().map(|load| format!(" Load average at the end: {load}."))).unwrap_or_default();
    format!("{cores} cores, shared by the client that asks and the server that answers; 16 connections unless said otherwise.{busy}")
}
