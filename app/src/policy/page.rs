//! `/beheer/beleid`: a card per setting.

use super::api::{PolicyPage, SetPolicy, SettingCard, SettingField};
use crate::ui::{Button, Choice, Choices, Field, Form, FormAction, PageHead, Said, Select, SelectOption, Tile, page_key};
use leptos::prelude::*;

/// `/beheer/beleid`
#[component]
pub fn PolicyView(
    /// Every setting.
    data: PolicyPage,
) -> impl IntoView {
    view! {
        <div class="wrap">
            <PageHead
                title="Beleid"
                lede="Wat jullie als samenwerkingsverband afspraken over uren. Bij elke keuze staat wat ze doet en waar ze vandaan komt."
            />
            <Said />
            <div class="policy">{data.settings.into_iter().map(|setting| view! { <Setting setting /> }).collect_view()}</div>
        </div>
    }
}

#[component]
fn Setting(setting: SettingCard) -> impl IntoView {
    let SettingCard { name, title, what, source, now, by, choose, field } = setting;
    let (heading, key) = (format!("keuze-{name}"), page_key());
    let labelled = heading.clone();
    let action = FormAction::to::<SetPolicy>();
    view! {
        <section class="card" aria-labelledby=labelled>
            <h2 id=heading>{title.clone()}</h2>
            <p>{what}</p>
            <dl class="policy-facts">
                <div>
                    <dt>"Nu"</dt>
                    <dd>
                        <b>{now}</b>
                    </dd>
                </div>
                <div>
                    <dt>"Door wie"</dt>
                    <dd>{by}</dd>
                </div>
                <div>
                    <dt>"Waar dit vandaan komt"</dt>
                    <dd>{source}</dd>
                </div>
            </dl>
            <Form action key id=format!("beleid-{name}") hidden=vec![("instelling", name.clone())]>
                {input(&name, title, field)}
                <p class="actions">
                    <Button>{choose}</Button>
                </p>
            </Form>
        </section>
    }
}

fn input(name: &str, title: String, field: SettingField) -> AnyView {
    let id = format!("waarde-{name}");
    match field {
        SettingField::Several(months) => {
            let tile = |(month, label, checked): (String, String, bool)| {
                view! {
                    <Tile name=format!("maand_{month}") value="ja" many=true checked=checked>
                        {label}
                    </Tile>
                }
            };
            let tiles = months.into_iter().map(tile).collect_view();
            view! {
                <Choices legend="Kies de maanden" name="waarde" row=true>
                    {tiles}
                </Choices>
            }
            .into_any()
        }
        SettingField::One(choices) => {
            let choice = |(value, label, checked): (String, String, bool)| {
                view! {
                    <Choice name="waarde" value=value checked=checked>
                        {label}
                    </Choice>
                }
            };
            let rows = choices.into_iter().map(choice).collect_view();
            view! {
                <Choices legend=title name="waarde" hidden_legend=true>
                    {rows}
                </Choices>
            }
            .into_any()
        }
        SettingField::List(options, chosen) => {
            let options = options.into_iter().map(|(value, label)| SelectOption::new(value, label)).collect();
            view! { <Select name="waarde" label="Hoeveel uur per maand" options value=chosen id=id /> }.into_any()
        }
        SettingField::Number(least, most, unit, value) => view! {
            <Field
                name="waarde"
                label=number_label(least, most, &unit)
                kind="number"
                inputmode="numeric"
                short=true
                required=true
                min=least.to_string()
                max=most.to_string()
                value=value
                id=id
            />
        }
        .into_any(),
    }
}

/// `Dag van de maand, 1 tot en met 28`.
fn number_label(least: u32, most: u32, unit: &str) -> String {
    match unit {
        "van de maand" => format!("Dag {unit}, {least} tot en met {most}"),
        unit => format!("Aantal {unit}, {least} tot en met {most}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::testing::{faults, html};

    #[test]
    fn a_browser_has_nothing_to_repair_in_a_policy() {
        let card = |name: &str, field| SettingCard {
            name: name.to_owned(),
            title: "Grens voor een opname".to_owned(),
            what: "Zoveel neemt een school op.".to_owned(),
            source: "Een keuze van Wijkpot.".to_owned(),
            now: "4 u".to_owned(),
            by: "Gekozen bij het inrichten.".to_owned(),
            choose: "Zet de grens".to_owned(),
            field,
        };
        let text = |text: &str| text.to_owned();
        let settings = vec![
            card("months", SettingField::Several(vec![(text("9"), text("september"), true), (text("10"), text("oktober"), false)])),
            card("board_mandate", SettingField::One(vec![(text("yes"), text("Ja"), true), (text("no"), text("Nee"), false)])),
            card("draw_cap", SettingField::List(vec![(text("0"), text("0 u")), (text("240"), text("4 u"))], text("240"))),
            card("notice_day", SettingField::Number(1, 28, text("van de maand"), text("15"))),
        ];
        let page = html(|| {
            leptos_meta::provide_meta_context();
            view! { <PolicyView data=PolicyPage { settings } /> }
        });
        assert_eq!(faults(&page), Vec::<String>::new(), "{page}");
        assert!(page.contains(r#"name="maand_9" value="ja" checked"#) && !page.contains(r#"name="maand_10" value="ja" checked"#), "{page}");
        assert!(page.contains(r#"name="instelling" value="notice_day""#), "{page}");
    }
}
