//! Where everything stands that people asked and answered, beside the ledger: compared from time to time, because a step that reads it
//! wrong shows at once.

use super::{
    application::Application,
    compare::{Difference, maps},
    op::Name,
    rules::{Model, Thing},
};
use app::{AppError, db::Tx, fetch_all};
use domain::Minutes;
use std::collections::BTreeMap;
use uuid::Uuid;

/// A thing's state and a number that belongs to it: taken back, granted, worked, asked on top; in how many rounds a month was closed.
type States = BTreeMap<(String, Name), (String, Option<i64>)>;

/// Compares them.
pub async fn states(tx: &mut Tx, application: &Application, model: &Model) -> Result<Difference, AppError> {
    let mut there = States::new();
    for (thing, rows) in [
        (Thing::Donation, rows(tx, application, "donation").await?),
        (Thing::Draw, rows(tx, application, "draw").await?),
        (Thing::Request, rows(tx, application, "request").await?),
        (Thing::Deviation, rows(tx, application, "deviation").await?),
        (Thing::Booking, rows(tx, application, "booking").await?),
        (Thing::Booking, rows(tx, application, "extra").await?),
    ] {
        let what = format!("{thing:?}");
        for (id, state, number) in rows {
            let name = application.names.get(&id).copied().unwrap_or_default();
            let what = if state == "asked on top" { "extra".to_owned() } else { what.clone() };
            there.insert((what, name), (state, number));
        }
    }
    if let Some(difference) = maps("state of", &there, &expected(model)) {
        return Ok(Some(difference));
    }
    let rounds: Vec<(String, i64)> =
        fetch_all!(tx, (String, i64), "select month, rounds from month_closings where partnership_id = $1", application.partnership.0)?;
    let expected = model.closed.iter().map(|(month, rounds)| (month.to_string(), *rounds)).collect();
    Ok(maps("closing of", &rounds.into_iter().collect(), &expected))
}

async fn rows(tx: &mut Tx, application: &Application, what: &str) -> Result<Vec<(Uuid, String, Option<i64>)>, AppError> {
    let text = match what {
        "donation" => "select id, state, taken_back_minutes from donations where partnership_id = $1",
        "draw" => "select id, state, granted_minutes from draws where partnership_id = $1",
        "request" => "select id, state, null from reserve_requests where partnership_id = $1",
        "deviation" => "select id, state, null from deviations where partnership_id = $1",
        "booking" => "select id, status, done_minutes from bookings where partnership_id = $1",
        _ => "select booking_id, 'asked on top', extra_minutes from booking_extras where partnership_id = $1 and state = 'asked'",
    };
    Ok(fetch_all!(tx, (Uuid, String, Option<i64>), text, application.partnership.0)?)
}

fn expected(model: &Model) -> States {
    let mut all = States::new();
    let mut add = |thing: &str, name: Name, state: &str, number: Option<Minutes>| {
        all.insert((thing.to_owned(), name), (state.to_owned(), number.map(|minutes| minutes.0)));
    };
    for (name, given) in &model.donations {
        add("Donation", *name, given.gift.state.code(), given.back);
    }
    for (name, draw) in &model.draws {
        add("Draw", *name, draw.state.code(), draw.granted);
    }
    for (name, request) in &model.requests {
        add("Request", *name, request.state.code(), None);
    }
    for (name, deviation) in &model.deviations {
        add("Deviation", *name, deviation.state.code(), None);
    }
    for (name, visit) in &model.visits {
        add("Booking", *name, visit.booking.state.code(), visit.booking.minutes_used);
        if let Some((_, missing)) = visit.extra {
            add("extra", *name, "asked on top", Some(missing));
        }
    }
    all
}
