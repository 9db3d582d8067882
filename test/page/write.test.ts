import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { writePage } from "../../src/cli/trust-page.ts";
import { folder } from "../files/folder.ts";
import { madeTrust } from "./trust.ts";

describe("writing the page", () => {
  it("makes the folder, says how to take it back, and makes the page anew", async () => {
    const cwd = folder();
    const first = await writePage({ cwd }, madeTrust(), { out: "to/the board" });
    expect(first.report).toMatchObject({ kind: "done", undo: "rm 'to/the board/index.html'" });
    expect(readFileSync(join(cwd, "to/the board/index.html"), "utf8")).toMatch(/^<!doctype html>/);
    const second = await writePage({ cwd }, madeTrust(), { out: "to/the board" });
    expect(second.report).toMatchObject({
      undo: null,
      did: [expect.stringContaining("made anew"), expect.anything()],
    });
  });

  it("writes nothing when it is only tried", async () => {
    const cwd = folder();
    const { report } = await writePage({ cwd }, madeTrust(), { out: "page", dryRun: true });
    expect(report).toMatchObject({
      did: [expect.stringContaining("Would write page/index.html"), expect.anything()],
    });
    expect(existsSync(join(cwd, "page"))).toBe(false);
  });

  it("leaves another page and another file as they are", async () => {
    const cwd = folder();
    mkdirSync(join(cwd, "site"));
    writeFileSync(join(cwd, "site/index.html"), "<h1>Our website</h1>");
    await expect(writePage({ cwd }, madeTrust(), { out: "site" })).rejects.toThrow(/not a page of Leeway/);
    await expect(writePage({ cwd }, madeTrust(), { out: "site/index.html" })).rejects.toThrow(
      /goes into a folder/,
    );
    expect(readFileSync(join(cwd, "site/index.html"), "utf8")).toBe("<h1>Our website</h1>");
  });
});
