//! What one's own school or board gave and asked, with what can still be done about it. Always true: taking back asks first, in a fold
//! that says what it does.

use super::{
    api::{ConsentDonation, TakeBackHours},
    api_reserve::DecideReserve,
    read::{Scene, when},
    shown::{Mine, MineAct},
    sql::{self, DonationRow, DrawRow, ReserveRow, WentBackRow},
};
use crate::{
    AppError,
    db::Tx,
    hours::Behind,
    ui::{Button, Chip, Form, FormAction, Kind, State, TextArea, linking, page_key},
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    Minutes, SchoolId,
    bookings::REASON_MAX,
    hours::AboutKind,
    time,
    wijkpot::{Decider, DonationState, Donor, DrawState, Left},
};
use leptos::prelude::*;

/// A gift stays in sight for a week.
pub(super) const SEEN_FOR: TimeDelta = TimeDelta::days(7);

/// Everything of one's own.
pub(super) async fn load(tx: &mut Tx, scene: &Scene<'_>, own: Option<SchoolId>) -> Result<Vec<Mine>, AppError> {
    let since = scene.now - SEEN_FOR;
    let mut all = Vec::new();
    if let Some(school) = own {
        for row in sql::donations_of(tx, scene.partnership, Donor::School(school), since).await? {
            all.push(gift(&row, scene.now, false)?);
        }
        let back = sql::went_back(tx, scene.partnership, school, scene.month).await?;
        for row in sql::draws_of(tx, scene.partnership, school, scene.month).await? {
            let back: Vec<&WentBackRow> = back.iter().filter(|back| back.draw_id == row.id).collect();
            all.push(draw(&row, &back, scene.now)?);
        }
        for row in sql::reserves_of(tx, scene.partnership, school, scene.month).await? {
            all.push(reserve(&row, scene.now, MineAct::WithdrawReserve)?);
        }
    } else if let Some((board, _)) = &scene.seat.board {
        for row in sql::donations_of(tx, scene.partnership, Donor::Board(*board), since).await? {
            all.push(gift(&row, scene.now, false)?);
        }
    }
    Ok(all)
}

/// A draw that is decided, with what went back of it.
fn draw(row: &DrawRow, back: &[&WentBackRow], now: DateTime<Utc>) -> Result<Mine, AppError> {
    let by = Decider::from_code(&row.decider).filter(|decider| *decider != Decider::Automatic);
    let mut notes: Vec<String> = by.map(|decider| format!("Na besluit van {}.", decider.dutch())).into_iter().collect();
    notes.extend((!row.reason.is_empty()).then(|| row.reason.clone()));
    let sum = |put_right: bool| back.iter().filter(|one| one.is_put_right() == put_right).map(|one| Minutes(one.minutes)).sum::<Minutes>();
    let (put_right, given_back) = (sum(true), sum(false));
    if given_back > Minutes::ZERO {
        notes.push(format!("{given_back} teruggegeven: je hebt weer eigen uren."));
    }
    if let Some(one) = back.iter().find(|one| one.is_put_right()) {
        notes.push(format!("{put_right} teruggedraaid: {}", one.reason));
    }
    let all = Some((put_right + given_back).0) == row.granted_minutes;
    Ok(Mine {
        id: row.id.to_string(),
        what: match row.granted_minutes {
            Some(granted) => format!("{} {} opgenomen", Minutes(granted), row.supplier),
            None => format!("{} {} gevraagd", Minutes(row.minutes), row.supplier),
        },
        behind: row.granted_minutes.map(|_| Behind::of_what_is_about(AboutKind::Draw, row.id, Some(row.school_id))),
        when: when(row.decided_at.unwrap_or(row.asked_at), now),
        chip: match (all, put_right > Minutes::ZERO) {
            (true, true) => (State::Stop, "Teruggedraaid".to_owned()),
            (true, false) => (State::Done, "Teruggegeven".to_owned()),
            _ => draw_chip(row.draw()?.state),
        },
        note: notes.join(" "),
        act: MineAct::Nothing,
    })
}

/// A gift as its donor sees it, or its board.
pub(super) fn gift(row: &DonationRow, now: DateTime<Utc>, as_board: bool) -> Result<Mine, AppError> {
    let donation = row.donation()?;
    let given = matches!(donation.state, DonationState::Given | DonationState::TakenBack);
    let what = format!("{} {} {}", donation.minutes, row.supplier, if given { "gedoneerd" } else { "aangeboden" });
    let open = donation
        .until()
        .filter(|until| *until >= now && donation.take_back(Left { minutes: donation.minutes, used: Minutes::ZERO }, now).is_ok());
    let note = match (donation.state, open) {
        (DonationState::Given, Some(until)) => {
            let (day, clock) = (time::date_long(time::local_date(until)), time::clock(time::local(until).time()));
            format!("Terugnemen kan tot {day} om {clock} uur, zolang het nog in de pot zit.")
        }
        (DonationState::TakenBack, _) => format!("{} is terug.", Minutes(row.taken_back_minutes.unwrap_or_default())),
        _ => row.reason.clone(),
    };
    let chip = match donation.state {
        DonationState::Waiting if as_board => (State::Turn, "Wacht op jouw akkoord".to_owned()),
        DonationState::Waiting => (State::Wait, "Wacht op het bestuur".to_owned()),
        DonationState::Given => (State::Pot, "Aan de wijkpot gegeven".to_owned()),
        DonationState::TakenBack => (State::Done, "Teruggenomen".to_owned()),
        DonationState::Withdrawn => (State::Done, "Ingetrokken".to_owned()),
        DonationState::Refused => (State::Stop, "Afgewezen".to_owned()),
    };
    let act = match donation.state {
        DonationState::Waiting if as_board => MineAct::Consent,
        DonationState::Waiting => MineAct::TakeBack,
        DonationState::Given if open.is_some() && !as_board => MineAct::TakeBack,
        _ => MineAct::Nothing,
    };
    let what = if as_board { format!("{}: {what} aan {}", row.donor, row.pot) } else { what };
    let behind = given.then(|| Behind::of_what_is_about(AboutKind::Donation, row.id, Some(row.donor_id)));
    Ok(Mine { id: row.id.to_string(), what, behind, when: when(row.donated_at, now), chip, note, act })
}

/// A question for the reserve, with what may be done while it waits.
pub(super) fn reserve(row: &ReserveRow, now: DateTime<Utc>, act: MineAct) -> Result<Mine, AppError> {
    let state = row.state()?;
    let waits = state == DrawState::Asked;
    let who = if act == MineAct::Release { format!("{}: ", row.school) } else { String::new() };
    let answer = if row.decided_because.is_empty() { String::new() } else { format!(" Antwoord: {}", row.decided_because) };
    Ok(Mine {
        id: row.id.to_string(),
        what: format!("{who}{} {} uit de reserve", Minutes(row.minutes), row.supplier),
        behind: (state == DrawState::Granted).then(|| Behind::of_what_is_about(AboutKind::Release, row.id, Some(row.school_id))),
        when: when(row.decided_at.unwrap_or(row.asked_at), now),
        chip: match (state, act) {
            (DrawState::Asked, MineAct::Release) => (State::Turn, "Wacht op jou".to_owned()),
            (DrawState::Asked, _) => (State::Wait, "Wacht op het secretariaat".to_owned()),
            (state, _) => draw_chip(state),
        },
        note: format!("Reden: {}{answer}", row.reason),
        act: if waits { act } else { MineAct::Nothing },
    })
}

fn draw_chip(state: DrawState) -> (State, String) {
    match state {
        DrawState::Asked => (State::Wait, "Wacht".to_owned()),
        DrawState::Granted => (State::Valid, "Toegekend".to_owned()),
        DrawState::Refused => (State::Stop, "Afgewezen".to_owned()),
        DrawState::Withdrawn => (State::Done, "Ingetrokken".to_owned()),
    }
}

/// The list.
#[component]
pub(super) fn MineList(
    /// What is in it.
    mine: Vec<Mine>,
) -> impl IntoView {
    view! {
        <ul class="list rows gifts">
            {mine
                .into_iter()
                .map(|one| {
                    let (state, text) = one.chip;
                    view! {
                        <li>
                            <p class="gift-head">
                                <b>{linking(one.what.clone(), one.behind)}</b>
                                " "
                                <Chip state text />
                            </p>
                            <p class="soft">{one.when}</p>
                            {(!one.note.trim().is_empty()).then(|| view! { <p>{one.note}</p> })}
                            <Act id=one.id act=one.act what=one.what />
                        </li>
                    }
                })
                .collect_view()}
        </ul>
    }
}

#[component]
fn Act(id: String, act: MineAct, what: String) -> impl IntoView {
    let about = format!(", {what}");
    match act {
        MineAct::Nothing => ().into_any(),
        MineAct::TakeBack => view! {
            <details class="fold">
                <summary>"Neem terug" <span class="visually-hidden">{about}</span></summary>
                <div class="fold-body">
                    <p class="soft">"Wat er nog in de pot zit, komt terug. Het vervalt aan het eind van de maand als je het niet gebruikt."</p>
                    <Form action={FormAction::to::<TakeBackHours>()} key=page_key() id=format!("terug-{id}") hidden=vec![("donatie", id)]>
                        <Button kind=Kind::Primary small=true>"Neem terug"</Button>
                    </Form>
                </div>
            </details>
        }
        .into_any(),
        MineAct::WithdrawReserve => {
            let hidden = vec![("vraag", id.clone()), ("antwoord", "intrekken".to_owned())];
            view! {
                <details class="fold">
                    <summary>"Trek in" <span class="visually-hidden">{about}</span></summary>
                    <div class="fold-body">
                        <p>"Het secretariaat beslist er dan niet meer over."</p>
                        <Form action={FormAction::to::<DecideReserve>()} key=page_key() id=format!("trek-in-{id}") hidden>
                            <Button small=true>"Trek je vraag in"</Button>
                        </Form>
                    </div>
                </details>
            }
            .into_any()
        }
        MineAct::Consent => {
            view! { <Answers action={FormAction::to::<ConsentDonation>()} name="donatie" id yes="Geef akkoord" no="Wijs af" about /> }.into_any()
        }
        MineAct::Release => {
            view! { <Answers action={FormAction::to::<DecideReserve>()} name="vraag" id yes="Geef vrij" no="Wijs af" about /> }.into_any()
        }
    }
}

/// Yes with one click, no with a reason.
#[component]
fn Answers(action: FormAction, name: &'static str, id: String, yes: &'static str, no: &'static str, about: String) -> impl IntoView {
    let most = u32::try_from(REASON_MAX).unwrap_or(u32::MAX);
    let hidden = |answer: &str| vec![(name, id.clone()), ("antwoord", answer.to_owned())];
    let (agree, refuse) = (hidden("ja"), hidden("nee"));
    let also = about.clone();
    view! {
        <div class="answers">
            <Form action key=page_key() id=format!("ja-{id}") hidden=agree>
                <Button kind=Kind::Primary small=true>{yes} <span class="visually-hidden">{also}</span></Button>
            </Form>
            <details class="fold">
                <summary>{no} <span class="visually-hidden">{about}</span></summary>
                <div class="fold-body">
                    <Form action key=page_key() id=format!("nee-{id}") hidden=refuse>
                        <TextArea
                            name="reden"
                            id=format!("reden-{id}")
                            label="Waarom niet?"
                            help="De school leest dit."
                            two_lines=true
                            required=true
                            maxlength=most
                        />
                        <Button small=true>{no}</Button>
                    </Form>
                </div>
            </details>
        </div>
    }
}
