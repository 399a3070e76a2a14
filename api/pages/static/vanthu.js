// The pages work without this script. With it, a place is lit without a reload, the arrow keys walk through the fields,
// files are dropped and sent one by one (a receipt for each), and the list of what is being read keeps itself fresh.
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

const form = document.getElementById("nap");
if (form) {
  const drop = document.getElementById("tha");
  const input = document.getElementById("tep");
  const list = document.getElementById("bien-nhan-cac");
  const told = document.getElementById("tong");
  const button = form.querySelector("button");
  const over = (on) => (event) => {
    event.preventDefault();
    drop.classList.toggle("over", on);
  };
  drop.addEventListener("dragover", over(true));
  drop.addEventListener("dragleave", over(false));
  drop.addEventListener("drop", (event) => {
    over(false)(event);
    if (event.dataTransfer.files.length) input.files = event.dataTransfer.files;
    show();
  });
  const show = () => {
    const names = [...input.files].map((one) => one.name);
    const more = names.length > 3 ? ` và ${names.length - 3} tệp khác` : "";
    document.getElementById("da-chon").textContent = names.length ? `Đã chọn ${names.length} tệp: ${names.slice(0, 3).join(", ")}${more}.` : "Chưa chọn tệp nào.";
  };
  input.addEventListener("change", show);

  const line = (name, label, tone, text) => {
    const item = document.createElement("li");
    for (const [tag, kind, words] of [["span", "file", name], ["span", `chip ${tone}`, label], ["span", "under", text]]) {
      const part = document.createElement(tag);
      part.className = kind;
      part.textContent = words;
      item.append(part, " ");
    }
    list.append(item);
  };
  const lost = "Không gửi được đến máy chủ. Đề nghị nạp lại tệp này.";
  const send = async (file) => {
    if (file.size > Number(form.dataset.most)) return [{ name: file.name, refused: "Tệp quá lớn. Đề nghị tách nhỏ rồi nạp lại." }];
    const body = new FormData();
    body.append("files", file);
    body.append("purpose", form.elements.purpose.value);
    try {
      const answer = await fetch("/api/ingest", { method: "POST", body });
      const told = await answer.json();
      return answer.ok ? told : [{ name: file.name, refused: told.detail }];
    } catch {
      return [{ name: file.name, refused: lost }];
    }
  };
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const files = [...input.files];
    button.disabled = true;
    list.replaceChildren();
    document.getElementById("bien-nhan").hidden = false;
    let kept = 0;
    let missed = 0;
    for (const [at, file] of files.entries()) {
      told.textContent = `Đang gửi tệp ${at + 1}/${files.length}…`;
      for (const { name, receipt, refused } of await send(file)) {
        if (receipt) kept += 1;
        else missed += 1;
        const again = receipt && receipt.duplicate_of ? ` · Tệp này đã được tiếp nhận (biên nhận số ${receipt.duplicate_of}).` : "";
        if (receipt) line(name, `Biên nhận số ${receipt.id}`, "good", `SHA-256 ${receipt.sha256.slice(0, 16)}${again}`);
        else line(name, "Chưa nhận", "late", refused);
      }
    }
    told.textContent = `${kept} tệp đã có biên nhận${missed ? `; ${missed} tệp chưa nhận` : ""}.`;
    button.disabled = false;
    form.reset();
    show();
    refresh();
  });

  const jobs = document.getElementById("danh-sach");
  let waiting = 0;
  const refresh = async () => {
    clearTimeout(waiting);
    try {
      const answer = await fetch("/tiep-nhan/danh-sach");
      const html = answer.ok ? await answer.text() : "";
      if (html && !jobs.contains(document.activeElement) && html !== jobs.dataset.seen) {
        jobs.innerHTML = html;
        jobs.dataset.seen = html;
      }
    } catch {
      // the server is being restarted: ask again later
    }
    if (jobs.querySelector(".summary[data-active=yes]")) waiting = setTimeout(refresh, 2000);
  };
  if (jobs.dataset.active === "yes") waiting = setTimeout(refresh, 2000);
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
  all.addEventListener("change", () => ticks.querySelectorAll("[name=units]").forEach((one) => (one.checked = all.checked)));
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
  const opened = duties.querySelector("tr.forms input:not([type=hidden])");
  if (opened) opened.focus();
}
