-- Hours bought from a supplier for a school year, in minutes. Written by import and allotment.
create table contracts (
    id uuid primary key,
    partnership_id uuid not null references partnerships (id),
    supplier_id uuid not null references suppliers (id),
    school_year bigint not null check (school_year between 2000 and 2200),
    contract_minutes bigint not null check (contract_minutes >= 0 and contract_minutes % 15 = 0),
    reserve_minutes bigint not null check (reserve_minutes >= 0 and reserve_minutes % 15 = 0),
    check (reserve_minutes <= contract_minutes),
    unique (partnership_id, supplier_id, school_year)
);

-- How a year is divided over boards: hundredths of percents of pupils, fixed and decided whole percents.
create table board_shares (
    partnership_id uuid not null references partnerships (id),
    school_year bigint not null,
    board_id uuid not null references boards (id),
    position bigint not null,
    pupil_hundredths bigint not null check (pupil_hundredths >= 0),
    fixed_percent bigint check (fixed_percent between 0 and 100),
    decided_percent bigint check (decided_percent between 0 and 100),
    decided_because text not null default '' check (length(decided_because) <= 500),
    primary key (partnership_id, school_year, board_id),
    check (decided_percent is null or length(decided_because) > 0)
);

-- An account of the ledger: a holder's minutes in one bucket (supplier × month; month '' is the year).
-- `balance` is kept by the database itself, from postings; nothing else writes it. Only a contract may be below zero.
create table accounts (
    id uuid primary key,
    partnership_id uuid not null references partnerships (id),
    supplier_id uuid not null references suppliers (id),
    school_year bigint not null,
    month text not null check (length(month) in (0, 7)),
    holder_kind text not null check (holder_kind in ('contract', 'reserve', 'board', 'school', 'wijkpot', 'booking', 'used', 'expired')),
    holder_id uuid not null,
    balance bigint not null default 0,
    constraint accounts_never_negative check (balance >= 0 or holder_kind = 'contract'),
    unique (partnership_id, supplier_id, school_year, month, holder_kind, holder_id)
);
create index accounts_by_holder on accounts (partnership_id, holder_kind, holder_id, month);
create index accounts_by_month on accounts (partnership_id, month, holder_kind);

-- A movement of minutes between two accounts. Append-only; corrections are reversals. Each carries the hash of the one before.
create table postings (
    id uuid primary key,
    partnership_id uuid not null references partnerships (id),
    seq bigint not null check (seq > 0),
    from_account uuid not null references accounts (id),
    to_account uuid not null references accounts (id),
    minutes bigint not null check (minutes > 0 and minutes % 15 = 0),
    kind text not null,
    reason text not null check (length(reason) <= 500),
    posted_by uuid references people (id),
    posted_at timestamptz not null,
    about_kind text not null default '',
    about_id uuid,
    reversal_of uuid unique references postings (id),
    idempotency_key text not null check (length(idempotency_key) between 1 and 200),
    previous_hash text not null check (length(previous_hash) = 64),
    hash text not null check (length(hash) = 64),
    check (from_account <> to_account),
    unique (partnership_id, seq),
    unique (partnership_id, idempotency_key)
);
create index postings_from on postings (from_account, seq);
create index postings_to on postings (to_account, seq);
create index postings_about on postings (about_kind, about_id, seq);

-- The end of each partnership's chain, so that the next posting needs one read.
create table ledger_heads (
    partnership_id uuid primary key references partnerships (id),
    seq bigint not null,
    hash text not null
);
