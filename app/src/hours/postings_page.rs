//! `/uren/boekingen`: the postings behind a number, with the number under them.

use super::api::{Entry, PostingsPage};
use crate::ui::{Cell, Column, Empty, LinkButton, PageHead, Pagination, Row, RowHead, Table, linking};
use leptos::prelude::*;

/// `/uren/boekingen`
#[component]
pub fn PostingsView(
    /// What is on it.
    data: PostingsPage,
) -> impl IntoView {
    let PostingsPage { title, whose, back, entries, label, sum, count, page, pages, before, after } = data;
    let caption = if count == 1 { "Eén boeking".to_owned() } else { format!("{count} boekingen") };
    let columns = vec![
        Column::num("Nr."),
        Column::text("Dag"),
        Column::text("Boeking"),
        Column::text("Reden"),
        Column::num("Uren"),
        Column::num("Samen"),
    ];
    let foot = move || {
        view! {
            <Row>
                <Cell>""</Cell>
                <RowHead>{label}</RowHead>
                <Cell>""</Cell>
                <Cell>""</Cell>
                <Cell>""</Cell>
                <Cell num=true label="samen">
                    {sum}
                </Cell>
            </Row>
        }
    };
    view! {
        <div class="wrap">
            <PageHead title lede=whose back />
            {if count == 0 {
                view! {
                    <Empty heading="Geen boekingen" why="Achter dit getal staat geen enkele boeking.">
                        <LinkButton href=super::HOURS>"Naar je uren"</LinkButton>
                    </Empty>
                }
                    .into_any()
            } else {
                view! {
                    <div class="card year postings">
                        <Table
                            caption
                            note="Een boeking verandert nooit. Een fout wordt teruggedraaid met een nieuwe boeking."
                            columns
                            foot
                        >
                            {entries.into_iter().map(|entry| view! { <EntryRow entry /> }).collect_view()}
                        </Table>
                        {pagination(page, pages, before, after)}
                    </div>
                }
                    .into_any()
            }}
        </div>
    }
}

fn pagination(page: u32, pages: u32, before: Option<String>, after: Option<String>) -> AnyView {
    match (before, after) {
        (Some(before), Some(after)) => view! { <Pagination page pages before after /> }.into_any(),
        (Some(before), None) => view! { <Pagination page pages before /> }.into_any(),
        (None, Some(after)) => view! { <Pagination page pages after /> }.into_any(),
        (None, None) => ().into_any(),
    }
}

#[component]
pub(super) fn EntryRow(
    /// The posting.
    entry: Entry,
) -> impl IntoView {
    let Entry { id, number, href, day, date, kind, way, reason, by, puts_right, booking, amount, balance } = entry;
    let links = puts_right
        .into_iter()
        .chain(booking.map(|(words, href)| (words, Some(href))))
        .map(|(words, href)| view! { <span class="sub">{linking(words, href)}</span> })
        .collect_view();
    view! {
        <Row id>
            <Cell num=true label="nummer">
                <a class="nr" href=href>
                    {number}
                </a>
            </Cell>
            <RowHead when=true>
                <time datetime=date>{day}</time>
            </RowHead>
            <Cell>
                <b>{kind}</b>
                " "
                <span class="sub">{way}</span>
            </Cell>
            <Cell>
                <span>{reason}</span>
                " "
                <span class="sub">{by}</span>
                {links}
            </Cell>
            <Cell num=true label="uren">
                {amount}
            </Cell>
            {(!balance.is_empty())
                .then(|| {
                    view! {
                        <Cell num=true label="samen">
                            {balance}
                        </Cell>
                    }
                })}
        </Row>
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use crate::ui::testing::{faults, html};

    fn page(entries: Vec<Entry>) -> PostingsPage {
        PostingsPage {
            title: "Achter 2 u: vrij in november 2026".to_owned(),
            whose: "De Meerpaal, De Wissel".to_owned(),
            back: ("/uren".to_owned(), "Terug naar het jaar".to_owned()),
            count: entries.len(),
            entries,
            label: "Vrij".to_owned(),
            sum: "2 u".to_owned(),
            page: 1,
            pages: 2,
            before: None,
            after: Some("/uren/boekingen?blad=2".to_owned()),
        }
    }

    fn shown(data: PostingsPage) -> String {
        html(|| {
            leptos_meta::provide_meta_context();
            view! { <PostingsView data /> }
        })
    }

    #[test]
    fn a_browser_has_nothing_to_repair_in_a_page_of_postings() {
        let entry = Entry {
            id: "post-9874".to_owned(),
            number: "9.874".to_owned(),
            kind: "Rechtgezet".to_owned(),
            puts_right: vec![
                ("draait terug: nummer 9.871".to_owned(), Some("#post-9871".to_owned())),
                ("teruggedraaid met nummer 9.875".to_owned(), None),
            ],
            booking: Some(("Afspraak 4502".to_owned(), "/afspraken/1".to_owned())),
            ..Entry::default()
        };
        let html = shown(page(vec![entry]));
        assert_eq!(faults(&html), Vec::<String>::new(), "{html}");
        assert!(html.contains("#post-9871") && html.contains("/afspraken/1") && html.contains("Volgende"), "{html}");
        assert!(!html.contains("Vorige"), "{html}");
    }

    #[test]
    fn a_number_without_postings_says_so() {
        let html = shown(page(Vec::new()));
        assert_eq!(faults(&html), Vec::<String>::new(), "{html}");
        assert!(html.contains("Geen boekingen") && !html.contains("<table"), "{html}");
    }
}
