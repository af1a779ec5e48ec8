// What every page can do where the browser can: be heard, and be printed. Without script both buttons stay away.
"use strict";
(() => {
  const sound = window.speechSynthesis;

  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }

  // A voice of the device itself, or none: other voices would send what is read, names and all, to somebody's server.
  // Mandarin before other Chinese; the voice for a language that has none is the page's.
  const voiceFor = (language) => {
    const own = sound.getVoices().filter((voice) => voice.localService);
    const spoken = (voice) => voice.lang.replace("_", "-").toLowerCase();
    const wanted = language.toLowerCase().startsWith("zh") ? ["zh-cn", "zh-hans", "cmn", "zh"] : [language.toLowerCase().split("-")[0]];
    for (const start of wanted) {
      const found = own.find((voice) => spoken(voice).startsWith(start) && !spoken(voice).startsWith("zh-hk"));
      if (found) return found;
    }
    return null;
  };

  // The text of the page in its order, block by block, as one sees it.
  const pieces = (place) => {
    const found = [];
    const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const around = node.parentElement;
      if (!node.data.trim() || around.closest("[aria-hidden=true]:not(.state), noscript, [data-unheard]")) continue;
      if (around.checkVisibility && !around.checkVisibility()) continue;
      let block = around;
      while (block !== place && getComputedStyle(block).display === "inline") block = block.parentElement;
      const last = found.at(-1);
      if (last && last.block === block) last.text += node.data;
      else found.push({ block, text: node.data, language: around.closest("[lang]").lang });
    }
    return found;
  };

  // Short breaths: some browsers fall silent in the middle of a long one. A mask (张*) is a pause.
  const breaths = (text) => text.replace(/\*+/g, "，").replace(/\s+/g, " ").match(/[^。！？；!?;]+[。！？；!?;]*/g) || [];

  const say = (button) => {
    const label = button.querySelector("[data-label]");
    const quiet = label.textContent;
    const page = document.documentElement.lang;
    let turn = 0; // counts up whenever somebody presses: what was said before falls silent

    const light = (block) => {
      for (const one of document.querySelectorAll(".heard")) one.classList.remove("heard");
      if (block) block.classList.add("heard");
    };
    const rest = () => {
      turn += 1;
      sound.cancel();
      light(null);
      label.textContent = quiet;
      button.setAttribute("aria-pressed", "false");
    };
    const begin = () => {
      const mine = (turn += 1);
      label.textContent = button.dataset.stop;
      button.setAttribute("aria-pressed", "true");
      const all = pieces(document.querySelector("main")).flatMap((piece) => breaths(piece.text).map((text) => ({ ...piece, text })));
      const next = () => {
        if (turn !== mine) return;
        const one = all.shift();
        if (!one) return rest();
        const speech = new SpeechSynthesisUtterance(one.text);
        speech.voice = voiceFor(one.language) || voiceFor(page);
        speech.lang = speech.voice.lang;
        speech.rate = document.documentElement.dataset.mode === "large" ? 0.85 : 1;
        speech.onstart = () => turn === mine && light(one.block);
        speech.onend = next;
        speech.onerror = () => turn === mine && rest();
        sound.speak(speech);
      };
      next();
    };
    button.addEventListener("click", () => (button.getAttribute("aria-pressed") === "true" ? rest() : begin()));
    window.addEventListener("pagehide", rest);
    // Voices come when they come.
    const offer = () => (button.hidden = !voiceFor(page));
    sound.addEventListener?.("voiceschanged", offer);
    offer();
  };

  const button = document.querySelector("[data-hear]");
  if (button && sound && window.SpeechSynthesisUtterance) say(button);
})();
