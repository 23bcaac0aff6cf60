// Keeps the choice of reviews and of their order in the address, and says how many reviews are shown.
const box = document.querySelector(".filters");
const said = document.createElement("p");
said.role = "status";
box.append(said);

const tell = () => (said.textContent = box.querySelector("[data-shown]:checked").dataset.shown);
const choose = () => {
  const named = location.hash.slice(1).split("&").map((id) => document.getElementById(id));
  const inputs = named.filter((each) => each?.type === "radio");
  for (const each of inputs) each.checked = true;
  if (inputs[0]) tell(box.scrollIntoView());
};
box.onchange = () => {
  const changed = [...box.querySelectorAll(":checked")].filter((each) => !each.defaultChecked);
  history.replaceState(null, "", changed[0] ? "#" + changed.map((each) => each.id).join("&") : location.pathname);
  tell();
};
addEventListener("hashchange", choose);
choose();
