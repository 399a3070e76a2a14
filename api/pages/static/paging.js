// The page works without this script. With it, the arrow keys walk through the pages, Shift chooses a stretch, Alt with a letter acts.
"use strict";

const arranging = document.getElementById("xep");
const shortcuts = [...document.querySelectorAll("[aria-keyshortcuts]")];
const working = () => {
  const told = document.getElementById("dang-lam");
  if (told) told.textContent = told.dataset.words;
};

document.addEventListener("keydown", (event) => {
  if (!event.altKey || event.ctrlKey || event.metaKey) return;
  const name = `Alt+${event.key.length === 1 ? event.key.toUpperCase() : event.key}`;
  const button = shortcuts.find((one) => one.getAttribute("aria-keyshortcuts") === name);
  if (!button) return;
  event.preventDefault();
  button.click();
});

// one order at a time: what is sent twice would be done twice
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    working();
  });
}
addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));

if (arranging) {
  const boxes = [...arranging.querySelectorAll("input[name=trang]")];
  const top = (box) => Math.round(box.closest("li").getBoundingClientRect().top);
  const across = () => Math.max(1, boxes.findIndex((box) => top(box) !== top(boxes[0])));
  const steps = { ArrowRight: () => 1, ArrowLeft: () => -1, ArrowDown: across, ArrowUp: () => -across() };
  let from = null;
  arranging.addEventListener("keydown", (event) => {
    const at = boxes.indexOf(event.target);
    if (at < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Enter") event.preventDefault();
    const to = event.key === "Home" ? 0 : event.key === "End" ? boxes.length - 1 : steps[event.key] ? at + steps[event.key]() : -1;
    if (!boxes[to]) return;
    event.preventDefault();
    if (event.shiftKey) {
      from ??= at;
      boxes.forEach((box, i) => (box.checked = i >= Math.min(from, to) && i <= Math.max(from, to)));
    } else {
      from = null;
    }
    boxes[to].focus();
  });
  const chosen = boxes.find((box) => box.checked) ?? boxes[0];
  if (chosen && !document.querySelector("[autofocus]")) chosen.focus({ preventScroll: !location.search.includes("trang=") });
}
