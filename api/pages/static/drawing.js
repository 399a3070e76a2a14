// The drawing scrolls without this script. With it, it is as wide as its frame: buttons, wheel and keys bring it nearer, dragging moves it.
"use strict";
const frame = document.getElementById("khung");
const drawing = document.getElementById("hinh");
if (frame && drawing) {
  const READABLE = 0.7; // of its own size: what is smaller is shown from its middle document on
  const whole = drawing.viewBox.baseVal;
  const size = { width: whole.width, height: whole.height };
  const centre = drawing.querySelector(".middle rect").getBBox();
  let view = { x: 0, y: 0, width: size.width };
  const tall = () => (view.width * frame.clientHeight) / frame.clientWidth;
  const show = () => drawing.setAttribute("viewBox", `${view.x} ${view.y} ${view.width} ${tall()}`);
  const fit = (least = 0) => {
    if (!frame.clientWidth) return;
    const scale = Math.max(least, Math.min(1, frame.clientWidth / size.width, frame.clientHeight / size.height));
    const inside = (middle, whole, part) => (part >= whole ? (whole - part) / 2 : Math.min(Math.max(middle - part / 2, 0), whole - part));
    view = { x: 0, y: 0, width: frame.clientWidth / scale };
    view.x = inside(centre.x + centre.width / 2, size.width, view.width);
    view.y = inside(centre.y + centre.height / 2, size.height, tall());
    show();
  };
  const nearer = (by, px = 0.5, py = 0.5) => {
    const width = Math.min(Math.max(view.width * by, 240), 4 * Math.max(size.width, frame.clientWidth));
    const high = tall();
    view.x += (view.width - width) * px;
    view.y += (high - (width * high) / view.width) * py;
    view.width = width;
    show();
  };
  const move = (dx, dy) => {
    view.x += dx * view.width;
    view.y += dy * view.width;
    show();
  };
  frame.classList.add("free");
  frame.style.height = `min(70vh, ${Math.max(240, size.height + 24)}px)`;
  drawing.removeAttribute("width");
  drawing.removeAttribute("height");

  const bar = document.createElement("p");
  bar.className = "zoom";
  for (const [name, act] of [["Phóng to", () => nearer(0.8)], ["Thu nhỏ", () => nearer(1.25)], ["Vừa khung", () => fit()]]) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "quiet-button";
    button.textContent = name;
    button.addEventListener("click", act);
    bar.append(button);
  }
  frame.before(bar);

  const keys = { "+": () => nearer(0.8), "=": () => nearer(0.8), "-": () => nearer(1.25), 0: () => fit() };
  Object.assign(keys, { ArrowLeft: () => move(-0.1, 0), ArrowRight: () => move(0.1, 0), ArrowUp: () => move(0, -0.1), ArrowDown: () => move(0, 0.1) });
  frame.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || !(event.key in keys)) return;
    event.preventDefault();
    keys[event.key]();
  });
  frame.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !frame.matches(":focus")) return;
    event.preventDefault();
    const box = frame.getBoundingClientRect();
    nearer(event.deltaY > 0 ? 1.15 : 0.87, (event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
  }, { passive: false });

  let held = null;
  frame.addEventListener("pointerdown", (event) => {
    held = event.button === 0 ? { x: event.clientX, y: event.clientY, moved: false } : null;
  });
  addEventListener("pointermove", (event) => {
    if (!held) return;
    const [dx, dy] = [event.clientX - held.x, event.clientY - held.y];
    if (!held.moved && Math.hypot(dx, dy) < 5) return;
    move(-dx / frame.clientWidth, -dy / frame.clientWidth);
    held = { x: event.clientX, y: event.clientY, moved: true };
  });
  addEventListener("pointerup", () => setTimeout(() => (held = null)));
  frame.addEventListener("click", (event) => held?.moved && event.preventDefault(), true);
  drawing.addEventListener("dragstart", (event) => event.preventDefault());
  addEventListener("resize", () => fit(READABLE));
  fit(READABLE);
}
