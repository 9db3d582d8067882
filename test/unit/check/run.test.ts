import { describe, expect, it } from "vitest";
import {
  baselineOf,
  compareWithBaseline,
  narrowed,
  parseBaseline,
  printBaseline,
} from "../../../src/check/baseline.ts";
import { everyCheck } from "../../../src/check/index.ts";
import { asFinding } from "../../../src/check/run.ts";
import { excepts, mayExcept, settingsOf, severityOf } from "../../../src/check/settings.ts";
import type { LayerRules } from "../../../src/rules/rules.ts";
import { rulesSchema } from "../../../src/rules/rules.ts";

const place = { path: "subjects/history/a.md", line: 3, at: "a#b", message: "M.", remedy: "R." };
const finding = asFinding("fields", "error", place);

function layer(id: string, checks: unknown): LayerRules {
  return { layer: id, name: id, fallback: null, file: rulesSchema().parse({ checks }) };
}

describe("findings", () => {
  it("keep their fingerprint when lines move, and have another for another passage, check or thing", () => {
    const print = (found: Partial<typeof place> & { about?: string }, check = "fields"): string =>
      asFinding(check, "error", { ...place, ...found }).fingerprint;
    expect(print({ line: 90, message: "Other words." })).toBe(finding.fingerprint);
    expect(
      new Set([print({}), print({ at: "a#c" }), print({ about: "x" }), print({}, "front-matter")]).size,
    ).toBe(4);
  });
});

describe("the settings of layers", () => {
  const leeway = { id: "reason-missing", severity: "error" } as const;
  const fields = { id: "fields", severity: "error" } as const;
  it("let a layer above decide, and one below only tighten", () => {
    const centre = layer("harbour", { severity: { fields: "warning", "reason-missing": "warning" } });
    const own = layer("grimsby", { severity: { fields: "off", "reason-missing": "error" } });
    const settings = settingsOf([centre, own], "grimsby", "2026-11-28");
    expect(severityOf(settings, fields, "integrity")).toBe("warning");
    expect(severityOf(settings, leeway, "leeway")).toBe("error");
  });
  it("let no version excuse itself from the leeway that others give", () => {
    const own = layer("grimsby", { severity: { fields: "off", "reason-missing": "off" } });
    const settings = settingsOf([layer("harbour", {}), own], "grimsby", "2026-11-28");
    expect(severityOf(settings, leeway, "leeway")).toBe("error");
    expect(severityOf(settings, fields, "integrity")).toBe("off");
    expect(severityOf(settingsOf([own], "grimsby", "2026-11-28"), leeway, "leeway")).toBe("off");
  });
  it("hold an exception up to its day, for whom it is granted, at its address, document or path", () => {
    const exception = { check: "fields", because: "Being rewritten", until: "2026-12-24" };
    const centre = layer("harbour", {
      exceptions: [
        { ...exception, at: "a", for: ["grimsby"] },
        { ...exception, at: "a", for: ["solent"] },
      ],
    });
    const own = layer("grimsby", { exceptions: [{ ...exception, at: "subjects/history/**" }] });
    const on = (today: string) => settingsOf([centre, own], "grimsby", today).exceptions;
    expect(on("2026-12-24")).toHaveLength(2);
    expect(on("2026-12-25")).toHaveLength(0);
    expect(on("2026-12-24").map((each) => excepts(each, finding))).toEqual([true, true]);
    expect(excepts({ ...on("2026-12-24")[0], at: "ab" } as never, finding)).toBe(false);
    expect(on("2026-12-24").map((each) => mayExcept(each, "leeway", true))).toEqual([true, false]);
  });
});

describe("a baseline", () => {
  const baseline = baselineOf([finding], "grimsby");
  it("reads back what was written, an entry a line", () => {
    const text = printBaseline(baseline);
    expect(parseBaseline("b.json", text, "grimsby")).toEqual(baseline);
    expect(text.split("\n").filter((line) => line.includes("fingerprint"))).toHaveLength(1);
  });
  it("is refused with words where it belongs to another version or another Leeway", () => {
    const text = printBaseline(baseline);
    expect(() => parseBaseline("b.json", text, "solent")).toThrow(
      "This baseline belongs to grimsby, and this version is solent.",
    );
    expect(() => parseBaseline("b.json", text.replace("baseline/1", "baseline/9"), "grimsby")).toThrow(
      "another version of Leeway",
    );
    for (const broken of ["", "{", "[]", '{"schema":"leeway/baseline/1"}'])
      expect(() => parseBaseline("b.json", broken, "grimsby")).toThrow("not a baseline");
  });
  it("tells what is new, known and gone, and counts only what the protected branch has too", () => {
    const other = asFinding("fields", "error", { ...place, at: "c#d" });
    const compared = compareWithBaseline([other], baseline);
    expect([compared.fresh, compared.kept, compared.gone.length]).toEqual([[other], [], 1]);
    const wider = baselineOf([finding, other], "grimsby");
    expect(narrowed(wider, baseline).findings.map(({ fingerprint }) => fingerprint)).toEqual([
      finding.fingerprint,
    ]);
  });
});

describe("every check", () => {
  it("has an id of its own and a page that says what, why, how to fix it and how it may stand", () => {
    const all = everyCheck();
    expect(new Set(all.map(({ check }) => check.id)).size).toBe(all.length);
    for (const { check } of all) {
      expect(check.id).toMatch(/^[a-z]+(-[a-z]+)*$/);
      for (const words of Object.values(check.page)) expect(words, check.id).toMatch(/[.`)]$/);
    }
  });
});
