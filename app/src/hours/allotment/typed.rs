//! What was typed, as inputs of a year, and back. Always true: every refusal names whose row it is about.

use super::{BoardTyped, ContractTyped, Typed};
use crate::AppError;
use domain::{
    Refusal,
    hours::{Amounts, BECAUSE_MAX, BOARDS_MAX, Basis, BoardFacts, BoardInput, CONTRACTS_MAX, Contract, Decided, Inputs, hundredths},
    text::one_line,
};
use std::collections::HashMap;
use uuid::Uuid;

/// A number in a field; a longer one is no number of ours.
const NUMBER_CHARS_MAX: usize = 20;

/// Names by id, of suppliers or boards.
pub(super) type Names = HashMap<Uuid, String>;

/// An id in a row; a longer one is no id of ours.
const ID_CHARS_MAX: usize = 36;

/// What the column of a draft holds.
const DRAFT_CHARS_MAX: usize = 200_000;

/// What was typed without signs that nobody sees: they are no part of a number or a reason.
pub(super) fn cleaned(typed: Typed) -> Typed {
    let contract = |row: ContractTyped| ContractTyped {
        leverancier: one_line(&row.leverancier),
        uren: one_line(&row.uren),
        reserve: one_line(&row.reserve),
        maanden: row.maanden.iter().map(|month| one_line(month)).collect(),
    };
    let board = |row: BoardTyped| BoardTyped {
        bestuur: one_line(&row.bestuur),
        leerlingen: one_line(&row.leerlingen),
        weging: one_line(&row.weging),
        scholen: one_line(&row.scholen),
        toeslag: one_line(&row.toeslag),
        vrij: one_line(&row.vrij),
        vast: one_line(&row.vast),
        besloten: one_line(&row.besloten),
        reden: one_line(&row.reden),
    };
    Typed {
        grondslag: one_line(&typed.grondslag),
        basis: one_line(&typed.basis),
        toeslag: one_line(&typed.toeslag),
        contracten: typed.contracten.into_iter().map(contract).collect(),
        besturen: typed.besturen.into_iter().map(board).collect(),
    }
}

/// The draft as it is kept, when it fits one.
pub(super) fn written(typed: &Typed) -> Result<String, AppError> {
    fits(typed)?;
    let text = serde_json::to_string(typed).map_err(|_| AppError::Internal)?;
    if text.chars().count() > DRAFT_CHARS_MAX {
        let advice = "Er is niets verdeeld. Kort de redenen in. Dan past alles in het voorbeeld.";
        return Err(Refusal::new("typed_too_long", "Samen is dit te veel tekst", advice).into());
    }
    Ok(text)
}

/// Whether it fits a draft at all.
fn fits(typed: &Typed) -> Result<(), Refusal> {
    if typed.besturen.len() > BOARDS_MAX || typed.contracten.len() > CONTRACTS_MAX {
        let heading = format!("Je kunt over hoogstens {BOARDS_MAX} besturen en {CONTRACTS_MAX} leveranciers verdelen");
        let advice = "Er is niets verdeeld. Kijk na of elk bestuur één keer in de lijst staat.";
        return Err(Refusal::new("too_many_boards", heading, advice));
    }
    let of_board =
        |row: &BoardTyped| [&row.leerlingen, &row.weging, &row.scholen, &row.toeslag, &row.vrij, &row.vast, &row.besloten].map(String::len);
    let of_contract = |row: &ContractTyped| {
        let months = row.maanden.iter().map(String::len).max().unwrap_or(0);
        [row.uren.len(), row.reserve.len(), row.maanden.len(), months]
    };
    let longest = typed.besturen.iter().flat_map(of_board).chain(typed.contracten.iter().flat_map(of_contract));
    let longest = longest.chain([typed.grondslag.len(), typed.basis.len(), typed.toeslag.len()]).max().unwrap_or(0);
    let ids = typed.contracten.iter().map(|row| &row.leverancier).chain(typed.besturen.iter().map(|row| &row.bestuur));
    let are_ids = ids.into_iter().all(|id| id.len() <= ID_CHARS_MAX);
    if longest > NUMBER_CHARS_MAX || !are_ids || typed.besturen.iter().any(|row| row.reden.chars().count() > BECAUSE_MAX) {
        let advice = format!("Er is niets verdeeld. Een getal heeft hoogstens {NUMBER_CHARS_MAX} tekens, een reden {BECAUSE_MAX}.");
        return Err(Refusal::new("typed_too_long", "Een van de velden is te lang", advice));
    }
    Ok(())
}

/// The inputs it means. A supplier without hours is left out, unless it has a contract: then that becomes 0.
pub(super) fn read(typed: &Typed, suppliers: &Names, boards: &Names, has_contract: impl Fn(Uuid) -> bool) -> Result<Inputs, Refusal> {
    let basis = Basis::from_code(&typed.grondslag).unwrap_or(Basis::Pupils);
    let mut contracts = Vec::new();
    for row in &typed.contracten {
        let (id, name) = named(&row.leverancier, suppliers)?;
        if row.uren.trim().is_empty() && row.reserve.trim().is_empty() && !has_contract(id) {
            continue;
        }
        let months = row.maanden.iter().map(|month| month.trim().parse().unwrap_or(0)).collect();
        let hours = whole(&row.uren, &format!("Uren van {name}"))?;
        let reserve = whole(&row.reserve, &format!("Reserve van {name}"))?;
        contracts.push(Contract { supplier: id.into(), name, hours, reserve, months });
    }
    let board = |row: &BoardTyped| -> Result<BoardInput, Refusal> {
        let (id, name) = named(&row.bestuur, boards)?;
        let facts = BoardFacts {
            pupils: decimal(&row.leerlingen, &format!("Leerlingen van {name}"))?,
            school_weight: decimal(&row.weging, &format!("Schoolweging van {name}"))?,
            schools: whole(&row.scholen, &format!("Scholen van {name}"))?,
            with_supplement: whole(&row.toeslag, &format!("Leerlingen met toeslag van {name}"))?,
            free: decimal(&row.vrij, &format!("Gewicht van {name}"))?,
        };
        let fixed_percent = percent(&row.vast, &format!("Vast deel van {name}"))?;
        let decided = percent(&row.besloten, &format!("Besloten deel van {name}"))?;
        let because = one_line(&row.reden);
        if decided.is_none() && !because.is_empty() {
            let advice = "Er is niets verdeeld. Vul het besloten deel in, of haal de reden weg.";
            return Err(Refusal::new("reason_without_decision", format!("Bij {name} staat een reden en geen besloten deel"), advice));
        }
        Ok(BoardInput { board: id.into(), name, facts, fixed_percent, decided: decided.map(|percent| Decided { percent, because }) })
    };
    Ok(Inputs {
        contracts,
        basis,
        amounts: Amounts { base: decimal(&typed.basis, "Basis per school")?, supplement: decimal(&typed.toeslag, "Toeslag per leerling")? },
        boards: typed.besturen.iter().map(board).collect::<Result<_, _>>()?,
    })
}

fn named(id: &str, names: &Names) -> Result<(Uuid, String), Refusal> {
    let known = id.parse::<Uuid>().ok().and_then(|id| Some((id, names.get(&id)?.clone())));
    known.ok_or_else(|| {
        Refusal::new("unknown_row", "Een rij hoort niet bij dit samenwerkingsverband", "Er is niets verdeeld. Laad de pagina opnieuw.")
    })
}

/// A whole number; empty is 0. Below zero is read too, so that the rule can say what is wrong with it.
fn whole(text: &str, what: &str) -> Result<i64, Refusal> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(0);
    }
    let digits = text.strip_prefix(['-', '−']).unwrap_or(text);
    let number = digits.parse::<i64>().ok().filter(|_| digits.bytes().all(|byte| byte.is_ascii_digit()));
    number.map(|number| if digits.len() < text.len() { -number } else { number }).ok_or_else(|| {
        let advice = "Er is niets verdeeld. Schrijf een heel getal zonder punt of komma, zoals 1277.";
        Refusal::new("not_a_whole_number", format!("{what}: ‘{text}’ is geen heel getal"), advice)
    })
}

fn decimal(text: &str, what: &str) -> Result<i64, Refusal> {
    if text.trim().is_empty() {
        return Ok(0);
    }
    hundredths(text).ok_or_else(|| {
        let advice = "Er is niets verdeeld. Schrijf een getal van 0 of hoger met hoogstens twee cijfers achter de komma, zoals 29,4.";
        Refusal::new("not_a_number", format!("{what}: ‘{}’ kunnen we niet lezen", text.trim()), advice)
    })
}

fn percent(text: &str, what: &str) -> Result<Option<i64>, Refusal> {
    let text = text.trim().trim_end_matches('%').trim();
    if text.is_empty() { Ok(None) } else { whole(text, what).map(Some) }
}

/// What fields hold for these inputs.
pub(super) fn write(inputs: &Inputs) -> Typed {
    let contract = |contract: &Contract| ContractTyped {
        leverancier: contract.supplier.to_string(),
        uren: contract.hours.to_string(),
        reserve: contract.reserve.to_string(),
        maanden: contract.months.iter().map(u32::to_string).collect(),
    };
    let board = |row: &BoardInput| BoardTyped {
        bestuur: row.board.to_string(),
        leerlingen: shown(row.facts.pupils),
        weging: shown(row.facts.school_weight),
        scholen: count(row.facts.schools),
        toeslag: count(row.facts.with_supplement),
        vrij: shown(row.facts.free),
        vast: row.fixed_percent.map(|percent| percent.to_string()).unwrap_or_default(),
        besloten: row.decided.as_ref().map(|decided| decided.percent.to_string()).unwrap_or_default(),
        reden: row.decided.as_ref().map(|decided| decided.because.clone()).unwrap_or_default(),
    };
    Typed {
        grondslag: inputs.basis.code().to_owned(),
        basis: shown(inputs.amounts.base),
        toeslag: shown(inputs.amounts.supplement),
        contracten: inputs.contracts.iter().map(contract).collect(),
        besturen: inputs.boards.iter().map(board).collect(),
    }
}

fn count(number: i64) -> String {
    if number == 0 { String::new() } else { number.to_string() }
}

/// Hundredths as somebody writes them: `29,4`, `7`; nothing for 0.
pub(super) fn shown(hundredths: i64) -> String {
    match (hundredths / 100, hundredths % 100) {
        (0, 0) => String::new(),
        (whole, 0) => whole.to_string(),
        (whole, rest) if rest % 10 == 0 => format!("{whole},{}", rest / 10),
        (whole, rest) => format!("{whole},{rest:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> (Names, Names) {
        ([(Uuid::from_u128(1), "Kameleon".to_owned())].into(), [(Uuid::from_u128(2), "KPO".to_owned())].into())
    }

    fn typed(uren: &str, leerlingen: &str, besloten: &str, reden: &str) -> Typed {
        let contract = ContractTyped {
            leverancier: Uuid::from_u128(1).to_string(),
            uren: uren.to_owned(),
            reserve: "7".to_owned(),
            maanden: vec!["9".to_owned()],
        };
        let board = BoardTyped {
            bestuur: Uuid::from_u128(2).to_string(),
            leerlingen: leerlingen.to_owned(),
            besloten: besloten.to_owned(),
            reden: reden.to_owned(),
            ..BoardTyped::default()
        };
        Typed { grondslag: "pupils".to_owned(), contracten: vec![contract], besturen: vec![board], ..Typed::default() }
    }

    fn code(typed: &Typed) -> String {
        let (suppliers, boards) = names();
        read(typed, &suppliers, &boards, |_| false).err().map(|refusal| refusal.code.into_owned()).unwrap_or_default()
    }

    #[test]
    fn what_is_typed_reads_and_writes_back() {
        let (suppliers, boards) = names();
        let typed = typed("806", "29,4", "26", "groeit");
        let inputs = read(&typed, &suppliers, &boards, |_| false).expect("it reads");
        assert_eq!((inputs.contracts[0].hours, inputs.boards[0].facts.pupils), (806, 2940));
        assert_eq!(write(&inputs), typed);
    }

    #[test]
    fn what_can_not_be_read_is_named() {
        for (uren, expected) in
            [("12,25", "not_a_whole_number"), ("1.277", "not_a_whole_number"), ("veel", "not_a_whole_number"), ("-3", "")]
        {
            assert_eq!(code(&typed(uren, "1", "", "")), expected, "{uren}");
        }
        assert_eq!(code(&typed("1", "-4", "", "")), "not_a_number");
        assert_eq!(code(&typed("1", "4", "", "zomaar")), "reason_without_decision");
        let mut stranger = typed("1", "4", "", "");
        stranger.besturen[0].bestuur = Uuid::from_u128(9).to_string();
        assert_eq!(code(&stranger), "unknown_row");
    }

    #[test]
    fn signs_that_nobody_sees_are_not_kept() {
        let kept = cleaned(typed("8\u{200b}06", "29,4", "26", " \u{200b}\0 "));
        assert_eq!((kept.contracten[0].uren.as_str(), kept.besturen[0].reden.as_str()), ("806", ""));
        assert_eq!(cleaned(typed("806", "29,4", "26", "groeit\n hard")).besturen[0].reden, "groeit hard");
    }

    #[test]
    fn every_text_of_a_draft_has_a_limit_and_so_has_the_whole() {
        let long = "9".repeat(200);
        let change = |change: fn(&mut Typed, String)| {
            let mut typed = typed("1", "1", "", "");
            change(&mut typed, long.clone());
            fits(&typed).err().map(|refusal| refusal.code.into_owned())
        };
        let too_long = Some("typed_too_long".to_owned());
        assert_eq!(change(|typed, long| typed.grondslag = long), too_long);
        assert_eq!(change(|typed, long| typed.contracten[0].leverancier = long), too_long);
        assert_eq!(change(|typed, long| typed.contracten[0].maanden = vec![long]), too_long);
        assert_eq!(change(|typed, long| typed.contracten[0].maanden = vec!["9".to_owned(); long.len()]), too_long);
        assert_eq!(change(|typed, long| typed.besturen[0].bestuur = long), too_long);
        let mut many = typed("1", "1", "1", &"a".repeat(BECAUSE_MAX));
        many.besturen = vec![many.besturen[0].clone(); BOARDS_MAX];
        assert_eq!(fits(&many), Ok(()));
        assert!(written(&many).is_err_and(|error| matches!(error, AppError::Refused(refusal) if refusal.code == "typed_too_long")));
    }

    #[test]
    fn a_draft_has_limits() {
        assert_eq!(fits(&typed("806", "29,4", "", "")), Ok(()));
        assert!(fits(&typed(&"9".repeat(21), "1", "", "")).is_err_and(|refusal| refusal.code == "typed_too_long"));
        let mut many = typed("1", "1", "", "");
        many.besturen = vec![many.besturen[0].clone(); 10_000];
        assert!(fits(&many).is_err_and(|refusal| refusal.code == "too_many_boards"));
    }
}
