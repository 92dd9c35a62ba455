//! The policy as its page shows it. Always true here: words come from domain, and a value nobody chose says so.

use super::api::{PolicyPage, SettingCard, SettingField};
use crate::{
    AppError,
    db::Tx,
    organisations::sql::{self, SettingChange},
};
use domain::{
    Minutes, PartnershipId,
    policy::{Choices, Policy, Setting},
    time,
};

/// Every setting with its value and who chose it.
pub(super) async fn policy_page(tx: &mut Tx, partnership: PartnershipId) -> Result<PolicyPage, AppError> {
    let policy = sql::policy(tx, partnership).await?;
    let changes = sql::setting_changes(tx, partnership).await?;
    let card = |setting: &Setting| SettingCard {
        name: setting.code().to_owned(),
        title: setting.dutch().to_owned(),
        what: setting.what().to_owned(),
        source: setting.source().to_owned(),
        now: policy.shown(*setting),
        by: by(changes.iter().find(|change| change.name == setting.code())),
        choose: setting.choose().to_owned(),
        field: field(&policy, *setting),
    };
    Ok(PolicyPage { settings: Setting::ALL.iter().map(card).collect() })
}

fn by(change: Option<&SettingChange>) -> String {
    let at = change.and_then(|change| change.changed_at);
    match (at, change.and_then(|change| change.by.as_deref())) {
        (Some(at), Some(by)) => format!("Gekozen door {by} op {}.", time::date_full(time::local_date(at))),
        _ if change.is_some() => "Gekozen bij het inrichten.".to_owned(),
        _ => "Nog niemand koos iets anders: zo staat het vanaf het begin.".to_owned(),
    }
}

fn field(policy: &Policy, setting: Setting) -> SettingField {
    let value = policy.value(setting);
    match setting.choices() {
        Choices::Several(choices) => {
            let chosen: Vec<&str> = value.split(',').collect();
            let choice = |(month, label): (String, &str)| (month.clone(), label.to_owned(), chosen.contains(&month.as_str()));
            SettingField::Several(choices.into_iter().map(choice).collect())
        }
        Choices::One(choices) => {
            let choice = |(code, label): (&str, &str)| (code.to_owned(), label.to_owned(), code == value);
            SettingField::One(choices.into_iter().map(choice).collect())
        }
        Choices::Hours(_, offered) => {
            let mut offered: Vec<Minutes> = offered.to_vec();
            offered.push(policy.draw_cap);
            offered.sort();
            offered.dedup();
            SettingField::List(offered.into_iter().map(|minutes| (minutes.0.to_string(), minutes.to_string())).collect(), value)
        }
        Choices::Number(least, most, unit) => SettingField::Number(least, most, unit.to_owned(), value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cap_that_is_not_on_offer_stands_in_the_list_all_the_same() {
        let policy = Policy { draw_cap: Minutes(255), ..Policy::default() };
        let SettingField::List(list, chosen) = field(&policy, Setting::DrawCap) else { panic!("a list") };
        assert_eq!(chosen, "255");
        assert_eq!(list.iter().filter(|(value, _)| *value == chosen).count(), 1);
        assert!(list.is_sorted_by_key(|(value, _)| value.parse::<i64>().unwrap_or_default()));
    }

    #[test]
    fn who_chose_is_told_as_far_as_it_is_known() {
        let change = |by: Option<&str>, at: Option<&str>| SettingChange {
            name: "draw_cap".to_owned(),
            by: by.map(str::to_owned),
            changed_at: at.map(|at| at.parse().expect("an instant")),
        };
        let known = change(Some("Wietske Poelstra"), Some("2026-11-17T11:00:00Z"));
        assert_eq!(by(Some(&known)), "Gekozen door Wietske Poelstra op 17 november 2026.");
        assert_eq!(by(Some(&change(None, None))), "Gekozen bij het inrichten.");
        assert!(by(None).starts_with("Nog niemand"));
    }
}
