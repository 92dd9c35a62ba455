//! The pot, drawn: rows of 5, 6, 7, 6, 7, 6 blocks from the bottom, one supplier after another, cut at the wall like bricks. Always true:
//! a block is one hour, or two when more than fits lies in it, and its name says the amounts.

use crate::ui::Supplier;
use domain::Minutes;
use leptos::prelude::*;

/// Blocks in each row, from the bottom.
const ROWS: [i64; 6] = [5, 6, 7, 6, 7, 6];
/// A block and the gap beside it, in tenths of a unit.
const STEP: i64 = 430;
const BLOCK: i64 = 400;
/// The middle of the pot and the floor it stands on.
const MIDDLE: i64 = 2000;
const FLOOR: i64 = 275;
const ROW_HEIGHT: i64 = 28;

/// How many minutes one block is: an hour, or as many hours as make everything fit.
#[must_use]
pub(super) fn block(stock: &[(Supplier, Minutes)]) -> Minutes {
    let sum: Minutes = stock.iter().map(|(_, minutes)| *minutes).sum();
    let most = Minutes::hours(ROWS.iter().sum());
    Minutes::hours(((sum.0 + most.0 - 1) / most.0).max(1))
}

/// A brick: from where to where in its row, in tenths, and the row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Brick {
    row: i64,
    x: i64,
    width: i64,
}

/// Where the minutes of each supplier lie.
fn bricks(stock: &[(Supplier, Minutes)], block: Minutes) -> Vec<Vec<Brick>> {
    // How far the pot is filled, in minutes; each row holds so many blocks.
    let (mut row, mut filled) = (0_usize, 0_i64);
    let mut all = Vec::with_capacity(stock.len());
    for (_, minutes) in stock {
        let mut open = minutes.0;
        let mut of = Vec::new();
        while open > 0 && row < ROWS.len() {
            let room = ROWS[row] * block.0 - filled;
            // Up to the end of the block that was begun, and of the row.
            let part = open.min(room).min(block.0 - filled % block.0);
            let left = MIDDLE - (ROWS[row] * STEP - (STEP - BLOCK)) / 2;
            let x = left + (filled / block.0) * STEP + (filled % block.0) * BLOCK / block.0;
            of.push(Brick { row: i64::try_from(row).unwrap_or_default(), x, width: part * BLOCK / block.0 });
            open -= part;
            filled += part;
            if filled == ROWS[row] * block.0 {
                (row, filled) = (row + 1, 0);
            }
        }
        all.push(of);
    }
    all
}

fn tenths(number: i64) -> String {
    format!("{}.{}", number / 10, number % 10)
}

/// `Een pot met 18 u 45: 9 u De Brink, 6 u 30 De Wissel en 3 u 15 Driesprong.`
fn title(stock: &[(Supplier, Minutes)]) -> String {
    let sum: Minutes = stock.iter().map(|(_, minutes)| *minutes).sum();
    let parts: Vec<String> = stock.iter().map(|(supplier, minutes)| format!("{minutes} {}", supplier.name)).collect();
    match parts.as_slice() {
        [] => "Een lege pot.".to_owned(),
        [one] => format!("Een pot met {one}."),
        [first @ .., last] => format!("Een pot met {sum}: {} en {last}.", first.join(", ")),
    }
}

const HOUSES: &str = "M0 56V30L20 13.2L40 30H40V56zM40 56V23h6v-5h6v-5h6v-5h6v5h6v5h6v5h6H82V56zM82 56V18v-3h-2v-4h40v4h-2v3H118V56zM118 56V32L140 13.5l7.0 5.8v-9h6v11.4L162 32H162V56zM166 56V22h8.8v-12l8.1 -8l8.1 8v12h8.8H200V56zM200 56V26c8.3 0 8.3 -4 8.3 -9c0 -6 4 -9 10.6 -9s10.6 3 10.6 9c0 5 0 9 8.3 9H238V56zM238 56V26L256 10.8L274 26H274V56z";
const LIGHTS: &str = "M9.5 37h5v7h-5zM25.5 37h5v7h-5zM50.1 30h5v7h-5zM66.9 30h5v7h-5zM90.3 25h5v7h-5zM104.7 25h5v7h-5zM90.3 38h5v7h-5zM104.7 38h5v7h-5zM128.7 39h5v7h-5zM146.3 39h5v7h-5zM180.5 28h5v7h-5zM180.5 41h5v7h-5zM208.9 33h5v7h-5zM224.1 33h5v7h-5zM246.3 33h5v7h-5zM260.7 33h5v7h-5z";

/// The pot.
#[component]
pub(super) fn Picture(
    /// What lies in it, per supplier.
    stock: Vec<(Supplier, Minutes)>,
) -> impl IntoView {
    let block = block(&stock);
    let title = title(&stock);
    let groups = bricks(&stock, block)
        .into_iter()
        .zip(stock)
        .map(|(of, (supplier, _))| {
            let letter = supplier.letter.clone();
            let rects = of
                .into_iter()
                .map(|Brick { row, x, width }| {
                    let y = FLOOR - row * ROW_HEIGHT;
                    // A letter needs room.
                    let letter = (width >= BLOCK / 2).then(|| letter.clone());
                    view! {
                        <rect x=tenths(x) y=y width=tenths(width) height="25" rx="3"></rect>
                        {letter.map(|letter| view! { <text x=tenths(x + width / 2) y=y + 18>{letter}</text> })}
                    }
                })
                .collect_view();
            view! { <g class=supplier.class()>{rects}</g> }
        })
        .collect_view();
    view! {
        <svg class="pot-picture" viewBox="0 0 400 317" role="img" aria-label=title>
            <g class="pot-houses" transform="translate(39 34) scale(1.17)">
                <path d=HOUSES></path>
                <path class="lights" d=LIGHTS></path>
            </g>
            <path class="pot-body" d="M42 118h316v116a76 76 0 0 1-76 76H118a76 76 0 0 1-76-76z"></path>
            <rect class="pot-rim" x="8" y="98" width="384" height="30" rx="15"></rect>
            {groups}
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn stock(minutes: &[i64]) -> Vec<(Supplier, Minutes)> {
        minutes.iter().enumerate().map(|(place, minutes)| (Supplier::at("De Brink", place), Minutes(*minutes))).collect()
    }

    #[test]
    fn a_supplier_begins_where_the_one_before_it_ended() {
        let laid = bricks(&stock(&[90, 45]), Minutes(60));
        assert_eq!(laid[0].iter().map(|brick| brick.width).collect::<Vec<_>>(), [400, 200]);
        assert_eq!(laid[1].iter().map(|brick| brick.width).collect::<Vec<_>>(), [200, 100]);
        assert_eq!(laid[1][0].x, laid[0][1].x + 200);
        assert_eq!(laid[0][0], Brick { row: 0, x: 940, width: 400 });
    }

    #[test]
    fn more_than_fits_makes_a_block_two_hours() {
        assert_eq!(block(&stock(&[37 * 60])), Minutes(60));
        assert_eq!(block(&stock(&[37 * 60, 15])), Minutes(120));
        assert_eq!(block(&[]), Minutes(60));
        assert_eq!(title(&stock(&[60])).replace('\u{a0}', " "), "Een pot met 1 u De Brink.");
        assert_eq!(title(&[]), "Een lege pot.");
    }

    proptest! {
        #[test]
        fn nothing_falls_out_of_the_pot(minutes in proptest::collection::vec(0_i64..400, 0..4)) {
            let stock = stock(&minutes.iter().map(|quarters| quarters * 15).collect::<Vec<_>>());
            let block = block(&stock);
            for (of, (_, minutes)) in bricks(&stock, block).iter().zip(&stock) {
                let width: i64 = of.iter().map(|brick| brick.width).sum();
                let whole = minutes.0 * BLOCK / block.0;
                prop_assert!((whole - width).abs() <= i64::try_from(of.len()).unwrap_or(0), "true to scale");
                prop_assert!(of.iter().all(|brick| brick.x >= 50 && brick.x + brick.width <= 3950 && brick.row < 6));
            }
        }
    }
}
