// Loads the part for the first word, lists what fits.
const box = document.querySelector(".search");
const [, input, said, list] = box.children;
const { index, parts, found, none } = box.dataset;
const loaded = {};
const other = { æ: "ae", œ: "oe", ø: "o", ß: "ss", ł: "l" };
const words = (text) => {
  const plain = text.normalize("NFKD").replace(/[\p{M}'’]/gu, "").toLowerCase();
  return plain.replace(/[æœøßł]/g, (c) => other[c]).match(/[\p{L}\p{N}]+/gu) || [];
};
let at;
const mark = (to) => {
  if (at) at.ariaSelected = null;
  at = to;
  if (at) at.ariaSelected = true;
  at?.scrollIntoView({ block: "nearest" });
  input.setAttribute("aria-activedescendant", at?.id || "");
};
const option = ([title, line, href, lang], id) => {
  const made = document.createElement("a");
  const about = document.createElement("small");
  about.append(line);
  made.append(title, " ", about);
  return Object.assign(made, { role: "option", id: "found" + id, href, tabIndex: -1, lang });
};
input.oninput = async () => {
  const { value } = input;
  const typed = words(value);
  const [a, b] = typed.find((word) => word[1]) || "";
  const part = a && (a.codePointAt() * 31 + b.codePointAt()) % parts;
  if (a) loaded[part] ??= fetch(index + part + ".json").then((r) => r.json());
  const all = ((await loaded[part]) || []).filter((one) => {
    const has = words(one[0] + " " + one[1]);
    return typed.every((word) => has.some((each) => each.startsWith(word)));
  });
  if (value !== input.value) return;
  list.replaceChildren(...all.slice(0, 12).map(option));
  said.textContent = all[0] ? `${found}: ${all.length}` : a && none;
  input.ariaExpanded = !(list.hidden = !all[0]);
  mark();
};
input.onkeydown = (e) => {
  const go = (to) => mark(to, e.preventDefault());
  if (e.key === "ArrowDown") go(at?.nextSibling || list.firstChild);
  if (e.key === "ArrowUp") go(at?.previousSibling || list.lastChild);
  if (e.key === "Enter") at?.click();
};
list.role = "listbox";
list.ariaLabel = found;
box.hidden = 0;
input.oninput();
