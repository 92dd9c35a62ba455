//! What people type, and what they mean by it.
//!
//! Always true here: the index holds the whole starting taxonomy, so a new synonym that breaks an old search fails here.

use super::*;
use crate::experts::index::{Term, TermKind};
use crate::experts::taxonomy::{STARTING, StartingExpertise};
use proptest::prelude::*;
use rstest::rstest;
use std::sync::LazyLock;
use uuid::Uuid;

/// The commonest Dutch endings: the real stemmer is the caller's.
fn stem(word: &str) -> String {
    let endings = ["en", "s", "e"];
    let bare = endings.iter().find_map(|ending| word.strip_suffix(ending).filter(|bare| bare.len() >= 4));
    bare.unwrap_or(word).to_owned()
}

fn expertise(slug: &str) -> ExpertiseId {
    let place = STARTING.iter().position(|expertise| expertise.slug == slug).expect("a slug of the taxonomy");
    ExpertiseId(Uuid::from_u128(place as u128))
}

fn slug(id: ExpertiseId) -> &'static str {
    STARTING[usize::try_from(id.0.as_u128()).expect("a small number")].slug
}

const PEOPLE: [&str; 5] = ["Thijs Oldenkamp", "Ilse van Grootheest", "Roos Yntema", "Bram Graafland", "Thijs Bos"];

fn specialist(number: u128) -> SpecialistId {
    SpecialistId(Uuid::from_u128(number))
}

/// Built once: the properties below ask it thousands of times.
fn index() -> &'static Index {
    static INDEX: LazyLock<Index> = LazyLock::new(build);
    &INDEX
}

fn build() -> Index {
    let terms = STARTING.iter().flat_map(|starting| {
        starting.terms().map(|(text, kind)| Term { text: text.to_owned(), expertise: expertise(starting.slug), kind })
    });
    let names = PEOPLE.iter().enumerate().map(|(number, name)| (specialist(number as u128), (*name).to_owned()));
    Index::build(terms, names, &stem)
}

fn find(text: &str) -> Understanding {
    index().find(&Query::parse(text, &stem))
}

fn slugs(answer: &Understanding) -> Vec<&'static str> {
    answer.expertises.iter().map(|found| slug(found.expertise)).collect()
}

#[rstest]
// As it is called, in any case and with any signs.
#[case("hoogbegaafdheid", "hoogbegaafdheid")]
#[case("HB", "hoogbegaafdheid")]
#[case("plusklas", "hoogbegaafdheid")]
#[case("Down", "syndroom-van-down")]
#[case("syndroom van Down", "syndroom-van-down")]
#[case("trisomie 21", "syndroom-van-down")]
#[case("druk", "gedrag")]
#[case("boos", "gedrag")]
#[case("agressie", "gedrag")]
#[case("druk gedrag", "gedrag")]
#[case("ASS", "autisme")]
#[case("NT-2", "nt2")]
#[case("Oekraïne", "nt2")]
#[case("taal", "nt2")]
#[case("langdurig zieke kinderen", "langdurig-zieken")]
#[case("leerling durft niet", "angst")]
#[case("wil niet naar school", "thuiszitters")]
#[case("echtscheiding", "rouw")]
#[case("pesten", "groepsdynamica")]
#[case("boze kinderen in groep 5", "gedrag")]
#[case("spreekt slecht nederlands", "nt2")]
#[case("vechtscheiding", "rouw")]
// In English.
#[case("giftedness", "hoogbegaafdheid")]
#[case("Down syndrome", "syndroom-van-down")]
#[case("behaviour", "gedrag")]
#[case("behavior", "gedrag")]
#[case("autism", "autisme")]
// With another ending, a beginning, written apart, in a compound, in a sentence.
#[case("pleegkinderen", "hechting")]
#[case("kleuterklassen", "jonge-kind")]
#[case("hoogbeg", "hoogbegaafdheid")]
#[case("motori", "motoriek")]
#[case("hoog begaafd", "hoogbegaafdheid")]
#[case("gedragsprobleem", "gedrag")]
#[case("schoolangst", "angst")]
#[case("wie kan helpen bij een kind met dyslexie", "dyslexie")]
#[case("beperking lichamelijk", "lichamelijke-beperking")]
// With typing errors.
#[case("hoogbegaaftheid", "hoogbegaafdheid")]
#[case("hoogbegaafheid", "hoogbegaafdheid")]
#[case("hoobegaafdheit", "hoogbegaafdheid")]
#[case("dyslexsie", "dyslexie")]
#[case("dislexie", "dyslexie")]
#[case("dyscaluclie", "dyscalculie")]
#[case("autsime", "autisme")]
#[case("gedarg", "gedrag")]
#[case("agresie", "gedrag")]
#[case("syndrom van douwn", "syndroom-van-down")]
#[case("taalontwikelingsstoornis", "tos")]
#[case("thuiszitser", "thuiszitters")]
#[case("epilepsi", "epilepsie")]
#[case("behavoiur", "gedrag")]
fn what_people_type_finds_what_they_mean(#[case] typed: &str, #[case] meant: &str) {
    let answer = find(typed);
    assert_eq!(slugs(&answer).first(), Some(&meant), "{typed}: {answer:?}");
}

#[test]
fn every_term_finds_its_own_expertise_first_or_shares_the_first_place() {
    let index = index();
    for starting in STARTING {
        for (text, _) in starting.terms() {
            let answer = index.find(&Query::parse(text, &stem));
            let best = answer.expertises.first().map_or(0, |found| found.score);
            let own = answer.expertises.iter().find(|found| slug(found.expertise) == starting.slug);
            assert!(own.is_some_and(|own| own.score == best), "{text} should find {}: {answer:?}", starting.slug);
            assert_eq!(answer.corrected, None, "{text}");
        }
    }
}

#[test]
fn a_word_that_means_two_things_shows_both() {
    assert_eq!(slugs(&find("druk")), ["gedrag", "adhd"]);
}

#[test]
fn a_correction_says_what_was_typed_and_can_be_turned_off() {
    let answer = find("Hoogbegaafheid");
    assert_eq!(answer.corrected.as_deref(), Some("Hoogbegaafdheid"));
    assert_eq!(answer.expertises[0].corrected_from.as_deref(), Some("hoogbegaafheid"));
    assert_eq!(find("hoogbegaafdheid").corrected, None);
    assert!(index().find_as_typed(&Query::parse("dyslexsie", &stem)).is_empty());
}

#[test]
fn several_words_add_up_and_the_one_that_is_meant_twice_comes_first() {
    let answer = find("boos angst slaan");
    assert_eq!(slugs(&answer), ["gedrag", "angst"]);
}

#[test]
fn a_name_finds_the_specialist_and_is_not_taken_for_a_typing_error() {
    let roos = find("Roos");
    assert_eq!((roos.specialists[0].specialist, roos.expertises.len()), (specialist(2), 0));
    let thijs = find("thijs oldenkamp");
    assert_eq!(thijs.specialists.iter().map(|found| found.specialist).collect::<Vec<_>>(), [specialist(0), specialist(4)]);
    assert_eq!(find("groothest").specialists[0].corrected_from.as_deref(), Some("groothest"));
    assert_eq!(find("graaf").specialists[0].specialist, specialist(3));
}

#[test]
fn an_unknown_word_is_named_and_the_nearest_expertises_are_ways_on() {
    let answer = find("dyslecticus en kwantumfysica");
    assert_eq!(answer.unknown, ["dyslecticus", "kwantumfysica"]);
    let near = index().nearest("dyslecticus", 3);
    assert_eq!(slug(near[0].0), "dyslexie");
    assert!(near.len() <= 3 && near.is_sorted_by(|one, next| one.1 >= next.1));
    assert!(index().nearest("qqqq", 3).is_empty());
}

#[test]
fn stop_words_alone_mean_nothing_and_are_not_unknown() {
    let answer = find("hulp voor een kind");
    assert!(answer.is_empty() && answer.unknown.is_empty());
    assert!(Query::parse(" ?! ", &stem).is_empty());
}

#[test]
fn a_query_is_cut_at_a_hundred_characters_and_twelve_words() {
    let query = Query::parse(&"é".repeat(300), &stem);
    assert_eq!(query.text.chars().count(), QUERY_CHARS_MAX);
    assert_eq!(Query::parse(&"ab ".repeat(40), &stem).words.len(), QUERY_WORDS_MAX);
}

#[test]
fn the_kinds_of_terms_go_by_their_codes() {
    for kind in TermKind::ALL {
        assert_eq!(TermKind::from_code(kind.code()), Some(kind));
    }
}

/// Run with `cargo test --release -p domain -- --ignored --nocapture microseconds`.
#[test]
#[ignore = "measures; only means something in a release build"]
fn a_query_takes_less_than_a_hundred_microseconds() {
    let index = index();
    for text in ["hoogbegaafdheid", "hoobegaafdheit", "druk gedrag in groep 6 na echtscheiding", "qwrtpsdfgh zxcvbnmlkj"] {
        let start = std::time::Instant::now();
        for _ in 0..1000 {
            std::hint::black_box(index.find(&Query::parse(text, &stem)));
        }
        let micros = start.elapsed().as_micros() / 1000;
        eprintln!("{text}: {micros} µs");
        assert!(micros < 100, "{text}: {micros} µs");
    }
}

/// Short words are abbreviations, where one letter is another expertise; phrases have their own cases above.
fn long_names() -> Vec<StartingExpertise> {
    STARTING.iter().filter(|starting| starting.name.len() >= 8 && !starting.name.contains(' ')).copied().collect()
}

proptest! {
    #[test]
    fn anything_typed_gives_an_answer(text in ".{0,140}") {
        let _ = find(&text);
    }

    #[test]
    fn one_typing_error_in_a_name_still_finds_it(
        starting in proptest::sample::select(long_names()), place in any::<proptest::sample::Index>(), letter in "[a-z]", kind in 0..4_u8
    ) {
        let name = fold(starting.name);
        let mut letters: Vec<char> = name.chars().collect();
        let place = place.index(letters.len());
        match kind {
            0 => letters.insert(place, letter.chars().next().expect("a letter")),
            1 => { letters.remove(place); }
            2 => letters[place] = letter.chars().next().expect("a letter"),
            _ => letters.swap(place, (place + 1).min(name.len() - 1)),
        }
        let typed: String = letters.into_iter().collect();
        let answer = find(&typed);
        prop_assert!(slugs(&answer).contains(&starting.slug), "{}: {:?}", typed, answer);
    }
}
