//! One posting with everything that is known of it. Always true here: who may read neither of its sides sees nothing, and of the other side
//! no more than its name.

use super::{
    book::{PostingPage, Side},
    entry::{Known, Shown, booking, number, readable, shown},
    of_account, of_posting,
    owner::owner,
    sql::{self, EntryRow, PostingRow},
    what::What,
};
use crate::{
    AppError,
    db::Tx,
    organisations,
    session::{Me, allow},
};
use domain::{
    Minutes,
    hours::{AboutKind, AccountKey, PostingKind, check_by_hand},
    people::{Action, Object, may},
    time,
};
use uuid::Uuid;

/// The posting with this number.
///
/// # Errors
/// `NotFound` for a number that is not in this partnership, and `NotAllowed` for who may read neither of its sides.
pub async fn posting(tx: &mut Tx, me: &Me, seq: i64) -> Result<PostingPage, AppError> {
    let row = sql::entry(tx, me.partnership(), seq).await?.ok_or(AppError::NotFound)?;
    let written = sql::posting(tx, me.partnership(), seq).await?.ok_or(AppError::NotFound)?;
    let from = account(tx, me, written.from_account).await?;
    let to = account(tx, me, written.to_account).await?;
    if !from.open && !to.open {
        return Err(AppError::NotAllowed);
    }
    let schools = readable(tx, me).await?;
    let known = booking(&row, me, &schools);
    let Shown { kind: kind_words, from: from_name, to: to_name, reason, by } = shown(&row, &known);
    let about = if let Known::Open(words, href) = known { Some((words, href)) } else { None };
    let sides = vec![from.side("Van", &from_name), to.side("Naar", &to_name)];
    let kind = PostingKind::from_code(&row.kind);
    let office = may(&me.actor, Action::ReversePosting, &Object::of(me.partnership()));
    let refusal = kind.and_then(|kind| check_by_hand(kind).err());
    let standing = row.reversed_by_seq.is_none();
    Ok(PostingPage {
        title: format!("Boeking {}", number(seq)),
        lede: format!("{kind_words}: {} van {from_name} naar {to_name}.", Minutes(row.minutes)),
        number: seq,
        facts: facts(&row, &written, &reason, by, about),
        sides,
        chain: chain(&written),
        may_reverse: office && standing && refusal.is_none(),
        // Nobody tried anything yet, so nothing needs to be said about what did not happen.
        why_not: refusal.filter(|_| office && standing).map(|refusal| {
            let advice = refusal.advice.trim_start_matches("Er is niets veranderd. ").to_owned();
            (refusal.heading.into_owned(), advice)
        }),
    })
}

/// An account as one side shows it.
struct Account {
    id: Uuid,
    bucket: String,
    balance: i64,
    open: bool,
}

async fn account(tx: &mut Tx, me: &Me, id: Uuid) -> Result<Account, AppError> {
    let row = sql::account(tx, me.partnership(), id.into()).await?.ok_or(AppError::NotFound)?;
    let AccountKey { bucket, holder } = row.key().ok_or(AppError::NotFound)?;
    let suppliers = organisations::sql::suppliers(tx, me.partnership()).await?;
    let supplier = suppliers.into_iter().find(|one| one.id == bucket.supplier.0).map(|one| one.name).unwrap_or_default();
    let when = bucket.month.map_or_else(|| bucket.school_year.to_string(), |month| format!("{} {}", month.name(), month.year()));
    // A holder that left no row behind is read by nobody but the office.
    let open = match owner(tx, me, holder).await {
        Ok(owner) => allow(me, owner.action, &owner.object).is_ok(),
        Err(AppError::NotFound) => may(&me.actor, Action::ReadPartnershipHours, &Object::of(me.partnership())),
        Err(error) => return Err(error),
    };
    Ok(Account { id, bucket: format!("{supplier}, {when}"), balance: row.balance, open })
}

impl Account {
    fn side(self, way: &str, holder: &str) -> Side {
        Side {
            way: way.to_owned(),
            holder: holder.to_owned(),
            bucket: self.bucket,
            balance: self.open.then(|| Minutes(self.balance).to_string()),
            href: self.open.then(|| of_account(&self.id.to_string(), What::Free)),
        }
    }
}

fn facts(
    row: &EntryRow,
    written: &PostingRow,
    reason: &str,
    by: String,
    about: Option<(String, String)>,
) -> Vec<(String, String, Option<String>)> {
    let fact = |term: &str, answer: String, href: Option<String>| (term.to_owned(), answer, href);
    let local = time::local(row.posted_at);
    let when = format!("{}, {} uur", time::date_full(local.date()), time::clock(local.time()));
    let mut facts = vec![fact("Hoeveel", Minutes(row.minutes).to_string(), None), fact("Wanneer", when, None), fact("Wie", by, None)];
    if !reason.is_empty() {
        facts.push(fact("Waarom", reason.to_owned(), None));
    }
    match (about, AboutKind::from_code(&written.about_kind)) {
        (Some((words, href)), _) => facts.push(fact("Waarover", words, Some(href))),
        (None, Some(AboutKind::Booking)) => facts.push(fact("Waarover", "een afspraak".to_owned(), None)),
        (None, Some(kind)) => facts.push(fact("Waarover", kind.dutch().to_owned(), None)),
        (None, None) => {}
    }
    if let Some(seq) = row.reverses_seq {
        facts.push(fact("Draait terug", format!("Boeking {}", number(seq)), Some(of_posting(seq))));
    }
    if let Some(seq) = row.reversed_by_seq {
        facts.push(fact("Teruggedraaid met", format!("Boeking {}", number(seq)), Some(of_posting(seq))));
        facts.extend(row.reversed_because.clone().map(|why| fact("Waarom teruggedraaid", why, None)));
    }
    facts
}

fn chain(written: &PostingRow) -> Vec<(String, String)> {
    let genesis = written.previous_hash.bytes().all(|byte| byte == b'0');
    let before = if genesis { "Dit is de eerste boeking".to_owned() } else { written.previous_hash.clone() };
    vec![("Zegel van de boeking ervoor".to_owned(), before), ("Zegel van deze boeking".to_owned(), written.hash.clone())]
}
