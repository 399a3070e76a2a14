// The form works without this script. With it, files and whole folders are dropped anywhere or chosen, sent one by one with progress and
// a receipt for each, and the list of what is being read keeps itself fresh.
"use strict";

const form = document.getElementById("nap");
const ledger = document.getElementById("danh-sach");
if (form && ledger) {
  const inputs = [...form.querySelectorAll("input[type=file]")];
  const list = document.getElementById("bien-nhan-cac");
  const part = document.getElementById("bien-nhan");
  const told = document.getElementById("tong");
  const chosen = document.getElementById("da-chon");
  const landing = document.getElementById("tha");
  const OF_SYSTEM = /^(\.|~\$)|^(thumbs\.db|desktop\.ini)$/i;
  const LOST = "Không gửi được đến máy chủ. Kiểm tra máy chủ rồi bấm Thử lại.";
  const LARGE = "Tệp quá lớn. Đề nghị tách nhỏ rồi nạp lại.";
  const queue = [];
  let sending = false;
  let tally = { all: 0, kept: 0, missed: 0, left: 0, passed: 0 };

  // what was handed in, and how far its reading is
  let waiting = 0;
  let seen = ledger.innerHTML;
  const place = (one) => one.closest("form")?.getAttribute("action") ?? one.getAttribute("href");
  const refresh = async () => {
    clearTimeout(waiting);
    try {
      const answer = await fetch(ledger.dataset.from);
      const html = answer.ok ? await answer.text() : "";
      if (html && html !== seen) {
        const held = ledger.contains(document.activeElement) ? document.activeElement : null;
        const [where, row] = held ? [place(held), held.closest("tr")?.id] : [];
        ledger.innerHTML = seen = html;
        if (held) {
          const same = [...ledger.querySelectorAll("a, button")].find((one) => place(one) === where);
          (same ?? ledger.querySelector(row ? `#${row} th` : ".tabs a"))?.focus({ preventScroll: true });
        }
      }
    } catch {
      // the server is being restarted: ask again later
    }
    if (sending || ledger.querySelector(".ledger[data-active=yes]")) waiting = setTimeout(refresh, 1500);
  };
  ledger.addEventListener("submit", async (event) => {
    event.preventDefault();
    const to = event.target;
    if (to.dataset.sent) return;
    to.dataset.sent = "yes";
    try {
      const answer = await fetch(to.action, { method: "POST", body: new URLSearchParams(new FormData(to)) });
      if (answer.url.includes("da-doc=")) told.textContent = "Tệp đã được lấy ra đọc trước khi hủy, nên việc đọc vẫn tiếp tục.";
      if (answer.url.includes("da-doc=")) part.hidden = false;
    } finally {
      refresh();
    }
  });
  if (ledger.querySelector(".ledger[data-active=yes]")) waiting = setTimeout(refresh, 1500);

  // one line for each file that is not yet received
  const make = (tag, kind, text) => {
    const made = document.createElement(tag);
    made.className = kind;
    made.textContent = text;
    return made;
  };
  const line = (job) => {
    const item = document.createElement("li");
    const [name, label, bar, why, stop] = [
      make("span", "file", job.name), make("span", "chip open", "Chờ gửi"), document.createElement("progress"), make("span", "under", ""),
      make("button", "small", "Hủy"),
    ];
    bar.max = 1;
    bar.value = 0;
    bar.hidden = true;
    bar.setAttribute("aria-label", `Đã gửi của ${job.name}`);
    stop.type = "button";
    stop.append(make("span", "unseen", ` ${job.name}`));
    stop.addEventListener("click", () => (job.failed ? again(job) : leave(job)));
    item.append(name, " ", label, " ", bar, " ", stop, why);
    list.append(item);
    return { item, label, bar, why, stop };
  };
  const say = () => {
    const done = tally.kept + tally.missed + tally.left;
    const still = done < tally.all ? `Đang gửi tệp ${Math.min(done + 1, tally.all)}/${tally.all}. ` : "";
    const rest = [tally.missed && `${tally.missed} tệp chưa nhận`, tally.left && `${tally.left} tệp đã hủy`, tally.passed && `bỏ qua ${tally.passed} tệp của hệ điều hành`];
    told.textContent = `${still}${tally.kept} tệp đã có biên nhận${rest.filter(Boolean).map((one) => `; ${one}`).join("")}.`;
  };
  const leave = (job) => {
    const at = queue.indexOf(job);
    if (at >= 0) queue.splice(at, 1);
    job.request?.abort();
    job.shown.item.remove();
    tally.left += 1;
    say();
  };
  const again = (job) => {
    job.failed = false;
    tally.missed -= 1;
    job.shown.item.remove();
    job.shown = line(job);
    queue.push(job);
    run();
  };
  const miss = (job, why) => {
    job.failed = true;
    tally.missed += 1;
    job.shown.label.className = "chip late";
    job.shown.label.textContent = "Chưa nhận";
    job.shown.bar.hidden = true;
    job.shown.why.textContent = why;
    job.shown.stop.firstChild.textContent = "Thử lại";
  };
  const settle = (job, taken) => {
    const refused = taken.filter((one) => !one.receipt);
    tally.kept += taken.length - refused.length;
    tally.all += taken.length - 1;
    if (taken.length === 1 && refused.length) {
      miss(job, refused[0].refused);
      return;
    }
    job.shown.item.remove();
    for (const one of refused) {
      const item = document.createElement("li");
      item.append(make("span", "file", one.name), " ", make("span", "chip late", "Chưa nhận"), make("span", "under", one.refused));
      list.append(item);
      tally.missed += 1;
    }
  };
  const send = (job) =>
    new Promise((ended) => {
      if (job.file.size > Number(form.dataset.most)) {
        miss(job, LARGE);
        ended();
        return;
      }
      const body = new FormData();
      body.append("purpose", job.purpose);
      body.append("files", job.file, job.file.name);
      const request = (job.request = new XMLHttpRequest());
      job.shown.label.className = "chip calm";
      job.shown.label.textContent = "Đang gửi";
      job.shown.bar.hidden = false;
      request.upload.addEventListener("progress", (event) => {
        if (event.lengthComputable) job.shown.bar.value = event.loaded / event.total;
      });
      request.addEventListener("load", () => {
        let answer = null;
        try {
          answer = JSON.parse(request.responseText);
        } catch {
          // not from this server's API: said as lost
        }
        if (request.status === 200 && answer) settle(job, answer);
        else miss(job, answer?.detail ?? LOST);
        ended();
      });
      request.addEventListener("error", () => {
        miss(job, LOST);
        ended();
      });
      request.addEventListener("abort", ended);
      request.open("POST", "/api/ingest");
      request.send(body);
    });
  const run = async () => {
    if (sending) return;
    sending = true;
    refresh();
    while (queue.length) {
      const job = queue.shift();
      say();
      await send(job);
    }
    sending = false;
    say();
    refresh();
  };
  const take = (files, purpose) => {
    const mine = files.filter(({ file }) => !OF_SYSTEM.test(file.name));
    if (!sending) {
      tally = { all: 0, kept: 0, missed: 0, left: 0, passed: 0 };
      list.replaceChildren();
    }
    tally.passed += files.length - mine.length;
    tally.all += mine.length;
    part.hidden = false;
    for (const { file, path } of mine) {
      const job = { file, purpose, name: path, failed: false };
      job.shown = line(job);
      queue.push(job);
    }
    say();
    run();
  };
  window.addEventListener("beforeunload", (event) => {
    if (sending) event.preventDefault();
  });

  // chosen files wait for the button; a photo just taken does not
  const picked = () => inputs.flatMap((one) => [...one.files].map((file) => ({ file, path: file.webkitRelativePath || file.name })));
  const show = () => {
    const names = picked().map((one) => one.path);
    const more = names.length > 3 ? ` và ${names.length - 3} tệp khác` : "";
    chosen.textContent = names.length ? `Đã chọn ${names.length} tệp: ${names.slice(0, 3).join(", ")}${more}.` : "Chưa chọn tệp nào.";
    chosen.classList.toggle("ready", names.length > 0);
  };
  for (const one of inputs) one.addEventListener("change", show);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const files = picked();
    const purpose = form.elements.purpose.value;
    if (!files.length) {
      inputs[0].focus();
      chosen.textContent = "Chưa có tệp nào được chọn. Đề nghị chọn tệp rồi bấm Tiếp nhận.";
      return;
    }
    for (const one of inputs) one.value = "";
    show();
    take(files, purpose);
  });

  // dropped anywhere: the half on which they land says what they are for
  const held = (event) => event.dataTransfer?.types.includes("Files");
  document.addEventListener("dragover", (event) => {
    if (!held(event)) return;
    event.preventDefault();
    landing.hidden = false;
    for (const half of landing.children) half.classList.toggle("over", half.contains(event.target));
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) landing.hidden = true;
  });
  const walk = async (entry, path) => {
    if (entry.isFile) return [{ file: await new Promise((found, lost) => entry.file(found, lost)), path: path + entry.name }];
    const reader = entry.createReader();
    const found = [];
    for (;;) {
      const some = await new Promise((read, lost) => reader.readEntries(read, lost));
      if (!some.length) return found;
      for (const one of some) found.push(...(await walk(one, `${path}${entry.name}/`)));
    }
  };
  document.addEventListener("drop", async (event) => {
    if (!held(event)) return;
    event.preventDefault();
    landing.hidden = true;
    const purpose = event.target.closest?.("[data-purpose]")?.dataset.purpose ?? form.elements.purpose.value;
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    const loose = [...event.dataTransfer.files].map((file) => ({ file, path: file.name }));
    try {
      take(entries.length ? (await Promise.all(entries.map((entry) => walk(entry, "")))).flat() : loose, purpose);
    } catch {
      part.hidden = false;
      told.textContent = "Không mở được thư mục vừa thả. Đề nghị dùng nút Chọn thư mục.";
    }
  });
}
