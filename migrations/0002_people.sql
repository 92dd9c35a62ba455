-- Somebody who can sign in. One address is one person in one partnership. No password means: invited, not yet in.
create table people (
    id uuid primary key,
    partnership_id uuid not null references partnerships (id),
    email text not null check (length(email) between 3 and 254),
    name text not null check (length(name) between 1 and 200),
    password_hash text,
    created_at timestamptz not null
);
create unique index people_by_email on people (lower(email));
create index people_by_partnership on people (partnership_id, name, id);

-- What a person is, and where it counts. `scope_id` is the school, board, specialist, supplier or district;
-- for roles of the whole partnership it is the partnership.
create table roles (
    person_id uuid not null references people (id),
    partnership_id uuid not null references partnerships (id),
    role text not null check (role in ('coordinator', 'head', 'board_contact', 'specialist', 'supplier_planner', 'counsellor',
        'district_team', 'registrar', 'administrator', 'auditor')),
    scope_kind text not null check (scope_kind in ('school', 'board', 'specialist', 'supplier', 'district', 'partnership')),
    scope_id uuid not null,
    primary key (person_id, role, scope_id)
);
create index roles_by_scope on roles (partnership_id, role, scope_id);

-- One-time links to set a password. Only the hash of the token is kept.
create table invitations (
    token_hash text primary key,
    person_id uuid not null references people (id),
    sent_at timestamptz not null,
    used_at timestamptz
);
create index invitations_by_person on invitations (person_id);

-- Web sessions. Only the SHA-256 of the session id is kept, so a copy of this table opens no door.
create table sessions (
    id_hash text primary key,
    person_id uuid,
    data text not null,
    expires_at timestamptz not null
);
create index sessions_by_expiry on sessions (expires_at);
create index sessions_by_person on sessions (person_id);

-- Failed sign-ins, per account and per address, for the throttle. `subject` is a hash.
create table sign_in_failures (
    id uuid primary key,
    subject text not null,
    failed_at timestamptz not null
);
create index sign_in_failures_by_subject on sign_in_failures (subject, failed_at);

-- Who signed in, whose role changed, who read a pupil-level text from outside the school. Append-only.
create table audit_log (
    id uuid primary key,
    partnership_id uuid not null references partnerships (id),
    person_id uuid,
    at timestamptz not null,
    what text not null,
    about_kind text not null default '',
    about_id uuid,
    school_id uuid
);
create index audit_log_by_time on audit_log (partnership_id, at, id);
create index audit_log_by_school on audit_log (school_id, at, id);
