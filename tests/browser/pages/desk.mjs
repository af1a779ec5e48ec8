// The console of the service centre.

export const pages = [
  { name: "desk-sign-in", templates: ["desk/sign_in"], at: "/desk/sign-in", by: "nobody" },
  { name: "desk-invitation", templates: ["desk/invitation"], shows: invited },
  { name: "desk-home", templates: ["desk/home"], shows: enrols },
];

async function invited(cast) {
  const clerk = await cast.once("clerk", () => cast.person());
  const said = cast.demo.operator("people", "invite", "--role", "staff", "--name", `王芳 ${cast.settings.locale} ${cast.settings.mode}`);
  await clerk.opens(said.match(/http\S+\/desk\/invitation\/\S+/)[0]);
  return clerk;
}

async function enrols(cast) {
  const clerk = await cast.once("clerk");
  await clerk.page.click("[data-press]");
  await clerk.page.waitForURL((url) => url.pathname === "/desk");
  return clerk;
}
