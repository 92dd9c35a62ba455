//! Who waits for hours, and in which order. Always true: the reason of each place is shown to all schools of the pot, the case to none.

use super::{
    api::{DecideDraw, VoteDraw, WithdrawDraw},
    read::Scene,
    shown::{Queue, QueueAct, QueueLine},
    sql::{self, Waiting},
};
use crate::{
    AppError,
    db::Tx,
    hours::sql::{self as hours, AccountRow},
    ui::{Button, Cell, Column, Form, FormAction, Kind, Row, RowHead, Select, SelectOption, Table, TextArea, page_key},
};
use domain::{
    Minutes, SchoolId,
    bookings::{Level, REASON_MAX},
    experts::{in_sentence, taxonomy::Category},
    hours::Holder,
    people::Action,
    time,
    wijkpot::{Decider, Ranked, Tally, rank, tally},
};
use leptos::prelude::*;

/// The queues of a pot in a month, one per supplier.
pub(super) async fn load(tx: &mut Tx, scene: &Scene<'_>, held: &[AccountRow]) -> Result<Vec<Queue>, AppError> {
    let month = scene.month.to_string();
    let behind = match &scene.city {
        Some(city) => hours::accounts_of(tx, scene.partnership, Holder::wijkpot(city.id)).await?,
        None => Vec::new(),
    };
    let mut waiting: Vec<Waiting> = sql::queue(tx, scene.partnership, scene.now).await?;
    waiting.retain(|one| one.row.pot_id == scene.pot.id && one.row.month == month);
    let mut queues = Vec::new();
    for (position, supplier) in scene.suppliers.iter().enumerate() {
        let of: Vec<&Waiting> = waiting.iter().filter(|one| one.row.supplier_id == supplier.id).collect();
        if of.is_empty() {
            continue;
        }
        let of_supplier = |row: &&AccountRow| row.supplier_id == supplier.id && row.month == month;
        let sum = |rows: &[AccountRow]| rows.iter().filter(of_supplier).map(|row| Minutes(row.balance)).sum::<Minutes>();
        let (there, in_city) = (sum(held), sum(&behind));
        let asked: Minutes = of.iter().map(|one| one.need.minutes).sum();
        let ranked = rank(of.iter().map(|one| one.need.clone()).collect());
        let lines = ranked.iter().enumerate().filter_map(|(place, ranked)| {
            let one = of.iter().find(|one| one.need.draw == ranked.need.draw)?;
            Some(line(scene, place, ranked, one, there + in_city))
        });
        queues.push(Queue {
            id: format!("wachten-{position}"),
            supplier: scene.sign(supplier.id),
            sums: if in_city > Minutes::ZERO {
                format!("{asked} gevraagd, {there} in de pot en {in_city} in de stedelijke pot")
            } else {
                format!("{asked} gevraagd, {there} in de pot")
            },
            lines: lines.collect(),
        });
    }
    Ok(queues)
}

fn line(scene: &Scene<'_>, place: usize, ranked: &Ranked, one: &Waiting, there: Minutes) -> QueueLine {
    let Ranked { need, reason } = ranked;
    let own = scene.seat.schools.contains(&need.school);
    let days = time::days_between(time::local_date(need.since), time::local_date(scene.now));
    let level = Level::from_code(&one.row.level).map(Level::dutch).unwrap_or_default();
    let category = Category::from_code(&one.row.category).map(Category::dutch).unwrap_or_default();
    QueueLine {
        id: one.row.id.to_string(),
        place: (place + 1).to_string(),
        school: need.name.clone(),
        own,
        what: format!("{level}, {}", in_sentence(category)),
        amount: need.minutes.to_string(),
        urgency: need.urgency.dutch().to_owned(),
        per_hundred: need
            .hundredths_per_hundred()
            .map_or_else(|| "onbekend".to_owned(), |number| format!("{},{:02}", number / 100, number % 100)),
        waits: match days {
            0 => "vandaag".to_owned(),
            1 => "1 dag".to_owned(),
            days => format!("{days} dagen"),
        },
        reason: format!("{reason} {}", waits_for(one, there)),
        act: act(scene, one, own, there),
    }
}

/// What it waits for, in a sentence.
fn waits_for(one: &Waiting, there: Minutes) -> String {
    if one.standing.own_idle > Minutes::ZERO {
        return format!("Heeft zelf weer {}. Die gaan eerst.", one.standing.own_idle);
    }
    match (one.standing.decider, tally(&one.standing.votes)) {
        (Decider::Automatic, _) | (Decider::Network, Tally::Agreed) if there < one.need.minutes => "Wacht op uren in de pot.".to_owned(),
        (Decider::Automatic, _) => "Wacht op wie ervoor staat.".to_owned(),
        (Decider::DistrictTeam, _) => "Het stadsdeelteam beslist.".to_owned(),
        (Decider::Network, Tally::Open { yes, .. }) => format!("Twee andere scholen beslissen: {yes} zei ja."),
        (Decider::Network, _) => "Twee andere scholen zeiden ja.".to_owned(),
    }
}

fn act(scene: &Scene<'_>, one: &Waiting, own: bool, there: Minutes) -> QueueAct {
    let object = one.row.object(scene.partnership);
    if own {
        return QueueAct::Withdraw;
    }
    if one.standing.decider != Decider::Network && scene.seat.may(Action::DecideDraw, &object) {
        // Own hours go first and an empty pot gives nothing: then there is only a no to say.
        let most = if one.standing.own_idle > Minutes::ZERO { Minutes::ZERO } else { one.need.minutes.min(there) };
        return QueueAct::Decide(amounts(most));
    }
    let me = scene.seat.me.person();
    let has_spoken = |school: SchoolId| one.standing.votes.iter().any(|vote| vote.school == school || vote.person == me);
    let may_speak = |school: SchoolId| one.standing.voters.contains(&(school, me)) && !has_spoken(school);
    match scene.seat.schools.iter().find(|school| one.standing.decider == Decider::Network && may_speak(**school)) {
        Some(school) => QueueAct::Vote(school.to_string(), scene.seat.name_of(*school)),
        None => QueueAct::Nothing,
    }
}

/// Quarters up to this, the most first.
pub(super) fn amounts(most: Minutes) -> Vec<SelectOption> {
    let quarters = most.0 / 15;
    (1..=quarters).rev().map(Minutes::quarters).map(|minutes| SelectOption::new(minutes.0.to_string(), minutes.to_string())).collect()
}

/// Who waits.
#[component]
pub(super) fn Queues(
    /// Per supplier.
    queues: Vec<Queue>,
    /// `november`.
    month: String,
) -> impl IntoView {
    let is_empty = queues.is_empty();
    view! {
        <section class="part" aria-labelledby="wachten">
            <div class="part-head">
                <h2 id="wachten" tabindex="-1">"Wie wacht er op uren?"</h2>
                {is_empty.then(|| view! { <p>{format!("In {month} niemand.")}</p> })}
            </div>
            {(!is_empty)
                .then(|| {
                    view! {
                        <p class="measure soft">
                            "De volgorde komt van urgentie, dan van de minste uren per leerling, dan van de wachttijd. Wie nog op een besluit wacht, houdt de anderen niet op. Iedere school in de pot ziet dit. Niemand ziet waar een aanvraag over gaat."
                        </p>
                    }
                })}
            {queues.into_iter().map(|queue| view! { <QueueTable queue /> }).collect_view()}
        </section>
    }
}

#[component]
fn QueueTable(queue: Queue) -> impl IntoView {
    let Queue { supplier, sums, lines, .. } = queue;
    let columns = vec![
        Column::hidden("Plaats"),
        Column::text("School"),
        Column::num("Vraagt"),
        Column::text("Urgentie"),
        Column::num("Uren per 100 leerlingen"),
        Column::num("Wacht"),
        Column::text("Waarom op deze plaats"),
    ];
    view! {
        <Table caption=supplier.name note=sums columns class="rank">
            {lines.into_iter().map(|line| view! { <QueueRow line /> }).collect_view()}
        </Table>
    }
}

#[component]
fn QueueRow(line: QueueLine) -> impl IntoView {
    let QueueLine { id, place, school, own, what, amount, urgency, per_hundred, waits, reason, act } = line;
    let name = school.clone();
    view! {
        <Row current=own>
            <Cell>
                <span class="place">{place}</span>
            </Cell>
            <RowHead>
                {school}
                <span class="sub">{if own { format!("jouw school. {what}") } else { what }}</span>
            </RowHead>
            <Cell num=true label="vraagt">{amount}</Cell>
            <Cell label="urgentie">{urgency}</Cell>
            <Cell num=true label="uren per 100 leerlingen">{per_hundred}</Cell>
            <Cell num=true label="wacht">{waits}</Cell>
            <Cell>
                {reason}
                <Act id act school=name />
            </Cell>
        </Row>
    }
}

#[component]
fn Act(id: String, act: QueueAct, school: String) -> impl IntoView {
    match act {
        QueueAct::Nothing => ().into_any(),
        QueueAct::Withdraw => view! {
            <details class="fold">
                <summary>"Trek in" <span class="visually-hidden">", je vraag om uren"</span></summary>
                <div class="fold-body">
                    <p>"Je verliest je plaats in de rij. Vraag je later opnieuw, dan begint de wachttijd opnieuw."</p>
                    <Form action={FormAction::to::<WithdrawDraw>()} key=page_key() id=format!("intrekken-{id}") hidden=vec![("opname", id)]>
                        <Button small=true>"Trek je vraag in"</Button>
                    </Form>
                </div>
            </details>
        }
        .into_any(),
        QueueAct::Decide(amounts) => view! { <Decide id amounts school /> }.into_any(),
        QueueAct::Vote(voter, name) => view! {
            <div class="actions vote">
                {[("ja", "Zeg ja"), ("nee", "Zeg nee")]
                    .map(|(answer, words)| {
                        let hidden = vec![("opname", id.clone()), ("school", voter.clone()), ("antwoord", answer.to_owned())];
                        let label = format!(" tegen {school}, namens {name}");
                        view! {
                            <Form action={FormAction::to::<VoteDraw>()} key=page_key() id=format!("stem-{answer}-{id}") hidden>
                                <Button small=true>
                                    {words}
                                    <span class="visually-hidden">{label}</span>
                                </Button>
                            </Form>
                        }
                    })
                    .collect_view()}
            </div>
        }
        .into_any(),
    }
}

#[component]
fn Decide(id: String, amounts: Vec<SelectOption>, school: String) -> impl IntoView {
    let most = u32::try_from(REASON_MAX).unwrap_or(u32::MAX);
    let (yes, no) = (FormAction::to::<DecideDraw>(), FormAction::to::<DecideDraw>());
    let ids = ["geef", "geef-minuten", "weiger", "weiger-reden"].map(|part| format!("{part}-{id}"));
    let [give, amount, refuse, reason] = ids;
    let hidden = |answer: &str| vec![("opname", id.clone()), ("antwoord", answer.to_owned())];
    let (agreed, refused) = (hidden("ja"), hidden("nee"));
    let grants = amounts.first().map(|amount| amount.value.clone());
    view! {
        <details class="fold">
            <summary>
                {if grants.is_some() { "Beslis" } else { "Wijs af" }}
                <span class="visually-hidden">{format!(" over {school}")}</span>
            </summary>
            <div class="fold-body">
                {grants
                    .map(|value| {
                        view! {
                            <Form action=yes key=page_key() id=give hidden=agreed>
                                <Select name="minuten" id=amount label="Hoeveel ken je toe?" options=amounts value />
                                <Button kind=Kind::Primary small=true>"Ken toe"</Button>
                            </Form>
                        }
                    })}
                <Form action=no key=page_key() id=refuse hidden=refused>
                    <TextArea
                        name="reden"
                        id=reason
                        label="Waarom niet?"
                        help="De school leest dit."
                        two_lines=true
                        required=true
                        maxlength=most
                    />
                    <Button small=true>"Wijs af"</Button>
                </Form>
            </div>
        </details>
    }
}
