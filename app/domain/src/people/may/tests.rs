//! The table of who may what, written out, and the two properties that hold for everybody.
//!
//! Always true here: the table is written by hand from domain.md §2; it is never derived from the code it tests.

use super::*;
use crate::ids::{BoardId, DistrictId, PartnershipId, PersonId, SchoolId, SpecialistId, SupplierId};
use proptest::prelude::*;
use uuid::Uuid;

const fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

const HERE: PartnershipId = PartnershipId(id(1));
const ELSEWHERE: PartnershipId = PartnershipId(id(2));

/// The object, as seen by somebody of school 1, board 1, district 1, supplier 1, specialist 1:
/// `o` own · `s` other school of the own board, colleague at the own supplier · `e` own board, in another district ·
/// `b` other board, same district · `d` other board, other district · `x` the own ids, in another partnership.
fn object(place: char, level: SupportLevel) -> Object {
    let (partnership, school, board, district, specialist, supplier) = match place {
        'o' => (HERE, 1, 1, 1, 1, 1),
        's' => (HERE, 2, 1, 1, 2, 1),
        'e' => (HERE, 3, 1, 2, 3, 2),
        'b' => (HERE, 4, 2, 1, 4, 2),
        'd' => (HERE, 5, 3, 2, 5, 2),
        'x' => (ELSEWHERE, 1, 1, 1, 1, 1),
        other => panic!("no place {other}"),
    };
    Object::of(partnership)
        .at_school(SchoolId(id(school)), Some(BoardId(id(board))), Some(DistrictId(id(district))))
        .with_specialist(SpecialistId(id(specialist)), SupplierId(id(supplier)))
        .at_level(level)
}

const PLACES: &str = "osebdx";

fn own_scope(role: Role) -> Scope {
    match role {
        Role::Coordinator | Role::Head => Scope::School(SchoolId(id(1))),
        Role::BoardContact | Role::Counsellor => Scope::Board(BoardId(id(1))),
        Role::Specialist => Scope::Specialist(SpecialistId(id(1))),
        Role::SupplierPlanner => Scope::Supplier(SupplierId(id(1))),
        Role::DistrictTeam => Scope::District(DistrictId(id(1))),
        Role::Registrar | Role::Administrator | Role::Auditor => Scope::Partnership,
    }
}

fn actor(roles: Vec<(Role, Scope)>) -> Actor {
    Actor { person: PersonId(id(9)), partnership: HERE, roles }
}

/// Which places each role reaches with each action; `all` is `osebd`, `-` is none. Nobody ever reaches `x`.
const TABLE: &str = "
action                    | coordinator | head | board_contact | specialist | supplier_planner | counsellor | district_team | registrar | administrator | auditor
search_experts            | all         | all  | all           | all        | all              | all        | all           | all       | all           | all
read_expert               | all         | all  | all           | all        | all              | all        | all           | all       | all           | all
book_at_school            | o           | -    | -             | -          | -                | -          | -             | -         | -             | -
read_booking pupil        | o           | o    | ose           | o          | os               | ose        | -             | all       | all           | all
read_booking group        | o           | o    | ose           | o          | os               | ose        | osb           | all       | all           | all
read_booking_text pupil   | o           | o    | -             | o          | -                | ose        | -             | all       | -             | -
read_booking_text group   | o           | o    | -             | o          | -                | ose        | osb           | all       | -             | -
read_booking_text teacher | o           | o    | -             | o          | -                | ose        | osb           | all       | -             | -
read_booking_text school  | o           | o    | -             | o          | -                | ose        | osb           | all       | -             | -
answer_booking            | -           | -    | -             | o          | os               | -          | -             | -         | -             | -
record_done               | -           | -    | -             | o          | -                | -          | -             | -         | -             | -
cancel_booking            | o           | -    | -             | o          | os               | -          | -             | -         | -             | -
move_booking              | o           | -    | -             | o          | os               | -          | -             | -         | -             | -
edit_availability         | -           | -    | -             | o          | os               | -          | -             | -         | -             | -
read_school_hours         | o           | o    | ose           | -          | -                | ose        | osb           | all       | all           | all
read_board_hours          | -           | -    | ose           | -          | -                | ose        | -             | all       | all           | all
read_wijkpot_hours        | all         | all  | all           | -          | -                | all        | all           | all       | all           | all
read_partnership_hours    | -           | -    | -             | -          | -                | -          | -             | all       | all           | all
divide_board_hours        | -           | -    | ose           | -          | -                | -          | -             | -         | -             | -
deviate                   | -           | -    | ose           | -          | os               | -          | -             | -         | -             | -
donate_school_hours       | o           | -    | -             | -          | -                | -          | -             | -         | -             | -
donate_board_hours        | -           | -    | ose           | -          | -                | -          | -             | -         | -             | -
draw                      | o           | -    | -             | -          | -                | -          | -             | -         | -             | -
decide_draw               | -           | -    | -             | -          | -                | -          | osb           | -         | -             | -
vote_draw                 | o           | -    | -             | -          | -                | -          | -             | -         | -             | -
consent_donation          | -           | -    | ose           | -          | -                | -          | -             | -         | -             | -
ask_reserve               | o           | -    | -             | -          | -                | -          | -             | -         | -             | -
release_reserve           | -           | -    | -             | -          | -                | -          | -             | all       | -             | -
arrange_wijkpots          | -           | -    | -             | -          | -                | -          | -             | -         | all           | -
allot                     | -           | -    | -             | -          | -                | -          | -             | -         | all           | -
reverse_posting           | -           | -    | -             | -          | -                | -          | -             | all       | all           | -
register                  | -           | -    | -             | -          | -                | -          | -             | all       | -             | -
see_reports               | -           | -    | all           | -          | -                | all        | all           | all       | all           | all
set_policy                | -           | -    | -             | -          | -                | -          | -             | -         | all           | -
see_checks                | -           | -    | -             | -          | -                | -          | -             | all       | all           | all
switch_donation           | o           | o    | -             | -          | -                | -          | -             | -         | -             | -
administer_people         | -           | -    | -             | -          | -                | -          | -             | -         | all           | -
see_parts                 | -           | -    | -             | -          | -                | -          | -             | -         | all           | -
export                    | -           | -    | -             | -          | -                | -          | -             | all       | all           | all
";

/// `ReadBookingText` as `read_booking_text`, the way the table and the logs write it.
fn code(action: Action) -> String {
    let mut code = String::new();
    for letter in format!("{action:?}").chars() {
        if letter.is_uppercase() && !code.is_empty() {
            code.push('_');
        }
        code.extend(letter.to_lowercase());
    }
    code
}

#[test]
fn every_role_may_exactly_what_the_table_says_and_nothing_else() {
    let mut lines = TABLE.trim().lines();
    let cells = |line: &'static str| line.split('|').map(str::trim).collect::<Vec<_>>();
    let heads = cells(lines.next().expect("the table has a head"));
    assert_eq!(heads[1..], Role::ALL.map(Role::code));
    let (mut checked, mut seen) = (0, Vec::new());
    for line in lines {
        let row = cells(line);
        let (name, level) = row[0].split_once(' ').unwrap_or((row[0], "pupil"));
        let action = Action::ALL.into_iter().find(|action| code(*action) == name).expect("the table names an action");
        let level = SupportLevel::from_code(level).expect("the table names a level");
        seen.push(action);
        assert_eq!(row.len(), Role::ALL.len() + 1, "{line}");
        for (role, cell) in Role::ALL.into_iter().zip(&row[1..]) {
            let reach = match *cell {
                "all" => "osebd",
                "-" => "",
                places => places,
            };
            for place in PLACES.chars() {
                let allowed = may(&actor(vec![(role, own_scope(role))]), action, &object(place, level));
                assert_eq!(allowed, reach.contains(place), "{} {} at {place}", role.code(), row[0]);
                checked += 1;
            }
        }
    }
    assert!(Action::ALL.iter().all(|action| seen.contains(action)), "an action is missing in the table");
    assert_eq!(checked, 39 * 10 * 6);
}

#[test]
fn somebody_without_a_role_may_nothing_not_even_search() {
    for action in Action::ALL {
        assert!(!may(&actor(Vec::new()), action, &object('o', SupportLevel::Group)));
    }
}

#[test]
fn a_booking_without_a_level_is_guarded_like_a_pupils() {
    let mut unknown = object('o', SupportLevel::Group);
    unknown.level = None;
    let team = actor(vec![(Role::DistrictTeam, own_scope(Role::DistrictTeam))]);
    assert!(!may(&team, Action::ReadBookingText, &unknown));
    assert!(!may(&team, Action::ReadBooking, &unknown));
}

#[test]
fn an_object_that_belongs_nowhere_is_closed_to_whoever_has_a_place() {
    let nowhere = Object::of(HERE);
    let open = [Action::SearchExperts, Action::ReadExpert, Action::ReadWijkpotHours, Action::SeeReports];
    for role in Role::ALL.into_iter().filter(|role| own_scope(*role) != Scope::Partnership) {
        for action in Action::ALL.into_iter().filter(|action| !open.contains(action)) {
            assert!(!may(&actor(vec![(role, own_scope(role))]), action, &nowhere), "{role:?} {action:?}");
        }
    }
}

fn any_scope() -> impl Strategy<Value = Scope> {
    (0..6_u8, 1..4_u128).prop_map(|(kind, number)| match kind {
        0 => Scope::School(SchoolId(id(number))),
        1 => Scope::Board(BoardId(id(number))),
        2 => Scope::Specialist(SpecialistId(id(number))),
        3 => Scope::Supplier(SupplierId(id(number))),
        4 => Scope::District(DistrictId(id(number))),
        _ => Scope::Partnership,
    })
}

/// Any mix of roles, also at scopes that do not fit them.
fn any_roles() -> impl Strategy<Value = Vec<(Role, Scope)>> {
    proptest::collection::vec((proptest::sample::select(Role::ALL.to_vec()), any_scope()), 0..6)
}

fn any_object() -> impl Strategy<Value = Object> {
    let place = || proptest::option::of(1..4_u128);
    let level = proptest::option::of(proptest::sample::select(SupportLevel::ALL.to_vec()));
    (place(), place(), place(), place(), place(), level).prop_map(|(school, board, district, supplier, specialist, level)| Object {
        partnership: HERE,
        school: school.map(|number| SchoolId(id(number))),
        board: board.map(|number| BoardId(id(number))),
        district: district.map(|number| DistrictId(id(number))),
        supplier: supplier.map(|number| SupplierId(id(number))),
        specialist: specialist.map(|number| SpecialistId(id(number))),
        level,
    })
}

proptest! {
    #[test]
    fn nobody_may_anything_in_another_partnership(
        roles in any_roles(), mut thing in any_object(), action in proptest::sample::select(Action::ALL.to_vec())
    ) {
        thing.partnership = ELSEWHERE;
        prop_assert!(!may(&actor(roles), action, &thing));
    }

    #[test]
    fn nobody_outside_the_circle_reads_pupil_level_text(roles in any_roles(), mut thing in any_object()) {
        thing.level = Some(SupportLevel::Pupil);
        let inside = roles.iter().any(|(role, scope)| match (role, scope) {
            (Role::Coordinator | Role::Head, Scope::School(school)) => thing.school == Some(*school),
            (Role::Specialist, Scope::Specialist(specialist)) => thing.specialist == Some(*specialist),
            (Role::Counsellor, Scope::Board(board)) => thing.board == Some(*board),
            (Role::Registrar, Scope::Partnership) => true,
            _ => false,
        });
        prop_assert_eq!(may(&actor(roles), Action::ReadBookingText, &thing), inside);
    }

    #[test]
    fn whoever_reads_the_text_reads_the_facts(roles in any_roles(), thing in any_object()) {
        let somebody = actor(roles);
        prop_assert!(!may(&somebody, Action::ReadBookingText, &thing) || may(&somebody, Action::ReadBooking, &thing));
    }

    #[test]
    fn one_role_more_never_allows_less(
        roles in any_roles(), more in any_roles(), thing in any_object(), action in proptest::sample::select(Action::ALL.to_vec())
    ) {
        let before = may(&actor(roles.clone()), action, &thing);
        let after = may(&actor([roles, more].concat()), action, &thing);
        prop_assert!(!before || after);
    }
}
