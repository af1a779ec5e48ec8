// The book, looked through; and the console's lists of what residents wait for.

export const pages = [
  { name: "book-sifted", templates: [], at: "/me/book?days=30&what=reads" },
  { name: "desk-cases", templates: ["desk/cases"], shows: lists },
  { name: "desk-case", templates: ["desk/case"], shows: one },
];

// A colleague, and something that a resident complained of.
async function colleague(cast) {
  return cast.once("cases-colleague", async () => {
    const she = await cast.resident();
    await she.opens("/me/cases/new");
    await she.page.fill("#words", "路灯坏了三天。");
    await she.presses("main button[value=complaint]");
    const clerk = await cast.person();
    const said = cast.demo.operator("people", "invite", "--role", "staff", "--name", "刘洋");
    await clerk.opens(said.match(/http\S+\/desk\/invitation\/\S+/)[0]);
    await clerk.page.click("[data-press]");
    await clerk.page.waitForURL((url) => url.pathname === "/desk");
    return clerk;
  });
}

async function lists(cast) {
  const clerk = await colleague(cast);
  await clerk.opens("/desk/cases");
  return clerk;
}

async function one(cast) {
  const clerk = await lists(cast);
  await clerk.presses("tbody th a");
  return clerk;
}
