//! `/uren/boeking/…`: one posting, and the form that puts it right.

use super::{
    POSTINGS,
    book::{PostingPage, ReversePosting, Side},
};
use crate::ui::{Button, Fact, Facts, Form, FormAction, Kind, PageHead, Said, TextArea, linking, page_key};
use domain::hours::REASON_CHARACTERS_MAX;
use leptos::prelude::*;

/// `/uren/boeking/:nummer`
#[component]
pub fn PostingView(
    /// What is on it.
    data: PostingPage,
) -> impl IntoView {
    let PostingPage { title, lede, number, facts, sides, chain, may_reverse, why_not } = data;
    let facts = facts
        .into_iter()
        .map(|(term, answer, href)| {
            let fact = Fact::new(term, answer);
            if let Some(href) = href { fact.to(href) } else { fact }
        })
        .collect();
    let chain = chain.into_iter().map(|(term, answer)| Fact::new(term, answer)).collect();
    view! {
        <div class="wrap">
            <PageHead title lede back=(POSTINGS.to_owned(), "Terug naar het urenboek".to_owned()) />
            <Said />
            <section class="card" aria-labelledby="feiten">
                <h2 id="feiten">"Wat er gebeurde"</h2>
                <Facts facts />
            </section>
            <div class="posting-sides">{sides.into_iter().map(|side| view! { <SideCard side /> }).collect_view()}</div>
            <section class="card sunk" aria-labelledby="zegel">
                <h2 id="zegel">"Zegel"</h2>
                <p>"Elke boeking draagt het zegel van die ervoor. Verandert er iets, dan past de rest niet meer."</p>
                <Facts facts=chain class="seals" />
            </section>
            {may_reverse.then(|| view! { <Reverse number /> })}
            {why_not
                .map(|(heading, text)| {
                    view! {
                        <section class="card" aria-labelledby="niet-hier">
                            <h2 id="niet-hier">{heading}</h2>
                            <p>{text}</p>
                        </section>
                    }
                })}
        </div>
    }
}

#[component]
fn SideCard(side: Side) -> impl IntoView {
    let Side { way, holder, bucket, balance, href } = side;
    view! {
        <section class="card">
            <h2>{format!("{way} {holder}")}</h2>
            <p class="sub">{bucket}</p>
            {balance
                .map(|balance| {
                    view! {
                        <p>
                            "Hierop staat nu "
                            {linking(balance, href)} "."
                        </p>
                    }
                })}
        </section>
    }
}

#[component]
fn Reverse(number: i64) -> impl IntoView {
    let action = FormAction::to::<ReversePosting>();
    view! {
        <section class="card" aria-labelledby="recht">
            <h2 id="recht">"Klopt dit niet?"</h2>
            <p>"Draai de boeking terug. Zij blijft staan, en een nieuwe boeking zet de uren terug."</p>
            <Form action key=page_key() id="draai-terug" hidden=vec![("nummer", number.to_string())]>
                <TextArea
                    name="reden"
                    label="Waarom klopt zij niet?"
                    help="Iedereen die deze uren ziet, leest dit. Schrijf geen naam van een leerling."
                    maxlength=u32::try_from(REASON_CHARACTERS_MAX).unwrap_or(u32::MAX)
                />
                <Button kind=Kind::Primary>"Draai deze boeking terug"</Button>
            </Form>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::testing::{faults, html};

    fn shown(may_reverse: bool) -> String {
        let side = |way: &str, open: bool| Side {
            way: way.to_owned(),
            holder: "De Meerpaal".to_owned(),
            bucket: "De Wissel, november 2026".to_owned(),
            balance: open.then(|| "2 u".to_owned()),
            href: open.then(|| "/uren/boekingen?rekening=1".to_owned()),
        };
        let data = PostingPage {
            title: "Boeking 3".to_owned(),
            lede: "Donatie".to_owned(),
            number: 3,
            facts: vec![("Draait terug".to_owned(), "Boeking 2".to_owned(), Some("/uren/boeking/2".to_owned()))],
            sides: vec![side("Van", true), side("Naar", false)],
            chain: vec![("Zegel".to_owned(), "0a".repeat(32))],
            may_reverse,
            why_not: (!may_reverse).then(|| ("Dit hoort bij een afspraak".to_owned(), "Zeg de afspraak af.".to_owned())),
        };
        html(|| {
            leptos_meta::provide_meta_context();
            view! { <PostingView data /> }
        })
    }

    #[test]
    fn a_posting_is_put_right_by_a_form_that_asks_why_or_says_where_else() {
        let html = shown(true);
        assert_eq!(faults(&html), Vec::<String>::new(), "{html}");
        assert!(html.contains("/api/uren/draai-terug") && html.contains(r#"name="reden""#) && html.contains(r#"value="3""#), "{html}");
        assert!(html.contains("/uren/boeking/2") && html.contains("/uren/boekingen?rekening=1"), "{html}");
        let html = shown(false);
        assert_eq!(faults(&html), Vec::<String>::new(), "{html}");
        assert!(!html.contains("<form") && html.contains("Zeg de afspraak af."), "{html}");
    }
}
