//! Takes out of a bundle what no browser ever runs and no compiler can tell. Always true: a function is named here with the reason why
//! nothing calls it; were it called after all, the page would stop there and the browser tests would say so.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use walrus::{Module, ModuleConfig};

/// Every erased view and route carries these functions in a table, so they seem to be in use. Named with their owner: a name alone may
/// also stand on a function that the compiler found to be the same as another, which is in use.
const NEVER_CALLED: [&str; 2] = [
    // Hydrates a page that waits for code of its own. No route here is lazy: `hydrate_body` hydrates at once.
    "IntoAny$GT$8into_any13hydrate_async",
    // Lists the routes, for the server.
    "IntoAnyNestedRoute$GT$21into_any_nested_route15generate_routes",
];

/// What rustc made, without those functions.
pub fn snipped(compiled: &Path, with_names: bool) -> Result<Module> {
    let mut module = ModuleConfig::new()
        .strict_validate(false)
        .generate_dwarf(false)
        .generate_name_section(with_names)
        .generate_producers_section(with_names)
        .parse_file(compiled)
        .with_context(|| compiled.display().to_string())?;
    for never in NEVER_CALLED {
        let mut found = 0;
        for function in module.funcs.iter_mut().filter(|function| function.name.as_ref().is_some_and(|name| name.contains(never))) {
            if let walrus::FunctionKind::Local(local) = &mut function.kind {
                let mut body = local.builder_mut().func_body();
                body.instrs_mut().clear();
                body.unreachable();
                found += 1;
            }
        }
        ensure!(found > 0, "no function of the bundle is called {never} any more: look what became of it");
    }
    Ok(module)
}
