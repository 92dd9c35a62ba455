-- What became of the hours of an account, beside its balance: the numbers of domain::hours::lines, so that a page adds up accounts and
-- never postings. Kept by the database itself, from postings; nothing else writes them. Read by every page and report of hours.
-- balance = allotted + received + released - used - set_aside - donated - expired - moved, where hours are somebody's to spend.
alter table accounts add column allotted bigint not null default 0;
alter table accounts add column received bigint not null default 0;
alter table accounts add column released bigint not null default 0;
alter table accounts add column used bigint not null default 0;
alter table accounts add column set_aside bigint not null default 0;
alter table accounts add column donated bigint not null default 0;
alter table accounts add column expired bigint not null default 0;
alter table accounts add column moved bigint not null default 0;
create index accounts_by_year on accounts (partnership_id, school_year, holder_kind, holder_id);

-- What one posting set aside for a booking, by whom it was paid: what still waits and what was worked. Minutes are worked in the order
-- in which they were set aside, and given back in the opposite order. Kept by the database itself, from postings.
create table booking_parts (
    booking_account uuid not null references accounts (id),
    seq bigint not null,
    payer_account uuid not null references accounts (id),
    open_minutes bigint not null check (open_minutes >= 0),
    used_minutes bigint not null default 0 check (used_minutes >= 0),
    primary key (booking_account, seq)
);
create index booking_parts_by_payer on booking_parts (payer_account, booking_account, seq);

-- Postings as their kind means them: a reversal is the posting it puts right, by minus its minutes.
create view movements as
select p.id, p.partnership_id, p.seq, coalesce(r.kind, p.kind) as kind,
    case when r.id is null then p.from_account else p.to_account end as from_account,
    case when r.id is null then p.to_account else p.from_account end as to_account,
    case when r.id is null then p.minutes else -p.minutes end as minutes
from postings p
left join postings r on r.id = p.reversal_of;

create index postings_by_kind on postings (partnership_id, kind, seq);
