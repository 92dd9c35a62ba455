//! `/uren/boekingen` without a number to explain: the book of hours as a list, with filters, and as files.

use super::{
    POSTINGS,
    api::Pick,
    book::{Filter, JournalPage},
    postings_page::EntryRow,
};
use crate::ui::{Button, Column, Downloads, Empty, Field, Icon, IconName, Kind, LinkButton, PageHead, Select, SelectOption, Table};
use leptos::prelude::*;

/// `/uren/boekingen`
#[component]
pub fn JournalView(
    /// What is on it.
    data: JournalPage,
) -> impl IntoView {
    let JournalPage { title, lede, filters, entries, has_book, sum, older, newest, csv, xlsx } = data;
    let columns = ["Nr.", "Dag", "Boeking", "Reden", "Uren"];
    let columns = columns.into_iter().map(|title| if matches!(title, "Nr." | "Uren") { Column::num(title) } else { Column::text(title) });
    view! {
        <div class="wrap">
            <PageHead title lede />
            {if filters.picks.is_empty() && (entries.is_empty() || !has_book) {
                ().into_any()
            } else if filters.picks.is_empty() {
                view! {
                    <p class="actions">
                        <LinkButton href=POSTINGS kind=Kind::Quiet>
                            "Toon het hele urenboek"
                        </LinkButton>
                    </p>
                }
                    .into_any()
            } else {
                view! { <Filters filters /> }.into_any()
            }}
            {if entries.is_empty() {
                view! {
                    <Empty heading="Geen boekingen" why="Bij deze keuze hoort geen enkele boeking.">
                        {has_book.then(|| view! { <LinkButton href=POSTINGS>"Toon alle boekingen"</LinkButton> })}
                    </Empty>
                }
                    .into_any()
            } else {
                view! {
                    <div class="card year postings journal">
                        <Table caption="Boekingen" note=sum.unwrap_or_default() columns=columns.collect()>
                            {entries.into_iter().map(|entry| view! { <EntryRow entry /> }).collect_view()}
                        </Table>
                        <Pages older newest />
                    </div>
                    <Downloads csv xlsx />
                }
                    .into_any()
            }}
        </div>
    }
}

#[component]
fn Filters(filters: Filter) -> impl IntoView {
    let Filter { picks, van, tot } = filters;
    let select = |Pick { name, label, options, chosen }: Pick| {
        let options = options.into_iter().map(|(value, label)| SelectOption::new(value, label)).collect();
        view! { <Select name label options value=chosen /> }
    };
    view! {
        <form class="journal-filters" method="get" action=POSTINGS>
            {picks.into_iter().map(select).collect_view()}
            <Field name="van" label="Geboekt vanaf" kind="date" value=van />
            <Field name="tot" label="Geboekt tot en met" kind="date" value=tot />
            <Button>"Toon boekingen"</Button>
        </form>
    }
}

#[component]
fn Pages(older: Option<String>, newest: Option<String>) -> impl IntoView {
    (older.is_some() || newest.is_some()).then(|| {
        view! {
            <nav class="pagination" aria-label="Bladzijden">
                {newest
                    .map(|href| {
                        view! {
                            <a class="button small" href=href>
                                <Icon name=IconName::Left />
                                "Nieuwste boekingen"
                            </a>
                        }
                    })}
                {older
                    .map(|href| {
                        view! {
                            <a class="button small" href=href rel="next">
                                "Oudere boekingen"
                                <Icon name=IconName::Right />
                            </a>
                        }
                    })}
            </nav>
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        hours::Entry,
        ui::testing::{faults, html},
    };

    fn page(entries: Vec<Entry>) -> JournalPage {
        let pick = |name: &str| Pick {
            name: name.to_owned(),
            label: name.to_owned(),
            options: vec![(String::new(), "Alle".to_owned()), ("1".to_owned(), "Een".to_owned())],
            chosen: String::new(),
        };
        JournalPage {
            title: "Urenboek van Vlietland".to_owned(),
            lede: "Elke beweging.".to_owned(),
            filters: Filter { picks: vec![pick("maand"), pick("soort")], van: "2026-11-01".to_owned(), tot: String::new() },
            entries,
            has_book: true,
            sum: Some("Eén boeking.".to_owned()),
            older: Some("/uren/boekingen?voor=3".to_owned()),
            newest: Some("/uren/boekingen".to_owned()),
            csv: "/uren/boekingen.csv".to_owned(),
            xlsx: "/uren/boekingen.xlsx".to_owned(),
        }
    }

    fn shown(data: JournalPage) -> String {
        html(|| {
            leptos_meta::provide_meta_context();
            view! { <JournalView data /> }
        })
    }

    #[test]
    fn who_reads_no_book_is_not_led_to_one() {
        let about = |has_book: bool, entries: Vec<Entry>| shown(JournalPage { has_book, filters: Filter::default(), ..page(entries) });
        let entry = Entry { id: "post-3".to_owned(), ..Entry::default() };
        assert!(about(true, vec![entry.clone()]).contains("Toon het hele urenboek"));
        assert!(!about(false, vec![entry]).contains("Toon het hele urenboek"));
        assert!(about(true, Vec::new()).contains("Toon alle boekingen") && !about(false, Vec::new()).contains("Toon alle boekingen"));
    }

    #[test]
    fn a_browser_has_nothing_to_repair_in_the_book_of_hours() {
        let entry = Entry { id: "post-3".to_owned(), number: "3".to_owned(), href: "/uren/boeking/3".to_owned(), ..Entry::default() };
        let html = shown(page(vec![entry]));
        assert_eq!(faults(&html), Vec::<String>::new(), "{html}");
        for part in ["/uren/boeking/3", "voor=3", "/uren/boekingen.xlsx", "2026-11-01"] {
            assert!(html.contains(part), "{part}: {html}");
        }
    }

    #[test]
    fn a_choice_without_postings_says_so_and_offers_the_whole_list() {
        let html = shown(page(Vec::new()));
        assert_eq!(faults(&html), Vec::<String>::new(), "{html}");
        assert!(html.contains("Geen boekingen") && !html.contains("<table"), "{html}");
    }
}
