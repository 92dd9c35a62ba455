//! What was divided before, and undoing the last of it. Always true: what was undone stays in the list.

use super::RunShown;
use crate::{
    hours::{Behind, sql::RunRow},
    ui::{Button, Field, Form, FormAction, linking, page_key},
};
use domain::{
    Minutes,
    hours::{AboutKind, Inputs},
    minutes::thousands,
    time,
};
use leptos::prelude::*;
use uuid::Uuid;

/// What a run posted, in words.
pub(in crate::hours) fn posted(run: &RunRow) -> String {
    let ends = if run.way.is_empty() { OVER_BOARDS } else { OVER_SCHOOLS };
    moved(Minutes(run.out_minutes), Minutes(run.back_minutes), run.postings, ends)
}

/// A run in words: of a board, or of the office; `last` is the one that can be undone.
pub(in crate::hours) fn run_shown(run: &RunRow, board: Option<Uuid>, last: Option<Uuid>) -> RunShown {
    let day = |at| time::date_short_year(time::local_date(at));
    let by = |name: &Option<String>| name.as_ref().map_or_else(|| "door Wijkpot zelf".to_owned(), |name| format!("door {name}"));
    let about = if board.is_some() { AboutKind::Division } else { AboutKind::Allotment };
    RunShown {
        id: run.id.to_string(),
        name: format!("Verdeling {}", run.number),
        made: format!("{}, {}", day(run.made_at), by(&run.made_by)),
        posted: posted(run),
        behind: (run.postings > 0).then(|| Behind::of_what_is_about(about, run.id, board)),
        decided: Vec::new(),
        undone: run.undone_at.map(|at| format!("Teruggedraaid op {} {}: {}", day(at), by(&run.undone_by), run.undone_because)),
        can_undo: last == Some(run.id),
    }
}

/// Where hours of an allotment go, and where they come back.
pub(in crate::hours) const OVER_BOARDS: (&str, &str) = ("naar de besturen", "terug naar het contract");
/// The same, of a board's division.
pub(in crate::hours) const OVER_SCHOOLS: (&str, &str) = ("naar de scholen", "terug naar het bestuur");

/// What is moved both ways: `12 u naar de scholen en 1.582 u 15 terug naar het bestuur, in 607 boekingen.`
pub(in crate::hours) fn moved(out: Minutes, back: Minutes, postings: i64, (to, from): (&str, &str)) -> String {
    let ways: Vec<String> = [(out, to), (back, from)]
        .iter()
        .filter(|(minutes, _)| *minutes > Minutes::ZERO)
        .map(|(minutes, way)| format!("{minutes} {way}"))
        .collect();
    match (ways.as_slice(), postings) {
        ([], _) => "Er zijn geen uren verplaatst.".to_owned(),
        (ways, 1) => format!("{}, in één boeking.", ways.join(" en ")),
        (ways, postings) => format!("{}, in {} boekingen.", ways.join(" en "), thousands(postings.unsigned_abs())),
    }
}

/// What was decided, a line per contract and per decision.
pub(in crate::hours) fn decided(inputs: &Inputs) -> Vec<String> {
    let contracts = inputs.contracts.iter().map(|contract| {
        let (hours, reserve) = (Minutes::hours(contract.hours), Minutes::hours(contract.reserve));
        format!("{}: {hours}, reserve {reserve}, {} maanden", contract.name, contract.months.len())
    });
    let boards = inputs.boards.iter().filter_map(|board| match (board.fixed_percent, &board.decided) {
        (Some(percent), _) => Some(format!("{}: vast {percent}\u{a0}%", board.name)),
        (None, Some(decided)) => Some(format!("{}: besloten {}\u{a0}%, {}", board.name, decided.percent, decided.because)),
        (None, None) => None,
    });
    contracts.chain([format!("Naar {}", inputs.basis.dutch())]).chain(boards).collect()
}

/// The words of a list of runs, which boards and offices both have.
#[derive(Clone, Copy, Debug)]
pub struct RunWords {
    /// Over the list.
    pub heading: &'static str,
    /// The name of the field with the run's id.
    pub field: &'static str,
}

/// The list of runs.
#[component]
pub fn History(
    /// The last one first.
    runs: Vec<RunShown>,
    /// What undoes one.
    undo: FormAction,
    /// How they are called.
    words: RunWords,
) -> impl IntoView {
    if runs.is_empty() {
        return ().into_any();
    }
    let rows = runs
        .into_iter()
        .map(|run| {
            let RunShown { id, name, made, posted, behind, decided, undone, can_undo } = run;
            let form_id = format!("terug-{id}");
            view! {
                <li class="run">
                    <h3>{name}</h3>
                    <p class="soft">{made} ". " {linking(posted, behind)}</p>
                    {(!decided.is_empty())
                        .then(|| {
                            view! {
                                <details class="fold decided">
                                    <summary>"Wat er besloten is"</summary>
                                    <ul>{decided.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
                                </details>
                            }
                        })}
                    {undone.map(|undone| view! { <p>{undone}</p> })}
                    {can_undo
                        .then(|| {
                            view! {
                                <details class="fold">
                                    <summary>"Draai deze verdeling terug"</summary>
                                    <Form action=undo key=page_key() id=form_id.clone() hidden=vec![(words.field, id)]>
                                        <Field
                                            name="reden"
                                            id=format!("{form_id}-reden")
                                            label="Waarom draai je dit terug?"
                                            help="Dit staat straks in het urenboek."
                                            maxlength=500_u32
                                        />
                                        <Button>"Draai terug"</Button>
                                    </Form>
                                </details>
                            }
                        })}
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="card year" aria-labelledby="geboekt">
            <h2 id="geboekt">{words.heading}</h2>
            <ul class="runs">{rows}</ul>
        </section>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_moved_says_how_much_went_each_way() {
        let said = |out, back, postings| moved(Minutes::hours(out), Minutes(back), postings, OVER_SCHOOLS).replace('\u{a0}', " ");
        assert_eq!(said(0, 1_582 * 60 + 15, 607), "1.582 u 15 terug naar het bestuur, in 607 boekingen.");
        assert_eq!(said(5, 300, 22), "5 u naar de scholen en 5 u terug naar het bestuur, in 22 boekingen.");
        assert_eq!(said(2, 0, 1), "2 u naar de scholen, in één boeking.");
        assert_eq!(said(0, 0, 0), "Er zijn geen uren verplaatst.");
    }
}
