-- A wijkpot: donated hours of one or more wijken. At most one per partnership is the city-wide pot behind all others.
-- Written by administration, read by everybody who may give to it or take from it.
create table wijkpots (
    id uuid primary key,
    partnership_id uuid not null references partnerships (id),
    name text not null check (length(name) between 1 and 100),
    city boolean not null default false,
    unique (partnership_id, name)
);
create unique index wijkpots_one_city on wijkpots (partnership_id) where city;

-- Which wijken a pot covers: a wijk lies in one pot at most, so that a school never has to choose.
create table wijkpot_wijken (
    wijk_id uuid primary key references wijken (id),
    pot_id uuid not null references wijkpots (id)
);
create index wijkpot_wijken_by_pot on wijkpot_wijken (pot_id, wijk_id);

-- A gift of a school's or board's idle minutes of one month. `waiting` is for the board's consent; then nothing has moved yet.
create table donations (
    id uuid primary key,
    partnership_id uuid not null references partnerships (id),
    pot_id uuid not null references wijkpots (id),
    donor_kind text not null check (donor_kind in ('school', 'board')),
    donor_id uuid not null,
    board_id uuid references boards (id),
    supplier_id uuid not null references suppliers (id),
    month text not null check (length(month) = 7),
    minutes bigint not null check (minutes > 0 and minutes % 15 = 0),
    state text not null check (state in ('waiting', 'given', 'refused', 'withdrawn', 'taken_back')),
    donated_by uuid references people (id),
    donated_at timestamptz not null,
    given_at timestamptz,
    decided_by uuid references people (id),
    decided_at timestamptz,
    reason text not null default '' check (length(reason) <= 500),
    taken_back_minutes bigint check (taken_back_minutes > 0 and taken_back_minutes <= minutes),
    taken_back_at timestamptz,
    form_key text not null check (length(form_key) between 1 and 100),
    check ((state = 'taken_back') = (taken_back_at is not null)),
    check (state not in ('given', 'taken_back') or given_at is not null),
    unique (partnership_id, form_key)
);
create index donations_by_pot on donations (pot_id, donated_at, id);
create index donations_by_donor on donations (donor_kind, donor_id, donated_at, id);
create index donations_by_board on donations (board_id, state, donated_at, id);

-- A school's question for hours from its pot. What it is for is a level and a category, never the case.
create table draws (
    id uuid primary key,
    partnership_id uuid not null references partnerships (id),
    pot_id uuid not null references wijkpots (id),
    school_id uuid not null references schools (id),
    supplier_id uuid not null references suppliers (id),
    month text not null check (length(month) = 7),
    minutes bigint not null check (minutes > 0 and minutes % 15 = 0),
    urgency text not null check (urgency in ('high', 'normal', 'low')),
    level text not null check (level in ('leerling', 'groep', 'leerkracht', 'school')),
    category text not null check (length(category) between 1 and 100),
    booking_id uuid references bookings (id),
    state text not null check (state in ('asked', 'granted', 'refused', 'withdrawn')),
    asked_by uuid not null references people (id),
    asked_at timestamptz not null,
    granted_minutes bigint check (granted_minutes > 0 and granted_minutes <= minutes and granted_minutes % 15 = 0),
    decider text not null default '' check (decider in ('', 'automatic', 'district_team', 'network')),
    decided_by uuid references people (id),
    decided_at timestamptz,
    reason text not null default '' check (length(reason) <= 500),
    form_key text not null check (length(form_key) between 1 and 100),
    check ((state = 'granted') = (granted_minutes is not null)),
    check ((state = 'asked') = (decided_at is null)),
    unique (partnership_id, form_key)
);
create index draws_by_state on draws (partnership_id, state, month, supplier_id, asked_at, id);
create index draws_by_school on draws (school_id, month, state, asked_at, id);

-- What coordinators of other schools of the pot say of a draw, one voice a school and a person.
create table draw_votes (
    draw_id uuid not null references draws (id),
    school_id uuid not null references schools (id),
    person_id uuid not null references people (id),
    agrees boolean not null,
    voted_at timestamptz not null,
    primary key (draw_id, school_id),
    unique (draw_id, person_id)
);

-- A school's question for hours from the reserve of a contract: always with a reason, decided by the registrar.
create table reserve_requests (
    id uuid primary key,
    partnership_id uuid not null references partnerships (id),
    school_id uuid not null references schools (id),
    supplier_id uuid not null references suppliers (id),
    month text not null check (length(month) = 7),
    minutes bigint not null check (minutes > 0 and minutes % 15 = 0),
    reason text not null check (length(reason) between 1 and 500),
    state text not null check (state in ('asked', 'granted', 'refused', 'withdrawn')),
    asked_by uuid not null references people (id),
    asked_at timestamptz not null,
    decided_by uuid references people (id),
    decided_at timestamptz,
    decided_because text not null default '' check (length(decided_because) <= 500),
    form_key text not null check (length(form_key) between 1 and 100),
    check ((state = 'asked') = (decided_at is null)),
    unique (partnership_id, form_key)
);
create index reserve_requests_by_state on reserve_requests (partnership_id, state, asked_at, id);
create index reserve_requests_by_school on reserve_requests (school_id, asked_at, id);

-- A visit that took longer than was set aside: the specialist asks the school for the missing minutes. One open question a booking.
create table booking_extras (
    id uuid primary key,
    partnership_id uuid not null references partnerships (id),
    booking_id uuid not null references bookings (id),
    worked_minutes bigint not null check (worked_minutes > 0 and worked_minutes % 15 = 0),
    extra_minutes bigint not null check (extra_minutes > 0 and extra_minutes % 15 = 0),
    state text not null check (state in ('asked', 'given', 'refused', 'withdrawn')),
    asked_by uuid not null references people (id),
    asked_at timestamptz not null,
    decided_by uuid references people (id),
    decided_at timestamptz,
    reason text not null default '' check (length(reason) <= 500),
    check ((state = 'asked') = (decided_at is null))
);
create index booking_extras_by_booking on booking_extras (booking_id, asked_at, id);
create unique index booking_extras_one_open on booking_extras (booking_id) where state = 'asked';
