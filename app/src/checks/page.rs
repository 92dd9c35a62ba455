//! `/beheer/controle`: what the nightly check found last.

use super::api::{ChecksPage, RuleLine};
use crate::ui::{Chip, Fact, Facts, Outcome, PageHead, State, Tone};
use leptos::prelude::*;

/// `/beheer/controle`
#[component]
pub fn ChecksView(
    /// The last result.
    data: ChecksPage,
) -> impl IntoView {
    let ChecksPage { heading, text, is_sound, counts, rules } = data;
    let tone = match is_sound {
        Some(true) => Tone::Done,
        Some(false) => Tone::Refused,
        None => Tone::Warn,
    };
    let facts: Vec<Fact> = counts.into_iter().map(|(what, count)| Fact::new(what, count)).collect();
    let has_rules = !rules.is_empty();
    view! {
        <div class="wrap">
            <PageHead
                title="Nachtelijke controle"
                lede="Elke nacht rekent Wijkpot na of het urenboek en de agenda kloppen."
            >
                <p class="soft">"Met " <code>"wijkpot check"</code> " kan dat ook met de hand."</p>
            </PageHead>
            <div class="checks">
            <Outcome tone heading text />
            {(!facts.is_empty())
                .then(|| {
                    view! {
                        <section class="card" aria-labelledby="geteld">
                            <h2 id="geteld">"Nagekeken"</h2>
                            <Facts facts class="booking-facts" />
                        </section>
                    }
                })}
            {has_rules
                .then(|| {
                    view! {
                        <section class="card" aria-labelledby="regels">
                            <h2 id="regels">"De regels"</h2>
                            <ul class="rule-list">{rules.into_iter().map(|rule| view! { <Rule rule /> }).collect_view()}</ul>
                        </section>
                    }
                })}
            </div>
        </div>
    }
}

#[component]
fn Rule(rule: RuleLine) -> impl IntoView {
    let RuleLine { words, wrong } = rule;
    let (state, said) = if wrong.is_empty() { (State::Valid, "Klopt") } else { (State::Stop, "Klopt niet") };
    view! {
        <li>
            <Chip state text=said />
            <span>{words}</span>
            {(!wrong.is_empty())
                .then(|| view! { <ul class="rule-wrong">{wrong.into_iter().map(|what| view! { <li>{what}</li> }).collect_view()}</ul> })}
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::testing::{faults, html};

    #[test]
    fn a_browser_has_nothing_to_repair_in_a_check() {
        let rule =
            |wrong: &[&str]| RuleLine { words: "Elk saldo klopt".to_owned(), wrong: wrong.iter().map(|w| (*w).to_owned()).collect() };
        let full = ChecksPage {
            heading: "Er klopt iets niet: 1 keer".to_owned(),
            text: "Nagekeken vannacht.".to_owned(),
            is_sound: Some(false),
            counts: vec![("Rekeningen".to_owned(), "12".to_owned())],
            rules: vec![rule(&[]), rule(&["account <1> holds 15"])],
        };
        for page in [full, ChecksPage::default()] {
            let page = html(|| {
                leptos_meta::provide_meta_context();
                view! { <ChecksView data=page /> }
            });
            assert_eq!(faults(&page), Vec::<String>::new(), "{page}");
        }
    }
}
