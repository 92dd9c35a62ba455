//! `/`: the start page.

use super::{
    api::{Home, ReadStart, Search, Start},
    notice::{GivenPart, NoticePart},
    parts::{HoursSide, MeetingsPart, NewsList, Tasks, WaitingTable},
};
use crate::{
    experts::SEARCH,
    hours::SumsTable,
    people::SIGN_IN,
    ui::{Button, Card, Facts, Icon, IconName, Kind, LinkButton, Loaded, Mark, Said, Street},
    wire::load,
};
use leptos::prelude::*;
use leptos_meta::Title;

/// `/`
#[component]
pub fn StartView() -> impl IntoView {
    let page = load(|| ReadStart {});
    view! {
        <Loaded resource=page children=|start| {
            match start {
                Start::Welcome => view! { <Welcome /> }.into_any(),
                Start::Home(home) => view! { <HomePage home=*home /> }.into_any(),
            }
        } />
    }
}

/// The page for who is not signed in.
#[component]
fn Welcome() -> impl IntoView {
    view! {
        <Title text="Start" />
        <div class="hero">
            <Mark class="pot-behind" />
            <div class="wrap">
                <div>
                    <h1 tabindex="-1">"Deel uren expertise met de scholen in je wijk"</h1>
                    <p class="lede">"Vind een expert, kies een moment en betaal met uren. Samen met de scholen om je heen."</p>
                </div>
                <p class="actions">
                    <LinkButton href=SIGN_IN kind=Kind::Primary>
                        "Log in"
                    </LinkButton>
                </p>
            </div>
        </div>
        <Street />
        <div class="wrap start-page">
            <ul class="meetings">
                <li class="card">
                    <h2>"Heb je een vraag over een kind?"</h2>
                    <p>"Het loket wijst je de weg. Je hoeft niet in te loggen."</p>
                    <p class="actions">
                        <LinkButton href="/loket">"Naar het loket"</LinkButton>
                    </p>
                </li>
                <li class="card">
                    <h2>"Hoe werkt het delen?"</h2>
                    <p>"Besturen, leveranciers en het samenwerkingsverband spraken vijf regels af."</p>
                    <p class="actions">
                        <LinkButton href="/spelregels">"Lees de spelregels"</LinkButton>
                    </p>
                </li>
            </ul>
        </div>
    }
}

#[component]
fn HomePage(home: Home) -> impl IntoView {
    let Home { greeting, lede, search, notice, given, tasks, waiting, news, hours, meetings, table, facts, house } = home;
    let has_side = hours.is_some();
    view! {
        <Title text="Start" />
        <div class="hero">
            <Mark class="pot-behind" />
            <div class="wrap">
                <div>
                    <h1 tabindex="-1">{greeting}</h1>
                    <p class="lede">{lede}</p>
                </div>
                {search.map(|search| view! { <SearchBox search /> })}
            </div>
        </div>
        <Street />
        <div class="wrap start-page">
            <Said />
            <div class=if has_side { "split" } else { "stack" }>
                <div class="stack">
                    {given.map(|given| view! { <GivenPart given /> })}
                    {tasks.map(|tasks| view! { <Tasks tasks /> })} {notice.map(|notice| view! { <NoticePart notice /> })}
                    {(!waiting.is_empty()).then(|| view! { <WaitingTable waiting /> })}
                    {(!news.is_empty()).then(|| view! { <NewsList news /> })}
                    {table
                        .map(|(table, href)| {
                            view! {
                                <div class="card">
                                    <SumsTable table />
                                    <p>
                                        <a href=href>"Bekijk alle scholen en het hele schooljaar"</a>
                                    </p>
                                </div>
                            }
                        })}
                    {(!facts.is_empty())
                        .then(|| {
                            view! {
                                <Card title="Hoe het ervoor staat" id="stand">
                                    <Facts facts class="booking-facts" />
                                    <p class="actions">
                                        <LinkButton href=crate::hours::HOURS>"Bekijk de uren"</LinkButton>
                                        {house.into_iter().map(|(words, href)| view! { <a href=href>{words}</a> " " }).collect_view()}
                                    </p>
                                </Card>
                            }
                        })}
                </div>
                {hours.map(|card| view! { <HoursSide card /> })}
            </div>
            {meetings.map(|meetings| view! { <MeetingsPart meetings /> })}
        </div>
    }
}

/// A plain GET form: it works before anything else does.
#[component]
fn SearchBox(search: Search) -> impl IntoView {
    let Search { words, often } = search;
    let has_often = !often.is_empty();
    view! {
        <form class="search-box" action=SEARCH method="get" role="search">
            <label for="q">"Welke expertise zoek je?"</label>
            <div class="line">
                <Icon name=IconName::Search />
                <input
                    id="q"
                    name="q"
                    type="search"
                    autocomplete="off"
                    maxlength="200"
                    aria-describedby=has_often.then_some("q-vaak")
                />
                <Button kind=Kind::Primary local=false>
                    "Zoek"
                </Button>
            </div>
            {has_often
                .then(|| {
                    view! {
                        <p class="often" id="q-vaak">
                            <span>{words}</span>
                            {often.into_iter().map(|(word, href)| view! { <a href=href>{word}</a> }).collect_view()}
                        </p>
                    }
                })}
        </form>
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use crate::{
        hours::SumTable,
        months::{GiveIdle, GivenCard, NoticeCard, NoticeLine},
        start::{HoursCard, Meeting, Meetings, MeterData, News, Task, Waiting},
        ui::{
            Fact, KeyItem, Part, PartKind, State, Supplier,
            testing::{faults, html},
        },
    };

    fn home() -> Home {
        let text = |text: &str| text.to_owned();
        let supplier = Supplier { name: text("De Wissel"), letter: text("W"), tone: 1 };
        let meeting = Meeting {
            day: [text("do"), text("19"), text("nov")],
            title: text("Gedrag, groep"),
            href: text("/afspraken/1"),
            moment: text("2026-11-19T10:30"),
            time: text("10.30 tot 12.00 uur"),
            who: text("Samira El Idrissi, Driesprong"),
            state: State::Valid,
            status: text("Afgesproken"),
        };
        let meter = MeterData {
            supplier: supplier.clone(),
            left: text("2 u"),
            behind: Some(text("/uren/boekingen?wat=vrij")),
            parts: vec![Part::new(PartKind::Used, 120), Part::new(PartKind::Free, 120)],
            keys: vec![KeyItem::new(PartKind::Used, "2 u", "gebruikt")],
        };
        Home {
            greeting: text("Goedemiddag, Fenna"),
            lede: text("Dinsdag 17 november."),
            search: Some(Search { words: text("Vaak:"), often: vec![(text("gedrag"), text("/zoeken?q=gedrag"))] }),
            notice: Some(NoticeCard {
                amount: text("4 u"),
                behind: text("/uren/boekingen?maand=2026-11"),
                heading: text("vervalt na 30 november"),
                lines: vec![NoticeLine { supplier: supplier.clone(), left: text("4 u"), behind: text("/uren/boekingen?maand=2026-11") }],
                give: Some(GiveIdle { button: text("Doneer 4 u aan de wijkpot"), ..GiveIdle::default() }),
                ..NoticeCard::default()
            }),
            given: Some(GivenCard { button: text("Neem alles terug, 4 u"), ..GivenCard::default() }),
            tasks: Some(vec![Task { button: (text("Geef antwoord"), text("/afspraken/1")), ..Task::default() }; 2]),
            waiting: vec![Waiting::default()],
            news: vec![News::default()],
            hours: Some(HoursCard { title: text("Je uren"), meters: vec![meter], ..HoursCard::default() }),
            meetings: Some(Meetings { title: text("Afspraken"), list: vec![meeting] }),
            table: Some((SumTable::default(), text("/uren"))),
            facts: vec![Fact::new("Scholen", "74")],
            house: vec![(text("Beleid"), text("/beheer/beleid"))],
        }
    }

    fn shown(home: Home) -> String {
        html(|| {
            leptos_meta::provide_meta_context();
            view! { <HomePage home /> }
        })
    }

    #[test]
    fn a_browser_has_nothing_to_repair_in_a_start_page() {
        let full = shown(home());
        assert_eq!(faults(&full), Vec::<String>::new(), "{full}");
        let empty = shown(Home { tasks: Some(Vec::new()), meetings: Some(Meetings::default()), ..Home::default() });
        assert_eq!(faults(&empty), Vec::<String>::new(), "{empty}");
        assert!(empty.contains("Niets wacht op jou") && !empty.contains("role=\"search\""), "{empty}");
        let welcome = html(|| {
            leptos_meta::provide_meta_context();
            view! { <Welcome /> }
        });
        assert_eq!(faults(&welcome), Vec::<String>::new(), "{welcome}");
    }
}
