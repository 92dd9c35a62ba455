-- SQLite: postings keep the sums of accounts, through what they mean. A row that is inserted into `movements` is counted, not kept.
create trigger movements_count instead of insert on movements
begin
    update accounts
    set allotted = allotted - case when new.kind = 'reduction' then new.minutes else 0 end,
        donated = donated + case when new.kind in ('donation', 'draw') then new.minutes else 0 end,
        received = received - case when new.kind = 'take_back' then new.minutes else 0 end,
        expired = expired + case when new.kind = 'expiry' then new.minutes else 0 end,
        moved = moved + case
            when new.kind in ('contract_reserve', 'allotment', 'division', 'reserve_release', 'deviating_move') then new.minutes else 0 end
    where id = new.from_account and new.kind not in ('hold', 'return', 'use');

    update accounts
    set allotted = allotted + case when new.kind in ('contract_reserve', 'allotment', 'division') then new.minutes else 0 end,
        received = received + case when new.kind in ('donation', 'draw') then new.minutes else 0 end,
        released = released + case when new.kind = 'reserve_release' then new.minutes else 0 end,
        donated = donated - case when new.kind = 'take_back' then new.minutes else 0 end,
        moved = moved - case when new.kind in ('deviating_move', 'reduction') then new.minutes else 0 end
    where id = new.to_account and new.kind not in ('hold', 'return', 'use', 'expiry');

    insert into booking_parts (booking_account, seq, payer_account, open_minutes)
    select new.to_account, new.seq, new.from_account, new.minutes
    where new.kind = 'hold';

    -- What perishes of a booking is told to whose hours they were: their id is the holder of what expired.
    update accounts
    set expired = expired + new.minutes
    where new.kind = 'return' and id in (
        select b.payer_account
        from booking_parts b
        join accounts y on y.id = b.payer_account
        join accounts x on x.id = new.to_account and x.holder_kind = 'expired' and x.holder_id = y.holder_id
        where b.booking_account = new.from_account
    );

    update booking_parts
    set open_minutes = booking_parts.open_minutes - t.taken
    from (
        select b.seq,
            max(0, min(b.open_minutes, new.minutes - (sum(b.open_minutes) over (order by b.seq desc) - b.open_minutes))) as taken
        from booking_parts b
        join accounts y on y.id = b.payer_account
        join accounts x on x.id = new.to_account and x.holder_id = y.holder_id
        where b.booking_account = new.from_account and new.kind = 'return'
    ) t
    where booking_parts.booking_account = new.from_account and booking_parts.seq = t.seq;

    update booking_parts
    set open_minutes = booking_parts.open_minutes - t.taken, used_minutes = used_minutes + t.taken
    from (
        select b.seq, max(0, min(b.open_minutes, new.minutes - (sum(b.open_minutes) over (order by b.seq) - b.open_minutes))) as taken
        from booking_parts b
        where b.booking_account = new.from_account and new.kind = 'use'
    ) t
    where booking_parts.booking_account = new.from_account and booking_parts.seq = t.seq;
end;

create trigger booking_parts_set_aside after insert on booking_parts
begin
    update accounts set set_aside = set_aside + new.open_minutes where id = new.payer_account;
end;

create trigger booking_parts_move_on after update on booking_parts
begin
    update accounts
    set set_aside = set_aside + new.open_minutes - old.open_minutes, used = used + new.used_minutes - old.used_minutes
    where id = new.payer_account;
end;

-- What was posted before there were sums.
insert into movements (id, partnership_id, seq, kind, from_account, to_account, minutes)
select id, partnership_id, seq, kind, from_account, to_account, minutes
from movements
order by partnership_id, seq;

create trigger booking_parts_never_go before delete on booking_parts
begin
    select raise(abort, 'what was set aside is never deleted');
end;

create trigger accounts_start_without_sums before insert on accounts
when new.allotted <> 0 or new.received <> 0 or new.released <> 0 or new.used <> 0 or new.set_aside <> 0 or new.donated <> 0
    or new.expired <> 0 or new.moved <> 0
begin
    select raise(abort, 'an account starts empty');
end;

create trigger postings_of_bookings_stay before insert on postings
when exists (select 1 from postings where id = new.reversal_of and kind in ('hold', 'return', 'use'))
begin
    select raise(abort, 'what a booking holds moves with the booking');
end;

drop trigger postings_move_minutes;
create trigger postings_move_minutes after insert on postings
begin
    update accounts set balance = balance - new.minutes where id = new.from_account;
    update accounts set balance = balance + new.minutes where id = new.to_account;
    insert into movements (id, partnership_id, seq, kind, from_account, to_account, minutes)
    select id, partnership_id, seq, kind, from_account, to_account, minutes
    from movements
    where id = new.id;
    select raise(abort, 'a posting explains the balances it leaves')
    where exists (
        select 1
        from accounts
        where id in (new.from_account, new.to_account) and holder_kind not in ('booking', 'used', 'expired')
            and balance <> allotted + received + released - used - set_aside - donated - expired - moved
    ) or exists (
        select 1
        from accounts a
        where a.id in (new.from_account, new.to_account) and a.holder_kind = 'booking'
            and a.balance <> (select coalesce(sum(b.open_minutes), 0) from booking_parts b where b.booking_account = a.id)
    );
end;
