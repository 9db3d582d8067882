import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import type { Io } from "../../../src/cli/io.ts";
import { run } from "../../../src/main.ts";

async function help(words: readonly string[], columns: number): Promise<string[]> {
  const stdout = Object.assign(new PassThrough(), { columns });
  const io: Io = { cwd: process.cwd(), env: {}, stdin: new PassThrough(), stdout, stderr: new PassThrough() };
  expect(await run([...words, "--help"], io)).toBe(0);
  return String(stdout.read()).trimEnd().split("\n");
}

/** The verbs that the short help lists. */
async function verbs(): Promise<string[]> {
  const page = (await help([], 100)).join("\n");
  return [...page.slice(page.indexOf("Commands:")).matchAll(/^ {2}([a-z][a-z-]*)/gm)].map(
    ([, verb = ""]) => verb,
  );
}

test.each([
  [["statu"], /^leeway: Unknown command 'statu'\. Did you mean status\?\nNext: leeway --help {3}/],
  [
    ["status", "--jsno"],
    /^leeway: Unknown option '--jsno'\. Did you mean --json\?\nNext: leeway status --help {3}/,
  ],
  [
    ["check", "--fail-on", "never"],
    /^leeway: .*Allowed choices are error, warning\.\nNext: leeway check --help {3}/,
  ],
] as const)("a wrong call is told as any failure, with what helps: %j", async (argv, words) => {
  const stderr = new PassThrough();
  const stdout = new PassThrough();
  const io: Io = { cwd: process.cwd(), env: {}, stdin: new PassThrough(), stdout, stderr };
  expect(await run(argv, io)).toBe(2);
  expect(String(stderr.read())).toMatch(words);
});

test.each([40, 60, 80])(
  "the help of every verb fits into %d columns, but for what is to be typed",
  async (columns) => {
    const all = (await verbs()).filter((verb) => verb !== "help");
    expect(all.length).toBeGreaterThan(15);
    for (const words of [[], ...all.map((verb) => [verb])]) {
      const page = await help(words, columns);
      const end = page.indexOf("Example:");
      expect(words.length === 0 || end > 0, words.join(" ")).toBe(true);
      // What is to be typed stands on one line, whatever its length.
      const shown = page.slice(1, end < 0 ? undefined : end);
      expect(shown.filter((line) => line.length > columns)).toEqual([]);
    }
  },
);
