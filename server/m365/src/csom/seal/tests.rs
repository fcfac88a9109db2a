use quick_xml::{Reader, events::Event};
use uuid::Uuid;

use super::*;
use crate::{
    csom::MAX_OBJECT_PATHS,
    sharepoint::{PrincipalId, RoleDefinitionId},
};

const READ: RoleDefinitionId = RoleDefinitionId(1_073_741_926);

fn grant(principal: i32) -> Grant {
    Grant {
        principal: PrincipalId(principal),
        role: READ,
    }
}

fn seal(principals: &[i32]) -> Seal {
    let fields = vec![("PFSource".to_owned(), FieldValue::Text("7.1".to_owned()))];
    Seal {
        fields,
        grants: principals.iter().map(|id| grant(*id)).collect(),
        drop_app_row: false,
    }
}

fn fitting(seals: &[Seal]) -> usize {
    let (request, numbers) = seal_request(Uuid::nil(), seals);
    assert!(request.paths() <= MAX_OBJECT_PATHS);
    numbers.len()
}

#[test]
fn one_sealed_item_is_one_request_that_breaks_before_it_gives() {
    let mut one = seal(&[11]);
    one.fields.push((
        "PFSubject".to_owned(),
        FieldValue::Text("</Parameter> & 髙橋\u{1}".to_owned()),
    ));
    one.fields.push((
        "PFAssignees".to_owned(),
        FieldValue::People(vec![PrincipalId(11), PrincipalId(12)]),
    ));
    one.drop_app_row = true;
    let xml = seal_request(Uuid::nil(), &[one]).0.xml().unwrap();
    insta::assert_snapshot!(xml.replace("><", ">\n<"));
}

#[test]
fn a_request_holds_as_many_items_as_its_paths_allow() {
    let shared: Vec<_> = (0..100).map(|_| seal(&[11, 12, 13])).collect();
    let applicants: Vec<_> = (0..100).map(|n| seal(&[100 + n, 12, 13])).collect();
    let distinct: Vec<_> = (0..100).map(|n| seal(&[3 * n, 3 * n + 1, 3 * n + 2])).collect();
    assert_eq!(
        [fitting(&shared), fitting(&applicants), fitting(&distinct)],
        [49, 41, 31]
    );
}

#[test]
fn any_text_stays_text_in_the_document() {
    use proptest::prelude::*;
    proptest!(|(text in "\\PC*[<>&\"'\\]]{0,5}.*")| {
        let mut one = seal(&[]);
        one.fields = vec![("Title".to_owned(), FieldValue::Text(text.clone()))];
        let xml = seal_request(Uuid::nil(), &[one]).0.xml().unwrap();
        let plain = seal_request(Uuid::nil(), &[Seal { fields: vec![("Title".to_owned(), FieldValue::Text("x".to_owned()))], ..seal(&[]) }]).0.xml().unwrap();
        prop_assert_eq!(elements(&xml), elements(&plain));
    });
}

/// Names of all elements, in order.
fn elements(xml: &str) -> Vec<String> {
    let mut reader = Reader::from_str(xml);
    let mut names = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) | Event::Empty(start) => {
                names.push(start.name().as_ref().to_owned());
            }
            Event::Eof => return names,
            _ => {}
        }
    }
}
