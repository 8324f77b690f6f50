// Draws the list of the timeline page as a timeline. The list stays below it, for everybody.
"use strict";

(() => {
  const place = document.getElementById("drawn");
  const rows = [...document.querySelectorAll("#dated [data-lane]")];
  if (!place || !rows.length || !window.vis) return;

  const names = new Map();
  const DAY = 86_400_000;
  const FADE = 200 * DAY;
  const at = (day) => new Date(`${day}T00:00:00Z`);

  const items = rows.map((row, index) => {
    const { lane, earliest, latest, look } = row.dataset;
    if (!names.has(lane)) names.set(lane, row.querySelector(".lane").textContent);
    const link = row.querySelector("[data-open]");
    const words = document.createElement("span");
    words.textContent = link.textContent;
    const whole = document.createElement("div");
    whole.textContent = `${row.querySelector(".moment-day").textContent}: ${link.textContent}`;
    const item = { id: index, group: lane, content: words, title: whole, className: `status-${look}` };
    if (earliest === latest) return { ...item, start: at(earliest), type: "point" };
    // A side that is not known is drawn as fading out, not as a day that nobody named.
    if (!earliest) item.className += " open-start";
    if (!latest) item.className += " open-end";
    item.start = earliest ? at(earliest) : new Date(at(latest) - FADE);
    // A day lasts until the next one begins.
    item.end = latest ? new Date(+at(latest) + DAY) : new Date(+at(earliest) + FADE);
    return item;
  });

  const groups = [...names].map(([id, content]) => ({ id, content }));
  place.hidden = false;
  const drawn = new vis.Timeline(place, items, groups, {
    maxHeight: 480,
    zoomMin: 7 * DAY,
    zoomKey: "ctrlKey",
    selectable: true,
    tooltip: { followMouse: false },
    orientation: { axis: "bottom", item: "top" },
    margin: { item: { horizontal: 4, vertical: 4 }, axis: 6 },
    moment: (date) => vis.moment(date).utc(),
  });

  drawn.on("select", ({ items: chosen }) => {
    if (!chosen.length) return;
    const row = rows[chosen[0]];
    row.querySelector("[data-open]").focus({ preventScroll: true });
    row.scrollIntoView({ block: "center" });
  });
})();
