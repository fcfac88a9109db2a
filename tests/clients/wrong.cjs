// MSAL with a certificate that the registration does not know: refused in Entra's words, with a code to look up.
const assert = require("node:assert/strict");
const { ConfidentialClientApplication } = require("@azure/msal-node");
const auth = require("./auth.cjs");
const { check, done } = require("./check.cjs");

const client = new ConfidentialClientApplication({ auth });

check("a certificate that nobody registered is refused", () =>
  assert.rejects(client.acquireTokenByClientCredential({ scopes: ["https://graph.microsoft.com/.default"] }), (error) => {
    assert.equal(error.errorCode, "invalid_client");
    assert.match(error.errorMessage, /AADSTS700027/);
    assert.match(error.errorMessage, /Trace ID: [0-9a-f-]{36} Correlation ID: [0-9a-f-]{36} Timestamp: /);
    return true;
  }),
).then(done);
