//! The site map: shell, router, navigation and the page for what is not there.
