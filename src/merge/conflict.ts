import { splitLines } from "./hunks.ts";

/** What the three texts were to each other where a merge could not decide. */
export type ConflictKind =
  | "edited-edited"
  | "removed-edited"
  | "edited-removed"
  | "added-added"
  | "order"
  | "moved-moved"
  | "binary"
  | "unreadable";

/** A place that a person has to decide: data first, marker lines are only one way to show it. */
export interface Conflict {
  /** Key of the passage in the document; empty for the whole file. */
  readonly at: string;
  readonly kind: ConflictKind;
  /** The text of each side at this place; `null` where a side has none. */
  readonly base: string | null;
  readonly ours: string | null;
  readonly theirs: string | null;
  /** One plain sentence for a teacher. */
  readonly reason: string;
}

/** Where a conflict stands in a text with markers: its first marker line, counted from 1, and how many lines. */
export interface Place {
  readonly line: number;
  readonly lines: number;
}

/** What people call the three texts. */
export interface Labels {
  readonly ours: string;
  readonly base: string;
  readonly theirs: string;
  /** What the base is called in a passage, by its key, where it is another one there. */
  readonly baseIn?: (key: string) => string | undefined;
}

/** A decision that goes beyond Git's line merge, so that an account can name it. */
export interface AppliedRule {
  readonly at: string;
  readonly rule: string;
}

export interface MergeResult {
  /** Settled text and open conflicts, in the order of the file. */
  readonly parts: readonly Part[];
  /** The file, with marker lines around what is open. */
  readonly text: string;
  readonly conflicts: readonly (Conflict & Place)[];
  readonly clean: boolean;
  readonly rules: readonly AppliedRule[];
}

/** A merge before it is rendered: settled text and open conflicts, in the order of the file. */
export type Part = string | Conflict;

/** What a conflict is called, from which of its three texts there are. */
function kindOf(base: string | null, ours: string | null, theirs: string | null): ConflictKind {
  if (ours === null && theirs !== null && base !== null) return "removed-edited";
  if (theirs === null && ours !== null && base !== null) return "edited-removed";
  return base === null ? "added-added" : "edited-edited";
}

/** Why a conflict of this kind needs a person, in words for a teacher. */
export function reasonFor(kind: ConflictKind, labels: Labels): string {
  const { ours, theirs } = labels;
  switch (kind) {
    case "edited-edited":
      return `${ours} and ${theirs} both changed these lines, each in its own way.`;
    case "removed-edited":
      return `${ours} removed this, and ${theirs} changed it.`;
    case "edited-removed":
      return `${ours} changed this, and ${theirs} removed it.`;
    case "added-added":
      return `${ours} and ${theirs} each added something different in the same place.`;
    case "order":
      return `${ours} and ${theirs} both put these in a new order, each in its own way.`;
    case "moved-moved":
      return `${ours} and ${theirs} both moved this, each to another place.`;
    case "binary":
      return `${ours} and ${theirs} both changed this file, and it is not text.`;
    case "unreadable":
      return `The versions of ${ours} and ${theirs} cannot be joined into a file that can be read.`;
  }
}

/** Why text that one side alone has is for a person to decide. */
function besideChange(
  { base, ours, theirs }: Pick<Conflict, "base" | "ours" | "theirs">,
  labels: Labels,
): string {
  if (base !== null || (ours !== null && theirs !== null)) return "";
  const [adder, other] = ours === null ? [labels.theirs, labels.ours] : [labels.ours, labels.theirs];
  return `${adder} added this, and ${other} removed or rewrote what stood around it.`;
}

/** A conflict over the given texts, its kind and reason worked out unless they are told. */
export function conflict(
  at: string,
  texts: Pick<Conflict, "base" | "ours" | "theirs">,
  labels: Labels,
  told: { kind?: ConflictKind; reason?: string } = {},
): Conflict {
  const kind = told.kind ?? kindOf(texts.base, texts.ours, texts.theirs);
  return {
    at,
    kind,
    base: texts.base,
    ours: texts.ours,
    theirs: texts.theirs,
    reason: told.reason ?? (besideChange(texts, labels) || reasonFor(kind, labels)),
  };
}

/** Lines of both sides that a person has to read; the base beside them is not counted. */
export function linesToRead(parts: readonly Part[]): number {
  const count = (text: string | null): number => splitLines(text ?? "").length;
  return parts.reduce((n, p) => (typeof p === "string" ? n : n + count(p.ours) + count(p.theirs)), 0);
}

/** The file as one side would have it: settled text, and that side's text in every conflict. */
export function asSide(parts: readonly Part[], side: "ours" | "theirs"): string {
  return parts.map((part) => (typeof part === "string" ? part : (part[side] ?? ""))).join("");
}
