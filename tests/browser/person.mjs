// A resident with a browser of her own and a device that keeps passkeys.

import assert from "node:assert/strict";
import { words } from "./words.mjs";

const PHONE = { width: 390, height: 844 };

export class Person {
  // settings: locale "zh-Hans" or "en"; mode "large"; screen; script: false switches JavaScript off.
  static async arrive(browser, demo, { locale = "zh-Hans", mode = "standard", screen = PHONE, script = true } = {}) {
    const person = new Person();
    person.demo = demo;
    person.locale = locale;
    person.say = words(locale);
    person.context = await browser.newContext({
      locale: locale === "en" ? "en-GB" : "zh-CN",
      viewport: screen,
      javaScriptEnabled: script,
      timezoneId: "Asia/Shanghai",
    });
    person.context.setDefaultTimeout(15_000);
    if (mode === "large") await person.context.addCookies([{ name: "latchkey-mode", value: mode, url: demo.issuer }]);
    person.page = await person.context.newPage();
    person.complaints = [];
    person.page.on("console", (line) => {
      // A refused ceremony or a missing page is the service's answer, not a fault of the page.
      if (line.type() === "error" && !line.text().includes("the server responded with a status of 4")) person.complaints.push(line.text());
    });
    person.page.on("pageerror", (error) => person.complaints.push(error.message));
    person.page.on("response", (response) => {
      if (response.status() >= 500) person.complaints.push(`${response.status()} ${response.url()}`);
    });
    if (script) await person.pocketDevice();
    return person;
  }

  // A platform authenticator with user verification, in the place of the one before. It answers at once, unless told to wait.
  async pocketDevice() {
    if (this.device) await this.device.send("WebAuthn.removeVirtualAuthenticator", { authenticatorId: this.authenticatorId });
    this.device ??= await this.context.newCDPSession(this.page);
    await this.device.send("WebAuthn.enable");
    const options = {
      protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true,
      automaticPresenceSimulation: true,
    };
    const { authenticatorId } = await this.device.send("WebAuthn.addVirtualAuthenticator", { options });
    this.authenticatorId = authenticatorId;
  }

  // Whether the device answers by itself (the finger lies on it).
  async fingerOnIt(enabled) {
    await this.device.send("WebAuthn.setAutomaticPresenceSimulation", { authenticatorId: this.authenticatorId, enabled });
  }

  // Whether the device recognises the finger.
  async rightFinger(isUserVerified) {
    await this.device.send("WebAuthn.setUserVerified", { authenticatorId: this.authenticatorId, isUserVerified });
  }

  async passkeys() {
    const { credentials } = await this.device.send("WebAuthn.getCredentials", { authenticatorId: this.authenticatorId });
    return credentials.length;
  }

  async opens(path) {
    await this.page.goto(path.startsWith("http") ? path : this.demo.issuer + path);
  }

  // Presses and waits for the page that comes of it.
  async presses(selector) {
    await this.page.waitForLoadState();
    await Promise.all([this.page.waitForEvent("load"), this.page.click(selector)]);
  }

  async registers(invitation) {
    await this.opens(invitation);
    await this.page.click("[data-press]");
    await this.page.waitForURL("**/me/welcome");
  }

  // Says yes to the parking app, with her plate.
  async agreesToParking() {
    await this.opens(`${this.demo.parking}/ask`);
    await this.page.waitForURL("**/consent/**");
    await this.page.check("input[value=plate_masked]");
    await this.page.click("button[name=decision][value=yes]");
    await this.page.locator("[data-state=allowed]").waitFor();
  }

  // With the plain button, or with the quiet offer of the autofill list where that finds the finger first.
  async signsIn(arrives) {
    await this.page.locator("[data-autofill]").waitFor();
    await this.fingerOnIt(true);
    await this.page.click("[data-press]", { timeout: 2_000 }).catch(() => {});
    await this.page.waitForURL(arrives);
  }

  async signsOut() {
    await this.opens("/me/mine");
    await this.fingerOnIt(false);
    await this.presses("form[action='/sign-out'] button");
    await this.page.waitForURL("**/signed-out");
  }

  async reads(selector) {
    return (await this.page.textContent(selector)).trim().replaceAll(/\s+/g, " ");
  }

  async allOf(selector) {
    const texts = await this.page.locator(selector).allTextContents();
    return texts.map((text) => text.trim().replaceAll(/\s+/g, " "));
  }

  heardNoComplaint() {
    assert.deepEqual(this.complaints, [], "errors in the browser's console");
  }

  async leave() {
    await this.context.close();
  }
}
