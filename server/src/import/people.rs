//! People with a role and where it counts. They are invited: they exist, without a password.
//!
//! Always true here: an address is one person in one partnership, and a role counts at a scope of its own kind.

use super::{
    FileReport, fields,
    known::Known,
    read::{Column, Row, Sheet, bare},
    report::{Became, Seen},
};
use app::{db::Tx, experts, people::sql};
use chrono::{DateTime, Utc};
use domain::{
    PersonId,
    people::{Email, Role, Scope, check_name},
};
use std::collections::HashMap;
use uuid::Uuid;

/// The columns of the file.
pub const COLUMNS: &[Column] = &[
    Column::must("email", "email", &["emailadres", "mail"]),
    Column::must("name", "name", &["naam"]),
    Column::must("role", "role", &["rol", "functie"]),
    Column::may("scope", "scope", &["bereik", "waar", "plaats", "brin"]),
];

/// What people call a role, in lower case without signs; each role's code and Dutch name are found as well.
const ALSO: &[(&str, Role)] = &[
    ("internbegeleider", Role::Coordinator),
    ("ib", Role::Coordinator),
    ("directie", Role::Head),
    ("schoolleider", Role::Head),
    ("bestuur", Role::BoardContact),
    ("bestuurder", Role::BoardContact),
    ("contactpersoon", Role::BoardContact),
    ("ondersteuningsspecialist", Role::Specialist),
    ("adviseurpassendonderwijs", Role::Counsellor),
    ("stadsdeel", Role::DistrictTeam),
    ("beheerder", Role::Administrator),
    ("toezichthouder", Role::Auditor),
];

/// A person of the file: who, and in which spelling the first line named them.
struct Named {
    name: String,
    line: usize,
}

/// Keeps people and their roles.
pub async fn import(tx: &mut Tx, known: &mut Known, sheet: &Sheet, now: DateTime<Utc>) -> anyhow::Result<FileReport> {
    let mut file = FileReport::new("mensen", sheet);
    let mut seen = Seen::default();
    let mut names: HashMap<String, Named> = HashMap::new();
    for row in sheet.rows() {
        let read = line(row, &mut names);
        let Some((email, name, role)) = file.sift(row.line, read) else { continue };
        let scope = match scope(tx, known, role, row.text("scope"), &email).await? {
            Ok(scope) => scope,
            Err(reason) => {
                file.reject(row.line, reason);
                continue;
            }
        };
        let once = seen.first(&format!("{email} {} {scope:?}", role.code()), &format!("{email} met deze rol"), row.line);
        if file.sift(row.line, once).is_none() {
            continue;
        }
        match put_person(tx, known, &email, &name, now).await? {
            Ok((person, became)) => {
                let is_granted = grant(tx, known, person, role, scope, now).await?;
                file.count(if became == Became::Unchanged { Became::of(false, is_granted) } else { became });
            }
            Err(reason) => file.reject(row.line, reason),
        }
    }
    Ok(file)
}

/// A person with this address and name: made, renamed, or as they were. The inner error is a line's fault.
pub async fn put_person(
    tx: &mut Tx,
    known: &Known,
    email: &Email,
    name: &str,
    now: DateTime<Utc>,
) -> anyhow::Result<Result<(PersonId, Became), String>> {
    let Some(account) = sql::account(tx, email.as_str()).await? else {
        let id = PersonId(Uuid::now_v7());
        sql::insert(tx, known.partnership, id, email.as_str(), name, now).await?;
        return Ok(Ok((id, Became::New)));
    };
    if account.partnership_id != known.partnership.0 {
        return Ok(Err(format!("{email} hoort al bij iemand in een ander samenwerkingsverband.")));
    }
    let person = PersonId(account.id);
    if account.name != name {
        sql::rename(tx, person, name).await?;
    }
    Ok(Ok((person, Became::of(false, account.name != name))))
}

/// Gives a role and writes that down; says whether it was new.
pub async fn grant(tx: &mut Tx, known: &Known, person: PersonId, role: Role, scope: Scope, now: DateTime<Utc>) -> anyhow::Result<bool> {
    let is_new = sql::grant(tx, known.partnership, person, role, scope).await?;
    if is_new {
        sql::audit(tx, known.partnership, None, now, "role_granted", Some(("person", person.0)), None).await?;
    }
    Ok(is_new)
}

fn line(row: Row<'_>, names: &mut HashMap<String, Named>) -> Result<(Email, String, Role), String> {
    let written = row.text("email");
    let email = Email::parse(written).map_err(|refusal| format!("‘{written}’: {refusal}"))?;
    let name = check_name(row.text("name")).map_err(|refusal| refusal.to_string())?;
    let role = role(row.text("role"))?;
    let first = names.entry(email.as_str().to_owned()).or_insert_with(|| Named { name: name.clone(), line: row.line });
    if first.name != name {
        return Err(format!("{email} heet op regel {} {}. Een adres is van één mens.", first.line, first.name));
    }
    Ok((email, name, role))
}

/// The role that a file means: its code or a Dutch word, whatever the case and signs.
fn role(written: &str) -> Result<Role, String> {
    let word = bare(written);
    let by_name = Role::ALL.into_iter().find(|role| bare(role.code()) == word || bare(role.dutch()) == word);
    let role = by_name.or_else(|| ALSO.iter().find(|(also, _)| *also == word).map(|(_, role)| *role));
    role.ok_or_else(|| {
        let all: Vec<&str> = Role::ALL.into_iter().map(Role::dutch).collect();
        format!("‘{written}’ is geen rol. Kies uit {}.", all.join(", "))
    })
}

/// Where the role counts: the school, board, supplier or district that the file names. The inner error is a line's fault.
async fn scope(tx: &mut Tx, known: &Known, role: Role, written: &str, email: &Email) -> anyhow::Result<Result<Scope, String>> {
    let named = |id: Option<Uuid>, what: &str| id.ok_or_else(|| format!("{what} ‘{written}’ is niet bekend."));
    Ok(match role {
        Role::Coordinator | Role::Head => fields::brin(written, "").and_then(|brin| {
            let school = named(known.schools.get(&brin).map(|school| school.id), "De school")?;
            Ok(Scope::School(school.into()))
        }),
        Role::BoardContact | Role::Counsellor => named(known.boards.find(written), "Het bestuur").map(|id| Scope::Board(id.into())),
        Role::SupplierPlanner => named(known.suppliers.find(written), "De leverancier").map(|id| Scope::Supplier(id.into())),
        Role::DistrictTeam => named(known.districts.find(written), "Het stadsdeel").map(|id| Scope::District(id.into())),
        Role::Specialist => return specialist(tx, known, email).await,
        Role::Registrar | Role::Administrator | Role::Auditor => {
            if written.is_empty() || written.eq_ignore_ascii_case(&known.code) {
                Ok(Scope::Partnership)
            } else {
                Err(format!("Deze rol geldt in het hele samenwerkingsverband. Laat scope leeg of schrijf {}.", known.code))
            }
        }
    })
}

/// A specialist's role counts at their own profile, which their own file makes.
async fn specialist(tx: &mut Tx, known: &Known, email: &Email) -> anyhow::Result<Result<Scope, String>> {
    let account = sql::account(tx, email.as_str()).await?.filter(|account| account.partnership_id == known.partnership.0);
    let specialist = match account {
        Some(account) => experts::sql::specialist_of_person(tx, PersonId(account.id)).await?,
        None => None,
    };
    Ok(specialist.map(Scope::Specialist).ok_or_else(|| format!("{email} is nog geen expert. Lees experts in met --specialists.")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_is_found_by_its_code_and_by_what_people_call_it() {
        for known in Role::ALL {
            assert_eq!(role(known.code()), Ok(known));
            assert_eq!(role(&known.dutch().to_uppercase()), Ok(known));
        }
        for (word, known) in [("board contact", Role::BoardContact), ("IB'er", Role::Coordinator), ("Intern begeleider", Role::Coordinator)]
        {
            assert_eq!(role(word), Ok(known));
        }
        assert!(role("").is_err() && role("koordinator").is_err());
    }
}
