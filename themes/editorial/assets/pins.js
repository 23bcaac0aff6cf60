// Lights a thing, its pin and its line beside the picture together; the number on a thing leads to its pin.
const { show } = document.querySelector("[data-show]").dataset;

for (const number of document.querySelectorAll(".card__number")) {
  const thing = number.closest("[id]");
  const links = document.querySelectorAll(`.spread [href="#${thing.id}"]`);
  const all = [thing, ...links];
  for (const each of all) {
    for (const type of ["pointerenter", "pointerleave", "focusin", "focusout"]) {
      each.addEventListener(type, () => all.forEach((one) => one.classList.toggle("lit", /enter|in$/.test(type))));
    }
  }
  const pin = [...links].find((each) => each.closest("svg"));
  if (!pin) continue;
  const button = document.createElement("button");
  button.type = "button";
  button.className = number.className;
  button.textContent = number.textContent;
  pin.ariaLabel = `${number.textContent}: ${pin.querySelector("title").textContent}`;
  button.ariaLabel = `${pin.ariaLabel}. ${show}`;
  button.onclick = () => {
    pin.closest(".photo").scrollIntoView({ block: "center" });
    pin.focus({ preventScroll: true });
  };
  number.replaceWith(button);
  pin.closest("svg").removeAttribute("aria-hidden");
}
