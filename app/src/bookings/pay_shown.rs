//! Who pays, in words and blocks. Always true: the same sources that booking asks, in the same order.

use super::shown::{PayLine, PayShown};
use crate::ui::{Part, PartKind};
use domain::{
    Minutes,
    hours::{
        Month,
        sources::{SourceKind, Sources},
    },
};

/// What a source paid, as blocks.
pub(super) fn block(kind: SourceKind, minutes: Minutes, settled: bool) -> Part {
    let pot = matches!(kind, SourceKind::Wijkpot | SourceKind::CityPot);
    let kind = match (pot, settled) {
        (true, _) => PartKind::Pot,
        (false, true) => PartKind::Used,
        (false, false) => PartKind::Planned,
    };
    Part::new(kind, minutes.0)
}

/// What a source is called.
pub(super) const fn source_name(kind: SourceKind) -> &'static str {
    match kind {
        SourceKind::School => "Eigen uren",
        SourceKind::Board => "Uren van het bestuur",
        SourceKind::Wijkpot => "Wijkpot",
        SourceKind::CityPot => "Stedelijke pot",
        SourceKind::Reserve => "Reserve",
    }
}

/// Who would pay for this long in a month. `named` when more than one month is in view.
pub(super) fn pay(sources: &Sources, wanted: Minutes, supplier: &str, month: Month, named: bool) -> PayShown {
    let name = |kind: SourceKind| {
        let line = sources.lines.iter().find(|line| line.kind == kind);
        match (kind, line) {
            (SourceKind::Board | SourceKind::Wijkpot | SourceKind::CityPot, Some(line)) => line.name.clone(),
            _ => source_name(kind).to_owned(),
        }
    };
    let month_name = if named { format!("Voor een moment in {}", month.name()) } else { String::new() };
    let code = month.to_string();
    match sources.pay(wanted) {
        Ok(parts) => PayShown {
            month: month_name,
            code,
            blocks: parts.iter().map(|part| Part { kind: free(part.kind), minutes: part.minutes.0 }).collect(),
            lines: parts
                .iter()
                .map(|part| PayLine {
                    name: name(part.kind),
                    amount: part.minutes.to_string(),
                    note: note(part.kind, left(sources, part.kind) - part.minutes, supplier, month),
                    pot: free(part.kind) == PartKind::Pot,
                })
                .collect(),
            total: wanted.to_string(),
            missing: None,
        },
        Err(refusal) => {
            let there = sources.total();
            let available: Vec<_> = sources.lines.iter().filter(|line| line.available > Minutes::ZERO).collect();
            let mut blocks: Vec<Part> = available.iter().map(|line| Part { kind: free(line.kind), minutes: line.available.0 }).collect();
            blocks.push(Part::new(PartKind::Missing, (wanted - there).0.max(0)));
            PayShown {
                month: month_name,
                code,
                blocks,
                lines: available
                    .into_iter()
                    .map(|line| PayLine {
                        name: name(line.kind),
                        amount: line.available.to_string(),
                        note: String::new(),
                        pot: free(line.kind) == PartKind::Pot,
                    })
                    .collect(),
                total: there.to_string(),
                missing: Some(refusal.advice.into_owned()),
            }
        }
    }
}

fn free(kind: SourceKind) -> PartKind {
    if matches!(kind, SourceKind::Wijkpot | SourceKind::CityPot) { PartKind::Pot } else { PartKind::Free }
}

fn left(sources: &Sources, kind: SourceKind) -> Minutes {
    sources.lines.iter().filter(|line| line.kind == kind).map(|line| line.idle).sum()
}

fn note(kind: SourceKind, after: Minutes, supplier: &str, month: Month) -> String {
    match kind {
        SourceKind::School => format!("Daarna is er {after} over bij {supplier} in {}.", month.name()),
        SourceKind::Board => "Je bestuur laat scholen hieruit boeken.".to_owned(),
        SourceKind::Wijkpot | SourceKind::CityPot => "Mag direct: binnen de grens van je wijk hoeft niemand te beslissen.".to_owned(),
        SourceKind::Reserve => String::new(),
    }
}
