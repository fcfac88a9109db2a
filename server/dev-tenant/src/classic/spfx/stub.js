// Stands for modules of the framework that are published nowhere. Showing a page for reading needs none of them:
// whatever is called or made of them does nothing.
define([], function () {
  "use strict";
  // With a "then" it would look like a promise, and be waited for without end.
  const silent = new Set(["then", "toJSON"]);
  function member(known, name) {
    return name in known || typeof name === "symbol" || silent.has(name) ? known[name] : Nothing;
  }
  function Nothing() {
    return new.target ? new Proxy({}, { get: member }) : undefined;
  }
  return new Proxy({ __esModule: true, default: Nothing }, { get: member });
});
