// The one-line sentences of a language: what a person expects to read.

import { readFileSync } from "node:fs";

const root = new URL("../../locales/", import.meta.url);

export function words(tag) {
  const source = readFileSync(new URL(`${tag}.ftl`, root), "utf8");
  return (key, values = {}) => {
    const found = source.match(new RegExp(`^${key} = (.+)$`, "m"))?.[1];
    if (!found) throw new Error(`${tag}.ftl has no one-line sentence ${key}`);
    const filled = found.replaceAll(/\{ \$(\w+) \}/g, (_, name) => values[name]);
    return filled.replaceAll('{"\\u200B"}', "\u200b");
  };
}
