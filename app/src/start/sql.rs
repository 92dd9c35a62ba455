//! What the start page reads. Always true here: questions and goals are not among the columns.

use crate::{
    db::{Result, Tx},
    fetch_all, fetch_one,
};
use chrono::{DateTime, Utc};
use domain::{
    PartnershipId, SchoolId,
    experts::SupportLevel,
    people::{Object, Scope},
};
use uuid::Uuid;

/// More open bookings than one person keeps in mind; the page of bookings has them all.
const BOOKINGS_MAX: i64 = 200;
/// Words under the search box: one line of them.
const OFTEN_MAX: i64 = 4;

/// An open booking, or one the specialist will not come for while its moment is still to come.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct OpenBooking {
    pub id: Uuid,
    pub school: String,
    pub school_id: Uuid,
    pub wijk: String,
    pub supplier_id: Uuid,
    pub specialist_id: Uuid,
    pub specialist: String,
    pub supplier: String,
    pub expertise: Option<String>,
    pub expertise_slug: Option<String>,
    pub category: Option<String>,
    pub level: String,
    pub starts_at: DateTime<Utc>,
    pub minutes: i64,
    pub status: String,
    pub asked_side: String,
    pub asked_at: DateTime<Utc>,
    pub answered_at: Option<DateTime<Utc>>,
    pub closed_at: Option<DateTime<Utc>>,
    pub extra_minutes: Option<i64>,
    pub extra_at: Option<DateTime<Utc>>,
}

impl OpenBooking {
    /// Where it belongs, for the rule of who may what.
    #[must_use]
    pub fn object(&self, partnership: PartnershipId) -> Object {
        let object = Object::of(partnership)
            .at_school(self.school_id.into(), None, None)
            .with_specialist(self.specialist_id.into(), self.supplier_id.into());
        SupportLevel::from_dutch(&self.level).map_or(object, |level| object.at_level(level))
    }
}

macro_rules! open_bookings {
    ($scope:literal) => {
        concat!(
            "select b.id, s.name as school, b.school_id, w.name as wijk, b.supplier_id, b.specialist_id, p.name as specialist,
                 u.name as supplier, e.name as expertise, e.slug as expertise_slug, e.category, b.level, b.starts_at, b.minutes, b.status, b.asked_side,
                 b.asked_at, b.answered_at, b.closed_at, q.extra_minutes, q.asked_at as extra_at
             from bookings b
             join schools s on s.id = b.school_id
             join wijken w on w.id = s.wijk_id
             join specialists x on x.id = b.specialist_id
             join people p on p.id = x.person_id
             join suppliers u on u.id = b.supplier_id
             left join expertises e on e.id = b.expertise_id
             left join booking_extras q on q.booking_id = b.id and q.state = 'asked'
             where b.partnership_id = $1 and ",
            $scope,
            " = $2 and (b.status in ('asked', 'accepted', 'registered', 'confirmed')
                 or ((b.status = 'declined' and b.asked_side = 'school' or b.status = 'cancelled' and b.closed_side = 'specialist')
                     and b.starts_at > $3
                     and not exists (
                         select 1
                         from bookings n
                         where n.school_id = b.school_id and n.asked_at > coalesce(b.closed_at, b.answered_at, b.asked_at)
                             and n.status not in ('declined', 'cancelled')
                             and (n.specialist_id = b.specialist_id or n.expertise_id = b.expertise_id)
                     )))
             order by b.starts_at, b.id
             limit $4"
        )
    };
}

/// The open bookings of a school, specialist or supplier; none for another scope.
pub async fn open_bookings(tx: &mut Tx, partnership: PartnershipId, scope: Scope, now: DateTime<Utc>) -> Result<Vec<OpenBooking>> {
    let partnership = partnership.0;
    match scope {
        Scope::School(id) => fetch_all!(tx, OpenBooking, open_bookings!("b.school_id"), partnership, id.0, now, BOOKINGS_MAX),
        Scope::Specialist(id) => fetch_all!(tx, OpenBooking, open_bookings!("b.specialist_id"), partnership, id.0, now, BOOKINGS_MAX),
        Scope::Supplier(id) => fetch_all!(tx, OpenBooking, open_bookings!("b.supplier_id"), partnership, id.0, now, BOOKINGS_MAX),
        Scope::Board(_) | Scope::District(_) | Scope::Partnership => Ok(Vec::new()),
    }
}

/// What schools of the same wijk asked for since then, most often first. What was asked for one pupil does not count.
pub async fn often_asked(tx: &mut Tx, partnership: PartnershipId, school: SchoolId, since: DateTime<Utc>) -> Result<Vec<String>> {
    let rows: Vec<(String,)> = fetch_all!(
        tx,
        (String,),
        "select e.name
         from bookings b
         join schools s on s.id = b.school_id
         join schools mine on mine.wijk_id = s.wijk_id
         join expertises e on e.id = b.expertise_id
         where b.partnership_id = $1 and mine.id = $2 and b.level <> 'leerling' and b.asked_at > $3
         group by e.id, e.name
         order by count(*) desc, e.name
         limit $4",
        partnership.0,
        school.0,
        since,
        OFTEN_MAX
    )?;
    Ok(rows.into_iter().map(|(name,)| name).collect())
}

/// What most experts can.
pub async fn often_offered(tx: &mut Tx, partnership: PartnershipId) -> Result<Vec<String>> {
    let rows: Vec<(String,)> = fetch_all!(
        tx,
        (String,),
        "select e.name
         from specialist_expertises x
         join expertises e on e.id = x.expertise_id
         where e.partnership_id = $1
         group by e.id, e.name
         order by count(*) desc, e.name
         limit $2",
        partnership.0,
        OFTEN_MAX
    )?;
    Ok(rows.into_iter().map(|(name,)| name).collect())
}

/// How a partnership stands.
#[derive(Clone, Copy, Debug, sqlx::FromRow)]
pub struct Counts {
    pub boards: i64,
    pub schools: i64,
    pub specialists: i64,
    pub people: i64,
    pub not_yet_in: i64,
    pub asked: i64,
    pub planned: i64,
}

/// The numbers of a partnership.
pub async fn counts(tx: &mut Tx, partnership: PartnershipId) -> Result<Counts> {
    fetch_one!(
        tx,
        Counts,
        "select (select count(*) from boards where partnership_id = $1) as boards,
             (select count(*) from schools where partnership_id = $1) as schools,
             (select count(*) from specialists where partnership_id = $1 and active) as specialists,
             (select count(*) from people where partnership_id = $1) as people,
             (select count(*) from people where partnership_id = $1 and password_hash is null) as not_yet_in,
             (select count(*) from bookings where partnership_id = $1 and status = 'asked') as asked,
             (select count(*) from bookings where partnership_id = $1 and status in ('accepted', 'registered', 'confirmed')) as planned",
        partnership.0
    )
}
