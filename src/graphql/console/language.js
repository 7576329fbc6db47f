// GraphQL as text: tokens, colours, tidy printing, and what may stand at the cursor.

const TOKEN = /(#[^\n\r]*)|("""(?:\\"""|[^])*?(?:"""|$)|"(?:\\.|[^"\\\n])*"?)|(\.\.\.)|(\$[_A-Za-z]\w*|\$)|([_A-Za-z]\w*)|(-?\d[\d.eE+-]*)|([{}()[\]:!=@|&])/g;
const KINDS = ["comment", "string", "spread", "variable", "name", "number", "mark"];
const KEYWORDS = new Set(["query", "mutation", "fragment", "on", "true", "false", "null"]);

export function tokens(text) {
  return [...text.matchAll(TOKEN)].map((m) => {
    const kind = KINDS[m.slice(1).findIndex((group) => group !== undefined)];
    return { kind, text: m[0], start: m.index, end: m.index + m[0].length };
  });
}

/** Fills `into` with the text in coloured spans. */
export function paint(text, into) {
  const parts = [];
  let at = 0;
  for (const token of tokens(text)) {
    parts.push(text.slice(at, token.start));
    const span = document.createElement("span");
    span.textContent = token.text;
    span.className = { comment: "c", string: "s", variable: "v", number: "n", mark: "", spread: "k" }[token.kind] ?? (KEYWORDS.has(token.text) ? "k" : "f");
    parts.push(span);
    at = token.end;
  }
  into.replaceChildren(...parts, text.slice(at), "\n");
}

/** The same document, evenly laid out. Comments and strings stay as they are. */
export function prettify(text) {
  const list = tokens(text);
  let out = "", depth = 0, round = 0, before = null;
  const line = () => { out = out.trimEnd() + (out ? "\n" + "  ".repeat(depth) : ""); };
  for (const token of list) {
    const t = token.text, wasOpen = before && "([".includes(before.text) && before.kind === "mark";
    if (token.kind === "comment") { line(); out += t; line(); before = token; continue; }
    const next = round && "[{".includes(t) && before && (before.kind !== "mark" || "]}".includes(before.text));
    if (next) out = out.trimEnd() + ", ";
    if (token.kind === "mark" && "([".includes(t)) { round++; out = (t === "(" ? out.trimEnd() : out) + t; }
    else if (token.kind === "mark" && ")]".includes(t)) { round--; out = out.trimEnd().replace(/,$/, "") + t + " "; }
    else if (t === "{" && round) { round++; out += "{"; }
    else if (t === "}" && round) { round--; out = out.trimEnd().replace(/,$/, "") + "} "; }
    else if (t === "{") { out = out.trimEnd() + (out.trim() && !out.endsWith("\n") ? " {" : "{"); depth++; line(); }
    else if (t === "}") { depth = Math.max(0, depth - 1); line(); out += "}"; if (depth) line(); else out += "\n\n"; }
    else if (t === ":" || t === "!") { out = out.trimEnd() + (t === ":" ? ": " : "! "); }
    else if (t === "@") { out = out.trimEnd() + " @"; }
    else if (t === "=" ) { out = out.trimEnd() + " = "; }
    else {
      const value = before && (before.text === ":" || before.text === "=" || wasOpen || before.text === "@" || (before.text === "{" && round));
      if (round) out = value ? out : out.trimEnd() + (before?.text === "{" ? "" : ", ");
      else if (depth && startsSelection(token, before)) line();
      out += t + (token.kind === "spread" ? "" : " ");
      if (token.kind === "spread") { before = { text: "...", kind: "spread" }; continue; }
    }
    before = token;
  }
  return out.split("\n").map((l) => l.trimEnd()).join("\n").replace(/\.\.\.on\b/g, "... on").replace(/\n{3,}/g, "\n\n").trim() + "\n";
}

/** A name or spread in a selection set begins a line, unless it goes on with what stands before it. */
function startsSelection(token, before) {
  if (!before || ["...", ":", "@", "{"].includes(before.text)) return false;
  return !(before.text === "on" && token.kind === "name");
}

/** The operations of a document with their places, for choosing one by the cursor. */
export function operations(text) {
  const found = [];
  let depth = 0, open = null;
  const list = tokens(text).filter((token) => token.kind !== "comment");
  list.forEach((token, at) => {
    if (depth === 0 && !open && (token.text === "{" || token.text === "query" || token.text === "mutation")) {
      const next = list[at + 1];
      open = { name: token.text !== "{" && next?.kind === "name" ? next.text : null, start: token.start };
    } else if (depth === 0 && !open && token.text === "fragment") open = { fragment: true };
    if (token.text === "{" ) depth++;
    if (token.text === "}" && --depth === 0 && open) {
      if (!open.fragment) found.push({ ...open, end: token.end });
      open = null;
    }
  });
  return found;
}

export const named = (type) => { while (type?.ofType) type = type.ofType; return type?.name; };
export const shown = (type) => !type ? "" : type.kind === "NON_NULL" ? shown(type.ofType) + "!" : type.kind === "LIST" ? `[${shown(type.ofType)}]` : type.name;

/** What may stand at the cursor: `{ prefix, items: [{ text, insert, note }] }`. */
export function complete(schema, text, cursor) {
  const list = tokens(text.slice(0, cursor)).filter((token) => token.kind !== "comment");
  let prefix = "";
  const last = list.at(-1);
  if (last && last.end === cursor && (last.kind === "name" || last.kind === "variable")) prefix = list.pop().text;
  else if (last && last.end === cursor && last.kind === "string") return { prefix, items: [] };
  const place = locate(schema, list);
  const wanted = prefix.toLowerCase();
  const rank = (item) => item.text.toLowerCase().startsWith(wanted) ? 0 : 1;
  const items = suggestions(schema, place, text)
    .filter((item) => item.text.toLowerCase().includes(wanted) && item.text !== prefix)
    .sort((a, b) => rank(a) - rank(b));
  return { prefix, items: items.slice(0, 60) };
}

/** Walks the tokens before the cursor and keeps the stack of what is open. */
function locate(schema, list) {
  const type = (name) => schema.types.get(name);
  const root = { query: schema.queryType?.name, mutation: schema.mutationType?.name };
  const stack = [];
  let head = {}, field = null, after = "";
  for (const token of list) {
    const top = stack.at(-1), t = token.text;
    if (t === "{" || t === "(" || t === "[") {
      if (!top) stack.push(t === "(" ? { kind: "declare" } : { kind: "set", type: type(head.on ?? root[head.word ?? "query"]) });
      else if (top.kind === "set" && t === "{") stack.push({ kind: "set", type: after === "type" ? type(head.on) : field ? type(named(field.type)) : top.type });
      else if (t === "(") stack.push({ kind: "args", args: field?.args ?? [] });
      else if (t === "{") stack.push({ kind: "args", args: type(named(top.value))?.inputFields ?? [] });
      else stack.push({ kind: "list", value: top.value });
      field = null; after = "";
    } else if (t === "}" || t === ")" || t === "]") {
      const closed = stack.pop(), now = stack.at(-1);
      if (!now && t === "}") head = {};
      if (now?.kind === "args") now.value = null;
      after = ""; field = closed?.kind === "args" && now?.kind === "set" ? now.field : null;
    } else if (!top) {
      if (after === "on") head.on = t;
      else if (["query", "mutation", "fragment"].includes(t) && !head.word) head.word = t;
      after = t === "@" || t === "on" ? t : "";
    } else if (top.kind === "set") {
      if (t === "...") { after = "..."; field = null; }
      else if (t === "@") after = "@";
      else if (t === ":") after = "";
      else if (after === "..." && t === "on") after = "on";
      else if (after === "on") { head.on = t; after = "type"; }
      else if (after === "@") { field = schema.directives.find((d) => d.name === t); after = ""; }
      else if (after === "...") after = "";
      else { field = top.field = fieldsOf(top.type).find((f) => f.name === t) ?? null; after = ""; }
    } else if (top.kind === "declare") after = t === ":" ? ":" : t === "$" ? "$" : "";
    else if (top.kind === "args") {
      if (t === ":") top.value = top.args.find((arg) => arg.name === top.key)?.type ?? {};
      else if (top.value) top.value = null;
      else top.key = t;
    }
  }
  return { top: stack.at(-1), after };
}

const fieldsOf = (type) => type?.fields ?? [];

function suggestions(schema, { top, after }, text) {
  const plain = (names, note = "") => names.map((name) => ({ text: name, insert: name, note }));
  if (after === "@") return schema.directives.map((d) => ({ text: d.name, insert: d.name, note: d.description ?? "" }));
  if (after === "on") return plain([...schema.types.values()].filter((t) => ["OBJECT", "INTERFACE", "UNION"].includes(t.kind) && !t.name.startsWith("__")).map((t) => t.name));
  if (!top) return plain(["query", "mutation", "fragment"]);
  if (top.kind === "set") {
    if (after === "...") return [...plain(["on"]), ...plain([...text.matchAll(/fragment\s+(\w+)\s+on/g)].map((m) => m[1]), "fragment")];
    const own = fieldsOf(top.type).map((f) => ({ text: f.name, insert: f.name, note: shown(f.type), description: f.description }));
    return [...own, { text: "__typename", insert: "__typename", note: "String!" }];
  }
  if (top.kind === "declare") return after === ":" ? plain([...schema.types.values()].filter((t) => ["SCALAR", "ENUM", "INPUT_OBJECT"].includes(t.kind)).map((t) => t.name)) : [];
  if (top.kind === "args" && !top.value) return top.args.map((arg) => ({ text: arg.name, insert: `${arg.name}: `, note: shown(arg.type) }));
  const type = schema.types.get(named(top.value));
  const values = type?.kind === "ENUM" ? type.enumValues.map((v) => v.name) : type?.name === "Boolean" ? ["true", "false"] : [];
  return [...plain(values, type?.name), ...plain([...new Set([...text.matchAll(/\$\w+(?=\s*:)/g)].map((m) => m[0]))])];
}
