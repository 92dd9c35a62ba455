//! One stylesheet out of style/: imports inlined, layers kept, nesting and light-dark() left to the browser.
//! Always true: the order of power is the one written in style/main.css.

use std::path::Path;

use anyhow::{Result, anyhow};
use lightningcss::bundler::{Bundler, FileProvider};
use lightningcss::stylesheet::{MinifyOptions, ParserOptions, PrinterOptions};
use lightningcss::targets::{Browsers, Features, Targets};

/// Bundles the file and everything it imports.
pub fn bundle(entry: &Path, minify: bool) -> Result<String> {
    let files = FileProvider::new();
    let mut sheet =
        Bundler::new(&files, None, ParserOptions::default()).bundle(entry).map_err(|error| anyhow!("{}: {error}", entry.display()))?;
    if minify {
        sheet
            .minify(MinifyOptions { targets: targets(), ..MinifyOptions::default() })
            .map_err(|error| anyhow!("{}: {error}", entry.display()))?;
    }
    let printed = sheet
        .to_css(PrinterOptions { minify, targets: targets(), ..PrinterOptions::default() })
        .map_err(|error| anyhow!("{}: {error}", entry.display()))?;
    Ok(printed.code)
}

/// The first versions with light-dark(), nesting and @layer: spring 2024. Older browsers still get every page, plainer.
fn targets() -> Targets {
    let version = |major: u32, minor: u32| Some(major << 16 | minor << 8);
    Targets {
        browsers: Some(Browsers {
            chrome: version(123, 0),
            edge: version(123, 0),
            firefox: version(121, 0),
            safari: version(17, 5),
            ios_saf: version(17, 5),
            ..Browsers::default()
        }),
        include: Features::empty(),
        exclude: Features::Nesting | Features::LightDark | Features::LogicalProperties,
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop where it is wrong")]
    use super::*;

    fn sheet(test: &str, minify: bool) -> String {
        let folder = std::env::temp_dir().join(format!("xtask-css-{}-{test}-{minify}", std::process::id()));
        std::fs::create_dir_all(folder.join("parts")).unwrap();
        std::fs::write(
            folder.join("main.css"),
            "@layer base, parts;\n@import url(\"base.css\") layer(base);\n@import url(\"parts/chip.css\") layer(parts);\n",
        )
        .unwrap();
        std::fs::write(folder.join("base.css"), ":root { color-scheme: light dark; --ink: light-dark(#111, #eee); }\n").unwrap();
        std::fs::write(folder.join("parts/chip.css"), ".chip { padding-inline: 1rem; & .dot { color: var(--ink); } }\n").unwrap();
        let css = bundle(&folder.join("main.css"), minify).unwrap();
        std::fs::remove_dir_all(folder).unwrap();
        css
    }

    #[test]
    fn imports_are_inlined_and_layers_keep_their_order() {
        let css = sheet("imports", true);
        assert!(!css.contains("@import"), "{css}");
        assert!(css.starts_with("@layer base,parts;") || css.starts_with("@layer base{"), "{css}");
        assert!(css.find("@layer base").unwrap() < css.find("@layer parts{").unwrap(), "{css}");
    }

    #[test]
    fn light_dark_nesting_and_logical_properties_stay_as_written() {
        for css in [sheet("kept", true), sheet("kept", false)] {
            assert!(css.contains("light-dark("), "{css}");
            assert!(css.contains("& .dot"), "{css}");
            assert!(css.contains("padding-inline"), "{css}");
        }
    }

    #[test]
    fn a_missing_import_names_the_sheet() {
        let missing = bundle(Path::new("/nowhere/main.css"), false).unwrap_err();
        assert!(missing.to_string().contains("/nowhere/main.css"), "{missing}");
    }
}
