import schema from "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json" with { type: "json" };
import Ajv from "ajv-draft-04";
import { describe, expect, it } from "vitest";
import { everyCheck } from "../../../src/check/index.ts";
import { asFinding } from "../../../src/check/run.ts";
import { MARK } from "../../../src/report/comment.ts";
import { renderGithub } from "../../../src/report/github.ts";
import type { CheckReport } from "../../../src/report/kinds/check.ts";
import { renderMarkdown } from "../../../src/report/markdown.ts";
import { renderSarif } from "../../../src/report/sarif.ts";
import { renderText } from "../../../src/report/text/render.ts";
import { PLAIN } from "../../../src/report/text/style.ts";

const validate = new Ajv.default({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(
  schema,
);

function findings(many: number): CheckReport["findings"] {
  return Array.from({ length: many }, (_, index) =>
    asFinding(index % 3 === 0 ? "reason-missing" : "fields", index % 3 === 0 ? "error" : "warning", {
      path: `subjects/history/units/y8 trade/lessons/${index}.md`,
      line: index % 5 === 0 ? null : index + 1,
      at: `y8-trade-${index}#case-study`,
      message: `<img src=x> @teacher | 100% of it::error::\nhas no reason ${index}.`,
      remedy: 'Give the reason: `leeway adapt "y8-trade#case-study"`.',
    }),
  ).sort((a, b) => (a.severity === b.severity ? 0 : a.severity === "error" ? -1 : 1));
}

function report(many: number): CheckReport {
  return {
    kind: "check",
    version: "Harbour Academy Grimsby",
    scope: "what this change touches, since origin/main",
    findings: findings(many),
    excepted: [],
    baseline: null,
    fixed: [],
    checks: everyCheck().map(({ check, family }) => ({ ...check, family })),
    tool: "0.1.0",
    next: [],
  };
}

describe("the formats of check", () => {
  it.each([0, 1, 40, 10_000])("are valid SARIF 2.1.0 with %i findings", (many) => {
    const log = JSON.parse(renderSarif(report(many)));
    expect(validate(log), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true);
    const { results, tool } = log.runs[0];
    expect(results).toHaveLength(many);
    for (const result of results.slice(0, 50)) {
      expect(tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId);
      expect(result.partialFingerprints["leeway/1"]).toMatch(/^[0-9a-f]{16}$/);
      expect(result.locations[0].physicalLocation.artifactLocation.uri).not.toContain(" ");
    }
  });

  it("stay within the annotations that GitHub shows, and no text begins a command of its own", () => {
    const lines = renderGithub(report(10_000)).trimEnd().split("\n");
    expect(lines.filter((line) => line.startsWith("::error "))).toHaveLength(10);
    expect(lines.filter((line) => line.startsWith("::warning "))).toHaveLength(10);
    expect(lines.at(-1)).toMatch(/^::notice title=leeway check::3,324 more errors and 6,656 more warnings/);
    expect(lines).toHaveLength(21);
    for (const line of lines) expect(line).toMatch(/^::(error|warning|notice) [^:]*(?:%3A[^:]*)*::/);
    expect(lines[0]).toContain("100%25 of it::error::%0Ahas");
  });

  it("make a short comment with its mark, worst first, in which no text of the curriculum is more than text", () => {
    const page = renderMarkdown(report(10_000));
    expect(page.startsWith(`${MARK}\n`)).toBe(true);
    expect(page.length).toBeLessThan(10_000);
    expect(page.match(/^- \*\*error\*\*/gm)).toHaveLength(10);
    expect(page).toContain("And 9,990 more findings");
    expect(page).not.toContain("<img");
    expect(page).not.toMatch(/@teacher/);
    expect(page).toContain('`leeway adapt "y8-trade#case-study"`');
    expect(renderMarkdown(report(0))).toContain("found nothing to correct");
  });

  it("stay a comment that a host takes, however much is excepted and however long a word of the curriculum is", () => {
    const long = findings(50).map((finding) => ({ ...finding, message: "word ".repeat(20_000) }));
    const excepted = long.map((finding) => ({
      finding,
      because: "x".repeat(100_000),
      until: "2099-01-01",
      layer: "The Centre",
    }));
    const page = renderMarkdown({ ...report(0), findings: long, excepted });
    // GitHub refuses a comment of more than 65,536 characters.
    expect(page.length).toBeLessThan(65_536);
    expect(page).toContain("40 more are excepted");
  });

  it("list so many of a kind in text, and count the rest", () => {
    const text = renderText(report(10_000), { width: 80, style: PLAIN });
    expect(text).toContain("and 3,314 more of reason-missing");
    expect(text).toContain("3,334 errors, 6,666 warnings.");
    expect(text.split("\n").length).toBeLessThan(400);
  });
});
