//! Lists of what people gave and asked: what one may take back, what waits for a board, what a school asked, what the registrar decides.

use super::{
    donations::{DonationRow, donations_where},
    draws::{DrawRow, draws_where},
    reserve::{ReserveRow, reserve_where},
};
use crate::{
    db::{Result, Tx},
    fetch_all,
};
use chrono::{DateTime, Utc};
use domain::{
    BoardId, PartnershipId, SchoolId,
    hours::{Month, PostingKind},
    wijkpot::Donor,
};
use uuid::Uuid;

/// More than a school gives in a month; more than a registrar decides on in one.
const LIST_MAX: i64 = 50;

/// What a donor gave since then or what still waits, newest first.
pub async fn donations_of(tx: &mut Tx, partnership: PartnershipId, donor: Donor, since: DateTime<Utc>) -> Result<Vec<DonationRow>> {
    let holder = donor.holder();
    fetch_all!(
        tx,
        DonationRow,
        donations_where!(
            "d.donor_kind = $2 and d.donor_id = $3 and (d.donated_at > $4 or d.given_at > $4 or d.state = 'waiting')
             order by d.donated_at desc, d.id desc limit $5"
        ),
        partnership.0,
        holder.kind.code(),
        holder.id,
        since,
        LIST_MAX
    )
}

/// What a board's schools gave since then, and what waits for its consent: that first.
pub async fn donations_under(tx: &mut Tx, partnership: PartnershipId, board: BoardId, since: DateTime<Utc>) -> Result<Vec<DonationRow>> {
    fetch_all!(
        tx,
        DonationRow,
        donations_where!(
            "d.board_id = $2 and d.donor_kind = 'school' and (d.donated_at > $3 or d.state = 'waiting')
             order by case when d.state = 'waiting' then 0 else 1 end, d.donated_at desc, d.id desc limit $4"
        ),
        partnership.0,
        board.0,
        since,
        LIST_MAX
    )
}

/// What a school asked for hours of a month and how it ended, newest first. What waits stands in the queue.
pub async fn draws_of(tx: &mut Tx, partnership: PartnershipId, school: SchoolId, month: Month) -> Result<Vec<DrawRow>> {
    fetch_all!(
        tx,
        DrawRow,
        draws_where!("d.school_id = $2 and d.month = $3 and d.state <> 'asked' order by d.asked_at desc, d.id desc limit $4"),
        partnership.0,
        school.0,
        month.to_string(),
        LIST_MAX
    )
}

/// Hours that a school drew and does not have any more: given back because it has its own again, or put right by hand.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct WentBackRow {
    pub draw_id: Uuid,
    pub pot_id: Uuid,
    pub supplier: String,
    pub month: String,
    pub kind: String,
    pub minutes: i64,
    pub reason: String,
    pub posted_at: DateTime<Utc>,
}

impl WentBackRow {
    /// Whether somebody put the draw right by hand, for a reason.
    #[must_use]
    pub fn is_put_right(&self) -> bool {
        self.kind == PostingKind::Reversal.code()
    }
}

/// What went back of a school's draws of this month and later ones, newest first.
pub async fn went_back(tx: &mut Tx, partnership: PartnershipId, school: SchoolId, first: Month) -> Result<Vec<WentBackRow>> {
    fetch_all!(
        tx,
        WentBackRow,
        "select p.about_id as draw_id, t.holder_id as pot_id, u.name as supplier, a.month, p.kind, p.minutes, p.reason, p.posted_at
         from draws d
         join postings p on p.about_kind = 'draw' and p.about_id = d.id and p.kind in ('take_back', 'reversal')
         join accounts a on a.id = p.from_account and a.holder_kind = 'school' and a.holder_id = d.school_id
         join accounts t on t.id = p.to_account
         join suppliers u on u.id = a.supplier_id
         where d.partnership_id = $1 and d.school_id = $2 and d.month >= $3
         order by p.seq desc
         limit $4",
        partnership.0,
        school.0,
        first.to_string(),
        LIST_MAX
    )
}

/// What a school asked from reserves for a month, newest first.
pub async fn reserves_of(tx: &mut Tx, partnership: PartnershipId, school: SchoolId, month: Month) -> Result<Vec<ReserveRow>> {
    fetch_all!(
        tx,
        ReserveRow,
        reserve_where!("r.school_id = $2 and r.month = $3 order by r.asked_at desc, r.id desc limit $4"),
        partnership.0,
        school.0,
        month.to_string(),
        LIST_MAX
    )
}

/// What waits for the registrar, longest first.
pub async fn reserves_waiting(tx: &mut Tx, partnership: PartnershipId) -> Result<Vec<ReserveRow>> {
    fetch_all!(tx, ReserveRow, reserve_where!("r.state = 'asked' order by r.asked_at, r.id limit $2"), partnership.0, LIST_MAX)
}

/// What a school asked from reserves and still waits for, longest first.
pub async fn reserves_asked_by(tx: &mut Tx, partnership: PartnershipId, school: SchoolId) -> Result<Vec<ReserveRow>> {
    fetch_all!(
        tx,
        ReserveRow,
        reserve_where!("r.school_id = $2 and r.state = 'asked' order by r.asked_at, r.id limit $3"),
        partnership.0,
        school.0,
        LIST_MAX
    )
}
