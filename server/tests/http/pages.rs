//! Every page as everybody: who gets it, and that what stands in a booking shows to its circle alone.

use super::{
    access_bookings::CIRCLE,
    support::{
        Seat, Who, World, on_every_engine,
        world::{OPEN_SECRET, SECRET},
    },
};

#[test]
fn no_page_shows_a_pupils_text_outside_its_circle() {
    on_every_engine(async |server| {
        let world = World::tell(server).await;
        let (pupil, group, past) = (world.asked().await, world.asked_for_a_group().await, world.past().await);
        let (specialist, school) = (world.here.specialists[0], world.here.schools[0]);
        let paths = [
            "/".to_owned(),
            "/zoeken".to_owned(),
            "/zoeken?q=zebrapad".to_owned(),
            format!("/experts/{specialist}"),
            "/agenda".to_owned(),
            format!("/agenda?expert={specialist}"),
            "/afspraken".to_owned(),
            format!("/afspraken/{pupil}"),
            format!("/afspraken/{pupil}/verplaats"),
            format!("/afspraken/{group}"),
            format!("/afspraken/{past}"),
            "/uren".to_owned(),
            format!("/uren?school={school}"),
            "/loket".to_owned(),
            "/spelregels".to_owned(),
            "/stijl".to_owned(),
        ];
        for who in Who::all() {
            let browser = world.browser(server, who).await;
            let pupil_circle = matches!(who, Who::Here(seat) if CIRCLE.contains(&seat));
            let group_circle = pupil_circle || who == Who::Here(Seat::DistrictTeam);
            for path in &paths {
                let page = browser.page(path).await;
                assert!(page.status < 500, "{} {path} by {who:?}: {page:?}", server.name);
                assert!(pupil_circle || !page.body.contains("zebrapad-7Q"), "{} {path} shows {SECRET} to {who:?}", server.name);
                assert!(group_circle || !page.body.contains("waterlelie-3K"), "{} {path} shows {OPEN_SECRET} to {who:?}", server.name);
            }
            let page = browser.page(&format!("/afspraken/{pupil}")).await;
            assert_eq!(page.body.contains("zebrapad-7Q"), pupil_circle, "{} {who:?} {}", server.name, page.status);
            let page = browser.page(&format!("/afspraken/{group}")).await;
            assert_eq!(page.body.contains("waterlelie-3K"), group_circle, "{} {who:?} {}", server.name, page.status);
        }
    });
}

#[test]
fn a_page_that_is_not_for_somebody_says_so_with_its_status() {
    on_every_engine(async |server| {
        let world = World::tell(server).await;
        let booking = world.asked().await;
        let (specialist, school) = (world.here.specialists[0], world.here.schools[0]);
        let cases = [
            (format!("/afspraken/{booking}"), Seat::OtherBoard, 403),
            (format!("/afspraken/{booking}"), Seat::SameBoard, 403),
            (format!("/afspraken/{booking}"), Seat::DistrictTeam, 403),
            (format!("/afspraken/{booking}/verplaats"), Seat::Head, 403),
            (format!("/agenda?expert={specialist}"), Seat::OtherSpecialist, 403),
            (format!("/agenda?expert={specialist}"), Seat::Coordinator, 403),
            (format!("/uren?school={school}"), Seat::OtherBoard, 403),
            ("/stijl".to_owned(), Seat::Coordinator, 404),
            ("/beheer/beleid".to_owned(), Seat::Registrar, 403),
            ("/beheer/controle".to_owned(), Seat::DistrictTeam, 403),
        ];
        for (path, seat, status) in cases {
            let page = world.browser(server, Who::Here(seat)).await.page(&path).await;
            assert_eq!(page.status, status, "{} {path} by {seat:?}", server.name);
            assert!(page.body.contains("</html>") && !page.body.contains("zebrapad"), "{path}");
        }
        for path in [format!("/afspraken/{booking}"), format!("/experts/{specialist}"), format!("/uren?school={school}")] {
            let page = world.browser(server, Who::There(Seat::Administrator)).await.page(&path).await;
            assert_eq!(page.status, 404, "{} {path}", server.name);
            let page = server.visitor().page(&path).await;
            assert!(page.status == 302 && page.header("location").starts_with("/inloggen?naar=/"), "{path}: {page:?}");
        }
    });
}

/// What somebody wrote is text on every page that shows it.
#[test]
fn what_was_written_in_a_booking_runs_nowhere() {
    on_every_engine(async |server| {
        let world = World::tell(server).await;
        let text = "</textarea></script><script>alert('7Q')</script><img src=x onerror=alert(1)>";
        let id = world.asked_with(text).await;
        for (seat, path) in [
            (Seat::Coordinator, "/".to_owned()),
            (Seat::Coordinator, "/afspraken".to_owned()),
            (Seat::Coordinator, format!("/afspraken/{id}")),
            (Seat::Coordinator, format!("/afspraken/{id}/verplaats")),
            (Seat::Specialist, "/".to_owned()),
            (Seat::Specialist, format!("/afspraken/{id}")),
        ] {
            let page = world.browser(server, Who::Here(seat)).await.page(&path).await;
            assert_eq!(page.status, 200, "{} {path}", server.name);
            assert!(!page.body.contains("<script>alert") && !page.body.contains("<img src=x"), "{} {path}: {}", server.name, page.body);
        }
    });
}
