// Which members a type has, by Microsoft's own metadata documents (OData CSDL, versions 3 and 4).
const { readFileSync } = require("node:fs");

/// All types of a document by full name: {base, members: Map(name -> type or undefined)}.
function read(file) {
  const types = new Map();
  const text = readFileSync(file, "utf8");
  for (const [, head, body] of text.matchAll(/<Schema\s([^>]*)>([\s\S]*?)<\/Schema>/g)) {
    const space = attribute(head, "Namespace");
    for (const [, , own, , inner] of body.matchAll(/<(EntityType|ComplexType)\s([^>]*?)(\/>|>([\s\S]*?)<\/\1>)/g)) {
      const members = new Map();
      for (const [, property] of (inner ?? "").matchAll(/<(?:Navigation)?Property\s([^>]*?)\/?>/g)) {
        members.set(attribute(property, "Name"), full(attribute(property, "Type")));
      }
      types.set(`${space}.${attribute(own, "Name")}`, { base: full(attribute(own, "BaseType")), members });
    }
  }
  return types;
}

const attribute = (text, name) => text.match(new RegExp(`(?:^|\\s)${name}="([^"]*)"`))?.[1];
const full = (name) => name?.replace(/^Collection\((.*)\)$/, "$1").replace(/^graph\./, "microsoft.graph.");

/// The members of a type and of all it is based on; undefined for an unknown type.
function members(types, name) {
  if (!types.has(name)) return undefined;
  const all = new Map();
  for (let at = name; at; at = types.get(at)?.base) {
    for (const [member, type] of types.get(at)?.members ?? []) all.set(member, type);
  }
  return all;
}

module.exports = { read, members };
