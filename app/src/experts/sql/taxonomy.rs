//! Rows of the taxonomy: expertises and the words that lead to them.

use crate::{
    db::{Result, Tx},
    execute, fetch_all, fetch_one,
};
use domain::{PartnershipId, experts::taxonomy::STARTING};
use uuid::Uuid;

/// A taxonomy people can oversee.
const EXPERTISES_MAX: i64 = 500;

/// An expertise of a partnership.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct TaxonomyRow {
    pub id: Uuid,
    pub slug: String,
    pub name: String,
    pub category: String,
}

/// Gives a partnership the starting taxonomy, unless it has one. Says how many expertises were added.
pub async fn plant_taxonomy(tx: &mut Tx, partnership: PartnershipId) -> Result<usize> {
    let (known,): (i64,) = fetch_one!(tx, (i64,), "select count(*) from expertises where partnership_id = $1", partnership.0)?;
    if known > 0 {
        return Ok(0);
    }
    for expertise in STARTING {
        let id = Uuid::now_v7();
        execute!(
            tx,
            "insert into expertises (id, partnership_id, slug, name, category) values ($1, $2, $3, $4, $5)",
            id,
            partnership.0,
            expertise.slug,
            expertise.name,
            expertise.category.code()
        )?;
        let words = [(expertise.synonyms, "synonym"), (expertise.everyday, "everyday"), (expertise.english, "english")];
        for (word, kind) in words.into_iter().flat_map(|(words, kind)| words.iter().map(move |word| (*word, kind))) {
            execute!(
                tx,
                "insert into expertise_words (expertise_id, partnership_id, word, kind) values ($1, $2, $3, $4) on conflict do nothing",
                id,
                partnership.0,
                word,
                kind
            )?;
        }
    }
    Ok(STARTING.len())
}

/// Every expertise of the partnership, by name.
pub async fn taxonomy(tx: &mut Tx, partnership: PartnershipId) -> Result<Vec<TaxonomyRow>> {
    fetch_all!(
        tx,
        TaxonomyRow,
        "select id, slug, name, category from expertises where partnership_id = $1 order by name, id limit $2",
        partnership.0,
        EXPERTISES_MAX
    )
}

/// Every word of the partnership's taxonomy: expertise, word, kind.
pub async fn words(tx: &mut Tx, partnership: PartnershipId) -> Result<Vec<(Uuid, String, String)>> {
    fetch_all!(
        tx,
        (Uuid, String, String),
        "select expertise_id, word, kind from expertise_words where partnership_id = $1 order by expertise_id, word",
        partnership.0
    )
}
