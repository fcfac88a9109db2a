use uuid::uuid;

use super::super::parameter::{Record, Value};
use super::super::parse::parse;
use super::super::request::{ActionKind, ObjectPath, PathId};
use super::super::schema::{MAX_MESSAGE_BYTES, MAX_OBJECT_PATHS, RequestError};
use super::client::request;

const CONTEXT: &str =
    r#"<StaticProperty Id="1" TypeId="{3747adcd-a3c3-41b9-bfab-4a64dd2f1e0a}" Name="Current"/>"#;

fn parameters(xml: &str) -> Vec<Value> {
    let action =
        format!(r#"<Method Name="M" Id="2" ObjectPathId="1"><Parameters>{xml}</Parameters></Method>"#);
    let parsed = parse(request(&action, CONTEXT).as_bytes()).unwrap();
    match parsed.actions.into_iter().next().unwrap().kind {
        ActionKind::Method { parameters, .. } => parameters,
        other => panic!("{other:?}"),
    }
}

fn refused(actions: &str, paths: &str) -> RequestError {
    parse(request(actions, paths).as_bytes()).unwrap_err()
}

#[test]
fn every_type_of_parameter_is_read() {
    let read = parameters(
        r#"<Parameter Type="String"> a &amp; b </Parameter><Parameter Type="Number">11</Parameter>
        <Parameter Type="Boolean">false</Parameter><Parameter Type="Null"/><Parameter Type="Enum">3</Parameter>
        <Parameter Type="Guid">{54cdbee5-0897-44ac-829f-411557fa11be}</Parameter>
        <Parameter Type="DateTime">1970-01-01T09:00:00.000+09:00</Parameter>
        <Parameter Type="DateTime">1970-01-01T00:00:00.000</Parameter>
        <Parameter Type="Base64Binary">QUI=</Parameter><Parameter ObjectPathId="1"/>
        <Parameter Type="Array"><Object Type="String">x</Object></Parameter>"#,
    );
    let epoch = Value::DateTime(jiff::Timestamp::UNIX_EPOCH);
    assert_eq!(
        read,
        [
            Value::Text(" a & b ".to_owned()),
            Value::Number(11.0),
            Value::Boolean(false),
            Value::Null,
            Value::Number(3.0),
            Value::Guid(uuid!("54cdbee5-0897-44ac-829f-411557fa11be")),
            epoch.clone(),
            epoch,
            Value::Binary(b"AB".to_vec()),
            Value::Object(PathId(1)),
            Value::Array(vec![Value::Text("x".to_owned())]),
        ]
    );
}

#[test]
fn a_value_object_is_read_with_its_properties() {
    let read = parameters(
        r#"<Parameter TypeId="{c956ab54-16bd-4c18-89d2-996f57282a6f}"><Property Name="Email" Type="Null"/>
        <Property Name="LookupId" Type="Number">5</Property></Parameter>"#,
    );
    let expected = Record {
        type_id: uuid!("c956ab54-16bd-4c18-89d2-996f57282a6f"),
        properties: vec![
            ("Email".to_owned(), Value::Null),
            ("LookupId".to_owned(), Value::Number(5.0)),
        ],
    };
    assert_eq!(read, [Value::Record(expected)]);
}

/// As Microsoft's own JavaScript client writes it: children before parents, nested queries, scopes.
#[test]
fn a_request_of_the_real_client_is_read() {
    let actions = r#"<ObjectPath Id="41" ObjectPathId="40" /><Query Id="42" ObjectPathId="40"><Query SelectAllProperties="false"><Properties><Property Name="ListItemCollectionPosition" SelectAll="true" /></Properties></Query><ChildItemQuery SelectAllProperties="false"><Properties><Property Name="Id" SelectAll="true" /><Property Name="RoleAssignments"><Query SelectAllProperties="false"><Properties /></Query><ChildItemQuery SelectAllProperties="false"><Properties><Property Name="RoleDefinitionBindings" SelectAll="true" /></Properties></ChildItemQuery></Property></Properties></ChildItemQuery></Query><ExceptionHandlingScopeSimple Id="68"><ObjectIdentityQuery Id="72" ObjectPathId="40" /></ExceptionHandlingScopeSimple>"#;
    let paths = r#"<Method Id="40" ParentId="4" Name="GetItems"><Parameters><Parameter TypeId="{3d248d7b-fc86-40a3-aa97-02a75d69fb8a}"><Property Name="ListItemCollectionPosition" TypeId="{922354eb-c56a-4d88-ad59-67496854efe1}"><Property Name="PagingInfo" Type="String">Paged=TRUE&amp;p_ID=3</Property></Property></Parameter></Parameters></Method>"#;
    let parsed = parse(request(actions, paths).as_bytes()).unwrap();
    let ActionKind::Query { query, .. } = &parsed.actions[1].kind else {
        panic!("a query");
    };
    let children = query.children.as_ref().unwrap();
    assert_eq!(children.properties.len(), 2);
    assert!(children.properties[1].query.as_ref().unwrap().children.is_some());
    let ActionKind::ExceptionHandlingScope(scope) = &parsed.actions[2].kind else {
        panic!("a scope");
    };
    assert_eq!((scope.attempt.len(), scope.catch.len()), (1, 0));
    assert!(matches!(
        parsed.paths[0].1,
        ObjectPath::Method {
            parent: PathId(4),
            ..
        }
    ));
}

#[test]
fn the_257th_object_path_is_one_too_many() {
    let paths = |count: usize| -> String {
        let path = |id| format!(r#"<Property Id="{id}" ParentId="0" Name="Web"/>"#);
        (0..count).map(path).collect::<Vec<_>>().concat()
    };
    assert!(parse(request("", &paths(MAX_OBJECT_PATHS)).as_bytes()).is_ok());
    let error = refused("", &paths(MAX_OBJECT_PATHS + 1));
    assert_eq!(error.to_string(), "The request uses too many resources.");
}

#[test]
fn a_message_beyond_two_megabytes_is_refused() {
    let body = vec![b' '; MAX_MESSAGE_BYTES + 1];
    assert_eq!(parse(&body), Err(RequestError::TooBig));
}

#[test]
fn what_the_schema_does_not_know_is_refused() {
    let schema = "System.Xml.Schema.XmlSchemaValidationException";
    for (actions, paths) in [
        ("<Nonsense Id='2'/>", CONTEXT),
        ("<Query Id='2'/>", CONTEXT),
        ("<Query Id='1' ObjectPathId='1'/>", CONTEXT),
        ("<Method Id='2' ObjectPathId='1'/>", CONTEXT),
        ("", "<Property Id='1' Name='Web'/>"),
        (
            "<SetProperty Id='2' ObjectPathId='1' Name='x'><Parameter Type='Boolean'>maybe</Parameter></SetProperty>",
            CONTEXT,
        ),
    ] {
        assert_eq!(refused(actions, paths).type_name(), schema, "{actions}{paths}");
    }
    assert_eq!(
        parse(b"<Request>").unwrap_err().type_name(),
        "System.Xml.XmlException"
    );
}

#[test]
fn a_conditional_scope_is_refused_as_not_modelled() {
    let error = refused("<ConditionalScope Id='2'/>", CONTEXT);
    assert!(matches!(error, RequestError::NotModelled(_)));
}
