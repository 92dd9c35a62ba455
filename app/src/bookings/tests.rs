//! The pages as HTML: nothing in them needs repair, and what was typed survives a refusal.

use super::{
    AskBooking, CancelBooking,
    booking_page::BookingView,
    expert_page::ExpertView,
    list_page::ListView,
    move_page::MoveView,
    shown::{
        Asking, BookingShown, ExpertShown, LineShown, ListPart, ListShown, May, MoveShown, PayLine, PayShown, Picker, TextShown, TurnShown,
        Way, WhyNot,
    },
};
use crate::{
    experts::Profile,
    session::Flash,
    ui::{
        Fact, Part, PartKind, SlotDay, SlotTime, SlotWeek, State, provide_flash,
        testing::{faults, html},
    },
};
use domain::{Refusal, refusal::Choice};
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use server_fn::ServerFn;

fn page<V: IntoView>(flash: Option<Flash>, view: impl FnOnce() -> V) -> String {
    let page = html(|| {
        provide_meta_context();
        provide_flash(flash);
        view()
    });
    assert_eq!(faults(&page), Vec::<String>::new(), "{page}");
    page
}

fn picker() -> Picker {
    let times = ["2026-11-19T09:00", "2026-11-19T12:30"]
        .map(|value| SlotTime { value: value.to_owned(), label: format!("{}–later", &value[11..]) })
        .to_vec();
    let day = |times: Vec<SlotTime>, none: Option<&str>| SlotDay {
        weekday: "do".to_owned(),
        day: "19".to_owned(),
        spoken: "donderdag 19 november".to_owned(),
        times,
        none: none.map(str::to_owned),
    };
    let spoken = |value: &str| (value.to_owned(), "donderdag 19 november".to_owned(), "9.00 tot 12.00 uur".to_owned());
    Picker {
        minutes: 180,
        length: "3 uur".to_owned(),
        durations: [("1 u", false), ("3 u", true)]
            .map(|(label, current)| Way { label: label.to_owned(), href: "/experts/1?duur=60#duur".to_owned(), current })
            .to_vec(),
        help: "Alleen momenten van 3 uur waarop Thijs er echt kan zijn, reistijd meegeteld.".to_owned(),
        weeks: vec![SlotWeek { name: "Week 47".to_owned(), days: vec![day(times, None), day(Vec::new(), Some("werkt niet"))] }],
        chosen: Some("2026-11-19T12:30".to_owned()),
        ways: vec![("Twee weken verder".to_owned(), "/experts/1?vanaf=2026-11-30#moment".to_owned())],
        spoken: vec![spoken("2026-11-19T09:00"), spoken("2026-11-19T12:30")],
    }
}

fn asking() -> Asking {
    let line = |name: &str, amount: &str| PayLine {
        name: name.to_owned(),
        amount: amount.to_owned(),
        note: "Daarna is er 0 u over bij De Wissel in november.".to_owned(),
        pot: false,
    };
    let pay = |month: &str, missing: Option<&str>| PayShown {
        month: month.to_owned(),
        code: String::new(),
        blocks: vec![Part::new(PartKind::Free, 120), Part::new(PartKind::Missing, 60)],
        lines: vec![line("Eigen uren", "2 u")],
        total: "2 u".to_owned(),
        missing: missing.map(str::to_owned),
    };
    Asking {
        expert: "1".to_owned(),
        first_name: "Thijs".to_owned(),
        school: "2".to_owned(),
        schools: vec![Way { label: "De Meerpaal".to_owned(), href: "/experts/1?school=2".to_owned(), current: true }],
        picker: picker(),
        levels: ["leerling", "groep", "leerkracht", "school"].map(|code| (code.to_owned(), code.to_uppercase())).to_vec(),
        expertise: Some(("gedrag".to_owned(), "Gedrag".to_owned())),
        subjects: Vec::new(),
        known: vec!["De Meerpaal".to_owned()],
        pay: vec![pay("In november", None), pay("In december", Some("Je vraagt 3 u. Beschikbaar is 2 u."))],
        then: "Daarna antwoordt Thijs.".to_owned(),
    }
}

fn expert(form: Result<Asking, WhyNot>) -> ExpertShown {
    let profile = Profile { id: "1".to_owned(), name: "Thijs Oldenkamp".to_owned(), first_name: "Thijs".to_owned(), ..Profile::default() };
    ExpertShown { profile, search: String::new(), form }
}

/// The names a form sends, hidden ones apart.
fn fields(page: &str) -> Vec<String> {
    let mut names: Vec<String> = page
        .split('<')
        .filter(|tag| ["input", "textarea", "select"].iter().any(|name| tag.starts_with(name)) && !tag.contains("type=\"hidden\""))
        .filter_map(|tag| tag.split_once(" name=\"")?.1.split('"').next().map(str::to_owned))
        .collect();
    names.sort();
    names.dedup();
    names
}

#[test]
fn the_form_asks_six_fields_and_keeps_the_moment_of_the_address() {
    let page = page(None, || view! { <ExpertView shown=expert(Ok(asking())) /> });
    assert_eq!(fields(&page), ["doel", "duur", "moment", "niveau", "ouders", "vraag"]);
    assert!(page.contains(r#"value="2026-11-19T12:30" checked"#) && !page.contains(r#"value="2026-11-19T09:00" checked"#), "{page}");
    assert!(page.contains("Kies eerst een moment.") && page.contains("Vraag aan en zet vast"), "{page}");
    assert!(page.contains("In november") && page.contains("Je vraagt 3 u."), "{page}");
}

#[test]
fn without_an_expertise_in_the_address_one_chooses_it() {
    let subjects = vec![("gedrag".to_owned(), "Gedrag".to_owned()), ("angst".to_owned(), "Angst".to_owned())];
    let page = page(None, || view! { <ExpertView shown=expert(Ok(Asking { expertise: None, subjects, ..asking() })) /> });
    assert_eq!(fields(&page), ["doel", "duur", "moment", "niveau", "ouders", "vak", "vraag"]);
    assert!(page.contains(r#"value="angst" required"#) && !page.contains("Hulp bij"), "{page}");
}

#[test]
fn a_moment_is_never_restored_by_its_place() {
    let page = page(None, || view! { <ExpertView shown=expert(Ok(asking())) /> });
    let moments: Vec<&str> = page.split('<').filter(|tag| tag.contains(r#"type="radio" name="moment""#)).collect();
    assert!(!moments.is_empty() && moments.iter().all(|tag| tag.contains(r#"autocomplete="off""#)), "{moments:?}");
}

#[test]
fn whoever_may_not_book_sees_the_profile_and_why() {
    let why = WhyNot { heading: "IB’ers vragen een expert aan".to_owned(), text: "Met jouw rol kijk je mee.".to_owned() };
    let page = page(None, || view! { <ExpertView shown=expert(Err(why)) /> });
    assert!(page.contains("IB’ers vragen een expert aan") && page.contains("Over Thijs") && !page.contains("<form"), "{page}");
}

fn refused(field: &'static str, choices: &[&str]) -> Option<Flash> {
    let typed = [
        ("expert", "1"),
        ("school", "2"),
        ("vak", "gedrag"),
        ("duur", "180"),
        ("moment", "2026-11-19T09:00"),
        ("niveau", "groep"),
        ("vraag", "Hoe helpen we Daan & co?"),
        ("doel", "Rust"),
    ];
    let choices = choices.iter().map(|value| Choice { value: (*value).to_owned(), label: (*value).to_owned() }).collect();
    Some(Flash {
        form: AskBooking::PATH.to_owned(),
        refusal: Some(Refusal::new("slot_taken", "Dit moment is net bezet", "Er is niets van je uren af.").at(field).or(choices)),
        note: None,
        typed: typed.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec(),
    })
}

#[test]
fn a_lost_race_offers_other_moments_and_loses_nothing_that_was_typed() {
    let flash = refused("moment", &["2026-11-19T12:30", "2026-11-20T13:00"]);
    let page = page(flash, || view! { <ExpertView shown=expert(Ok(asking())) /> });
    assert!(page.contains("Dit moment is net bezet") && page.contains(r#"value="2026-11-20T13:00" form="api-afspraak-vraag""#), "{page}");
    assert!(page.contains("Hoe helpen we Daan &amp; co?</textarea>") && page.contains("Rust</textarea>"), "{page}");
    assert!(page.contains(r#"value="groep" checked"#) && page.contains("Kies dit en vraag aan"), "{page}");
    assert!(page.contains("Staat hier een naam? We zien ‘Daan’."), "{page}");
}

#[test]
fn a_shorter_duration_takes_the_place_of_the_one_that_was_refused() {
    let hidden_duration = |page: &str| page.split('<').find(|tag| tag.contains(r#"value="180""#)).unwrap_or_default().to_owned();
    let plain = page(None, || view! { <ExpertView shown=expert(Ok(asking())) /> });
    assert!(hidden_duration(&plain).contains("checked"), "{}", hidden_duration(&plain));
    let offered = page(refused("duur", &["120"]), || view! { <ExpertView shown=expert(Ok(asking())) /> });
    assert!(!hidden_duration(&offered).contains("checked"), "{}", hidden_duration(&offered));
    assert!(offered.contains(r#"name="duur" value="120" form="api-afspraak-vraag" checked"#), "{offered}");
    let none = page(refused("duur", &[]), || view! { <ExpertView shown=expert(Ok(asking())) /> });
    assert!(hidden_duration(&none).contains("checked"), "{}", hidden_duration(&none));
}

#[test]
fn a_moment_that_came_from_a_refusal_stays_chosen_through_the_next() {
    let flash = refused("vraag", &[]).map(|mut flash| {
        flash.typed.iter_mut().filter(|(name, _)| name == "moment").for_each(|(_, value)| *value = "2026-12-03T10:15".to_owned());
        flash
    });
    let page = page(flash, || view! { <ExpertView shown=expert(Ok(asking())) /> });
    assert!(page.contains(r#"value="2026-12-03T10:15" checked"#) && page.contains("do 3 dec, 10.15"), "{page}");
}

fn shown() -> BookingShown {
    BookingShown {
        id: "7".to_owned(),
        title: "Gedrag".to_owned(),
        tags: vec!["leerling".to_owned(), "De Meerpaal".to_owned()],
        chip: (State::Turn, "Jij bent aan zet sinds di 17 nov".to_owned()),
        turn: Some(TurnShown { heading: "Zeg ja of nee".to_owned(), words: "De Meerpaal vraagt om dit moment.".to_owned() }),
        facts: ["Wat", "Waar", "Wanneer", "Hoeveel"].map(|term| Fact::new(term, "iets")).to_vec(),
        text: Some(TextShown { question: "<script>alert(1)</script>".to_owned(), goal: "Rust".to_owned(), parents: Some(true) }),
        readers: "Jouw school leest de vraag.".to_owned(),
        ended: Some("Afgezegd door de school.".to_owned()),
        others: vec![("Bekijk het nieuwe moment".to_owned(), "/afspraken/8".to_owned())],
        paid: vec![PayLine { name: "Eigen uren".to_owned(), amount: "3 u".to_owned(), note: "1 u is terug.".to_owned(), pot: false }],
        blocks: vec![Part::new(PartKind::Planned, 180)],
        paid_note: "Uren van De Wissel in november 2026.".to_owned(),
        postings: Some("/uren/boekingen?rekening=9".to_owned()),
        extra: None,
        may: May { answer: true, done: false, cancel: true, moving: true },
        minutes: 180,
        cancel_note: "3 u gaat terug naar waar het vandaan kwam.".to_owned(),
    }
}

fn open_folds(page: &str) -> usize {
    page.split('<').filter(|tag| tag.starts_with("details") && tag.contains(" open")).count()
}

#[test]
fn a_booking_shows_who_is_on_turn_and_what_one_can_do() {
    let page = page(None, || view! { <BookingView shown=shown() /> });
    for words in ["Zeg ja en zet vast", "Zeg nee", "/afspraken/7/verplaats", "/uren/boekingen?rekening=9", "1 u is terug."] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(!page.contains("<script>alert"), "{page}");
    // Yes and no stand together where one is asked, and nothing beside them does the same as no.
    let asked = &page[page.find("id=\"aan-zet\"").expect("a turn card")..page.find("De afspraak</h2>").expect("the facts")];
    assert!(asked.contains("Zeg ja en zet vast") && asked.contains("Zeg nee"), "{asked}");
    assert!(!page.contains("Zeg de afspraak af"), "{page}");
    assert_eq!(open_folds(&page), 0, "{page}");
}

#[test]
fn whoever_only_looks_on_has_no_forms_and_no_text() {
    let shown = BookingShown { turn: None, text: None, may: May::default(), ..shown() };
    let page = page(None, || view! { <BookingView shown /> });
    assert!(page.contains("De vraag en het doel zijn afgeschermd.") && !page.contains("<form"), "{page}");
}

#[test]
fn the_specialist_records_real_minutes_with_what_was_set_aside_as_a_start() {
    let may = May { answer: false, done: true, cancel: true, moving: false };
    let page = page(None, || view! { <BookingView shown=BookingShown { may, ..shown() } /> });
    assert!(page.contains(r#"<option value="180" selected"#) && page.contains(r#"<option value="15""#), "{page}");
    let early = BookingShown { turn: None, may, ..shown() };
    assert!(self::page(None, || view! { <BookingView shown=early /> }).contains("Leg vast"), "during the visit as well");
}

#[test]
fn the_school_sees_who_would_pay_before_it_gives_extra_minutes() {
    let pay = |missing: Option<&str>| PayShown {
        month: String::new(),
        code: String::new(),
        blocks: vec![Part::new(PartKind::Pot, 30)],
        lines: vec![PayLine { name: "Wijkpot Havenkwartier".to_owned(), amount: "30 min".to_owned(), note: String::new(), pot: true }],
        total: "30 min".to_owned(),
        missing: missing.map(str::to_owned),
    };
    let asked = |missing| BookingShown { extra: Some(("30 min".to_owned(), pay(missing))), ..shown() };
    let can = page(None, || view! { <BookingView shown=asked(None) /> });
    assert!(can.contains("Geef 30 min extra") && can.contains("Wijkpot Havenkwartier") && can.contains("Geef niets extra"), "{can}");
    let cannot = page(None, || view! { <BookingView shown=asked(Some("Er zijn te weinig uren.")) /> });
    assert!(!cannot.contains("Geef 30 min extra") && cannot.contains("Geef niets extra"), "{cannot}");
}

#[test]
fn a_refused_reason_stands_open_with_what_was_typed() {
    let flash = Flash {
        form: CancelBooking::PATH.to_owned(),
        refusal: Some(Refusal::new("reason_missing", "Er staat nog geen reden", "Schrijf in één zin waarom.").at("reden")),
        note: None,
        typed: vec![("afspraak".to_owned(), "7".to_owned()), ("reden".to_owned(), "ja".to_owned())],
    };
    let agreed = BookingShown { may: May { cancel: true, ..May::default() }, ..shown() };
    let page = page(Some(flash), || view! { <BookingView shown=agreed /> });
    assert_eq!(open_folds(&page), 1, "{page}");
    assert!(page.contains("ja</textarea>"), "{page}");
}

#[test]
fn the_list_puts_what_waits_on_you_first() {
    let line = |what: &str| LineShown {
        href: "/afspraken/7".to_owned(),
        what: what.to_owned(),
        place: "De Meerpaal".to_owned(),
        who: "Thijs Oldenkamp".to_owned(),
        day: "do 19 nov".to_owned(),
        time: "9.00–12.00".to_owned(),
        amount: "3 u".to_owned(),
        chip: (State::Wait, "Wacht op Thijs".to_owned()),
    };
    let part = |what: &str, pages| ListPart {
        lines: vec![line(what)],
        page: 1,
        pages,
        before: None,
        after: (pages > 1).then(|| "/afspraken?komend=1&geweest=2".to_owned()),
    };
    let shown = ListShown {
        lede: "Wie er op De Meerpaal komt, en wanneer.".to_owned(),
        can_ask: true,
        mine: vec![line("Eerst dit")],
        ahead: part("Dan dit", 1),
        behind: part("Dit was", 2),
    };
    let page = page(None, || view! { <ListView shown /> });
    let place = |words: &str| page.find(words).unwrap_or(usize::MAX);
    assert!(place("Eerst dit") < place("Dan dit") && place("Dan dit") < place("Dit was"), "{page}");
    assert!(page.contains("/afspraken?komend=1&amp;geweest=2#geweest"), "{page}");
}

#[test]
fn an_empty_list_shows_a_way_on() {
    let part = || ListPart { lines: Vec::new(), page: 1, pages: 1, before: None, after: None };
    let shown = ListShown { lede: String::new(), can_ask: true, mine: Vec::new(), ahead: part(), behind: part() };
    let page = page(None, || view! { <ListView shown /> });
    assert!(page.contains("Nog geen afspraken") && page.contains("/zoeken"), "{page}");
}

#[test]
fn moving_keeps_the_old_moment_in_sight() {
    let shown = MoveShown {
        pay: asking().pay,
        button: "Vraag dit moment aan".to_owned(),
        id: "7".to_owned(),
        now: "donderdag 19 november, 9.00–12.00".to_owned(),
        first_name: "Thijs".to_owned(),
        then: "Daarna antwoordt Thijs.".to_owned(),
        picker: picker(),
    };
    let page = page(None, || view! { <MoveView shown /> });
    assert!(page.contains("Nu: donderdag 19 november, 9.00–12.00.") && page.contains("Vraag dit moment aan"), "{page}");
    assert_eq!(fields(&page), ["duur", "moment"]);
}
