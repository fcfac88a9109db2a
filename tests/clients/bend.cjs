// Preloaded into unmodified Node programs: connections to Microsoft's hosts go to the dev tenant.
// URL, SNI and Host stay real; only the TCP connection is bent.
const net = require("node:net");
const tls = require("node:tls");

const [host, port] = process.env.PF_DEV_TENANT.split(":");
const bent = /(^|\.)(microsoftonline\.com|windows\.net|microsoft\.com|sharepoint\.com|office365\.com|office\.com)$/;

function bend(options) {
  if (!options || typeof options !== "object" || !bent.test(options.host || options.hostname || "")) return options;
  const name = options.servername || options.host || options.hostname;
  return { ...options, host, hostname: host, port: Number(port), servername: name };
}

for (const [module, names] of [[net, ["connect", "createConnection"]], [tls, ["connect"]]]) {
  for (const name of names) {
    const original = module[name];
    module[name] = function (first, ...rest) {
      return original.call(this, bend(first), ...rest);
    };
  }
}
