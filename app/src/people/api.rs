//! Signing in and out. These are the only server functions that somebody without a session may call, besides the frame's.

use crate::{AppError, session::Page};
use domain::people::Role;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// One of the demo's cast.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CastMember {
    /// What the button sends.
    pub id: String,
    /// `Fenna Hoekema`.
    pub name: String,
    /// `IB’er`.
    pub role: Role,
    /// `De Meerpaal`.
    pub place: String,
}

/// Whom an invitation is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invited {
    /// Full name.
    pub name: String,
    /// Address.
    pub email: String,
}

/// Signs in with address and password.
#[server(name = SignIn, prefix = "/api", endpoint = "inloggen")]
pub async fn sign_in(email: String, wachtwoord: String, #[server(default)] naar: String) -> Result<(), AppError> {
    use crate::{
        db::Turn,
        people::{
            passwords::{hash_of, verify},
            sql,
        },
        session::{client_address, db, go, now, remember, session},
    };
    use domain::{
        PartnershipId, PersonId,
        people::{Email, PASSWORD_CHARS_MAX, check_throttle, sign_in_failed},
    };
    let email = Email::parse(&email)?;
    // Longer than any password can be: not worth hashing.
    if wachtwoord.chars().count() > PASSWORD_CHARS_MAX {
        return Err(sign_in_failed().into());
    }
    let at = now();
    let account_subject = hash_of(email.as_str());
    let address_subject = hash_of(&client_address().map(|address| address.to_string()).unwrap_or_default());
    // Written down before the password is looked at: of many guesses at once each sees those before it.
    let (attempt, account) = {
        let mut tx = db().write_in_turn(Turn::SignIn).await?;
        let by_account = if sql::is_known_address(&mut tx, &account_subject, &address_subject, at).await? {
            Vec::new()
        } else {
            sql::failures(&mut tx, &account_subject, at).await?
        };
        let by_address = sql::failures(&mut tx, &address_subject, at).await?;
        check_throttle(&by_account, &by_address, at)?;
        sql::fail(&mut tx, &account_subject, at).await?;
        let attempt = sql::fail(&mut tx, &address_subject, at).await?;
        let account = sql::account(&mut tx, email.as_str()).await?;
        tx.commit().await?;
        (attempt, account)
    };
    let hash = account.as_ref().and_then(|account| account.password_hash.clone());
    let right = verify(wachtwoord, hash).await?;
    let Some(account) = account.filter(|_| right) else { return Err(sign_in_failed().into()) };
    let mut tx = db().write_unscoped().await?;
    sql::forgive(&mut tx, &account_subject).await?;
    sql::unfail(&mut tx, attempt).await?;
    sql::know_address(&mut tx, &account_subject, &address_subject, at).await?;
    let person = PersonId(account.id);
    sql::audit(&mut tx, PartnershipId(account.partnership_id), Some(person), at, "sign_in", None, None).await?;
    tx.commit().await?;
    remember(&session()?, person, at).await?;
    go(if naar.is_empty() { "/" } else { &naar });
    Ok(())
}

/// Signs out.
#[server(name = SignOut, prefix = "/api", endpoint = "sessie/uitloggen")]
pub async fn sign_out() -> Result<(), AppError> {
    use crate::session::{forget, go, session};
    forget(&session()?).await?;
    go(crate::people::SIGN_IN);
    Ok(())
}

/// The sign-in page: in the demo whom one can be, otherwise nobody.
#[server(name = ReadSignIn, prefix = "/api", endpoint = "inloggen/lees")]
pub async fn sign_in_page() -> Result<Page<Vec<CastMember>>, AppError> {
    use crate::{
        people::sql,
        session::{db, page, site},
    };
    if !site().demo {
        return page(Vec::new()).await;
    }
    let mut tx = db().read().await?;
    let rows = sql::cast(&mut tx).await?;
    let mut cast: Vec<CastMember> = rows
        .into_iter()
        .filter_map(|row| Some(CastMember { id: row.id.to_string(), name: row.name, role: Role::from_code(&row.role)?, place: row.place }))
        .collect();
    cast.sort_by(|a, b| (a.role, &a.name).cmp(&(b.role, &b.name)));
    drop(tx);
    page(cast).await
}

/// Becomes one of the demo's cast, without a password.
#[server(name = DemoSignIn, prefix = "/api", endpoint = "demo/inloggen")]
pub async fn demo_sign_in(persoon: String, #[server(default)] naar: String) -> Result<(), AppError> {
    use crate::{
        people::sql,
        session::{db, go, now, remember, session, site},
    };
    use domain::PersonId;
    if !site().demo {
        return Err(AppError::NotFound);
    }
    let person: PersonId = persoon.parse().map_err(|_| AppError::Malformed)?;
    let mut tx = db().read().await?;
    let cast = sql::cast(&mut tx).await?;
    if !cast.iter().any(|member| member.id == person.0) {
        return Err(AppError::NotFound);
    }
    drop(tx);
    remember(&session()?, person, now()).await?;
    go(if naar.is_empty() { "/" } else { &naar });
    Ok(())
}

/// Whom the invitation with this token is for.
#[server(name = ReadInvitation, prefix = "/api", endpoint = "uitnodiging/lees")]
pub async fn invitation(token: String) -> Result<Page<Invited>, AppError> {
    use crate::{
        people::{passwords::hash_of, sql},
        session::{db, now, page},
    };
    let mut tx = db().read().await?;
    let invitation = sql::invitation(&mut tx, &hash_of(&token)).await?.ok_or(AppError::NotFound)?;
    domain::people::check_invitation(invitation.sent_at, invitation.used_at, now())?;
    drop(tx);
    page(Invited { name: invitation.name, email: invitation.email }).await
}

/// Sets the password of whom the invitation is for, and signs in.
#[server(name = ChoosePassword, prefix = "/api", endpoint = "uitnodiging/kies")]
pub async fn choose_password(token: String, wachtwoord: String) -> Result<(), AppError> {
    use crate::{
        people::{
            passwords::{hash, hash_of},
            sql,
        },
        session::{db, go, now, remember, session},
    };
    use domain::{
        PartnershipId, PersonId,
        people::{Email, check_invitation, check_password},
    };
    let at = now();
    let token_hash = hash_of(&token);
    let invitation = {
        let mut tx = db().read().await?;
        sql::invitation(&mut tx, &token_hash).await?.ok_or(AppError::NotFound)?
    };
    check_invitation(invitation.sent_at, invitation.used_at, at)?;
    check_password(&wachtwoord, &Email::parse(&invitation.email)?, &invitation.name)?;
    let hash = hash(wachtwoord).await?;
    let person = PersonId(invitation.person_id);
    let partnership = PartnershipId(invitation.partnership_id);
    let mut tx = db().write(partnership).await?;
    // Read again under the writer's turn: two who open the same link choose one password.
    let still = sql::invitation(&mut tx, &token_hash).await?.ok_or(AppError::NotFound)?;
    check_invitation(still.sent_at, still.used_at, at)?;
    sql::set_password(&mut tx, person, &hash, at).await?;
    sql::end_sessions(&mut tx, person).await?;
    sql::audit(&mut tx, partnership, Some(person), at, "password_chosen", None, None).await?;
    tx.commit().await?;
    remember(&session()?, person, at).await?;
    go("/");
    Ok(())
}
