//! Asking a pot or a reserve for hours, and what is decided about it.
//!
//! Always true here: whoever needs it most goes first, nobody is overtaken, and nobody who has hours of their own gets any.

use super::{Asked, Model, Request, Thing, check_key, ledger::Posting, same, years::mandate};
use crate::model::{
    cast::{CITY, PUPILS, SCHOOLS, board_of, coordinators_of, month, pot_of},
    op::{Answer, Name, No, Op, Outcome, key, no, reason, school_name, supplier_name},
};
use domain::{
    DrawId, Minutes, WijkpotId,
    bookings::check_reason,
    hours::{
        AboutKind, AccountKey, Bucket, Holder, Month, PostingKind,
        sources::{PayRules, SourceKind, Sources, Stock},
    },
    policy::DrawDecision,
    wijkpot::{
        Approved, Decider, Draw, DrawState, DrawStock, Need, Ranked, ReserveWish, Tally, Vote, Voter, check_release, check_vote, decider,
        must_be_teams, must_run, payable, rank, tally,
    },
};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

fn draw_id(name: Name) -> DrawId {
    Uuid::from_u128(13 << 64 | u128::from(name)).into()
}

fn name_of(id: DrawId) -> Name {
    Name::try_from(id.0.as_u128() & u128::from(Name::MAX)).expect("an id of ours")
}

impl Model {
    pub fn ask_pot(&mut self, op: &Op, name: Name) -> Outcome {
        match op {
            Op::AskDraw { school, supplier, month: of, minutes, urgency, booking, key: number, by } => {
                let asked = Asked {
                    school: *school,
                    supplier: *supplier,
                    month: month(*of),
                    minutes: Minutes(*minutes),
                    urgency: *urgency,
                    booking: *booking,
                    by: *by,
                    since: self.now,
                    state: DrawState::Asked,
                    granted: None,
                    votes: Vec::new(),
                };
                self.ask_draw(asked, &key(*number), name)
            }
            Op::Decide { draw, minutes, .. } => self.decide(*draw, Minutes(*minutes)),
            Op::RefuseDraw { draw, reason: given, .. } => self.refuse_draw(*draw, reason(*given)),
            Op::Vote { draw, school, agrees, by } => self.vote(*draw, *school, *agrees, *by),
            Op::WithdrawDraw { draw, .. } => self.end_draw(*draw, DrawState::Withdrawn),
            Op::AskReserve { school, supplier, month: of, minutes, reason: given, key: number, .. } => {
                let (month, minutes) = (month(*of), Minutes(*minutes));
                let request = Request { school: *school, supplier: *supplier, month, minutes, state: DrawState::Asked };
                self.ask_reserve(request, reason(*given), &key(*number), name)
            }
            Op::Release { request, .. } => self.release(*request),
            Op::RefuseReserve { request, reason: given, .. } => self.end_request(*request, |state| {
                state.refuse(reason(*given))?;
                Ok(DrawState::Refused)
            }),
            Op::WithdrawReserve { request, .. } => self.end_request(*request, |state| {
                state.must_wait()?;
                Ok(DrawState::Withdrawn)
            }),
            _ => unreachable!("not about a pot"),
        }
    }

    fn ask_draw(&mut self, asked: Asked, key: &str, name: Name) -> Outcome {
        if asked.booking.is_some_and(|booking| !self.visits.contains_key(&booking)) {
            return Ok(Answer::NotThere);
        }
        check_key(key)?;
        if let Some(before) = self.before(Thing::Draw, key) {
            let there = &self.draws[&before];
            let content = |draw: &Asked| (draw.school, draw.supplier, draw.month, draw.minutes, draw.urgency, draw.booking);
            return same(content(there) == content(&asked), "form_used", Answer::Made(before));
        }
        let waits = |draw: &&Asked| draw.school == asked.school && draw.state == DrawState::Asked && draw.month >= Month::at(self.now);
        let waiting = self.draws.values().filter(waits).count();
        Draw::ask(asked.minutes, &self.stock(asked.school, asked.supplier, asked.month), waiting, self.now)?;
        if asked.booking.is_some_and(|booking| self.visits[&booking].school != asked.school) {
            return no("not_found");
        }
        let (supplier, month) = (asked.supplier, asked.month);
        self.draws.insert(name, asked);
        self.keep(Thing::Draw, key, name).ok();
        self.grant_waiting(supplier, month)?;
        Ok(Answer::Made(name))
    }

    fn pot_stock(&self, pot: usize, kind: SourceKind, supplier: usize, month: Month) -> Stock {
        let holder = Holder::wijkpot(self.cast.pots[pot].0);
        Stock { kind, holder, name: String::new(), idle: self.idle(supplier, month, holder), waited_for: false }
    }

    fn stock(&self, school: usize, supplier: usize, month: Month) -> DrawStock {
        let own_idle = self.idle(supplier, month, Holder::school(self.cast.schools[school]));
        let own = Some(pot_of(school)).filter(|pot| *pot != CITY).map(|pot| (pot, SourceKind::Wijkpot));
        let pots = own.into_iter().chain([(CITY, SourceKind::CityPot)]);
        let pots = pots.map(|(pot, kind)| self.pot_stock(pot, kind, supplier, month)).collect();
        DrawStock { supplier: supplier_name(supplier), month, own_idle, pots }
    }

    /// Who decides about a draw, and whether it needs no more word.
    fn stands(&self, draw: &Asked) -> (Decider, bool) {
        let took = self.ledger.took.get(&(self.cast.schools[draw.school].0, draw.month)).copied().unwrap_or_default();
        let (rule, cap) = (self.policy.draw_decision, self.policy.draw_cap);
        let decider = decider(rule, cap, took.pots, draw.minutes, &self.voters(draw), &draw.votes);
        let approved = match decider {
            Decider::Automatic => true,
            Decider::Network => tally(&draw.votes) == Tally::Agreed,
            Decider::DistrictTeam => false,
        };
        (decider, approved)
    }

    /// Who of the other schools of the pot can say something: nobody who speaks for the school that asks too.
    fn voters(&self, draw: &Asked) -> Vec<Voter> {
        let of_pot = (0..SCHOOLS).filter(|other| *other != draw.school && pot_of(*other) == pot_of(draw.school));
        let all = of_pot.flat_map(|school| coordinators_of(school).into_iter().map(move |person| (school, person)));
        let asks = |person: usize| person == draw.by || coordinators_of(draw.school).contains(&person);
        all.filter(|(_, person)| !asks(*person)).map(|(school, person)| (self.cast.schools[school], self.cast.people[person])).collect()
    }

    /// Whether a draw waits for nothing but hours in its pot.
    fn is_ready(&self, draw: &Asked) -> bool {
        let idle = self.idle(draw.supplier, draw.month, Holder::school(self.cast.schools[draw.school]));
        draw.state == DrawState::Asked && idle <= Minutes::ZERO && self.stands(draw).1
    }

    /// The draws of a bucket that can be paid, the first one first; `also` is one that is about to be granted, with how much.
    fn payable(&self, supplier: usize, month: Month, also: Option<(Name, Minutes)>) -> Vec<DrawId> {
        let granted = |name: Name| also.filter(|(also, _)| *also == name).map(|(_, minutes)| minutes);
        let stands =
            |name: Name, draw: &Asked| (draw.supplier, draw.month) == (supplier, month) && (self.is_ready(draw) || granted(name).is_some());
        let needs = self.draws.iter().filter(|(name, draw)| stands(**name, draw)).map(|(name, draw)| self.need(*name, draw));
        let pot = |draw: DrawId| self.cast.pots[pot_of(self.draws[&name_of(draw)].school)];
        let approved = |one: &Ranked| {
            let draw = one.need.draw;
            Approved { draw, pot: pot(draw), minutes: granted(name_of(draw)).unwrap_or(one.need.minutes) }
        };
        let approved: Vec<Approved> = rank(needs.collect()).iter().map(approved).collect();
        let there = |pot: WijkpotId| self.idle(supplier, month, Holder::wijkpot(pot.0));
        let city = self.cast.pots[CITY];
        let pots: BTreeMap<WijkpotId, Minutes> =
            approved.iter().map(|one| one.pot).filter(|pot| *pot != city).map(|pot| (pot, there(pot))).collect();
        payable(&approved, pots, there(city))
    }

    /// Gives what the pots hold to who waits for it.
    pub fn grant_waiting(&mut self, supplier: usize, month: Month) -> Result<(), No> {
        while must_run(month, self.now).is_ok() {
            let Some(next) = self.payable(supplier, month, None).first().copied() else { return Ok(()) };
            let name = name_of(next);
            self.grant(name, self.draws[&name].minutes)?;
        }
        Ok(())
    }

    /// Whether another school waits for what comes into a pot.
    fn waited_for(&self, pot: usize, school: usize, supplier: usize, month: Month) -> bool {
        let waits = |draw: &Asked| {
            draw.school != school
                && (draw.supplier, draw.month) == (supplier, month)
                && (pot == CITY || pot_of(draw.school) == pot)
                && self.is_ready(draw)
        };
        self.draws.values().any(waits)
    }

    /// Gives to everybody who waits.
    pub fn grant_all(&mut self) -> Result<(), No> {
        let waits = |draw: &&Asked| draw.state == DrawState::Asked;
        let buckets: BTreeSet<(usize, Month)> = self.draws.values().filter(waits).map(|draw| (draw.supplier, draw.month)).collect();
        buckets.into_iter().try_for_each(|(supplier, month)| self.grant_waiting(supplier, month))
    }

    fn need(&self, name: Name, draw: &Asked) -> Need {
        let school = self.cast.schools[draw.school];
        Need {
            draw: draw_id(name),
            school,
            name: school_name(draw.school),
            urgency: draw.urgency,
            minutes: draw.minutes,
            had: self.ledger.had.get(&(school.0, draw.month.school_year().0)).copied().unwrap_or_default(),
            pupils: PUPILS[draw.school],
            since: draw.since,
        }
    }

    fn grant(&mut self, name: Name, minutes: Minutes) -> Result<(), No> {
        let draw = self.draws[&name].clone();
        let stock = self.stock(draw.school, draw.supplier, draw.month);
        let parts = Draw { minutes: draw.minutes, state: draw.state }.grant("De school", minutes, &stock, self.now)?;
        let bucket = Bucket::of_month(self.cast.suppliers[draw.supplier], draw.month);
        let to = AccountKey::new(bucket, Holder::school(self.cast.schools[draw.school]));
        let posting = |part: &domain::hours::sources::Part| {
            Posting::new(PostingKind::Draw, AccountKey::new(bucket, part.holder), to, part.minutes).about(AboutKind::Draw, draw_id(name).0)
        };
        self.ledger.post(parts.iter().map(posting).collect())?;
        let draw = self.draws.get_mut(&name).expect("it is there");
        (draw.state, draw.granted) = (DrawState::Granted, Some(minutes));
        Ok(())
    }

    /// A draw that somebody may still decide about, with who that is.
    fn waiting(&self, name: Name) -> Result<Option<(Asked, Decider)>, No> {
        let Some(draw) = self.draws.get(&name) else { return Ok(None) };
        draw.state.must_wait()?;
        must_run(draw.month, self.now)?;
        Ok(Some((draw.clone(), self.stands(draw).0)))
    }

    fn decide(&mut self, name: Name, minutes: Minutes) -> Outcome {
        let Some((draw, decider)) = self.waiting(name)? else { return Ok(Answer::NotThere) };
        must_be_teams(decider)?;
        let stock = self.stock(draw.school, draw.supplier, draw.month);
        Draw { minutes: draw.minutes, state: draw.state }.grant("De school", minutes, &stock, self.now)?;
        if !self.payable(draw.supplier, draw.month, Some((name, minutes))).contains(&draw_id(name)) {
            return no("others_first");
        }
        self.grant(name, minutes)?;
        // Whoever stood behind it may be next.
        self.grant_waiting(draw.supplier, draw.month)?;
        Ok(Answer::Done)
    }

    fn refuse_draw(&mut self, name: Name, because: &str) -> Outcome {
        let Some((draw, decider)) = self.waiting(name)? else { return Ok(Answer::NotThere) };
        must_be_teams(decider)?;
        draw.state.refuse(because)?;
        self.end_draw(name, DrawState::Refused)
    }

    fn vote(&mut self, name: Name, school: usize, agrees: bool, by: usize) -> Outcome {
        let Some((draw, decider)) = self.waiting(name)? else { return Ok(Answer::NotThere) };
        let vote = Vote { school: self.cast.schools[school], person: self.cast.people[by], agrees };
        check_vote(&vote, (draw.state, self.cast.schools[draw.school]), decider, &self.voters(&draw), &draw.votes)?;
        let there = self.draws.get_mut(&name).expect("it is there");
        there.votes.push(vote);
        let tally = tally(&there.votes);
        if tally == Tally::Rejected {
            there.state = DrawState::Refused;
        }
        self.grant_waiting(draw.supplier, draw.month)?;
        Ok(counted(tally))
    }

    fn end_draw(&mut self, name: Name, state: DrawState) -> Outcome {
        let Some(draw) = self.draws.get_mut(&name) else { return Ok(Answer::NotThere) };
        draw.state.must_wait()?;
        draw.state = state;
        let (supplier, month) = (draw.supplier, draw.month);
        self.grant_waiting(supplier, month)?;
        Ok(Answer::Done)
    }

    /// Who can pay for a school, and how much without anybody deciding.
    pub fn sources(&self, school: usize, supplier: usize, month: Month) -> Sources {
        let id = self.cast.schools[school];
        let stock = |kind, holder| {
            let idle = self.idle(supplier, month, holder);
            Stock { kind, holder, name: String::new(), idle, waited_for: false }
        };
        let mut stocks = vec![stock(SourceKind::School, Holder::school(id))];
        stocks.extend(board_of(school).map(|board| stock(SourceKind::Board, Holder::board(self.cast.boards[board]))));
        let is_waited_for = |holder: Holder| {
            let pot = self.cast.pots.iter().position(|pot| pot.0 == holder.id);
            pot.is_some_and(|pot| self.waited_for(pot, school, supplier, month))
        };
        let pots = self.stock(school, supplier, month).pots.into_iter();
        stocks.extend(pots.map(|pot| Stock { waited_for: is_waited_for(pot.holder), ..pot }));
        let took = self.ledger.took.get(&(id.0, month)).copied().unwrap_or_default();
        let mandate = mandate(self, school);
        let is_automatic = self.policy.draw_decision == DrawDecision::Automatic;
        let rules = PayRules {
            board_mandates: mandate.is_some(),
            board_cap: mandate.and_then(|mandate| mandate.cap),
            board_taken: took.board,
            pot_cap: if is_automatic { self.policy.draw_cap } else { Minutes::ZERO },
            pot_taken: took.pots,
        };
        Sources::of(stocks, &rules)
    }

    fn ask_reserve(&mut self, request: Request, because: &str, key: &str, name: Name) -> Outcome {
        check_key(key)?;
        if let Some(before) = self.before(Thing::Request, key) {
            let there = &self.requests[&before];
            let content = |request: &Request| (request.school, request.supplier, request.month, request.minutes);
            // Who asked gave the one reason there is.
            let is_same = content(there) == content(&request) && check_reason(because).is_ok();
            return same(is_same, "form_used", Answer::Made(before));
        }
        let sources = self.sources(request.school, request.supplier, request.month);
        let waits =
            |other: &&Request| other.school == request.school && other.state == DrawState::Asked && other.month >= Month::at(self.now);
        let waiting = self.requests.values().filter(waits).count();
        ReserveWish { month: request.month, minutes: request.minutes, reason: because }.ask(&sources, waiting, self.now)?;
        self.requests.insert(name, request);
        self.keep(Thing::Request, key, name)
    }

    fn release(&mut self, name: Name) -> Outcome {
        let Some(Request { school, supplier, month, minutes, state }) = self.requests.get(&name).cloned() else {
            return Ok(Answer::NotThere);
        };
        state.must_wait()?;
        let (bucket, id) = (Bucket::of_month(self.cast.suppliers[supplier], month), self.cast.suppliers[supplier]);
        let from = AccountKey::new(bucket.year(), Holder::reserve(id));
        check_release(month, minutes, self.ledger.of(&from), &self.sources(school, supplier, month), self.now)?;
        let to = AccountKey::new(bucket, Holder::school(self.cast.schools[school]));
        self.ledger.post(vec![Posting::new(PostingKind::ReserveRelease, from, to, minutes)])?;
        self.requests.get_mut(&name).expect("it is there").state = DrawState::Granted;
        Ok(Answer::Done)
    }

    fn end_request(&mut self, name: Name, end: impl FnOnce(DrawState) -> Result<DrawState, No>) -> Outcome {
        let Some(request) = self.requests.get_mut(&name) else { return Ok(Answer::NotThere) };
        request.state = end(request.state)?;
        Ok(Answer::Done)
    }
}

/// Where the voices stand, in numbers.
pub fn counted(tally: Tally) -> Answer {
    Answer::Numbers(match tally {
        Tally::Agreed => vec![1],
        Tally::Rejected => vec![-1],
        Tally::Open { yes, no } => [yes, no].map(|voices| i64::try_from(voices).unwrap_or_default()).to_vec(),
    })
}
