import * as z from "zod/mini";
import { quotePath } from "../curriculum/address.ts";
import { lineOfFieldFault, wordsForFieldFault } from "../curriculum/field-fault.ts";
import { lazily } from "../curriculum/lazily.ts";
import { readYamlFile } from "../curriculum/yaml-file.ts";
import { Failure } from "../failure.ts";

const ID = /^[a-z0-9][a-z0-9._-]*$/;
const REFUSED = /\.\.|\.$|\.lock$/;

/** An id names folders, tags and branches, so it keeps to letters that are safe in all of them. */
export const versionId = lazily(() =>
  z
    .string()
    .check(
      z.regex(ID, "lower-case letters, digits, dots and hyphens, beginning with a letter or digit"),
      z.refine((id) => !REFUSED.test(id), "not a name that Git can use"),
    )
    // The same for editors.
    .register(z.globalRegistry, { not: { pattern: REFUSED.source } }),
);

const filled = () => z.string().check(z.minLength(1));
const commit = () => z.string().check(z.regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/, "a full commit hash"));
const percentage = () => z.number().check(z.gte(0), z.lte(100));

const hold = () =>
  z.looseObject({
    /** A path or glob of paths, or the address of one passage. */
    at: filled(),
    base: commit(),
    why: filled(),
    until: z.optional(z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/, "a date such as 2027-02-19"))),
  });

/** The shape of `versions/<id>/version.yaml` (design §3). Unknown fields are kept. */
export const versionSchema = lazily(() =>
  z.looseObject({
    id: versionId(),
    name: filled(),
    layer: filled(),
    upstream: z.optional(
      z.looseObject({
        id: versionId(),
        url: filled(),
        branch: z._default(filled(), "main"),
        group: z.optional(filled()),
      }),
    ),
    base: z.optional(
      z.looseObject({ commit: commit(), edition: z.optional(z.string()), undone: z.optional(commit()) }),
    ),
    context: z.optional(z.record(z.string(), z.union([z.string(), percentage()]))),
    timetable: z.optional(z.looseObject({})),
    holds: z._default(z.array(hold()), []),
    takes: z.optional(
      z.looseObject({
        /** Globs of machinery that follows upstream. */
        upstream: z._default(z.array(z.string()), []),
        /** Addresses whose text stays this version's where both sides changed it. */
        ours: z._default(z.array(z.string()), []),
      }),
    ),
  }),
);

export type VersionFile = z.infer<ReturnType<typeof versionSchema>>;
export type Hold = VersionFile["holds"][number];
export type Upstream = NonNullable<VersionFile["upstream"]>;

/** Where a version keeps what is its own. */
export function versionFolder(id: string): string {
  return `versions/${id}`;
}

export function versionPath(id: string): string {
  return `${versionFolder(id)}/version.yaml`;
}

export function rulesPath(id: string): string {
  return `${versionFolder(id)}/rules.yaml`;
}

/**
 * Reads one `version.yaml`.
 * @throws Failure "usage" naming file, line and field, and what is expected there.
 */
export function parseVersionFile(path: string, text: string): VersionFile {
  const file = readYamlFile(text);
  if ("fault" in file) {
    throw new Failure("usage", `This version's own file cannot be read: ${file.fault}.`, {
      where: `${path}:${file.line}`,
      next: [
        `Correct ${path}.`,
        `git checkout HEAD -- ${quotePath(path)}   takes back what was changed in it since the last commit`,
      ],
    });
  }
  const parsed = versionSchema().safeParse(file.data ?? {});
  if (!parsed.success) {
    const { field, words } = wordsForFieldFault(parsed.error.issues, file.data ?? {});
    throw new Failure("usage", `This version's own file is not complete: ${words}.`, {
      where: `${path}:${lineOfFieldFault(parsed.error.issues, text)}`,
      next: [`Correct ${field} in ${path}.`],
    });
  }
  return parsed.data;
}
