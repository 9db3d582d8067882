import * as z from "zod/mini";
import { wordsForFieldFault } from "../curriculum/field-fault.ts";
import { lazily } from "../curriculum/lazily.ts";
import { printYaml, withoutItem } from "../curriculum/update.ts";
import { readYamlFile } from "../curriculum/yaml-file.ts";
import { Failure } from "../failure.ts";
import { versionFolder } from "./version-file.ts";

/** The shape of `versions/<id>/downstream.yaml`: the versions that this one knows below (design §3). */
export const downstreamSchema = lazily(() => {
  const filled = z.string().check(z.minLength(1));
  return z.array(
    z.looseObject({
      id: filled,
      name: filled,
      layer: filled,
      url: filled,
      group: z.optional(z.string()),
    }),
  );
});
export type Downstream = z.infer<ReturnType<typeof downstreamSchema>>[number];

/** Where a version keeps the list of those below it. */
export function downstreamPath(id: string): string {
  return `${versionFolder(id)}/downstream.yaml`;
}

/**
 * Reads the list; an absent file is an empty one.
 * @throws Failure "usage" naming file and entry
 */
export function parseDownstream(path: string, text: string | null): Downstream[] {
  if (text === null) return [];
  const file = readYamlFile(text);
  const parsed = "fault" in file ? null : downstreamSchema().safeParse(file.data ?? []);
  if (parsed?.success) return parsed.data;
  const fault =
    "fault" in file ? file.fault : wordsForFieldFault(parsed?.error.issues ?? [], file.data ?? []).words;
  throw new Failure("usage", `The list of versions below cannot be read: ${fault}.`, {
    where: "fault" in file ? `${path}:${file.line}` : path,
    next: [
      "- {id: grimsby, name: Harbour Academy Grimsby, layer: school, url: ../grimsby.git}   is what an entry looks like",
    ],
  });
}

/** The list without one of its entries; what else stands there stays byte for byte where it stands in lines. */
export function removeDownstream(text: string, known: readonly Downstream[], id: string): string {
  const index = known.findIndex((entry) => entry.id === id);
  const rest = known.filter((_, at) => at !== index);
  return withoutItem(text, index) ?? rest.reduce<string>((made, entry) => addDownstream(made, entry), "");
}

/** The list with one more entry, what stood there before byte for byte. */
export function addDownstream(text: string | null, added: Downstream): string {
  const before = text === null || text.trim() === "" || text.trim() === "[]" ? "" : text;
  const item = printYaml({ list: [added] }).replace(/^list:\n\s*/, "");
  return before === "" || before.endsWith("\n") ? before + item : `${before}\n${item}`;
}
