// Keys, the marks of the checking copy, and what a screen reader hears after a change.
// Every page works without this file.
"use strict";

(() => {
  const OFF = "dateline.keys";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const one = (selector, root = document) => root.querySelector(selector);
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)");

  let hushes = 0;

  // Read out by a screen reader, and shown at the foot of the window for a while.
  const say = (words) => {
    const live = one("#live");
    live.textContent = "";
    clearTimeout(hushes);
    setTimeout(() => { live.textContent = words; }, 60);
    hushes = setTimeout(() => { live.textContent = ""; }, 8000);
  };

  const show = (element, block = "nearest") =>
    element.scrollIntoView({ block, behavior: isCalm.matches ? "instant" : "smooth" });

  // Where an answer may come while the page still scrolls, it does not: the two would meet.
  const jump = (element, block = "nearest") =>
    element.scrollIntoView({ block, behavior: "instant" });

  // ---------- the item that the keys act on ----------

  const items = () => all("[data-item]").filter((item) => item.offsetParent !== null);
  const current = () =>
    document.activeElement.closest("[data-item]") || one("[data-item].is-current");

  const markText = (item) => {
    const number = item && item.dataset.number;
    for (const mark of all("mark[data-claims]")) {
      mark.classList.toggle("is-current", mark.dataset.claims.split(" ").includes(number));
    }
    const badge = number && one(`.badge[data-number="${number}"]`);
    if (badge) show(badge, "center");
  };

  const choose = (item, { focus = true } = {}) => {
    for (const other of all("[data-item].is-current")) other.classList.remove("is-current");
    if (!item) return;
    item.classList.add("is-current");
    const link = one("[data-open]", item);
    if (focus && link) link.focus({ preventScroll: true });
    show(item);
    markText(item);
  };

  const step = (by) => {
    const known = items();
    const next = one(by > 0 ? 'a[rel="next"]' : 'a[rel="prev"]');
    if (!known.length) {
      if (next) next.click();
      return;
    }
    const place = known.indexOf(current());
    choose(known[place < 0 ? (by > 0 ? 0 : known.length - 1) : place + by] || known[place]);
  };

  const openCurrent = () => {
    const link = current() && one("[data-open]", current());
    if (link) link.click();
  };

  // ---------- what the keys do ----------

  // The action where the focus is, else whether it is true, else whatever there is.
  const action = (name) => {
    const here = document.activeElement.closest(".finding") || current();
    const places = [here, one("#finding-fact"), one("#finding-said"), document].filter(Boolean);
    if (here && here.matches(".card")) places.length = 1;
    for (const place of places) {
      const found = one(`[data-action="${name}"]`, place);
      if (found) return found;
    }
    return null;
  };

  const unfold = (name, words) => {
    const summary = action(name);
    if (!summary) return say(words);
    if (summary.matches("a")) return summary.click();
    const details = summary.closest("details");
    details.open = true;
    const field = one("select, textarea, input:not([type=hidden])", details);
    jump(details);
    return field.focus();
  };

  const take = () => {
    const button = action("take");
    if (button) button.click();
    else say("There is nothing to take here.");
  };

  const propose = () => {
    const card = current();
    if (card && card.matches(".card")) {
      const link = one("[data-open]", card);
      location.assign(`${link.href}#propose-fact`);
      return;
    }
    unfold("propose", "There is nothing to propose here.");
  };

  const approve = () => {
    const button = action("approve");
    if (!button) return say("There is nothing for you to approve here.");
    jump(button, "center");
    button.focus();
    return say(`${button.textContent.trim()}: press Enter.`);
  };

  const up = () => {
    const link = one("[data-up]");
    if (link) link.click();
  };

  const help = () => {
    const dialog = one("#keys");
    if (dialog.open) dialog.close();
    else dialog.showModal();
  };

  const KEYS = {
    "j": () => step(1),
    "k": () => step(-1),
    "o": openCurrent,
    "u": up,
    "t": take,
    "p": propose,
    "a": approve,
    "b": () => unfold("send_back", "There is nothing to send back here."),
    "e": () => unfold("evidence", "Evidence is added on a claim's own page."),
    "/": () => (one("#search-q") || one("#find")).focus(),
    "?": help,
  };

  const PLACES = { "q": "/", "a": "/articles", "t": "/timeline", "s": "/sources" };

  const isWriting = (target) =>
    target.matches("input:not([type=checkbox], [type=radio]), textarea, select") ||
    target.isContentEditable;

  const areOff = () => localStorage.getItem(OFF) === "off";

  let waitsForPlace = 0;

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    const { key, target } = event;
    if ((event.ctrlKey || event.metaKey) && key === "Enter" && target.form) {
      event.preventDefault();
      target.form.requestSubmit();
      return;
    }
    if (key === "Escape" && isWriting(target)) {
      target.blur();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || isWriting(target)) return;
    if (areOff() || (one("#keys").open && key !== "?")) return;
    const goesTo = Date.now() - waitsForPlace < 1500 ? PLACES[key] : null;
    waitsForPlace = key === "g" ? Date.now() : 0;
    if (goesTo) {
      event.preventDefault();
      location.assign(goesTo);
    } else if (key in KEYS) {
      event.preventDefault();
      KEYS[key]();
    }
  });

  // ---------- pointing ----------

  document.addEventListener("click", (event) => {
    const keysLink = event.target.closest("[data-keys-link]");
    if (keysLink && !areOff() && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      help();
      return;
    }
    const mark = event.target.closest("mark[data-claims]");
    if (!mark || !getSelection().isCollapsed) return;
    const badge = event.target.closest(".badge");
    const number = badge ? badge.dataset.number : mark.dataset.claims.split(" ").pop();
    const card = one(`.card[data-number="${number}"]`);
    if (!card) return;
    if (badge) event.preventDefault();
    choose(card, { focus: Boolean(badge) });
  });

  document.addEventListener("focusin", (event) => {
    const item = event.target.closest("[data-item]");
    if (item && !item.classList.contains("is-current")) choose(item, { focus: false });
  });

  // ---------- after a page or a part of it came ----------

  const openTarget = () => {
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (!target) return;
    if (target.matches("details")) {
      target.open = true;
      const field = one("select, textarea", target);
      if (field) field.focus();
    } else if (target.matches("[data-item]")) {
      choose(target);
    }
  };

  const settle = () => {
    for (const part of all(".keys-switch")) {
      part.hidden = false;
      one("[data-keys-switch]", part).checked = !areOff();
    }
    const problem = one("#problem");
    if (problem) {
      problem.focus();
      show(problem, "center");
    }
  };

  document.addEventListener("change", (event) => {
    if (!event.target.matches("[data-keys-switch]")) return;
    if (event.target.checked) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "off");
    settle();
  });

  // The finding that a form acts on: evidence stands under the one that it is given for.
  let pressed = "";

  document.addEventListener("htmx:beforeRequest", (event) => {
    const finding = event.target.closest(".finding");
    const layer = one("[name=layer]", event.target);
    pressed = finding ? finding.dataset.layer : layer ? layer.value : "";
  });

  // What an action leads to: the form that is still open, else the finding as it stands now.
  const outcome = () => {
    const form = one("#add-evidence[open]");
    if (form) return one("input[name=source_id]", form);
    return one(`#finding-title-${pressed}`) || one("#main h1");
  };

  document.addEventListener("htmx:afterSettle", (event) => {
    const gate = event.target.closest(".gate");
    // What a verdict takes comes while its form is being filled in: the focus stays where it is.
    if (gate) return say(one(".gate-head", gate).textContent);
    settle();
    if (one("#problem")) return;
    const found = outcome();
    if (!found) return;
    if (!found.matches("input")) found.tabIndex = -1;
    found.focus({ preventScroll: true });
    // The page may be longer or shorter than it was, so what has the focus may be out of sight.
    jump(found, "center");
    const told = found.closest("[data-announce]") || one("[data-announce]");
    if (told) say(told.dataset.announce);
  });

  document.addEventListener("htmx:responseError", (event) => {
    if (event.detail.xhr.status !== 401) return;
    say("You are signed out. Sign in in another tab, then press the button again.");
    alertHere("You are signed out. Sign in in another tab, then press the button again; what you typed stays here.");
  });

  document.addEventListener("htmx:sendError", () =>
    alertHere("The desk does not answer. What you typed stays here; try again."));

  const alertHere = (words) => {
    const old = one("#problem");
    if (old) old.remove();
    const box = document.createElement("div");
    box.id = "problem";
    box.className = "problem";
    box.setAttribute("role", "alert");
    box.textContent = words;
    one("#main").prepend(box);
    show(box, "center");
  };

  // A long article takes a while to be read; a file that is downloaded leaves the page as it is.
  document.addEventListener("submit", (event) => {
    const isSlow = event.target.matches("[method=post]:not([hx-post])");
    if (isSlow) setTimeout(() => say("Working on it …"), 700);
  });

  // On a narrow screen what narrows a list would stand between its head and what was found.
  if (matchMedia("(max-width: 62rem)").matches) {
    for (const part of all(".facets details")) part.open = Boolean(one("[aria-current]", part));
  }

  addEventListener("hashchange", openTarget);
  // The browser goes to the address's place when the page has loaded, and takes the focus along.
  addEventListener("load", () => setTimeout(openTarget));
  settle();
})();
