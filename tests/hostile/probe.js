// What a page holds that no page may hold, after all that can be pressed was pressed; and what its heading says.
async () => {
  const found = [];
  const odd = /^(?!https:|mailto:|\/|#|\?|$)/i;
  const own = location.origin;
  const look = () => {
    for (const e of document.querySelectorAll("*")) {
      for (const { name, value } of e.attributes) {
        if (/^on/i.test(name)) found.push(`handler: ${e.outerHTML.slice(0, 120)}`);
        if (name === "style" || name === "srcdoc") found.push(`${name}: ${value}`);
        if (/^(href|src|action|formaction|data|poster|xlink:href|ping|background)$/i.test(name)) {
          const local = ["href"].includes(name) && e.localName === "a";
          const url = value.trim();
          if (odd.test(url) && !/^[a-z0-9][a-z0-9./-]*$/.test(url)) found.push(`address: ${e.localName} ${url}`);
          if (!local && e.localName !== "link" && new URL(url, location).origin !== own) found.push(`elsewhere: ${url}`);
        }
      }
      if (/^(iframe|object|embed|base|form|math|frame|frameset|applet|marquee|style|template|noscript)$/i.test(e.localName))
        found.push(`element: ${e.outerHTML.slice(0, 120)}`);
      if (e.localName === "script" && !(e.type === "application/ld+json" || (e.type === "module" && new URL(e.src).origin === own)))
        found.push(`script: ${e.outerHTML.slice(0, 120)}`);
      if (e.localName === "meta" && /refresh/i.test(e.httpEquiv)) found.push(`refresh: ${e.content}`);
      if (e.localName === "link" && /stylesheet|icon|script/.test(e.rel) && new URL(e.href).origin !== own)
        found.push(`elsewhere: ${e.href}`);
    }
  };
  look();
  for (const e of document.querySelectorAll("details")) e.open = true;
  for (const e of document.querySelectorAll("button, summary, input, label, [tabindex], h1, img")) {
    for (const type of ["pointerenter", "pointerover", "mouseover", "focusin", "focus", "error", "toggle"])
      e.dispatchEvent(new Event(type, { bubbles: true }));
    if (e.matches("button, input[type=radio], summary")) e.click();
  }
  for (const e of document.querySelectorAll("input:not([type=radio])")) {
    e.value = "<img src=x onerror=alert(1)>";
    e.dispatchEvent(new Event("input", { bubbles: true }));
  }
  await new Promise((done) => setTimeout(done));
  look();
  const data = [...document.querySelectorAll("script[type='application/ld+json']")].map((e) => e.textContent);
  const policy = document.querySelector("meta[http-equiv='Content-Security-Policy']")?.content ?? "";
  return { found, tripped: window.__tripped, policy, data, heading: document.querySelector("h1")?.textContent ?? "" };
}
