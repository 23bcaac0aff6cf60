// Elements out of plain values. No text ever becomes markup: what a content file says is only text here.

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== "" && value != null) made.setAttribute(key, value);
  }
  made.append(...children.flat(Infinity).filter((child) => child !== "" && child != null && child !== false));
  return made;
}

// A place beside the page whose styles neither reach the page nor are reached by it.
export function aside(sheet) {
  const host = element("storefront-preview", { lang: "en", dir: "ltr" });
  const root = host.attachShadow({ mode: "open" });
  const link = element("link", { rel: "stylesheet", href: sheet });
  const inside = element("div", { class: "tool", hidden: true });
  link.addEventListener("load", () => { inside.hidden = false; });
  root.append(link, inside);
  document.documentElement.append(host);
  return inside;
}

// A place in a file: a link that opens the editor where that can be done, else text to select.
export function place(each) {
  return each.open
    ? element("a", { class: "place", href: each.open, title: "Open in the editor" }, each.place)
    : element("code", { class: "place" }, each.place);
}

export function count(number, word) {
  return `${number} ${word}${number === 1 ? "" : "s"}`;
}

export function badge(mark) {
  return element("span", { class: "storefront-mark", "data-kind": mark.kind }, mark.text);
}
