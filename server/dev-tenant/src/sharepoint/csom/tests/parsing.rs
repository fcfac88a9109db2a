use super::super::parse::parse;
use super::super::schema::RequestError;

#[test]
fn empty_is_refused() {
    assert!(matches!(parse(b""), Err(RequestError::Xml(_))));
}
