//! Parts of an expert's page: who it is in one line, and what there is to know about them. Always true: the table shows lapsed proof too.

use super::{Profile, SEARCH, profile::Proven};
use crate::ui::{Cell, Chip, Column, Face, FaceSize, Facts, Row, RowHead, SupplierName, Table, trail::Back};
use leptos::prelude::*;
use leptos_meta::Title;

/// Face, name, one line, supplier and proof; back to the question one came from.
#[component]
pub fn ExpertHead(
    /// Who.
    profile: Profile,
    /// The question one came from: the value of `zoek` in the address.
    #[prop(optional, into)]
    search: String,
) -> impl IntoView {
    let Profile { name, first_name, lede, supplier, proof, .. } = profile;
    let back = if search.is_empty() { SEARCH.to_owned() } else { format!("{SEARCH}?{search}") };
    view! {
        <Title text=name.clone() />
        <header class="page-head profile">
            <Back href=back text=if search.is_empty() { "Naar zoeken" } else { "Terug naar de gevonden experts" } />
            <div class="profile-who">
                <Face name=name.clone() size=FaceSize::Large />
                <div>
                    <h1 tabindex="-1">{name}</h1>
                    <p class="lede">{lede}</p>
                    <p class="profile-facts">
                        {supplier.map(|supplier| view! { <SupplierName supplier small=true /> })} " "
                        {proof.map(|(state, text)| view! { <Chip state text /> })} " "
                        <a href="#over" rel="external">
                            {format!("Meer over {first_name}")}
                        </a>
                    </p>
                </div>
            </div>
        </header>
    }
}

/// Expertise and proof, what one may expect, and what is practical.
#[component]
pub fn About(
    /// About whom.
    profile: Profile,
) -> impl IntoView {
    let Profile { first_name, expertises, expect, facts, .. } = profile;
    view! {
        <section class="part about" aria-labelledby="over">
            <h2 id="over" tabindex="-1">
                {format!("Over {first_name}")}
            </h2>
            <div class="about-grid">
                <div class="card">
                    {if expertises.is_empty() {
                        view! {
                            <h3>"Expertise en bewijs"</h3>
                            <p>{format!("Van {first_name} is nog geen expertise met bewijs bekend.")}</p>
                        }
                            .into_any()
                    } else {
                        view! { <Expertises expertises /> }.into_any()
                    }}
                </div>
                {(!expect.is_empty())
                    .then(|| {
                        view! {
                            <div class="card">
                                <h3>"Wat je mag verwachten"</h3>
                                <ul class="ticks">{expect.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
                            </div>
                        }
                    })}
                <div class="card">
                    <h3>"Praktisch"</h3>
                    <Facts facts />
                </div>
            </div>
        </section>
    }
}

#[component]
fn Expertises(expertises: Vec<Proven>) -> impl IntoView {
    let columns = vec![Column::text("Expertise"), Column::text("Hoe goed"), Column::text("Bewijs"), Column::text("Geldig tot")];
    view! {
        <Table caption="Expertise en bewijs" columns>
            {expertises
                .into_iter()
                .map(|one| {
                    view! {
                        <Row>
                            <RowHead>{one.name}</RowHead>
                            <Cell>{one.level}</Cell>
                            <Cell>{one.proof}</Cell>
                            <Cell label="geldig tot">
                                {one.until} " " {one.chip.map(|(state, text)| view! { <Chip state text /> })}
                            </Cell>
                        </Row>
                    }
                })
                .collect_view()}
        </Table>
    }
}
