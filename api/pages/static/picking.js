// Words of the page images: clicked, dragged over, caught in a box that is drawn, or walked through by keys. What is picked is told by an
// event "picked" on the pane ({text, place, again}); the page that shows the pane says by data-fill whether something is to be filled.
"use strict";
{
  const pane = document.getElementById("anh");
  const spoken = document.getElementById("noi");
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const pages = new Map();
  const picked = new Map();
  let anchor = null;
  let dragged = null;
  let held = false;
  let latest = null;
  let cursor = null;

  const papers = () => [...pane.querySelectorAll("[data-words]")];
  const isFilling = () => pane.dataset.fill === "1";
  const say = (text) => {
    if (spoken) spoken.textContent = text;
  };
  const pageOf = async (paper) => {
    if (!pages.has(paper)) {
      const answer = await fetch(paper.dataset.words);
      pages.set(paper, answer.ok ? await answer.json() : { words: [], unsure: [], others: {} });
    }
    return pages.get(paper);
  };
  const wordsOn = (paper) => (pages.has(paper) ? pages.get(paper).words : []);
  const pointOn = (paper, event) => {
    const svg = paper.querySelector("svg");
    return new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
  };
  const wordAt = (paper, { x, y }) => wordsOn(paper).findIndex(([, x0, y0, x1, y1]) => x >= x0 - 2 && x <= x1 + 2 && y >= y0 - 2 && y <= y1 + 2);
  const between = (one, other) => Array.from({ length: Math.abs(one - other) + 1 }, (_, step) => Math.min(one, other) + step);

  // what is drawn over a page
  const shape = (name) => document.createElementNS(pane.querySelector(".paper svg").namespaceURI, name);
  const rectangle = (kind, x0, y0, x1, y1) => {
    const one = shape("rect");
    const corners = { x: Math.min(x0, x1), y: Math.min(y0, y1), width: Math.abs(x1 - x0), height: Math.abs(y1 - y0), class: kind };
    for (const [name, value] of Object.entries(corners)) one.setAttribute(name, value);
    return one;
  };
  const draw = () => {
    for (const paper of papers()) {
      const stretch = dragged && dragged.paper === paper && !dragged.corner ? between(dragged.from, dragged.to) : [];
      const walked = cursor && cursor.paper === paper ? between(cursor.from, cursor.at) : [];
      const on = [...new Set([...(picked.get(paper) || []), ...stretch, ...walked])];
      const drawn = on.map((index) => {
        const [, x0, y0, x1, y1] = wordsOn(paper)[index];
        const kind = cursor && cursor.paper === paper && cursor.at === index ? "word cursor" : "word";
        return rectangle(kind, x0 - 1, y0 - 1, x1 + 1, y1 + 1);
      });
      if (dragged && dragged.paper === paper && dragged.corner) {
        drawn.push(rectangle("frame", dragged.corner.x, dragged.corner.y, dragged.end.x, dragged.end.y));
      }
      paper.querySelector(".picked").replaceChildren(...drawn);
    }
  };
  const forget = () => {
    picked.clear();
    draw();
  };

  // telling what was picked
  const tell = (text, place) => pane.dispatchEvent(new CustomEvent("picked", { detail: { text, place } }));
  const tellWords = () => {
    const chosen = papers().filter((paper) => picked.has(paper) && picked.get(paper).size);
    if (!chosen.length) return;
    const parts = chosen.map((paper) => [paper, [...picked.get(paper)].sort((one, other) => one - other).map((index) => wordsOn(paper)[index])]);
    const [first, words] = parts[0];
    const boxes = words.map(([, ...corners]) => corners.join(",")).join(";");
    tell(parts.flatMap(([, some]) => some.map(([word]) => word)).join(" "), `${first.dataset.page}:${boxes}`);
  };
  const take = (paper, range, toggle) => {
    const mine = picked.get(paper) || new Set();
    for (const index of range) {
      if (toggle && mine.has(index)) mine.delete(index);
      else mine.add(index);
    }
    picked.set(paper, mine);
    draw();
    tellWords();
  };
  const takeFrame = async (paper, corner, end) => {
    const sides = [Math.min(corner.x, end.x), Math.min(corner.y, end.y), Math.max(corner.x, end.x), Math.max(corner.y, end.y)];
    const box = sides.map((side) => Math.max(0, side).toFixed(1)).join(",");
    const answer = await fetch(`${paper.dataset.words}?khung=${box}`);
    const { text, words } = answer.ok ? await answer.json() : { text: "", words: [] };
    const inside = new Set(words.map((word) => word.join()));
    picked.clear();
    picked.set(paper, new Set(wordsOn(paper).flatMap((word, index) => (inside.has(word.join()) ? [index] : []))));
    draw();
    tell(text, `${paper.dataset.page}:${box}`);
  };

  // by pointer
  const letGo = () => {
    if (!dragged) return;
    const { paper, from, to, shift, corner, end } = dragged;
    dragged = null;
    draw();
    if (corner) {
      if (Math.abs(end.x - corner.x) > 3 && Math.abs(end.y - corner.y) > 3) takeFrame(paper, corner, end);
      return;
    }
    if (shift && anchor && anchor.paper === paper) take(paper, between(anchor.index, to), false);
    else take(paper, between(from, to), from === to);
    anchor = { paper, index: from };
  };
  const follow = () => {
    const place = pointOn(dragged.paper, latest);
    const index = dragged.corner ? -1 : wordAt(dragged.paper, place);
    if (dragged.corner) dragged.end = place;
    else if (index >= 0) dragged.to = index;
    draw();
  };
  const grasp = async (event) => {
    const paper = event.target.closest("[data-words]");
    const framing = pane.dataset.framing === "1";
    const touch = event.pointerType === "touch" && !framing;
    if (!paper || !isFilling() || event.button !== 0) return;
    if (!touch) event.preventDefault();
    held = true;
    latest = event;
    const place = pointOn(paper, event);
    await pageOf(paper);
    const index = framing ? -1 : wordAt(paper, place);
    if (index >= 0) dragged = { paper, from: index, to: index, shift: event.shiftKey };
    else if (!touch) dragged = { paper, corner: place, end: place };
    if (!dragged) return;
    if (!touch) follow();
    if (!held) letGo();
  };
  const drag = (event) => {
    latest = event;
    if (dragged && (event.pointerType !== "touch" || dragged.corner)) follow();
  };
  const release = (event) => {
    held = false;
    if (dragged) drag(event);
    else latest = event;
    letGo();
  };

  // by keys: arrows walk through the words, Shift takes more of them, Enter picks
  const middle = ([, x0, y0, x1, y1]) => [(x0 + x1) / 2, (y0 + y1) / 2];
  const inLine = (words, at, way) => {
    const [x, y] = middle(words[at]);
    const high = words[at][4] - words[at][2];
    const beyond = words.map((word, index) => [...middle(word), index]).filter(([, v]) => (v - y) * way > high * 0.6);
    if (!beyond.length) return -1;
    const nearest = Math.min(...beyond.map(([, v]) => (v - y) * way));
    const line = beyond.filter(([, v]) => (v - y) * way < nearest + high * 0.6);
    return line.sort(([one], [other]) => Math.abs(one - x) - Math.abs(other - x))[0][2];
  };
  const bringCursor = () => {
    const box = pane.querySelector(".cursor");
    if (box) box.scrollIntoView({ block: "nearest", inline: "nearest", behavior: calm ? "auto" : "smooth" });
    if (cursor) say(wordsOn(cursor.paper)[cursor.at][0]);
  };
  const stepOver = async (way) => {
    const all = papers();
    for (let at = all.indexOf(cursor.paper) + way; at >= 0 && at < all.length; at += way) {
      const { words } = await pageOf(all[at]);
      const index = way > 0 ? 0 : words.length - 1;
      if (words.length) {
        cursor = { paper: all[at], from: index, at: index };
        return;
      }
    }
  };
  const walk = async (key, more) => {
    const words = wordsOn(cursor.paper);
    const way = key === "ArrowRight" || key === "ArrowDown" || key === "PageDown" ? 1 : -1;
    const line = key === "ArrowUp" || key === "ArrowDown";
    const next = key.startsWith("Page") ? -1 : line ? inLine(words, cursor.at, way) : cursor.at + way;
    if (next >= 0 && next < words.length) cursor = { paper: cursor.paper, from: more ? cursor.from : next, at: next };
    else if (!more) await stepOver(way);
    draw();
    bringCursor();
  };
  const leave = () => {
    cursor = null;
    delete pane.dataset.walking;
    draw();
    pane.dispatchEvent(new CustomEvent("left"));
  };
  const beginInText = () => {
    const start = pane.querySelector("pre.text mark.chon") || pane.querySelector("pre.text");
    if (!start) return;
    getSelection().setBaseAndExtent(start, 0, start, 0);
    getSelection().modify("extend", "forward", "word");
    pane.dataset.walking = "text";
    pane.focus({ preventScroll: true });
  };
  const walkInText = (key, more) => {
    const chosen = getSelection();
    const way = key === "ArrowRight" || key === "ArrowDown" ? "forward" : "backward";
    const far = key === "ArrowUp" || key === "ArrowDown" ? "line" : "word";
    if (more) chosen.modify("extend", way, far);
    else if (key === "ArrowRight") chosen.collapseToEnd();
    else {
      chosen.collapseToStart();
      chosen.modify("move", way, far);
    }
    if (!more) chosen.modify("extend", "forward", "word");
    say(String(chosen));
  };
  const begin = async () => {
    if (!isFilling()) return undefined;
    if (!papers().length) return beginInText();
    const box = pane.querySelector("svg .chon rect");
    const near = (box && box.closest("[data-words]")) || papers().find((paper) => paper.getBoundingClientRect().bottom > 60);
    const { words } = await pageOf(near);
    if (!words.length) return say("Trang này không có chữ đọc được; có thể kéo khung hoặc nhập giá trị.");
    const place = box ? { x: box.x.baseVal.value + 3, y: box.y.baseVal.value + box.height.baseVal.value / 2 } : { x: 0, y: 0 };
    const at = Math.max(0, wordAt(near, place));
    cursor = { paper: near, from: at, at };
    pane.dataset.walking = "1";
    pane.focus({ preventScroll: true });
    draw();
    return bringCursor();
  };
  const pickWalked = () => {
    if (!cursor) tell(String(getSelection()).trim(), "");
    else {
      const { paper, from, at } = cursor;
      picked.clear();
      take(paper, between(from, at), false);
    }
    leave();
  };
  const onKey = (event) => {
    if (!pane.dataset.walking || event.ctrlKey || event.altKey || event.metaKey) return;
    if (/^(?:Arrow(?:Left|Right|Up|Down)|Page(?:Up|Down))$/.test(event.key)) (cursor ? walk : walkInText)(event.key, event.shiftKey);
    else if (event.key === "Enter") pickWalked();
    else if (event.key === "Escape") leave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  // the other ways to look at a page: what was read in place of the image, and what was read unsurely or twice
  const layers = { chu: "chữ máy đọc được", hai: "chỗ máy đọc chưa chắc" };
  const text = (word, x, y, width, high) => {
    const one = shape("text");
    const where = { x, y, "font-size": high, textLength: Math.max(1, width), lengthAdjust: "spacingAndGlyphs" };
    for (const [name, value] of Object.entries(where)) one.setAttribute(name, value);
    one.textContent = word;
    return one;
  };
  const layerOf = async (paper, view) => {
    const group = paper.querySelector(".layer");
    if (!view) return group.replaceChildren();
    const { words, unsure, others } = await pageOf(paper);
    if (view === "chu") return group.replaceChildren(...words.map(([word, x0, y0, x1, y1]) => text(word, x0, y1 - (y1 - y0) * 0.22, x1 - x0, (y1 - y0) * 0.8)));
    const doubted = words.flatMap((word, index) => (unsure.includes(index) || word[0] in others ? [word] : []));
    const drawn = doubted.flatMap(([word, x0, y0, x1, y1]) => {
      const box = rectangle(word in others ? "twice" : "unsure", x0 - 1, y0 - 1, x1 + 1, y1 + 1);
      return word in others ? [box, text(others[word], x0, y0 - 2, x1 - x0, 8)] : [box];
    });
    return group.replaceChildren(...drawn);
  };
  const look = async (view) => {
    pane.dataset.view = view;
    for (const button of document.querySelectorAll("[data-view]")) button.setAttribute("aria-pressed", String(button.dataset.view === view));
    await Promise.all(papers().map((paper) => layerOf(paper, view)));
    const doubts = pane.querySelectorAll(".twice, .unsure").length;
    say(view === "hai" ? `${doubts} ${layers.hai}` : layers[view] || "");
  };

  if (pane) {
    pane.addEventListener("pointerover", (event) => {
      const paper = event.target.closest("[data-words]");
      if (paper && isFilling()) pageOf(paper);
    });
    pane.addEventListener("pointerdown", grasp);
    pane.addEventListener("pointermove", drag);
    document.addEventListener("pointerup", release);
    pane.addEventListener("forget", forget);
    pane.addEventListener("walk", begin);
    pane.addEventListener("keydown", onKey);
    pane.addEventListener("blur", () => pane.dataset.walking && leave());
    pane.addEventListener("mouseup", (event) => {
      const text = event.target.closest("pre.text") && isFilling() ? String(getSelection()).trim() : "";
      if (text) tell(text, "");
    });
    for (const button of document.querySelectorAll("button[data-view]")) button.addEventListener("click", () => look(button.dataset.view));
    const frame = document.querySelector("[data-do=frame]");
    if (frame) {
      frame.addEventListener("click", () => {
        pane.dataset.framing = pane.dataset.framing === "1" ? "0" : "1";
        frame.setAttribute("aria-pressed", String(pane.dataset.framing === "1"));
      });
    }
  }
}
