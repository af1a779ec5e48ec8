// Somebody of the service centre: a browser of their own, and the console in it.

export class Colleague {
  static async joins({ demo, person }, role, name, settings) {
    const colleague = new Colleague();
    colleague.name = name;
    colleague.demo = demo;
    colleague.person = await person({ screen: { width: 1280, height: 900 }, ...settings });
    const { person: who } = colleague;
    await who.opens(demo.invitesPerson(role, name));
    await who.page.click("[data-press]");
    await who.page.waitForURL("**/desk");
    return colleague;
  }

  get page() {
    return this.person.page;
  }

  // Finds somebody by keyboard alone: Tab to the field, type, Enter.
  async finds(number) {
    await this.person.opens("/desk");
    await this.tabTo("#number");
    await this.page.keyboard.type(number);
    await Promise.all([this.page.waitForURL("**/desk/sitting/*"), this.page.keyboard.press("Enter")]);
  }

  // Presses Tab until something has the focus.
  async tabTo(selector) {
    for (let presses = 0; presses < 60; presses += 1) {
      await this.page.keyboard.press("Tab");
      if (await this.page.locator(`${selector}:focus`).count()) return;
    }
    throw new Error(`Tab never comes to ${selector}`);
  }

  // Goes to a button by keyboard and presses it; waits for the page that comes of it.
  async pressesByKeyboard(selector) {
    await this.tabTo(selector);
    await Promise.all([this.page.waitForEvent("load"), this.page.keyboard.press("Enter")]);
  }
}
