// The panel: what is said of a page beside it, and the moment that is looked at.

import { badge, count, element, place } from "./dom.js";

const FOLDER = new URL(".", import.meta.url).pathname;
const OPEN = "storefront-panel-open";
const DAY = 24 * 60 * 60 * 1000;
const AHEAD = 365;

export class Panel {
  constructor(tool, said) {
    this.said = said;
    this.data = null;
    this.button = element("button", {
      type: "button", class: "pill", "aria-expanded": "false", "aria-controls": "panel", onclick: () => this.toggle(),
    });
    this.body = element("div", { class: "panel__body" });
    const close = element("button", { type: "button", class: "plain", onclick: () => this.toggle(false) }, "Close");
    this.panel = element(
      "aside",
      { class: "panel", id: "panel", hidden: true, "aria-label": "Preview", onkeydown: (event) => this.key(event) },
      element("div", { class: "top" }, element("h2", {}, "Preview"), close),
      this.body,
    );
    tool.append(this.panel);
    this.show({ now: "", held: false });
    if (sessionStorage.getItem(OPEN) === "yes") this.toggle(true, false);
  }

  key(event) {
    if (event.key === "Escape") this.toggle(false);
  }

  toggle(open = this.panel.hidden, focus = true) {
    this.panel.hidden = !open;
    this.button.setAttribute("aria-expanded", open);
    sessionStorage.setItem(OPEN, open ? "yes" : "no");
    if (open) this.load();
    if (focus) (open ? this.panel.querySelector("button") : this.button).focus();
  }

  // What is looked at has changed.
  show(look) {
    const ahead = look.chosen ? ` · ${look.now.slice(0, 10)}` : "";
    this.button.textContent = `Preview${ahead}${look.held ? " · drafts" : ""}`;
    this.button.classList.toggle("pill--other", Boolean(look.chosen || look.held));
    if (!this.panel.hidden) this.load();
  }

  async load() {
    const answer = await fetch(`${FOLDER}panel?path=${encodeURIComponent(decodeURI(location.pathname))}`);
    if (!answer.ok) return;
    const text = await answer.text();
    if (text === this.data) return;
    this.data = text;
    const focused = this.panel.getRootNode().activeElement?.id;
    const open = new Set([...this.body.querySelectorAll("details[open]")].map((each) => each.dataset.part));
    this.body.replaceChildren(...this.parts(JSON.parse(text), open));
    if (focused) this.body.querySelector(`#${focused}`)?.focus();
  }

  parts(told, open) {
    const part = (name, title, ...children) =>
      element("details", { "data-part": name, open: open.has(name) }, element("summary", {}, title), children);
    return [
      this.head(told),
      this.time(told.look),
      told.changes ? part("next", `What comes next (${told.changes.length})`, this.changes(told)) : "",
      told.links ? part("labels", `Disclosures (${told.disclosures?.labels.length ?? 0})`, disclosures(told)) : "",
      told.rules ? part("rules", `Rules passed (${told.rules.length})`, rules(told.rules)) : "",
      told.words ? part("words", `Words to look at (${told.words.length})`, words(told.words)) : "",
      told.links ? part("links", `Links to shops (${told.links.length})`, links(told)) : "",
      told.weight ? part("weight", `Weight (${kilobytes(told.weight)})`, weight(told.weight)) : "",
    ].filter(Boolean);
  }

  head(told) {
    const marks = told.marks?.page ?? [];
    return element(
      "div",
      { class: "head" },
      marks.length ? element("p", {}, "This page: ", marks.map(badge)) : "",
      element("p", {}, element("a", { href: FOLDER }, told.scope ? `All of ${told.scope}` : "All that is marked")),
    );
  }

  time(look) {
    const present = Date.parse(`${look.present}Z`);
    const ahead = Math.round((Date.parse(`${look.now}Z`) - Date.parse(`${look.present.slice(0, 10)}T00:00Z`)) / DAY);
    const day = (days) => new Date(present + days * DAY).toISOString().slice(0, 10);
    const told = element("output", { for: "slider" }, look.chosen ? `${look.now.replace("T", " ")} UTC` : "as it is now");
    const slider = element("input", {
      type: "range", id: "slider", min: "0", max: `${AHEAD}`, value: `${look.chosen ? Math.max(0, ahead) : 0}`,
      "aria-valuetext": told.textContent,
      oninput: () => {
        told.textContent = slider.value === "0" ? "as it is now" : day(Number(slider.value));
        slider.setAttribute("aria-valuetext", told.textContent);
      },
      onchange: () => this.look(slider.value === "0" ? "" : `${day(Number(slider.value))}T00:00`, look.held),
    });
    const exact = element("input", {
      type: "datetime-local", id: "exact", value: look.now, onchange: () => this.look(exact.value, look.held),
    });
    const held = element("input", {
      type: "checkbox", id: "held", onchange: () => this.look(look.chosen ? look.now : "", held.checked),
    });
    held.checked = look.held;
    const back = element("button", { type: "button", id: "back", onclick: () => this.look("", look.held) }, "Back to now");
    return element(
      "fieldset",
      {},
      element("legend", {}, "The moment"),
      element("p", { class: "row" }, element("label", { for: "slider" }, "Days ahead"), told),
      slider,
      element("p", { class: "row" }, element("label", { for: "exact" }, "Day and time, in UTC"), exact),
      look.chosen ? element("p", {}, back) : "",
      element("p", { class: "check" }, held, element("label", { for: "held" }, "Show drafts, embargoed, coming and past things")),
    );
  }

  changes(told) {
    const next = told.look.next ? `The site changes next on ${told.look.next.replace("T", " ")} UTC.` : "";
    if (!told.changes.length) return element("p", { class: "quiet" }, next || "Nothing is scheduled.");
    const go = (each) => element(
      "button", { type: "button", class: "plain", onclick: () => this.look(each.at, told.look.held) },
      each.at.replace("T", " "),
    );
    return element("ul", {}, told.changes.map((each) => element("li", {}, go(each), " ", each.what, " ", place(each))));
  }

  async look(now, held) {
    this.said.textContent = "Looking …";
    const answer = await fetch(`${FOLDER}look`, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ now, held }),
    });
    this.said.textContent = answer.ok ? "" : "That is no day or time.";
  }
}

function disclosures(told) {
  const found = told.disclosures;
  if (!found) return element("p", { class: "quiet" }, "Nothing on this page wants a label.");
  const statement = found.statement ? "A statement stands on the page." : "No statement is needed on this page.";
  const row = (each) => element(
    "li", {}, element("strong", {}, each.texts.join(" · ") || "no label needed"), ` ${each.brand} `,
    element("span", { class: "quiet" }, `${count(each.links, "link")} · ${each.ties.join(", ")}`),
  );
  return [
    element("p", {}, `${statement} Markets: ${found.markets.join(", ")}.`),
    element("ul", {}, found.labels.map(row)),
    found.unlinked ? element("p", { class: "quiet" }, `${count(found.unlinked, "labelled thing")} without a link.`) : "",
  ];
}

function rules(found) {
  if (!found.length) return element("p", { class: "quiet" }, "No rule is about this page.");
  return element("ul", {}, found.map((rule) => element(
    "li", {}, element("code", {}, rule.id), ` ${rule.says} `, element("span", { class: "quiet" }, rule.market),
  )));
}

function words(found) {
  if (!found.length) return element("p", { class: "quiet" }, "No word on this page undoes a disclosure.");
  return element("ul", {}, found.map((each) => element("li", {}, element("strong", {}, each.text), ` ${each.why}`)));
}

function links(told) {
  const others = told.all_links - told.links.length;
  const rest = others ? element("p", { class: "quiet" }, `${count(others, "other link")} on this page.`) : "";
  if (!told.links.length) return rest || element("p", { class: "quiet" }, "No link on this page leads to a shop.");
  const row = (each) => element(
    "li", {}, element("strong", {}, each.shop || each.host), ` ${each.label || "without a label"} `,
    each.network ? element("span", { class: "quiet" }, `through ${each.network} `) : "", place(each),
    element("code", { class: "url" }, each.url),
  );
  return [element("ul", {}, told.links.map(row)), rest];
}

function pictures() {
  const found = performance.getEntriesByType("resource").filter((each) => each.initiatorType === "img");
  return { number: found.length, bytes: found.reduce((sum, each) => sum + each.encodedBodySize, 0) };
}

function size(bytes) {
  return `${(bytes / 1000).toFixed(1)} KB`;
}

function kilobytes(found) {
  return size(found.reduce((sum, each) => sum + each.compressed, 0));
}

function weight(found) {
  const row = (name, compressed, bytes) => element(
    "tr", {}, element("th", { scope: "row" }, name), element("td", {}, compressed), element("td", {}, bytes),
  );
  const shown = pictures();
  return element(
    "table",
    {},
    element("thead", {}, element("tr", {}, ["File", "gzip", "plain"].map((each) => element("th", { scope: "col" }, each)))),
    element(
      "tbody", {}, found.map((each) => row(each.name, size(each.compressed), size(each.bytes))),
      row(`${count(shown.number, "picture")} loaded so far`, "", size(shown.bytes)),
    ),
  );
}
