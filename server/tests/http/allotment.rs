//! Dividing a year by hand, over HTTP and without scripts: the table of 2016, and what does not add up.
//!
//! Always true here: only what a browser gets is read, and the ledger is asked afterwards.

use super::support::{Client, Seat, Server, Who, World, on_every_engine};
use app::{fetch_all, organisations::sql as organisations, session::now};
use domain::{PartnershipId, hours::Month};

const PAGE: &str = "/uren/toedeling";
const PREVIEW: &str = "/api/toedeling/bekijk";
const POST: &str = "/api/toedeling/boek";
const CONTRACTS: [(&str, &str, &str); 3] = [("Kameleon", "806", "70"), ("Mytyl", "1277", "100"), ("Driespan", "2393", "200")];
const BOARDS: [(&str, &str, &str, &str); 6] = [
    ("KPO", "29,4", "", "26"),
    ("OBO", "22,4", "", "21"),
    ("Borgesius", "24,8", "", ""),
    ("De Waarden", "20,7", "", ""),
    ("SPCO", "2,3", "7", ""),
    ("Zilverlinde", "0,4", "5", ""),
];
/// Per board and supplier: the printed year and month.
const PRINTED: [[(i64, i64); 3]; 6] = [
    [(191, 17), (306, 28), (570, 52)],
    [(155, 14), (247, 22), (461, 42)],
    [(162, 15), (259, 24), (482, 44)],
    [(140, 13), (224, 20), (417, 38)],
    [(52, 5), (82, 7), (154, 14)],
    [(37, 3), (59, 5), (110, 10)],
];

/// A form as typed, row by row.
type Fields = Vec<(String, String)>;

struct Desk {
    browser: Client,
    partnership: PartnershipId,
    year: String,
}

impl Desk {
    /// An administrator of a partnership with the suppliers and boards of 2016 beside its own.
    async fn open(server: &Server) -> Self {
        let world = World::tell(server).await;
        let partnership = world.here.partnership;
        let mut tx = server.db.write(partnership).await.expect("a writer");
        for (name, ..) in CONTRACTS {
            organisations::put_supplier(&mut tx, partnership, name).await.expect("a supplier");
        }
        for (name, ..) in BOARDS {
            organisations::put_board(&mut tx, partnership, name).await.expect("a board");
        }
        tx.commit().await.expect("committed");
        let year = (Month::at(now()).school_year().0 + 1).to_string();
        Self { browser: world.browser(server, Who::Here(Seat::Administrator)).await, partnership, year }
    }

    fn page(&self) -> String {
        format!("{PAGE}?jaar={}", self.year)
    }

    async fn table(&self, server: &Server) -> Fields {
        let mut tx = server.db.read().await.expect("a reader");
        let suppliers = organisations::suppliers(&mut tx, self.partnership).await.expect("suppliers");
        let boards = organisations::boards(&mut tx, self.partnership).await.expect("boards");
        let id = |rows: &[organisations::Named], name: &str| {
            rows.iter().find(|row| row.name == name).map(|row| row.id.to_string()).expect("it is there")
        };
        let mut fields = vec![("jaar".to_owned(), self.year.clone()), ("grondslag".to_owned(), "pupils".to_owned())];
        for (place, (name, hours, reserve)) in CONTRACTS.into_iter().enumerate() {
            let mut field = |field: &str, value: &str| fields.push((format!("contracten[{place}][{field}]"), value.to_owned()));
            field("leverancier", &id(&suppliers, name));
            field("uren", hours);
            field("reserve", reserve);
            for month in [9, 10, 11, 12, 1, 2, 3, 4, 5, 6, 7] {
                field("maanden][", &month.to_string());
            }
        }
        for (place, (name, pupils, fixed, decided)) in BOARDS.into_iter().enumerate() {
            let mut field = |field: &str, value: &str| fields.push((format!("besturen[{place}][{field}]"), value.to_owned()));
            field("bestuur", &id(&boards, name));
            field("leerlingen", pupils);
            field("vast", fixed);
            field("besloten", decided);
            field("reden", if decided.is_empty() { "" } else { "zoals gedrukt in de tabel van 2016" });
        }
        fields.push(("key".to_owned(), "sleutel-1".to_owned()));
        fields
    }

    /// Posts a form as a browser without scripts does, and answers the page it leads to.
    async fn submit(&self, path: &str, fields: &[(String, String)]) -> String {
        let typed: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let answer = self.browser.form(path, &typed, &self.page()).await;
        assert_eq!(answer.status, 303, "{answer:?}");
        // Marks between views are no text.
        self.browser.page(&self.page()).await.body.replace("<!>", "")
    }

    async fn code(&self, path: &str, fields: &[(String, String)]) -> String {
        let typed: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        self.browser.call(path, &typed).await.code()
    }

    /// Hours of boards per supplier in this year, in the order of the contracts.
    async fn handed_out(&self, server: &Server) -> Vec<i64> {
        let mut tx = server.db.read().await.expect("a reader");
        let tx = &mut tx;
        let rows: Vec<(String, i64)> = fetch_all!(
            tx,
            (String, i64),
            "select s.name, cast(sum(a.balance) as bigint)
             from accounts a
             join suppliers s on s.id = a.supplier_id
             where a.partnership_id = $1 and a.school_year = $2 and a.holder_kind = 'board'
             group by s.name",
            self.partnership.0,
            self.year.parse::<i64>().expect("a year")
        )
        .expect("sums");
        let of = |name: &str| rows.iter().find(|(supplier, _)| supplier == name).map_or(0, |(_, minutes)| minutes / 60);
        CONTRACTS.map(|(name, ..)| of(name)).to_vec()
    }
}

/// A value of a hidden field of the page.
fn hidden(page: &str, name: &str) -> String {
    let start = page.find(&format!("name=\"{name}\" value=\"")).unwrap_or_else(|| panic!("{name} in {page}"));
    page[start..].split('"').nth(3).expect("a value").to_owned()
}

/// The cells of a board's row in the table of the preview, as text.
fn cells(page: &str, board: &str) -> Vec<String> {
    let preview = &page[page.find("id=\"voorbeeld\"").expect("a preview")..];
    let row = preview.split("<tr>").find(|row| row.contains(&format!(">{board}</th>"))).unwrap_or_else(|| panic!("{board} in {preview}"));
    let text = |cell: &str| {
        let cell = &cell[cell.find('>').map_or(0, |end| end + 1)..];
        cell.split("<span").next().unwrap_or_default().split('<').next().unwrap_or_default().replace('.', "")
    };
    row.split("<td").skip(1).map(text).collect()
}

#[test]
fn the_table_of_2016_typed_by_hand_gives_36_printed_cells_and_posts_736_1177_and_2193() {
    on_every_engine(async |server| {
        let desk = Desk::open(server).await;
        let fields = desk.table(server).await;
        let page = desk.submit(PREVIEW, &fields).await;
        let mut checked = 0;
        for ((board, ..), printed) in BOARDS.into_iter().zip(PRINTED) {
            let cells = cells(&page, board);
            for (supplier, (year, month)) in printed.into_iter().enumerate() {
                assert_eq!(cells[1 + 3 * supplier].trim(), year.to_string(), "{} {board}: {cells:?}", server.name);
                assert_eq!(cells[3 + 3 * supplier].trim(), month.to_string(), "{} {board}: {cells:?}", server.name);
                checked += 2;
            }
        }
        assert_eq!(checked, 36);
        assert_eq!(page.matches("exact-col differs").count(), 2, "{}: two cells differ", server.name);
        assert!(page.contains("−\u{a0}1") && page.contains("+\u{a0}1 te veel"), "{}: {page}", server.name);
        assert_eq!(desk.handed_out(server).await, [0, 0, 0], "{}: looking posts nothing", server.name);

        let post = vec![
            ("jaar".to_owned(), desk.year.clone()),
            ("voorbeeld".to_owned(), hidden(&page, "voorbeeld")),
            ("key".to_owned(), "sleutel-2".to_owned()),
        ];
        let page = desk.submit(POST, &post).await;
        assert!(page.contains("Verdeling 1") && page.contains("Draai deze verdeling terug"), "{}: {page}", server.name);
        assert_eq!(desk.handed_out(server).await, [736, 1177, 2193], "{}", server.name);
        desk.submit(POST, &post).await;
        assert_eq!(desk.handed_out(server).await, [736, 1177, 2193], "{}: twice is once", server.name);
        // The same key with another year or another preview is another form.
        let next_year = (desk.year.parse::<i32>().expect("a year") + 1).to_string();
        for (name, value) in [("jaar", next_year), ("voorbeeld", "0".repeat(64))] {
            let other: Fields =
                post.iter().map(|(field, was)| (field.clone(), if field == name { value.clone() } else { was.clone() })).collect();
            assert_eq!(desk.code(POST, &other).await, "idempotency_conflict", "{} {name}", server.name);
        }

        let undo = vec![
            ("toedeling".to_owned(), hidden(&page, "toedeling")),
            ("reden".to_owned(), "Het contract gaat niet door".to_owned()),
            ("key".to_owned(), "sleutel-3".to_owned()),
        ];
        let page = desk.submit("/api/toedeling/terug", &undo).await;
        assert!(page.contains("Teruggedraaid op") && page.contains("Het contract gaat niet door"), "{}: {page}", server.name);
        assert_eq!(desk.handed_out(server).await, [0, 0, 0], "{}", server.name);
    });
}

#[test]
fn what_does_not_add_up_is_told_keeps_what_was_typed_and_posts_nothing() {
    on_every_engine(async |server| {
        let desk = Desk::open(server).await;
        let table = desk.table(server).await;
        let with = |name: &str, value: &str| -> Fields {
            table.iter().map(|(field, was)| (field.clone(), if field == name { value.to_owned() } else { was.clone() })).collect()
        };
        let long = "9".repeat(501);
        let page = desk.submit(PREVIEW, &with("besturen[4][vast]", "107")).await;
        assert!(page.contains("value=\"107\"") && page.contains("role=\"alert\""), "{}: {page}", server.name);
        for (name, value, code) in [
            ("besturen[0][besloten]", "29", "shares_not_100"),
            ("besturen[4][vast]", "107", "percent_out_of_range"),
            ("besturen[0][reden]", " ", "decided_without_reason"),
            ("besturen[0][reden]", "\u{200b}\u{7}", "decided_without_reason"),
            ("besturen[0][reden]", &long, "typed_too_long"),
            ("besturen[0][bestuur]", &long, "typed_too_long"),
            ("contracten[0][leverancier]", &long, "typed_too_long"),
            ("grondslag", &long, "typed_too_long"),
            ("besturen[0][leerlingen]", "-1", "not_a_number"),
            ("contracten[0][uren]", "-1", "contract_out_of_range"),
            ("contracten[0][uren]", "99999999", "contract_out_of_range"),
            ("contracten[0][uren]", "806,1", "not_a_whole_number"),
            ("contracten[0][reserve]", "807", "reserve_out_of_range"),
            ("contracten[0][leverancier]", "x", "unknown_row"),
        ] {
            assert_eq!(desk.code(PREVIEW, &with(name, value)).await, code, "{} {name}={value}", server.name);
        }
        let mut months = table.clone();
        months.push(("contracten[0][maanden][]".to_owned(), "13".to_owned()));
        assert_eq!(desk.code(PREVIEW, &months).await, "months_out_of_range", "{}", server.name);
        months.push(("contracten[0][maanden][]".to_owned(), long.clone()));
        assert_eq!(desk.code(PREVIEW, &months).await, "typed_too_long", "{}", server.name);
        // Each text fits, and all of them together do not fit a draft.
        let mut reasons = vec![("jaar".to_owned(), desk.year.clone()), ("key".to_owned(), "k".to_owned())];
        reasons.extend((0..1_000).map(|place| (format!("besturen[{place}][reden]"), "a".repeat(150))));
        assert_eq!(desk.code(PREVIEW, &reasons).await, "typed_too_long", "{}", server.name);
        for (count, status) in [(5_000, 422), (10_000, 413)] {
            let mut typed = vec![("jaar".to_owned(), desk.year.clone()), ("key".to_owned(), "k".to_owned())];
            typed.extend((0..count).map(|place| (format!("besturen[{place}][vast]"), "1".to_owned())));
            let typed: Vec<(&str, &str)> = typed.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            let answer = desk.browser.call(PREVIEW, &typed).await;
            assert_eq!(answer.status, status, "{} {count}: {answer:?}", server.name);
            // What was not read to its end ends its connection, and says so.
            assert_eq!(answer.header("connection") == "close", status == 413, "{} {count}: {answer:?}", server.name);
        }
        assert_eq!(desk.handed_out(server).await, [0, 0, 0], "{}", server.name);
    });
}
