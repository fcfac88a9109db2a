use std::time::Duration;

use http::{HeaderMap, HeaderValue, Method, StatusCode};
use jiff::Timestamp;
use url::Url;

use super::{judge, parse_retry_after, unanswered};
use crate::{CredentialFault, Service, Verdict, call::Call};

const PAUSE: Duration = Duration::from_secs(9);

fn call(service: Service, method: Method) -> Call {
    Call::new(
        service,
        "try",
        method,
        Url::parse("https://graph.microsoft.com/v1.0/users").unwrap(),
    )
    .needs("P")
}

fn verdict(service: Service, method: Method, status: u16, body: &str) -> Verdict {
    let status = StatusCode::from_u16(status).unwrap();
    judge(
        &call(service, method),
        status,
        &HeaderMap::new(),
        body.as_bytes(),
        Timestamp::UNIX_EPOCH,
        PAUSE,
    )
    .verdict
}

fn sharepoint(status: u16, code: &str) -> Verdict {
    let body = format!(r#"{{"odata.error":{{"code":"{code}","message":{{"lang":"ja-JP","value":"文"}}}}}}"#);
    verdict(Service::SharePoint, Method::POST, status, &body)
}

fn graph(status: u16, error: &str) -> Verdict {
    verdict(
        Service::Graph,
        Method::POST,
        status,
        &format!(r#"{{"error":{error}}}"#),
    )
}

#[test]
fn sharepoint_errors_are_told_by_code_in_any_language() {
    let transient = Verdict::Throttled { retry_after: PAUSE };
    let cases = [
        (404, "-2130575338, System.ArgumentException", Verdict::NotFound),
        (404, "-1, System.ArgumentException", Verdict::NotFound),
        (
            500,
            "-2130575342, Microsoft.SharePoint.SPException",
            Verdict::Conflict,
        ),
        (
            400,
            "-2130575169, Microsoft.SharePoint.SPDuplicateValuesFoundException",
            Verdict::Conflict,
        ),
        (
            409,
            "-2130575305, Microsoft.SharePoint.SPException",
            Verdict::SaveConflict,
        ),
        (
            412,
            "-1, Microsoft.SharePoint.Client.ClientServiceException",
            Verdict::SaveConflict,
        ),
        (
            401,
            "-2147024891, System.UnauthorizedAccessException",
            Verdict::Denied { needs: "P" },
        ),
        (
            403,
            "-2147024891, System.UnauthorizedAccessException",
            Verdict::Denied { needs: "P" },
        ),
        (
            500,
            "-2147024860, Microsoft.SharePoint.SPQueryThrottledException",
            Verdict::Invalid,
        ),
        (400, "-1, System.InvalidOperationException", Verdict::Invalid),
        (429, "-1, x", transient),
    ];
    for (status, code, expected) in cases {
        assert_eq!(sharepoint(status, code), expected, "{status} {code}");
    }
}

#[test]
fn graph_errors_are_told_by_code_detail_and_status() {
    let taken = r#"{"code":"Request_BadRequest","message":"m","details":[{"code":"ObjectConflict"}]}"#;
    let lag = r#"{"code":"Request_BadRequest","message":"Resource 'x' does not exist or one of its queried reference-property objects are not present."}"#;
    let cases = [
        (400, taken, Verdict::Conflict),
        (400, lag, Verdict::Settling),
        (
            400,
            r#"{"code":"Request_BadRequest","message":"m"}"#,
            Verdict::Invalid,
        ),
        (
            404,
            r#"{"code":"Request_ResourceNotFound","message":"m"}"#,
            Verdict::NotFound,
        ),
        (
            403,
            r#"{"code":"Authorization_RequestDenied","message":"m"}"#,
            Verdict::Denied { needs: "P" },
        ),
        (
            404,
            r#"{"code":"MailboxNotEnabledForRESTAPI","message":"m"}"#,
            Verdict::Settling,
        ),
        (
            401,
            r#"{"code":"InvalidAuthenticationToken","message":"m"}"#,
            Verdict::Credentials(CredentialFault::Refused),
        ),
        (
            500,
            r#"{"code":"InternalServerError","message":"m"}"#,
            Verdict::Ambiguous,
        ),
    ];
    for (status, error, expected) in cases {
        assert_eq!(graph(status, error), expected, "{status} {error}");
    }
}

fn exchange(method: Method, status: u16, details: &str) -> Verdict {
    let body = format!(
        r#"{{"error":{{"code":"InternalError","message":"Error executing cmdlet","details":[{details}]}}}}"#
    );
    verdict(Service::Exchange, method, status, &body)
}

#[test]
fn exchange_errors_are_told_by_the_type_of_the_exception() {
    let missing = "Ex6F9304|Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException|no";
    let cases = [
        (404, missing, Verdict::NotFound),
        (500, missing, Verdict::NotFound),
        (
            400,
            "|Microsoft.Exchange.Management.Tasks.MemberAlreadyExistsException|there",
            Verdict::Conflict,
        ),
        (
            400,
            "|Microsoft.Exchange.Data.Directory.ADObjectAlreadyExistsException|there",
            Verdict::Conflict,
        ),
        (
            400,
            "|Microsoft.Exchange.Configuration.Tasks.ManagementObjectAmbiguousException|two",
            Verdict::Invalid,
        ),
        (
            400,
            "Cannot process argument | of this kind | at all",
            Verdict::Invalid,
        ),
        (403, "x", Verdict::Denied { needs: "P" }),
        (429, missing, Verdict::Throttled { retry_after: PAUSE }),
        (500, "|x.y.NobodyKnowsException|z", Verdict::Ambiguous),
    ];
    for (status, message, expected) in cases {
        let details = format!(r#"{{"Message":"{message}"}}"#);
        assert_eq!(
            exchange(Method::POST, status, &details),
            expected,
            "{status} {message}"
        );
    }
}

#[test]
fn exchange_says_of_a_moment_s_failure_that_the_request_was_bad() {
    let passing = Verdict::Transient { retry_after: None };
    let cases = [
        ("ServerBusyException", passing.clone()),
        ("CmdletProxyNotAvailableFailure", passing.clone()),
        ("ADTransientException", Verdict::Ambiguous),
        ("BackendCommunicationException", Verdict::Ambiguous),
    ];
    for (word, of_a_write) in cases {
        let details = format!(r#"{{"message":"|Microsoft.Exchange.{word}|z"}}"#);
        assert_eq!(exchange(Method::POST, 400, &details), of_a_write, "{word}");
        assert_eq!(exchange(Method::GET, 400, &details), passing, "{word}");
    }
    let inner = r#"{"Error":{"Code":"X","InnerError":{"InternalException":{"Message":"gone away: ServerBusyException"}}}}"#;
    assert_eq!(verdict(Service::Exchange, Method::POST, 400, inner), passing);
}

#[test]
fn a_write_behind_a_broken_gateway_is_ambiguous_and_a_read_is_not() {
    let html = "<html><body>Bad gateway</body></html>";
    assert_eq!(
        verdict(Service::SharePoint, Method::POST, 502, html),
        Verdict::Ambiguous
    );
    assert_eq!(
        verdict(Service::SharePoint, Method::GET, 502, html),
        Verdict::Transient { retry_after: None }
    );
    assert_eq!(
        verdict(Service::SharePoint, Method::GET, 302, ""),
        Verdict::Broken
    );
    assert_eq!(
        unanswered(&call(Service::Graph, Method::POST), true, "reset").verdict,
        Verdict::Ambiguous
    );
    let unsent = unanswered(&call(Service::Graph, Method::POST), false, "refused").verdict;
    assert_eq!(unsent, Verdict::Transient { retry_after: None });
}

#[test]
fn entra_says_what_is_wrong_with_our_credentials() {
    let cases = [
        (401, 7_000_222, CredentialFault::Expired),
        (401, 700_027, CredentialFault::UnknownKey),
        (400, 700_016, CredentialFault::UnknownApp),
        (400, 90_002, CredentialFault::UnknownTenant),
        (400, 900_144, CredentialFault::Refused),
    ];
    for (status, number, fault) in cases {
        let body =
            format!(r#"{{"error":"e","error_description":"AADSTS{number}: t","error_codes":[{number}]}}"#);
        let expected = Verdict::Credentials(fault);
        assert_eq!(
            verdict(Service::Login, Method::POST, status, &body),
            expected,
            "{number}"
        );
    }
}

#[test]
fn an_empty_401_takes_its_reason_from_the_headers() {
    let mut headers = HeaderMap::new();
    let diagnostics = r#"3000006;reason="Token contains invalid signature.";category="invalid_client""#;
    headers.insert("x-ms-diagnostics", HeaderValue::from_static(diagnostics));
    let call = call(Service::SharePoint, Method::GET);
    let error = judge(
        &call,
        StatusCode::UNAUTHORIZED,
        &headers,
        b"",
        Timestamp::UNIX_EPOCH,
        PAUSE,
    );
    assert_eq!(error.verdict, Verdict::Credentials(CredentialFault::Refused));
    assert!(error.message.contains("invalid signature"));
}

#[test]
fn a_secret_instead_of_a_certificate_is_named() {
    let verdict = verdict(
        Service::SharePoint,
        Method::GET,
        401,
        "Unsupported app only token.",
    );
    assert_eq!(
        verdict,
        Verdict::Credentials(CredentialFault::CertificateRequired)
    );
}

#[test]
fn retry_after_is_read_in_all_its_spellings() {
    let now: Timestamp = "2026-11-22T00:00:00Z".parse().unwrap();
    let cases = [
        ("31", None, Some(31_000)),
        ("2.128", None, Some(2_128)),
        ("Sun, 22 Nov 2026 00:01:00 GMT", None, Some(60_000)),
        ("Sat, 21 Nov 2026 00:01:00 GMT", None, Some(0)),
        ("9", Some("31"), Some(31_000)),
        ("-3", None, None),
        ("soon", None, None),
    ];
    for (after, reset, expected) in cases {
        let mut headers = HeaderMap::new();
        headers.insert("retry-after", HeaderValue::from_static(after));
        if let Some(reset) = reset {
            headers.insert("ratelimit-reset", HeaderValue::from_static(reset));
        }
        assert_eq!(
            parse_retry_after(&headers, now),
            expected.map(Duration::from_millis),
            "{after}"
        );
    }
}
