//! Section 6: subscriptions and the change log.

use super::{Route, kept, route};

pub(super) const ROUTES: &[Route] = &[
    kept(
        "subscription",
        route(
            "6.1",
            "POST web/lists('{list}')/subscriptions",
            r#"{"resource":"https://contoso.sharepoint.com/sites/flow/_api/web/lists('{list}')","notificationUrl":"https://flow.example/hook","clientState":"state"}"#,
            201,
        ),
    ),
    route(
        "6.1",
        "POST web/lists(guid'{list}')/subscriptions",
        r#"{"resource":"{list}","notificationUrl":"https://flow.example/hook"}"#,
        201,
    ),
    route(
        "6.1",
        "POST web/lists(guid'{list}')/subscriptions",
        r#"{"resource":"https://contoso.sharepoint.com/sites/flow/_api/web/lists('{list}')/subscriptions","notificationUrl":"https://flow.example/hook"}"#,
        201,
    ),
    route(
        "6.1",
        "POST web/lists(guid'{list}')/subscriptions",
        r#"{"resource":"{list}","notificationUrl":"https://flow.example/hook","expirationDateTime":"2099-01-01T00:00:00Z"}"#,
        400,
    ),
    route(
        "6.1",
        "POST web/lists(guid'{list}')/subscriptions",
        r#"{"resource":"{list}","notificationUrl":"https://flow.example:8443/hook"}"#,
        400,
    ),
    route("6.1", "GET web/lists('{list}')/subscriptions", "", 200),
    route(
        "6.1",
        "GET web/lists('{list}')/subscriptions('{subscription}')",
        "",
        200,
    ),
    route(
        "6.1",
        "PATCH web/lists('{list}')/subscriptions('{subscription}')",
        r#"{"clientState":"other"}"#,
        204,
    ),
    route(
        "6.1",
        "DELETE web/lists('{list}')/subscriptions('{subscription}')",
        "",
        204,
    ),
    route(
        "6.3",
        "POST web/lists('{list}')/getchanges",
        r#"{"query":{"Item":true,"Add":true,"Update":true,"DeleteObject":true,"Restore":true,"Rename":true,"Move":true,"SystemUpdate":false,"RequireSecurityTrim":true,"RoleAssignmentAdd":true,"FetchLimit":"1000"}}"#,
        200,
    ),
    route(
        "6.3",
        "POST web/getchanges",
        r#"{"query":{"Web":true,"List":true,"Item":true,"Add":true}}"#,
        200,
    ),
    route(
        "6.3",
        "POST web/lists('{list}')/GetListItemChangesSinceToken",
        r#"{"query":{"ChangeToken":"","ViewName":"","Query":"<Query/>","QueryOptions":"<QueryOptions/>","RowLimit":"100"}}"#,
        200,
    ),
];
