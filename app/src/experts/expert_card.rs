//! One found expert: who, when, proof and hours, and why. The eye goes from left to right and ends on the button.

use super::results::{Found, HoursHere, ProofLine};
use crate::ui::{Blocks, Chip, Face, KeyList, Size, SupplierName};
use leptos::prelude::*;

/// A result.
#[component]
pub(super) fn ExpertCard(
    /// Who.
    found: Found,
) -> impl IntoView {
    let Found { href, name, supplier, travel, proofs, levels, hours, why, moments, no_moments } = found;
    let of_whom = format!(" van {name}");
    let spoken = format!(", kies deze tijd bij {name}");
    view! {
        <li class="card expert-card">
            <div class="expert-who">
                <Face name=name.clone() />
                <div>
                    <h3>
                        <a href=href.clone()>{name}</a>
                    </h3>
                    <p>
                        <SupplierName supplier small=true after=travel />
                    </p>
                </div>
            </div>
            <div class="expert-next">
                <h4>"Eerste vrije momenten"</h4>
                {if moments.is_empty() {
                    view! { <p>{no_moments}</p> }.into_any()
                } else {
                    view! {
                        <ul class="list moments">
                            {moments
                                .into_iter()
                                .enumerate()
                                .map(|(place, way)| {
                                    let (class, hour) = if place == 0 { ("button primary wide", " uur") } else { ("tile", "") };
                                    view! {
                                        <li>
                                            <a class=class href=way.href>
                                                <span>
                                                    {format!("{}{hour}", way.label)}
                                                    <span class="visually-hidden">{spoken.clone()}</span>
                                                </span>
                                            </a>
                                        </li>
                                    }
                                })
                                .collect_view()}
                        </ul>
                    }
                        .into_any()
                }}
                <p>
                    <a href=href>"Alle tijden" <span class="visually-hidden">{of_whom}</span></a>
                </p>
            </div>
            <dl class="facts expert-facts">
                {(!proofs.is_empty())
                    .then(|| {
                        view! {
                            <div>
                                <dt>"Bewijs"</dt>
                                {proofs.into_iter().map(|proof| view! { <Proof proof /> }).collect_view()}
                            </div>
                        }
                    })}
                <div>
                    <dt>"Werkt op niveau"</dt>
                    <dd>{levels}</dd>
                </div>
                {hours.map(|hours| view! { <Hours hours /> })}
            </dl>
            {(!why.is_empty())
                .then(|| {
                    view! {
                        <div class="why">
                            <h4>"Waarom deze expert"</h4>
                            <ul class="ticks">{why.into_iter().map(|reason| view! { <li>{reason}</li> }).collect_view()}</ul>
                        </div>
                    }
                })}
        </li>
    }
}

#[component]
fn Proof(proof: ProofLine) -> impl IntoView {
    view! {
        <dd>
            <span>{proof.text}</span>
            {proof.chip.map(|(state, text)| view! { <Chip state text /> })}
        </dd>
    }
}

#[component]
fn Hours(hours: HoursHere) -> impl IntoView {
    let HoursHere { term, parts, keys, note } = hours;
    view! {
        <div>
            <dt>{term}</dt>
            <dd>
                {(!parts.is_empty()).then(|| view! { <Blocks parts size=Size::Mini /> })}
                {match note {
                    Some(note) => view! { <KeyList items=keys note /> }.into_any(),
                    None => view! { <KeyList items=keys /> }.into_any(),
                }}
            </dd>
        </div>
    }
}
