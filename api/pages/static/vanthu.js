// The pages work without this script. With it, a place is lit without a reload and the arrow keys walk through the fields.
"use strict";
document.documentElement.classList.add("scripted");

// "/" leads to the search from everywhere
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.altKey || event.metaKey || event.target.closest("input, textarea, select")) return;
  const field = document.getElementById("tu") ?? document.getElementById("tra-nhanh");
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select();
});

// Alt+Z takes back what was done just now, where nothing on the page itself can be taken back (review.js)
document.addEventListener("keydown", (event) => {
  const last = document.querySelector("#hoan-tac button");
  if (!last || !event.altKey || event.code !== "KeyZ" || document.getElementById("doi-chieu")) return;
  event.preventDefault();
  last.click();
});

const pane = document.getElementById("trang");
const facts = document.getElementById("truong");
if (pane && facts) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const of = (root, key) => [...root.querySelectorAll("[data-k]")].filter((one) => one.dataset.k.split(" ").includes(key));
  const bring = (box, within) => {
    const [inner, outer] = [box.getBoundingClientRect(), within.getBoundingClientRect()];
    const [tall, wide] = [inner.top >= outer.top + 8 && inner.bottom <= outer.bottom - 8, inner.left >= outer.left && inner.right <= outer.right];
    if (tall && wide) return;
    const top = tall ? within.scrollTop : within.scrollTop + inner.top - outer.top - within.clientHeight / 3;
    const left = wide ? within.scrollLeft : within.scrollLeft + inner.left - outer.left - 16;
    within.scrollTo({ top, left, behavior: calm ? "auto" : "smooth" });
  };
  const choose = (key) => {
    document.querySelectorAll(".chon").forEach((one) => one.classList.remove("chon"));
    facts.querySelectorAll("a[aria-current]").forEach((one) => one.removeAttribute("aria-current"));
    const places = key ? of(pane, key) : [];
    [...places, ...(key ? of(facts, key) : [])].forEach((one) => {
      one.classList.add("chon");
      if (one.matches("a.place")) one.setAttribute("aria-current", "true");
    });
    if (places.length) bring(places[0], pane);
    history.replaceState(null, "", key ? `?o=${encodeURIComponent(key)}` : location.pathname);
  };
  const links = () => [...facts.querySelectorAll("a.place")];
  facts.addEventListener("focusin", (event) => {
    if (event.target.matches("a.place")) choose(event.target.dataset.k);
  });
  facts.addEventListener("click", (event) => {
    const link = event.target.closest("a.place");
    if (!link) return;
    event.preventDefault();
    choose(link.dataset.k);
  });
  pane.addEventListener("click", (event) => {
    const place = event.target.closest("[data-k]");
    if (!place) return;
    event.preventDefault();
    const key = place.dataset.k.split(" ").pop();
    const link = links().find((one) => one.dataset.k === key);
    if (link) {
      link.focus({ preventScroll: true });
      bring(link, facts.scrollHeight > facts.clientHeight ? facts : document.scrollingElement);
    }
    choose(key);
  });
  document.addEventListener("keydown", (event) => {
    if (event.target.closest("input, textarea, select") || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Escape") choose("");
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    if (!facts.contains(event.target)) return;
    const all = links();
    const at = all.indexOf(document.activeElement);
    const next = all[at < 0 ? 0 : at + (event.key === "ArrowDown" ? 1 : -1)];
    if (next) next.focus();
    event.preventDefault();
  });
  const first = pane.querySelector(".chon");
  if (first) {
    bring(first, pane);
    const line = facts.querySelector(".chon");
    if (line && facts.scrollHeight > facts.clientHeight) bring(line, facts);
    else if (line) line.scrollIntoView();
  }
}

// duties: copy a reminder, tick all, print, walk the list with the arrow keys
for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const area = document.getElementById(button.dataset.copy);
    area.select();
    try {
      await navigator.clipboard.writeText(area.value);
    } catch {
      document.execCommand("copy");
    }
    button.textContent = "Đã sao chép";
  });
}
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
for (const ticks of document.querySelectorAll("form[data-all]")) {
  const label = document.createElement("label");
  const all = document.createElement("input");
  all.type = "checkbox";
  label.append(all, ` Chọn tất cả (${ticks.dataset.all.toLowerCase()})`);
  label.className = "choice";
  ticks.querySelector(".ticks").before(label);
  const shown = () => [...ticks.querySelectorAll(".ticks li:not([hidden]) [name=units]")];
  all.addEventListener("change", () => shown().forEach((one) => (one.checked = all.checked)));
  if (shown().length < 12) continue;
  const plain = (text) => text.toLowerCase().replaceAll("đ", "d").normalize("NFD").replace(/\p{M}/gu, "");
  const find = document.createElement("input");
  find.type = "search";
  find.placeholder = "Lọc tên đơn vị";
  find.setAttribute("aria-label", "Lọc tên đơn vị");
  label.before(find);
  find.addEventListener("input", () => {
    for (const one of ticks.querySelectorAll(".ticks li")) one.hidden = !plain(one.textContent).includes(plain(find.value.trim()));
  });
  find.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
}
const duties = document.querySelector("table.duties");
if (duties) {
  duties.addEventListener("keydown", (event) => {
    if ((event.key !== "ArrowDown" && event.key !== "ArrowUp") || event.target.closest("input, textarea, select")) return;
    const all = [...duties.querySelectorAll(".task a")];
    const row = event.target.closest("tr");
    const at = all.findIndex((one) => one.closest("tr") === row);
    const next = all[at + (event.key === "ArrowDown" ? 1 : -1)];
    if (at < 0 || !next) return;
    next.focus();
    event.preventDefault();
  });
}
