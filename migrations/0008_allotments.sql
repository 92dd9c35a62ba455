-- The calendar months a contract's hours are spread over, as `9,10,11`; empty is what the partnership's policy says.
alter table contracts add column months text not null default '' check (length(months) <= 40);

-- A division of a school year over the boards: what was decided, by whom, and what the tables said before, so that undoing it can put
-- them back. Its hours are the postings about it. Written by `verbs::allot`; only undoing changes a row, none ever goes.
create table allotments (
    id uuid primary key,
    partnership_id uuid not null references partnerships (id),
    school_year bigint not null check (school_year between 2000 and 2200),
    number bigint not null check (number > 0),
    inputs text not null,
    inputs_before text not null,
    made_by uuid references people (id),
    made_at timestamptz not null,
    idempotency_key text not null check (length(idempotency_key) between 1 and 200),
    undone_by uuid references people (id),
    undone_at timestamptz,
    undone_because text not null default '' check (length(undone_because) <= 500),
    check (undone_at is null or length(undone_because) > 0),
    unique (partnership_id, school_year, number),
    unique (partnership_id, idempotency_key)
);

-- What an administrator typed for a school year and did not post yet, one per year. Written and read by the page of the allotment.
create table allotment_drafts (
    partnership_id uuid not null references partnerships (id),
    school_year bigint not null check (school_year between 2000 and 2200),
    typed text not null check (length(typed) <= 200000),
    typed_by uuid not null references people (id),
    typed_at timestamptz not null,
    primary key (partnership_id, school_year)
);

-- A board's division over its schools, as `allotments` is one over the boards.
create table divisions (
    id uuid primary key,
    partnership_id uuid not null references partnerships (id),
    school_year bigint not null check (school_year between 2000 and 2200),
    board_id uuid not null references boards (id),
    number bigint not null check (number > 0),
    way text not null check (way in ('pupils', 'hand', 'kept')),
    inputs text not null,
    made_by uuid references people (id),
    made_at timestamptz not null,
    idempotency_key text not null check (length(idempotency_key) between 1 and 200),
    undone_by uuid references people (id),
    undone_at timestamptz,
    undone_because text not null default '' check (length(undone_because) <= 500),
    check (undone_at is null or length(undone_because) > 0),
    unique (partnership_id, board_id, school_year, number),
    unique (partnership_id, idempotency_key)
);

-- Which schools book from their board's hours, and how much a month at most (null: no most). A board without rows follows the
-- partnership's policy. Written by the board contact, read whenever a booking is paid.
create table board_mandates (
    partnership_id uuid not null references partnerships (id),
    board_id uuid not null references boards (id),
    school_id uuid not null references schools (id),
    cap_minutes bigint check (cap_minutes >= 0 and cap_minutes % 15 = 0),
    given_by uuid references people (id),
    given_at timestamptz not null,
    primary key (partnership_id, board_id, school_id)
);

-- An agreement to use hours in another month of the same supplier (000, afwijkende afspraken). It moves nothing before supplier and
-- board both said yes. `party` is who asked. Written by `verbs::deviate`; read by both sides and the office.
create table deviations (
    id uuid primary key,
    partnership_id uuid not null references partnerships (id),
    supplier_id uuid not null references suppliers (id),
    board_id uuid not null references boards (id),
    school_id uuid references schools (id),
    from_month text not null check (length(from_month) = 7),
    to_month text not null check (length(to_month) = 7),
    minutes bigint not null check (minutes > 0 and minutes % 15 = 0),
    reason text not null check (length(reason) between 1 and 500),
    party text not null check (party in ('supplier', 'board')),
    state text not null check (state in ('asked', 'agreed', 'refused', 'withdrawn')),
    asked_by uuid not null references people (id),
    asked_at timestamptz not null,
    closed_by uuid references people (id),
    closed_at timestamptz,
    closed_because text not null default '' check (length(closed_because) <= 500),
    idempotency_key text not null check (length(idempotency_key) between 1 and 200),
    check (from_month <> to_month),
    check ((state = 'asked') = (closed_at is null)),
    unique (partnership_id, idempotency_key)
);
create index deviations_by_board on deviations (partnership_id, board_id, asked_at);
create index deviations_by_supplier on deviations (partnership_id, supplier_id, asked_at);
