//! The pages as HTML: nothing in them needs repair, every state has its words, and no case shows.

use super::{
    pot_view::PotView,
    pots_view::{PotLine, PotsShown, PotsView},
    shown::{AskForm, BoardNet, GiveForm, Mine, MineAct, Moved, PotShown, Queue, QueueAct, QueueLine, ReserveForm},
};
use crate::ui::{
    SelectOption, State, Supplier, provide_flash,
    testing::{faults, html},
};
use domain::Minutes;
use leptos::prelude::*;

fn page<V: IntoView>(view: impl FnOnce() -> V) -> String {
    let page = html(|| {
        leptos_meta::provide_meta_context();
        provide_flash(None);
        view()
    });
    assert_eq!(faults(&page), Vec::<String>::new(), "{page}");
    page.replace('\u{a0}', " ")
}

fn brink() -> Supplier {
    Supplier::at("De Brink", 1)
}

fn quarter() -> Vec<SelectOption> {
    vec![SelectOption::new("60", "1 u"), SelectOption::new("45", "45 min")]
}

fn line(id: &str, act: QueueAct) -> QueueLine {
    QueueLine {
        id: id.to_owned(),
        place: "1".to_owned(),
        school: "De Vuurtoren".to_owned(),
        own: act == QueueAct::Withdraw,
        what: "Groep, gedrag".to_owned(),
        amount: "5 u".to_owned(),
        urgency: "hoog".to_owned(),
        per_hundred: "2,1".to_owned(),
        waits: "6 dagen".to_owned(),
        reason: "Enige met hoge urgentie. Het stadsdeelteam beslist.".to_owned(),
        act,
    }
}

fn mine(id: &str, act: MineAct) -> Mine {
    Mine {
        id: id.to_owned(),
        what: "2 u 15 De Brink gedoneerd".to_owned(),
        behind: matches!(act, MineAct::TakeBack).then(|| "/uren/boekingen?over=donation-1".to_owned()),
        when: "vandaag 11.20".to_owned(),
        chip: (State::Pot, "In de wijkpot".to_owned()),
        note: "Terugnemen kan tot woensdag.".to_owned(),
        act,
    }
}

fn full() -> PotShown {
    let suppliers = vec![
        ("1".to_owned(), brink(), "eerst je eigen 2 u".to_owned(), true),
        ("2".to_owned(), Supplier::at("Driesprong", 2), "3 u 15 in de pot".to_owned(), false),
    ];
    PotShown {
        id: "7".to_owned(),
        name: "Wijkpot Havenkwartier".to_owned(),
        month: "2026-11".to_owned(),
        month_name: "november".to_owned(),
        expiry: "Wat blijft liggen, vervalt na 30 november, over 13 dagen.".to_owned(),
        stock: vec![
            ((brink(), Minutes(540)), "/uren/boekingen?wat=vrij&leverancier=1".to_owned()),
            ((Supplier::at("Driesprong", 2), Minutes(195)), "/uren/boekingen?wat=vrij&leverancier=2".to_owned()),
        ],
        sum_behind: "/uren/boekingen?wat=vrij".to_owned(),
        behind: Some(("Stedelijke pot".to_owned(), "/wijkpot/9".to_owned(), Minutes(60))),
        months: vec![("november".to_owned(), "/wijkpot/7?maand=2026-11".to_owned(), true)],
        give: Some(GiveForm {
            who: ("school", "3".to_owned()),
            name: "De Meerpaal".to_owned(),
            idle: vec![("1".to_owned(), brink(), Minutes(135))],
            amounts: quarter(),
            note: "Terugnemen kan 24 uur lang.".to_owned(),
        }),
        ask: Some(AskForm {
            school: "3".to_owned(),
            name: "De Meerpaal".to_owned(),
            suppliers,
            amounts: quarter(),
            levels: quarter(),
            categories: quarter(),
            note: "Het stadsdeelteam beslist.".to_owned(),
        }),
        reserve: Some(ReserveForm {
            school: "3".to_owned(),
            suppliers: vec![("1".to_owned(), brink(), "hooguit 10 u".to_owned(), false)],
            amounts: quarter(),
        }),
        rule: "Tot 4 u per school per maand hoeft niemand te beslissen.".to_owned(),
        queues: vec![Queue {
            id: "wachten-1".to_owned(),
            supplier: brink(),
            sums: "15 u gevraagd, 9 u in de pot".to_owned(),
            lines: vec![
                line("a", QueueAct::Withdraw),
                line("b", QueueAct::Decide(quarter())),
                line("c", QueueAct::Vote("3".to_owned(), "De Meerpaal".to_owned())),
                line("d", QueueAct::Nothing),
            ],
        }],
        mine: vec![mine("e", MineAct::TakeBack), mine("f", MineAct::WithdrawReserve), mine("g", MineAct::Nothing)],
        year: "2026–2027".to_owned(),
        boards: vec![
            BoardNet { name: "Klaverblad".to_owned(), given: Minutes(600), taken: Minutes(60), behind: Default::default() },
            BoardNet { name: "Samen Wijs".to_owned(), given: Minutes(0), taken: Minutes(240), behind: Default::default() },
        ],
        total: BoardNet {
            name: "Samen".to_owned(),
            given: Minutes(600),
            taken: Minutes(300),
            behind: [Some("/uren/boekingen?wat=ontvangen".to_owned()), None, None],
        },
        moves: vec![Moved {
            at: "2026-11-17T11:20".to_owned(),
            when: "vandaag 11.20".to_owned(),
            who: "De Vuurtoren".to_owned(),
            verb: "doneerde",
            amount: "1 u 30 De Brink van november".to_owned(),
            after: String::new(),
            href: "/uren/boekingen?rekening=1&wat=vrij".to_owned(),
        }],
        covers: "9 scholen in Havenkwartier.".to_owned(),
        ..PotShown::default()
    }
}

#[test]
fn a_pot_shows_what_is_in_it_how_to_give_and_ask_and_who_waits() {
    let page = page(|| view! { <PotView shown=full() /> });
    for words in [
        "12 u 15",
        "Een pot met 12 u 15: 9 u De Brink en 3 u 15 Driesprong.",
        "vervalt na 30 november",
        "Doneer aan de wijkpot",
        "Neem op uit de wijkpot",
        "eerst je eigen 2 u",
        "Enige met hoge urgentie.",
        "Vraag het secretariaat",
        "/uren/boekingen?rekening=1",
        "wat=vrij&amp;leverancier=2",
        "wat=ontvangen",
        "data-live=\"/live/wijkpot/7\"",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert_eq!(page.matches("api/wijkpot/stem").count(), 2, "{page}");
    assert_eq!(page.matches("api/wijkpot/beslis").count(), 2, "{page}");
}

#[test]
fn nothing_that_somebody_types_in_is_drawn_anew_by_itself() {
    let page = page(|| view! { <PotView shown=full() /> });
    let parts: Vec<&str> = page.split("data-live-part").skip(1).collect();
    assert_eq!(parts.len(), 4, "{page}");
    let before_first_form = page.find("api/wijkpot/doneer").expect("a form to give");
    let (hero, queue) = (page.find("data-live-part=\"pot\""), page.find("data-live-part=\"wachten\""));
    assert!(hero < Some(before_first_form) && queue > Some(before_first_form), "{page}");
}

#[test]
fn an_empty_pot_of_which_one_has_no_school_has_no_forms_and_says_so() {
    let shown = PotShown { name: "Wijkpot Zuid".to_owned(), month_name: "november".to_owned(), ..PotShown::default() };
    let page = page(|| view! { <PotView shown /> });
    assert!(page.contains("Er ligt nu niets in.") && page.contains("Een lege pot.") && page.contains("In november niemand."), "{page}");
    assert!(!page.contains("<form"), "{page}");
}

#[test]
fn who_has_own_hours_everywhere_reads_that_those_go_first() {
    let mut shown = full();
    for supplier in &mut shown.ask.as_mut().expect("a form").suppliers {
        supplier.3 = true;
    }
    shown.give.as_mut().expect("a form").idle.clear();
    let page = page(|| view! { <PotView shown /> });
    assert!(page.contains("Gebruik die eerst.") && !page.contains("Neem op uit de wijkpot"), "{page}");
    assert!(page.contains("geen vrije uren om te geven") && !page.contains("Doneer aan de wijkpot"), "{page}");
}

#[test]
fn all_pots_show_what_waits_for_the_board_the_registrar_and_the_administrator() {
    let line = |name: &str, city| PotLine {
        href: "/wijkpot/7".to_owned(),
        name: name.to_owned(),
        city,
        minutes: Minutes(60),
        behind: "/uren/boekingen?id=7".to_owned(),
        waits: 2,
    };
    let shown = PotsShown {
        month: "november".to_owned(),
        lines: vec![line("Wijkpot Havenkwartier", false), line("Stedelijke pot", true)],
        gifts: vec![mine("a", MineAct::Consent)],
        reserves: vec![mine("b", MineAct::Release)],
        arrange: Some(quarter()),
    };
    let full = page(|| view! { <PotsView shown /> });
    for words in ["Geef akkoord", "Geef vrij", "Maak de pot", "staat achter alle wijkpotten", "/wijkpot/7", "/uren/boekingen?id=7"] {
        assert!(full.contains(words), "{words}: {full}");
    }
    let none = page(|| view! { <PotsView shown=PotsShown::default() /> });
    assert!(none.contains("Nog geen wijkpot") && !none.contains("<form"), "{none}");
}
