import * as z from "zod";
import { wordsForFieldFault } from "../curriculum/field-fault.ts";
import { readYamlFile } from "../curriculum/yaml-file.ts";
import { Failure } from "../failure.ts";
import { KINDS, PURPOSES } from "./words.ts";

const date = z.string();
const hash = z
  .string()
  .regex(/^n1:[0-9a-f]{16}$/, "a hash looks like n1:5b2f9c0148aa31d0")
  .nullable();
const person = z.looseObject({ role: z.string().min(1).optional(), name: z.string().optional() });

/** The shape of `versions/<id>/adaptations/<slug>.yaml` (design §3). Unknown fields are kept. */
export const recordSchema = z.looseObject({
  id: z.string().min(1),
  title: z.string().min(1),
  kind: z.enum(KINDS),
  for: z.array(z.enum(PURPOSES)).min(1),
  why: z.string().trim().min(1),
  by: person.optional(),
  approved: z.looseObject({ role: z.string().optional(), on: date.optional() }).optional(),
  passages: z.array(
    z.looseObject({
      at: z.string().min(1),
      base: hash.optional(),
      local: hash.optional(),
      /** Upstream changed the text beneath: since which edition, and the hash it had before. */
      review: z.looseObject({ since: z.string(), was: hash }).optional(),
    }),
  ),
  status: z.enum(["draft", "trial", "active", "retired"]).default("active"),
  upstream: z.string().default("not-needed"),
  reviewBy: date.optional(),
});

export type AdaptationRecord = z.infer<typeof recordSchema>;
export type BoundPassage = AdaptationRecord["passages"][number];

/** A record and the file it stands in. */
export interface RecordFile {
  readonly path: string;
  readonly text: string;
  readonly record: AdaptationRecord;
}

/**
 * Reads one adaptation record.
 * @throws Failure "usage" naming file, line and field.
 */
export function parseRecord(path: string, text: string): AdaptationRecord {
  const file = readYamlFile(text);
  const next = [`Correct ${path}, or take back the last change to it: git checkout HEAD -- "${path}"`];
  if ("fault" in file) {
    throw new Failure("usage", `This adaptation record cannot be read: ${file.fault}.`, {
      where: `${path}:${file.line}`,
      next,
    });
  }
  const parsed = recordSchema.safeParse(file.data ?? {});
  if (!parsed.success) {
    const { words } = wordsForFieldFault(parsed.error.issues, file.data ?? {});
    throw new Failure("usage", `This adaptation record is not complete: ${words}.`, { where: path, next });
  }
  return parsed.data;
}
