import * as z from "zod/mini";
import { wordsForFieldFault } from "../curriculum/field-fault.ts";
import { type Figures, METRIC, STATUSES, statusFrom } from "../drift/figures.ts";
import type { Drift } from "../version/drift/drift.ts";
import { versionId } from "../version/version-file.ts";

const WHOLE = "expected a whole number, 0 or more";
const SHARE = "expected a share from 0 to 1";
const whole = z.number().check(z.refine((of) => Number.isSafeInteger(of) && of >= 0, WHOLE));
const share = z.number().check(z.refine((of) => of >= 0 && of <= 1, SHARE));
const date = z
  .string()
  .check(
    z.refine((text) => /^\d{4}-\d\d-\d\d/.test(text) && !Number.isNaN(Date.parse(text)), "expected a date"),
  );
const addresses = z.array(z.string());
const none = z.null();
const reference = z.nullable(
  z.looseObject({ commit: z.nullable(z.string()), edition: z.nullable(z.string()) }),
);
const words = z.looseObject({ passages: whole, words: whole, of: whole });

const figures = z.object({
  behind: z.looseObject({ ...words.shape, editions: whole, oldest: z.nullable(date), held: whole }),
  diverged: z.looseObject({ ...words.shape, order: share, structure: share }),
  undeclared: words,
  breaches: z.looseObject({ count: whole, passages: addresses }),
  contested: z.looseObject({ conflicts: whole, reviews: whole, passages: addresses }),
});
/** Without a starting point every figure is null, never zero (law 6). */
const noFigures = z.object({ diverged: z.looseObject({ passages: none, words: none, of: none }) });

const version = z.looseObject({
  id: versionId(),
  name: z.string().check(z.minLength(1)),
  layer: z.string(),
  against: z.nullable(z.string()),
  base: reference,
  target: reference,
  status: z.enum(STATUSES),
  worst: z.array(z.looseObject({ at: z.string(), words: whole, why: z.nullable(z.string()) })),
});

/** What one entry of a published file came to. */
export type Published =
  | { readonly kind: "measured"; readonly drift: Drift }
  | { readonly kind: "left-out"; readonly id: string; readonly name: string; readonly why: string };

/**
 * Reads the drift that a version's own CI published (`leeway drift --json`). What another version of the measure
 * counted, and numbers that cannot be, are told apart and never repaired.
 * @param called what to call it where it does not say whose figures they are
 */
export function readPublished(text: string, called: string): Published[] {
  const leftOut = (why: string): Published[] => [{ kind: "left-out", id: called, name: called, why }];
  let data: unknown;
  try {
    // Windows' own editors and shells put a mark before the text.
    data = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return leftOut("it is no JSON");
  }
  const { schema, metric, versions } = (typeof data === "object" && data !== null ? data : {}) as Record<
    string,
    unknown
  >;
  if (schema !== "leeway/drift/1") return leftOut("it is not what leeway drift --json prints");
  if (metric !== METRIC)
    return leftOut(`it counts by measure ${JSON.stringify(metric)}, and this Leeway by measure ${METRIC}`);
  if (!Array.isArray(versions)) return leftOut("there is no version in it");
  return versions.map((each) => readVersion(each, called));
}

function readVersion(data: unknown, called: string): Published {
  const named = version.safeParse(data);
  if (!named.success) {
    const why = wordsForFieldFault(named.error.issues, data).words;
    return { kind: "left-out", id: called, name: called, why };
  }
  const { id, name, layer, against, base, target, status } = named.data;
  const who = {
    id,
    name,
    layer,
    against: against === null ? null : { id: against, name: against },
    base,
    target,
  };
  const rest = { passages: [], why: null, remedies: [], olderNext: false };
  const leftOut = (why: string): Published => ({ kind: "left-out", id, name, why });
  if (status === "source" || status === "no-starting-point") {
    return noFigures.safeParse(data).success
      ? { kind: "measured", drift: { ...who, ...rest, status, figures: null } }
      : leftOut("it has no starting point, and yet figures");
  }
  const counted = figures.safeParse(data);
  if (!counted.success) return leftOut(wordsForFieldFault(counted.error.issues, data).words);
  const fault = impossible(counted.data, named.data);
  return fault === null
    ? { kind: "measured", drift: { ...who, ...rest, status, figures: counted.data } }
    : leftOut(fault);
}

/** What no measuring can have given; null where the numbers may be. */
function impossible(counted: Figures, { status, worst }: z.infer<typeof version>): string | null {
  const { behind, diverged, undeclared, breaches, contested } = counted;
  const all = [behind, diverged, undeclared];
  if (all.some(({ words, of }) => words > of) || worst.some(({ words }) => words > diverged.words))
    return "more words changed than there are";
  const moved = diverged.order + diverged.structure;
  if (
    all.some(({ passages, words }) => passages === 0 && words > 0) ||
    (diverged.passages === 0 && moved > 0)
  )
    return "it counts words or an order without a passage";
  if (undeclared.of !== diverged.of)
    return "what has no reason and what was changed are parts of another whole";
  if (behind.passages === 0 && (behind.editions > 0 || behind.oldest !== null))
    return "editions wait, and no passage of them";
  if (undeclared.words > diverged.words || undeclared.passages > diverged.passages)
    return "more has no reason than was changed";
  if (breaches.count !== new Set(breaches.passages).size || breaches.count > diverged.passages)
    return "the number of locked passages changed does not fit the passages";
  if (contested.passages.length !== contested.conflicts + contested.reviews)
    return "the number of passages to decide and to look over does not fit the passages";
  const expected = statusFrom(counted);
  return status === expected ? null : `its status is ${status}, but its figures say ${expected}`;
}
