//! What one thing posted, ready to be mirrored. Always true here: a posting that was put right before is not among them.

use crate::{
    db::{Result, Tx},
    fetch_all, fetch_one,
};
use domain::{
    Minutes, PartnershipId, PostingId,
    hours::{AboutKind, AccountKey, Bucket, Holder, HolderKind, PostingKind, Transfer},
};
use uuid::Uuid;

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    minutes: i64,
    kind: String,
    from_supplier: Uuid,
    from_year: i64,
    from_month: String,
    from_kind: String,
    from_holder: Uuid,
    to_supplier: Uuid,
    to_year: i64,
    to_month: String,
    to_kind: String,
    to_holder: Uuid,
    to_balance: i64,
    to_name: Option<String>,
    supplier: String,
}

/// A posting that can be mirrored, and what is left where its minutes went.
#[derive(Clone, Debug)]
pub struct Mirrored {
    pub posting: PostingId,
    pub transfer: Transfer,
    /// The balance of the account it went to.
    pub there: Minutes,
    /// Whose account that is, and of which supplier: `KPO, Kameleon`.
    pub name: String,
}

/// Every posting about one thing that still stands, the last one first: the order in which they are mirrored.
pub async fn to_mirror(tx: &mut Tx, partnership: PartnershipId, about: AboutKind, id: Uuid) -> Result<Vec<Mirrored>> {
    let rows: Vec<Row> = fetch_all!(
        tx,
        Row,
        "select p.id, p.minutes, p.kind,
             f.supplier_id as from_supplier, f.school_year as from_year, f.month as from_month, f.holder_kind as from_kind,
             f.holder_id as from_holder,
             t.supplier_id as to_supplier, t.school_year as to_year, t.month as to_month, t.holder_kind as to_kind,
             t.holder_id as to_holder, t.balance as to_balance, coalesce(s.name, b.name) as to_name, u.name as supplier
         from postings p
         join accounts f on f.id = p.from_account
         join accounts t on t.id = p.to_account
         join suppliers u on u.id = t.supplier_id
         left join schools s on s.id = t.holder_id
         left join boards b on b.id = t.holder_id
         left join postings r on r.reversal_of = p.id
         where p.partnership_id = $1 and p.about_kind = $2 and p.about_id = $3 and p.kind <> 'reversal' and r.id is null
         order by p.seq desc",
        partnership.0,
        about.code(),
        id
    )?;
    Ok(rows.into_iter().filter_map(|row| mirrored(row, about, id)).collect())
}

fn mirrored(row: Row, about: AboutKind, id: Uuid) -> Option<Mirrored> {
    let key = |supplier: Uuid, year, month: &str, kind: &str, id| {
        let bucket = Bucket::from_columns(supplier.into(), year, month)?;
        Some(AccountKey::new(bucket, Holder { kind: HolderKind::from_code(kind)?, id }))
    };
    let from = key(row.from_supplier, row.from_year, &row.from_month, &row.from_kind, row.from_holder)?;
    let to = key(row.to_supplier, row.to_year, &row.to_month, &row.to_kind, row.to_holder)?;
    let transfer = Transfer::new(PostingKind::from_code(&row.kind)?, from, to, Minutes(row.minutes)).about(about, id);
    let name = format!("{}, {}", row.to_name.unwrap_or_else(|| "Reserve".to_owned()), row.supplier);
    Some(Mirrored { posting: row.id.into(), transfer, there: Minutes(row.to_balance), name })
}

/// How many postings are about one thing.
pub async fn postings_of(tx: &mut Tx, partnership: PartnershipId, about: AboutKind, id: Uuid) -> Result<usize> {
    let (count,): (i64,) = fetch_one!(
        tx,
        (i64,),
        "select count(*) from postings where partnership_id = $1 and about_kind = $2 and about_id = $3",
        partnership.0,
        about.code(),
        id
    )?;
    Ok(usize::try_from(count).unwrap_or_default())
}
