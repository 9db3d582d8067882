import { join, resolve } from "node:path";
import { Failure } from "../../failure.ts";
import { writeAtomic } from "../../files/write.ts";
import type { Context } from "../context.ts";
import { SCHEMA_TYPES, type SchemaType, schemaText } from "../json-schemas.ts";

/** `schema`: prints the JSON Schema of one type, or writes those of all types as files. */
export async function run(
  { io, cwd }: Context,
  args: readonly string[],
  { out }: { readonly out?: string },
): Promise<number> {
  const types = args[0] === undefined ? SCHEMA_TYPES : [known(args[0])];
  if (out !== undefined) {
    const folder = resolve(cwd, out);
    for (const type of types) await writeAtomic(join(folder, `${type}.json`), schemaText(type));
    io.stdout.write(`Wrote ${types.map((type) => `${type}.json`).join(", ")} to ${folder}.\n`);
    return 0;
  }
  io.stdout.write(args[0] === undefined ? `${types.join("\n")}\n` : types.map(schemaText).join(""));
  return 0;
}

function known(type: string): SchemaType {
  const found = SCHEMA_TYPES.find((each) => each === type);
  if (found !== undefined) return found;
  throw new Failure("usage", `There is no schema of ${JSON.stringify(type)}.`, {
    next: [`leeway schema ${SCHEMA_TYPES.join("|")}`],
  });
}
