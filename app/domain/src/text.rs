//! Text that people type: cleaned before it is kept, and looked over for what may point at a person.
//!
//! Always true here: it advises and never blocks (look.md, Field). A warning asks; the writer knows whether it is right. What is refused
//! stands in [`pupils`].

pub mod pupils;

use std::{borrow::Cow, collections::BTreeSet, iter::Peekable, str::Chars};

/// Five warnings: more and nobody reads them; the rest shows once these are solved.
pub const WARNINGS_MAX: usize = 5;

/// 500 characters: twenty ticked boxes with their names. What a page's address says beside a question is never longer.
pub const ARGUMENT_CHARS_MAX: usize = 500;

/// What a text may contain that does not belong in it (domain.md §5, §11).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TextKind {
    /// A person's name.
    Name,
    /// A date with a year, most often a birth date.
    BirthDate,
    /// A burgerservicenummer.
    Bsn,
    /// A telephone number.
    Phone,
    /// An e-mail address.
    Email,
}

/// Something to look at again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextWarning {
    /// What it may be.
    pub kind: TextKind,
    /// What stands there.
    pub found: String,
}

impl TextWarning {
    /// `Staat hier een naam? We zien ‘Daan’. Schrijf liever ‘de leerling’.`
    #[must_use]
    pub fn sentence(&self) -> String {
        let found = short(&self.found);
        match self.kind {
            TextKind::Name => format!("Staat hier een naam? We zien ‘{found}’. Schrijf liever ‘de leerling’."),
            TextKind::BirthDate => format!("Staat hier een geboortedatum? We zien ‘{found}’. Schrijf liever de groep."),
            TextKind::Bsn => "Staat hier een burgerservicenummer? Haal het weg. Wij hebben het nooit nodig.".to_owned(),
            TextKind::Phone => format!("Staat hier een telefoonnummer? We zien ‘{found}’. Haal het weg."),
            TextKind::Email => format!("Staat hier een e-mailadres? We zien ‘{found}’. Haal het weg."),
        }
    }
}

/// Long enough to find it back in the text.
const FOUND_MAX: usize = 40;

fn short(found: &str) -> String {
    if found.chars().count() <= FOUND_MAX { found.to_owned() } else { found.chars().take(FOUND_MAX).chain(['…']).collect() }
}

/// What may point at a person, each thing once, in order of appearance; at most five.
#[must_use]
pub fn warnings(text: &str) -> Vec<TextWarning> {
    let words = words(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let (hit, taken) = look(&words[at..]);
        found.extend(hit);
        at += taken;
    }
    let mut seen = BTreeSet::new();
    found.retain(|warning| seen.insert((warning.kind, warning.found.clone())));
    found.truncate(WARNINGS_MAX);
    found
}

/// The same, but for names everybody may read: schools, suppliers, wijken, such as `De Kameleon`.
#[must_use]
pub fn warnings_except<'a>(text: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<TextWarning> {
    let known: BTreeSet<&str> = known.into_iter().flat_map(str::split_whitespace).collect();
    let mut found = warnings(text);
    found.retain(|warning| warning.kind != TextKind::Name || !warning.found.split(' ').all(|word| known.contains(word)));
    found
}

/// Text as it is kept: line ends are `\n`, control and invisible characters are gone, spaces at ends of lines too, and at most one empty
/// line stands between two others. Cleaning twice changes nothing.
#[must_use]
pub fn clean(text: &str) -> String {
    let unified = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n").replace('\t', " ");
    let visible: String = unified.chars().filter(|sign| *sign == '\n' || !(sign.is_control() || is_invisible(*sign))).collect();
    let mut cleaned = String::with_capacity(visible.len());
    let mut empty_lines = 0;
    for line in visible.split('\n').map(str::trim_end) {
        empty_lines = if line.is_empty() { empty_lines + 1 } else { 0 };
        if empty_lines <= 1 {
            cleaned.push_str(line);
            cleaned.push('\n');
        }
    }
    cleaned.trim().to_owned()
}

/// A text as a cell of a CSV file. A spreadsheet runs what begins like a formula, also in the wide letters of East Asia; behind an
/// apostrophe it is text.
#[must_use]
pub fn cell(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r']) { format!("'{text}").into() } else { text.into() }
}

/// The same text without characters that have no width.
#[must_use]
pub fn visible(text: &str) -> String {
    text.chars().filter(|sign| !is_invisible(*sign)).collect()
}

/// A name on one line: control and invisible characters are gone, spaces single.
#[must_use]
pub fn one_line(text: &str) -> String {
    let shown: String = visible(text).chars().map(|sign| if sign.is_control() { ' ' } else { sign }).collect();
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first characters of a text that only leads to a page: beyond the limit it is not read, and so not written back many times over.
#[must_use]
pub fn cut(text: &str, chars_max: usize) -> String {
    text.chars().take(chars_max).collect()
}

/// Characters without a width: they hide text, break a search, or turn the direction of what follows.
fn is_invisible(sign: char) -> bool {
    matches!(sign, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

/// A word, without the punctuation around it.
struct Word<'a> {
    text: &'a str,
    /// Whether a sentence, line or quotation begins here, so that a capital means nothing.
    starts: bool,
    /// Whether punctuation follows, so that it does not belong to the next word.
    ends: bool,
}

fn words(text: &str) -> Vec<Word<'_>> {
    let is_edge = |sign: char| !sign.is_alphanumeric() && sign != '+';
    let mut words = Vec::new();
    for line in text.lines() {
        let mut starts = true;
        for raw in line.split_whitespace() {
            let text = raw.trim_matches(is_edge);
            if text.is_empty() {
                // A dash or bullet on its own opens a sentence as much as a full stop does.
                starts |= raw.contains(['-', '–', '•', '*', '.', '?', '!', ':']);
                continue;
            }
            let opens = raw.starts_with(['‘', '’', '\'', '"', '“', '„', '(']);
            let tail = raw.rsplit(char::is_alphanumeric).next().unwrap_or_default();
            words.push(Word { text, starts: starts || opens, ends: !tail.is_empty() });
            starts = tail.contains(['.', '?', '!', ':', ';']);
        }
    }
    words
}

/// What the first words are, if anything, and how many of them were looked at.
fn look(words: &[Word<'_>]) -> (Option<TextWarning>, usize) {
    let first = &words[0];
    let warning = |kind, found: &str| Some(TextWarning { kind, found: found.to_owned() });
    if is_email(first.text) {
        return (warning(TextKind::Email, first.text), 1);
    }
    if first.text.starts_with(|sign: char| sign.is_ascii_digit() || sign == '+') {
        if is_date(first.text) {
            return (warning(TextKind::BirthDate, first.text), 1);
        }
        if is_date_in_words(words) {
            return (warning(TextKind::BirthDate, &join(&words[..3])), 3);
        }
        return look_at_number(words);
    }
    // After a capital ‘De’ or ‘Het’, as in ‘De Wissel’, comes the name of a school or a supplier.
    if let ("De" | "Het", false, [_, next, ..]) = (first.text, first.ends, words)
        && looks_like_name(next.text)
    {
        return (None, 2);
    }
    match name(words) {
        0 => (None, 1),
        length => (warning(TextKind::Name, &join(&words[..length])), length),
    }
}

fn join(words: &[Word<'_>]) -> String {
    words.iter().map(|word| word.text).collect::<Vec<_>>().join(" ")
}

fn is_email(text: &str) -> bool {
    text.split_once('@').is_some_and(|(person, host)| {
        let is_name = |part: &str| !part.is_empty() && part.chars().all(|sign| sign.is_alphanumeric() || "._%+-".contains(sign));
        is_name(person) && is_name(host) && host.contains('.')
    })
}

/// `12-05-2015`, `12/5/15`, `12.05.2015`, `2015-05-12`.
fn is_date(text: &str) -> bool {
    ['-', '/', '.'].into_iter().any(|separator| {
        let parts: Vec<&str> = text.split(separator).collect();
        let number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<u32>().ok()).flatten();
        let [Some(one), Some(two), Some(three)] = parts.iter().map(|part| number(part)).collect::<Vec<_>>()[..] else { return false };
        let is_day = |day: u32, month: u32| (1..=31).contains(&day) && (1..=12).contains(&month);
        let length = |part: usize| parts[part].len();
        (length(0) <= 2 && length(1) <= 2 && matches!(length(2), 2 | 4) && is_day(one, two)) || (length(0) == 4 && is_day(three, two))
    })
}

/// `12 mei 2015`.
fn is_date_in_words(words: &[Word<'_>]) -> bool {
    let [day, month, year, ..] = words else { return false };
    let month = month.text.to_lowercase();
    let is_month = (1..=12).any(|number| month == crate::time::month_name(number) || month == crate::time::month_short(number));
    let is_year = year.text.len() == 4 && (year.text.starts_with("19") || year.text.starts_with("20"));
    is_month && is_year && day.text.len() <= 2 && (1..=31).contains(&day.text.parse().unwrap_or(0))
}

/// A number may be written in up to five groups: `06 12 34 56 78`.
fn look_at_number(words: &[Word<'_>]) -> (Option<TextWarning>, usize) {
    let is_numeric = |word: &&Word<'_>| word.text.chars().all(|sign| sign.is_ascii_digit() || "+-./()".contains(sign));
    let groups = words.iter().take(5).take_while(is_numeric).count();
    for length in (1..=groups).rev() {
        if words[..length - 1].iter().any(|word| word.ends && length > 1 && !word.text.starts_with('+')) {
            continue;
        }
        let shown = join(&words[..length]);
        let digits: String = shown.chars().filter(char::is_ascii_digit).collect();
        let kind = if is_bsn(&digits) {
            TextKind::Bsn
        } else if is_phone(&digits, shown.starts_with('+')) {
            TextKind::Phone
        } else {
            continue;
        };
        return (Some(TextWarning { kind, found: shown }), length);
    }
    (None, 1)
}

/// Nine digits that pass the elfproef: 9·a + 8·b + … + 2·h − i divides by eleven.
fn is_bsn(digits: &str) -> bool {
    if digits.len() != 9 || digits.bytes().all(|byte| byte == b'0') {
        return false;
    }
    let weights = [9, 8, 7, 6, 5, 4, 3, 2, -1];
    digits.bytes().zip(weights).map(|(byte, weight)| i32::from(byte - b'0') * weight).sum::<i32>() % 11 == 0
}

/// A Dutch number of ten digits, or one that begins with the country.
fn is_phone(digits: &str, is_international: bool) -> bool {
    let is_dutch = digits.len() == 10 && digits.starts_with('0') && !digits.starts_with("00");
    let is_abroad = is_international && (9..=15).contains(&digits.len());
    is_dutch || is_abroad || (digits.len() == 13 && digits.starts_with("0031"))
}

/// How many of the first words make a name: `Daan`, `Daan de Vries`; 0 when they do not.
fn name(words: &[Word<'_>]) -> usize {
    let first = &words[0];
    let is_certain = is_one_of(FIRST_NAMES, first.text.split('-').next().unwrap_or_default());
    if !looks_like_name(first.text) || (first.starts && !is_certain) || (!is_certain && is_known(first.text)) {
        return 0;
    }
    let mut length = 1;
    loop {
        let between = words[length - 1..].iter().skip(1).take_while(|word| SMALL_WORDS.contains(&word.text)).count();
        let Some(next) = words.get(length + between) else { break };
        let is_cut = words[length - 1..length + between].iter().any(|word| word.ends);
        if is_cut || !looks_like_name(next.text) || (between == 0 && is_known(next.text)) {
            break;
        }
        length += between + 1;
    }
    length
}

/// One capital, and small letters after it: `Daan`, `Anne-Fleur`, `O’Neill`; not `TOS`, `IB’er` or `iPad`.
fn looks_like_name(text: &str) -> bool {
    let text = text.strip_suffix("’s").or_else(|| text.strip_suffix("'s")).unwrap_or(text);
    text.chars().count() >= 2 && text.split(['-', '’', '\'']).all(|part| part.is_empty() || is_capitalised(part.chars().peekable()))
}

fn is_capitalised(mut signs: Peekable<Chars<'_>>) -> bool {
    signs.next().is_some_and(char::is_uppercase) && signs.all(char::is_lowercase)
}

fn is_known(text: &str) -> bool {
    let stem = text.trim_end_matches("’s").trim_end_matches("'s");
    stem.split('-').all(|part| is_one_of(KNOWN, part))
}

fn is_one_of(list: &str, word: &str) -> bool {
    list.split(' ').any(|one| one == word)
}

/// Small words inside a family name.
const SMALL_WORDS: [&str; 9] = ["van", "de", "der", "den", "het", "’t", "'t", "ten", "ter"];

/// Words with a capital that are no name of a person: languages, peoples, feasts, syndromes, methods, programs and ways to begin.
const KNOWN: &str = "\
    Ik Wij We Je Jij Jullie U Hij Zij Ze Het De Een Den Sint Sinterklaas Kerst Kerstmis Pasen Pinksteren Hemelvaart Koningsdag \
    Ramadan Suikerfeest Offerfeest Divali Nederland Nederlands Nederlandse Nederlandstalig Nederlandstalige Vlaams België Belgisch \
    Fries Friese Engels Engelse Engelstalig Duits Duitse Duitsland Frans Franse Frankrijk Spaans Spaanse Spanje Italiaans Italiaanse \
    Portugees Portugese Pools Poolse Polen Roemeens Roemeense Roemenië Bulgaars Bulgaarse Bulgarije Oekraïens Oekraïense Oekraïne \
    Russisch Russische Turks Turkse Turkije Arabisch Arabische Marokkaans Marokkaanse Marokko Berbers Tigrinya Eritrea Eritrees \
    Eritrese Syrië Syrisch Syrische Somalië Somalisch Somalische Afghanistan Afghaans Afghaanse Iran Irak Farsi Dari Koerdisch \
    Koerdische Chinees Chinese Surinaams Surinaamse Suriname Antilliaans Antilliaanse Papiaments Indonesisch Europa Europees \
    Europese Down Gilles Tourette Asperger Rett Williams Angelman Prader Willi Noonan Turner Klinefelter Duchenne Usher Perthes \
    Dravet Cito Citotoets Montessori Jenaplan Dalton Freinet Vrijeschool Daltonschool Montessorischool Kanjertraining Kanjerschool \
    Rots Water Kwink Zien Snappet Gynzy Squla Kleuterplein Nieuwsbegrip Bareka Rekentuin Taalzee Bouw Kurzweil Claroread Parnassys \
    Braille Blink Staal Estafette Pluspunt Teams Word Excel Zoom Google Microsoft Chromebook Chromebooks Minecraft Lego Levelwerk \
    Day Plato Bloom Marzano Vygotsky Piaget Wisc Sidi Dhh Passend Onderwijs Veilig Leren Lezen Jeugdzorg Kentalis Auris Viertaal \
    Visio Bartiméus Wijkpot";

/// Names children in the Netherlands often have and that are no other word: certain enough to ask about at the start of a sentence too.
const FIRST_NAMES: &str = "\
    Aaliyah Abdullah Adam Ahmed Ali Amina Amir Amber Amy Anna Anne Anouk Aya Ayoub Bas Benjamin Boaz Bram Charlotte Chloë Daan \
    Damian Daniël David Dex Dylan Elif Elin Elise Emily Emma Esmee Eva Evi Fatima Femke Fenna Finn Fleur Floris Gijs Hamza Hanna \
    Hannah Hugo Ibrahim Imane Iris Isa Isabel Jace Jack Jan Jasmijn Jayden Jens Jesse Johannes Joris Julia Jurre Kees Khadija Kim \
    Kyan Lars Laura Lauren Levi Lieke Lina Lisa Liv Loïs Lotte Luca Lucas Luuk Lynn Maartje Maria Marieke Mason Maud Mees Merel Mia \
    Mila Milan Milou Mohamed Mohammed Morris Naomi Nina Noa Noah Nora Noud Nout Olivia Omar Oliver Pien Pim Pieter Quinn Rosa Ruben \
    Saar Salma Sam Samuel Sanne Sara Sarah Sem Senn Sien Siem Sofia Sofie Sophia Sophie Stijn Suze Sven Tess Teun Thijmen Thijs \
    Thomas Tijn Tim Tobias Tom Vince Willem Xavi Yara Yassin Youssef Yusuf Zoë Zoey";

#[cfg(test)]
#[path = "text_tests.rs"]
mod tests;
