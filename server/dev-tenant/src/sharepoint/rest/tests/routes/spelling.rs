//! A route without what differs from call to call.

/// `POST lists('{id}')/items?$top=1` is a POST of `lists()/items`.
pub(super) struct Spelling {
    /// None where only the place is named.
    method: Option<String>,
    place: String,
}

const METHODS: [&str; 6] = ["GET", "POST", "PATCH", "PUT", "DELETE", "MERGE"];

impl Spelling {
    pub(super) fn of(text: &str) -> Self {
        let (first, rest) = text.split_once(' ').unwrap_or(("", text));
        let method = first.split('+').next().unwrap_or_default();
        let method = METHODS.contains(&method).then(|| method.to_owned());
        let place = if method.is_some() { rest } else { text };
        Self {
            method,
            place: place_of(place),
        }
    }

    /// Whether this call is one of the route that is named; a name may leave out what stands before it.
    pub(super) fn is(&self, named: &Self) -> bool {
        let same_method = named.method.is_none() || named.method == self.method;
        let before = self.place.strip_suffix(&named.place);
        same_method && before.is_some_and(|before| before.is_empty() || before.ends_with('/'))
    }
}

/// Lower case, without the query, with keys as `()` and without the arguments of functions.
fn place_of(text: &str) -> String {
    let mut place = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('(') {
        if before.contains(['?', ' ']) {
            break;
        }
        let (inside, after) = after.split_once(')').unwrap_or((after, ""));
        place.push_str(before);
        let is_key = !inside.contains(['=', ',', '@']) || inside.starts_with('\'');
        place.push_str(if is_key { "()" } else { "" });
        rest = after;
    }
    place.push_str(rest);
    let end = place.find(['?', ' ']).unwrap_or(place.len());
    let place = place[..end].to_lowercase();
    let start = ["{web}/", "…/", "/", "_api/"];
    start
        .iter()
        .fold(place.as_str(), |place, start| {
            place.strip_prefix(start).unwrap_or(place)
        })
        .to_owned()
}

#[test]
fn a_call_is_what_it_is_called_by() {
    let is = |called: &str, named: &str| Spelling::of(called).is(&Spelling::of(named));
    assert!(is(
        "GET web/lists(guid'{list}')/items?$top=1",
        "GET lists(..)/items?$select=Id"
    ));
    assert!(is("POST+MERGE web/lists('{list}')/items(1)", "POST items(5)"));
    assert!(is("GET web/GetList(@u)?@u='/sites/flow'", "GetList(@u)?@u='…'"));
    assert!(is("POST $batch", "POST {web}/_api/$batch"));
    assert!(!is("GET web/lists(guid'{list}')/items", "POST lists(..)/items"));
    assert!(!is("GET web/lists(guid'{list}')/items", "items(5)"));
    assert!(!is("GET web/sitelists('x')", "lists('x')"));
    assert!(!is(
        "GET web/lists(guid'{list}')/items(1)/versions",
        "lists(..)/items"
    ));
}
