//! Single fields into values: names, numbers, dates, places. A field that does not hold answers with a Dutch sentence.

use chrono::NaiveDate;
use domain::{Minutes, experts::Postcode};

/// Names of organisations, as the tables check them.
pub const NAME_MAX: usize = 200;
/// Streets, towns and denominations: longer is a whole address in one field.
pub const PLACE_MAX: usize = 200;
/// No partnership buys a hundred thousand hours; the largest real contract is below three thousand.
const HOURS_MAX: i64 = 100_000;
/// The largest school in the country has fewer than three thousand pupils.
const PUPILS_MAX: i64 = 20_000;

/// Words that stay small inside a place name: `Bergen op Zoom`.
const SMALL: [&str; 16] = ["aan", "bij", "d'", "de", "den", "der", "en", "het", "in", "op", "te", "ter", "van", "voor", "'t", "a/d"];

/// A text of at most so many characters, possibly empty.
pub fn text(value: &str, shown: &str, chars_max: usize) -> Result<String, String> {
    if value.chars().count() > chars_max {
        return Err(format!("{shown} is langer dan {chars_max} tekens."));
    }
    Ok(value.to_owned())
}

/// A text that must be there.
pub fn filled(value: &str, shown: &str, chars_max: usize) -> Result<String, String> {
    if value.is_empty() {
        return Err(format!("{shown} is leeg."));
    }
    text(value, shown, chars_max)
}

/// A BRIN of a site, `00AP00`: 4 letters or digits of the school, 2 digits of the site. The two may come from two columns.
pub fn brin(site: &str, school: &str) -> Result<String, String> {
    let (site, school) = (site.to_uppercase().replace(' ', ""), school.to_uppercase().replace(' ', ""));
    let whole = match (site.len(), school.len()) {
        (0, 4) => format!("{school}00"),
        (4, 4) if site == school => format!("{school}00"),
        (0, _) => school,
        (1 | 2, 4) if site.bytes().all(|byte| byte.is_ascii_digit()) => format!("{school}{site:0>2}"),
        _ => site,
    };
    let bytes = whole.as_bytes();
    let holds = bytes.len() == 6 && bytes[..4].iter().all(u8::is_ascii_alphanumeric) && bytes[4..].iter().all(u8::is_ascii_digit);
    match (holds, whole.is_empty()) {
        (true, _) => Ok(whole),
        (false, true) => Err("Het BRIN is leeg.".into()),
        (false, false) => Err(format!("‘{whole}’ is geen BRIN van een vestiging. Schrijf 4 tekens en 2 cijfers, zoals 00AP00.")),
    }
}

/// A partnership's code, such as `PO3002`, in capitals.
pub fn partnership_code(value: &str) -> Result<String, String> {
    let code = value.trim().to_uppercase();
    let holds = (2..=20).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if holds { Ok(code) } else { Err(format!("‘{value}’ is geen code van een samenwerkingsverband. Schrijf het zoals PO3002.")) }
}

/// A postcode, or nothing.
pub fn postcode(value: &str) -> Result<String, String> {
    if value.is_empty() {
        return Ok(String::new());
    }
    Postcode::parse(value).map(String::from).map_err(|refusal| format!("‘{value}’: {refusal}"))
}

/// A number of pupils, or nothing.
pub fn pupils(value: &str) -> Result<Option<i64>, String> {
    if value.is_empty() {
        return Ok(None);
    }
    match whole(value) {
        Some(pupils) if pupils <= PUPILS_MAX => Ok(Some(pupils)),
        _ => Err(format!("‘{value}’ is geen aantal leerlingen.")),
    }
}

/// Whole hours, as minutes: a year is divided in whole hours (domain.md §3.1).
pub fn hours(value: &str, shown: &str) -> Result<Minutes, String> {
    match whole(value) {
        Some(hours) if hours <= HOURS_MAX => Ok(Minutes::hours(hours)),
        _ => Err(format!("{shown} ‘{value}’ is geen aantal hele uren.")),
    }
}

/// A whole percentage from 0 to 100, or nothing.
pub fn whole_percent(value: &str, shown: &str) -> Result<Option<i64>, String> {
    match percent(value, shown)? {
        Some(hundredths) if hundredths % 100 != 0 => Err(format!("{shown} ‘{value}’ is geen heel percentage.")),
        hundredths => Ok(hundredths.map(|hundredths| hundredths / 100)),
    }
}

/// A percentage from 0 to 100 in hundredths, with a comma or a point, or nothing.
pub fn percent(value: &str, shown: &str) -> Result<Option<i64>, String> {
    let bare = value.trim_end_matches('%').trim();
    if bare.is_empty() {
        return Ok(None);
    }
    let (units, decimals) = bare.split_once([',', '.']).unwrap_or((bare, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let decimals = decimals.trim_end_matches('0');
    let holds = (1..=3).contains(&units.len()) && decimals.len() <= 2 && digits(units) && digits(decimals);
    let hundredths = holds.then(|| format!("{units}{decimals:0<2}").parse::<i64>().ok()).flatten().filter(|part| *part <= 10_000);
    hundredths.map(Some).ok_or_else(|| format!("{shown} ‘{value}’ is geen percentage van 0 tot 100 met hooguit 2 cijfers achter de komma."))
}

/// A date, `2028-08-01` or `1-8-2028`, or nothing.
pub fn date(value: &str, shown: &str) -> Result<Option<NaiveDate>, String> {
    if value.is_empty() {
        return Ok(None);
    }
    let read = |shape| NaiveDate::parse_from_str(value, shape).ok();
    let date = read("%Y-%m-%d").or_else(|| read("%d-%m-%Y")).or_else(|| read("%d/%m/%Y"));
    let (earliest, latest) = (NaiveDate::from_ymd_opt(2000, 1, 1), NaiveDate::from_ymd_opt(2200, 12, 31));
    match date.filter(|date| earliest.is_none_or(|day| *date >= day) && latest.is_none_or(|day| *date <= day)) {
        Some(date) => Ok(Some(date)),
        None => Err(format!("{shown} ‘{value}’ is geen datum. Schrijf het zoals 2028-08-01.")),
    }
}

/// A place that a register writes in capitals, as people write it: `Bergen op Zoom`, `IJsselstein`, `'s-Gravenhage`.
#[must_use]
pub fn place_name(value: &str) -> String {
    if value.chars().any(char::is_lowercase) {
        return value.to_owned();
    }
    let words = value.split(' ').enumerate().map(|(index, word)| {
        let lower = word.to_lowercase();
        if index > 0 && SMALL.contains(&lower.as_str()) || word.starts_with('(') { shown_small(word, &lower) } else { capital(&lower) }
    });
    words.collect::<Vec<_>>().join(" ")
}

/// `(NH.)` keeps its capitals, `op` gets none.
fn shown_small(word: &str, lower: &str) -> String {
    if word.starts_with('(') { word.to_owned() } else { lower.to_owned() }
}

fn capital(word: &str) -> String {
    let parts = word.split('-').enumerate().map(|(index, part)| {
        if index > 0 && SMALL.contains(&part) || part.starts_with('\'') {
            part.to_owned()
        } else if let Some(rest) = part.strip_prefix("ij") {
            format!("IJ{rest}")
        } else {
            let mut letters = part.chars();
            letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
        }
    });
    parts.collect::<Vec<_>>().join("-")
}

/// `806`, `806,0` and `1.277`: a point before exactly three digits separates thousands, as it is written here.
fn whole(value: &str) -> Option<i64> {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if let Some((first, rest)) = value.split_once('.')
        && first.len() <= 3
        && digits(first)
        && rest.split('.').all(|group| group.len() == 3 && digits(group))
    {
        return value.replace('.', "").parse().ok();
    }
    let (units, decimals) = value.split_once([',', '.']).unwrap_or((value, "0"));
    (digits(units) && digits(decimals) && decimals.bytes().all(|byte| byte == b'0')).then(|| units.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_brin_is_six_characters_from_one_column_or_two() {
        for (site, school) in
            [("00AP00", ""), ("00ap00", "00AP"), ("", "00AP00"), ("", "00ap"), ("0", "00AP"), ("00", "00AP"), ("00AP", "00AP")]
        {
            assert_eq!(brin(site, school).as_deref(), Ok("00AP00"), "{site} {school}");
        }
        for (site, school) in [("", ""), ("00AP", ""), ("00AP0X", ""), ("00A-00", ""), ("00AP000", ""), ("é0AP0", "")] {
            assert!(brin(site, school).is_err(), "{site} {school}");
        }
    }

    #[test]
    fn percents_keep_hundredths_and_hours_are_whole() {
        for (written, hundredths) in [("29.4", 2940), ("29,40", 2940), ("7 %", 700), ("0,05", 5), ("100", 10_000)] {
            assert_eq!(percent(written, "p"), Ok(Some(hundredths)), "{written}");
        }
        for wrong in ["100,01", "1e2", "-1", "29,456", ",5", "abc", "1.2.3", "٣"] {
            assert!(percent(wrong, "p").is_err(), "{wrong}");
        }
        assert_eq!((whole_percent("7,0", "p"), whole_percent("", "p")), (Ok(Some(7)), Ok(None)));
        assert!(whole_percent("7,5", "p").is_err());
        for (written, minutes) in [("806", 48_360), ("806,0", 48_360), ("1.277", 76_620), ("806.00", 48_360)] {
            assert_eq!(hours(written, "u"), Ok(Minutes(minutes)), "{written}");
        }
        for wrong in ["", "806,5", "-1", "100001", "1.27", "99999999999999999999"] {
            assert!(hours(wrong, "u").is_err(), "{wrong}");
        }
    }

    #[test]
    fn places_in_capitals_are_written_as_people_write_them() {
        for (register, shown) in [
            ("BERGEN OP ZOOM", "Bergen op Zoom"),
            ("SITTARD-GELEEN", "Sittard-Geleen"),
            ("'S-GRAVENHAGE", "'s-Gravenhage"),
            ("IJSSELSTEIN", "IJsselstein"),
            ("ALPHEN AAN DEN RIJN", "Alphen aan den Rijn"),
            ("BERGEN (NH.)", "Bergen (NH.)"),
            ("DE BILT", "De Bilt"),
            ("Den Haag", "Den Haag"),
        ] {
            assert_eq!(place_name(register), shown);
        }
    }

    #[test]
    fn dates_are_read_in_both_orders() {
        let day = NaiveDate::from_ymd_opt(2028, 8, 1);
        assert_eq!((date("2028-08-01", "d"), date("1-8-2028", "d"), date("", "d")), (Ok(day), Ok(day), Ok(None)));
        assert!(date("2028-13-01", "d").is_err() && date("28-08-01", "d").is_err());
    }
}
