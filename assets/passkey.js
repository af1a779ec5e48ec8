// The passkey ceremonies: the one thing on these pages that needs script.
//
// An element with data-ceremony="register" or "sign-in" says where to begin and where to finish. Begin answers with
// WebAuthn options in their JSON form; the device answers them; finish takes that answer and says where to go next.
//
// data-ceremony="confirm" stands in a form: begin is told the form's fields, the device signs the act that they make,
// and the form is submitted with that signature in it. data-adds="name=value" is what its button would have sent.
"use strict";
(() => {
  // JSON form <-> what navigator.credentials wants, for browsers that do not bring it along.
  const bytes = (text) => {
    const raw = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(raw, (c) => c.charCodeAt(0)).buffer;
  };
  const text = (buffer) => {
    let raw = "";
    for (const byte of new Uint8Array(buffer)) raw += String.fromCharCode(byte);
    return btoa(raw).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  };
  const withIds = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

  const toCreate = (options) => {
    const parse = PublicKeyCredential.parseCreationOptionsFromJSON;
    if (parse) return parse.call(PublicKeyCredential, options);
    return {
      ...options,
      challenge: bytes(options.challenge),
      user: { ...options.user, id: bytes(options.user.id) },
      excludeCredentials: withIds(options.excludeCredentials),
    };
  };
  const toRequest = (options) => {
    const parse = PublicKeyCredential.parseRequestOptionsFromJSON;
    if (parse) return parse.call(PublicKeyCredential, options);
    return { ...options, challenge: bytes(options.challenge), allowCredentials: withIds(options.allowCredentials) };
  };
  const toJson = (credential) => {
    if (typeof credential.toJSON === "function") {
      try {
        return credential.toJSON();
      } catch {
        // Some extensions replace the credential by one that cannot do it.
      }
    }
    const { response } = credential;
    const answer = { clientDataJSON: text(response.clientDataJSON) };
    if (response.attestationObject) {
      answer.attestationObject = text(response.attestationObject);
      answer.transports = response.getTransports ? response.getTransports() : [];
    } else {
      answer.authenticatorData = text(response.authenticatorData);
      answer.signature = text(response.signature);
      answer.userHandle = response.userHandle ? text(response.userHandle) : null;
    }
    return {
      id: credential.id,
      rawId: text(credential.rawId),
      type: credential.type,
      authenticatorAttachment: credential.authenticatorAttachment,
      clientExtensionResults: credential.getClientExtensionResults(),
      response: answer,
    };
  };

  // A no of the service comes as problem+json, in the resident's language.
  class Refused extends Error {}

  const post = async (url, csrf, body) => {
    const answer = await fetch(url, {
      method: "POST",
      credentials: "same-origin",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRF": csrf },
      body: JSON.stringify(body),
    });
    const said = await answer.json().catch(() => ({}));
    if (!answer.ok) throw new Refused([said.title, said.detail].filter(Boolean).join(" — "));
    return said;
  };

  // Only a path of our own: the address bar must not be led elsewhere.
  const go = (next) => {
    const url = new URL(next, location.href);
    if (url.origin === location.origin) location.assign(url.href);
  };

  // A form's fields as the service will read them; files and the page's own token are not among them.
  const fieldsOf = (form) => [...new FormData(form)].filter(([name, value]) => name !== "csrf" && typeof value === "string");

  const put = (form, name, value) => {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name, value });
    field.dataset.put = "";
    form.append(field);
  };

  const confirm = async (place) => {
    const { begin, csrf, adds } = place.dataset;
    const form = place.closest("form");
    for (const old of form.querySelectorAll("[data-put]")) old.remove();
    if (adds) put(form, ...adds.split("="));
    const { publicKey } = await post(begin, csrf, { csrf, fields: fieldsOf(form) });
    const credential = await navigator.credentials.get({ publicKey: toRequest(publicKey) });
    put(form, "confirmation", JSON.stringify(toJson(credential)));
    form.submit();
  };

  // With a signal it is the quiet offer in the autofill list, else somebody pressed the button.
  const ceremony = async (place, signal) => {
    const { ceremony: kind, begin, finish, csrf } = place.dataset;
    const { publicKey } = await post(begin, csrf, { csrf });
    let credential;
    if (kind === "register") {
      credential = await navigator.credentials.create({ publicKey: toCreate(publicKey) });
    } else {
      const asked = { publicKey: toRequest(publicKey) };
      if (signal) Object.assign(asked, { mediation: "conditional", signal });
      credential = await navigator.credentials.get(asked);
    }
    const { next } = await post(finish, csrf, toJson(credential));
    go(next);
  };

  const words = (place, error) => {
    if (error instanceof Refused) return error.message || place.dataset.failed;
    if (error.name === "NotAllowedError" || error.name === "AbortError") return place.dataset.cancelled;
    if (error.name === "InvalidStateError") return place.dataset.known;
    if (error.name === "NotSupportedError") return place.dataset.unsupported;
    return place.dataset.failed;
  };

  const say = (place, sentence, state) => {
    place.dataset.state = state;
    place.querySelector("[data-says]").textContent = sentence;
  };

  let offered = null; // the quiet offer, if one is open

  const press = async (place, button) => {
    if (offered) offered.abort();
    offered = null;
    button.setAttribute("aria-disabled", "true");
    say(place, place.dataset.working, "working");
    try {
      if (place.dataset.ceremony === "confirm") await confirm(place);
      else await ceremony(place);
    } catch (error) {
      const calm = error.name === "NotAllowedError" || error.name === "AbortError";
      say(place, words(place, error), calm ? "cancelled" : "failed");
    } finally {
      button.removeAttribute("aria-disabled");
    }
  };

  const offer = async (place) => {
    const field = document.querySelector("[data-autofill]");
    const can = PublicKeyCredential.isConditionalMediationAvailable;
    if (!field || !can || !(await can.call(PublicKeyCredential))) return;
    field.hidden = false;
    const mine = (offered = new AbortController());
    // A ceremony lasts five minutes, a page may lie open longer: the offer is made anew in time.
    const renewal = setTimeout(() => {
      mine.abort();
      if (offered === mine) offer(place);
    }, 240_000);
    try {
      await ceremony(place, mine.signal);
    } catch (error) {
      // Nobody asked for it, so nobody is told that it came to nothing; but a chosen key that fails is.
      if (offered === mine && error instanceof Refused) say(place, words(place, error), "failed");
      if (error.name !== "AbortError") clearTimeout(renewal);
    }
  };

  for (const place of document.querySelectorAll("[data-ceremony]")) {
    const button = place.querySelector("[data-press]");
    if (!window.PublicKeyCredential) {
      button.setAttribute("aria-disabled", "true");
      say(place, place.dataset.unsupported, "failed");
      continue;
    }
    button.addEventListener("click", () => {
      const form = place.dataset.ceremony === "confirm" ? place.closest("form") : null;
      if (form && !form.reportValidity()) return;
      if (button.getAttribute("aria-disabled") !== "true") press(place, button);
    });
    if (place.dataset.ceremony === "sign-in") offer(place);
  }
})();
