//! What a school chooses for itself. Always true: its own coordinator or head.

use crate::AppError;
use leptos::prelude::*;

/// Lets a school give by itself what is idle shortly before the end of a month, or no longer.
#[server(name = SwitchDonation, prefix = "/api", endpoint = "school/doneren")]
pub async fn switch_donation(school: String, aan: String) -> Result<(), AppError> {
    use super::{sql, verbs};
    use crate::session::{Note, allow, db, go, note, now, signed_in};
    use domain::{
        SchoolId,
        people::{Action, Object},
    };
    let me = signed_in().await?;
    let school: SchoolId = school.parse().map_err(|_| AppError::Malformed)?;
    let on = match aan.as_str() {
        "ja" => true,
        "nee" => false,
        _ => return Err(AppError::Malformed),
    };
    let mut tx = db().write(me.partnership()).await?;
    let row = sql::school(&mut tx, me.partnership(), school).await?.ok_or(AppError::NotFound)?;
    let object = Object::of(me.partnership()).at_school(school, row.board_id.map(Into::into), Some(row.district_id.into()));
    allow(&me, Action::SwitchDonation, &object)?;
    verbs::switch_donation(&mut tx, me.partnership(), me.person(), school, on, now()).await?;
    tx.commit().await?;
    let (heading, text) = if on {
        (
            "Automatisch doneren staat aan",
            "Wat je niet boekt, gaat naar de wijkpot voordat de maand voorbij is. Bij je uren staat vanaf welke dag.",
        )
    } else {
        ("Automatisch doneren staat uit", "Wat je niet gebruikt of doneert, vervalt aan het einde van de maand.")
    };
    note(Note::done(heading, text)).await?;
    go(&format!("/uren?school={school}"));
    Ok(())
}
