-- A specialist's time at a school, paid in minutes. The text columns are pupil-level when `level` is: see may().
create table bookings (
    id uuid primary key,
    partnership_id uuid not null references partnerships (id),
    number bigint not null,
    school_id uuid not null references schools (id),
    specialist_id uuid not null references specialists (id),
    supplier_id uuid not null references suppliers (id),
    expertise_id uuid references expertises (id),
    starts_at timestamptz not null,
    minutes bigint not null check (minutes between 30 and 480 and minutes % 15 = 0),
    month text not null,
    status text not null check (status in ('asked', 'accepted', 'registered', 'confirmed', 'done', 'declined', 'cancelled', 'moved')),
    level text not null check (level in ('leerling', 'groep', 'leerkracht', 'school')),
    question text not null check (length(question) <= 4000),
    goal text not null check (length(goal) <= 2000),
    parents_informed boolean not null,
    asked_by uuid not null references people (id),
    asked_side text not null default 'school' check (asked_side in ('school', 'specialist')),
    asked_at timestamptz not null,
    answered_by uuid references people (id),
    answered_at timestamptz,
    closed_by uuid references people (id),
    closed_side text check (closed_side in ('school', 'specialist')),
    closed_at timestamptz,
    reason text not null default '' check (length(reason) <= 500),
    late boolean not null default false,
    done_minutes bigint,
    moved_from uuid references bookings (id),
    form_key text not null check (length(form_key) between 1 and 100),
    unique (partnership_id, number),
    unique (partnership_id, form_key)
);
create index bookings_by_school on bookings (school_id, starts_at, id);
create index bookings_by_specialist on bookings (specialist_id, starts_at, id);
create index bookings_by_status on bookings (partnership_id, status, starts_at, id);

-- One row for each quarter of an hour a specialist is taken: the database itself refuses a double booking.
-- `quarter` counts quarters of an hour since 1970 (UTC).
create table booking_quarters (
    specialist_id uuid not null references specialists (id),
    quarter bigint not null,
    booking_id uuid not null references bookings (id),
    primary key (specialist_id, quarter)
);
create index booking_quarters_by_booking on booking_quarters (booking_id);
