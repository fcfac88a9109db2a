// How the programs sign in: MSAL's `auth` for the app and certificate of the environment.
const { createHash, X509Certificate } = require("node:crypto");
const { readFileSync } = require("node:fs");

const pem = readFileSync(process.env.CERT_PEM, "utf8");

module.exports = {
  clientId: process.env.CLIENT_ID,
  authority: `https://login.microsoftonline.com/${process.env.TENANT_ID}`,
  clientCertificate: {
    thumbprintSha256: createHash("sha256").update(new X509Certificate(pem).raw).digest("hex"),
    privateKey: pem.match(/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]+?-----END [A-Z ]*PRIVATE KEY-----/)[0],
  },
};
