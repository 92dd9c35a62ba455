//! Rows of specialists, their calendars and the taxonomy.

mod calendars;
mod specialists;
mod taxonomy;
mod visits;

pub use calendars::{
    BusyBy, ExceptionRow, busy, busy_of, calendar, delete_exception, exceptions, holidays, insert_exception, patterns, set_weekly,
};
pub use specialists::{
    ExpertiseRow, NewSpecialist, SpecialistRow, expertises_of, put_specialist, set_expertises, set_wijken, specialist,
    specialist_of_person, specialists, wijken_of,
};
pub use taxonomy::{TaxonomyRow, plant_taxonomy, taxonomy, words};
pub use visits::{VisitRow, visits, worked_at};
