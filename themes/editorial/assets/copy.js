// Buttons: one opens the share sheet or, where there is none, copies the page's address; the others copy promo codes.
// The address gets a share code, so that a log tells visits by it from those that nobody knows the origin of.
const place = document.querySelector(".share");
const { share, address, copy, copied } = place.dataset;
const said = document.createElement("p");
said.className = "vh";
said.role = "status";

const add = (where, label, text, code, sheet) => {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = label;
  if (code) button.ariaLabel = `${label}: ${text}`;
  button.onclick = async () => {
    try {
      if (sheet) return await navigator.share({ title: document.title, url: text });
    } catch (error) {
      if (error.name === "AbortError") return; // closed on purpose
    }
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = said.textContent = copied;
      setTimeout(() => {
        button.textContent = label;
        said.textContent = "";
      }, 4000);
    } catch {
      if (code) getSelection().selectAllChildren(code); // one key is left to press
    }
  };
  where.append(button);
};

place.after(said);
const url = document.querySelector("link[rel=canonical]").href;
const sheet = "share" in navigator;
add(place, sheet ? share : address, `${url}?s=${sheet ? "share" : "copy"}`, null, sheet);
for (const code of document.querySelectorAll(".coupon code")) add(code.parentNode, copy, code.textContent, code);
