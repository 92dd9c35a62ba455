//! Zero results lead somewhere: without filters, to what looks like it, or to people at the desk. Always true: the ways on lead to
//! somebody, never to another empty page.

use super::{
    Ask, Roster,
    find::{Asking, Heard},
    results::{Nothing, Shelf, Way},
};
use domain::{
    ExpertiseId,
    experts::{in_sentence, taxonomy::Category},
    time,
};

/// Two ways to something else, beside the desk: more is a menu.
const NEAREST_MAX: usize = 2;
/// The desk, where people answer.
const DESK: &str = "/loket";

/// What to say when nobody was found. `unfiltered` is how many there are without the filters, when there are.
pub(super) fn nothing(ask: &Ask, heard: &Heard, unfiltered: Option<usize>, asking: &Asking<'_>) -> Nothing {
    let subject = if heard.subject.is_empty() { String::new() } else { format!(" voor ‘{}’", heard.subject) };
    if let Some(count) = unfiltered {
        let are = if count == 1 { "is er wel 1 expert".to_owned() } else { format!("zijn er wel {count} experts") };
        let mut ways = vec![Way { label: "Zoek zonder filters".to_owned(), href: ask.unfiltered().href() }];
        if !ask.wijk.is_empty() && *ask != (Ask { wijk: ask.wijk.clone(), ..ask.unfiltered() }) {
            ways.push(Way { label: "Zoek in alle wijken".to_owned(), href: Ask { wijk: String::new(), ..ask.clone() }.href() });
        }
        ways.push(desk());
        return Nothing { heading: format!("Met deze filters is er niemand{subject}"), why: format!("Zonder filters {are}."), ways };
    }
    let near = near(heard, asking);
    let why = if heard.scores.is_empty() && !heard.unknown.is_empty() {
        "We kennen dit woord nog niet. Zoek op iets dat erop lijkt, of vraag het aan het loket.".to_owned()
    } else if heard.scores.is_empty() {
        "Noem waar het om gaat, zoals ‘dyslexie’ of ‘boos’. Of kies hieronder.".to_owned()
    } else {
        format!("Geen expert in {} heeft hier nu bewijs voor. Vraag het aan het loket.", asking.partnership)
    };
    Nothing { heading: format!("Nog niemand{subject}"), why, ways: std::iter::once(desk()).chain(near).collect() }
}

fn desk() -> Way {
    Way { label: "Stel je vraag aan het loket".to_owned(), href: DESK.to_owned() }
}

/// The expertises that come nearest and that somebody has: by letters for unknown words, else of the same category.
fn near(heard: &Heard, asking: &Asking<'_>) -> Vec<Way> {
    let roster = asking.roster;
    let today = time::local_date(asking.now);
    let somebody_has = |id: &ExpertiseId| roster.people.iter().any(|known| known.proven(today).contains(id));
    let by_letters = heard.unknown.iter().flat_map(|word| roster.index.nearest(word, 10)).map(|(id, _)| id);
    let categories: Vec<&str> =
        roster.taxonomy.iter().filter(|row| heard.scores.contains_key(&row.id.into())).map(|row| row.category.as_str()).collect();
    let same_category = roster.taxonomy.iter().filter(|row| categories.contains(&row.category.as_str())).map(|row| row.id.into());
    let mut chosen: Vec<ExpertiseId> = Vec::new();
    for id in by_letters.chain(same_category) {
        if chosen.len() < NEAREST_MAX && !chosen.contains(&id) && !heard.scores.contains_key(&id) && somebody_has(&id) {
            chosen.push(id);
        }
    }
    let rows = chosen.iter().filter_map(|id| roster.taxonomy.iter().find(|row| ExpertiseId(row.id) == *id));
    rows.map(|row| Way { label: format!("Zoek op {}", in_sentence(&row.name)), href: by_expertise(&row.slug) }).collect()
}

fn by_expertise(slug: &str) -> String {
    Ask { expertise: slug.to_owned(), ..Ask::default() }.href()
}

/// Every expertise, by category.
pub(super) fn browse(roster: &Roster) -> Vec<Shelf> {
    let shelf = |category: &str, name: &str| Shelf {
        name: name.to_owned(),
        expertises: roster
            .taxonomy
            .iter()
            .filter(|row| row.category == category)
            .map(|row| Way { label: row.name.clone(), href: by_expertise(&row.slug) })
            .collect(),
    };
    let known = Category::ALL.into_iter().map(|category| shelf(category.code(), category.dutch()));
    // An administrator may name a category of their own.
    let mut own: Vec<&str> =
        roster.taxonomy.iter().map(|row| row.category.as_str()).filter(|category| Category::from_code(category).is_none()).collect();
    own.sort_unstable();
    own.dedup();
    known.chain(own.into_iter().map(|category| shelf(category, category))).filter(|shelf| !shelf.expertises.is_empty()).collect()
}
