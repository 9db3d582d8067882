import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { recordSchema } from "../../../src/adaptation/record.ts";
import { jsonSchema, SCHEMA_TYPES, type SchemaType, schemaHeading } from "../../../src/cli/json-schemas.ts";
import { isCurriculumPath, readDocument } from "../../../src/curriculum/read.ts";
import { schemaOf } from "../../../src/curriculum/schemas.ts";
import { rulesSchema } from "../../../src/rules/rules.ts";
import { downstreamSchema } from "../../../src/version/downstream.ts";
import { versionSchema } from "../../../src/version/version-file.ts";

const OWN = {
  version: versionSchema,
  rules: rulesSchema,
  downstream: downstreamSchema,
  adaptation: recordSchema,
};
const ajv = new Ajv({ strict: true, allowUnionTypes: true, strictTypes: false, strictRequired: false });
const compiled = new Map(SCHEMA_TYPES.map((type) => [type, ajv.compile(jsonSchema(type))]));

const byJsonSchema = (type: SchemaType, data: unknown): boolean => Boolean(compiled.get(type)?.(data));
const byLeeway = (type: SchemaType, data: unknown): boolean =>
  (type in OWN ? OWN[type as keyof typeof OWN] : () => schemaOf(type))().safeParse(data).success;

interface Sample {
  readonly name: string;
  readonly type: SchemaType;
  readonly data: unknown;
}

const FOLDERS = ["fixtures/trust/curriculum", "templates/curriculum"];
const documents = FOLDERS.flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((path) => path.split("\\").join("/"))
    .filter(isCurriculumPath)
    .map((path): Sample => {
      const { type, data } = readDocument(path, readFileSync(join(folder, path), "utf8"));
      return { name: `${folder}/${path}`, type: type as SchemaType, data };
    }),
);

const text = (path: string): string =>
  readFileSync(path, "utf8").replaceAll("{{id}}", "harbour").replaceAll("{{name}}", "Harbour");
const ownFiles: Sample[] = [
  ...FOLDERS.flatMap((folder) =>
    readdirSync(join(folder, "versions")).flatMap((id) =>
      (["version", "rules"] as const).map((type) => {
        const name = `${folder}/versions/${id}/${type}.yaml`;
        return { name, type, data: parse(text(name)) };
      }),
    ),
  ),
  ...(
    parse(text("fixtures/trust/trust.yaml")) as { versions: { id: string; adaptations: object[] }[] }
  ).versions.flatMap(({ id, adaptations }) =>
    adaptations.map((told, index): Sample => {
      const data = { id: `${id}/${index}`, title: "An adaptation", passages: [], why: "A reason.", ...told };
      return { name: `adaptation ${id}/${index}`, type: "adaptation", data };
    }),
  ),
  {
    name: "a list of versions below",
    type: "downstream",
    data: [
      {
        id: "grimsby",
        name: "Harbour Academy Grimsby",
        layer: "school",
        url: "../grimsby.git",
        group: "all",
      },
    ],
  },
  {
    name: "a version with everything",
    type: "version",
    data: parse(`
id: grimsby
name: Harbour Academy Grimsby
layer: school
upstream: {id: north, url: ../north.git, branch: main, group: all}
base: {commit: "${"1f".repeat(20)}", edition: 2026-27-autumn}
context: {place: Grimsby, pp: 47}
timetable: {weeks: 39, periods: {history: 2}}
holds: [{at: "subjects/science/**", base: "${"77".repeat(20)}", why: Forces come first, until: 2027-02-19}]
takes: {upstream: [".github/**"], ours: ["y8-trade#case-study"]}
`),
  },
  {
    name: "a record with everything",
    type: "adaptation",
    data: parse(`
id: grimsby/docks-case-study
title: Grimsby haven as the trade case study
kind: replace
for: [place]
why: Pupils' families work on the docks.
by: {role: Head of history}
approved: {role: Vice principal, on: 2026-10-02}
passages:
  - {at: "y8-trade#case-study", base: "n1:5b2f9c0148aa31d0", local: null, review: {since: spring, was: "n1:91aa03de5510c2f7"}}
status: active
upstream: not-needed
reviewBy: 2027-07-31
`),
  },
];
const samples = [...documents, ...ownFiles];

const size = ({ data }: Sample): number => JSON.stringify(data).length;

const WRONG = [null, "", " ", "word", "two words", "x..y", "x.lock", 7, -7, 0, true, [], ["a"], {}, { a: 1 }];

/** The data with one value taken out or put in the place of another, for every place in it. */
function* faulty(data: unknown): Generator<unknown> {
  if (typeof data !== "object" || data === null) return;
  for (const key of Object.keys(data)) {
    const value = (data as Record<string, unknown>)[key];
    const put = (other: unknown): unknown =>
      Array.isArray(data) ? data.with(Number(key), other) : { ...data, [key]: other };
    if (!Array.isArray(data)) {
      const { [key]: _, ...rest } = data as Record<string, unknown>;
      yield rest;
    }
    for (const wrong of WRONG) yield put(wrong);
    for (const inner of faulty(value)) yield put(inner);
  }
}

describe("JSON Schemas for editors", () => {
  it.each(SCHEMA_TYPES)("say of %s what Leeway's own schema says, on sound data and on faulty", (type) => {
    const own = samples.filter((sample) => sample.type === type);
    for (const { name, data } of own) {
      expect(byLeeway(type, data), `${name} by Leeway`).toBe(true);
      expect(byJsonSchema(type, data), `${name} by JSON Schema`).toBe(true);
    }
    const verdicts = new Set<boolean>();
    const disagreed: string[] = [];
    const richest = own.toSorted((a, b) => size(b) - size(a)).slice(0, 4);
    for (const { name, data } of richest) {
      for (const each of faulty(data)) {
        const verdict = byLeeway(type, each);
        verdicts.add(verdict);
        if (verdict !== byJsonSchema(type, each)) disagreed.push(`${name}: ${JSON.stringify(each)}`);
      }
    }
    expect(disagreed.slice(0, 3)).toEqual([]);
    if (own.length > 0 && type !== "plain") expect(verdicts).toEqual(new Set([true, false]));
  });

  it("are tried on samples of every type but those that have none of their own here", () => {
    const tried = new Set(samples.map(({ type }) => type));
    expect(SCHEMA_TYPES.filter((type) => !tried.has(type))).toEqual([]);
  });

  it("tell in an editor what is expected, in the words of check", () => {
    expect(JSON.stringify(jsonSchema("lesson"))).toContain('"description":"a number of minutes, such as 60"');
  });

  it("are named by the headings of the templates' YAML files", () => {
    const headed = readdirSync("templates/curriculum", { recursive: true, encoding: "utf8" })
      .map((path) => path.split("\\").join("/"))
      .filter((path) => path.endsWith(".yaml"));
    expect(headed.length).toBeGreaterThan(3);
    for (const path of headed) {
      const [heading = ""] = text(`templates/curriculum/${path}`).split("\n");
      const type = SCHEMA_TYPES.find((each) => `${heading}\n` === schemaHeading(path, each));
      expect(type, path).toBe(
        path.startsWith("versions/") ? path.replace(/^.*\/(.*)\.yaml$/, "$1") : readDocument(path, "").type,
      );
    }
  });
});
