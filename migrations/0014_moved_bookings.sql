-- The appointment that took another's place is asked for by the page of the other (app/src/bookings/sql.rs); few ever move.
create index bookings_by_moved_from on bookings (moved_from) where moved_from is not null;
