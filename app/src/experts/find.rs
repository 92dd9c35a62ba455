//! From a question to results: who matches, who passes the filters, in which order, on which page.
//!
//! Always true here: this only computes; everything it knows was read before, so that it can be tried without a database.

use super::{
    Ask, Known, Roster,
    asker::{Asker, place_of},
    card,
    nothing::{browse, nothing},
    results::{Filters as FilterForm, Meant, OnFilter, Pick, Results},
    roster::{slug, stem},
};
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use domain::{
    ExpertiseId, Minutes, SpecialistId,
    availability::{Calendar, Place, Slot, first_free, slots},
    experts::{
        Asked, Candidate, DayPart, Facts, Filters, Matched, ORDER_SENTENCE, Query, Ranked, SupportLevel, TravelClass, in_sentence, rank,
        travel_class,
    },
    time,
};
use std::collections::{HashMap, HashSet};

/// Experts on a page: ten cards are read, twenty are scrolled past.
pub const PER_PAGE: usize = 10;
/// The moments on a card.
const MOMENTS_MAX: usize = 3;
/// How far ahead a filter on time looks: eight weeks, as far as the first free moment does.
pub const SEARCH_DAYS: u32 = 56;
/// The order for whoever asks from no school, and so has no hours and no distance.
const ORDER_WITHOUT_SCHOOL: &str = "Volgorde: past het best, dan het eerst vrij.";

/// Everything a search needs to know besides the question.
#[derive(Debug)]
pub struct Asking<'a> {
    /// Who there is.
    pub roster: &'a Roster,
    /// When everybody is there.
    pub calendars: &'a HashMap<SpecialistId, Calendar>,
    /// The school that asks.
    pub asker: Option<&'a Asker>,
    /// The partnership's name.
    pub partnership: &'a str,
    /// Now.
    pub now: DateTime<Utc>,
}

/// How a question was understood.
#[derive(Debug, Default)]
pub struct Heard {
    /// Expertises with how well each fits.
    pub(super) scores: HashMap<ExpertiseId, u32>,
    /// People who were named.
    pub(super) named: HashSet<SpecialistId>,
    /// Words nobody knows.
    pub(super) unknown: Vec<String>,
    /// The question with its typing errors corrected.
    pub(super) corrected: Option<String>,
    /// `hoogbegaafdheid`; empty when nothing was asked but filters.
    pub(super) subject: String,
    /// Whether something was asked: a word or an expertise.
    pub(super) asked: bool,
    /// Whether words were typed; without them the expertises are the question itself.
    pub(super) words: bool,
}

impl Heard {
    /// Whether somebody has what was asked, or was named.
    fn means(&self, known: &Known) -> bool {
        !self.asked || self.named.contains(&known.id()) || known.skills.iter().any(|skill| self.scores.contains_key(&skill.id))
    }

    /// Whose calendar matters for the answer.
    #[must_use]
    pub fn who(&self, roster: &Roster) -> Vec<SpecialistId> {
        roster.people.iter().filter(|known| self.means(known)).map(Known::id).collect()
    }
}

/// Somebody who matches, with when they are free.
struct Match<'a> {
    known: &'a Known,
    matched: Vec<Matched>,
    proven: Vec<ExpertiseId>,
    wijken: Vec<domain::WijkId>,
    /// The free moments that count for the filters on time.
    free: Vec<DateTime<Utc>>,
    moments: Vec<Slot>,
}

/// Answers a question.
#[must_use]
pub fn find(ask: &Ask, heard: &Heard, asking: &Asking<'_>) -> Results {
    let typed = ask.q.trim().to_owned();
    let ask = Ask { q: heard.corrected.clone().unwrap_or_else(|| typed.clone()), ..ask.clone() };
    let filters = filters(&ask, asking, heard.words);
    let chips = chips(&ask, asking);
    if !heard.asked && filters.count() == 0 {
        let title = "Wie zoek je?".to_owned();
        let (filters, browse) = (form(&ask, asking, &[], &filters), browse(asking.roster));
        return Results { title, typed, filters, browse, ask, page: 1, pages: 1, ..Results::default() };
    }
    let matches = matches(heard, &filters, asking);
    let passing: Vec<&Match<'_>> = matches.iter().filter(|one| one.passes(&filters)).collect();
    let ranked = order(&passing, heard, asking);
    let pages = ranked.len().div_ceil(PER_PAGE).max(1);
    let page = ask.pagina.trim().parse::<usize>().unwrap_or(1).clamp(1, pages);
    let number = |page: usize| u32::try_from(page).unwrap_or(u32::MAX);
    let base = ask.on_page(1);
    let found = ranked
        .iter()
        .skip((page - 1) * PER_PAGE)
        .take(PER_PAGE)
        .filter_map(|one| {
            let place = passing.iter().find(|other| other.known.id() == one.candidate.specialist)?;
            Some(card::found(one, place.known, &place.moments, asking, &base.query()))
        })
        .collect();
    let count = ranked.len();
    let unfiltered = (count == 0 && filters.count() > 0).then_some(matches.len()).filter(|count| *count > 0);
    Results {
        title: title(count, &heard.subject),
        meant: heard.corrected.as_ref().map(|corrected| Meant {
            corrected: corrected.clone(),
            typed: typed.clone(),
            href: Ask { q: typed.clone(), precies: "ja".into(), ..ask.on_page(1) }.href(),
        }),
        typed,
        filters: form(&ask, asking, &matches, &filters),
        order: if count < 2 {
            String::new()
        } else if asking.asker.is_some() {
            ORDER_SENTENCE.to_owned()
        } else {
            ORDER_WITHOUT_SCHOOL.to_owned()
        },
        found,
        page: number(page),
        pages: number(pages),
        before: (page > 1).then(|| ask.on_page(number(page - 1)).href()),
        after: (page < pages).then(|| ask.on_page(number(page + 1)).href()),
        nothing: (count == 0).then(|| nothing(&base, heard, unfiltered, asking)),
        browse: if count == 0 && unfiltered.is_none() { browse(asking.roster) } else { Vec::new() },
        chips,
        ask: base,
    }
}

/// Understands a question: the words, or the expertises it names.
#[must_use]
pub fn hear(ask: &Ask, roster: &Roster) -> Heard {
    let query = Query::parse(&ask.q, &stem);
    if query.is_empty() {
        let slugs: Vec<&str> = Ask::values(&ask.expertise).collect();
        let named: Vec<_> = roster.taxonomy.iter().filter(|row| slugs.contains(&row.slug.as_str())).collect();
        let names: Vec<String> = named.iter().map(|row| in_sentence(&row.name)).collect();
        let asked = !named.is_empty();
        return Heard {
            scores: named.iter().map(|row| (row.id.into(), 1000)).collect(),
            subject: names.join(" of "),
            asked,
            ..Heard::default()
        };
    }
    let as_typed = ask.precies == "ja";
    let understood = if as_typed { roster.index.find_as_typed(&query) } else { roster.index.find(&query) };
    // A person's name keeps its capital.
    let is_name = !understood.specialists.is_empty();
    let corrected = understood.corrected.map(|text| if is_name { text } else { in_sentence(&text) });
    Heard {
        scores: understood.expertises.iter().map(|found| (found.expertise, found.score)).collect(),
        named: understood.specialists.iter().map(|found| found.specialist).collect(),
        unknown: understood.unknown,
        subject: corrected.clone().unwrap_or_else(|| query.text.clone()),
        corrected,
        asked: true,
        words: true,
    }
}

/// The filters in a question; what is not known here is no filter.
fn filters(ask: &Ask, asking: &Asking<'_>, words: bool) -> Filters {
    let slugs: Vec<&str> = Ask::values(&ask.expertise).collect();
    let wijken: Vec<&str> = Ask::values(&ask.wijk).collect();
    let suppliers: Vec<&str> = Ask::values(&ask.leverancier).collect();
    let roster = asking.roster;
    Filters {
        expertises: if words {
            roster.taxonomy.iter().filter(|row| slugs.contains(&row.slug.as_str())).map(|row| row.id.into()).collect()
        } else {
            Vec::new()
        },
        levels: Ask::values(&ask.niveau).filter_map(SupportLevel::from_dutch).collect(),
        wijken: roster.wijken.iter().filter(|wijk| wijken.contains(&slug(&wijk.name).as_str())).map(|wijk| wijk.id.into()).collect(),
        suppliers: roster.suppliers.iter().filter(|one| suppliers.contains(&slug(&one.name).as_str())).map(|one| one.id.into()).collect(),
        day_parts: Ask::values(&ask.dagdeel).filter_map(DayPart::from_code).collect(),
        free_before: before(&ask.voor),
    }
}

fn before(text: &str) -> Option<NaiveDate> {
    text.trim().parse::<NaiveDate>().ok().filter(|date| (2000..=2200).contains(&date.year()))
}

/// Everybody who has what was asked, with when they are free.
fn matches<'a>(heard: &Heard, filters: &Filters, asking: &Asking<'a>) -> Vec<Match<'a>> {
    let today = time::local_date(asking.now);
    let place = place_of(asking.asker.map(|asker| &asker.school));
    let people = asking.roster.people.iter();
    people
        .filter(|known| heard.means(known))
        .map(|known| {
            let matched: Vec<Matched> = known
                .skills
                .iter()
                .filter_map(|skill| {
                    let score = *heard.scores.get(&skill.id)?;
                    let (name, proof) = (skill.name.clone(), skill.proof.clone());
                    Some(Matched { expertise: skill.id, name, level: skill.level, proof, score })
                })
                .collect();
            let calendar = asking.calendars.get(&known.id());
            let (free, moments) = calendar.map(|calendar| free(calendar, filters, &place, today, asking.now)).unwrap_or_default();
            let wijken = known.wijken.iter().map(|(id, _)| *id).collect();
            Match { known, matched, proven: known.proven(today), wijken, free, moments }
        })
        .collect()
}

/// When somebody is free: the moments that a filter on time lets through, and the few to show.
fn free(calendar: &Calendar, filters: &Filters, place: &Place, today: NaiveDate, now: DateTime<Utc>) -> (Vec<DateTime<Utc>>, Vec<Slot>) {
    let minutes = Minutes(super::FIRST_VISIT_MINUTES);
    if filters.day_parts.is_empty() && filters.free_before.is_none() {
        let moments = first_free(calendar, minutes, place, today, MOMENTS_MAX, now);
        return (moments.iter().map(|slot| slot.starts_at).collect(), moments);
    }
    let lets_through = |slot: &Slot| {
        let early = filters.free_before.is_none_or(|date| time::local_date(slot.starts_at) < date);
        early && (filters.day_parts.is_empty() || filters.day_parts.contains(&DayPart::of(slot.starts_at)))
    };
    let passing: Vec<Slot> = slots(calendar, minutes, place, today, SEARCH_DAYS, now).into_iter().filter(lets_through).collect();
    let moments = domain::availability::offer(&passing).into_iter().take(MOMENTS_MAX).collect();
    (passing.iter().map(|slot| slot.starts_at).collect(), moments)
}

impl Match<'_> {
    fn passes(&self, filters: &Filters) -> bool {
        filters.matches(&Facts {
            expertises: &self.proven,
            levels: &self.known.levels,
            wijken: &self.wijken,
            supplier: self.known.supplier(),
            free: &self.free,
        })
    }
}

/// In order, whoever was named first.
fn order(passing: &[&Match<'_>], heard: &Heard, asking: &Asking<'_>) -> Vec<Ranked> {
    let asker = asking.asker;
    let candidates = passing
        .iter()
        .map(|one| Candidate {
            specialist: one.known.id(),
            name: one.known.row.name.clone(),
            supplier: one.known.supplier(),
            supplier_name: one.known.row.supplier.clone(),
            matched: one.matched.clone(),
            levels: one.known.levels.clone(),
            first_free: one.moments.first().map(|slot| slot.starts_at),
            hours: asker.and_then(|asker| asker.hours.get(&one.known.supplier()).copied()).unwrap_or_default(),
            travel: asker.map_or(TravelClass::Elsewhere, |asker| travel_class(one.known.place(), asker.place())),
            worked_here: asker.is_some_and(|asker| asker.worked_here.contains(&one.known.id())),
        })
        .collect();
    let district = asker.and_then(|asker| asking.roster.districts.iter().find(|district| district.id == asker.school.district_id));
    let asked = Asked {
        today: time::local_date(asking.now),
        school: asker.map_or("", |asker| &asker.school.name),
        wijk: asker.map_or("", |asker| &asker.school.wijk),
        district: district.map_or("", |district| &district.name),
    };
    let mut ranked = rank(candidates, &asked);
    ranked.sort_by_key(|one| !heard.named.contains(&one.candidate.specialist));
    ranked
}

fn title(count: usize, subject: &str) -> String {
    let experts = match count {
        1 => "1 expert".to_owned(),
        count => format!("{count} experts"),
    };
    if subject.is_empty() { experts } else { format!("{experts} voor {subject}") }
}

/// `leerling` as `Leerling`.
fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// The filters that are on, each with the question without it.
fn chips(ask: &Ask, asking: &Asking<'_>) -> Vec<OnFilter> {
    let mut chips = Vec::new();
    let mut add = |field: &str, value: &str, label: String| chips.push(OnFilter { label, href: ask.without(field, value).href() });
    if let Some(date) = before(&ask.voor) {
        add("voor", ask.voor.trim(), format!("Vrij voor {} {}", date.day(), time::month_name(date.month())));
    }
    for part in Ask::values(&ask.dagdeel).filter_map(DayPart::from_code) {
        add("dagdeel", part.code(), capital(part.code()));
    }
    for level in Ask::values(&ask.niveau).filter_map(SupportLevel::from_dutch) {
        add("niveau", level.dutch(), capital(level.dutch()));
    }
    for (field, values, names) in [("leverancier", &ask.leverancier, &asking.roster.suppliers), ("wijk", &ask.wijk, &asking.roster.wijken)]
    {
        for value in Ask::values(values) {
            if let Some(named) = names.iter().find(|named| slug(&named.name) == value) {
                add(field, value, named.name.clone());
            }
        }
    }
    for value in Ask::values(&ask.expertise) {
        if let Some(row) = asking.roster.taxonomy.iter().find(|row| row.slug == value) {
            add("expertise", value, row.name.clone());
        }
    }
    chips
}

/// The filters one can choose, with how many experts each level would leave.
fn form(ask: &Ask, asking: &Asking<'_>, matches: &[Match<'_>], filters: &Filters) -> FilterForm {
    let counted = |level: SupportLevel| {
        let only = Filters { levels: vec![level], ..filters.clone() };
        matches.iter().filter(|one| one.passes(&only)).count()
    };
    let pick =
        |value: &str, label: String, on: bool| Pick { value: value.to_owned(), label, note: String::new(), spoken: String::new(), on };
    let chosen = |text: &str, value: &str| Ask::values(text).any(|known| known == value);
    let levels = SupportLevel::ALL.into_iter().map(|level| {
        let count = if matches.is_empty() { None } else { Some(counted(level)) };
        Pick {
            note: count.map(|count| count.to_string()).unwrap_or_default(),
            spoken: count.map(|count| if count == 1 { " expert" } else { " experts" }.to_owned()).unwrap_or_default(),
            ..pick(level.dutch(), capital(level.dutch()), chosen(&ask.niveau, level.dutch()))
        }
    });
    let suppliers = asking.roster.suppliers.iter().map(|supplier| {
        let value = slug(&supplier.name);
        let on = chosen(&ask.leverancier, &value);
        let note = asking.asker.map(|asker| card::left(asker.hours.get(&supplier.id.into()).copied().unwrap_or_default()));
        Pick { note: note.unwrap_or_default(), ..pick(&value, supplier.name.clone(), on) }
    });
    let wijken = asking.roster.wijken.iter().map(|wijk| {
        let value = slug(&wijk.name);
        let on = chosen(&ask.wijk, &value);
        pick(&value, wijk.name.clone(), on)
    });
    FilterForm {
        day_parts: DayPart::ALL
            .into_iter()
            .map(|part| pick(part.code(), capital(part.code()), chosen(&ask.dagdeel, part.code())))
            .collect(),
        levels: levels.collect(),
        suppliers: suppliers.collect(),
        wijken: std::iter::once(pick("", "Alle wijken".to_owned(), false)).chain(wijken).collect(),
        today: time::local_date(asking.now).to_string(),
    }
}
