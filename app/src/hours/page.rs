//! `/uren`: a year's hours, of a school, a board and its schools, a district, or all.

use super::{
    api::{HoursPage, Street},
    automatic::AutomaticCard,
    parts::SumsTable,
    picks::Picks,
};
use crate::ui::{Empty, Kind, LinkButton, Months, PageHead, Said, SupplierName};
use leptos::prelude::*;

/// What the fills of a house mean here.
const LEGEND: [(&str, &str); 5] =
    [("used", "gebruikt"), ("pot", "naar de wijkpot"), ("planned", "gepland"), ("free", "vrij"), ("expired", "vervallen")];

/// `/uren`
#[component]
pub fn HoursView(
    /// What is on it.
    data: HoursPage,
) -> impl IntoView {
    let HoursPage { title, lede, back, picks, tables, streets, empty, automatic, links } = data;
    let tables = tables
        .into_iter()
        .map(|table| {
            view! {
                <div class="card year">
                    <SumsTable table />
                </div>
            }
        })
        .collect_view();
    view! {
        <div class="wrap">
            {match back {
                Some(back) => view! { <PageHead title lede back=back><Picks picks /></PageHead> }.into_any(),
                None => view! { <PageHead title lede><Picks picks /></PageHead> }.into_any(),
            }}
            <Said />
            {(!links.is_empty())
                .then(|| {
                    view! {
                        <p class="actions">
                            {links
                                .into_iter()
                                .map(|(href, words)| view! { <LinkButton href kind=Kind::Quiet>{words}</LinkButton> })
                                .collect_view()}
                        </p>
                    }
                })}
            {empty
                .map(|why| {
                    view! {
                        <Empty heading="Nog geen uren" why>
                            <LinkButton href="/spelregels">"Lees hoe uren verdeeld worden"</LinkButton>
                        </Empty>
                    }
                })}
            {tables}
            {streets.into_iter().map(|street| view! { <StreetCard street /> }).collect_view()}
            {automatic.map(|automatic| view! { <AutomaticCard automatic /> })}
        </div>
    }
}

/// A year at one supplier.
#[component]
fn StreetCard(street: Street) -> impl IntoView {
    let Street { id, supplier, left, caption, columns, rows } = street;
    view! {
        <section class="card year" aria-labelledby=id>
            <div class="part-head">
                <h2 id=id.clone()>
                    <SupplierName supplier />
                </h2>
                {left.map(|left| view! { <p class="soft">{left.show()}</p> })}
            </div>
            <Months caption columns rows legend=LEGEND.to_vec() />
        </section>
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use crate::{
        hours::{Automatic, Pick, SumRow, SumTable},
        ui::{
            MonthCell, MonthColumn, MonthRow, RowKind, Supplier,
            testing::{faults, html},
        },
    };

    fn page() -> HoursPage {
        let supplier = Supplier { name: "De Wissel".to_owned(), letter: "W".to_owned(), tone: 1 };
        let cell = || MonthCell::new("2 u").to("/uren/boekingen?houder=school");
        let row = MonthRow { label: "Vrij".to_owned(), supplier: None, cells: vec![cell()], sum: cell(), kind: RowKind::Total };
        let column = MonthColumn { label: "nov".to_owned(), now: true, coming: false, house: Default::default() };
        let street = |id: &str| Street {
            id: id.to_owned(),
            supplier: supplier.clone(),
            left: Some("2 u vrij".into()),
            caption: "Uren".to_owned(),
            columns: vec![column.clone()],
            rows: vec![row.clone()],
        };
        let sums = |name: &str, href| SumRow { name: name.to_owned(), supplier: None, href, cells: vec![cell(), MonthCell::new("–")] };
        let table = SumTable {
            caption: "Per school".to_owned(),
            note: "Samen.".to_owned(),
            first: "School".to_owned(),
            columns: vec!["Gebruikt".to_owned(), "Vrij".to_owned()],
            rows: vec![sums("Het bestuur zelf", None), sums("De Meerpaal", Some("/uren?school=1".to_owned()))],
            foot: vec![cell(), MonthCell::new("–")],
        };
        let pick = |name: &str, options: &[&str]| Pick {
            name: name.to_owned(),
            label: name.to_owned(),
            options: options.iter().map(|option| ((*option).to_owned(), (*option).to_owned())).collect(),
            chosen: options[0].to_owned(),
        };
        HoursPage {
            title: "Uren van De Meerpaal".to_owned(),
            lede: "Schooljaar 2026–2027.".into(),
            back: Some(("/uren".to_owned(), "Terug".to_owned())),
            picks: vec![pick("jaar", &["2026", "2025"]), pick("school", &["1"])],
            tables: vec![table.clone(), table],
            streets: vec![street("bij-0"), street("bij-1")],
            empty: Some("Nog niets verdeeld.".to_owned()),
            links: vec![("/uren/toedeling".to_owned(), "Verdeel".to_owned())],
            automatic: Some(Automatic { school: "1".to_owned(), words: "Het gaat naar de pot.".to_owned(), ..Automatic::default() }),
        }
    }

    #[test]
    fn a_browser_has_nothing_to_repair_in_a_page_of_hours() {
        let html = html(|| {
            leptos_meta::provide_meta_context();
            view! { <HoursView data=page() /> }
        });
        assert_eq!(faults(&html), Vec::<String>::new(), "{html}");
        assert!(html.contains("/uren/boekingen?houder=school") && html.contains("Samen"), "{html}");
        assert!(html.contains("type=\"hidden\" name=\"school\""), "{html}");
    }
}
