// The search works without this script. With it, answers come while somebody types, the address follows (so that it can be sent on and
// the browser goes back), and the arrow keys walk through the hits.
"use strict";

const words = document.getElementById("tu");
const answer = document.getElementById("ket-qua");
if (words && answer) {
  const PAUSE = 200; // ms after the last key
  let waiting = 0;
  let asking = null;
  let typedAt = -Infinity;

  const address = () => {
    const asked = new URLSearchParams(answer.querySelector(".found")?.dataset.address ?? location.search);
    asked.delete("tu");
    const typed = words.value.trim().replace(/\s+/g, " ");
    return (typed ? new URLSearchParams([["tu", typed], ...asked]) : asked).toString();
  };
  const show = async (query) => {
    asking?.abort();
    asking = new AbortController();
    try {
      const found = await fetch(`/tra-cuu/ket-qua?${query}`, { signal: asking.signal });
      if (found.ok) answer.innerHTML = await found.text();
      document.title = `${words.value.trim() ? `${words.value.trim()} · ` : ""}Tra cứu · Văn thư`;
    } catch {
      // a newer question took its place, or the server is being restarted: the next key asks again
    }
  };
  words.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const query = address();
      if (new URLSearchParams(location.search).toString() === query) return;
      const next = performance.now() - typedAt > 2000;
      typedAt = performance.now();
      history[next ? "pushState" : "replaceState"](null, "", `/tra-cuu${query ? `?${query}` : ""}`);
      show(query);
    }, PAUSE);
  });
  window.addEventListener("popstate", () => {
    clearTimeout(waiting);
    const asked = new URLSearchParams(location.search);
    words.value = asked.get("tu") ?? "";
    show(asked.toString());
  });

  const hits = () => [...answer.querySelectorAll(".hits h2 a")];
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const at = hits().indexOf(document.activeElement);
    if (event.key === "Escape" && at >= 0) words.focus();
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    if (event.target !== words && at < 0) return;
    const next = hits()[at + (event.key === "ArrowDown" ? 1 : -1)];
    if (next) next.focus();
    else if (event.key === "ArrowUp") words.focus();
    event.preventDefault();
  });
  if (!words.value && !location.hash && matchMedia("(hover: hover)").matches) words.focus();
}
