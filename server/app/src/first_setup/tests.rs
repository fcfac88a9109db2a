//! What comes next, and in which words.

use super::certificate::Certificate;
use super::next::{Missing, Next};
use super::next_words::next_words;
use super::standing::{Access, Grant, Standing};
use crate::config::Language;
use crate::permissions::{self, Api};
use crate::testing::TestService;

fn token(may_grant: bool) -> Access {
    Access::Token {
        lacking: Vec::new(),
        may_grant,
    }
}

fn standing(sharepoint: Access, graph: Access, grant: Grant) -> Standing {
    Standing {
        apis: vec![(Api::SharePoint, sharepoint), (Api::Graph, graph)],
        grant,
    }
}

#[tokio::test]
async fn the_first_thing_that_others_wait_for_is_next() {
    let service = TestService::open().await.service;
    let needs = permissions::needs(&service.config, &service.workflows).unwrap();
    let lacking: Vec<_> = permissions::union(&needs)
        .into_iter()
        .map(|(_, one)| one)
        .collect();
    let unconsented = || Access::Token {
        lacking: lacking.clone(),
        may_grant: false,
    };
    let missing = |standing: Standing| match standing.next(true, false) {
        Next::Missing(missing) => missing,
        other => panic!("{other:?}"),
    };
    let consent = |api| Missing::Consent {
        api,
        lacking: lacking.clone(),
    };
    let unknown = Grant::Unknown;
    for (standing, expected) in [
        (
            standing(unconsented(), Access::UnknownKey, unknown),
            Missing::Upload,
        ),
        (
            standing(unconsented(), Access::NoToken, unknown),
            Missing::Findings,
        ),
        (
            standing(unconsented(), unconsented(), unknown),
            consent(Api::SharePoint),
        ),
        (
            standing(token(false), unconsented(), Grant::Lacking),
            consent(Api::Graph),
        ),
        (
            standing(token(false), token(false), Grant::Lacking),
            Missing::Grant,
        ),
        (
            standing(token(false), token(false), Grant::Full),
            Missing::Findings,
        ),
    ] {
        assert_eq!(missing(standing), expected);
    }
    let ready = standing(token(false), token(false), Grant::Full);
    assert_eq!(ready.next(false, false), Next::Site);
    assert_eq!(ready.next(false, true), Next::Nothing);
}

#[tokio::test]
async fn an_administrator_is_given_link_and_requests_in_both_languages() {
    let service = TestService::open().await.service;
    let config = &service.config;
    let needs = permissions::needs(config, &service.workflows).unwrap();
    let (api, permission) = permissions::union(&needs)[0].clone();
    let lacking = vec![permission];
    for (missing, expected) in [
        (
            Missing::Consent { api, lacking },
            vec![
                "Sites.Selected",
                "scope=https%3A%2F%2Fcontoso.sharepoint.com%2F.default",
            ],
        ),
        (
            Missing::Grant,
            vec![
                "GET https://graph.microsoft.com/v1.0/sites/contoso.sharepoint.com:/sites/flow",
                "POST https://graph.microsoft.com/v1.0/sites/{id}/permissions",
                r#""id":"00000000-0000-0000-0000-000000000002""#,
                r#""roles":["fullcontrol"]"#,
                "Invoke-MgGraphRequest -Method POST",
            ],
        ),
    ] {
        let words = next_words(&Next::Missing(missing), config, &Certificate::NotNeeded).unwrap();
        for language in [Language::Ja, Language::En] {
            let lines: Vec<_> = words.iter().map(|words| words.in_language(language)).collect();
            let text = lines.join("\n");
            for expected in &expected {
                assert!(text.contains(expected), "{expected}: {text}");
            }
            assert!(text.contains("setup app"), "{text}");
        }
    }
}
