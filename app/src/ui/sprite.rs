//! The sprite: every drawing that a page points into, once. The shell puts it after the app, so that the browser's bundle never carries it.

use leptos::prelude::*;

/// Symbols of icons and mark, the street, and the textures of houses.
#[component]
pub fn Sprite() -> impl IntoView {
    view! {
        <svg width="0" height="0" aria-hidden="true" focusable="false" class="visually-hidden">
            <defs>
                <symbol id="i-home" viewBox="0 0 24 24"><path d="M4 11.5 12 4l8 7.5V20H4z"/><path d="M10 20v-5h4v5"/></symbol>
                <symbol id="i-search" viewBox="0 0 24 24"><circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.5 15.5 5 5"/></symbol>
                <symbol id="i-list" viewBox="0 0 24 24"><path d="M5 4h14v16H5z"/><path d="M9 9h6M9 13h6M9 17h3"/></symbol>
                <symbol id="i-clock" viewBox="0 0 24 24"><circle cx="12" cy="12" r="8.5"/><path d="M12 7.5V12l3 2.5"/></symbol>
                <symbol id="i-pot" viewBox="0 0 24 24"><path d="M3 10h18M5 10v4a6 6 0 0 0 6 6h2a6 6 0 0 0 6-6v-4"/><path d="M7.5 6.5 10 4l2.5 2.5M12.5 6.5 15 4l2.5 2.5"/></symbol>
                <symbol id="i-user" viewBox="0 0 24 24"><circle cx="12" cy="8" r="4"/><path d="M4 20.5c1-5 4.5-6 8-6s7 1 8 6"/></symbol>
                <symbol id="i-pin" viewBox="0 0 24 24"><path d="M9 4h6l-1 6 3.5 3.5h-11L10 10zM12 13.5V20"/></symbol>
                <symbol id="i-warn" viewBox="0 0 24 24"><path d="M12 4 21 20H3z"/><path d="M12 10v4.5M12 17.2v.1"/></symbol>
                <symbol id="i-turn" viewBox="0 0 24 24"><path d="M12 4v9M7.5 8.5 12 13l4.5-4.5M5 20h14"/></symbol>
                <symbol id="i-wait" viewBox="0 0 24 24"><path d="M7 4h10M7 20h10M8 4c0 5 8 6 8 16M16 4c0 5-8 6-8 16"/></symbol>
                <symbol id="i-check" viewBox="0 0 24 24"><path d="m5 12.5 4.5 4.5L19 7.5"/></symbol>
                <symbol id="i-cross" viewBox="0 0 24 24"><path d="m6 6 12 12M18 6 6 18"/></symbol>
                <symbol id="i-right" viewBox="0 0 24 24"><path d="M5 12h14M13 6l6 6-6 6"/></symbol>
                <symbol id="i-left" viewBox="0 0 24 24"><path d="M19 12H5M11 6l-6 6 6 6"/></symbol>
                <symbol id="i-calendar" viewBox="0 0 24 24"><path d="M4 6h16v14H4zM4 10.5h16M8.5 3.5V7M15.5 3.5V7"/></symbol>
                <symbol id="i-info" viewBox="0 0 24 24"><circle cx="12" cy="12" r="8.5"/><path d="M12 11v5M12 8v.1"/></symbol>
                <symbol id="i-lock" viewBox="0 0 24 24"><path d="M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3"/></symbol>
                <symbol id="i-match" viewBox="0 0 24 24"><path d="M3 12.5 7.5 8 12 12.5V20H3zM12 12.5 16.5 8l4.5 4.5V20h-9z"/></symbol>
                <symbol id="i-bike" viewBox="0 0 24 24"><circle cx="6" cy="16" r="3.5"/><circle cx="18" cy="16" r="3.5"/><path d="M6 16 9.5 9H15l3 7M9.5 9 13 16H6M15 9V6h2.5M8 7h3"/></symbol>
                <symbol id="i-down" viewBox="0 0 24 24"><path d="m6 9.5 6 6 6-6"/></symbol>
                <symbol id="i-filter" viewBox="0 0 24 24"><path d="M4 7h16M7 12h10M10 17h4"/></symbol>
                <symbol id="i-seal" viewBox="0 0 24 24"><path d="M12 3.5 19 6v6c0 4.5-3 7-7 8.5C8 19 5 16.5 5 12V6z"/><path d="m8.5 12 2.5 2.5 4.5-5"/></symbol>
                <symbol id="i-chat" viewBox="0 0 24 24"><path d="M4 5h16v11H11l-5 4v-4H4z"/></symbol>
                <symbol id="mark" viewBox="0 0 48 48"><path fill-rule="evenodd" d="M8 22v-9l6-7 2.5 2.900V6H19v5.800l1 1.200v9zm4-4h4v-4h-4zM22 22V11h3V7h3V3h6v4h3v4h3v11zm7-5h4v-5h-4z"/><path d="M5 24h38a2.5 2.5 0 0 1 0 5H40v4a11 11 0 0 1-11 11H19A11 11 0 0 1 8 33v-4H5a2.5 2.5 0 0 1 0-5z"/></symbol>
                <path id="street" d="M0 56V30L20 13.2L40 30H40V56zM40 56V23h6v-5h6v-5h6v-5h6v5h6v5h6v5h6H82V56zM82 56V18v-3h-2v-4h40v4h-2v3H118V56zM118 56V32L140 13.5l7.0 5.8v-9h6v11.4L162 32H162V56zM166 56V22h8.8v-12l8.1 -8l8.1 8v12h8.8H200V56zM200 56V26c8.3 0 8.3 -4 8.3 -9c0 -6 4 -9 10.6 -9s10.6 3 10.6 9c0 5 0 9 8.3 9H238V56zM238 56V26L256 10.8L274 26H274V56zM296 56V34h40.3v-8h5.6l10.0 -12l10.0 12h5.6v8H408H408V56zM428 56V26h6v-5h6v-5h6v-5h6v5h6v5h6v5h6H470V56zM470 56V29L491 11.3l6.7 5.6v-9h6v11.3L512 29H512V56zM512 56V20h8.3v-12l7.6 -8l7.6 8v12h8.3H544V56zM544 56V22v-3h-2v-4h44v4h-2v3H584V56zM588 56V24c7.9 0 7.9 -4 7.9 -9c0 -6 4 -9 10.0 -9s10.0 3 10.0 9c0 5 0 9 7.9 9H624V56zM624 56V31L647 11.6L670 31H670V56zM670 56V22h6v-5h6v-5h6v-5h6v5h6v5h6v5h6H712V56z"/>
                <path id="lights" class="lights" d="M9.5 37h5v7h-5zM25.5 37h5v7h-5zM50.1 30h5v7h-5zM66.9 30h5v7h-5zM90.3 25h5v7h-5zM104.7 25h5v7h-5zM90.3 38h5v7h-5zM104.7 38h5v7h-5zM128.7 39h5v7h-5zM146.3 39h5v7h-5zM180.5 28h5v7h-5zM180.5 41h5v7h-5zM208.9 33h5v7h-5zM224.1 33h5v7h-5zM246.3 33h5v7h-5zM260.7 33h5v7h-5zM303.2 41h8v8h-8zM325.6 41h8v8h-8zM348 41h8v8h-8zM370.4 41h8v8h-8zM392.8 41h8v8h-8zM438.1 33h5v7h-5zM454.9 33h5v7h-5zM480.1 36h5v7h-5zM496.9 36h5v7h-5zM525.5 26h5v7h-5zM525.5 39h5v7h-5zM553.5 29h5v7h-5zM569.5 29h5v7h-5zM596.3 31h5v7h-5zM610.7 31h5v7h-5zM635.3 38h5v7h-5zM653.7 38h5v7h-5zM680.1 29h5v7h-5zM696.9 29h5v7h-5z"/>
                <pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="pattern-ground" width="5" height="5"/><rect class="pattern-line" width="2.2" height="5"/></pattern>
                <pattern id="cross" width="6" height="6" patternUnits="userSpaceOnUse"><path class="pattern-cross" d="m1 1 4 4M5 1 1 5"/></pattern>
            </defs>
        </svg>
    }
}
