// The docs browser: types and fields of the introspected schema, every type a way on.
import { named, shown } from "./language.js";

const make = (tag, className, text) => {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text) element.textContent = text;
  return element;
};

export function docs(body, word) {
  const trail = [];
  let schema = null;

  const typeButton = (type) => {
    const button = make("button", "type", shown(type) || type.name);
    button.type = "button";
    button.addEventListener("click", () => open(named(type)));
    return button;
  };

  const entry = (field) => {
    const box = make("div", "entry");
    const line = make("div");
    line.append(make("code", "name", field.name));
    if (field.type) line.append(": ", typeButton(field.type));
    if (field.defaultValue) line.append(make("code", "", ` = ${field.defaultValue}`));
    box.append(line);
    if (field.description) box.append(make("p", "", field.description));
    if (field.isDeprecated) box.append(make("p", "", `${word("deprecated")}: ${field.deprecationReason ?? ""}`));
    if (field.args?.length) {
      const args = make("div", "args");
      args.append(...field.args.map(entry));
      box.append(args);
    }
    return box;
  };

  const section = (title, list, render) => list?.length ? [make("h3", "", title), ...list.map(render)] : [];
  const typeEntry = (type) => {
    const box = make("div", "entry");
    box.append(typeButton(type));
    const description = schema.types.get(type.name)?.description;
    if (description) box.append(make("p", "", description));
    return box;
  };

  const roots = () => section(word("roots"), [schema.queryType, schema.mutationType].filter(Boolean), typeEntry)
    .concat([schema.queryType, schema.mutationType].filter(Boolean).flatMap((root) =>
      section(root.name, schema.types.get(root.name)?.fields, entry)));

  const typePage = (type) => [
    make("h2", "", type.name), make("code", "", type.kind.toLowerCase().replace("_", " ")),
    ...(type.description ? [make("p", "", type.description)] : []),
    ...section(word("fields"), type.fields ?? type.inputFields, entry),
    ...section(word("values"), type.enumValues, entry),
    ...section(type.kind === "INTERFACE" ? word("implementedBy") : word("types"), type.possibleTypes, typeEntry),
  ];

  const results = (text) => {
    const wanted = text.toLowerCase(), hits = [];
    for (const type of schema.types.values()) {
      if (type.name.startsWith("__")) continue;
      if (type.name.toLowerCase().includes(wanted)) hits.push(typeEntry(type));
      for (const field of type.fields ?? type.inputFields ?? []) {
        if (field.name.toLowerCase().includes(wanted)) {
          const hit = entry({ ...field, args: [] });
          hit.firstChild.prepend(typeButton({ kind: type.kind, name: type.name }), ".");
          hits.push(hit);
        }
      }
    }
    return [make("h3", "", word("found")), ...(hits.length ? hits.slice(0, 80) : [make("p", "", word("none"))])];
  };

  const draw = () => {
    if (!schema) return body.replaceChildren(make("p", "", word("noSchema")));
    const type = schema.types.get(trail.at(-1));
    body.replaceChildren(...(type ? typePage(type) : roots()));
    body.scrollTop = 0;
  };
  const open = (name) => { trail.push(name); draw(); };
  return {
    load(found) { schema = found; draw(); },
    back() { trail.pop(); draw(); },
    search(text) { if (text.trim() && schema) body.replaceChildren(...results(text.trim())); else draw(); },
    draw,
  };
}
