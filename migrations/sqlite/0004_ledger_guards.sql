-- SQLite: postings keep the balances, and nobody changes or removes a posting.
create trigger postings_move_minutes after insert on postings
begin
    update accounts set balance = balance - new.minutes where id = new.from_account;
    update accounts set balance = balance + new.minutes where id = new.to_account;
end;

create trigger postings_within_partnership before insert on postings
when (select count(*) from accounts where id in (new.from_account, new.to_account) and partnership_id = new.partnership_id) <> 2
begin
    select raise(abort, 'a posting stays within its partnership');
end;

create trigger postings_never_change before update on postings
begin
    select raise(abort, 'postings are never changed');
end;

create trigger postings_never_go before delete on postings
begin
    select raise(abort, 'postings are never deleted');
end;

create trigger accounts_never_go before delete on accounts
begin
    select raise(abort, 'accounts are never deleted');
end;

create trigger accounts_keep_their_name before update of id, partnership_id, supplier_id, school_year, month, holder_kind, holder_id on accounts
begin
    select raise(abort, 'an account keeps its holder and bucket');
end;

create trigger accounts_start_empty before insert on accounts
when new.balance <> 0
begin
    select raise(abort, 'an account starts empty');
end;

create trigger audit_log_never_changes before update on audit_log
begin
    select raise(abort, 'the audit log is never changed');
end;
