import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { isCurriculumPath, readDocument } from "../../../src/curriculum/read.ts";
import { validateDocument } from "../../../src/curriculum/validate.ts";
import { parseRules } from "../../../src/rules/rules.ts";

const CURRICULA = ["fixtures/trust/curriculum", "templates/curriculum"];

const documentsIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((path) => path.split("\\").join("/"))
    .filter((path) => isCurriculumPath(path))
    .map((path) => readDocument(path, readFileSync(join(folder, path), "utf8")));

describe.each(CURRICULA)("the curriculum in %s", (folder) => {
  const documents = documentsIn(folder);
  const byId = new Map(documents.map((document) => [document.id, document]));

  it("has no fault of form or of schema", () => {
    expect(documents.flatMap((document) => [...document.problems, ...validateDocument(document)])).toEqual(
      [],
    );
  });
  it("gives every document an id of its own", () => {
    expect(byId.size).toBe(documents.length);
  });
  it("resolves what units and programmes refer to", () => {
    const dangling = documents.flatMap(({ id, type, data }) => {
      const named: unknown[] =
        type === "unit"
          ? [...((data.requires as unknown[]) ?? []), ...((data.lessons as unknown[]) ?? [])]
          : type === "programme"
            ? ((data.sequence as { unit: string }[]) ?? []).map(({ unit }) => unit)
            : [];
      return named.filter((each) => !byId.has(String(each))).map((each) => `${id} → ${each}`);
    });
    expect(dangling).toEqual([]);
  });
});

describe("the example trust", () => {
  it("locks little, and says because", () => {
    const path = "fixtures/trust/curriculum/versions/harbour/rules.yaml";
    const { rules } = parseRules(path, readFileSync(path, "utf8"));
    const locks = rules.filter(({ leeway }) => leeway === "none");
    expect(locks.length).toBeGreaterThan(0);
    expect(locks.every(({ because }) => because)).toBe(true);
  });
  it("invites adaptation at passages that exist", () => {
    const documents = documentsIn(CURRICULA[0] ?? "");
    const byId = new Map(documents.map((document) => [document.id, document]));
    const invites = documents.flatMap(({ data }) => (data.invites as { at: string }[] | undefined) ?? []);
    expect(invites.length).toBeGreaterThan(2);
    for (const { at } of invites) {
      const [id = ""] = at.split(/[#@]/, 1);
      expect(
        byId.get(id)?.passages.some(({ key }) => `${id}${key}` === at),
        at,
      ).toBe(true);
    }
  });
  it("has versions of every kind of purpose that its story needs", () => {
    const { versions } = parse(readFileSync("fixtures/trust/trust.yaml", "utf8")) as {
      versions: { layer: string; adaptations: { kind: string; for: string[] }[] }[];
    };
    const adaptations = versions.flatMap((version) => version.adaptations);
    expect(versions.filter(({ layer }) => layer === "region")).toHaveLength(2);
    expect(versions.filter(({ layer }) => layer === "school")).toHaveLength(4);
    expect(new Set(adaptations.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(6);
    expect(new Set(adaptations.flatMap((each) => each.for)).size).toBeGreaterThanOrEqual(6);
  });
});
