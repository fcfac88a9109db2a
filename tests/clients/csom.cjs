// Microsoft's own CSOM JavaScript, unmodified, doing list, item and permission work with ProcessQuery.
const assert = require("node:assert/strict");
const { ConfidentialClientApplication } = require("@azure/msal-node");
const csom = require("csom-node");
const auth = require("./auth.cjs");
const { check, done } = require("./check.cjs");

const site = process.env.SITE_URL;
csom.setLoaderOptions({ url: site });

async function token() {
  const client = new ConfidentialClientApplication({ auth });
  return (await client.acquireTokenByClientCredential({ scopes: [`${new URL(site).origin}/.default`] })).accessToken;
}

function context(bearer) {
  const made = new SP.ClientContext(site);
  made.add_executingWebRequest((_, event) => {
    event.get_webRequest().get_headers().Authorization = `Bearer ${bearer}`;
  });
  return made;
}

function execute(made) {
  return new Promise((resolve, reject) =>
    made.executeQueryAsync(resolve, (_, event) => {
      const error = new Error(event.get_message());
      error.code = event.get_errorCode();
      error.typeName = event.get_errorTypeName();
      reject(error);
    }),
  );
}

(async () => {
  const ctx = context(await token());
  const web = ctx.get_web();
  let list;
  let users;

  await check("the web is loaded", async () => {
    ctx.load(web);
    await execute(ctx);
    assert.equal(web.get_url(), site);
  });
  await check("a list is created with a field", async () => {
    const creation = new SP.ListCreationInformation();
    creation.set_title("CSOM work");
    creation.set_templateType(100);
    list = web.get_lists().add(creation);
    list.get_fields().addFieldAsXml("<Field Type='Text' Name='Key' DisplayName='Key'/>", true, 8);
    ctx.load(list);
    await execute(ctx);
    assert.equal(list.get_title(), "CSOM work");
  });
  await check("people are ensured", async () => {
    users = [process.env.USER_1, process.env.USER_2, process.env.USER_3].map((upn) => web.ensureUser(`i:0#.f|membership|${upn}`));
    users.forEach((user) => ctx.load(user));
    await execute(ctx);
    assert.ok(users.every((user) => user.get_id() > 0));
  });
  await check("one request creates an item, makes it private and gives three people their rights", async () => {
    const item = list.addItem(new SP.ListItemCreationInformation());
    item.set_item("Title", "sealed");
    item.set_item("Key", "k1");
    item.update();
    item.breakRoleInheritance(false, true);
    const bindings = SP.RoleDefinitionBindingCollection.newObject(ctx);
    bindings.add(web.get_roleDefinitions().getByName("Read"));
    users.forEach((user) => item.get_roleAssignments().add(user, bindings));
    ctx.load(item, "Id", "HasUniqueRoleAssignments");
    await execute(ctx);
    assert.ok(item.get_id() > 0);
    assert.equal(item.get_hasUniqueRoleAssignments(), true);
    const rows = item.get_roleAssignments();
    ctx.load(rows, "Include(PrincipalId,RoleDefinitionBindings)");
    await execute(ctx);
    const ids = rows.get_data().map((row) => row.get_principalId());
    assert.ok(users.every((user) => ids.includes(user.get_id())));
  });
  await check("CAML finds items", async () => {
    const query = new SP.CamlQuery();
    query.set_viewXml("<View><Query><Where><Eq><FieldRef Name='Key'/><Value Type='Text'>k1</Value></Eq></Where></Query><RowLimit>5</RowLimit></View>");
    const items = list.getItems(query);
    ctx.load(items);
    await execute(ctx);
    assert.deepEqual(items.get_data().map((item) => item.get_item("Title")), ["sealed"]);
  });
  await check("a scope with a handler survives its own failure", async () => {
    const scope = new SP.ExceptionHandlingScope(ctx);
    const guarded = scope.startScope();
    const attempt = scope.startTry();
    list.getItemById(9999).deleteObject();
    attempt.dispose();
    const handler = scope.startCatch();
    web.set_description("caught");
    web.update();
    handler.dispose();
    guarded.dispose();
    ctx.load(web, "Description");
    await execute(ctx);
    assert.equal(scope.get_hasException(), true);
    assert.equal(web.get_description(), "caught");
  });
  await check("an unknown item is refused in SharePoint's words", async () => {
    ctx.load(list.getItemById(9999));
    await assert.rejects(execute(ctx), (error) => error.code === -2130575338 || /does not exist/.test(error.message));
  });
  await check("more paths than a request may hold are refused", async () => {
    const many = context(await token());
    const target = many.get_web().get_lists().getByTitle("CSOM work");
    for (let id = 1; id <= 300; id += 1) many.load(target.getItemById(id));
    await assert.rejects(execute(many), /too many resources/);
  });
  done();
})();
