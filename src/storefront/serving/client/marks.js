// Marks on the page itself: drafts, what is under embargo, ahead or past, and what has changed.

import { badge, element } from "./dom.js";

const CARDS = "li, article, tr, section, figure";
const CARD = "storefront-marked";

export function mark(marks) {
  if (marks.page) document.body.prepend(element("p", { class: "storefront-page", lang: "en" }, marks.page.map(badge)));
  for (const [id, found] of Object.entries(marks.ids ?? {})) {
    const marked = document.getElementById(id);
    if (marked) put(marked, found);
  }
  const links = marks.links ?? {};
  for (const link of document.querySelectorAll("main a[href], body > a[href]")) {
    const found = links[link.getAttribute("href").split(/[#?]/, 1)[0]];
    if (found) put(card(link), found);
  }
  for (const code of document.querySelectorAll("code")) {
    const found = marks.codes?.[code.textContent.trim()];
    if (found) put(code.parentElement, found);
  }
}

// The card that a link stands in, if the card is about one thing; else the link.
function card(link) {
  const found = link.closest(CARDS);
  return found && found.querySelectorAll("h2, h3").length < 2 && !found.querySelector("li, article") ? found : link;
}

function put(where, marks) {
  const there = where.querySelector(":scope > .storefront-marks");
  const known = new Set(there ? [...there.children].map((each) => each.textContent) : []);
  const more = marks.filter((each) => !known.has(each.text)).map(badge);
  where.classList.add(CARD);
  if (getComputedStyle(where).position === "static") where.classList.add(`${CARD}--here`);
  if (there) there.append(...more);
  else where.append(element("span", { class: "storefront-marks", lang: "en" }, more));
}
