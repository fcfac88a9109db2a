// MSAL with the certificate of the environment: signs in, and Graph and SharePoint take the tokens that it gets.
const assert = require("node:assert/strict");
const { ConfidentialClientApplication } = require("@azure/msal-node");
const auth = require("./auth.cjs");
const { check, done } = require("./check.cjs");

const client = new ConfidentialClientApplication({ auth });

async function read(resource, path) {
  const { accessToken } = await client.acquireTokenByClientCredential({ scopes: [`${resource}/.default`] });
  const headers = { authorization: `Bearer ${accessToken}`, accept: "application/json" };
  const answer = await fetch(`${resource}${path}`, { headers });
  assert.equal(answer.status, 200, await answer.clone().text());
  return answer.json();
}

const site = new URL(process.env.SITE_URL);

check("Graph takes the token", async () => {
  const own = await read("https://graph.microsoft.com", `/v1.0/applications(appId='${auth.clientId}')`);
  assert.equal(own.appId, auth.clientId);
})
  .then(() =>
    check("SharePoint takes the token", async () => {
      const web = await read(site.origin, `${site.pathname}/_api/web`);
      assert.equal(web.Url, site.href);
    }),
  )
  .then(done);
