//! Section 2.3: items, their files and versions.

use super::{Route, kept, route};

const FORM: &str = r#"{"listItemCreateInfo":{"FolderPath":{"DecodedUrl":"/sites/flow/Lists/Routes"},"UnderlyingObjectType":0},"formValues":[{"FieldName":"Title","FieldValue":"x"}],"bNewDocumentUpdate":false,"checkInComment":null}"#;
const FOLDER: &str = r#"{"listItemCreateInfo":{"FolderPath":{"DecodedUrl":"/sites/flow/Lists/Routes"},"UnderlyingObjectType":1,"LeafName":{"DecodedUrl":"closed"}},"formValues":[]}"#;
const CAML: &str = r#"{"query":{"ViewXml":"<View Scope='RecursiveAll'><Query><Where><Eq><FieldRef Name='PFStatus'/><Value Type='Text'>x</Value></Eq></Where></Query><RowLimit Paged='TRUE'>100</RowLimit></View>","ListItemCollectionPosition":{"PagingInfo":"Paged=TRUE&p_ID=100"},"DatesInUtc":true}}"#;

pub(super) const ITEMS: &[Route] = &[
    route(
        "2.3",
        "POST web/lists(guid'{list}')/items",
        r#"{"Title":"one","PFStatus":"Applied"}"#,
        201,
    ),
    route(
        "2.3",
        "POST web/lists(guid'{list}')/AddValidateUpdateItemUsingPath",
        FORM,
        200,
    ),
    route(
        "2.3",
        "POST web/lists(guid'{list}')/AddValidateUpdateItemUsingPath",
        FOLDER,
        200,
    ),
    route(
        "2.3",
        "GET web/lists(guid'{list}')/items?$select=Id,Title,Author/Title&$expand=Author&$filter=PFStatus eq 'Applied'&$orderby=ID&$top=100",
        "",
        200,
    ),
    route(
        "2.3",
        "GET web/lists(guid'{list}')/items?%24skiptoken=Paged%3dTRUE%26p_ID%3d1&%24top=1",
        "",
        200,
    ),
    route(
        "2.4",
        "GET web/lists(guid'{list}')/items?$filter=ID gt 1&$orderby=ID&$top=5000",
        "",
        200,
    ),
    route(
        "2.3",
        "POST+MERGE web/lists(guid'{list}')/items(1)",
        r#"{"Title":"two"}"#,
        204,
    ),
    route(
        "2.1",
        "MERGE web/lists(guid'{list}')/items(1)",
        r#"{"Title":"three"}"#,
        204,
    ),
    route(
        "2.1",
        "PATCH web/lists(guid'{list}')/items(1)",
        r#"{"Title":"four"}"#,
        204,
    ),
    route(
        "2.1",
        "POST+PUT web/lists(guid'{list}')/items(1)",
        r#"{"Title":"five"}"#,
        204,
    ),
    route(
        "2.3",
        "POST web/lists(guid'{list}')/items(1)/ValidateUpdateListItem",
        r#"{"formValues":[{"FieldName":"Title","FieldValue":"six"}],"bNewDocumentUpdate":true}"#,
        200,
    ),
    route(
        "2.3",
        "POST web/lists(guid'{list}')/items(1)/SystemUpdate",
        "{}",
        200,
    ),
    route(
        "2.3",
        "POST web/lists(guid'{list}')/items(1)/UpdateOverwriteVersion",
        "{}",
        200,
    ),
    route(
        "2.3",
        "POST web/lists(guid'{list}')/BulkValidateUpdateListItems",
        r#"{"itemIds":[1,2],"formValues":[{"FieldName":"Title","FieldValue":"seven"}],"bNewDocumentUpdate":false,"checkInComment":"","folderPath":""}"#,
        200,
    ),
    route(
        "2.3",
        "POST web/lists(guid'{list}')/items(1)/AttachmentFiles/add(FileName='a.txt')",
        "bytes",
        200,
    ),
    route(
        "2.3",
        "POST web/lists(guid'{list}')/items(1)/AttachmentFiles/addUsingPath(DecodedUrl='b.txt')",
        "bytes",
        200,
    ),
    route(
        "2.3",
        "GET web/lists(guid'{list}')/items(1)/AttachmentFiles",
        "",
        200,
    ),
    route(
        "2.3",
        "GET web/GetFileByServerRelativePath(decodedUrl='/sites/flow/Lists/Routes/Attachments/1/a.txt')/$value",
        "",
        200,
    ),
    route(
        "2.3",
        "DELETE web/lists(guid'{list}')/items(1)/AttachmentFiles/getByFileName('a.txt')",
        "",
        200,
    ),
    route("2.3", "POST web/lists(guid'{list}')/GetItems", CAML, 200),
    route(
        "2.3",
        "POST web/lists(guid'{list}')/RenderListDataAsStream",
        r#"{"parameters":{"ViewXml":"<View/>","RenderOptions":2,"Paging":"Paged=TRUE&p_ID=20","DatesInUtc":true}}"#,
        200,
    ),
    route(
        "6.4",
        "GET web/lists(guid'{list}')/items(1)/versions?$select=VersionLabel,Editor",
        "",
        200,
    ),
    route(
        "2.3",
        "POST web/lists(guid'{list}')/items(1)/versions(512)/deleteObject",
        "",
        200,
    ),
    route(
        "2.3",
        "POST web/lists(guid'{list}')/items(1)/versions/DeleteByLabel(versionlabel='2.0')",
        "",
        200,
    ),
    route(
        "2.3",
        "POST web/lists(guid'{list}')/items(1)/versions/DeleteByID(vid=1536)",
        "",
        200,
    ),
    route(
        "2.3",
        "GET web/lists(guid'{list}')/items(1)?$select=FileRef,FileDirRef,FileLeafRef,FSObjType,FileSystemObjectType,ScopeId,PermMask",
        "",
        200,
    ),
    route(
        "2.3",
        "POST web/GetFileByServerRelativePath(decodedUrl='/sites/flow/Lists/Routes/1_.000')/MoveToUsingPath(DecodedUrl='/sites/flow/Lists/Routes/closed/1_.000',moveOperations=0)",
        "",
        200,
    ),
    route(
        "2.3",
        "POST web/GetFileByServerRelativeUrl('/sites/flow/Lists/Routes/closed/1_.000')/moveto(newurl='/sites/flow/Lists/Routes/1_.000',flags=1)",
        "",
        200,
    ),
];

/// What ends the objects that the others work on: last.
pub(super) const ENDS: &[Route] = &[
    kept(
        "bin",
        route("2.3", "POST web/lists(guid'{list}')/items(2)/recycle", "", 200),
    ),
    route("2.3", "GET web/recyclebin", "", 200),
    route("2.3", "POST web/recyclebin('{bin}')/restore", "", 200),
    route("2.3", "POST+DELETE web/lists(guid'{list}')/items(2)", "", 200),
    route("2.1", "DELETE web/lists(guid'{list}')/items(3)", "", 200),
    route(
        "2.2",
        "DELETE web/lists(guid'{list}')/eventreceivers(guid'{receiver}')",
        "",
        200,
    ),
    route("2.2", "POST web/lists(guid'{list}')/recycle", "", 200),
    kept(
        "list",
        route(
            "2.2",
            "POST web/lists",
            r#"{"Title":"Again","BaseTemplate":100}"#,
            201,
        ),
    ),
    route("2.2", "DELETE web/lists(guid'{list}')", "", 200),
];
