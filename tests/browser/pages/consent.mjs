// An app that was told no, and asks again.

export const pages = [{ name: "consent-refused", shows: asksAgain }];

async function asksAgain(cast) {
  const she = await cast.another();
  await she.opens(`${cast.demo.parking}/ask`);
  await she.page.waitForURL("**/consent/**");
  await she.page.click("button[name=decision][value=no]");
  await she.page.waitForURL(`${cast.demo.parking}/**`);
  await she.opens(`${cast.demo.parking}/ask`);
  await she.page.waitForURL("**/consent/**");
  return she;
}
