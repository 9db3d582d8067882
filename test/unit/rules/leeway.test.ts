import { describe, expect, it } from "vitest";
import { Failure } from "../../../src/failure.ts";
import { leewayOf, type Subject } from "../../../src/rules/leeway.ts";
import { type LayerRules, parseRules } from "../../../src/rules/rules.ts";

const layer = (id: string, text: string, fallback: LayerRules["fallback"] = null): LayerRules => {
  const file = parseRules(`versions/${id}/rules.yaml`, text);
  return { layer: id, name: id, file, fallback: file.default ?? fallback };
};
const outcome: Subject = {
  path: "subjects/history/units/y8-trade/unit.md",
  id: "y8-trade",
  type: "unit",
  key: "@outcomes.o2",
};
const section: Subject = { ...outcome, key: "#case-study" };
const lesson: Subject = {
  path: "subjects/history/units/y8-trade/lessons/01-sack.md",
  id: "y8-trade-sack",
  type: "lesson",
  key: "#practice",
};

const centre = layer(
  "harbour",
  `default: reason
rules:
  - {passages: "unit@outcomes", leeway: none, because: "Common assessments test them", except: [willow]}
  - {passages: "lesson#*", leeway: free}
  - {passages: "lesson#exit-ticket", leeway: reason}
`,
  "reason",
);

describe("leeway of a passage", () => {
  it("locks a list with its items and their order", () => {
    expect(leewayOf(outcome, [centre], "grimsby")).toMatchObject({
      level: "none",
      layer: "harbour",
      because: "Common assessments test them",
    });
    expect(leewayOf({ ...outcome, key: "@outcomes!order" }, [centre], "grimsby").level).toBe("none");
    expect(leewayOf({ ...outcome, key: "@outcomesToCome" }, [centre], "grimsby").level).toBe("reason");
  });
  it("leaves a rule out for the versions that its owner excepts", () => {
    expect(leewayOf(outcome, [centre], "willow").level).toBe("reason");
  });
  it("takes the last rule that matches within a layer", () => {
    expect(leewayOf(lesson, [centre], "grimsby").level).toBe("free");
    expect(leewayOf({ ...lesson, key: "#exit-ticket" }, [centre], "grimsby").level).toBe("reason");
  });
  it("lets a layer below tighten and not loosen", () => {
    const tighter = layer("north", `rules:\n  - {passages: "lesson#*", leeway: reason}\n`);
    const looser = layer("north", `default: free\nrules:\n  - {passages: "unit@outcomes", leeway: free}\n`);
    expect(leewayOf(lesson, [tighter, centre], "grimsby")).toMatchObject({ level: "reason", layer: "north" });
    expect(leewayOf(outcome, [looser, centre], "grimsby").level).toBe("none");
    expect(leewayOf(section, [looser, centre], "grimsby").level).toBe("reason");
  });
  it("takes no opinion from a layer below that states no default", () => {
    const silent = layer(
      "north",
      `rules:\n  - {passages: "assessment@when", leeway: none, because: "One window"}\n`,
    );
    expect(leewayOf(lesson, [silent, centre], "grimsby").level).toBe("free");
  });
  it("lets an author tighten a document, or loosen what only the default says", () => {
    expect(leewayOf({ ...lesson, own: { "#practice": "none" } }, [centre], "grimsby")).toMatchObject({
      level: "none",
      layer: "document",
    });
    expect(leewayOf({ ...section, own: { "#case-study": "free" } }, [centre], "grimsby").level).toBe("free");
    expect(leewayOf({ ...outcome, own: { "@outcomes": "free" } }, [centre], "grimsby").level).toBe("none");
  });
  it("matches documents by type, id, path and glob", () => {
    for (const scope of ["unit", "y8-trade", "subjects/history/**", "subjects/*/units/y8-trade/unit.md"]) {
      const rules = layer(
        "harbour",
        `rules:\n  - {passages: "${scope}#case-study", leeway: add, because: x}\n`,
      );
      expect(leewayOf(section, [rules], "grimsby").level, scope).toBe("add");
    }
  });
  it("is `reason` where nobody says anything", () => {
    expect(leewayOf(section, [], "grimsby").level).toBe("reason");
  });
});

describe("rules that cannot be read", () => {
  it("are told with the line of the fault", () => {
    const text = `default: reason\nrules:\n  - {passages: "lesson#*", leeway: free}\n  - passages: "unit@outcomes"\n    leeway: maybe\n`;
    expect(() => parseRules("versions/harbour/rules.yaml", text)).toThrow(
      expect.objectContaining({
        message: expect.stringContaining("rules, number 2, leeway: expected one of none, add, reason, free"),
        where: "versions/harbour/rules.yaml:5",
      }),
    );
  });
  it.each([
    ["a lock without because", `rules:\n  - {passages: "unit@outcomes", leeway: none}\n`, /because/],
    ["an unknown level", `default: maybe\n`, /default/],
    ["broken YAML", `rules: [\n`, /cannot be read/],
  ])("name %s", (_, text, message) => {
    expect(() => parseRules("versions/harbour/rules.yaml", text)).toThrow(Failure);
    expect(() => parseRules("versions/harbour/rules.yaml", text)).toThrow(message);
  });
});
