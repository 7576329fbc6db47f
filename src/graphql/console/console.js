// The console: an editor, its panes, and one request at a time. Everything comes from
// this origin; the token stays in this tab (sessionStorage).
import { complete, operations, paint, prettify } from "./language.js";
import { docs } from "./docs.js";
import { WORDS } from "./words.js";

const $ = (id) => document.getElementById(id);
const query = $("query"), choices = $("choices");
const recall = (store, key) => { try { return store.getItem(`sanggar.${key}`) ?? ""; } catch { return ""; } };
const keep = (store, key, value) => { try { store.setItem(`sanggar.${key}`, value); } catch { /* private mode: nothing is kept */ } };

// Language ---------------------------------------------------------------------
let language = recall(localStorage, "language") || (navigator.language.startsWith("en") ? "en" : "id");
const word = (key) => WORDS[language][key] ?? key;
function speak() {
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll("[data-t]")) element.textContent = word(element.dataset.t);
  for (const element of document.querySelectorAll("[data-label]")) element.setAttribute("aria-label", word(element.dataset.label));
  $("docs-search").placeholder = word("search");
  $("language").textContent = word("switchTo");
  $("language").lang = language === "id" ? "en" : "id";
  drawExamples();
  drawHistory();
}
$("language").addEventListener("click", () => {
  language = language === "id" ? "en" : "id";
  keep(localStorage, "language", language);
  speak();
  browser.draw();
});

// Requests ---------------------------------------------------------------------
function parsed(id) {
  const text = $(id).value.trim();
  if (!text) return {};
  let value = null;
  try { value = JSON.parse(text); } catch { /* told below */ }
  if (value === null || typeof value !== "object" || Array.isArray(value)) throw new Error(`${id}: ${word("notJson")}`);
  return value;
}

async function ask(body) {
  const headers = { "Content-Type": "application/json", "Accept-Language": language, ...parsed("headers") };
  headers.Accept = "application/graphql-response+json, application/json;q=0.9";
  const token = $("token").value.trim().replace(/^Bearer\s+/i, "");
  if (token) headers.Authorization = `Bearer ${token}`;
  const began = performance.now();
  const response = await fetch("/graphql", { method: "POST", headers, body: JSON.stringify(body), credentials: "same-origin" });
  const text = await response.text();
  const took = performance.now() - began;
  let value;
  try { value = JSON.parse(text); } catch { /* not every refusal on the way here is JSON */ }
  return { status: response.status, took, text, value };
}

function tell(parts) {
  $("status").replaceChildren(...parts.map(([text, className, tag = "span"]) => {
    const element = document.createElement(tag);
    element.textContent = text;
    if (className) element.className = className;
    return element;
  }));
}

function chosenOperation() {
  const all = operations(query.value);
  if (all.length < 2) return null;
  const at = query.selectionStart;
  const chosen = all.find((operation) => at >= operation.start && at <= operation.end);
  if (!chosen?.name) throw new Error(word("chooseOperation"));
  return chosen.name;
}

async function run() {
  if ($("run").getAttribute("aria-busy") === "true" || !query.value.trim()) return;
  hideChoices();
  $("run").setAttribute("aria-busy", "true");
  tell([[word("running")]]);
  try {
    const operationName = chosenOperation();
    const body = { query: query.value, variables: parsed("variables"), ...(operationName && { operationName }) };
    const { status, took, text, value } = await ask(body);
    const failed = status >= 400 || value?.errors?.length, cost = value?.extensions?.cost;
    tell([[`${status}`, failed ? "bad" : "", "b"], [`${Math.round(took)} ms`], [`${new Blob([text]).size} ${word("bytes")}`],
      ...(cost ? [[`${word("cost")} ${cost.total} / ${cost.limit}`]] : [])]);
    $("response").textContent = value ? JSON.stringify(value, null, 2) : text;
    remember();
  } catch (error) {
    tell([[error instanceof TypeError ? word("unreachable") : error.message, "bad", "b"]]);
  } finally {
    $("run").removeAttribute("aria-busy");
  }
}
$("run").addEventListener("click", run);

// Schema -----------------------------------------------------------------------
const REF = "kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } }";
const INTROSPECTION = `query Console { __schema { queryType { name } mutationType { name }
  directives { name description args { ...Value } }
  types { kind name description
    fields(includeDeprecated: true) { name description isDeprecated deprecationReason args { ...Value } type { ${REF} } }
    inputFields { ...Value } enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
    possibleTypes { kind name } } } }
  fragment Value on __InputValue { name description defaultValue type { ${REF} } }`;
let schema = null;
const browser = docs($("docs-body"), word);
async function introspect() {
  try {
    const { value } = await ask({ query: INTROSPECTION });
    const found = value?.data?.__schema;
    if (found) schema = { ...found, types: new Map(found.types.map((type) => [type.name, type])) };
  } catch { /* the docs say that there is no schema; the editor works without */ }
  browser.load(schema);
}
function showDocs(open) {
  $("docs").hidden = !open;
  document.querySelector("main").classList.toggle("with-docs", open);
  $("docs-toggle").setAttribute("aria-expanded", String(open));
  keep(localStorage, "docs", open ? "open" : "");
  if (open && !schema) introspect();
}
$("docs-toggle").addEventListener("click", () => showDocs($("docs").hidden));
$("docs-close").addEventListener("click", () => { showDocs(false); $("docs-toggle").focus(); });
$("docs-back").addEventListener("click", () => { $("docs-search").value = ""; browser.back(); });
$("docs-search").addEventListener("input", (event) => browser.search(event.target.value));

// Editor -----------------------------------------------------------------------
const painted = $("paint");
function repaint() {
  paint(query.value, painted);
  painted.scrollTop = query.scrollTop;
  painted.scrollLeft = query.scrollLeft;
  keep(localStorage, "query", query.value);
}
function setQuery(text) { query.value = text; hideChoices(); repaint(); }
function insert(text, start, end) {
  query.setRangeText(text, start, end, "end");
  repaint();
}

let offered = [], offeredPrefix = "", marked = 0;
const isOpen = () => !choices.hidden;
function hideChoices() {
  choices.hidden = true;
  query.removeAttribute("aria-activedescendant");
}
function offer(always) {
  if (!schema || query.selectionStart !== query.selectionEnd) return hideChoices();
  const { prefix, items } = complete(schema, query.value, query.selectionStart);
  if (!items.length || (!prefix && !always)) return hideChoices();
  [offered, offeredPrefix] = [items, prefix];
  choices.replaceChildren(...items.map((item, at) => {
    const li = document.createElement("li"), note = document.createElement("small");
    li.id = `choice-${at}`;
    li.setAttribute("role", "option");
    note.textContent = item.note;
    li.append(item.text, note);
    li.addEventListener("pointerdown", (event) => { event.preventDefault(); take(at); });
    return li;
  }));
  place();
  choices.hidden = false;
  mark(0);
}
function place() {
  const style = getComputedStyle(query), before = query.value.slice(0, query.selectionStart).split("\n");
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = style.font;
  const line = parseFloat(style.lineHeight);
  const top = before.length * line + parseFloat(style.paddingTop) - query.scrollTop;
  const left = pen.measureText(before.at(-1)).width + parseFloat(style.paddingLeft) - query.scrollLeft;
  choices.style.top = `${Math.max(0, Math.min(top, query.clientHeight - line))}px`;
  choices.style.left = `${Math.max(8, Math.min(left, query.clientWidth - 240))}px`;
}
function mark(at) {
  marked = (at + offered.length) % offered.length;
  [...choices.children].forEach((li, i) => li.setAttribute("aria-selected", String(i === marked)));
  choices.children[marked].scrollIntoView({ block: "nearest" });
  query.setAttribute("aria-activedescendant", `choice-${marked}`);
}
function take(at) {
  const end = query.selectionStart;
  insert(offered[at].insert, end - offeredPrefix.length, end);
  hideChoices();
  query.focus();
}

query.addEventListener("input", (event) => { repaint(); if (event.inputType?.startsWith("insert") && event.data?.trim()) offer(false); else hideChoices(); });
query.addEventListener("scroll", () => { painted.scrollTop = query.scrollTop; painted.scrollLeft = query.scrollLeft; hideChoices(); });
query.addEventListener("blur", hideChoices);
query.addEventListener("keydown", (event) => {
  const control = event.ctrlKey || event.metaKey;
  if (control && event.key === " ") { event.preventDefault(); return offer(true); }
  if (isOpen()) {
    const act = { ArrowDown: () => mark(marked + 1), ArrowUp: () => mark(marked - 1), Enter: () => take(marked), Tab: () => take(marked), Escape: hideChoices }[event.key];
    if (act && !control) { event.preventDefault(); return act(); }
  }
  if (control || event.altKey) return undefined;
  if (event.key === "Enter") { event.preventDefault(); newLine(); }
  else if (event.key === "}") { event.preventDefault(); closeBrace(); }
  return undefined;
});
function newLine() {
  const [start, end] = [query.selectionStart, query.selectionEnd];
  const indent = /^[ \t]*/.exec(query.value.slice(0, start).split("\n").at(-1))[0];
  const opened = /[{([]\s*$/.test(query.value.slice(0, start).split("\n").at(-1));
  const closes = opened && /^\s*[})\]]/.test(query.value.slice(end).split("\n")[0]);
  insert(`\n${indent}${opened ? "  " : ""}`, start, end);
  if (closes) { const at = query.selectionStart; insert(`\n${indent}`, at, at); query.setSelectionRange(at, at); }
}
function closeBrace() {
  const start = query.selectionStart;
  const line = query.value.slice(0, start).split("\n").at(-1);
  insert("}", /^\s{2,}$/.test(line) ? start - 2 : start, query.selectionEnd);
}
document.addEventListener("keydown", (event) => {
  const control = event.ctrlKey || event.metaKey;
  if (control && event.key === "Enter") { event.preventDefault(); run(); }
  if (control && event.shiftKey && event.key.toLowerCase() === "f") { event.preventDefault(); $("prettify").click(); }
});
$("prettify").addEventListener("click", () => {
  setQuery(prettify(query.value));
  try { $("variables").value = $("variables").value.trim() && JSON.stringify(parsed("variables"), null, 2); } catch (error) { tell([[error.message, "bad", "b"]]); }
});

// Panes, examples, history -------------------------------------------------------
const tabs = [...document.querySelectorAll("[role=tab]")];
function show(tab) {
  for (const other of tabs) {
    other.setAttribute("aria-selected", String(other === tab));
    other.tabIndex = other === tab ? 0 : -1;
    $(other.getAttribute("aria-controls")).hidden = other !== tab;
  }
}
for (const tab of tabs) {
  tab.addEventListener("click", () => show(tab));
  tab.addEventListener("keydown", (event) => {
    if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
    const next = tabs[(tabs.indexOf(tab) + 1) % tabs.length];
    show(next);
    next.focus();
  });
}
for (const [id, store] of [["variables", localStorage], ["token", sessionStorage], ["headers", sessionStorage]]) {
  $(id).value = recall(store, id);
  $(id).addEventListener("input", () => keep(store, id, $(id).value));
}

let examples = [];
function fill(select, first, items) {
  select.replaceChildren(new Option(first, ""), ...items.map(([text, value]) => new Option(text, value)));
}
function load(entry) {
  if (!entry) return;
  setQuery(entry.query);
  $("variables").value = entry.variables && Object.keys(entry.variables).length ? JSON.stringify(entry.variables, null, 2) : "";
  keep(localStorage, "variables", $("variables").value);
}
function drawExamples() { fill($("examples"), word("examples"), examples.map((example, at) => [example.title[language], at])); }
$("examples").addEventListener("change", (event) => { load(examples[event.target.value]); event.target.value = ""; });

function past() { try { return JSON.parse(recall(localStorage, "history") || "[]"); } catch { return []; } }
function remember() {
  let variables = {};
  try { variables = parsed("variables"); } catch { /* kept without */ }
  const rest = past().filter((entry) => entry.query !== query.value);
  keep(localStorage, "history", JSON.stringify([{ query: query.value, variables }, ...rest].slice(0, 30)));
  drawHistory();
}
function drawHistory() {
  const items = past().map((entry, at) => [entry.query.replace(/\s+/g, " ").slice(0, 60), at]);
  fill($("history"), word("history"), items.length ? [...items, [word("clear"), "clear"]] : items);
}
$("history").addEventListener("change", (event) => {
  if (event.target.value === "clear") { keep(localStorage, "history", "[]"); drawHistory(); } else load(past()[event.target.value]);
  event.target.value = "";
});

// Begin ------------------------------------------------------------------------
speak();
const given = new URLSearchParams(location.search).get("query");
setQuery(given ?? recall(localStorage, "query"));
showDocs(recall(localStorage, "docs") === "open" && matchMedia("(min-width: 56rem)").matches);
if ($("docs").hidden) introspect();
try {
  examples = await (await fetch("/graphiql/examples.json")).json();
  drawExamples();
  if (!query.value.trim()) load(examples[0]);
} catch { /* the menu stays empty */ }
