-- PostgreSQL: a posting follows the last one of its partnership, and is the last one then. And most are posted alone: for one posting that
-- is of no booking and puts nothing right, a sum of many is a long way round.

-- What an account is of never changes: it is looked at when the account is made, and not whenever minutes move.
alter table accounts drop constraint accounts_holder_kind_check, drop constraint accounts_month_check;
create or replace function guard_accounts() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        if new.holder_kind not in ('contract', 'reserve', 'board', 'school', 'wijkpot', 'booking', 'used', 'expired') then
            raise exception 'nobody of this kind holds hours' using errcode = 'check_violation', constraint = 'accounts_holder_kind_check';
        end if;
        if length(new.month) not in (0, 7) then
            raise exception 'a month has seven characters' using errcode = 'check_violation', constraint = 'accounts_month_check';
        end if;
        if (new.balance, new.allotted, new.received, new.released, new.used, new.set_aside, new.donated, new.expired, new.moved)
            is distinct from (0::bigint, 0::bigint, 0::bigint, 0::bigint, 0::bigint, 0::bigint, 0::bigint, 0::bigint, 0::bigint) then
            raise exception 'an account starts empty';
        end if;
    elsif (new.id, new.partnership_id, new.supplier_id, new.school_year, new.month, new.holder_kind, new.holder_id)
        is distinct from (old.id, old.partnership_id, old.supplier_id, old.school_year, old.month, old.holder_kind, old.holder_id) then
        raise exception 'an account keeps its holder and bucket';
    elsif pg_trigger_depth() = 1 then
        raise exception 'only postings change a balance';
    end if;
    return new;
end $$;

-- What one side of a posting tells about its account: `leaves` where minutes go away.
create function told_by(kind text, leaves boolean, minutes bigint)
returns table (balance bigint, allotted bigint, received bigint, released bigint, donated bigint, expired bigint, moved bigint)
language sql immutable as $$
    select case when leaves then -minutes else minutes end,
        case
            when leaves and kind = 'reduction' then -minutes
            when not leaves and kind in ('contract_reserve', 'allotment', 'division') then minutes
            else 0
        end,
        case
            when leaves and kind = 'take_back' then -minutes
            when not leaves and kind in ('donation', 'draw') then minutes
            else 0
        end,
        case when not leaves and kind = 'reserve_release' then minutes else 0 end,
        case
            when leaves and kind in ('donation', 'draw') then minutes
            when not leaves and kind = 'take_back' then -minutes
            else 0
        end,
        case when leaves and kind = 'expiry' then minutes else 0 end,
        case
            when leaves and kind in ('contract_reserve', 'allotment', 'division', 'reserve_release', 'deviating_move') then minutes
            when not leaves and kind in ('deviating_move', 'reduction') then -minutes
            else 0
        end
$$;

-- Whether an account, as it is now, is left by postings that explain it. What is set aside is counted later where bookings are posted.
create function explains_itself(a accounts) returns boolean language sql immutable as $$
    select case
        when a.holder_kind in ('used', 'expired') then true
        when a.holder_kind = 'booking' then false
        else a.balance = a.allotted + a.received + a.released - a.used - a.set_aside - a.donated - a.expired - a.moved
    end
$$;

create function move_side(account uuid, partnership uuid, kind text, leaves boolean, minutes bigint) returns void language plpgsql as $$
declare
    is_explained boolean;
begin
    update accounts a
    set balance = a.balance + t.balance, allotted = a.allotted + t.allotted, received = a.received + t.received,
        released = a.released + t.released, donated = a.donated + t.donated, expired = a.expired + t.expired, moved = a.moved + t.moved
    from told_by(move_side.kind, move_side.leaves, move_side.minutes) t
    where a.id = move_side.account and a.partnership_id = move_side.partnership
    returning explains_itself(a) into is_explained;
    if not found then
        raise exception 'a posting stays within its partnership';
    end if;
    if not is_explained then
        raise exception 'a posting explains the balances it leaves';
    end if;
end $$;

-- The chain of a partnership goes on with these postings.
create function chain_on(partnership uuid, first_seq bigint, follows text, last_seq bigint, last_hash text)
returns void language plpgsql as $$
begin
    update ledger_heads set seq = last_seq, hash = last_hash
    where partnership_id = partnership and seq = first_seq - 1 and hash = follows;
    if not found then
        if first_seq <> 1 or follows <> repeat('0', 64) then
            raise exception 'a posting follows the one before it';
        end if;
        insert into ledger_heads (partnership_id, seq, hash) values (partnership, last_seq, last_hash);
    end if;
end $$;

create or replace function postings_move_minutes() returns trigger language plpgsql as $$
declare
    alone postings;
    done text;
    d record;
    m movements;
    was bigint;
    kind_of_holder text;
    is_explained boolean;
    has_reversals boolean;
    has_bookings boolean;
    count_of bigint := 0;
begin
    for alone in select * from posted limit 2 loop
        count_of := count_of + 1;
    end loop;
    if count_of = 0 then
        return null;
    elsif count_of = 1 then
        has_reversals := alone.reversal_of is not null;
        has_bookings := alone.kind in ('hold', 'return', 'use');
        done := chain_on(alone.partnership_id, alone.seq, alone.previous_hash, alone.seq, alone.hash);
        if not has_reversals and not has_bookings then
            done := move_side(alone.from_account, alone.partnership_id, alone.kind, true, alone.minutes);
            done := move_side(alone.to_account, alone.partnership_id, alone.kind, false, alone.minutes);
            return null;
        end if;
    else
        select bool_or(reversal_of is not null), bool_or(kind in ('hold', 'return', 'use')) from posted into has_reversals, has_bookings;
        for d in
            select partnership_id, min(seq) as first_seq, max(seq) as last_seq, (array_agg(previous_hash order by seq))[1] as follows,
                (array_agg(hash order by seq desc))[1] as last_hash, bool_and(is_next) as is_whole
            from (
                select partnership_id, seq, hash, previous_hash,
                    coalesce(seq = lag(seq) over chain + 1 and previous_hash = lag(hash) over chain, true) as is_next
                from posted
                window chain as (partition by partnership_id order by seq)
            ) c
            group by partnership_id
        loop
            if not d.is_whole then
                raise exception 'a posting follows the one before it';
            end if;
            done := chain_on(d.partnership_id, d.first_seq, d.follows, d.last_seq, d.last_hash);
        end loop;
    end if;

    if has_reversals then
        -- Each lookup is by one key: a plan made while the tables were small would else go through all of a partnership's.
        for d in select reversal_of from posted where reversal_of is not null loop
            if exists (select 1 from postings where id = d.reversal_of and kind in ('hold', 'return', 'use')) then
                raise exception 'what a booking holds moves with the booking';
            end if;
        end loop;
    end if;

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
        sides as (
            select partnership_id, seq, from_account as account, kind, true as leaves, minutes from meant
            union all
            select partnership_id, seq, to_account, kind, false, minutes from meant
        ),
        told as (
            select s.partnership_id, s.account, s.kind not in ('hold', 'return', 'use') as is_plain, t.*,
                sum(t.balance) over (partition by s.account order by s.seq) as running
            from sides s
            cross join lateral told_by(s.kind, s.leaves, s.minutes) t
        )
        select account, partnership_id, bool_or(is_plain) as is_plain,
            bool_or(is_plain and balance <> allotted + received + released - donated - expired - moved) as is_unexplained,
            cast(sum(balance) as bigint) as balance, cast(min(running) as bigint) as lowest,
            cast(sum(allotted) as bigint) as allotted, cast(sum(received) as bigint) as received, cast(sum(released) as bigint) as released,
            cast(sum(donated) as bigint) as donated, cast(sum(expired) as bigint) as expired, cast(sum(moved) as bigint) as moved
        from told
        group by account, partnership_id
    loop
        update accounts a
        set balance = balance + d.balance, allotted = allotted + d.allotted, received = received + d.received,
            released = released + d.released, donated = donated + d.donated, expired = expired + d.expired, moved = moved + d.moved
        where id = d.account and partnership_id = d.partnership_id
        returning balance - d.balance, holder_kind, has_bookings or explains_itself(a) into was, kind_of_holder, is_explained;
        if not found then
            raise exception 'a posting stays within its partnership';
        end if;
        -- Each posting by itself is one of the movements there are; two that are not would hide each other in the sum.
        if d.is_unexplained and kind_of_holder not in ('used', 'expired') or d.is_plain and kind_of_holder = 'booking' or not is_explained then
            raise exception 'a posting explains the balances it leaves';
        end if;
        -- The sum may be right while one posting of it took what was not there yet.
        if was + d.lowest < 0 and kind_of_holder <> 'contract' then
            raise exception 'an account stays above zero' using errcode = 'check_violation', constraint = 'accounts_never_negative';
        end if;
    end loop;
    if not has_bookings then
        return null;
    end if;

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
        if exists (select 1 from accounts a where a.id = d.account and a.holder_kind <> 'booking' and not explains_itself(a))
            or exists (
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

create function guard_ledger_heads() returns trigger language plpgsql as $$
begin
    if pg_trigger_depth() = 1 then
        raise exception 'only postings move the end of a chain';
    end if;
    return new;
end $$;
create trigger ledger_heads_guarded before insert or update on ledger_heads for each row execute function guard_ledger_heads();
create trigger ledger_heads_never_go before delete on ledger_heads for each row execute function refuse_change();
create trigger ledger_heads_never_truncated before truncate on ledger_heads execute function refuse_change();
