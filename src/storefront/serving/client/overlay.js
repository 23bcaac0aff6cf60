// The overlay: everything that is wrong, over the last good page, until it is mended.

import { count, element, place } from "./dom.js";

export class Overlay {
  constructor(tool) {
    this.known = "[]";
    this.list = element("ol", { class: "problems" });
    this.title = element("h2", { id: "overlay-title" });
    const close = element("button", { type: "button", class: "plain", onclick: () => this.dialog.close() }, "Close");
    this.dialog = element(
      "dialog",
      { class: "overlay", "aria-labelledby": "overlay-title" },
      element("div", { class: "top" }, this.title, close),
      element("p", { class: "quiet" }, "Below is the last page that was good. This goes away by itself when all is mended."),
      this.list,
    );
    this.open = element("button", { type: "button", class: "pill pill--bad", hidden: true, onclick: () => this.show() });
    this.said = element("p", { class: "unseen", role: "status" });
    tool.append(this.dialog, this.said);
  }

  // The first of what is wrong now, each with code, message, hint, place, excerpt and related places; and how many it is.
  tell(problems, number) {
    const told = JSON.stringify(problems);
    if (told === this.known) return;
    const before = this.known !== "[]";
    this.known = told;
    const words = count(number, "problem");
    this.open.hidden = !problems.length;
    this.open.textContent = words;
    this.title.textContent = words;
    const more = number - problems.length;
    this.list.replaceChildren(...problems.map(one), more ? element("li", {}, `… and ${more} more.`) : "");
    if (problems.length) this.show();
    else if (this.dialog.open) this.dialog.close();
    this.said.textContent = problems.length ? `${words} found.` : before ? "All problems are mended." : "";
  }

  show() {
    if (!this.dialog.open) this.dialog.showModal();
  }
}

function one(problem) {
  return element(
    "li",
    {},
    element("p", { class: "where" }, place(problem), element("span", { class: "code" }, problem.code)),
    element("p", { class: "message" }, problem.message),
    problem.excerpt.length ? element("pre", { class: "excerpt", tabindex: "0" }, problem.excerpt.map(line)) : "",
    problem.hint ? element("p", { class: "hint" }, problem.hint) : "",
    problem.related.map((each) => element("p", { class: "quiet" }, "See also ", place(each))),
  );
}

function line(each) {
  const number = element("span", { class: "number", "aria-hidden": "true" }, `${each.number}`.padStart(5));
  const text = element("span", { class: each.caret ? "line line--bad" : "line" }, number, `  ${each.text}\n`);
  if (!each.caret) return [text];
  const caret = `${" ".repeat(each.caret + 6)}^\n`;
  return [text, element("span", { class: "caret", "aria-hidden": "true" }, caret)];
}
