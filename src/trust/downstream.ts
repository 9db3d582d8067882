import { parseDocument } from "yaml";
import * as z from "zod";
import { printYaml } from "../curriculum/update.ts";
import { Failure } from "../failure.ts";

const entry = z.looseObject({
  id: z.string().min(1),
  name: z.string().min(1),
  layer: z.string().min(1),
  url: z.string().min(1),
  group: z.string().optional(),
});

/** The shape of `versions/<id>/downstream.yaml`: the versions that this one knows below (design §3). */
export const downstreamSchema = z.array(entry);
export type Downstream = z.infer<typeof downstreamSchema>[number];

/**
 * Reads the list; an absent file is an empty one.
 * @throws Failure "usage" naming file and entry
 */
export function parseDownstream(path: string, text: string | null): Downstream[] {
  if (text === null) return [];
  const document = parseDocument(text);
  const parsed = downstreamSchema.safeParse(document.toJS({ maxAliasCount: 100 }) ?? []);
  if (document.errors.length === 0 && parsed.success) return parsed.data;
  const fault =
    document.errors[0]?.message ??
    (parsed.success ? "" : `${parsed.error.issues[0]?.path.join(".")}: ${parsed.error.issues[0]?.message}`);
  throw new Failure("usage", `The list of versions below cannot be read: ${fault.split("\n")[0]}`, {
    where: path,
  });
}

/** The list with one more entry, what stood there before byte for byte. */
export function addDownstream(text: string | null, added: Downstream): string {
  const before = text === null || text.trim() === "" || text.trim() === "[]" ? "" : text;
  const item = printYaml({ list: [added] }).replace(/^list:\n\s*/, "");
  return before === "" || before.endsWith("\n") ? before + item : `${before}\n${item}`;
}
