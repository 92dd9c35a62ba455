//! When a specialist can be booked: the weekly pattern, exceptions, holidays, bookings and travel; and the free slots they leave.
//!
//! Always true here: [`is_free`] is the rule. What [`slots`] offers is exactly what it accepts, so a picker never offers what booking refuses.

mod calendar;
mod empty;
mod exception;
mod free;
mod holidays;
mod offer;
mod slots;
#[cfg(test)]
mod tests;
mod travel;
mod weekly;

pub use calendar::{Busy, Calendar, Holiday};
pub use empty::{WhyEmpty, why_empty};
pub use exception::{EXCEPTION_DAYS_MAX, EXCEPTION_NOTE_MAX, Exception, ExceptionKind};
pub use free::{BOOKING_MINUTES_MAX, BOOKING_MINUTES_MIN, LEAD_MINUTES_MIN, check_duration, is_free, moment, must_be_free};
pub use holidays::{HolidayRegion, SchoolHolidays, easter_sunday, free_days, public_holidays, school_holidays};
pub use offer::{NEAREST_MAX, OFFERS_A_DAY_MAX, first_free, nearest, offer};
pub use slots::{SLOT_DAYS_MAX, Slot, quarters, slots};
pub use travel::{Place, TravelClass};
pub use weekly::{BLOCKS_A_DAY_MAX, Weekly, WeeklyHours, day_closes, day_opens, parse_weekly, print_weekly};
