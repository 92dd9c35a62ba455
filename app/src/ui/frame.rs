//! The frame around every page: skip link, top bar, menu by role, the page, street and foot. The menu only names pages that exist.

use super::{Icon, IconName, Mark, Street, loaded::drawn, session_warning::SessionWarning};
use crate::session::{Visitor, api::WhoIsHere};
use crate::wire::load;
use domain::people::Role;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// Where the sign-out button posts to: a plain form, so that nothing of the old session stays in the page.
pub const SIGN_OUT: &str = "/api/sessie/uitloggen";

/// A word in the menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MenuItem {
    /// Its address.
    pub href: &'static str,
    /// The word.
    pub label: &'static str,
    /// Its drawing, on a phone.
    pub icon: IconName,
    /// Other addresses that belong under it.
    pub under: &'static [&'static str],
}

const START: MenuItem = MenuItem { href: "/", label: "Start", icon: IconName::Home, under: &[] };
const SEARCH: MenuItem = MenuItem { href: "/zoeken", label: "Zoeken", icon: IconName::Search, under: &["/experts"] };
const BOOKINGS: MenuItem = MenuItem { href: "/afspraken", label: "Afspraken", icon: IconName::List, under: &[] };
const HOURS: MenuItem = MenuItem { href: "/uren", label: "Uren", icon: IconName::Clock, under: &[] };
const OVERVIEW: MenuItem = MenuItem { href: "/rapportage/alv", label: "Overzicht", icon: IconName::List, under: &["/rapportage"] };
const OTHER_MONTH: MenuItem = MenuItem { href: crate::hours::deviation::DEVIATION, label: "Uren", icon: IconName::Clock, under: &[] };
const WIJKPOT: MenuItem = MenuItem { href: "/wijkpot", label: "Wijkpot", icon: IconName::Pot, under: &[] };
const AGENDA: MenuItem = MenuItem { href: "/agenda", label: "Agenda", icon: IconName::Calendar, under: &[] };

/// The menu of a role; five words at most.
#[must_use]
pub const fn menu(role: Role) -> &'static [MenuItem] {
    match role {
        Role::Coordinator => &[START, SEARCH, BOOKINGS, HOURS, WIJKPOT],
        Role::Head => &[START, BOOKINGS, HOURS, WIJKPOT],
        Role::Specialist => &[START, AGENDA, BOOKINGS],
        Role::SupplierPlanner => &[START, AGENDA, BOOKINGS, OTHER_MONTH],
        Role::BoardContact | Role::Counsellor | Role::DistrictTeam | Role::Registrar | Role::Administrator | Role::Auditor => {
            &[START, HOURS, WIJKPOT, OVERVIEW]
        }
    }
}

/// What somebody of this role runs or looks after, in the menu under their name: an address and its word.
#[must_use]
pub const fn own_menu(role: Role) -> &'static [(&'static str, &'static str)] {
    const CHECKS: (&str, &str) = (crate::checks::CHECKS, "Controle");
    match role {
        Role::Administrator => &[(crate::policy::POLICY, "Beleid"), CHECKS],
        Role::Registrar | Role::Auditor => &[CHECKS],
        _ => &[],
    }
}

impl MenuItem {
    /// Whether the page at this path lies under this word.
    #[must_use]
    pub fn holds(&self, path: &str) -> bool {
        let lies_under = |root: &str| path == root || (root != "/" && path.strip_prefix(root).is_some_and(|rest| rest.starts_with('/')));
        lies_under(self.href) || self.under.iter().copied().any(lies_under)
    }
}

/// The frame. Loads who is here; everything else is the page's own.
#[component]
pub fn Frame(
    /// The page.
    children: Children,
) -> impl IntoView {
    read_address();
    let visitor = load(|| WhoIsHere {});
    let top = drawn(move || {
        Suspend::new(async move {
            let visitor = visitor.read().await.ok().flatten();
            let idle_minutes = visitor.as_ref().map(|visitor| visitor.idle_minutes);
            view! {
                <TopBar visitor />
                {idle_minutes.map(watched)}
            }
        })
    });
    view! {
        <a class="skip-link" href="#inhoud" rel="external">
            "Naar de inhoud"
        </a>
        <Suspense fallback=|| {
            view! { <TopBar visitor=None /> }
        }>
            {top}
        </Suspense>
        <main id="inhoud" tabindex="-1">
            {children()}
        </main>
        <Foot />
    }
}

/// The warning before a session ends: for a page that woke up, and no part of any other.
fn watched(idle_minutes: i64) -> impl IntoView {
    let awake = RwSignal::new(false);
    Effect::new(move || awake.set(true));
    move || awake.get().then(|| view! { <SessionWarning idle_minutes /> })
}

/// Reads the address before anything that waits for data can. On the server the bar and the page may be drawn by two threads, and two that
/// are at once the first to read a memo take its value out of each other's hands: one of them finds nothing there and panics.
fn read_address() {
    let location = use_location();
    for part in [location.pathname, location.search, location.hash] {
        part.with_untracked(|_| ());
    }
    location.query.with_untracked(|_| ());
}

/// The bar: brand, menu, account.
#[component]
pub fn TopBar(
    /// Who is here, if anybody.
    visitor: Option<Visitor>,
) -> impl IntoView {
    let items = visitor.as_ref().map(|visitor| menu(visitor.role));
    view! {
        <header class="top">
            <div class="wrap">
                <a class="brand" href="/">
                    <Mark />
                    "Wijkpot"
                </a>
                {items.map(|items| view! { <Menu items /> })}
                {match visitor {
                    Some(visitor) => view! { <Account visitor /> }.into_any(),
                    None => {
                        view! {
                            <a class="sign-in-link" href="/inloggen">
                                "Inloggen"
                            </a>
                        }
                            .into_any()
                    }
                }}
            </div>
        </header>
    }
}

#[component]
fn Menu(items: &'static [MenuItem]) -> impl IntoView {
    let path = use_location().pathname;
    view! {
        <nav class="menu" aria-label="Hoofdmenu">
            <ul class="list">
                {items
                    .iter()
                    .map(|item| {
                        view! {
                            <li>
                                <a href=item.href aria-current=move || path.with(|path| item.holds(path)).then_some("page")>
                                    <Icon name=item.icon />
                                    {item.label}
                                </a>
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
        </nav>
    }
}

#[component]
fn Account(visitor: Visitor) -> impl IntoView {
    let place = format!(", {}", visitor.place);
    view! {
        <details class="account">
            <summary>
                <span>
                    <span class="visually-hidden">"Jouw menu, "</span>
                    <strong>{visitor.name}</strong>
                    " "
                    <span class="role">
                        {visitor.role.dutch()} <span class="place">{place}</span>
                    </span>
                </span>
                <Icon name=IconName::User />
            </summary>
            <ul class="list">
                <li class="whole">{visitor.partnership}</li>
                {own_menu(visitor.role)
                    .iter()
                    .map(|(href, word)| {
                        view! {
                            <li>
                                <a href=*href>{*word}</a>
                            </li>
                        }
                    })
                    .collect_view()}
                <li>
                    <form method="post" action=SIGN_OUT>
                        <button type="submit">"Uitloggen"</button>
                    </form>
                </li>
            </ul>
        </details>
    }
}

/// The street, and what is public without signing in.
#[component]
pub fn Foot() -> impl IntoView {
    view! {
        <footer class="foot">
            <Street />
            <div class="ground">
                <div class="wrap">
                    <p>"Wijkpot is van de scholen in het samenwerkingsverband."</p>
                    <ul class="list">
                        <li>
                            <a href="/loket">"Loket"</a>
                        </li>
                        <li>
                            <a href="/spelregels">"Spelregels"</a>
                        </li>
                        <li>
                            <a href="/toegankelijkheid">"Toegankelijkheid"</a>
                        </li>
                    </ul>
                </div>
            </div>
        </footer>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_lies_under_its_own_word_in_the_menu() {
        assert!(START.holds("/"));
        assert!(!START.holds("/uren"));
        assert!(HOURS.holds("/uren/posten"));
        assert!(!HOURS.holds("/urenboek"));
        assert!(SEARCH.holds("/experts/thijs"));
    }

    #[test]
    fn every_role_has_a_menu_of_at_most_five_words_that_starts_at_home() {
        for role in Role::ALL {
            assert!(menu(role).len() <= 5);
            assert_eq!(menu(role).first().map(|item| item.href), Some("/"));
        }
    }
}
