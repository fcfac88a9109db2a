//! Where a page leads back to. Only addresses of this host: a link must not lead people elsewhere.

use super::visit::Visit;
use crate::call::Call;

/// Path and query of the page itself.
pub(super) fn here(call: &Call) -> String {
    if call.query.is_empty() {
        call.path.clone()
    } else {
        format!("{}?{}", call.path, call.query)
    }
}

/// The page's `Source`, when it is one of this host; else `otherwise`.
pub(super) fn source(visit: &Visit<'_, '_>, otherwise: &str) -> String {
    let wanted = visit.parameter("Source").unwrap_or_default();
    let origin = visit.session.host_url();
    let local = wanted.strip_prefix(origin.as_str()).unwrap_or(wanted);
    if is_local(local) {
        local.to_owned()
    } else {
        otherwise.to_owned()
    }
}

/// Browsers read `//` and `/\` as the start of another host.
fn is_local(path: &str) -> bool {
    let mut characters = path.chars();
    characters.next() == Some('/') && !matches!(characters.next(), Some('/' | '\\'))
}

#[cfg(test)]
mod tests {
    use super::is_local;

    #[test]
    fn only_paths_of_the_host_itself_are_local() {
        for (path, expected) in [
            ("/sites/flow", true),
            ("/", true),
            ("//evil.example", false),
            ("/\\evil.example", false),
            ("https://evil.example", false),
            ("javascript:alert(1)", false),
            (".evil.example/x", false),
            ("", false),
        ] {
            assert_eq!(is_local(path), expected, "{path}");
        }
    }
}
