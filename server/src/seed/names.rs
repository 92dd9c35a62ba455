//! Names for the people of the demo who are not in its cast. Invented; a name that happens to be somebody's is chance.

use super::dice::Dice;
use std::collections::HashSet;

const FIRST: [&str; 60] = [
    "Anne",
    "Bram",
    "Carlijn",
    "Daan",
    "Eline",
    "Farid",
    "Greetje",
    "Hassan",
    "Iris",
    "Jelle",
    "Karin",
    "Lars",
    "Marloes",
    "Niels",
    "Olga",
    "Pieter",
    "Quinten",
    "Rianne",
    "Sander",
    "Tineke",
    "Umut",
    "Vera",
    "Wouter",
    "Yasmin",
    "Zeger",
    "Aukje",
    "Berend",
    "Chantal",
    "Dirkje",
    "Emre",
    "Femke",
    "Gijs",
    "Hilde",
    "Imane",
    "Jorrit",
    "Kirsten",
    "Loes",
    "Maarten",
    "Nynke",
    "Okke",
    "Petra",
    "Roel",
    "Saskia",
    "Teun",
    "Ursula",
    "Vincent",
    "Willemijn",
    "Younes",
    "Agnes",
    "Bas",
    "Corine",
    "Desi",
    "Evelien",
    "Floris",
    "Geertje",
    "Hidde",
    "Ineke",
    "Joost",
    "Kim",
    "Lisanne",
];

const LAST: [&str; 60] = [
    "Aardema",
    "Bakhuis",
    "Coelen",
    "Dijkhof",
    "Elderman",
    "Feenstra",
    "Gerritse",
    "van Haaften",
    "Idema",
    "Jongbloed",
    "Kerkstra",
    "van der Laan",
    "Mulderij",
    "Nagtegaal",
    "Oosterom",
    "Plantinga",
    "Quaedvlieg",
    "Reitsma",
    "Schuurman",
    "Terpstra",
    "Uylenburg",
    "van der Veen",
    "Wagenaar",
    "Ypma",
    "Zandstra",
    "Achterkamp",
    "Boersma",
    "Coppens",
    "van Dalen",
    "Ekkelboom",
    "Flipsen",
    "Groenewoud",
    "Hazenberg",
    "IJzerman",
    "Jaspers",
    "Kuipers",
    "Langereis",
    "Meulenbelt",
    "Nijdam",
    "Oudshoorn",
    "Pruim",
    "Rozema",
    "Stegeman",
    "Tuinstra",
    "Veldkamp",
    "van Wijngaarden",
    "Yilmaz",
    "Zwart",
    "Amrani",
    "Bulthuis",
    "Dekkinga",
    "Eggink",
    "Franssen",
    "Galema",
    "Heemskerk",
    "Kamstra",
    "Lubbers",
    "Noordhof",
    "Postma",
    "Sijtsma",
];

/// Gives every person a name and an address that nobody else has.
#[derive(Debug)]
pub struct Names {
    dice: Dice,
    given: HashSet<String>,
}

impl Names {
    /// The names of one telling, none of which are in the cast.
    #[must_use]
    pub fn new(dice: Dice, cast: impl IntoIterator<Item = &'static str>) -> Self {
        Self { dice, given: cast.into_iter().map(str::to_owned).collect() }
    }

    /// A name that was not given before.
    pub fn fresh(&mut self) -> String {
        loop {
            let name = format!("{} {}", FIRST[self.dice.below(FIRST.len())], LAST[self.dice.below(LAST.len())]);
            if self.given.insert(name.clone()) {
                return name;
            }
        }
    }
}

/// `Loes van der Laan` as `loes.vanderlaan@vlietland.example`. Only the cast has another domain.
#[must_use]
pub fn address(name: &str) -> String {
    let plain = |word: &str| domain::experts::fold(word).replace(' ', "");
    let (first, last) = name.split_once(' ').unwrap_or((name, ""));
    format!("{}.{}@vlietland.example", plain(first), plain(last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_hundred_people_have_names_and_addresses_of_their_own() {
        let mut names = Names::new(Dice::new(7), ["Anne Aardema"]);
        let all: Vec<String> = (0..200).map(|_| names.fresh()).collect();
        let addresses: HashSet<String> = all.iter().map(|name| address(name)).collect();
        assert_eq!(addresses.len(), 200);
        assert!(!all.contains(&"Anne Aardema".to_owned()));
        assert!(addresses.iter().all(|address| domain::people::Email::parse(address).is_ok()));
        assert_eq!(address("Loes van der Laan"), "loes.vanderlaan@vlietland.example");
    }
}
