//! The policy: defaults, bounds, and that what is kept comes back.

use super::*;
use proptest::prelude::*;

fn code(result: Result<(), crate::Refusal>) -> String {
    result.err().map(|refusal| refusal.code.into_owned()).unwrap_or_default()
}

#[test]
fn what_was_never_chosen_is_the_default_of_the_domain() {
    let policy = Policy::read([]);
    assert_eq!(policy, Policy::default());
    assert_eq!(policy.months_of(SchoolYear(2026)), SchoolYear(2026).months());
    assert_eq!((policy.draw_cap, policy.record_wait_days), (Minutes::hours(4), 7));
    assert_eq!((policy.notice_day, policy.auto_donate_days), (15, 5));
}

#[test]
fn a_row_that_no_version_knows_leaves_the_default() {
    let rows = [("colour", "green"), ("draw_cap", "a lot"), ("notice_day", "31"), ("months", "13"), ("board_consent", "perhaps")];
    assert_eq!(Policy::read(rows), Policy::default());
}

#[test]
fn the_row_that_was_there_before_still_counts() {
    assert!(Policy::read([("board_mandate", "yes")]).board_mandate);
    assert!(!Policy::read([("board_mandate", "no")]).board_mandate);
}

#[test]
fn months_come_in_the_order_of_the_school_year_each_once() {
    let mut policy = Policy::default();
    assert_eq!(policy.set(Setting::Months, "1, 9,8,9"), Ok(()));
    assert_eq!(policy.months, [8, 9, 1]);
    let months: Vec<String> = policy.months_of(SchoolYear(2026)).iter().map(Month::to_string).collect();
    assert_eq!(months, ["2026-08", "2026-09", "2027-01"]);
    assert_eq!(policy.shown(Setting::Months), "augustus, september, januari");
}

#[test]
fn what_is_out_of_bounds_is_refused_at_its_field_and_changes_nothing() {
    let mut policy = Policy::default();
    let wrong = [
        (Setting::Months, "", "setting_empty"),
        (Setting::Months, " , ", "setting_empty"),
        (Setting::Months, "9,13", "setting_unknown"),
        (Setting::BoardMandate, "misschien", "setting_unknown"),
        (Setting::BoardConsent, "", "setting_unknown"),
        (Setting::DrawDecision, "koning", "setting_unknown"),
        (Setting::DrawCap, "-15", "setting_out_of_bounds"),
        (Setting::DrawCap, "20", "setting_out_of_bounds"),
        (Setting::DrawCap, "4815", "setting_out_of_bounds"),
        (Setting::DrawCap, "99999999999999999999", "setting_out_of_bounds"),
        (Setting::RecordWaitDays, "29", "setting_out_of_bounds"),
        (Setting::NoticeDay, "0", "setting_out_of_bounds"),
        (Setting::NoticeDay, "1,5", "setting_out_of_bounds"),
        (Setting::AutoDonateDays, "15", "setting_out_of_bounds"),
    ];
    for (setting, typed, refused) in wrong {
        let refusal = policy.set(setting, typed).expect_err("it is refused");
        assert_eq!((refusal.code.as_ref(), refusal.field.as_deref()), (refused, Some("waarde")), "{setting:?} {typed:?}");
    }
    assert_eq!(policy, Policy::default());
}

#[test]
fn the_bounds_themselves_are_choices() {
    let mut policy = Policy::default();
    for (setting, typed) in [
        (Setting::DrawCap, "0"),
        (Setting::DrawCap, "4800"),
        (Setting::RecordWaitDays, "0"),
        (Setting::RecordWaitDays, "28"),
        (Setting::NoticeDay, "1"),
        (Setting::NoticeDay, "28"),
        (Setting::AutoDonateDays, "1"),
        (Setting::AutoDonateDays, "14"),
    ] {
        assert_eq!(code(policy.set(setting, typed)), "", "{setting:?} {typed}");
        assert_eq!(policy.value(setting), typed);
    }
}

#[test]
fn every_setting_explains_itself() {
    for setting in Setting::ALL {
        assert!(setting.what().ends_with('.') && setting.source().ends_with('.'), "{setting:?}");
        assert!(!Policy::default().shown(*setting).is_empty(), "{setting:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn what_is_kept_comes_back(
        months in prop::collection::btree_set(1_u32..=12, 1..=12),
        (board_mandate, consent, decision) in (any::<bool>(), 0..BoardConsent::ALL.len(), 0..DrawDecision::ALL.len()),
        (cap, record_wait_days, notice_day, auto_donate_days) in (0_i64..=320, 0_u32..=28, 1_u32..=28, 1_u32..=14),
    ) {
        let policy = Policy {
            months: (8..=12).chain(1..=7).filter(|month| months.contains(month)).collect(),
            board_mandate,
            board_consent: BoardConsent::ALL[consent],
            draw_decision: DrawDecision::ALL[decision],
            draw_cap: Minutes::quarters(cap),
            record_wait_days,
            notice_day,
            auto_donate_days,
        };
        let rows: Vec<(&str, String)> = Setting::ALL.iter().map(|setting| (setting.code(), policy.value(*setting))).collect();
        prop_assert_eq!(Policy::read(rows.iter().map(|(name, value)| (*name, value.as_str()))), policy);
    }

    #[test]
    fn nothing_that_is_typed_makes_a_policy_without_a_month_or_outside_its_bounds(setting in 0..Setting::ALL.len(), typed in ".{0,40}") {
        let mut policy = Policy::default();
        let before = policy.clone();
        if policy.set(Setting::ALL[setting], &typed).is_err() {
            prop_assert_eq!(&policy, &before);
        }
        prop_assert!(!policy.months.is_empty() && policy.draw_cap.is_on_grid() && (1..=28).contains(&policy.notice_day));
    }
}
