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

const annotation = (name) => name.includes("odata.") || name.startsWith("__");

/// Members of `value` that its type does not have, complex values and expanded entities included. `type`: where the
/// value does not tell its own; `also`: whether a member is one all the same.
function strangers(types, value, type, also = () => false) {
  if (Array.isArray(value)) return value.flatMap((one) => strangers(types, one, type, also));
  if (value === null || typeof value !== "object") return [];
  // Nothing: the answer of what gives none.
  if (Object.keys(value).every(annotation)) return [];
  const name = typeOf(types, value) ?? type;
  const known = members(types, name?.startsWith("SP.Data.") ? "SP.ListItem" : name);
  if (!known) return [`unknown type ${name} of ${JSON.stringify(value).slice(0, 120)}`];
  return Object.entries(value).flatMap(([member, inner]) => {
    if (annotation(member)) return [];
    if (known.has(member)) return known.get(member)?.startsWith("Edm.") ? [] : strangers(types, inner, known.get(member), also);
    return also(name, member) ? [] : [`${name}.${member}`];
  });
}

function typeOf(types, value) {
  const told = (value["odata.type"] ?? value["@odata.type"])?.replace(/^#/, "");
  return told && (types.has(told) || told.startsWith("SP.Data.")) ? told : undefined;
}

/// Which members of a list's items and their versions are its columns.
function columns(fields) {
  const own = new Set(fields.flatMap(({ EntityPropertyName: name }) => [name, `${name}Id`, `${name}StringId`]));
  // Written in every item although they are no column of a new list.
  const always = new Set(["ComplianceAssetId", "GUID", "OData__ColorTag"]);
  const encoded = (name) => name.replace(/^OData_/, "").replace(/_x005f_/g, "_");
  return (type, member) => {
    if (type?.startsWith("SP.Data.")) return own.has(member) || always.has(member);
    return type === "SP.ListItemVersion" && [...own, ...always].some((name) => encoded(name) === encoded(member));
  };
}

module.exports = { read, members, strangers, columns };
