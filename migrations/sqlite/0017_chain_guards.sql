-- SQLite: a posting follows the last one of its partnership, and is the last one then.
create trigger postings_follow before insert on postings
when not exists (select 1 from ledger_heads where partnership_id = new.partnership_id and seq = new.seq - 1 and hash = new.previous_hash)
    and not (
        new.seq = 1 and new.previous_hash = printf('%064d', 0)
        and not exists (select 1 from ledger_heads where partnership_id = new.partnership_id)
    )
begin
    select raise(abort, 'a posting follows the one before it');
end;

create trigger postings_move_heads after insert on postings
begin
    insert into ledger_heads (partnership_id, seq, hash) values (new.partnership_id, new.seq, new.hash)
    on conflict (partnership_id) do update set seq = excluded.seq, hash = excluded.hash;
end;

create trigger ledger_heads_begin_with_a_posting before insert on ledger_heads
when not exists (select 1 from postings where partnership_id = new.partnership_id and seq = new.seq and hash = new.hash)
begin
    select raise(abort, 'only postings move the end of a chain');
end;

create trigger ledger_heads_move_with_a_posting before update on ledger_heads
when new.partnership_id <> old.partnership_id or new.seq <= old.seq
    or not exists (select 1 from postings where partnership_id = new.partnership_id and seq = new.seq and hash = new.hash)
begin
    select raise(abort, 'only postings move the end of a chain');
end;

create trigger ledger_heads_never_go before delete on ledger_heads
begin
    select raise(abort, 'the end of a chain is never deleted');
end;
