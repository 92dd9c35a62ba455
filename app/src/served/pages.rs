//! The site map of pages the server draws: an address is a line, its data and view live in its slice. Always true: what is not here is
//! not there, and answers 404.

use super::{Drawn, drawn};
use crate::{AppError, bookings, checks, guide, hours, people, policy, reports, session::Page, ui::sheet, wijkpot};
use leptos::prelude::*;

/// The page at a path, with what stands behind its `?`.
pub(super) async fn draw(path: &str, query: &str) -> Result<Page<Drawn>, AppError> {
    let segments: Vec<&str> = path.trim_matches('/').split('/').collect();
    let query = Query::read(query);
    let of = |name: &str| query.of(name);
    match segments.as_slice() {
        ["afspraken"] => {
            let asked = bookings::bookings(query.number("komend"), query.number("geweest")).await?;
            drawn(asked, |shown| view! { <bookings::ListView shown /> })
        }
        ["uren"] => {
            let asked = hours::read_hours(of("jaar"), of("leverancier"), of("school"), of("bestuur")).await?;
            drawn(asked, |data| view! { <hours::HoursView data /> })
        }
        ["uren", "boekingen"] if of("rekening").is_empty() && of("houder").is_empty() => {
            let asked = hours::read_journal(
                of("jaar"),
                of("leverancier"),
                of("maand"),
                of("wie"),
                of("soort"),
                of("van"),
                of("tot"),
                of("over"),
                of("voor"),
            );
            drawn(asked.await?, |data| view! { <hours::JournalView data /> })
        }
        ["uren", "boeking", number] => {
            drawn(hours::read_posting((*number).to_owned()).await?, |data| view! { <hours::PostingView data /> })
        }
        ["rapportage", "alv"] => {
            drawn(reports::read_overview(of("periode"), of("leverancier")).await?, |data| view! { <reports::OverviewView data /> })
        }
        ["uren", "toedeling"] => {
            let asked = hours::allotment::read_allotment(of("jaar")).await?;
            drawn(asked, |data| view! { <hours::allotment::AllotmentView data /> })
        }
        ["uren", "verdeling"] => {
            let asked = hours::division::read_division(of("bestuur"), of("jaar")).await?;
            drawn(asked, |data| view! { <hours::division::DivisionView data /> })
        }
        ["uren", "afwijking"] => {
            let asked = hours::deviation::read_deviations(of("leverancier"), of("houder")).await?;
            drawn(asked, |data| view! { <hours::deviation::DeviationView data /> })
        }
        ["uren", "boekingen"] => {
            let asked = hours::read_postings(
                of("rekening"),
                of("houder"),
                of("id"),
                of("jaar"),
                of("kalenderjaar"),
                of("bestuur"),
                of("zonder"),
                of("leverancier"),
                of("maand"),
                of("vanaf"),
                of("wat"),
                of("blad"),
            );
            drawn(asked.await?, |data| view! { <hours::PostingsView data /> })
        }
        ["wijkpot"] => match wijkpot::read_pots(false).await? {
            wijkpot::Landing::Pot(id) => pot(id, of("maand"), of("school")).await,
            wijkpot::Landing::All(all) => drawn(*all, |shown| view! { <wijkpot::PotsView shown /> }),
        },
        ["wijkpot", "alle"] => match wijkpot::read_pots(true).await? {
            wijkpot::Landing::Pot(id) => pot(id, of("maand"), of("school")).await,
            wijkpot::Landing::All(all) => drawn(*all, |shown| view! { <wijkpot::PotsView shown /> }),
        },
        ["wijkpot", id] => pot((*id).to_owned(), of("maand"), of("school")).await,
        ["beheer", "beleid"] => drawn(policy::read_policy().await?, |data| view! { <policy::PolicyView data /> }),
        ["beheer", "controle"] => drawn(checks::read_checks().await?, |data| view! { <checks::ChecksView data /> }),
        ["uitnodiging", token] => {
            let token = (*token).to_owned();
            let asked = people::read_invitation(token.clone()).await?;
            drawn(asked, |invited| view! { <people::InvitationView invited token /> })
        }
        ["loket"] => drawn(still(), |()| view! { <guide::DeskPage /> }),
        ["spelregels"] => drawn(still(), |()| view! { <guide::RulesPage /> }),
        ["toegankelijkheid"] => drawn(still(), |()| view! { <guide::AccessibilityPage /> }),
        ["stijl"] => drawn(sheet::read_sheet().await?, |()| view! { <sheet::Sheet /> }),
        _ => Err(AppError::NotFound),
    }
}

/// A pot's page: at its own address, and at `/wijkpot` for whoever works at one of its schools.
async fn pot(id: String, month: String, school: String) -> Result<Page<Drawn>, AppError> {
    let asked = wijkpot::read_pot(id, month, school).await?;
    drawn(asked, |shown| view! { <wijkpot::PotView shown /> })
}

/// A page that is the same for everybody, without forms.
fn still() -> Page<()> {
    Page { data: (), flash: None, key: String::new() }
}

/// What stands behind the `?` of an address.
struct Query(Vec<(String, String)>);

impl Query {
    fn read(text: &str) -> Self {
        Self(serde_urlencoded::from_str(text.trim_start_matches('?')).unwrap_or_default())
    }

    /// What is said under this name first; empty when it is not there.
    fn of(&self, name: &str) -> String {
        self.0.iter().find(|(n, _)| n == name).map(|(_, value)| value.clone()).unwrap_or_default()
    }

    /// A page of a list, from 1; the first when it says something else.
    fn number(&self, name: &str) -> u32 {
        self.of(name).parse().unwrap_or(1)
    }
}
