// Recomputes an evidence line from the tenant's dump and the exported journal, with no code of the product.
// Usage: node evidence.mjs EVIDENCE_LINE.json DUMP.json LEDGER.json JOURNAL.json
// Exit 0 only if every field is what the dump and the journal say. Tells each field that is not.
import { createHash, createPublicKey, verify } from "node:crypto";
import { readFileSync } from "node:fs";

const [evidence, dump, ledger, journal] = process.argv.slice(2).map((file) => JSON.parse(readFileSync(file, "utf8")));
const wrong = [];
const same = (field, said, found) => {
  if (JSON.stringify(said) !== JSON.stringify(found)) wrong.push(`${field}: said ${JSON.stringify(said)}, found ${JSON.stringify(found)}`);
};
const sha256 = (text) => createHash("sha256").update(text).digest();
const hex = (bytes) => Buffer.from(bytes).toString("hex");

// JSON with members sorted by name and no white space.
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value && typeof value === "object") {
    const members = Object.keys(value).sort((a, b) => (Buffer.from(a).compare(Buffer.from(b))));
    return `{${members.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(",")}}`;
  }
  return JSON.stringify(value);
}

// --- the journal: a chain of hashes, its last head signed ---------------------------------------------------
let previous = "0".repeat(64);
const lines = journal.lines.map((line, at) => {
  const body = JSON.parse(line.body);
  if (line.seq !== at + 1 || body.seq !== at + 1) wrong.push(`journal: line ${at + 1} is out of order`);
  if (hex(sha256(line.body)) !== line.hash) wrong.push(`journal: line ${line.seq} does not have its hash`);
  if (body.prev !== previous || line.prevHash !== previous) wrong.push(`journal: line ${line.seq} does not follow`);
  if (canonical(body) !== line.body) wrong.push(`journal: line ${line.seq} is not canonical`);
  previous = line.hash;
  return body;
});
const application = lines[0]?.application;
const head = journal.heads.at(-1);
same("journal.lines", evidence.journal.lines, lines.length);
same("journal.head", evidence.journal.head, previous);
if (!head || head.hash !== previous || head.seq !== lines.length) {
  wrong.push("journal: the last line has no signed head");
} else {
  const digest = sha256(canonical({ head: 1, application, seq: head.seq, hash: head.hash }));
  const key = createPublicKey(journal.publicKey);
  const genuine = verify(null, digest, key, Buffer.from(head.signature, "hex"));
  if (!genuine) wrong.push("journal: the head's signature does not fit");
  same("journal.signature", evidence.journal.signature, head.signature);
  same("journal.keyId", evidence.journal.keyId, hex(sha256(key.export({ type: "spki", format: "der" }))).slice(0, 16));
}

// --- what the journal tells: states, plan, people ------------------------------------------------------------
const STATE_AFTER = {
  submitted: "SU", resubmitted: "SU", returned: "SB", accepted: "IA", sentBack: "SB", rejected: "RJ", approved: "AP",
  pulledBack: "PB", withdrawn: "WD", planChanged: "IA", executionStarted: "EX", parked: "RV", retried: "EX",
  askedAgain: "IA", sentBackToStep: "IA", acceptedAsIs: "CO", completed: "CO",
};
const events = lines.map((line) => line.event);
const states = events.map((event) => STATE_AFTER[event.type]).filter((state, at, all) => state && state !== all[at - 1]);
same("states", evidence.states, states);
const submitted = events.find((event) => event.type === "submitted");
same("number", evidence.number, submitted?.number);
const accepted = events.findLast((event) => event.type === "accepted" || event.type === "planChanged");
const planHash = hex(sha256(canonical({ steps: accepted.plan.steps, body: accepted.plan.body })));
same("planHash", evidence.planHash, planHash);
if (accepted.plan.hash !== planHash) wrong.push("the journal's plan does not have its hash");
const approvals = events.filter((event) => event.type === "decided" && event.verdict === "approve").map((event) => event.by);
same("approvers", evidence.approvers, approvals);

// --- what the tenant shows: account, licence, groups, mails --------------------------------------------------
const users = Object.values(dump.directory.users);
const groups = Object.values(dump.directory.groups);
const user = users.find((found) => found.user_principal_name === evidence.user.userPrincipalName);
if (!user) {
  wrong.push(`user: ${evidence.user.userPrincipalName} does not exist`);
} else {
  same("user.id", evidence.user.id, user.id);
  same("licences", evidence.licences, Object.keys(user.licences).sort());
  same("groups", [...evidence.groups].sort(), groups.filter((group) => group.members.includes(user.id)).map((group) => group.id).sort());
  const values = submitted.payload.values;
  same("employeeId", user.properties.employeeId, values.employeeNumber);
  same("department", user.properties.department, values.department);
  same("displayName", user.display_name, `${values.lastName} ${values.firstName}`);
}
const people = new Map(users.map((person) => [person.id, person.user_principal_name]));
const sent = dump.mailboxes.messages.filter((message) => message.sent && message.folder === "SentItems" && message.extended.length > 0);
const mails = sent.flatMap((message) => message.extended.map((property) => property.value)).filter((key) => key.startsWith(`${application}:`));
same("mails", evidence.mails, [...mails].sort());
const delivered = dump.mailboxes.messages.filter((message) => message.folder === "Inbox");
if (delivered.length < mails.length) wrong.push(`mails: ${mails.length} sent, ${delivered.length} delivered`);
const keys = sent.flatMap((message) => message.extended.map((property) => property.value));
if (new Set(keys).size !== keys.length) wrong.push("mails: one was sent twice");

// --- what it cost, and that nothing was doubled --------------------------------------------------------------
const ours = ledger.requests.filter((request) => request.who === `app:${evidence.app}`);
const sealing = ledger.effects.filter((effect) => effect.key.startsWith("sharepoint:create-item:") && effect.key.includes("PFApplications"));
const sealRequests = new Set(sealing.map((effect) => effect.request_id));
same("writeRequests.seal", evidence.writeRequests.seal, sealRequests.size);
same("writeRequests.total", evidence.writeRequests.total, ours.length);
const created = ledger.effects.filter((effect) => effect.key.startsWith("graph:create:user:"));
same("accounts created", 1, created.filter((effect) => effect.key.endsWith(evidence.user.userPrincipalName)).length);
if (people.size !== users.length) wrong.push("users: an id stands twice");

if (wrong.length > 0) {
  console.error(wrong.map((text) => `evidence: ${text}`).join("\n"));
  process.exit(1);
}
console.error(`evidence: ${evidence.number} holds (${lines.length} lines, ${mails.length} mails, ${ours.length} write requests)`);
