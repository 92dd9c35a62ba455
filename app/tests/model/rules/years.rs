//! Dividing a year over boards, and a board's hours over its schools; and undoing either.
//!
//! Always true here: only the last division that stands can be undone, as a whole.

use super::{Model, Run, Thing, check_key, ledger::Posting, same};
use crate::model::{
    cast::{BOARDS, PUPILS, SCHOOLS, SUPPLIERS, YEARS, board_of},
    op::{Answer, Name, No, Op, Outcome, board_name, key, no, reason, school_name},
};
use domain::{
    Minutes, SchoolId, SupplierId,
    hours::{
        AboutKind, AccountKey, BoardInput, Bucket, Claim, Given, Goal, Holder, HolderKind, Inputs, Mandate, Month, PostingKind,
        SchoolPupils, Standing, Way, by_pupils, keep, read_reason, recount, redivide,
    },
    time,
};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// The model's own id of a division.
fn about(kind: AboutKind, name: Name) -> (AboutKind, Uuid) {
    (kind, Uuid::from_u128(10 << 64 | u128::from(name)))
}

impl Model {
    pub fn divide_year(&mut self, op: &Op, name: Name) -> Outcome {
        match op {
            Op::Allot { year, count, key: number, .. } => self.allot(*year, &count.inputs(&self.cast), &key(*number), name),
            Op::UndoAllotment { allotment, reason: given, .. } => self.undo_allotment(*allotment, reason(*given)),
            Op::Divide { year, board, parts, key: number, .. } => self.divide(*year, *board, parts.way(&self.cast), &key(*number), name),
            Op::UndoDivision { division, reason: given, .. } => self.undo_division(*division, reason(*given)),
            _ => unreachable!("not about a year"),
        }
    }

    fn allot(&mut self, year: usize, inputs: &Inputs, key: &str, name: Name) -> Outcome {
        check_key(key)?;
        if let Some(before) = self.before(Thing::Allotment, key) {
            let run = &self.allotments[&before];
            return same(run.year == year && run.said.0 == *inputs, "idempotency_conflict", Answer::Made(before));
        }
        let plan = inputs.plan()?;
        let standing = self.standing(year, |holder| matches!(holder.kind, HolderKind::Board | HolderKind::Reserve));
        let again = standing.values().any(|given| given.minutes != Minutes::ZERO);
        let last = *YEARS[year].calendar().last().expect("a year has months");
        if again && last.has_ended(time::local_date(self.now)) {
            return no("year_over");
        }
        let mut goals = plan.goals(YEARS[year], &inputs.contracts);
        goals.extend(self.left_out(inputs, &standing));
        let changes = recount(YEARS[year], &goals, &standing, again.then(|| Month::at(self.now)))?;
        if changes.is_empty() {
            return no("nothing_changes");
        }
        let (about_kind, id) = about(AboutKind::Allotment, name);
        let posting = |(account, minutes): &(AccountKey, Minutes)| {
            let contract = AccountKey::new(account.bucket, Holder::contract(account.bucket.supplier));
            let kind = if account.holder.kind == HolderKind::Reserve { PostingKind::ContractReserve } else { PostingKind::Allotment };
            let moved = if *minutes > Minutes::ZERO {
                Posting::new(kind, contract, *account, *minutes)
            } else {
                Posting::new(PostingKind::Reduction, *account, contract, -*minutes)
            };
            moved.about(about_kind, id)
        };
        let before = self.inputs(year);
        self.ledger.post(changes.iter().map(posting).collect())?;
        self.put_inputs(year, inputs, plan.claims);
        self.allotments.insert(name, Run { year, said: (inputs.clone(), before), undone: false });
        self.keep(Thing::Allotment, key, name)
    }

    /// Boards that have hours of these contracts and are not named any more are to have none.
    fn left_out(&self, inputs: &Inputs, standing: &Standing) -> Vec<Goal> {
        let mut goals = Vec::new();
        for contract in &inputs.contracts {
            for board in (0..BOARDS).filter(|board| inputs.boards.iter().all(|named| named.board != self.cast.boards[*board])) {
                let (holder, supplier) = (Holder::board(self.cast.boards[board]), contract.supplier);
                let has = standing.iter().any(|(account, given)| {
                    account.holder == holder && account.bucket.supplier == supplier && given.minutes > Minutes::ZERO
                });
                if has {
                    let (name, supplier_name) = (board_name(board), contract.name.clone());
                    goals.push(Goal { supplier, supplier_name, holder, name, minutes: Minutes::ZERO, months: Vec::new() });
                }
            }
        }
        goals
    }

    /// What a year is divided by now.
    pub fn inputs(&self, year: usize) -> Inputs {
        let contracts = (0..SUPPLIERS).filter_map(|supplier| self.contracts.get(&(year, supplier)).cloned());
        Inputs::of_claims(contracts.collect(), self.claims.get(&year).cloned().unwrap_or_default())
    }

    fn put_inputs(&mut self, year: usize, inputs: &Inputs, claims: Vec<Claim>) {
        for contract in &inputs.contracts {
            let supplier = self.cast.suppliers.iter().position(|id| *id == contract.supplier).expect("a supplier");
            self.contracts.insert((year, supplier), contract.clone());
        }
        self.claims.insert(year, claims);
    }

    /// What these holders were given in a year and have left of it.
    fn standing(&self, year: usize, of: impl Fn(&Holder) -> bool) -> Standing {
        let accounts = self.ledger.balances.iter().filter(|(account, _)| account.bucket.school_year == YEARS[year] && of(&account.holder));
        let given = |account: &AccountKey| self.ledger.given.get(account).copied().unwrap_or_default();
        accounts.map(|(account, idle)| (*account, Given { minutes: given(account), idle: *idle })).collect()
    }

    fn divide(&mut self, year: usize, board: usize, way: Way, key: &str, name: Name) -> Outcome {
        check_key(key)?;
        if let Some(before) = self.before(Thing::Division, key) {
            let run = &self.divisions[&before];
            return same(run.year == year && run.said == (board, way), "idempotency_conflict", Answer::Made(before));
        }
        let schools: Vec<usize> = (0..SCHOOLS).filter(|school| board_of(*school) == Some(board)).collect();
        let ids: Vec<_> = schools.iter().map(|school| self.cast.schools[*school]).collect();
        let all_known = match &way {
            Way::Pupils => true,
            Way::Hand(parts) => parts.iter().all(|part| ids.contains(&part.school)),
            Way::Kept(mandates) => mandates.iter().all(|(school, _)| ids.contains(school)),
        };
        if !all_known {
            return no("not_found");
        }
        let postings = self.division(year, board, &schools, &way, name)?;
        let mandates = match &way {
            Way::Kept(mandates) => Some(mandates.clone()).filter(|new| decided(self, board).as_ref() != Some(new)),
            _ => None,
        };
        if postings.is_empty() && mandates.is_none() {
            return no("nothing_changes");
        }
        self.ledger.post(postings)?;
        if let Some(mandates) = mandates {
            self.mandates.insert(board, mandates);
        }
        self.divisions.insert(name, Run { year, said: (board, way), undone: false });
        self.keep(Thing::Division, key, name)
    }

    fn division(&self, year: usize, board: usize, schools: &[usize], way: &Way, name: Name) -> Result<Vec<Posting>, No> {
        let board = Holder::board(self.cast.boards[board]);
        let holders: Vec<Holder> = schools.iter().map(|school| Holder::school(self.cast.schools[*school])).collect();
        let standing = self.standing(year, |holder| *holder == board || holders.contains(holder));
        let divided = standing.iter().any(|(account, given)| account.holder.kind == HolderKind::School && given.minutes > Minutes::ZERO);
        let months: Vec<Month> = YEARS[year].calendar().into_iter().filter(|month| !divided || *month >= Month::at(self.now)).collect();
        let suppliers: BTreeSet<SupplierId> = standing.keys().map(|account| account.bucket.supplier).collect();
        let (about_kind, id) = about(AboutKind::Division, name);
        let (mut back, mut out) = (Vec::new(), Vec::new());
        for supplier in suppliers {
            let of = |holder: Holder| -> Vec<Given> {
                let account = |month: &Month| AccountKey::new(Bucket::of_month(supplier, *month), holder);
                months.iter().map(|month| standing.get(&account(month)).copied().unwrap_or_default()).collect()
            };
            let given: Vec<Vec<Given>> = holders.iter().map(|holder| of(*holder)).collect();
            let idle: Vec<Minutes> = of(board).iter().map(|given| given.idle).collect();
            let changes = changes(schools, way, supplier, &self.cast.schools, &given, &idle)?;
            for (holder, changes) in holders.iter().zip(changes) {
                for (month, minutes) in months.iter().zip(changes).filter(|(_, minutes)| *minutes != Minutes::ZERO) {
                    let bucket = Bucket::of_month(supplier, *month);
                    let (above, below) = (AccountKey::new(bucket, board), AccountKey::new(bucket, *holder));
                    if minutes > Minutes::ZERO {
                        out.push(Posting::new(PostingKind::Division, above, below, minutes).about(about_kind, id));
                    } else {
                        back.push(Posting::new(PostingKind::Reduction, below, above, -minutes).about(about_kind, id));
                    }
                }
            }
        }
        back.extend(out);
        Ok(back)
    }

    fn undo_allotment(&mut self, allotment: Name, because: &str) -> Outcome {
        let Some(run) = self.allotments.get(&allotment).cloned() else { return Ok(Answer::NotThere) };
        read_reason(because)?;
        if run.undone {
            return Ok(Answer::Done);
        }
        if self.allotments.iter().any(|(name, other)| *name > allotment && other.year == run.year && !other.undone) {
            return no("not_the_last");
        }
        let before = run.said.1;
        self.mirror(AboutKind::Allotment, allotment)?;
        // Before the first there was nothing: then the contracts stay, and wait for their hours.
        if !before.boards.is_empty() {
            self.put_inputs(run.year, &before, claims(&before));
        }
        self.allotments.get_mut(&allotment).expect("it is there").undone = true;
        Ok(Answer::Done)
    }

    fn undo_division(&mut self, division: Name, because: &str) -> Outcome {
        let Some(run) = self.divisions.get(&division).cloned() else { return Ok(Answer::NotThere) };
        read_reason(because)?;
        if run.undone {
            return Ok(Answer::Done);
        }
        let later = |(name, other): (&Name, &Run<(usize, Way)>)| {
            *name > division && other.year == run.year && other.said.0 == run.said.0 && !other.undone
        };
        if self.divisions.iter().any(later) {
            return no("not_the_last");
        }
        self.mirror(AboutKind::Division, division)?;
        self.divisions.get_mut(&division).expect("it is there").undone = true;
        Ok(Answer::Done)
    }

    /// Posts the mirror of everything a division posted that still stands, the last first.
    fn mirror(&mut self, kind: AboutKind, name: Name) -> Result<(), No> {
        let wanted = Some(about(kind, name));
        let stands = |(place, posting): &(usize, &Posting)| {
            posting.about == wanted && posting.reverses.is_none() && !self.ledger.reversed.contains_key(place)
        };
        let all: Vec<(usize, Posting)> =
            self.ledger.journal.iter().enumerate().filter(stands).map(|(place, posting)| (place, posting.clone())).collect();
        let mut net: BTreeMap<AccountKey, Minutes> = BTreeMap::new();
        for (_, posting) in &all {
            *net.entry(posting.to).or_default() -= posting.minutes;
            *net.entry(posting.from).or_default() += posting.minutes;
        }
        let receives = |posting: &Posting| {
            posting.from.holder.kind != HolderKind::Contract
                && posting.from.bucket.month.is_some_and(|month| month.has_ended(time::local_date(self.now)))
        };
        if all.iter().any(|(_, posting)| receives(posting)) {
            return no("undo_too_late");
        }
        let gone = |(account, change): (&AccountKey, &Minutes)| {
            account.holder.kind != HolderKind::Contract && self.ledger.of(account) + *change < Minutes::ZERO
        };
        if net.iter().any(gone) {
            return no("hours_gone");
        }
        let mirrors = all.into_iter().rev().map(|(place, posting)| Posting {
            reverses: Some(place),
            ..Posting { kind: PostingKind::Reversal, from: posting.to, to: posting.from, ..posting }
        });
        let mirrors = mirrors.collect();
        self.ledger.post(mirrors)
    }
}

/// What was claimed, as the tables kept it: a weight without its basis.
fn claims(inputs: &Inputs) -> Vec<Claim> {
    let claim = |row: &BoardInput| Claim {
        board: row.board,
        name: row.name.clone(),
        weight: row.facts.pupils.max(row.facts.free),
        fixed_percent: row.fixed_percent,
        decided: row.decided.clone(),
    };
    inputs.boards.iter().map(claim).collect()
}

/// What each school gets or gives back of a supplier's hours, month by month.
fn changes(
    schools: &[usize],
    way: &Way,
    supplier: SupplierId,
    ids: &[domain::SchoolId],
    given: &[Vec<Given>],
    idle: &[Minutes],
) -> Result<Vec<Vec<Minutes>>, No> {
    let has: Vec<Minutes> = given.iter().map(|months| months.iter().map(|given| given.minutes).sum()).collect();
    let wanted: Vec<Minutes> = match way {
        Way::Kept(_) => return Ok(keep(given)),
        Way::Pupils => {
            let rows: Vec<SchoolPupils> =
                schools.iter().map(|school| SchoolPupils { school: ids[*school], pupils: PUPILS[*school] }).collect();
            by_pupils(idle.iter().chain(&has).copied().sum(), &rows)?
        }
        Way::Hand(parts) => {
            let part = |school: &usize| parts.iter().find(|part| part.school == ids[*school] && part.supplier == supplier);
            schools.iter().zip(&has).map(|(school, has)| part(school).map_or(*has, |part| part.minutes)).collect()
        }
    };
    let names: Vec<String> = schools.iter().map(|school| school_name(*school)).collect();
    Ok(redivide(&names.iter().map(String::as_str).collect::<Vec<_>>(), &wanted, given, idle)?)
}

/// The mandates a board gave, once it decided: by giving any, or by keeping its hours in a division that stands.
fn decided(model: &Model, board: usize) -> Option<Vec<(SchoolId, Mandate)>> {
    let keeps = |run: &Run<(usize, Way)>| !run.undone && run.said.0 == board && matches!(run.said.1, Way::Kept(_));
    let given = model.mandates.get(&board).cloned().unwrap_or_default();
    (!given.is_empty() || model.divisions.values().any(keeps)).then_some(given)
}

/// What a school may take from its board's hours: as its board decided, or while it did not, as the policy says.
pub fn mandate(model: &Model, school: usize) -> Option<Mandate> {
    match decided(model, board_of(school)?) {
        Some(mandates) => mandates.iter().find(|(id, _)| *id == model.cast.schools[school]).map(|(_, mandate)| *mandate),
        None => model.policy.board_mandate.then_some(Mandate { cap: None }),
    }
}
