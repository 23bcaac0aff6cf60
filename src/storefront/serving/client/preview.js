// The preview's script: it hears of changes, reloads this page when this page changed, and swaps stylesheets in place.

import { aside, element } from "./dom.js";
import { mark } from "./marks.js";
import { Overlay } from "./overlay.js";
import { Panel } from "./panel.js";

const FOLDER = new URL(".", import.meta.url).pathname;
const SCROLL = "storefront-scroll";
const data = JSON.parse(document.getElementById("storefront_").textContent);
const tool = aside(`${FOLDER}panel.css`);
const overlay = new Overlay(tool);
const panel = new Panel(tool, overlay.said);
const gone = element("span", { class: "pill pill--quiet", hidden: true }, "The preview has stopped");
tool.append(element("div", { class: "pills" }, gone, overlay.open, panel.button));
let source = null;

mark(data.marks);
restore();
listen();
document.addEventListener("visibilitychange", () => (document.hidden ? pause() : listen()));
addEventListener("pagehide", pause);
addEventListener("pageshow", listen);

function listen() {
  if (source || document.hidden) return;
  source = new EventSource(`${FOLDER}events?path=${encodeURIComponent(decodeURI(location.pathname))}`);
  source.addEventListener("open", () => { gone.hidden = true; });
  source.addEventListener("error", () => { gone.hidden = false; });
  source.addEventListener("state", (event) => hear(JSON.parse(event.data)));
}

// A browser keeps few connections to one host, so a page that nobody sees has none.
function pause() {
  source?.close();
  source = null;
}

function hear(state) {
  if (state.page !== data.page) {
    reload();
    return;
  }
  restyle(state.styles);
  overlay.tell(state.problems, state.count);
  panel.show(state.look);
}

function reload() {
  pause();
  sessionStorage.setItem(SCROLL, JSON.stringify([location.pathname, scrollX, scrollY]));
  location.reload();
}

function restore() {
  const kept = JSON.parse(sessionStorage.getItem(SCROLL) ?? "null");
  sessionStorage.removeItem(SCROLL);
  if (!kept || kept[0] !== location.pathname) return;
  const go = () => scrollTo({ left: kept[1], top: kept[2], behavior: "instant" });
  go();
  addEventListener("load", go, { once: true });
}

// New stylesheets stand beside the old ones until they have arrived, so that the page is never bare.
function restyle(wanted) {
  const links = [...document.querySelectorAll("link[rel~=stylesheet]:not([data-storefront], [data-old])")];
  links.forEach((old, index) => {
    const href = wanted[index];
    if (!href || old.getAttribute("href") === href) return;
    const next = old.cloneNode();
    next.href = href;
    old.dataset.old = "";
    next.addEventListener("load", () => old.remove());
    next.addEventListener("error", () => { next.remove(); delete old.dataset.old; });
    old.after(next);
  });
}
