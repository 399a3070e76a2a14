// Đối chiếu. Without this script the form is plain: every snippet is shown, and a tick box says that it was looked at. With it, fields
// are walked through by keys, filled by clicking the words of the page, and a snippet counts as seen once it has been on the screen.
"use strict";
{
  const form = document.getElementById("doi-chieu");
  const pane = document.getElementById("anh");
  const rows = form ? [...form.querySelectorAll(".field:not(.add)")] : [];
  const sure = document.getElementById("xac-nhan");
  const warn = document.getElementById("nhac");
  const later = document.querySelector(".put-off");
  const spoken = document.getElementById("noi");
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const undone = [];
  let active = null;
  let near = sessionStorage.getItem("near") === "1";
  let zoom = 1;
  let turned = 0;

  const valueOf = (row) => row.querySelector(".value");
  const control = (row) => valueOf(row) || row.querySelector("input[type=radio]:checked");
  const shown = () => rows.filter((row) => control(row) && row.getClientRects().length);
  const rowOf = (element) => element.closest && element.closest(".field");

  // the page: its boxes, zoom and turn
  const boxesOf = (row) => {
    const keys = row.dataset.k.split(" ");
    return [...pane.querySelectorAll("[data-k]")].filter((one) => one.dataset.k.split(" ").some((key) => keys.includes(key)));
  };
  const layOut = () => {
    for (const turn of pane.querySelectorAll(".turning")) {
      const paper = turn.firstElementChild;
      const image = paper.querySelector("img");
      const tall = Number(image.getAttribute("height")) / Number(image.getAttribute("width"));
      turn.style.width = `${zoom * 100}%`;
      const wide = turn.clientWidth;
      const across = turned % 2 === 1;
      paper.style.width = `${across ? wide / tall : wide}px`;
      turn.style.height = turned ? `${across ? wide / tall : wide * tall}px` : "";
      const move = [[0, 0], [wide, 0], [wide, wide * tall], [0, wide / tall]][turned];
      paper.style.transform = turned ? `translate(${move[0]}px, ${move[1]}px) rotate(${turned * 90}deg)` : "";
    }
  };
  const bring = (box) => {
    const [inner, outer] = [box.getBoundingClientRect(), pane.getBoundingClientRect()];
    const top = pane.scrollTop + inner.top - outer.top - (pane.clientHeight - inner.height) / 2.5;
    const left = pane.scrollLeft + inner.left - outer.left - Math.max(12, (pane.clientWidth - inner.width) / 2);
    const away = inner.top < outer.top + 48 || inner.bottom > outer.bottom - 8 || inner.left < outer.left || inner.right > outer.right;
    if (away || near) pane.scrollTo({ top, left, behavior: calm ? "auto" : "smooth" });
  };
  const setZoom = (to) => {
    zoom = Math.min(4, Math.max(0.5, to));
    layOut();
  };
  const light = (row) => {
    document.querySelectorAll(".chon").forEach((one) => one.classList.remove("chon"));
    if (!row) return;
    row.classList.add("chon");
    const places = boxesOf(row);
    places.forEach((one) => one.classList.add("chon"));
    if (!places.length) return;
    if (near && places[0].ownerSVGElement) {
      const widest = Math.max(...places.map((one) => one.getBBox().width));
      setZoom(Math.min(2.6, (0.85 * places[0].ownerSVGElement.viewBox.baseVal.width) / Math.max(widest, 60)));
    }
    bring(places[0]);
  };
  const doings = {
    in: () => setZoom(zoom * 1.25),
    out: () => setZoom(zoom / 1.25),
    turn: () => {
      turned = (turned + 1) % 4;
      layOut();
    },
    near: () => {
      near = !near;
      sessionStorage.setItem("near", near ? "1" : "0");
      pane.querySelector("[data-do=near]").setAttribute("aria-pressed", String(near));
      if (!near) setZoom(1);
      if (active) light(active);
    },
    undo: () => undo(),
    walk: () => {
      if (!isFillable()) go(shown().find(valueOf));
      pane.dispatchEvent(new CustomEvent("walk"));
    },
  };

  // the fields: reading them, and editing one
  const tick = (row, kind, words) => {
    const mark = row.querySelector(".tick");
    if (!mark) return;
    mark.className = `tick ${kind}`;
    mark.textContent = words;
  };
  const changed = (row) => [...row.querySelectorAll("[data-was]")].some((value) => value.value !== value.dataset.was);
  const show = (row) => {
    row.classList.toggle("done", row.dataset.done === "1");
    if (row.dataset.done !== "1") return tick(row, row.dataset.kind, row.dataset.said);
    return tick(row, "person", changed(row) ? "Đã sửa" : "Đã xem");
  };
  const placeOf = (row) => row.querySelector("[data-place]") || {};
  const remember = (row, value) => undone.push([row, value, row.dataset.done || "", placeOf(row).value]);
  const put = (row, text, place = "") => {
    const value = valueOf(row);
    if (value.value === text && !place) return;
    remember(row, value.value);
    value.value = text;
    placeOf(row).value = place;
    row.dataset.done = "1";
    show(row);
    spoken.textContent = `${row.querySelector("label").textContent}: ${text}`;
  };
  const finish = (row) => {
    if (row.dataset.done === "1") return;
    if (valueOf(row)) remember(row, valueOf(row).value);
    row.dataset.done = "1";
    show(row);
  };
  const undo = () => {
    const last = undone.pop();
    if (last) {
      const [row, value, done, place] = last;
      valueOf(row).value = value;
      placeOf(row).value = place;
      row.dataset.done = done;
      show(row);
      control(row).focus();
      return;
    }
    const before = document.querySelector("#hoan-tac button");
    if (before) before.click();
  };
  const choose = (row) => {
    if (active === row) return;
    active = row;
    if (valueOf(row)) row.dataset.base = valueOf(row).value;
    pane.dataset.fill = isFillable() ? "1" : "";
    pane.dispatchEvent(new CustomEvent("forget"));
    light(row);
  };
  const leave = () => {
    if (document.activeElement) document.activeElement.blur();
    active = null;
    pane.dataset.fill = "";
    light(null);
  };
  const go = (row) => {
    if (!row) return sure ? sure.focus() : undefined;
    (control(row) || row.querySelector("button, a")).focus({ preventScroll: true });
    return row.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
  };
  const waits = (row) => "needs" in row.dataset && row.dataset.done !== "1";
  const nextOf = (row, step, wanted) => {
    const all = shown();
    for (let at = all.indexOf(row) + step; at >= 0 && at < all.length; at += step) if (!wanted || wanted(all[at])) return all[at];
    return null;
  };
  const edit = (value, from) => {
    value.readOnly = false;
    value.dataset.before = value.value;
    if (from !== undefined) value.setSelectionRange(from, value.value.length);
  };
  const settle = (value) => {
    if (value.readOnly) return;
    value.readOnly = true;
    const row = rowOf(value);
    if (value.value === value.dataset.before) return;
    remember(row, value.dataset.before);
    row.dataset.done = "1";
    show(row);
  };
  const pick = (row, number) => {
    const radios = row.querySelectorAll("input[type=radio]");
    const button = row.querySelectorAll(".other")[number - 1];
    if (button) put(row, button.dataset.value);
    else if (radios[number - 1]) {
      radios[number - 1].checked = true;
      radios[number - 1].focus();
      const cause = row.querySelector(".cause input");
      if (radios[number - 1].value === "khong") cause.focus();
    } else return false;
    return true;
  };
  const reading = (event, row, value) => {
    const { key } = event;
    if (key === "ArrowDown" || key === "ArrowUp") {
      const next = nextOf(row, key === "ArrowDown" ? 1 : -1);
      if (next) go(next);
      return true;
    }
    if (key === "F2") edit(value, value.value.length);
    else if (key === "Escape") leave();
    else if (key === "+" || key === "=") doings.in();
    else if (key === "-") doings.out();
    else if (row.querySelector(".other")) {
      if (key >= "1" && key <= "9" && key.length === 1) return pick(row, Number(key)), true;
      const typed = row.dataset.form === "names" && (key.length === 1 || key === "Process");
      if (typed || key === "Backspace" || key === "Delete") edit(value, 0);
      return false;
    } else {
      if (key.length === 1 || key === "Process" || key === "Backspace" || key === "Delete") edit(value, 0);
      return false;
    }
    return true;
  };
  const onValue = (event, row, value) => {
    if (event.key === "Enter" && !event.shiftKey) {
      settle(value);
      finish(row);
      go(nextOf(row, 1, waits));
    } else if (event.key === "Tab") {
      const next = nextOf(row, event.shiftKey ? -1 : 1, waits);
      if (!next && event.shiftKey) return;
      go(next);
    } else if (!value.readOnly) {
      if (event.key !== "Escape") return;
      value.value = value.dataset.before;
      value.readOnly = true;
    } else if (event.ctrlKey || event.altKey || event.metaKey || !reading(event, row, value)) return;
    event.preventDefault();
  };
  const onRadio = (event, row) => {
    if (event.key === "Enter") {
      finish(row);
      go(nextOf(row, 1, waits));
    } else if (event.key === "F2") {
      row.querySelector(".amend").open = true;
      row.querySelector(".amend input").focus();
    } else if (!(event.key >= "1" && event.key <= "3") || !pick(row, Number(event.key))) return;
    event.preventDefault();
  };

  // what was on the screen
  const watch = () => {
    const loaded = new Map();
    const isLoaded = (cut) => {
      const image = cut.querySelector("image");
      if (!image) return Promise.resolve();
      const address = image.getAttribute("href");
      if (!loaded.has(address)) {
        const picture = new Image();
        picture.src = address;
        loaded.set(address, picture.decode());
      }
      return loaded.get(address);
    };
    const uncover = async (cut) => { // the answer that brings the place brings the mark with which its value is confirmed
      if (!cut.dataset.cut) return;
      const answer = await fetch(cut.dataset.cut);
      if (!answer.ok) throw new Error(String(answer.status));
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      const box = rowOf(cut).querySelector("input[name=da-xem]");
      box.value = fresh.querySelector("input[name=da-xem]").value;
      box.parentElement.hidden = false;
      cut.dataset.cut = "";
      cut.replaceChildren(...fresh.querySelector("[data-cut]").childNodes);
    };
    const seen = (cut) => {
      const box = rowOf(cut).querySelector("input[name=da-xem]");
      if (box) box.checked = true;
    };
    const over = (element) => (getComputedStyle(element).position === "sticky" ? element.offsetHeight : 0); // covers what lies below it
    const rootMargin = `-${over(pane)}px 0px -${over(form.querySelector(".act"))}px 0px`;
    const eye = new IntersectionObserver(
      (entries) => {
        for (const { isIntersecting, intersectionRatio, target } of entries) {
          if (!isIntersecting || intersectionRatio < 0.9 || document.hidden) continue;
          uncover(target)
            .then(() => isLoaded(target))
            .then(
              () => seen(target),
              () => rowOf(target).classList.add("by-hand"),
            );
        }
      },
      { threshold: [0.9, 1], rootMargin },
    );
    form.querySelectorAll("[data-cut]").forEach((cut) => eye.observe(cut));
  };
  const unseen = () =>
    rows.find((row) => {
      const box = row.querySelector("input[name=da-xem]");
      const declined = row.querySelector("input[type=radio]:checked");
      return box && !box.checked && (!declined || declined.value === "nhan");
    });

  // words of the page (picking.js): what is picked there fills the chosen field
  const fitting = (row, said) => {
    const text = said.trim();
    if (row.dataset.form === "number") return text.replace(/^số\s*[:.]?\s*/i, "").replace(/\s+/g, "");
    if (row.dataset.form === "day") {
      const digits = text.match(/\d+/g) || [];
      return digits.length < 3 ? text.replace(/\s+/g, " ") : `${digits[0].padStart(2, "0")}/${digits[1].padStart(2, "0")}/${digits[2]}`;
    }
    if (row.dataset.form !== "list") return text.replace(/\s+/g, " ");
    const dashed = /(?:^|\n)\s*[-–+•]/.test(text) ? text.replace(/\n(?!\s*[-–+•])/g, " ") : text;
    const bodies = dashed.split(/(?:^|[\s;])[-–+•](?=\s|\p{L})|;\s|\n/u);
    return bodies.map((body) => body.trim().replace(/[;.,]$/, "")).filter(Boolean).join("\n");
  };
  const isFillable = () => Boolean(active && valueOf(active));
  const fill = ({ text, place }) => {
    if (!isFillable()) return;
    const row = active;
    if (text) {
      const before = row.dataset.form === "list" ? row.dataset.base : "";
      put(row, [before, fitting(row, text)].filter(Boolean).join("\n"), place);
      control(row).focus({ preventScroll: true });
      return;
    }
    const told = "Không có chữ đọc được trong khung. Chỗ này được ghi lại; đề nghị nhập giá trị.";
    placeOf(row).value = place;
    const why = row.querySelector(".why");
    if (why) why.textContent = told;
    spoken.textContent = told;
    control(row).focus({ preventScroll: true });
    edit(valueOf(row), 0);
  };
  const onPage = () => {
    pane.addEventListener("picked", (event) => fill(event.detail));
    pane.addEventListener("left", () => active && control(active).focus({ preventScroll: true }));
    pane.addEventListener("click", (event) => {
      const box = event.target.closest("[data-k]");
      if (isFillable()) return event.preventDefault();
      const keys = box ? box.dataset.k.split(" ") : [];
      const row = rows.find((one) => one.dataset.k.split(" ").some((key) => keys.includes(key)));
      if (!row) return undefined;
      event.preventDefault();
      return go(row);
    });
  };

  if (form && pane) {
    for (const row of rows) {
      const mark = row.querySelector(".tick");
      if (mark) [row.dataset.kind, row.dataset.said] = [mark.className.replace("tick", "").trim(), mark.textContent];
      const value = valueOf(row);
      if (value) value.readOnly = true;
      if (value && changed(row)) {
        row.dataset.done = "1";
        show(row);
      }
    }
    pane.querySelector("[data-do=near]").setAttribute("aria-pressed", String(near));
    pane.addEventListener("click", (event) => {
      const button = event.target.closest("[data-do]");
      if (button && button.dataset.do in doings) doings[button.dataset.do]();
    });
    form.addEventListener("focusin", (event) => {
      const row = rowOf(event.target);
      if (row) choose(row);
    });
    form.addEventListener("focusout", (event) => {
      if (event.target.matches(".field:not(.add) .value")) settle(event.target);
    });
    form.addEventListener("click", (event) => {
      if (event.target.matches(".value") && event.target.readOnly) edit(event.target);
      const other = event.target.closest(".other");
      if (!other) return;
      put(rowOf(other), other.dataset.value);
      control(rowOf(other)).focus();
    });
    form.addEventListener("keydown", (event) => {
      const row = rowOf(event.target);
      if (!row || row.matches(".add") || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
      if (event.target.matches(".value")) onValue(event, row, event.target);
      else if (event.target.matches("input[type=radio]")) onRadio(event, row);
      else if (event.target.matches(".cause input, .amend input, .amend textarea") && event.key === "Enter" && !event.shiftKey) {
        event.preventDefault();
        finish(row);
        go(nextOf(row, 1, waits));
      }
    });
    document.addEventListener("keydown", (event) => {
      const typing = event.target.matches("input:not([type=radio]), textarea, select") && !event.target.readOnly;
      const other = event.target.form && event.target.form !== form && event.target.form.id.startsWith("form-");
      if (event.key === "Enter" && event.ctrlKey && !event.repeat && other) event.target.form.requestSubmit();
      else if (event.key === "Enter" && event.ctrlKey && !event.repeat && sure) form.requestSubmit(sure);
      else if (event.altKey && event.code === "KeyZ") undo();
      else if (event.altKey && event.code === "KeyL" && later) later.open = true;
      else if (event.altKey && event.code === "KeyR") doings.turn();
      else if (event.altKey && event.code === "KeyB") doings.near();
      else if (event.altKey && event.code === "KeyC") doings.walk();
      else if (typing || event.ctrlKey || event.altKey || event.metaKey || rowOf(event.target)) {
        return;
      } else if (event.key === "+" || event.key === "=") doings.in();
      else if (event.key === "-") doings.out();
      else if (event.key === "Escape") leave();
      else return;
      event.preventDefault();
    });
    form.addEventListener("submit", (event) => {
      const late = unseen();
      warn.hidden = !late;
      if (late) {
        event.preventDefault();
        warn.textContent = "Có chỗ chưa xem trên trang. Đã mở chỗ đó; đề nghị xem ảnh cắt rồi xác nhận lại.";
        go(late);
        late.querySelector("[data-cut]").scrollIntoView({ block: "center" });
        return;
      }
      if (form.dataset.sent) event.preventDefault();
      form.dataset.sent = "1";
    });
    document.getElementById("de-sau").addEventListener("submit", (event) => {
      form.dataset.sent = "1";
      for (const row of rows.filter((one) => valueOf(one) && changed(one))) {
        const copy = valueOf(row).cloneNode();
        copy.removeAttribute("id");
        copy.value = valueOf(row).value;
        event.target.append(copy);
      }
    });
    if (later) later.addEventListener("toggle", () => later.open && document.getElementById("ly-do").focus());
    const keep = async () => {
      const answer = await fetch(form.dataset.keep, { method: "POST", body: new URLSearchParams({ token: form.elements.token.value }) });
      const { holder } = answer.ok ? await answer.json() : {};
      warn.hidden = !holder;
      warn.textContent = holder ? `${holder} đang đối chiếu văn bản này; chưa ghi được. Đề nghị mở văn bản khác.` : "";
    };
    let seconds = 0;
    setInterval(() => {
      if (document.hidden) return;
      seconds += 1;
      form.elements.giay.value = String(seconds);
      if (seconds % 240 === 0) keep().catch(() => {}); // the server is being restarted: asked again later
    }, 1000);
    addEventListener("beforeunload", (event) => {
      if (!form.dataset.sent && rows.some(changed)) event.preventDefault();
    });
    addEventListener("resize", layOut);
    addEventListener("pageshow", () => delete form.dataset.sent);
    layOut();
    onPage();
    watch();
    const told = form.dataset.first && rows.find((row) => row.id === `f-${form.dataset.first}` || row.dataset.k.split(" ").includes(form.dataset.first));
    if (form.dataset.first === "ly-do") document.getElementById("ly-do").focus();
    else go(told || shown().find(waits));
  }
}
