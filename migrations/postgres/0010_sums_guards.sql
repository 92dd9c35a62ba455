-- PostgreSQL: postings keep the sums of accounts, through what they mean.
create function count_movement(m movements) returns void language plpgsql as $$
begin
    if m.kind = 'hold' then
        insert into booking_parts (booking_account, seq, payer_account, open_minutes) values (m.to_account, m.seq, m.from_account, m.minutes);
    elsif m.kind = 'use' then
        update booking_parts
        set open_minutes = booking_parts.open_minutes - t.taken, used_minutes = used_minutes + t.taken
        from (
            select b.seq,
                greatest(0, least(b.open_minutes, m.minutes - (sum(b.open_minutes) over (order by b.seq) - b.open_minutes))) as taken
            from booking_parts b
            where b.booking_account = m.from_account
        ) t
        where booking_parts.booking_account = m.from_account and booking_parts.seq = t.seq;
    elsif m.kind = 'return' then
        -- What perishes of a booking is told to whose hours they were: their id is the holder of what expired.
        update accounts
        set expired = expired + m.minutes
        where id in (
            select b.payer_account
            from booking_parts b
            join accounts y on y.id = b.payer_account
            join accounts x on x.id = m.to_account and x.holder_kind = 'expired' and x.holder_id = y.holder_id
            where b.booking_account = m.from_account
        );
        update booking_parts
        set open_minutes = booking_parts.open_minutes - t.taken
        from (
            select b.seq,
                greatest(0, least(b.open_minutes, m.minutes - (sum(b.open_minutes) over (order by b.seq desc) - b.open_minutes))) as taken
            from booking_parts b
            join accounts y on y.id = b.payer_account
            join accounts x on x.id = m.to_account and x.holder_id = y.holder_id
            where b.booking_account = m.from_account
        ) t
        where booking_parts.booking_account = m.from_account and booking_parts.seq = t.seq;
    else
        update accounts
        set allotted = allotted - case when m.kind = 'reduction' then m.minutes else 0 end,
            donated = donated + case when m.kind in ('donation', 'draw') then m.minutes else 0 end,
            received = received - case when m.kind = 'take_back' then m.minutes else 0 end,
            expired = expired + case when m.kind = 'expiry' then m.minutes else 0 end,
            moved = moved + case
                when m.kind in ('contract_reserve', 'allotment', 'division', 'reserve_release', 'deviating_move') then m.minutes else 0 end
        where id = m.from_account;
        if m.kind <> 'expiry' then
            update accounts
            set allotted = allotted + case when m.kind in ('contract_reserve', 'allotment', 'division') then m.minutes else 0 end,
                received = received + case when m.kind in ('donation', 'draw') then m.minutes else 0 end,
                released = released + case when m.kind = 'reserve_release' then m.minutes else 0 end,
                donated = donated - case when m.kind = 'take_back' then m.minutes else 0 end,
                moved = moved - case when m.kind in ('deviating_move', 'reduction') then m.minutes else 0 end
            where id = m.to_account;
        end if;
    end if;
end $$;

create function booking_parts_count() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        update accounts set set_aside = set_aside + new.open_minutes where id = new.payer_account;
    else
        update accounts
        set set_aside = set_aside + new.open_minutes - old.open_minutes, used = used + new.used_minutes - old.used_minutes
        where id = new.payer_account;
    end if;
    return null;
end $$;
create trigger booking_parts_count after insert or update on booking_parts for each row execute function booking_parts_count();

-- What was posted before there were sums.
alter table accounts disable trigger accounts_guarded;
do $$
declare
    m movements;
begin
    for m in select * from movements order by partnership_id, seq loop
        perform count_movement(m);
    end loop;
end $$;
alter table accounts enable trigger accounts_guarded;

create function guard_booking_parts() returns trigger language plpgsql as $$
begin
    if pg_trigger_depth() = 1 then
        raise exception 'only postings change what is set aside';
    end if;
    return new;
end $$;
create trigger booking_parts_guarded before insert or update on booking_parts for each row execute function guard_booking_parts();
create trigger booking_parts_never_go before delete on booking_parts for each row execute function refuse_change();
create trigger booking_parts_never_truncated before truncate on booking_parts execute function refuse_change();

create or replace function guard_accounts() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
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

create or replace function postings_move_minutes() returns trigger language plpgsql as $$
declare
    m movements;
begin
    -- One account at a time, by its key alone: a plan made while the tables were small would else go through all of a partnership's.
    if new.partnership_id is distinct from (select partnership_id from accounts where id = new.from_account)
        or new.partnership_id is distinct from (select partnership_id from accounts where id = new.to_account) then
        raise exception 'a posting stays within its partnership';
    end if;
    if exists (select 1 from postings where id = new.reversal_of and kind in ('hold', 'return', 'use')) then
        raise exception 'what a booking holds moves with the booking';
    end if;
    update accounts set balance = balance - new.minutes where id = new.from_account;
    update accounts set balance = balance + new.minutes where id = new.to_account;
    select * into m from movements where id = new.id;
    perform count_movement(m);
    if exists (
        select 1
        from accounts
        where id in (new.from_account, new.to_account) and holder_kind not in ('booking', 'used', 'expired')
            and balance <> allotted + received + released - used - set_aside - donated - expired - moved
    ) or exists (
        select 1
        from accounts a
        where a.id in (new.from_account, new.to_account) and a.holder_kind = 'booking'
            and a.balance <> (select coalesce(sum(b.open_minutes), 0) from booking_parts b where b.booking_account = a.id)
    ) then
        raise exception 'a posting explains the balances it leaves';
    end if;
    return null;
end $$;
