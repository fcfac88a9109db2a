//! Sections 2.1 and 2.2: lists, columns, views, content types, event receivers.

use super::{Route, kept, route};

pub(super) const ROUTES: &[Route] = &[
    route("2.1", "POST contextinfo", "", 200),
    kept(
        "list",
        route(
            "2.2",
            "POST web/lists",
            r#"{"Title":"Routes","BaseTemplate":100,"AllowContentTypes":true,"ContentTypesEnabled":true,"Description":"x"}"#,
            201,
        ),
    ),
    route("2.1", "GET web/lists('{list}')", "", 200),
    route("2.1", "GET web/lists(guid'{list}')", "", 200),
    route("2.1", "GET Web/Lists/GetByTitle('Routes')", "", 200),
    route("2.1", "GET lists(guid'{list}')", "", 200),
    route("2.1", "GET web/getlist('/sites/flow/Lists/Routes')", "", 200),
    route(
        "2.1",
        "GET web/GetList(@u)?@u='/sites/flow/Lists/Routes'",
        "",
        200,
    ),
    route(
        "2.2",
        "GET web/lists(guid'{list}')?$select=CurrentChangeToken,EnableVersioning,MajorVersionLimit,ListItemEntityTypeFullName",
        "",
        200,
    ),
    route(
        "2.2",
        "POST+MERGE web/lists(guid'{list}')",
        r#"{"Description":"y","MajorVersionLimit":60}"#,
        204,
    ),
    route(
        "2.2",
        "MERGE web/lists(guid'{list}')",
        r#"{"Description":"z"}"#,
        204,
    ),
    kept(
        "field",
        route(
            "2.2",
            "POST web/lists(guid'{list}')/fields/createfieldasxml",
            r#"{"parameters":{"SchemaXml":"<Field Type='Text' Name='PFStatus' DisplayName='PFStatus'/>","Options":8}}"#,
            200,
        ),
    ),
    route(
        "2.2",
        "GET web/lists(guid'{list}')/fields/getbyinternalnameortitle('PFStatus')",
        "",
        200,
    ),
    route(
        "2.2",
        "POST+MERGE web/lists(guid'{list}')/fields(guid'{field}')",
        r#"{"Indexed":true}"#,
        204,
    ),
    route("2.2", "GET web/lists(guid'{list}')/fields", "", 200),
    route(
        "2.2",
        "POST web/lists(guid'{list}')/contenttypes/addAvailableContentType",
        r#"{"contentTypeId":"0x0108"}"#,
        200,
    ),
    route("2.2", "GET web/lists(guid'{list}')/contenttypes", "", 200),
    kept(
        "view",
        route(
            "2.2",
            "POST web/lists(guid'{list}')/views",
            r#"{"Title":"Open","PersonalView":false,"ViewQuery":"<OrderBy><FieldRef Name='ID'/></OrderBy>","RowLimit":30}"#,
            201,
        ),
    ),
    route(
        "2.2",
        "POST web/lists(guid'{list}')/views/add",
        r#"{"parameters":{"Title":"Closed","RowLimit":30}}"#,
        200,
    ),
    route(
        "2.2",
        "GET web/lists(guid'{list}')/views(guid'{view}')?$select=HtmlSchemaXml,ListViewXml",
        "",
        200,
    ),
    kept(
        "receiver",
        route(
            "2.2",
            "POST web/lists(guid'{list}')/eventreceivers",
            r#"{"EventType":10001,"ReceiverName":"r","ReceiverUrl":"https://flow.example/r","SequenceNumber":1000,"Synchronization":2}"#,
            201,
        ),
    ),
    route("2.2", "GET web/lists(guid'{list}')/eventreceivers", "", 200),
];
