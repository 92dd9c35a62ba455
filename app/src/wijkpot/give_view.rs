//! The forms to give, to ask, and to ask the reserve. Always true: what cannot be chosen stands there with its reason, and every button
//! says its result.

use super::{
    api::{AskDraw, DonateHours},
    api_reserve::AskReserve,
    queue_view::amounts,
    read::Scene,
    shown::{AskForm, GiveForm, PotShown, ReserveForm},
    sql, verbs,
};
use crate::{
    AppError,
    db::Tx,
    hours::sql as hours,
    ui::{Button, Choice, Choices, Form, FormAction, Kind, Select, SelectOption, Supplier, SupplierName, TextArea, page_key},
};
use domain::{
    Minutes, SchoolId,
    bookings::{Level, REASON_MAX},
    experts::taxonomy::Category,
    hours::{AccountKey, Bucket, Holder, HolderKind},
    policy::{BoardConsent, DrawDecision},
    wijkpot::{Donor, Urgency, must_run},
};
use leptos::prelude::*;

/// The longest list of amounts: twenty hours in quarters. `Alles` gives more.
const AMOUNT_MAX: Minutes = Minutes::hours(20);
/// The most on the list of a reserve: a day. Who needs more asks again.
const RESERVE_MAX: Minutes = Minutes::hours(8);

/// Fills in the forms for whoever may use them. In a month that is over there are none.
pub(super) async fn load(tx: &mut Tx, scene: &Scene<'_>, own: Option<SchoolId>, shown: &mut PotShown) -> Result<(), AppError> {
    if must_run(scene.month, scene.now).is_err() {
        return Ok(());
    }
    if let Some(school) = own {
        shown.give = Some(give(tx, scene, Donor::School(school), scene.seat.name_of(school)).await?);
        shown.ask = Some(ask(tx, scene, school).await?);
        shown.reserve = reserve(tx, scene, school).await?;
    } else if let Some((board, name)) = &scene.seat.board {
        shown.give = Some(give(tx, scene, Donor::Board(*board), name.clone()).await?);
    }
    Ok(())
}

async fn give(tx: &mut Tx, scene: &Scene<'_>, donor: Donor, name: String) -> Result<GiveForm, AppError> {
    let holder = donor.holder();
    let month = scene.month.to_string();
    let accounts = hours::accounts_of(tx, scene.partnership, holder).await?;
    let mut idle: Vec<(String, Supplier, Minutes)> = Vec::new();
    for account in accounts.iter().filter(|account| account.month == month && account.balance > 0) {
        let waiting = sql::waiting_gifts(tx, scene.partnership, donor, account.supplier_id.into(), scene.month).await?;
        let free = Minutes(account.balance) - waiting;
        if free > Minutes::ZERO {
            idle.push((account.supplier_id.to_string(), scene.sign(account.supplier_id), free));
        }
    }
    let most = idle.iter().map(|(.., minutes)| *minutes).max().unwrap_or_default();
    let mut options = vec![SelectOption::new("alles", "Alles wat vrij is")];
    options.extend(amounts(most.min(AMOUNT_MAX)));
    let has_board = scene.seat.members.iter().any(|member| member.id == holder.id && member.board_id.is_some());
    let board = match (holder.kind, scene.policy.board_consent) {
        (HolderKind::School, BoardConsent::Notified) if has_board => " Je bestuur ziet je donatie.",
        (HolderKind::School, BoardConsent::Required) if has_board => " Je bestuur geeft eerst akkoord.",
        _ => "",
    };
    let who = if holder.kind == HolderKind::School { "school" } else { "bestuur" };
    let note = format!("Terugnemen kan 24 uur lang, zolang het nog in de pot zit. Neem je zelf uren op, dan gaan die er eerst af.{board}");
    Ok(GiveForm { who: (who, holder.id.to_string()), name, idle, amounts: options, note })
}

async fn ask(tx: &mut Tx, scene: &Scene<'_>, school: SchoolId) -> Result<AskForm, AppError> {
    let mut suppliers = Vec::new();
    for row in &scene.suppliers {
        let stock = verbs::stock(tx, scene.partnership, school, row.id.into(), scene.month).await?;
        let there = stock.in_pots();
        let (note, off) = if stock.own_idle > Minutes::ZERO {
            (format!("eerst je eigen {}", stock.own_idle), true)
        } else if there > Minutes::ZERO {
            (format!("{there} in de pot"), false)
        } else {
            ("nog niets in de pot".to_owned(), false)
        };
        suppliers.push((row.id.to_string(), scene.sign(row.id), note, off));
    }
    let taken = hours::taken_of(tx, scene.partnership, scene.month, school).await?;
    let left = (scene.policy.draw_cap - taken.pots).max(Minutes::ZERO);
    let note = match scene.policy.draw_decision {
        DrawDecision::Automatic if left > Minutes::ZERO => {
            format!("Tot {left} in {} krijg je direct, als het er is. Daarboven beslist het stadsdeelteam.", scene.month.name())
        }
        DrawDecision::Automatic => {
            format!("Je nam in {} al {} op. Over meer beslist het stadsdeelteam.", scene.month.name(), taken.pots)
        }
        DrawDecision::DistrictTeam => "Het stadsdeelteam beslist.".to_owned(),
        DrawDecision::Network => {
            "Twee andere scholen van de pot beslissen. Komen die er niet uit, dan beslist het stadsdeelteam.".to_owned()
        }
    };
    Ok(AskForm {
        school: school.to_string(),
        name: scene.seat.name_of(school),
        suppliers,
        amounts: (2..=32).map(Minutes::quarters).map(|minutes| SelectOption::new(minutes.0.to_string(), minutes.to_string())).collect(),
        levels: Level::ALL.into_iter().map(|level| SelectOption::new(level.code(), level.dutch())).collect(),
        categories: Category::ALL.into_iter().map(|category| SelectOption::new(category.code(), category.dutch())).collect(),
        note,
    })
}

async fn reserve(tx: &mut Tx, scene: &Scene<'_>, school: SchoolId) -> Result<Option<ReserveForm>, AppError> {
    let payer = hours::payer(tx, scene.partnership, school).await?.ok_or(AppError::NotFound)?;
    let (mut suppliers, mut most) = (Vec::new(), Minutes::ZERO);
    for row in &scene.suppliers {
        let bucket = Bucket::of_year(row.id.into(), scene.month.school_year());
        let there = hours::balance(tx, scene.partnership, &AccountKey::new(bucket, Holder::reserve(row.id.into()))).await?;
        if there > Minutes::ZERO {
            let sources = hours::sources(tx, scene.partnership, &payer, row.id.into(), scene.month).await?;
            // What the other sources can pay is not asked of the reserve; the shortest question tells whether they can pay any.
            let others = sources.without_reserve();
            let first = others >= Minutes::quarters(2);
            let note = if first { format!("eerst {others} uit andere bronnen") } else { format!("hooguit {there}") };
            most = most.max(if first { Minutes::ZERO } else { there });
            suppliers.push((row.id.to_string(), scene.sign(row.id), note, first));
        }
    }
    let amounts = amounts(most.min(RESERVE_MAX)).into_iter().rev().collect();
    Ok((!suppliers.is_empty()).then(|| ReserveForm { school: school.to_string(), suppliers, amounts }))
}

/// The form to give.
#[component]
pub(super) fn Give(
    /// What it offers.
    form: GiveForm,
    /// To which pot.
    pot: String,
    /// `2026-11`.
    month: String,
    /// `november`.
    month_name: String,
) -> impl IntoView {
    let GiveForm { who, name, idle, amounts, note } = form;
    let hidden = vec![("pot", pot), (who.0, who.1), ("maand", month)];
    let none = idle.is_empty();
    view! {
        <section class="card" aria-labelledby="doneren">
            <h2 id="doneren" tabindex="-1">"Doneer uren"</h2>
            {if none {
                view! { <p>{format!("{name} heeft in {month_name} geen vrije uren om te geven.")}</p> }.into_any()
            } else {
                view! {
                    <p class="soft">{format!("Uren die {name} in {month_name} niet nodig heeft, helpen een andere school.")}</p>
                    <Form action={FormAction::to::<DonateHours>()} key=page_key() id="doneer" hidden>
                        <Choices legend="Van welke leverancier?" name="leverancier">
                            {idle
                                .into_iter()
                                .enumerate()
                                .map(|(place, (value, supplier, minutes))| {
                                    view! {
                                        <Choice name="leverancier" value required=true checked={place == 0} note=format!("hooguit {minutes}")>
                                            <SupplierName supplier />
                                        </Choice>
                                    }
                                })
                                .collect_view()}
                        </Choices>
                        <Select name="minuten" id="doneer-minuten" label="Hoeveel?" help="Niet meer dan er achter de leverancier staat." options=amounts value="alles" />
                        <p>{note}</p>
                        <p class="actions">
                            <Button kind=Kind::Pot>"Doneer aan de wijkpot"</Button>
                        </p>
                    </Form>
                }
                    .into_any()
            }}
        </section>
    }
}

/// The form to ask.
#[component]
pub(super) fn Ask(
    /// What it offers.
    form: AskForm,
    /// `2026-11`.
    month: String,
) -> impl IntoView {
    let AskForm { school, name, suppliers, amounts, levels, categories, note } = form;
    let none = suppliers.iter().all(|(.., off)| *off);
    let first = suppliers.iter().position(|(.., off)| !off);
    let urgencies = Urgency::ALL.iter().map(|urgency| SelectOption::new(urgency.code(), urgency.dutch())).collect();
    view! {
        <section class="card" aria-labelledby="opnemen">
            <h2 id="opnemen" tabindex="-1">"Neem uren op"</h2>
            <p class="soft">"Kan als je eigen uren van die leverancier op zijn."</p>
            <Form action={FormAction::to::<AskDraw>()} key=page_key() id="neem-op" hidden=vec![("school", school), ("maand", month)]>
                <Choices legend="Van welke leverancier?" name="leverancier">
                    {suppliers
                        .into_iter()
                        .enumerate()
                        .map(|(place, (value, supplier, note, off))| {
                            view! {
                                <Choice name="leverancier" value off required=!off checked={first == Some(place)} note>
                                    <SupplierName supplier />
                                </Choice>
                            }
                        })
                        .collect_view()}
                </Choices>
                {if none {
                    view! { <p>{format!("{name} heeft bij elke leverancier nog eigen uren. Gebruik die eerst.")}</p> }.into_any()
                } else {
                    view! {
                        <div class="field-pair">
                            <Select name="soort" label="Waarvoor?" options=categories />
                            <Select name="minuten" id="neem-minuten" label="Hoeveel?" options=amounts value="60" />
                        </div>
                        <div class="field-pair">
                            <Select name="niveau" label="Voor wie?" options=levels value="groep" />
                            <Select name="urgentie" label="Hoe dringend?" options=urgencies value="normal" />
                        </div>
                        <p>{note}</p>
                        <p class="actions">
                            <Button kind=Kind::Primary>"Neem op uit de wijkpot"</Button>
                        </p>
                    }
                        .into_any()
                }}
            </Form>
        </section>
    }
}

/// The form to ask the reserve: the last source.
#[component]
pub(super) fn Reserve(
    /// What it offers.
    form: ReserveForm,
    /// `2026-11`.
    month: String,
) -> impl IntoView {
    let ReserveForm { school, suppliers, amounts } = form;
    let none = suppliers.iter().all(|(.., off)| *off);
    let first = suppliers.iter().position(|(.., off)| !off);
    let most = u32::try_from(REASON_MAX).unwrap_or(u32::MAX);
    view! {
        <section class="card sunk" aria-labelledby="reserve">
            <h2 id="reserve" tabindex="-1">"Vraag om reserve"</h2>
            <p class="soft">"Als je eigen uren, je bestuur en de potten het niet kunnen betalen. Het secretariaat beslist."</p>
            <Form action={FormAction::to::<AskReserve>()} key=page_key() id="vraag-reserve" hidden=vec![("school", school), ("maand", month)]>
                <Choices legend="Van welke leverancier?" name="leverancier">
                    {suppliers
                        .into_iter()
                        .enumerate()
                        .map(|(place, (value, supplier, note, off))| {
                            view! {
                                <Choice name="leverancier" value off required=!off checked={first == Some(place)} note>
                                    <SupplierName supplier />
                                </Choice>
                            }
                        })
                        .collect_view()}
                </Choices>
                {if none {
                    view! { <p>"Bij elke leverancier zijn er nog uren uit een andere bron. Gebruik die eerst."</p> }.into_any()
                } else {
                    view! {
                        <Select name="minuten" id="reserve-minuten" label="Hoeveel?" help="Niet meer dan er achter de leverancier staat." options=amounts value="60" />
                        <TextArea
                            name="reden"
                            id="reserve-reden"
                            label="Waarom is het nodig?"
                            help="Schrijf geen namen op. De reden komt in het urenboek."
                            two_lines=true
                            required=true
                            maxlength=most
                        />
                        <p class="actions">
                            <Button>"Vraag het secretariaat"</Button>
                        </p>
                    }
                        .into_any()
                }}
            </Form>
        </section>
    }
}
