//! What a partnership has, by the names that files use. Always true here: names are one whatever their case.

use anyhow::Context;
use app::{
    db::Tx,
    organisations::{
        facts::{self, KnownBoard, KnownSchool},
        sql::{self, Named},
    },
};
use domain::{BoardId, DistrictId, PartnershipId, SupplierId, WijkId};
use std::collections::HashMap;
use uuid::Uuid;

/// Ids by name.
#[derive(Debug, Default)]
pub struct Names(HashMap<String, Uuid>);

impl Names {
    /// The id with this name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<Uuid> {
        self.0.get(&name.to_lowercase()).copied()
    }

    /// Adds a name.
    pub fn add(&mut self, name: &str, id: Uuid) {
        self.0.insert(name.to_lowercase(), id);
    }

    fn of(rows: Vec<Named>) -> Self {
        Self(rows.into_iter().map(|row| (row.name.to_lowercase(), row.id)).collect())
    }
}

/// A partnership and everything in it that a file can name.
#[derive(Debug)]
pub struct Known {
    /// The partnership.
    pub partnership: PartnershipId,
    /// Its code, in capitals.
    pub code: String,
    /// Its schools, by BRIN.
    pub schools: HashMap<String, KnownSchool>,
    /// Its boards.
    pub boards: Names,
    /// Its boards' numbers at DUO.
    pub board_numbers: HashMap<String, Uuid>,
    /// Its suppliers.
    pub suppliers: Names,
    /// Its districts.
    pub districts: Names,
    /// Its wijken.
    pub wijken: Names,
}

impl Known {
    /// Reads it.
    pub async fn load(tx: &mut Tx, partnership: PartnershipId, code: String) -> anyhow::Result<Self> {
        let boards = facts::known_boards(tx, partnership).await?;
        let number = |board: &KnownBoard| board.number.clone().map(|number| (number, board.id));
        Ok(Self {
            partnership,
            code,
            schools: facts::known_schools(tx, partnership).await?.into_iter().map(|school| (school.brin.clone(), school)).collect(),
            board_numbers: boards.iter().filter_map(number).collect(),
            boards: Names::of(boards.into_iter().map(|board| Named { id: board.id, name: board.name }).collect()),
            suppliers: Names::of(sql::suppliers(tx, partnership).await?),
            districts: Names::of(sql::districts(tx, partnership).await?),
            wijken: Names::of(sql::wijken(tx, partnership).await?),
        })
    }

    /// The board with this name, made when it is new. Says whether it was.
    pub async fn board(&mut self, tx: &mut Tx, name: &str) -> anyhow::Result<(BoardId, bool)> {
        if let Some(id) = self.boards.find(name) {
            return Ok((BoardId(id), false));
        }
        let board = sql::put_board(tx, self.partnership, name).await.with_context(|| format!("Het bestuur {name} is niet te bewaren."))?;
        self.boards.add(name, board.0);
        Ok((board, true))
    }

    /// The supplier with this name, made when it is new. Says whether it was.
    pub async fn supplier(&mut self, tx: &mut Tx, name: &str) -> anyhow::Result<(SupplierId, bool)> {
        if let Some(id) = self.suppliers.find(name) {
            return Ok((SupplierId(id), false));
        }
        let made = sql::put_supplier(tx, self.partnership, name).await;
        let supplier = made.with_context(|| format!("De leverancier {name} is niet te bewaren."))?;
        self.suppliers.add(name, supplier.0);
        Ok((supplier, true))
    }

    /// The wijk with this name, made in the district with that name when it is new. A wijk that is there keeps its district.
    pub async fn wijk(&mut self, tx: &mut Tx, name: &str, district: &str) -> anyhow::Result<WijkId> {
        if let Some(id) = self.wijken.find(name) {
            return Ok(WijkId(id));
        }
        let district = self.district(tx, district).await?;
        let wijk = sql::put_wijk(tx, self.partnership, name, district).await?;
        self.wijken.add(name, wijk.0);
        Ok(wijk)
    }

    /// Places a wijk in a district, both made when they are new. A file that names both decides.
    pub async fn place_wijk(&mut self, tx: &mut Tx, name: &str, district: &str) -> anyhow::Result<()> {
        let district = self.district(tx, district).await?;
        match self.wijken.find(name) {
            Some(id) => facts::place_wijk(tx, self.partnership, WijkId(id), district).await?,
            None => {
                let id = sql::put_wijk(tx, self.partnership, name, district).await?;
                self.wijken.add(name, id.0);
            }
        }
        Ok(())
    }

    async fn district(&mut self, tx: &mut Tx, name: &str) -> anyhow::Result<DistrictId> {
        if let Some(id) = self.districts.find(name) {
            return Ok(DistrictId(id));
        }
        let id = sql::put_district(tx, self.partnership, name).await?;
        self.districts.add(name, id.0);
        Ok(id)
    }
}
