//! Words as search compares them.
//!
//! Always true here: folding twice is folding once, so stored words and typed words meet in the same spelling.

/// Lower case, without accents, every sign a space, single spaces. An apostrophe joins (`foto's` is `fotos`).
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars().flat_map(char::to_lowercase) {
        match plain(letter) {
            Some(letters) => folded.push_str(letters),
            None if letter.is_alphanumeric() => folded.push(letter),
            None if is_silent(letter) => {}
            None => {
                if !folded.ends_with(' ') {
                    folded.push(' ');
                }
            }
        }
    }
    folded.trim().to_owned()
}

/// Signs that stand inside a word: apostrophes, combining accents (decomposed text), the soft hyphen.
const fn is_silent(letter: char) -> bool {
    matches!(letter, '\'' | '’' | '‘' | '`' | '´' | '\u{300}'..='\u{36f}' | '\u{ad}')
}

/// The plain letters of one with an accent, for the languages written on Dutch schools in Latin letters.
const fn plain(letter: char) -> Option<&'static str> {
    Some(match letter {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => "a",
        'ç' | 'ć' | 'č' => "c",
        'ď' | 'đ' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ę' | 'ě' => "e",
        'ğ' => "g",
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'ı' => "i",
        'ł' => "l",
        'ñ' | 'ń' | 'ň' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ő' => "o",
        'ř' => "r",
        'ś' | 'š' | 'ş' | 'ș' => "s",
        'ť' | 'ț' | 'ţ' => "t",
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' => "u",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        'æ' => "ae",
        'œ' => "oe",
        'ß' => "ss",
        'ĳ' => "ij",
        _ => return None,
    })
}

/// Words that say nothing about which expertise is meant..
const STOP: [&str; 97] = [
    "aan",
    "al",
    "alleen",
    "als",
    "and",
    "bij",
    "child",
    "dat",
    "de",
    "deze",
    "die",
    "dit",
    "docent",
    "door",
    "een",
    "en",
    "er",
    "erg",
    "expert",
    "expertise",
    "experts",
    "for",
    "gaat",
    "geen",
    "goed",
    "graag",
    "groep",
    "haar",
    "heb",
    "hebben",
    "heeft",
    "heel",
    "help",
    "het",
    "hij",
    "hoe",
    "hulp",
    "iemand",
    "iets",
    "ik",
    "in",
    "is",
    "je",
    "jongen",
    "juf",
    "kan",
    "kind",
    "kinderen",
    "klas",
    "leerkracht",
    "leerling",
    "leerlingen",
    "maar",
    "meer",
    "meester",
    "meisje",
    "met",
    "mijn",
    "moet",
    "naar",
    "niet",
    "nog",
    "nodig",
    "of",
    "om",
    "ons",
    "onze",
    "ook",
    "op",
    "over",
    "probleem",
    "problemen",
    "school",
    "slecht",
    "snel",
    "spreekt",
    "specialist",
    "te",
    "the",
    "tot",
    "uit",
    "van",
    "veel",
    "vaak",
    "voor",
    "wat",
    "we",
    "wel",
    "werkt",
    "wie",
    "wij",
    "with",
    "worden",
    "wordt",
    "zijn",
    "zoek",
    "zonder",
];

/// Whether a folded word says nothing about which expertise is meant: a small word, or a number as in `groep 5`.
#[must_use]
pub(super) fn is_stop(word: &str) -> bool {
    STOP.contains(&word) || word.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn accents_signs_and_capitals_do_not_matter() {
        assert_eq!(fold("  Oekraïne – NT-2! "), "oekraine nt 2");
        assert_eq!(fold("foto’s, pdd/nos"), "fotos pdd nos");
        assert_eq!(fold("Cafe\u{301} ĲSBEER ÆØ"), "cafe ijsbeer aeo");
        assert_eq!(fold("İstanbul"), "istanbul");
    }

    #[test]
    fn stop_words_are_folded_themselves() {
        assert!(STOP.iter().all(|word| fold(word) == *word));
        assert!(is_stop("kind") && !is_stop("boos"));
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in ".{0,80}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
