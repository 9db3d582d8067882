import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { LAWS } from "../../fuzz/laws.ts";

const KEPT = "test/fuzz/kept";

describe("what once broke a law breaks it no more", () => {
  it.each(readdirSync(KEPT).filter((name) => name.endsWith(".json")))("%s", (name) => {
    const law = LAWS.find((each) => name.startsWith(`${each.name}-`));
    expect(law, "the name begins with the law's").toBeDefined();
    law?.holds(JSON.parse(readFileSync(`${KEPT}/${name}`, "utf8")));
  });
});
