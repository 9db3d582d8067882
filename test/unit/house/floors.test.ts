import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";

/** From the top of the house to its ground (design §8); a floor imports only from floors below it. */
const FLOORS = [
  "main.ts",
  "cli",
  "report",
  "trust",
  "version",
  "check",
  "drift",
  "adaptation",
  "rules",
  "merge",
  "compare",
  "curriculum",
  "git",
  "files",
  "host",
  "failure.ts",
  "unsafe-signs.ts",
];
/** No Git, no files, no clock, no terminal (design §8). */
const PURE = ["check", "drift", "adaptation", "rules", "merge", "compare", "curriculum"];
const ALONE = new Map([
  ["simple-git", "git"],
  ["node:fs", "files"],
  ["node:fs/promises", "files"],
  ["chalk", "report/text"],
]);

const SRC = resolve("src");
const files = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .filter((path) => /\.tsx?$/.test(path))
  .map((path) => ({ path: path.split("\\").join("/"), text: readFileSync(join(SRC, path), "utf8") }));

const floorOf = (path: string): string => path.split("/")[0] ?? "";
const importsOf = (text: string): string[] =>
  [...text.matchAll(/(?:from|import\()\s*"([^"]+)"/g)].map((match) => match[1] ?? "");

describe("the house", () => {
  it("has only the floors of the design", () => {
    expect(
      [...new Set(files.map(({ path }) => floorOf(path)))].filter((floor) => !FLOORS.includes(floor)),
    ).toEqual([]);
  });

  it("imports only from floors below", () => {
    const upward = files.flatMap(({ path, text }) =>
      importsOf(text)
        .filter((target) => target.startsWith("."))
        .map((target) =>
          relative(SRC, resolve(SRC, path, "..", target))
            .split("\\")
            .join("/"),
        )
        .filter((target) => !target.startsWith(".."))
        .filter((target) => FLOORS.indexOf(floorOf(target)) < FLOORS.indexOf(floorOf(path)))
        .map((target) => `${path} → ${target}`),
    );
    expect(upward).toEqual([]);
  });

  it("keeps the pure floors free of Git, files, clock and terminal", () => {
    const impure = files
      .filter(({ path }) => PURE.includes(floorOf(path)))
      .flatMap(({ path, text }) => {
        const imports = importsOf(text).map((target) => relative(SRC, resolve(SRC, path, "..", target)));
        const floors = imports.filter((target) => ["git", "files"].includes(floorOf(target)));
        // Hashing is as pure as adding up; it is loaded where it is first needed.
        const rest = text.replaceAll('process.getBuiltinModule("node:crypto")', "");
        const machine =
          rest.match(/\b(?:process\.|Date\.now|new Date\(\)|Math\.random|node:(?!crypto)\w+)/g) ?? [];
        return [...floors, ...machine].map((what) => `${path}: ${what}`);
      });
    expect(impure).toEqual([]);
  });

  it("lets one floor alone use what the design gives to it alone", () => {
    const strays = files.flatMap(({ path, text }) =>
      importsOf(text)
        .filter((target) => ALONE.has(target) && !path.startsWith(ALONE.get(target) ?? ""))
        .map((target) => `${path} → ${target}`),
    );
    expect(strays).toEqual([]);
  });

  it("has no room for everything", () => {
    expect(
      files
        .map(({ path }) => path)
        .filter((path) => /(^|\/)(utils?|helpers?|misc|common|manager)(\/|\.|$)/i.test(path)),
    ).toEqual([]);
  });
});
