-- PostgreSQL: what is posted together is added up before it moves balances and sums. Posting by posting, each changed its accounts up to
-- four times, and an account that many postings of one statement touch (a contract's, when a year is divided) was written, and found
-- through all its former versions, once for each.
create or replace function postings_move_minutes() returns trigger language plpgsql as $$
declare
    d record;
    m movements;
    was bigint;
    kind_of_holder text;
begin
    -- Each lookup is by one key: a plan made while the tables were small would else go through all of a partnership's.
    for d in select reversal_of from posted where reversal_of is not null loop
        if exists (select 1 from postings where id = d.reversal_of and kind in ('hold', 'return', 'use')) then
            raise exception 'what a booking holds moves with the booking';
        end if;
    end loop;

    for d in
        with meant as (
            -- As `movements` has them: a reversal is the posting it puts right, by minus its minutes.
            select p.partnership_id, p.seq, coalesce(r.kind, p.kind) as kind,
                case when r.kind is null then p.from_account else p.to_account end as from_account,
                case when r.kind is null then p.to_account else p.from_account end as to_account,
                case when r.kind is null then p.minutes else -p.minutes end as minutes
            from posted p
            cross join lateral (
                select case when p.reversal_of is not null then (select o.kind from postings o where o.id = p.reversal_of) end as kind
            ) r
        ),
        legs as (
            select partnership_id, seq, from_account as account, kind, true as leaves, minutes from meant
            union all
            select partnership_id, seq, to_account, kind, false, minutes from meant
        ),
        told as (
            select partnership_id, account, kind not in ('hold', 'return', 'use') as is_plain,
                case when leaves then -minutes else minutes end as balance,
                sum(case when leaves then -minutes else minutes end) over (partition by account order by seq) as running,
                case
                    when leaves and kind = 'reduction' then -minutes
                    when not leaves and kind in ('contract_reserve', 'allotment', 'division') then minutes
                    else 0
                end as allotted,
                case
                    when leaves and kind = 'take_back' then -minutes
                    when not leaves and kind in ('donation', 'draw') then minutes
                    else 0
                end as received,
                case when not leaves and kind = 'reserve_release' then minutes else 0 end as released,
                case
                    when leaves and kind in ('donation', 'draw') then minutes
                    when not leaves and kind = 'take_back' then -minutes
                    else 0
                end as donated,
                case when leaves and kind = 'expiry' then minutes else 0 end as expired,
                case
                    when leaves and kind in ('contract_reserve', 'allotment', 'division', 'reserve_release', 'deviating_move') then minutes
                    when not leaves and kind in ('deviating_move', 'reduction') then -minutes
                    else 0
                end as moved
            from legs
        )
        select account, partnership_id, bool_or(is_plain) as is_plain,
            bool_or(is_plain and balance <> allotted + received + released - donated - expired - moved) as is_unexplained,
            cast(sum(balance) as bigint) as balance, cast(min(running) as bigint) as lowest,
            cast(sum(allotted) as bigint) as allotted, cast(sum(received) as bigint) as received, cast(sum(released) as bigint) as released,
            cast(sum(donated) as bigint) as donated, cast(sum(expired) as bigint) as expired, cast(sum(moved) as bigint) as moved
        from told
        group by account, partnership_id
    loop
        update accounts
        set balance = balance + d.balance, allotted = allotted + d.allotted, received = received + d.received,
            released = released + d.released, donated = donated + d.donated, expired = expired + d.expired, moved = moved + d.moved
        where id = d.account and partnership_id = d.partnership_id
        returning balance - d.balance, holder_kind into was, kind_of_holder;
        if not found then
            raise exception 'a posting stays within its partnership';
        end if;
        -- Each posting by itself is one of the movements there are; two that are not would hide each other in the sum.
        if d.is_unexplained and kind_of_holder not in ('used', 'expired') or d.is_plain and kind_of_holder = 'booking' then
            raise exception 'a posting explains the balances it leaves';
        end if;
        -- The sum may be right while one posting of it took what was not there yet.
        if was + d.lowest < 0 and kind_of_holder <> 'contract' then
            raise exception 'an account stays above zero' using errcode = 'check_violation', constraint = 'accounts_never_negative';
        end if;
    end loop;

    for m in
        select id, partnership_id, seq, kind, from_account, to_account, minutes
        from posted
        where kind in ('hold', 'return', 'use')
        order by seq
    loop
        if not exists (
            select 1
            from accounts
            where id = case when m.kind = 'hold' then m.to_account else m.from_account end and holder_kind = 'booking'
        ) then
            raise exception 'a posting explains the balances it leaves';
        end if;
        perform count_movement(m);
    end loop;

    for d in select from_account as account from posted union select to_account from posted loop
        if exists (
            select 1
            from accounts
            where id = d.account and holder_kind not in ('booking', 'used', 'expired')
                and balance <> allotted + received + released - used - set_aside - donated - expired - moved
        ) or exists (
            select 1
            from accounts a
            where a.id = d.account and a.holder_kind = 'booking'
                and a.balance <> (select coalesce(sum(b.open_minutes), 0) from booking_parts b where b.booking_account = a.id)
        ) then
            raise exception 'a posting explains the balances it leaves';
        end if;
    end loop;
    return null;
end $$;

drop trigger postings_move_minutes on postings;
create trigger postings_move_minutes after insert on postings
    referencing new table as posted for each statement execute function postings_move_minutes();

-- A balance that moves stays on its page, and the indices as they are.
alter table accounts set (fillfactor = 70);
