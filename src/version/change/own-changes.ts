import { type Change, type Explanation, explainAll, type Pair } from "../../adaptation/explain.ts";
import type { RecordFile } from "../../adaptation/record.ts";
import type { PassageChange } from "../../compare/diff.ts";
import { wholePair } from "../../compare/whole.ts";
import { formatAddress } from "../../curriculum/address.ts";
import type { Document } from "../../curriculum/document.ts";
import type { TreeChange } from "../../git/raw-diff.ts";
import { type Leeway, leewayOf } from "../../rules/leeway.ts";
import type { LayerRules } from "../../rules/rules.ts";
import type { BaseTree } from "../base/base-tree.ts";
import { readHolds } from "../base/holds.ts";
import { type Asked, filesFromUpstream, takenFromUpstream } from "../base/upstream-texts.ts";
import type { OpenVersion } from "../open.ts";
import { type ChangedDocument, type ChangedFile, readChanges } from "./changes.ts";
import { type Later, listChanges } from "./listed-changes.ts";
import { readRecords, readRules } from "./records.ts";

/** One passage that this version changed, with what its rules and records say of it. */
export interface OwnChange {
  readonly at: string;
  readonly document: ChangedDocument;
  readonly passage: PassageChange;
  readonly leeway: Leeway;
  readonly explanation: Explanation;
}

export interface OwnChanges {
  readonly changes: readonly OwnChange[];
  /** Every document that differs, those that only moved as well. */
  readonly documents: readonly ChangedDocument[];
  readonly files: readonly ChangedFile[];
  readonly records: readonly RecordFile[];
  /** Passages that equal an upstream text after the base: taken, by whatever road (law 6). */
  readonly taken: readonly OwnChange[];
  /** Files under `versions/` that differ from the base. */
  readonly versions: readonly TreeChange[];
}

/**
 * What this version changed since its base, holds included, passage by passage, each with its reason.
 * @param judgedBy the rules of all layers, where others are to judge than those of the base and of HEAD
 */
export async function ownChanges(
  version: OpenVersion,
  base: BaseTree,
  later: Later,
  judgedBy?: () => Promise<LayerRules[]>,
): Promise<OwnChanges> {
  const { repo, self, above, head, next } = version;
  const [listed, records] = await Promise.all([
    listChanges(repo, base, later),
    self === null ? [] : readRecords(repo, self.id, later),
  ]);
  const [changes, rules] = await Promise.all([
    readChanges(repo, base, later, listed),
    judgedBy?.() ?? (self === null ? [] : readRules(repo, self, above, base.commit, head)),
  ]);
  const range = { base: base.commit, next: next?.commit ?? base.commit };
  const [found, whole] = await Promise.all([
    takenFromUpstream(
      repo,
      range,
      changes.documents.flatMap((document) => asAsked(document)),
    ),
    filesFromUpstream(repo, range, otherFiles(changes.files, listed.curriculum)),
  ]);
  const faults = changes.documents.flatMap(faultOf);
  const faulty = new Set(faults.map(({ path }) => path));
  const judged = changes.documents.flatMap((document) =>
    toldApart(document, faulty).map((passage) => ({ document, passage })),
  );
  const explanations = explainAll(
    judged.map(({ document, passage }) => asChange(document, passage)),
    records,
  );
  const all = judged.map(
    ({ document, passage }, index): OwnChange => ({
      at: formatAddress(document.change.id, passage.key),
      document,
      passage,
      leeway: leewayFor(document, passage, rules, self?.id ?? ""),
      explanation: explanations[index] ?? { state: "none" },
    }),
  );
  const isTaken = ({ passage }: OwnChange): boolean => found.has(passage);
  return {
    changes: all.filter((each) => !isTaken(each)),
    taken: all.filter(isTaken),
    documents: changes.documents,
    files: [...changes.files.filter(({ path }) => !whole.has(path)), ...faults],
    records,
    versions: listed.versions,
  };
}

/** Files that are no documents, as far as Git has stored them or they are gone. */
function otherFiles(
  files: readonly ChangedFile[],
  listed: readonly TreeChange[],
): { path: string; oid: string | null }[] {
  const entries = new Map(listed.map((entry) => [entry.path, entry]));
  return files.flatMap(({ path, problem }) => {
    const entry = entries.get(path);
    const isKnown = entry !== undefined && (entry.status === "D" || entry.newOid !== null);
    return isKnown && problem === null ? [{ path, oid: entry.newOid }] : [];
  });
}

/** What is wrong with a document whose front matter could be read before and cannot now, as a file that differs. */
function faultOf({ base, local, change }: ChangedDocument): ChangedFile[] {
  if (local === null || base?.frontMatter === local.frontMatter) return [];
  if (!local.passages.some(({ key }) => key === UNREADABLE_FIELDS)) return [];
  const [problem] = local.problems;
  const what = problem
    ? `line ${problem.line}: ${inSentence(problem.message)}`
    : "its front matter cannot be read";
  return [{ path: change.path, change: base === null ? "added" : "edited", problem: what }];
}

/** A sentence as it stands within another. */
function inSentence(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1).replace(/\.$/, "");
}

/** The key under which fields stand that cannot be told apart. */
const UNREADABLE_FIELDS = "@";

/** The passages that can be judged one by one: of a document with a fault in its front matter the sections. */
function toldApart({ change }: ChangedDocument, faulty: ReadonlySet<string>): readonly PassageChange[] {
  if (!faulty.has(change.path)) return change.passages;
  return change.passages.filter(({ key }) => !key.startsWith("@"));
}

/** The changed passages of a document, with the paths at which upstream may have the same text. */
export function asAsked({ change, base }: ChangedDocument, ...more: string[]): Asked[] {
  const paths = [...new Set([change.from ?? change.path, change.path, ...more])];
  return change.passages.map((passage) => ({ paths, base, passage }));
}

/** A changed passage as records know it. */
export function asChange(document: ChangedDocument, passage: PassageChange): Change {
  return new AskedChange(document, passage);
}

class AskedChange implements Change {
  readonly at: string;
  readonly from: string | undefined;
  readonly whole: Pair | null;
  readonly #passage: PassageChange;

  constructor({ change, base, local }: ChangedDocument, passage: PassageChange) {
    const { key } = passage;
    const was = passage.base?.key ?? key;
    this.at = formatAddress(change.id, key);
    this.from = was === key ? undefined : formatAddress(change.id, was);
    this.whole = wholePair(base, local);
    this.#passage = passage;
  }

  /** Worked out when it is asked for, as is the other: a version without records has no use for them. */
  get baseHash(): string | null {
    return this.#passage.baseHash;
  }

  get localHash(): string | null {
    return this.#passage.localHash;
  }
}

/** The base tree that a version's changes are counted from. */
export function baseTreeOf(version: OpenVersion): BaseTree | null {
  const { start, self } = version;
  return start.kind === "known" ? { commit: start.commit, holds: readHolds(self?.holds ?? []) } : null;
}

/** The leeway of a changed passage under some rules. */
export function leewayFor(
  { base, local }: ChangedDocument,
  passage: PassageChange,
  rules: readonly LayerRules[],
  version: string,
): Leeway {
  const document = base ?? local;
  if (document === null) return { level: "reason", layer: "", name: "", because: null };
  const { path, id, type } = document;
  // A lock does not end with the heading's old name.
  const { key } = passage.base ?? passage;
  return leewayOf({ path, id, type, key, own: ownLeeway(document) }, rules, version);
}

/**
 * What a version's unsaved work is counted from: its base, or for one that has none (the centre, a copy without a
 * starting point) its last commit.
 */
export function asSource(version: OpenVersion & { readonly head: string }): BaseTree {
  return baseTreeOf(version) ?? { commit: version.head, holds: [] };
}

/** The `leeway` field that a document's author wrote. */
export function ownLeeway(document: Document): Record<string, unknown> {
  // Hardly any document has the field; parsing all front matter to see that would cost more than the rest.
  if (!document.text.includes("leeway")) return {};
  const own = document.data.leeway;
  return typeof own === "object" && own !== null ? (own as Record<string, unknown>) : {};
}

/** Whether a change may stand without a reason. */
export function isFree({ leeway }: OwnChange): boolean {
  return leeway.level === "free";
}

/** Whether a change touches locked text; a document that this version wrote itself has none. */
export function isLocked({ leeway, document }: OwnChange): boolean {
  return leeway.level === "none" && document.base !== null;
}
