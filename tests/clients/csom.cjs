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
  await check("49 private items for three people fit into one request, and 50 do not", async () => {
    const make = async (count) => {
      const fresh = context(await token());
      const target = fresh.get_web().get_lists().getByTitle("CSOM work");
      const bindings = SP.RoleDefinitionBindingCollection.newObject(fresh);
      bindings.add(fresh.get_web().get_roleDefinitions().getById(1073741826));
      const people = users.map((user) => fresh.get_web().get_siteUsers().getById(user.get_id()));
      for (let n = 0; n < count; n += 1) {
        const item = target.addItem(new SP.ListItemCreationInformation());
        item.set_item("Title", `many ${n}`);
        item.update();
        item.breakRoleInheritance(false, true);
        people.forEach((person) => item.get_roleAssignments().add(person, bindings));
      }
      await execute(fresh);
    };
    await assert.rejects(make(50), /too many resources/);
    ctx.load(list, "ItemCount");
    await execute(ctx);
    assert.equal(list.get_itemCount(), 1);
    await make(49);
    ctx.load(list, "ItemCount");
    await execute(ctx);
    assert.equal(list.get_itemCount(), 50);
  });
  await check("pages of CAML follow one another", async () => {
    const seen = [];
    let position = null;
    do {
      const query = new SP.CamlQuery();
      query.set_viewXml("<View><Query><OrderBy><FieldRef Name='ID'/></OrderBy></Query><RowLimit Paged='TRUE'>20</RowLimit></View>");
      query.set_listItemCollectionPosition(position);
      const items = list.getItems(query);
      ctx.load(items);
      await execute(ctx);
      seen.push(...items.get_data().map((item) => item.get_id()));
      position = items.get_listItemCollectionPosition();
    } while (position);
    assert.equal(seen.length, 50);
    assert.equal(new Set(seen).size, 50);
  });
  await check("a change is told, with the version before it", async () => {
    ctx.load(list, "CurrentChangeToken");
    await execute(ctx);
    const start = list.get_currentChangeToken();
    const item = list.getItemById(1);
    item.set_item("Title", "opened");
    item.update();
    await execute(ctx);
    const query = new SP.ChangeQuery(false, false);
    query.set_item(true);
    query.set_update(true);
    query.set_changeTokenStart(start);
    const changes = list.getChanges(query);
    const versions = item.get_versions();
    ctx.load(changes);
    ctx.load(versions);
    await execute(ctx);
    assert.deepEqual(changes.get_data().map((change) => [change.get_changeType(), change.get_itemId()]), [[2, 1]]);
    assert.deepEqual(versions.get_data().map((version) => version.get_item("Title")), ["opened", "sealed"]);
  });
  await check("a group is made, filled and removed; an item is recycled", async () => {
    const creation = new SP.GroupCreationInformation();
    creation.set_title("CSOM group");
    const group = web.get_siteGroups().add(creation);
    group.get_users().addUser(users[0]);
    const members = group.get_users();
    ctx.load(group);
    ctx.load(members);
    await execute(ctx);
    assert.deepEqual(members.get_data().map((user) => user.get_id()), [users[0].get_id()]);
    web.get_siteGroups().removeById(group.get_id());
    list.getItemById(2).recycle();
    await execute(ctx);
    ctx.load(list.getItemById(2));
    await assert.rejects(execute(ctx), (error) => error.code === -2130575338);
  });
  await check("more paths than a request may hold are refused", async () => {
    const many = context(await token());
    const target = many.get_web().get_lists().getByTitle("CSOM work");
    for (let id = 1; id <= 300; id += 1) many.load(target.getItemById(id));
    await assert.rejects(execute(many), /too many resources/);
  });
  done();
})();
