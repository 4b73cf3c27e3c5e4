// The letter on the desk: sentences that can be written anew, taken out, added; how an ask is
// answered; and the ask in focus, in all three columns. Texts go into fields and attributes
// only, never into HTML.
(() => {
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const make = (tag, words, more = {}) => Object.assign(document.createElement(tag), { textContent: words, ...more });
  const at = (place) => one(`[data-sentence="${place}"]`);

  // ── what was done to sentences and stances, by the names that the server stores ──────────
  const KINDS = ["gone", "edited", "added"];
  const doneTo = (s) => KINDS.map((kind) => (kind in s.dataset ? s.dataset[kind] : null));
  let sent = new Map(); // what was done to each sentence, as it was sent last
  window.rgEdited = () => {
    const values = {};
    sent = new Map(all("[data-sentence]").map((s) => [s.dataset.sentence, doneTo(s)]));
    for (const s of all("[data-sentence]")) {
      const place = s.dataset.sentence;
      if ("gone" in s.dataset) values[`text.${place}`] = null;
      else if (s.dataset.edited) values[`text.${place}`] = s.dataset.edited;
      if (s.dataset.added) values[`after.${place}`] = s.dataset.added;
    }
    for (const menu of all("[data-stance]"))
      if (menu.dataset.given) values[`stance.${menu.dataset.stance}`] = menu.dataset.given;
    return { ...values, ...JSON.parse(one("[data-letter]").dataset.orders) };
  };
  // What was done to the sentences of a letter since it was sent, done to those of the one that
  // takes its place.
  window.rgCarryEdits = (letter) => {
    for (const old of all("[data-sentence]", letter)) {
      const place = old.dataset.sentence, now = at(place), was = sent.get(place) || [null, null, null];
      if (now?.dataset.words !== old.dataset.words) continue;
      doneTo(old).forEach((value, n) => {
        if (value === was[n]) return;
        if (value === null) delete now.dataset[KINDS[n]];
        else now.dataset[KINDS[n]] = value;
      });
    }
  };
  window.rgPutEdits = (values) => {
    for (const s of all("[data-sentence]")) {
      const place = s.dataset.sentence, text = values.get(`text.${place}`), added = values.get(`after.${place}`);
      if (text === null) s.dataset.gone = "";
      else if (text) s.dataset.edited = text;
      if (added) s.dataset.added = added;
    }
    const letter = one("[data-letter]");
    const orders = [...values].filter(([name]) => name.startsWith("order."));
    if (letter && orders.length) letter.dataset.orders = JSON.stringify(Object.fromEntries(orders));
  };

  // ── writing a sentence anew ──────────────────────────────────────────────
  let editing = null; // { place, kind: "edited" or "added", value }
  function open(place, kind, value) {
    const sentence = at(place);
    if (!sentence) return;
    close();
    editing = { place, kind, value };
    const area = make("textarea", "", { className: "rg-edit", value, rows: 2 });
    area.setAttribute("aria-label", kind === "added" ? "加一句" : "改这一句");
    const shown = shownAs(place, kind);
    if (shown) shown.hidden = true;
    (shown || sentence).after(area);
    fit(area);
    area.focus();
  }
  // What stands on the paper while it is not being written: the sentence, or what was added to it.
  const shownAs = (place, kind) => (kind === "edited" ? at(place) : one(`[data-addition="${place}"]`));
  function fit(area) {
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight + 4}px`;
  }
  function close() {
    one(".rg-edit")?.remove();
    const shown = editing && shownAs(editing.place, editing.kind);
    if (shown) shown.hidden = false;
    editing = null;
  }
  window.rgCommit = () => {
    if (!editing) return;
    const { place, kind, value } = editing, sentence = at(place), said = value.trim();
    close();
    if (!sentence) return;
    if (document.activeElement === document.body) sentence.focus({ preventScroll: true });
    const before = sentence.dataset[kind] || (kind === "edited" ? sentence.dataset.words : "");
    if (said === before) return;
    if (kind === "edited" && !said) sentence.dataset.gone = "";
    else if (!said || (kind === "edited" && said === sentence.dataset.words)) delete sentence.dataset[kind];
    else sentence.dataset[kind] = said;
    window.rgKeep(0);
  };

  let moving = "";
  window.rgMove = () => moving;
  function move(sentence, step) {
    if (!sentence.closest("p[data-ask].rg-body")) return;
    moving = `${sentence.dataset.sentence}:${step}`;
    sentence.focus({ preventScroll: true });
    window.rgPressTurn("rg-move");
  }

  // Behind what ends a sentence, or a paragraph, something can be said; behind 今后，我局将 not.
  const ends = (s) => /[。！？]$/.test(s.dataset.edited || s.dataset.words) || s === all("[data-sentence]", s.closest("p")).at(-1);
  function endOf(sentence) {
    const rest = all("[data-sentence]", sentence.closest("p"));
    return rest.slice(rest.indexOf(sentence)).find(ends) || sentence;
  }
  // What a clause is added to has a mark at its end; what is a beginning only has none.
  const opens = (s) => !/[。！？，；：、]$/.test(s.dataset.edited || s.dataset.words);

  // What was added moves alone: behind the next sentence of its ask, or the one before.
  function moveAdded(sentence, step) {
    const ask = sentence.closest("p[data-ask]")?.dataset.ask;
    const sentences = all(`[data-letter] p.rg-body[data-ask="${ask}"] [data-sentence]`).filter((s) => s === sentence || ends(s));
    const there = sentences[sentences.indexOf(sentence) + step];
    if (!there) return;
    const [mine, other] = [sentence.dataset.added, there.dataset.added];
    there.dataset.added = mine;
    if (other) sentence.dataset.added = other;
    else delete sentence.dataset.added;
    window.rgKeep(0);
  }

  const acts = {
    "drop-added": (s) => {
      delete s.dataset.added;
      s.focus({ preventScroll: true });
      window.rgKeep(0);
    },
    "up-added": (s) => moveAdded(s, -1),
    "down-added": (s) => moveAdded(s, 1),
    edit: (s) => open(s.dataset.sentence, "edited", s.dataset.edited || s.dataset.words),
    add: (s) => {
      const there = opens(s) && !s.dataset.added ? endOf(s) : s;
      open(there.dataset.sentence, "added", there.dataset.added || "");
    },
    drop: (s) => {
      if ("gone" in s.dataset) delete s.dataset.gone;
      else s.dataset.gone = "";
      s.focus({ preventScroll: true });
      window.rgKeep(0);
    },
    up: (s) => move(s, -1),
    down: (s) => move(s, 1),
    restore: (s) => {
      delete s.dataset.edited;
      s.focus({ preventScroll: true });
      window.rgKeep(0);
    },
  };

  function showBar(sentence) {
    one(".rg-bar")?.remove();
    if (!sentence || sentence.hidden) return;
    const addition = sentence.dataset.addition;
    const bar = make("span", "", { className: "rg-bar" });
    bar.setAttribute("role", "group");
    bar.setAttribute("aria-label", "这一句");
    const button = (what, words) => {
      const made = make("button", words, { type: "button", className: "rg-jump" });
      made.dataset.act = what;
      bar.append(made);
    };
    if (addition) {
      button("add", "改");
      button("drop-added", "删");
    } else {
      if (!("gone" in sentence.dataset)) button("edit", "改");
      button("drop", "gone" in sentence.dataset ? "恢复" : "删");
      button("add", sentence.dataset.added ? "改加的一句" : "＋加一句");
    }
    if (sentence.closest("p[data-ask].rg-body")) {
      button(addition ? "up-added" : "up", "上移");
      button(addition ? "down-added" : "down", "下移");
    }
    if (sentence.dataset.edited) button("restore", "恢复原句");
    bar.dataset.for = addition || sentence.dataset.sentence;
    sentence.after(bar);
  }

  let letGo = "";
  window.rgLetGo = () => letGo;
  let vouched = "";
  window.rgVouch = () => vouched;

  // ── the ask in focus ─────────────────────────────────────────────────────
  let focus = "1", used = "";
  window.rgUse = () => used; // a passage that was found, for the ask in focus
  function showFocus() {
    for (const button of all("[data-use]")) button.textContent = `用到第 ${focus} 项`;
    for (const part of all("#rg-three [data-ask]")) part.classList.toggle("rg-in-focus", part.dataset.ask === focus);
  }
  function focusAsk(order, from) {
    focus = order;
    showFocus();
    const column = from?.closest(".column");
    for (const id of ["rg-step-2", "rg-step-4", "rg-step-3"]) {
      const there = one(`#${id} [data-ask="${order}"]`);
      if (there && one(`#${id}`) !== column) there.scrollIntoView({ block: "nearest", behavior: "smooth" });
    }
  }

  // What lost its place goes behind the sentence that it stood beside, else to the ask in focus;
  // what filled an open place into one that is open there.
  function putBack(button) {
    const text = button.dataset.putBack, beside = button.dataset.putAt && at(button.dataset.putAt);
    const ask = beside?.closest("p[data-ask]")?.dataset.ask || focus;
    if (ask !== focus) focusAsk(ask);
    const part = (selector) => all(`[data-letter] p.rg-body[data-ask="${ask}"] ${selector}`);
    const open = part(".rg-wide [data-slot]:not(:disabled)").filter((place) => !place.value.trim());
    const field = "filled" in button.dataset || !beside ? open[0] : null;
    const sentence = beside || part("[data-sentence]").at(-1);
    if (field) {
      field.value = text;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new Event("change", { bubbles: true }));
    } else if (sentence) {
      sentence.dataset.added = [sentence.dataset.added, text].filter(Boolean).join("");
      window.rgKeep(0);
    }
    (field || sentence)?.scrollIntoView({ block: "center" });
    (field || sentence)?.focus({ preventScroll: true });
  }

  // ── events ───────────────────────────────────────────────────────────────
  document.addEventListener("click", (event) => {
    const hit = (selector) => event.target.closest?.(selector);
    const act = hit("[data-act]");
    if (act) {
      const sentence = at(act.parentElement.dataset.for);
      act.parentElement.remove();
      return acts[act.dataset.act](sentence);
    }
    const vouch = hit("[data-vouch]");
    if (vouch) {
      vouched = vouch.dataset.vouch;
      window.rgCommit();
      return one("#rg-vouch")?.click();
    }
    const use = hit("[data-use]");
    if (use) {
      used = `${focus}:${use.dataset.use}`;
      return one("#rg-use")?.click();
    }
    const back = hit("[data-put-back]");
    if (back) return putBack(back);
    const gone = hit("[data-let-go]");
    if (gone) {
      letGo = gone.dataset.letGo;
      window.rgCommit();
      return one("#rg-let-go")?.click();
    }
    if (!hit("input, textarea, select, button, label")) {
      const sentence = hit("[data-sentence], [data-addition]");
      if (sentence || !hit(".rg-bar")) showBar(sentence);
    }
    const ask = hit("#rg-three [data-ask]");
    if (ask && ask.dataset.ask !== focus) focusAsk(ask.dataset.ask, ask);
    if (hit("[data-pick]")) {
      const text = String(getSelection()).trim();
      one(".rg-pick").hidden = true;
      if (text) window.rgAddAsk(text);
    }
  });
  document.addEventListener("mousedown", (event) => {
    if (event.target.closest?.("[data-pick]")) event.preventDefault(); // what is selected stays so
  });
  document.addEventListener("selectionchange", () => {
    const chosen = getSelection(), pick = one(".rg-pick");
    const inside = chosen?.anchorNode?.parentElement?.closest(".rg-original");
    if (pick) pick.hidden = !inside || String(chosen).trim().length < 4;
  });
  document.addEventListener("focusout", (event) => {
    if (event.target.matches?.(".rg-edit")) setTimeout(window.rgCommit);
  });
  document.addEventListener("input", (event) => {
    if (!event.target.matches?.(".rg-edit")) return;
    editing.value = event.target.value;
    fit(event.target);
  });
  document.addEventListener("change", (event) => {
    const menu = event.target;
    if (!menu.matches?.("[data-stance]")) return;
    menu.dataset.given = menu.value;
    window.rgKeep();
    window.rgStale(0);
  });
  document.addEventListener("keydown", (event) => {
    const here = event.target;
    if (here.matches?.(".rg-edit")) {
      if (event.key === "Escape") close();
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        window.rgCommit();
      }
      return;
    }
    if (here.matches?.("mark[data-ask]") && ["Enter", " "].includes(event.key)) {
      event.preventDefault();
      focusAsk(here.dataset.ask, here);
    }
    if (!here.matches?.("[data-letter], [data-letter] [tabindex]")) return;
    if (event.key === "Enter" && here.dataset.sentence) {
      event.preventDefault();
      return acts[event.altKey ? "add" : "edit"](here);
    }
    if (event.key === "Delete" && here.dataset.sentence) acts.drop(here);
    const host = here.dataset.addition && at(here.dataset.addition);
    if (host && event.key === "Enter") {
      event.preventDefault();
      return acts.add(host);
    }
    if (host && event.key === "Delete") return acts["drop-added"](host);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && event.altKey && host) {
      event.preventDefault();
      return moveAdded(host, step);
    }
    if (step && event.altKey && here.dataset.sentence) {
      event.preventDefault();
      return move(here, step);
    }
    if (step) {
      const sentences = all("[data-letter] :is([data-src], [data-sentence], [data-addition])");
      const behind = (s) => here.compareDocumentPosition(s) & Node.DOCUMENT_POSITION_FOLLOWING;
      const at = sentences.includes(here) ? sentences.indexOf(here) + step : sentences.findIndex(behind);
      sentences[at]?.focus();
      event.preventDefault();
    }
  });

  // Who has a proposal read goes on in its letter, unless he began to write elsewhere.
  let reading = false;
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("#rg-read")) reading = true;
  });
  function goToLetter(letter) {
    reading = false;
    if (!document.activeElement.matches("input, textarea, select")) letter.focus({ preventScroll: true });
  }

  let drawn = null;
  new MutationObserver(() => {
    const letter = one("[data-letter]"), cards = one(".rg-cards"), original = one(".rg-original");
    const now = [letter, cards, original, one("[data-use]")];
    if (drawn && now.every((part, n) => part === drawn[n])) return;
    const anew = !drawn || drawn[0] !== letter;
    drawn = now;
    showFocus();
    // what the server calls an ask that has no topic is shown in its field
    all("[data-topic]").forEach((field, n) => {
      const told = one(`.rg-original mark[data-ask="${n + 1}"]`)?.getAttribute("aria-label")?.split("：").slice(1).join("：");
      if (!field.value && told) field.placeholder = `${told}（自动取的，可以改）`;
    });
    if (letter && anew && reading) goToLetter(letter);
    if (letter && anew && editing) open(editing.place, editing.kind, editing.value);
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
