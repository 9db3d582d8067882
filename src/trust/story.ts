import { parse } from "yaml";
import * as z from "zod/mini";
import { KINDS, PURPOSES } from "../adaptation/words.ts";
import { Failure } from "../failure.ts";
import { kindOf, readText } from "../files/read.ts";
import { remove } from "../files/temporary.ts";
import { moveEntry, writeAtomic } from "../files/write.ts";

const edit = z.union([
  z.strictObject({ path: z.string(), find: z.string(), replace: z.string() }),
  z.strictObject({ path: z.string(), write: z.string() }),
  z.strictObject({ remove: z.string() }),
  z.strictObject({ move: z.string(), to: z.string() }),
]);
export type Edit = z.infer<typeof edit>;

const adaptation = z.strictObject({
  title: z.string(),
  at: z.array(z.string()),
  kind: z.enum(KINDS),
  for: z.array(z.enum(PURPOSES)),
  why: z.string(),
  by: z.strictObject({ role: z.string() }),
  edits: z.array(edit),
});

const version = z.strictObject({
  id: z.string(),
  name: z.string(),
  layer: z.string(),
  upstream: z.string(),
  context: z.optional(z.record(z.string(), z.unknown())),
  timetable: z.optional(z.record(z.string(), z.unknown())),
  adaptations: z._default(z.array(adaptation), []),
  unexplained: z._default(z.array(edit), []),
});
export type StoryVersion = z.infer<typeof version>;

const trust = z.strictObject({
  centre: z.strictObject({ id: z.string(), name: z.string(), edition: z.string(), notes: z.string() }),
  versions: z.array(version),
});
const spring = z.strictObject({ edition: z.string(), notes: z.string(), edits: z.array(edit) });

/** A trust as a story: who is in it, what each of them does, and the centre's next edition. */
export interface Story {
  readonly curriculum: string;
  readonly centre: z.infer<typeof trust>["centre"];
  readonly versions: readonly StoryVersion[];
  readonly next: z.infer<typeof spring>;
}

/** Reads the story of a folder such as `fixtures/trust`. */
export async function readStory(folder: string): Promise<Story> {
  const read = async <T>(name: string, schema: z.ZodMiniType<T>): Promise<T> => {
    const text = await readText(`${folder}/${name}`);
    if (text === null)
      throw new Failure("environment", "Leeway's own example is not installed.", {
        where: `${folder}/${name}`,
      });
    return schema.parse(parse(text));
  };
  const { centre, versions } = await read("trust.yaml", trust);
  return { curriculum: `${folder}/curriculum`, centre, versions, next: await read("spring.yaml", spring) };
}

/** Makes edits in a work tree; a text to find must stand there exactly once. */
export async function applyEdits(root: string, edits: readonly Edit[]): Promise<void> {
  for (const each of edits) {
    if ("remove" in each) await remove(`${root}/${each.remove}`);
    else if ("move" in each) await moveEntry(`${root}/${each.move}`, `${root}/${each.to}`);
    else if ("write" in each) await writeAtomic(`${root}/${each.path}`, Buffer.from(each.write, "utf8"));
    else await replaceOnce(`${root}/${each.path}`, each.find, each.replace);
  }
}

async function replaceOnce(path: string, find: string, replace: string): Promise<void> {
  const text = (await kindOf(path)) === "file" ? await readText(path) : null;
  const parts = text?.split(find) ?? [];
  if (parts.length !== 2) {
    throw new Failure(
      "environment",
      `The text to change stands here ${Math.max(0, parts.length - 1)} times, not once.`,
      {
        where: `${path}: ${find.slice(0, 60)}`,
      },
    );
  }
  await writeAtomic(path, Buffer.from(parts.join(replace), "utf8"));
}
