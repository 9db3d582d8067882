import { isHeld, speaksOf } from "./explain.ts";
import type { AdaptationRecord, BoundPassage, RecordFile } from "./record.ts";
import type { Kind, Purpose } from "./words.ts";

/** A change that is being explained. */
export interface Bound {
  readonly at: string;
  /** What it was called at the base, where that is something else. */
  readonly from?: string | undefined;
  readonly base: string | null;
  readonly local: string | null;
}

/** What a person says of it; what is left out of a renewal stays as it is on record. */
export interface Said {
  readonly why?: string;
  readonly for?: readonly Purpose[];
  readonly kind?: Kind;
  readonly title?: string;
  readonly by?: string;
  readonly reviewBy?: string;
  readonly trial?: boolean;
}

export interface NewRecordInput {
  readonly version: string;
  readonly said: Said & {
    readonly why: string;
    readonly for: readonly Purpose[];
    readonly kind: Kind;
    readonly title: string;
  };
  readonly bound: readonly Bound[];
  /** Record ids that are taken. */
  readonly taken: ReadonlySet<string>;
}

/** A record for changes that have none yet. */
export function newRecord({ version, said, bound, taken }: NewRecordInput): AdaptationRecord {
  return {
    id: freeId(version, said.title, taken),
    title: said.title,
    kind: said.kind,
    for: [...said.for],
    why: said.why,
    ...(said.by ? { by: { role: said.by } } : {}),
    passages: bound.map(pairOf),
    status: said.trial ? "trial" : "active",
    // A correction is true everywhere, so it is offered upstream unless somebody says otherwise (design §3).
    upstream: said.kind === "correct" ? "offer" : "not-needed",
    ...(said.reviewBy ? { reviewBy: said.reviewBy } : {}),
  };
}

/**
 * Renews records whose passages were edited again: the pairs of hashes follow in every record that shares the
 * passage, a pending second look is settled, and what is said anew replaces what was said.
 */
export function renewRecords(
  records: readonly RecordFile[],
  bound: readonly Bound[],
  said: Said,
  chosen: ReadonlySet<RecordFile>,
): { file: RecordFile; record: AdaptationRecord }[] {
  const find = (passage: BoundPassage): Bound | undefined =>
    bound.find(({ at }) => at === passage.at) ??
    bound.find(({ at, from, base }) => speaksOf(passage, { at, from, baseHash: base }));
  return records.flatMap((file) => {
    const shares = isHeld(file) && file.record.passages.some((passage) => find(passage) !== undefined);
    if (!chosen.has(file) && !shares) return [];
    const passages = file.record.passages.map((passage) => {
      const now = find(passage);
      if (!now) return passage;
      const { review: _, ...rest } = passage;
      return { ...rest, ...pairOf(now) };
    });
    const told: Partial<AdaptationRecord> = chosen.has(file)
      ? {
          ...(said.why ? { why: said.why } : {}),
          ...(said.for ? { for: [...said.for] } : {}),
          ...(said.kind ? { kind: said.kind } : {}),
          ...(said.title ? { title: said.title } : {}),
          ...(said.by ? { by: { ...file.record.by, role: said.by } } : {}),
          ...(said.reviewBy ? { reviewBy: said.reviewBy } : {}),
          ...(said.trial ? { status: "trial" as const } : {}),
        }
      : {};
    return [{ file, record: { ...file.record, ...told, passages } }];
  });
}

function pairOf({ at, base, local }: Bound): { at: string; base: string | null; local: string | null } {
  return { at, base, local };
}

/** `grimsby/docks-case-study`, with a number where that is taken. */
function freeId(version: string, title: string, taken: ReadonlySet<string>): string {
  const slug = slugOf(title);
  for (let count = 1; ; count++) {
    const id = `${version}/${slug}${count === 1 ? "" : `-${count}`}`;
    if (!taken.has(id)) return id;
  }
}

/** Of whole words, as far as they fit. */
const LONGEST_SLUG = 48;

function slugOf(title: string): string {
  const plain = title.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const [first = "adaptation", ...others] = plain.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  let slug = first.slice(0, LONGEST_SLUG);
  for (const word of others) {
    if (slug.length + 1 + word.length > LONGEST_SLUG) break;
    slug += `-${word}`;
  }
  return slug;
}

/** Where a record is kept. */
export function recordPath(id: string): string {
  const [version = "", slug = ""] = id.split("/", 2);
  return `versions/${version}/adaptations/${slug}.yaml`;
}
