//! Movements as the rules of lots want them: in the pots of a bucket, and in a school's own account. Always true here: all of a bucket, in
//! the order it was posted; a lot that is missing would be somebody else's.

use crate::{
    AppError,
    db::{Result, Tx},
    fetch_all,
    hours::sql::mandated,
    organisations::sql::policy,
};
use domain::{
    DonationId, Minutes, PartnershipId, SchoolId, WijkpotId,
    hours::{AboutKind, Bucket, Holder, HolderKind, PostingKind},
    wijkpot::{DrawPart, OwnMove, PotMove, Taker},
};
use uuid::Uuid;

/// A movement of an account, with the account on the other side.
#[derive(sqlx::FromRow)]
struct MoveRow {
    /// Whose account it is.
    holder_id: Uuid,
    /// Below zero when they left.
    minutes: i64,
    kind: String,
    about_kind: String,
    about_id: Option<Uuid>,
    other_kind: String,
    other_id: Uuid,
    /// The school of the booking on the other side, when it is one.
    booked_for: Option<Uuid>,
}

/// What moved in the accounts of these holders in a bucket, in the order it did.
macro_rules! moves_of {
    ($tx:expr, $partnership:expr, $bucket:expr, $whose:literal $(, $holder:expr)?) => {
        fetch_all!(
            $tx,
            MoveRow,
            concat!(
                "select f.holder_id, f.minutes, f.kind, f.about_kind, f.about_id, x.holder_kind as other_kind, x.holder_id as other_id,
                     k.school_id as booked_for
                 from (
                     select a.holder_id, p.seq, p.minutes, p.kind, p.about_kind, p.about_id, p.from_account as other
                     from accounts a
                     join postings p on p.to_account = a.id
                     where a.partnership_id = $1 and a.supplier_id = $2 and a.month = $3 and ",
                $whose,
                "
                     union all
                     select a.holder_id, p.seq, -p.minutes, p.kind, p.about_kind, p.about_id, p.to_account
                     from accounts a
                     join postings p on p.from_account = a.id
                     where a.partnership_id = $1 and a.supplier_id = $2 and a.month = $3 and ",
                $whose,
                "
                 ) f
                 join accounts x on x.id = f.other
                 left join bookings k on k.id = x.holder_id and x.holder_kind = 'booking'
                 order by f.seq"
            ),
            $partnership.0,
            $bucket.supplier.0,
            $bucket.month_column()
            $(, $holder)?
        )
    };
}

/// What moved in a bucket of all pots.
pub async fn pot_moves(tx: &mut Tx, partnership: PartnershipId, bucket: Bucket) -> Result<Vec<(WijkpotId, PotMove)>, AppError> {
    let rows: Vec<MoveRow> = moves_of!(tx, partnership, bucket, "a.holder_kind = 'wijkpot'")?;
    let gives = policy(tx, partnership).await?.board_mandate;
    let boards = mandated(tx, partnership, gives).await?;
    let one = |row: MoveRow| {
        let gift = row.about_id.filter(|_| row.about_kind == AboutKind::Donation.code()).map(DonationId);
        let holder = HolderKind::from_code(&row.other_kind).map(|kind| Holder { kind, id: row.other_id });
        let moved = if row.minutes > 0 {
            let given = row.kind == PostingKind::Donation.code();
            PotMove::In(Minutes(row.minutes), gift.filter(|_| given).zip(holder))
        } else {
            let school = row.booked_for.or(holder.filter(|holder| holder.kind == HolderKind::School).map(|holder| holder.id));
            let board = school.and_then(|school| boards.get(&school.into())).map(|board| Holder::board(*board));
            let holder = school.map(|school| Holder::school(school.into())).or(holder);
            PotMove::Out(Minutes(-row.minutes), gift, Taker { holder, board })
        };
        (row.holder_id.into(), moved)
    };
    Ok(rows.into_iter().map(one).collect())
}

/// What moved in a school's own account of a bucket.
pub async fn own_moves(tx: &mut Tx, partnership: PartnershipId, school: SchoolId, bucket: Bucket) -> Result<Vec<OwnMove>> {
    let rows: Vec<MoveRow> = moves_of!(tx, partnership, bucket, "a.holder_kind = 'school' and a.holder_id = $4", school.0)?;
    let one = |row: MoveRow| {
        let (minutes, other) = (Minutes(row.minutes.abs()), HolderKind::from_code(&row.other_kind));
        let draw = row.about_id.filter(|_| row.about_kind == AboutKind::Draw.code() && other == Some(HolderKind::Wijkpot));
        let part = draw.map(|draw| DrawPart { draw: draw.into(), pot: row.other_id.into() });
        match (part, other, row.minutes > 0) {
            (Some(part), _, true) => OwnMove::Drawn(minutes, part),
            (Some(part), _, false) => OwnMove::GaveBack(minutes, part),
            (None, Some(HolderKind::Booking), true) => OwnMove::Returned(minutes, row.other_id.into()),
            (None, Some(HolderKind::Booking), false) => OwnMove::Held(minutes, row.other_id.into()),
            (None, _, true) => OwnMove::In(minutes),
            (None, _, false) => OwnMove::Out(minutes),
        }
    };
    Ok(rows.into_iter().map(one).collect())
}
