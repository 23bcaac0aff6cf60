// Tells the address in site.yaml which shop link was followed from which page. Nothing is stored and no cookie is sent.
const { beacon } = document.querySelector("script[data-beacon]").dataset;

const tell = ({ target, button }) => {
  const link = target.closest?.("a[rel~=nofollow]");
  if (!link || button > 1) return;
  const told = new URLSearchParams({ l: link.href, p: location.pathname });
  const code = new URLSearchParams(location.search).get("s");
  if (code) told.set("s", code);
  const omitted = { credentials: "omit", referrerPolicy: "no-referrer" };
  fetch(`${beacon}?${told}`, { method: "POST", mode: "no-cors", keepalive: true, ...omitted }).catch(() => {});
};

if (!navigator.globalPrivacyControl && navigator.doNotTrack !== "1") {
  addEventListener("click", tell);
  addEventListener("auxclick", tell);
}
