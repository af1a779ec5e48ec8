// The value beside a claim is the one that would go out in the form that is chosen. Without script each form still shows
// its own value beside its button.
"use strict";
(() => {
  const follow = (group) => {
    const chosen = group.querySelector("input:checked");
    const place = group.parentElement.querySelector(".claim .value");
    if (chosen && place) place.textContent = chosen.parentElement.querySelector("b").textContent;
  };
  for (const group of document.querySelectorAll(".forms")) {
    group.addEventListener("change", () => follow(group));
    follow(group);
  }
})();
