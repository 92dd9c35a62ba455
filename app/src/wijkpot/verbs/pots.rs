//! Making pots. Always true here: a partnership has one city-wide pot at most, and a wijk lies in one pot.

use super::super::sql;
use crate::{AppError, db::Tx};
use domain::{PartnershipId, Refusal, WijkId, WijkpotId, text::one_line};

/// A name fits on a line and in its column.
const NAME_CHARACTERS_MAX: usize = 100;

/// Makes a pot of these wijken, or of this name: the wijken leave the pot they were in. Without wijken it is the city-wide one.
///
/// # Errors
/// `Refused` without a name, or when there is a city-wide pot already.
pub async fn arrange(tx: &mut Tx, partnership: PartnershipId, name: &str, wijken: &[WijkId]) -> Result<WijkpotId, AppError> {
    let name = one_line(name);
    let length = name.chars().count();
    if length == 0 || length > NAME_CHARACTERS_MAX {
        let advice = format!("Een naam heeft 1 tot {NAME_CHARACTERS_MAX} tekens. Er is niets veranderd.");
        return Err(Refusal::new("name_missing", "De pot heeft nog geen naam", advice).at("naam").into());
    }
    let is_city = wijken.is_empty();
    let all = sql::pots(tx, partnership).await?;
    if let Some(same) = all.iter().find(|pot| pot.name == name && pot.city != is_city) {
        let what = if same.city { "is de stedelijke pot" } else { "is een wijkpot" };
        let advice = format!("{} {what}. Kies een andere naam. Er is niets veranderd.", same.name);
        return Err(Refusal::new("name_taken", "Deze naam is al van een andere pot", advice).at("naam").into());
    }
    if let Some(other) = all.iter().find(|pot| is_city && pot.city && pot.name != name) {
        let advice = format!("Dat is {}. Kies een of meer wijken voor deze pot. Er is niets veranderd.", other.name);
        return Err(Refusal::new("second_city_pot", "Er is al een stedelijke pot", advice).at("wijken").into());
    }
    let pot = sql::put_pot(tx, partnership, &name, is_city).await?;
    for wijk in wijken {
        sql::cover(tx, partnership, pot, *wijk).await?;
    }
    Ok(pot)
}
