import { execFile } from "node:child_process";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { run } from "../../src/main.ts";

const LEEWAY = join(import.meta.dirname, "../../bin/leeway.js");

/** What is printed by the executable, which has the help laid out, and by the program that lays it out. */
async function printed(words: readonly string[], COLUMNS: string) {
  const env = { PATH: process.env.PATH, COLUMNS };
  const executable = await promisify(execFile)(process.execPath, [LEEWAY, ...words], { env });
  const stdout = new PassThrough({ encoding: "utf8" });
  const io = { cwd: process.cwd(), env, stdin: new PassThrough(), stdout, stderr: new PassThrough() };
  expect(await run(words, io)).toBe(0);
  return { executable, program: String(stdout.read()) };
}

it.each(["", "30", "40", "79", "80", "120"])(
  "the executable's help is the program's, on a terminal of %j columns",
  async (columns) => {
    for (const words of [[], ["-h"], ["--help"]]) {
      const { executable, program } = await printed(words, columns);
      expect(executable).toEqual({ stdout: program, stderr: "" });
    }
  },
);
