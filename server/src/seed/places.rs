//! Where the demo plays: four districts, ten wijken, eight boards, 74 schools, four suppliers. All invented; the order picks colours
//! and settles ties, and never changes.

/// The partnership's code; whoever has it has the demo.
pub const CODE: &str = "VLIET";
/// Its name.
pub const NAME: &str = "Samenwerkingsverband Vlietland";

/// Stadsdelen.
pub const DISTRICTS: [&str; 4] = ["Vliet-Noord", "Vliet-Zuid", "Vliet-Oost", "Vliet-West"];

/// Wijken: name and place in [`DISTRICTS`]. A wijk's place in this list gives its postcode.
pub const WIJKEN: [(&str, usize); 10] = [
    ("Havenkwartier", 0),
    ("Molenbuurt", 0),
    ("De Poort", 0),
    ("Boomgaard", 1),
    ("Stationswijk", 1),
    ("Kastanjehof", 1),
    ("Rietlanden", 2),
    ("Dijkzicht", 2),
    ("Weidevaart", 3),
    ("Oude Dorp", 3),
];

/// Schoolbesturen: name, denomination of their schools, and the share that is fixed for a small board.
pub const BOARDS: [(&str, &str, Option<i64>); 8] = [
    ("Klaverblad", "Rooms-Katholiek", None),
    ("Openbaar Vlietland", "Openbaar", None),
    ("Boezemkring", "Protestants-Christelijk", None),
    ("De Wieken", "Samenwerking", None),
    ("Samen Wijs", "Algemeen bijzonder", Some(7)),
    ("Lindenhof", "Algemeen bijzonder", Some(5)),
    ("Oeverlanden", "Protestants-Christelijk", None),
    ("Rietvoorde", "Algemeen bijzonder", None),
];
const KB: usize = 0;
const OV: usize = 1;
const BK: usize = 2;
const DW: usize = 3;
const SW: usize = 4;
const LH: usize = 5;
const OL: usize = 6;
const RV: usize = 7;

/// Leveranciers, with the hours of a year's contract and the reserve in it: 9,300 hours, as a partnership of this size buys.
pub const SUPPLIERS: [(&str, i64, i64); 4] =
    [("De Wissel", 2_600, 200), ("De Brink", 2_700, 200), ("Driesprong", 3_400, 300), ("SWV Vlietland", 600, 50)];
/// Place of De Wissel in [`SUPPLIERS`].
pub const WISSEL: usize = 0;
/// Place of De Brink.
pub const BRINK: usize = 1;
/// Place of Driesprong.
pub const DRIESPRONG: usize = 2;
/// Place of the partnership's own team.
pub const SWV: usize = 3;

/// A school of the story: name, place in [`BOARDS`], pupils.
pub type SchoolStory = (&'static str, usize, i64);

/// The schools of each wijk, in the order of [`WIJKEN`].
pub const SCHOOLS: [&[SchoolStory]; 10] = [
    &[
        ("De Meerpaal", KB, 460),
        ("Kindcentrum Oeverpark", OV, 312),
        ("Het Palet", OV, 284),
        ("De Vuurtoren", BK, 198),
        ("De Windwijzer", SW, 176),
        ("De Loswal", KB, 231),
        ("Het Anker", DW, 247),
        ("De Scheepsbel", BK, 163),
        ("De Kade", LH, 142),
    ],
    &[
        ("De Boomgaard", SW, 205),
        ("De Wiekslag", KB, 268),
        ("De Korenbloem", KB, 221),
        ("Het Molenrad", DW, 194),
        ("De Meelzak", OV, 152),
        ("De Roos", BK, 239),
        ("De Zeskant", KB, 187),
        ("Montessorischool Molenbuurt", RV, 174),
    ],
    &[
        ("Sluiswijkschool", OV, 296),
        ("De Poortwachter", KB, 213),
        ("De Ophaalbrug", BK, 178),
        ("Het Kompas", DW, 265),
        ("De Sleutel", KB, 159),
        ("De Torenklok", BK, 202),
        ("De Wal", OL, 188),
    ],
    &[
        ("De Appelhof", KB, 254),
        ("Het Klokhuis", OV, 231),
        ("De Perengaard", DW, 183),
        ("De Bongerd", BK, 219),
        ("De Hazelaar", KB, 167),
        ("De Bijenkorf", OV, 243),
        ("De Ladder", RV, 136),
    ],
    &[
        ("Het Spoor", OV, 289),
        ("De Overweg", KB, 201),
        ("De Perronschool", DW, 178),
        ("De Locomotief", BK, 225),
        ("Het Seinhuis", OV, 164),
        ("De Reiziger", KB, 236),
        ("De Spoorzoeker", LH, 151),
    ],
    &[
        ("De Kastanje", KB, 262),
        ("De Bolster", DW, 207),
        ("De Eekhoorn", BK, 186),
        ("Het Bladerdak", OV, 218),
        ("De Klimboom", KB, 195),
        ("De Lindelaan", LH, 128),
        ("De Boswachter", DW, 241),
    ],
    &[
        ("De Rietzanger", KB, 277),
        ("Het Waterhoen", OV, 234),
        ("De IJsvogel", BK, 248),
        ("De Lisdodde", DW, 192),
        ("De Waterlelie", OV, 209),
        ("De Roerdomp", BK, 171),
        ("De Otter", KB, 223),
        ("De Oeverzwaluw", OL, 197),
    ],
    &[
        ("De Dijkwerker", DW, 216),
        ("Het Gemaal", BK, 188),
        ("De Polderschool", OV, 203),
        ("De Kruin", KB, 174),
        ("De Zeedijk", BK, 229),
        ("De Klaproos", SW, 184),
        ("De Terp", OL, 159),
    ],
    &[
        ("De Grutto", OV, 258),
        ("De Kievit", BK, 212),
        ("De Weidebloem", DW, 238),
        ("De Trekvaart", KB, 189),
        ("De Kleine Vaart", DW, 147),
        ("De Boterbloem", OV, 196),
        ("De Zwaan", SW, 168),
    ],
    &[
        ("De Dorpsschool", DW, 226),
        ("De Linde", LH, 133),
        ("De Pastorie", BK, 181),
        ("De Smidse", OV, 172),
        ("Het Raadhuis", DW, 204),
        ("De Regenboog", SW, 158),
        ("De Tuinfluiter", RV, 149),
    ],
];

/// Streets that every wijk could have.
pub const STREETS: [&str; 12] = [
    "Kerkpad",
    "Schoolstraat",
    "Lange Weide",
    "Korte Vaart",
    "Zonneplein",
    "Meidoornlaan",
    "Bakkersdijk",
    "Touwbaan",
    "Veldweg",
    "Bleekveld",
    "Roggestraat",
    "Eikenlaan",
];

/// The BRIN of the school with this number: 90AA00, 90AB00, …
#[must_use]
pub fn brin(number: usize) -> String {
    let letter = |place: usize| char::from(b'A' + u8::try_from(place % 26).unwrap_or(0));
    format!("90{}{}00", letter(number / 26), letter(number))
}

/// A postcode in a wijk; all of them begin with 289, which stands for the whole invented region.
#[must_use]
pub fn postcode(wijk: usize, place: usize) -> String {
    let letter = |place: usize| char::from(b'A' + u8::try_from(place % 26).unwrap_or(0));
    format!("{} {}{}", 2890 + wijk, letter(place / 26), letter(place))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn there_are_74_schools_with_names_of_their_own_and_every_board_has_some() {
        let all: Vec<_> = SCHOOLS.iter().flat_map(|wijk| wijk.iter()).collect();
        assert_eq!(all.len(), 74);
        assert_eq!(all.iter().map(|school| school.0).collect::<HashSet<_>>().len(), 74);
        assert_eq!(all.iter().map(|school| school.1).collect::<HashSet<_>>().len(), BOARDS.len());
    }

    #[test]
    fn brins_and_postcodes_have_their_patterns() {
        assert_eq!([brin(0), brin(27), brin(73)], ["90AA00", "90BB00", "90CV00"]);
        assert_eq!(postcode(0, 3), "2890 AD");
    }
}
