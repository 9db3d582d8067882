import { toJSONSchema } from "zod/mini";
import { recordSchema } from "../adaptation/record.ts";
import { SCHEMAS } from "../curriculum/schemas.ts";
import { rulesSchema } from "../rules/rules.ts";
import { downstreamSchema } from "../version/downstream.ts";
import { versionSchema } from "../version/version-file.ts";

const TYPES = {
  ...SCHEMAS,
  version: versionSchema,
  rules: rulesSchema,
  downstream: downstreamSchema,
  adaptation: recordSchema,
} as const;

/** What there is a JSON Schema of: every type of document, and the files of a version's own folder. */
export type SchemaType = keyof typeof TYPES;

export const SCHEMA_TYPES = Object.keys(TYPES) as readonly SchemaType[];

/** Where a curriculum keeps a schema, for the headings of its YAML files to name. */
export function schemaPath(type: SchemaType): string {
  return `.leeway/schemas/${type}.json`;
}

/** The schemas of all types as files of a curriculum. */
export function schemaFiles(): { path: string; text: string }[] {
  return SCHEMA_TYPES.map((type) => ({ path: schemaPath(type), text: schemaText(type) }));
}

/** The first line that tells an editor which schema a YAML file follows. */
export function schemaHeading(path: string, type: SchemaType): string {
  return `# yaml-language-server: $schema=${"../".repeat(path.split("/").length - 1)}${schemaPath(type)}\n`;
}

/** The schema as a file that ends with a line end. */
export function schemaText(type: SchemaType): string {
  return `${JSON.stringify(jsonSchema(type), null, 2)}\n`;
}

/**
 * The JSON Schema of what people write, before defaults are filled in, made from the schema that Leeway itself goes
 * by. Draft 7, since that is what editors know best.
 */
export function jsonSchema(type: SchemaType): Record<string, unknown> {
  const schema = toJSONSchema(TYPES[type](), {
    io: "input",
    target: "draft-7",
    override: ({ zodSchema, jsonSchema: made }) => {
      const expected = expectedBy(zodSchema._zod.def.error);
      if (expected !== null) made.description = expected;
    },
  });
  return { ...schema, title: `Leeway: ${type}` };
}

/** What a schema expects, in the words of its message, without the field's name before it. */
function expectedBy(message: unknown): string | null {
  const said = typeof message === "function" ? message({ code: "invalid_type", input: undefined }) : null;
  return typeof said === "string" ? said.replace(/^[a-zA-Z]+: /, "") : null;
}
