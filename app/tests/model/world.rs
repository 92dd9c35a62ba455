//! The partnership of a history in a database: the cast of the model with ids of its own.
//!
//! Always true here: parties are made in the order of their lists, so that their ids are in that order too.

use super::{
    cast::{BOARDS, Cast, OFFICE, PEOPLE, POTS, PUPILS, SCHOOLS, SPECIALIST, SUPPLIERS, WIJKEN, board_of, coordinators_of, wijk_of},
    op::{board_name, pot_name, school_name, supplier_name},
    rules_visits::{DIRECT, LEVELS, REACH, week},
};
use app::{
    AppError,
    db::{Db, Tx},
    execute,
    experts::sql as experts,
    organisations::sql as organisations,
    people::sql as people,
    wijkpot::verbs::arrange,
};
use chrono::{DateTime, Utc};
use domain::{
    ExpertiseId, PartnershipId, PersonId, SpecialistId,
    people::{Role, Scope},
};
use uuid::Uuid;

/// Makes the partnership.
pub async fn partnership(db: &Db, now: DateTime<Utc>) -> Result<(PartnershipId, Cast), AppError> {
    let mut own = db.write_unscoped().await?;
    let tx = &mut own;
    let code = format!("P{}", &Uuid::now_v7().simple().to_string()[20..]);
    let partnership = organisations::put_partnership(tx, &code, Some("Vlietland"), now).await?;
    let mut cast = Cast {
        suppliers: Vec::new(),
        boards: Vec::new(),
        wijken: Vec::new(),
        districts: Vec::new(),
        schools: Vec::new(),
        pots: Vec::new(),
        specialists: Vec::new(),
        people: (0..PEOPLE).map(|_| PersonId(Uuid::now_v7())).collect(),
        expertise: ExpertiseId(Uuid::now_v7()),
    };
    for (place, person) in cast.people.iter().enumerate() {
        let email = format!("{}@vlietland.example", person.0.simple());
        people::insert(tx, partnership, *person, &email, &format!("Persoon {place}"), now).await?;
    }
    for supplier in 0..SUPPLIERS {
        cast.suppliers.push(organisations::put_supplier(tx, partnership, &supplier_name(supplier)).await?);
    }
    for board in 0..BOARDS {
        cast.boards.push(organisations::put_board(tx, partnership, &board_name(board)).await?);
    }
    for wijk in 0..WIJKEN {
        let district = organisations::put_district(tx, partnership, ["Noord", "Noord", "Zuid"][wijk]).await?;
        cast.districts.push(district);
        cast.wijken.push(organisations::put_wijk(tx, partnership, &format!("Wijk {wijk}"), district).await?);
    }
    for pot in 0..POTS {
        let wijken = if pot + 1 < POTS { &cast.wijken[pot..=pot] } else { &[] };
        cast.pots.push(arrange(tx, partnership, &pot_name(pot), wijken).await?);
    }
    schools(tx, partnership, &mut cast).await?;
    specialists(tx, partnership, &mut cast).await?;
    people::grant(tx, partnership, cast.people[OFFICE], Role::Administrator, Scope::Partnership).await?;
    own.commit().await?;
    Ok((partnership, cast))
}

async fn schools(tx: &mut Tx, partnership: PartnershipId, cast: &mut Cast) -> Result<(), AppError> {
    for (place, pupils) in PUPILS.into_iter().enumerate().take(SCHOOLS) {
        let facts = organisations::SchoolFacts { brin: format!("00AA0{place}"), name: school_name(place), pupils, ..Default::default() };
        let school = organisations::put_school(tx, partnership, &facts, cast.wijken[wijk_of(place)]).await?;
        if let Some(board) = board_of(place) {
            organisations::set_board(tx, partnership, school, cast.boards[board]).await?;
        }
        for person in coordinators_of(place) {
            people::grant(tx, partnership, cast.people[person], Role::Coordinator, Scope::School(school)).await?;
        }
        cast.schools.push(school);
    }
    Ok(())
}

async fn specialists(tx: &mut Tx, partnership: PartnershipId, cast: &mut Cast) -> Result<(), AppError> {
    execute!(
        tx,
        "insert into expertises (id, partnership_id, slug, name, category) values ($1, $2, 'gedrag', 'Gedrag', 'behaviour')",
        cast.expertise.0,
        partnership.0
    )?;
    let levels = LEVELS.map(domain::bookings::Level::code).join(",");
    for supplier in 0..SUPPLIERS {
        let new = experts::NewSpecialist {
            person: cast.people[SPECIALIST + supplier],
            supplier: cast.suppliers[supplier],
            headline: "",
            about: "",
            postcode: "",
            wijk: None,
            languages: "Nederlands",
            levels: &levels,
            direct: DIRECT[supplier],
        };
        let specialist: SpecialistId = experts::put_specialist(tx, partnership, &new).await?;
        experts::set_expertises(tx, specialist, &[(cast.expertise, "ervaren", "Post-hbo", None)]).await?;
        experts::set_weekly(tx, specialist, &week()).await?;
        if REACH[supplier] < WIJKEN {
            experts::set_wijken(tx, specialist, &cast.wijken[..REACH[supplier]]).await?;
        }
        cast.specialists.push(specialist);
    }
    Ok(())
}
