import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const SRC = resolve("src");
const files = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ts"))
  .map((path) => ({ path, text: readFileSync(join(SRC, path), "utf8") }));

const LITERAL = /"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`/;
const STEP = new RegExp(`${LITERAL.source}|'[^'\\n]*'`, "g");
const WHAT = new RegExp(`new Failure\\(\\s*"(?:usage|environment)",\\s*(${LITERAL.source})`, "g");
const STEPS = /\bnext: \[([\s\S]*?)\n? *\]\s*[,;}]/g;

/** Every piece of text that a pattern finds in the sources, with its file. */
function found(pattern: RegExp): string[] {
  return files.flatMap(({ path, text }) =>
    [...text.matchAll(pattern)].map((match) => `${path}: ${match[1] ?? ""}`),
  );
}

describe("messages", () => {
  it("of failures are sentences, with their full stop", () => {
    const said = found(WHAT);
    expect(said.length).toBeGreaterThan(50);
    expect(said.filter((each) => !/[.?](\$\{\w+\})?["`]$/.test(each))).toEqual([]);
  });

  it("tell next steps as a command with its purpose behind some space, or as a sentence with its full stop", () => {
    const steps = found(STEPS).flatMap((block) => block.match(STEP) ?? []);
    expect(steps.length).toBeGreaterThan(50);
    const sentences = steps.filter((step) => /^.[A-Z]/.test(step) && !step.includes("   "));
    expect(sentences.filter((each) => !/[.:?]["`]$/.test(each))).toEqual([]);
    const commands = steps.filter((step) => /^.(leeway|git|cd|rm) /.test(step) && step.includes("   "));
    expect(commands.filter((each) => /\.["`]$/.test(each))).toEqual([]);
  });
});
