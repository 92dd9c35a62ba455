//! Questions about hours, as tasks for whoever answers them: gifts that wait for a board, draws that wait for a team or for other schools,
//! the reserve, hours in another month. Always true here: a question is asked of whoever `may` answer it, and of nobody else.

use super::{
    api::{News, Task, Waiting as Elsewhere},
    bookings::Looking,
};
use crate::{
    AppError,
    db::Tx,
    hours::{deviation::DEVIATION, sql as hours},
    session::Me,
    wijkpot::{
        ALL_POTS, WIJKPOT, pot_in,
        sql::{self as pots, DonationRow, Waiting, WentBackRow},
    },
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    BoardId, Minutes, PartnershipId, SchoolId, SupplierId,
    hours::{DeviationState, Month, Party},
    people::{Action, Object, may},
    policy::{DrawDecision, Policy},
    time,
    wijkpot::{Decider, DonationState},
};

/// A gift stays news for a week.
const NEWS_FOR: TimeDelta = TimeDelta::days(7);

/// What somebody is asked, and what they are only told.
pub(super) type Asked = (Vec<Task>, Vec<News>);

impl Looking {
    /// Draws of other schools that this school says something about, where schools decide.
    pub async fn votes(&self, tx: &mut Tx, me: &Me, school: SchoolId, policy: &Policy) -> Result<Vec<Task>, AppError> {
        let partnership = me.partnership();
        if policy.draw_decision != DrawDecision::Network {
            return Ok(Vec::new());
        }
        let spoke = |one: &Waiting| one.standing.votes.iter().any(|vote| vote.school == school || vote.person == me.person());
        let asked =
            |one: &Waiting| one.standing.decider == Decider::Network && one.standing.voters.contains(&(school, me.person())) && !spoke(one);
        let queue = pots::queue(tx, partnership, self.now).await?;
        Ok(queue.iter().filter(|one| asked(one)).map(|one| self.draw(one, "Zeg wat je ervan vindt")).collect())
    }

    /// What this school asked a pot or a reserve and still waits for, with the way to its place in the queue.
    pub async fn own_questions(&self, tx: &mut Tx, me: &Me, school: SchoolId) -> Result<Vec<Elsewhere>, AppError> {
        let partnership = me.partnership();
        let mut waiting = Vec::new();
        if pots::waiting_of(tx, partnership, school, self.now).await? > 0 {
            let queue = pots::queue(tx, partnership, self.now).await?;
            waiting.extend(queue.iter().filter(|one| one.need.school == school).map(|one| self.own_draw(one)));
        }
        let reserves = pots::reserves_asked_by(tx, partnership, school).await?;
        waiting.extend(reserves.iter().map(|row| Elsewhere {
            title: format!("{} {} uit de reserve", Minutes(row.minutes), row.supplier),
            href: format!("{WIJKPOT}?maand={}#van-jou", row.month),
            who: "Het secretariaat beslist".to_owned(),
            since: self.since(time::local_date(row.asked_at)),
        }));
        Ok(waiting)
    }

    fn own_draw(&self, one: &Waiting) -> Elsewhere {
        let (row, standing) = (&one.row, &one.standing);
        let who = match standing.decider {
            _ if standing.own_idle > Minutes::ZERO => "Eerst je eigen uren",
            Decider::DistrictTeam => "Het stadsdeelteam beslist",
            Decider::Network if !standing.is_ready() => "Twee andere scholen beslissen",
            Decider::Network | Decider::Automatic => "Wacht op uren in de pot",
        };
        Elsewhere {
            title: format!("{} {} uit {}", one.need.minutes, row.supplier, row.pot),
            href: self.queue_of(row),
            who: who.to_owned(),
            since: self.since(time::local_date(row.asked_at)),
        }
    }

    fn queue_of(&self, row: &pots::DrawRow) -> String {
        row.month.parse().map_or_else(|_| ALL_POTS.to_owned(), |month| format!("{}#wachten", pot_in(&row.pot_id.to_string(), month)))
    }

    /// Draws this team decides about.
    pub async fn draws(&self, tx: &mut Tx, me: &Me) -> Result<Vec<Task>, AppError> {
        let partnership = me.partnership();
        let theirs = |one: &Waiting| may(&me.actor, Action::DecideDraw, &one.row.object(partnership));
        let queue = pots::queue(tx, partnership, self.now).await?;
        let decide = |one: &&Waiting| one.standing.decider == Decider::DistrictTeam && theirs(one);
        Ok(queue.iter().filter(decide).map(|one| self.draw(one, "Beslis")).collect())
    }

    fn draw(&self, one: &Waiting, button: &str) -> Task {
        let row = &one.row;
        let month: Option<Month> = row.month.parse().ok();
        let href = self.queue_of(row);
        let when = month.map_or("", Month::name);
        Task {
            since: self.turn_since(row.asked_at),
            title: format!("{} vraagt {} uit {}", row.school, one.need.minutes, row.pot),
            text: format!("Van {}, voor {when}. Urgentie: {}.", row.supplier, one.need.urgency.dutch()),
            button: (button.to_owned(), href.clone()),
            href,
        }
    }

    /// What a board is asked and told: gifts of its schools, and hours in another month.
    pub async fn of_board(&self, tx: &mut Tx, me: &Me, board: BoardId) -> Result<Asked, AppError> {
        let partnership = me.partnership();
        let (mut tasks, mut news) = (Vec::new(), Vec::new());
        for row in pots::donations_under(tx, partnership, board, self.now - NEWS_FOR).await? {
            let is_theirs = may(&me.actor, Action::ConsentDonation, &row.object(partnership));
            match row.donation()?.state {
                DonationState::Waiting if is_theirs => tasks.push(self.gift(&row)),
                DonationState::Given => news.push(self.given(&row)),
                _ => {}
            }
        }
        if may(&me.actor, Action::Deviate, &Object::of(partnership).of_board(board)) {
            let rows = hours::deviations_of_board(tx, partnership, board).await?;
            tasks.extend(self.deviations(&rows, Party::Board)?);
        }
        Ok((tasks, news))
    }

    /// What went back of a school's draws this week.
    pub async fn of_draws(&self, tx: &mut Tx, me: &Me, school: SchoolId) -> Result<Vec<News>, AppError> {
        let since = self.now - NEWS_FOR;
        let rows = pots::went_back(tx, me.partnership(), school, Month::at(since)).await?;
        Ok(rows.iter().filter(|row| row.posted_at > since).map(|row| self.went_back(row)).collect())
    }

    fn went_back(&self, row: &WentBackRow) -> News {
        let amount = format!("{} {}", Minutes(row.minutes), row.supplier);
        News {
            text: if row.is_put_right() {
                format!("{amount} die je opnam, is teruggedraaid. Reden: {}", row.reason)
            } else {
                format!("{amount} die je opnam, is terug in de pot. Je hebt weer eigen uren.")
            },
            when: self.day(time::local_date(row.posted_at)),
            href: row.month.parse().map_or_else(|_| ALL_POTS.to_owned(), |month| pot_in(&row.pot_id.to_string(), month)),
        }
    }

    fn gift(&self, row: &DonationRow) -> Task {
        Task {
            since: self.turn_since(row.donated_at),
            title: format!("{} wil {} doneren", row.donor, Minutes(row.minutes)),
            href: ALL_POTS.to_owned(),
            text: format!("Van {}, aan {}. De uren blijven bij de school tot je ja zegt.", row.supplier, row.pot),
            button: ("Geef antwoord".to_owned(), ALL_POTS.to_owned()),
        }
    }

    fn given(&self, row: &DonationRow) -> News {
        News {
            text: format!("{} gaf {} {} aan {}.", row.donor, Minutes(row.minutes), row.supplier, row.pot),
            when: self.day(time::local_date(row.donated_at)),
            href: row.month.parse().map_or_else(|_| ALL_POTS.to_owned(), |month| pot_in(&row.pot_id.to_string(), month)),
        }
    }

    /// What a supplier is asked: hours in another month.
    pub async fn of_supplier(&self, tx: &mut Tx, me: &Me, supplier: SupplierId) -> Result<Vec<Task>, AppError> {
        let object = Object { supplier: Some(supplier), ..Object::of(me.partnership()) };
        if !may(&me.actor, Action::Deviate, &object) {
            return Ok(Vec::new());
        }
        self.deviations(&hours::deviations_of_supplier(tx, me.partnership(), supplier).await?, Party::Supplier)
    }

    /// What the other party asked of this one.
    fn deviations(&self, rows: &[hours::DeviationRow], party: Party) -> Result<Vec<Task>, AppError> {
        let mut tasks = Vec::new();
        for row in rows {
            let deviation = row.deviation()?;
            if deviation.state != DeviationState::Asked || deviation.party == party {
                continue;
            }
            let who = if party == Party::Board { &row.supplier } else { &row.board };
            let (from, to) = (deviation.from.name(), deviation.to.name());
            let whose = row.school.as_ref().unwrap_or(&row.board);
            tasks.push(Task {
                since: self.turn_since(row.asked_at),
                title: format!("{who} vraagt {} van {from} in {to}", deviation.minutes),
                href: DEVIATION.to_owned(),
                text: format!("Het gaat om uren {} van {whose}. Reden: {}", row.supplier, row.reason),
                button: ("Geef antwoord".to_owned(), DEVIATION.to_owned()),
            });
        }
        Ok(tasks)
    }

    /// Questions for a reserve, for whoever releases them.
    pub async fn reserves(&self, tx: &mut Tx, partnership: PartnershipId) -> Result<Vec<Task>, AppError> {
        let rows = pots::reserves_waiting(tx, partnership).await?;
        let task = |row: &pots::ReserveRow| Task {
            since: self.turn_since(row.asked_at),
            title: format!("{} vraagt {} uit de reserve", row.school, Minutes(row.minutes)),
            href: ALL_POTS.to_owned(),
            text: format!("Van {}. Reden: {}", row.supplier, row.reason),
            button: ("Geef antwoord".to_owned(), ALL_POTS.to_owned()),
        };
        Ok(rows.iter().map(task).collect())
    }

    /// `Jij bent aan zet sinds gisteren`.
    pub fn turn_since(&self, at: DateTime<Utc>) -> String {
        format!("Jij bent aan zet sinds {}", self.day(time::local_date(at)))
    }
}
