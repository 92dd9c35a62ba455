//! `wijkpot create-admin` and `wijkpot invite`: a first way in, and a new one for whoever lost theirs.

use crate::serve::say;
use anyhow::{bail, ensure};
use app::{
    db::{Db, Tx},
    organisations, people,
    session::now,
};
use domain::{
    PartnershipId, PersonId,
    people::{Email, Role, Scope, check_name},
};
use uuid::Uuid;

/// Makes an administrator of a partnership, or makes a person who exists one, and prints a link to choose a password.
///
/// # Errors
/// When the address or name is not one, the partnership is unknown or not named, or the person is in another one.
pub async fn create_admin(db: &Db, url: &str, email: &str, name: &str, code: Option<&str>) -> anyhow::Result<()> {
    let email = Email::parse(email)?;
    let name = check_name(name)?;
    let mut tx = db.read().await?;
    let partnership = the_partnership(&mut tx, code).await?;
    drop(tx);
    let mut tx = db.write(partnership).await?;
    let person = match people::sql::account(&mut tx, email.as_str()).await? {
        Some(known) => {
            ensure!(known.partnership_id == partnership.0, "Dit e-mailadres hoort al bij iemand in een ander samenwerkingsverband.");
            PersonId(known.id)
        }
        None => {
            let id = PersonId(Uuid::now_v7());
            people::sql::insert(&mut tx, partnership, id, email.as_str(), &name, now()).await?;
            id
        }
    };
    people::sql::grant(&mut tx, partnership, person, Role::Administrator, Scope::Partnership).await?;
    people::sql::audit(&mut tx, partnership, None, now(), "administrator_created", Some(("person", person.0)), None).await?;
    let link = link(&mut tx, partnership, person, url).await?;
    tx.commit().await?;
    say(&link);
    Ok(())
}

/// Prints a link to choose a password for a person who exists.
///
/// # Errors
/// When nobody has this address.
pub async fn invite(db: &Db, url: &str, email: &str) -> anyhow::Result<()> {
    let email = Email::parse(email)?;
    let mut tx = db.read().await?;
    let Some(account) = people::sql::account(&mut tx, email.as_str()).await? else {
        bail!("Niemand heeft het e-mailadres {}. Lees eerst mensen in met `wijkpot import --people`.", email.as_str());
    };
    drop(tx);
    let partnership = PartnershipId(account.partnership_id);
    let mut tx = db.write(partnership).await?;
    let link = link(&mut tx, partnership, PersonId(account.id), url).await?;
    tx.commit().await?;
    say(&link);
    Ok(())
}

async fn link(tx: &mut Tx, partnership: PartnershipId, person: PersonId, url: &str) -> anyhow::Result<String> {
    let (token, hash) = people::passwords::token()?;
    people::sql::invite(tx, person, &hash, now()).await?;
    people::sql::audit(tx, partnership, None, now(), "invited", Some(("person", person.0)), None).await?;
    Ok(format!("{url}{}", people::invitation(&token)))
}

/// The partnership with this code, or the only one there is.
async fn the_partnership(tx: &mut Tx, code: Option<&str>) -> anyhow::Result<PartnershipId> {
    if let Some(code) = code {
        let Some(partnership) = organisations::sql::partnership(tx, code).await? else {
            bail!("Er is geen samenwerkingsverband met de code {code}. Maak het met `wijkpot import --partnership {code} --name NAAM`.");
        };
        return Ok(PartnershipId(partnership.id));
    }
    match organisations::sql::partnerships(tx).await?.as_slice() {
        [only] => Ok(PartnershipId(only.id)),
        [] => bail!("Er is nog geen samenwerkingsverband. Maak er eerst een met `wijkpot import --partnership CODE --name NAAM`."),
        many => bail!("Er zijn {} samenwerkingsverbanden. Zeg welk met --partnership CODE.", many.len()),
    }
}
