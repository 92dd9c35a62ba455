//! What became of each contract of a year, for the office. Always true: the columns after the first add up to it, and every number the
//! ledger knows leads to its postings.

use super::{
    address::Behind,
    allotment,
    api::{SumRow, SumTable},
    behind::{ALL_BUT_RESERVES, ALL_CONTRACTS, ALL_RESERVES, EVERYBODY},
    parts::linked,
    read::Around,
    sql,
    what::What,
};
use crate::{AppError, db::Tx, ui::Supplier};
use domain::{
    Minutes,
    hours::HolderKind,
    people::{Action, Object, may},
};
use uuid::Uuid;

impl Around<'_> {
    /// What became of each contract: all columns after the first add up to it.
    pub(super) async fn by_supplier(&self, tx: &mut Tx) -> Result<SumTable, AppError> {
        let contracts = sql::contracts(tx, self.me.partnership(), self.year).await?;
        let sums = sql::supplier_sums(tx, self.me.partnership(), self.year).await?;
        let held = |supplier: Uuid, kinds: &[HolderKind]| -> i64 {
            let is_one = |code: &str| HolderKind::from_code(code).is_some_and(|kind| kinds.contains(&kind));
            sums.iter().filter(|sum| sum.supplier_id == supplier && is_one(&sum.holder_kind)).map(|sum| sum.minutes).sum()
        };
        let mut foot = [0; 7];
        let mut rows = Vec::new();
        for (position, supplier) in self.suppliers.iter().enumerate() {
            let id = supplier.id;
            let contract = contracts.iter().find(|contract| contract.supplier_id == id).map_or(0, |contract| contract.contract_minutes);
            let handed_out = -held(id, &[HolderKind::Contract]);
            if contract == 0 && handed_out == 0 {
                continue;
            }
            let numbers = [
                contract,
                contract - handed_out,
                held(id, &[HolderKind::Reserve]),
                held(id, &[HolderKind::Used]),
                held(id, &[HolderKind::Booking]),
                held(id, &[HolderKind::Expired]),
                held(id, &[HolderKind::Board, HolderKind::School, HolderKind::Wijkpot]),
            ];
            let link = |kind: HolderKind| Some(Behind::in_year(kind.code(), Some(id), self.year).number(What::Free.code()));
            let cells = numbers.iter().enumerate().map(|(place, minutes)| {
                let href = match place {
                    0 => link(HolderKind::Contract),
                    2 => link(HolderKind::Reserve),
                    _ => self.of_all(place, Some(id)),
                };
                linked(Minutes(*minutes), href)
            });
            rows.push(SumRow {
                name: supplier.name.clone(),
                supplier: Some(Supplier::at(&supplier.name, position)),
                href: None,
                cells: cells.collect(),
            });
            for (sum, number) in foot.iter_mut().zip(numbers) {
                *sum += number;
            }
        }
        let columns = ["Contract", "Nog te verdelen", "Reserve", "Gebruikt", "Gepland", "Vervallen", "Vrij, zonder reserve"];
        let sum = |(place, minutes)| linked(Minutes(minutes), self.of_all(place, None));
        Ok(SumTable {
            caption: format!("Per leverancier in schooljaar {}", self.year),
            note: "Een contract is de som van de getallen erachter.".to_owned(),
            first: "Leverancier".to_owned(),
            columns: columns.map(str::to_owned).to_vec(),
            rows,
            foot: foot.into_iter().enumerate().map(sum).collect(),
        })
    }

    /// The postings behind a column of the table per supplier, of one supplier or of all.
    fn of_all(&self, column: usize, supplier: Option<Uuid>) -> Option<String> {
        let (holders, what) = match column {
            0 => (ALL_CONTRACTS, What::Free),
            // What is left has no postings yet: it leads to where they are made.
            1 => return may(&self.me.actor, Action::Allot, &Object::of(self.me.partnership())).then(|| allotment::of_year(self.year.0)),
            2 => (ALL_RESERVES, What::Free),
            3 => (EVERYBODY, What::Used),
            4 => (EVERYBODY, What::Planned),
            5 => (EVERYBODY, What::Expired),
            6 => (ALL_BUT_RESERVES, What::Free),
            _ => return None,
        };
        Some(Behind::in_year(holders, None, self.year).at(supplier).number(what.code()))
    }
}
