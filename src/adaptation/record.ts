import * as z from "zod/mini";
import { quotePath } from "../curriculum/address.ts";
import { lineOfFieldFault, wordsForFieldFault } from "../curriculum/field-fault.ts";
import { lazily } from "../curriculum/lazily.ts";
import { readYamlFile } from "../curriculum/yaml-file.ts";
import { Failure } from "../failure.ts";
import { KINDS, PURPOSES } from "./words.ts";

/** The shape of `versions/<id>/adaptations/<slug>.yaml` (design §3). Unknown fields are kept. */
export const recordSchema = lazily(() => {
  const text = z.string();
  const filled = text.check(z.minLength(1));
  const hash = z.nullable(text.check(z.regex(/^n1:[0-9a-f]{16}$/, "a hash looks like n1:5b2f9c0148aa31d0")));
  const person = z.looseObject({ role: z.optional(filled), name: z.optional(text) });
  return z.looseObject({
    id: filled,
    title: filled,
    kind: z.enum(KINDS),
    for: z.array(z.enum(PURPOSES)).check(z.minLength(1)),
    why: text.check(z.trim(), z.regex(/\S/)),
    by: z.optional(person),
    approved: z.optional(z.looseObject({ role: z.optional(text), on: z.optional(text) })),
    passages: z.array(
      z.looseObject({
        at: filled,
        base: z.optional(hash),
        local: z.optional(hash),
        /** Upstream changed the text beneath: since which edition, and the hash it had before. */
        review: z.optional(z.looseObject({ since: text, was: hash })),
      }),
    ),
    status: z._default(z.enum(["draft", "trial", "active", "retired"]), "active"),
    upstream: z._default(text, "not-needed"),
    reviewBy: z.optional(text),
  });
});

export type AdaptationRecord = z.infer<ReturnType<typeof recordSchema>>;
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
  const next = [
    `Correct ${path}, or take back the last change to it: git checkout HEAD -- ${quotePath(path)}`,
  ];
  if ("fault" in file) {
    throw new Failure("usage", `This adaptation record cannot be read: ${file.fault}.`, {
      where: `${path}:${file.line}`,
      next,
    });
  }
  const parsed = recordSchema().safeParse(file.data ?? {});
  if (!parsed.success) {
    const { words } = wordsForFieldFault(parsed.error.issues, file.data ?? {});
    throw new Failure("usage", `This adaptation record is not complete: ${words}.`, {
      where: `${path}:${lineOfFieldFault(parsed.error.issues, text)}`,
      next,
    });
  }
  return parsed.data;
}
