//! Tests of who pays: the order of the sources, what holds one back, and what goes back to whom.
//!
//! Always true here: the numbers are written out, or hold for any stock.

use super::*;
use proptest::prelude::*;
use uuid::Uuid;

fn stock(kind: SourceKind, idle: i64) -> Stock {
    let (holder_kind, id, name) = match kind {
        SourceKind::School => (HolderKind::School, 1, "De Kastanje"),
        SourceKind::Board => (HolderKind::Board, 2, "Bestuur Zuid"),
        SourceKind::Wijkpot => (HolderKind::Wijkpot, 3, "Wijkpot Noord"),
        SourceKind::CityPot => (HolderKind::Wijkpot, 4, "de stedelijke pot"),
        SourceKind::Reserve => (HolderKind::Reserve, 5, "de reserve"),
    };
    Stock {
        kind,
        holder: Holder { kind: holder_kind, id: Uuid::from_u128(id) },
        name: name.to_owned(),
        idle: Minutes(idle),
        waited_for: false,
    }
}

fn stocks(idle: [i64; 5]) -> Vec<Stock> {
    SourceKind::ALL.into_iter().zip(idle).map(|(kind, idle)| stock(kind, idle)).collect()
}

fn paid(sources: &Sources, wanted: i64) -> Vec<(SourceKind, i64)> {
    sources.pay(Minutes(wanted)).expect("there is enough").iter().map(|part| (part.kind, part.minutes.0)).collect()
}

#[test]
fn own_hours_go_first_then_the_board_then_the_pot_and_never_the_reserve() {
    let rules = PayRules { board_mandates: true, ..PayRules::default() };
    let mut shuffled = stocks([60, 60, 60, 60, 6000]);
    shuffled.reverse();
    let sources = Sources::of(shuffled, &rules);
    assert_eq!(sources.total(), Minutes(240));
    assert_eq!(paid(&sources, 60), [(SourceKind::School, 60)]);
    let all = [(SourceKind::School, 60), (SourceKind::Board, 60), (SourceKind::Wijkpot, 60), (SourceKind::CityPot, 30)];
    assert_eq!(paid(&sources, 210), all);
    assert!(sources.pay(Minutes(255)).is_err());
}

#[test]
fn a_board_pays_only_with_a_mandate_and_up_to_its_cap() {
    let there = |rules: PayRules| Sources::of(stocks([0, 600, 0, 0, 0]), &rules).total().0;
    let mandate = PayRules { board_mandates: true, ..PayRules::default() };
    assert_eq!(there(PayRules::default()), 0);
    assert_eq!(there(mandate), 600);
    assert_eq!(there(PayRules { board_cap: Some(Minutes(120)), board_taken: Minutes(45), ..mandate }), 75);
    assert_eq!(there(PayRules { board_cap: Some(Minutes(120)), board_taken: Minutes(180), ..mandate }), 0);
}

#[test]
fn both_pots_together_give_what_is_left_of_the_cap() {
    let rules = PayRules { pot_taken: Minutes(60), ..PayRules::default() };
    let sources = Sources::of(stocks([0, 0, 120, 600, 0]), &rules);
    assert_eq!(paid(&sources, 180), [(SourceKind::Wijkpot, 120), (SourceKind::CityPot, 60)]);
    assert_eq!(sources.total(), Minutes(180));
}

#[test]
fn a_pot_pays_nobody_what_another_school_waits_for_but_a_visit_that_moves_keeps_its_hours() {
    let mut there = stocks([0, 0, 120, 600, 0]);
    there[2].waited_for = true;
    let mut sources = Sources::of(there, &PayRules::default());
    assert_eq!(paid(&sources, 240), [(SourceKind::CityPot, 240)]);
    assert_eq!(sources.without_reserve(), Minutes(600));
    sources.keep(sources.lines[2].holder, Minutes(45));
    sources.keep(sources.lines[3].holder, Minutes(600));
    assert_eq!(paid(&sources, 60), [(SourceKind::Wijkpot, 45), (SourceKind::CityPot, 15)]);
    assert_eq!(sources.total(), Minutes(285), "nobody waits for the other pot: its cap stands");
}

#[test]
fn too_few_hours_says_what_there_is_and_what_to_do_next() {
    let sources = Sources::of(stocks([60, 0, 600, 0, 0]), &PayRules::default());
    let refusal = sources.pay(Minutes::hours(6)).expect_err("there are five hours");
    assert_eq!((refusal.code.as_ref(), refusal.field.as_deref()), ("too_few_hours", Some("duur")));
    assert_eq!(
        refusal.advice.replace('\u{a0}', " "),
        "Je vraagt 6 u. Beschikbaar is 5 u: De Kastanje 1 u, Wijkpot Noord 4 u. Er is niets vastgezet. \
         Kies een kortere afspraak of een andere maand. In Wijkpot Noord ligt nog 6 u. Vraag daarvoor een opname aan."
    );
    assert_eq!(refusal.choices, [Choice { value: "300".to_owned(), label: Minutes(300).to_string() }]);
    let empty = Sources::of(stocks([0, 0, 0, 0, 0]), &PayRules::default()).pay(Minutes(60)).expect_err("there is nothing");
    assert!(empty.advice.contains("Kies een andere maand. Of wacht tot"), "{empty}");
    assert!(empty.choices.is_empty());
}

#[test]
fn a_reserve_gets_its_minutes_back_after_the_month_too() {
    let reserve = Part { holder: stock(SourceKind::Reserve, 0).holder, kind: SourceKind::Reserve, minutes: Minutes(60) };
    assert_eq!(give_back(std::slice::from_ref(&reserve), Minutes(60), true), [(reserve.holder, Minutes(60))]);
}

fn any_sources() -> impl Strategy<Value = Sources> {
    let rules = (any::<bool>(), prop::option::of(0_i64..400), 0_i64..400, 0_i64..400, 0_i64..400);
    (prop::array::uniform5(-4_i64..60), rules).prop_map(|(quarters, (board_mandates, cap, board_taken, pot_cap, pot_taken))| {
        let rules = PayRules {
            board_mandates,
            board_cap: cap.map(Minutes),
            board_taken: Minutes(board_taken),
            pot_cap: Minutes(pot_cap),
            pot_taken: Minutes(pot_taken),
        };
        Sources::of(stocks(quarters.map(|quarters| quarters * 15)), &rules)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn parts_sum_to_what_is_wanted_in_order_and_never_above_what_is_there(sources in any_sources(), quarters in 1_i64..200) {
        let wanted = Minutes::quarters(quarters);
        let Ok(parts) = sources.pay(wanted) else {
            prop_assert!(wanted > sources.total());
            return Ok(());
        };
        prop_assert_eq!(parts.iter().map(|part| part.minutes).sum::<Minutes>(), wanted);
        prop_assert!(parts.windows(2).all(|pair| pair[0].kind < pair[1].kind));
        let last = parts.last().map(|part| part.kind);
        for source in sources.lines.iter().filter(|source| source.kind.is_automatic()) {
            let part = parts.iter().find(|part| part.kind == source.kind).map(|part| part.minutes).unwrap_or_default();
            prop_assert!(part <= source.available && source.available <= source.idle && part.is_on_grid());
            // A later source pays only once the earlier ones are empty.
            prop_assert!(Some(source.kind) >= last || part == source.available);
        }
        prop_assert!(parts.iter().all(|part| part.kind != SourceKind::Reserve));
    }

    #[test]
    fn what_is_given_back_sums_and_goes_to_the_last_that_paid(sources in any_sources(), quarters in 1_i64..200, back in 0_i64..220, ended: bool) {
        let Ok(parts) = sources.pay(Minutes::quarters(quarters)) else { return Ok(()) };
        let returns = give_back(&parts, Minutes::quarters(back), ended);
        prop_assert_eq!(returns.iter().map(|(_, minutes)| *minutes).sum::<Minutes>(), Minutes::quarters(back.min(quarters)));
        for ((holder, minutes), part) in returns.iter().zip(parts.iter().rev()) {
            prop_assert_eq!(*holder, if ended { part.holder.expired() } else { part.holder });
            prop_assert_eq!(holder.id, part.holder.id);
            prop_assert!(*minutes <= part.minutes);
        }
        let full = returns.len().saturating_sub(1);
        prop_assert!(returns.iter().zip(parts.iter().rev()).take(full).all(|((_, minutes), part)| *minutes == part.minutes));
    }
}
