//! What a school drew goes back when its own hours do. Always true here: the hours move by postings about the draw, so that its line, its cap
//! and every report follow.

use crate::{AppError, db::Tx, hours::sql as hours, wijkpot::sql};
use chrono::{DateTime, Utc};
use domain::{
    Minutes, PartnershipId, PersonId, SchoolId,
    hours::{AboutKind, AccountKey, Bucket, Holder, PostingKind, Transfer},
    wijkpot::{DrawPart, OWN_AGAIN, goes_back, must_run},
};

/// Gives back what a school drew while its own hours were away, now that so many of them came back; answers whether a pot got any. Who waits
/// for them is served by whoever calls this.
///
/// # Errors
/// When the database refuses.
pub async fn own_again(
    tx: &mut Tx,
    partnership: PartnershipId,
    (school, bucket): (SchoolId, Bucket),
    came_back: Minutes,
    by: PersonId,
    key: &str,
    now: DateTime<Utc>,
) -> Result<bool, AppError> {
    if came_back <= Minutes::ZERO || bucket.month.is_none_or(|month| must_run(month, now).is_err()) {
        return Ok(false);
    }
    let back = goes_back(&sql::own_moves(tx, partnership, school, bucket).await?, came_back);
    let from = AccountKey::new(bucket, Holder::school(school));
    let transfer = |(part, minutes): &(DrawPart, Minutes)| {
        let to = AccountKey::new(bucket, Holder::wijkpot(part.pot.0));
        Transfer::new(PostingKind::TakeBack, from, to, *minutes).about(AboutKind::Draw, part.draw.0).because(OWN_AGAIN)
    };
    let transfers: Vec<Transfer> = back.iter().map(transfer).collect();
    hours::post(tx, partnership, &transfers, Some(by), now, key).await?;
    Ok(!transfers.is_empty())
}
