//! What the policy page shows, and the server functions behind it. Always true: administrators only.

use crate::{AppError, session::Page};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// Every setting.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyPage {
    /// In their order.
    pub settings: Vec<SettingCard>,
}

/// One setting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingCard {
    /// `draw_cap`.
    pub name: String,
    /// `Grens voor een opname`.
    pub title: String,
    /// What it does.
    pub what: String,
    /// Where it comes from.
    pub source: String,
    /// `4 u`.
    pub now: String,
    /// `Gekozen door Wietske Poelstra op 17 november 2026`, or that nobody chose it.
    pub by: String,
    /// What the button says: `Zet de grens`.
    pub choose: String,
    /// How to choose another.
    pub field: SettingField,
}

/// The field of a setting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SettingField {
    /// Some of these: value, label, whether it is chosen.
    Several(Vec<(String, String, bool)>),
    /// One of these few: value, label, whether it is chosen.
    One(Vec<(String, String, bool)>),
    /// One of this list: value and label, and the chosen value.
    List(Vec<(String, String)>, String),
    /// A whole number: least, most, what it counts, and the number now.
    Number(u32, u32, String, String),
}

/// The policy of the partnership.
#[server(name = ReadPolicy, prefix = "/api", endpoint = "beleid/lees")]
pub async fn read_policy() -> Result<Page<PolicyPage>, AppError> {
    use crate::session::{allow, db, page, signed_in};
    use domain::people::{Action, Object};
    let me = signed_in().await?;
    allow(&me, Action::SetPolicy, &Object::of(me.partnership()))?;
    let mut tx = db().read().await?;
    let data = super::read::policy_page(&mut tx, me.partnership()).await?;
    drop(tx);
    page(data).await
}

/// Chooses a value for one setting.
#[server(name = SetPolicy, prefix = "/api", endpoint = "beleid/kies")]
pub async fn set_policy(
    instelling: String,
    #[server(default)] waarde: String,
    #[server(default)] maand_1: String,
    #[server(default)] maand_2: String,
    #[server(default)] maand_3: String,
    #[server(default)] maand_4: String,
    #[server(default)] maand_5: String,
    #[server(default)] maand_6: String,
    #[server(default)] maand_7: String,
    #[server(default)] maand_8: String,
    #[server(default)] maand_9: String,
    #[server(default)] maand_10: String,
    #[server(default)] maand_11: String,
    #[server(default)] maand_12: String,
) -> Result<(), AppError> {
    use crate::{
        organisations::verbs,
        session::{Note, allow, db, go, note, now, signed_in},
    };
    use domain::{
        people::{Action, Object},
        policy::{Choices, Setting},
    };
    let me = signed_in().await?;
    allow(&me, Action::SetPolicy, &Object::of(me.partnership()))?;
    let setting = Setting::from_code(&instelling).ok_or(AppError::Malformed)?;
    let value = if matches!(setting.choices(), Choices::Several(_)) {
        let ticked = [maand_1, maand_2, maand_3, maand_4, maand_5, maand_6, maand_7, maand_8, maand_9, maand_10, maand_11, maand_12];
        let months = (1..).zip(ticked).filter(|(_, ticked)| !ticked.is_empty()).map(|(month, _): (u32, _)| month.to_string());
        months.collect::<Vec<_>>().join(",")
    } else {
        waarde
    };
    let mut tx = db().write(me.partnership()).await?;
    verbs::set_policy(&mut tx, me.partnership(), me.person(), setting, &value, now()).await?;
    tx.commit().await?;
    note(Note::done("Je keuze is opgeslagen", format!("{}: hij geldt vanaf nu.", setting.dutch()))).await?;
    go(super::POLICY);
    Ok(())
}
