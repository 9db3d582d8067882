import { isDocumentPath, readDocument } from "../curriculum/read.ts";
import { addressIn } from "./addresses.ts";
import { audit, type Fault, refusesClean } from "./audit.ts";
import {
  type AppliedRule,
  asSide,
  type Conflict,
  conflict,
  type Labels,
  linesToRead,
  type MergeResult,
  type Part,
  reasonFor,
} from "./conflict.ts";
import { cut } from "./cut.ts";
import { withoutLayout } from "./field-layout.ts";
import { splitLines } from "./hunks.ts";
import { evenLineEnds } from "./line-ends.ts";
import { markerLength, readGitConflicts, renderParts } from "./markers.ts";
import { isSettled, joinText, mergeTexts, narrowConflict } from "./parts.ts";
import { isProven, keepsFields, type Three } from "./proof.ts";
import { refuse } from "./refuse.ts";
import type { Cut } from "./unit.ts";
import { valuesAreMerged } from "./values-audit.ts";
import { type Woven, weave } from "./weave.ts";

/** One file in three texts, and what Git made of them. */
export interface MergeInput {
  readonly path: string;
  /** `null` where both sides added the file. */
  readonly base: string | null;
  readonly ours: string;
  readonly theirs: string;
  /** Git's own merge, in diff3 style where it is not clean. */
  readonly git?: { readonly text: string; readonly clean: boolean } | undefined;
  readonly labels: Labels;
  /** Markers are no shorter than this; Git's seven unless told. */
  readonly markerSize?: number;
}

/** Parsing tells a document's id; where nothing looks like one, it is called for its path. */
const ID = /^["']?id["']?[ \t]*:/m;

/** Said of a merge that Git had left open and that took no rule but to put like passages side by side. */
const MATCHED: AppliedRule = { at: "", rule: "passages matched by what they say, not by their lines" };

/** Said where Git's conflict held what both sides had made alike, and below or above it a change of one side alone. */
const ALIKE: AppliedRule = { at: "", rule: "both made the same change, and one side another beside it" };

/** Said where a list in brackets became one in lines, or the like, and the other side changed what it says. */
const WRITTEN: AppliedRule = {
  at: "",
  rule: "one side changed what fields say, the other only how they are written",
};

interface Candidate {
  readonly parts: readonly Part[];
  readonly rules: readonly AppliedRule[];
}

/**
 * Merges one document. Where Git is clean and the audit finds nothing, the result is Git's, byte for byte;
 * elsewhere what can be shown right is merged and the rest is conflicts, never more to read than with Git.
 */
export function mergeDocument(input: MergeInput): MergeResult {
  const { path, ours, theirs, git } = input;
  if (ours === theirs || theirs === input.base) return clean(ours);
  if (ours === input.base) return clean(theirs);
  const texts = { base: input.base ?? "", ours, theirs };
  if (!isDocumentPath(path)) return byGit(input, texts);
  if (git?.clean) return audited(input, cutThree(path, texts), git.text);
  const even = evenLineEnds(texts.base, ours, theirs);
  if (even === null) return render(merge(input, cutThree(path, texts)), input);
  // Git's text has its line ends mixed.
  const { parts, rules } = merge({ ...input, git: undefined }, cutThree(path, even));
  return render({ parts: parts.map((part) => inLineEnds(part, even.restore)), rules }, input);
}

/** Git's own merge, unless it is at fault. */
function audited(input: MergeInput, three: Three, text: string): MergeResult {
  const { path } = input;
  const result = cut(path, text, three.ours, three.theirs);
  const faults = audit({ path, ...three, result }).filter(refusesClean);
  return faults.length === 0 ? clean(text) : render(refusal(input, three, faults), input);
}

/** What is no document is merged by lines alone. */
function byGit(input: MergeInput, texts: { base: string; ours: string; theirs: string }): MergeResult {
  if (input.git?.clean) return clean(input.git.text);
  const [base, ours, theirs] = [texts.base, texts.ours, texts.theirs].map(
    (text): Cut => ({ text, units: [] }),
  );
  const three = { base, ours, theirs } as Three;
  const never = (): boolean => false;
  return render(
    gitMerge(input, three, never) ?? lineMerge(input, three, never) ?? wholeConflict(three, input.labels),
    input,
  );
}

/** By units where that can be answered for, else as Git has it; of two that leave something open, the shorter. */
function merge(input: MergeInput, three: Three): Candidate {
  const woven = byUnits(input, three);
  const isOpen = !isSettled(woven.parts);
  if (!isOpen && isProven(input.path, three, woven))
    return woven.rules.length > 0 ? woven : { ...woven, rules: [MATCHED] };
  // What passages leave open is not settled by their lines.
  const isRight = (settled: Woven): boolean => !isOpen && isProven(input.path, three, settled);
  const lines = relaid(
    input.path,
    three,
    gitMerge(input, three, isRight) ?? lineMerge(input, three, isRight),
  );
  if (lines && isSettled(lines.parts)) return lines;
  const isShorter = lines === null || linesToRead(woven.parts) <= linesToRead(lines.parts);
  if (isOpen && isShorter && isProven(input.path, three, woven)) {
    // Fields that either choice would break may be whole in Git's conflict.
    const isWhole = (parts: readonly Part[]): boolean => keepsFields(input.path, three, parts);
    if (lines === null || isWhole(woven.parts) || !isWhole(lines.parts)) return woven;
  }
  return lines ?? wholeConflict(three, input.labels);
}

function byUnits({ path, labels }: MergeInput, { base, ours, theirs }: Three): Woven {
  const addressOf = { ours: addressIn(path, ours.text), theirs: addressIn(path, theirs.text) };
  return weave(base.units, ours.units, theirs.units, { labels, addressOf });
}

/**
 * Git's own conflicts, without what both sides say alike in them. Where that leaves nothing open and is not right, they
 * stand as Git has them.
 */
function gitMerge(
  { git, labels }: MergeInput,
  three: Three,
  isRight: (settled: Woven) => boolean,
): Candidate | null {
  const found = git && readGitConflicts(git.text, [three.base.text, three.ours.text, three.theirs.text]);
  if (!found) return null;
  const narrowed = found.flatMap((part) =>
    typeof part === "string" ? [part] : narrowConflict(part, labels),
  );
  const parts = joinText(narrowed);
  if (!isSettled(parts)) return { parts, rules: [] };
  if (isRight({ parts, rules: [], units: [] })) return { parts, rules: [ALIKE] };
  return {
    parts: found.map((part) => (typeof part === "string" ? part : asGitHas(part, labels))),
    rules: [],
  };
}

function asGitHas({ base, ours, theirs }: Pick<Conflict, "base" | "ours" | "theirs">, labels: Labels): Part {
  return conflict("", { base: base || null, ours: ours || null, theirs: theirs || null }, labels);
}

function lineMerge(
  { labels }: MergeInput,
  { base, ours, theirs }: Three,
  isRight: (settled: Woven) => boolean,
): Candidate | null {
  const parts = mergeTexts("", { base: base.text, ours: ours.text, theirs: theirs.text }, labels);
  if (!isSettled(parts)) return { parts, rules: [] };
  return isRight({ parts, rules: [], units: [] }) ? { parts, rules: [ALIKE] } : null;
}

/** The same without conflicts over fields that one side only wrote in another way, where that is right. */
function relaid(path: string, three: Three, lines: Candidate | null): Candidate | null {
  if (lines === null || isSettled(lines.parts)) return lines;
  const parts = joinText(withoutLayout(path, three.ours.text, lines.parts));
  const isRight =
    parts.length < lines.parts.length &&
    (["ours", "theirs"] as const).every((side) =>
      valuesAreMerged(path, three, { text: asSide(parts, side) }, "units"),
    ) &&
    (!isSettled(parts) || isProven(path, three, { parts, units: [] }));
  return isRight ? { parts, rules: [...lines.rules, WRITTEN] } : lines;
}

function cutThree(
  path: string,
  { base, ours, theirs }: { base: string; ours: string; theirs: string },
): Three {
  const before = cut(path, base);
  const left = cut(path, ours, before);
  return { base: before, ours: left, theirs: cut(path, theirs, before, left) };
}

/** Git's merge is clean and not right: the passages where it went wrong, or all that differs. */
function refusal(input: MergeInput, three: Three, faults: readonly Fault[]): Candidate {
  const { path, labels } = input;
  const why = faults.map((fault) => fault.message).join(" ");
  const woven = byUnits(input, three);
  if (isSettled(woven.parts) || !isProven(path, three, woven) || !keepsFields(path, three, woven.parts))
    return { parts: refuse(path, three, labels, why) ?? wholeConflict(three, labels, why).parts, rules: [] };
  const parts = woven.parts.map((part) =>
    typeof part === "string" ? part : { ...part, reason: `${part.reason} Joined by lines: ${why}` },
  );
  return { ...woven, parts };
}

/** One conflict from the first line that differs to the last. */
function wholeConflict({ base, ours, theirs }: Three, labels: Labels, why?: string): Candidate {
  const [b, o, t] = [base.text, ours.text, theirs.text].map(splitLines);
  if (!b || !o || !t) return { parts: [ours.text], rules: [] };
  const alike = (i: number, j: number, k: number): boolean => o[i] === t[j] && b[k] === t[j];
  const shortest = Math.min(b.length, o.length, t.length);
  let head = 0;
  while (head < shortest && alike(head, head, head)) head++;
  let tail = 1;
  while (tail <= shortest - head && alike(o.length - tail, t.length - tail, b.length - tail)) tail++;
  const middle = (lines: readonly string[]): string | null =>
    lines.slice(head, lines.length - tail + 1).join("") || null;
  const reason = why ?? reasonFor("unreadable", labels);
  const open = conflict("", { base: middle(b), ours: middle(o), theirs: middle(t) }, labels, {
    kind: "unreadable",
    reason,
  });
  return { parts: [o.slice(0, head).join(""), open, o.slice(o.length - tail + 1).join("")], rules: [] };
}

function render(
  { parts, rules }: Candidate,
  { path, base, ours, theirs, labels, markerSize }: MergeInput,
): MergeResult {
  if (isSettled(parts)) return { ...clean(parts.join("")), rules };
  const name = ID.test(ours) ? readDocument(path, ours).id : path;
  const length = markerLength([base, ours, theirs], markerSize);
  const told = retell(locate(path, parts), { ours, theirs }, labels);
  const { text, conflicts } = renderParts(told, { labels, name, length });
  return { parts: told, text, conflicts, clean: false, rules };
}

/** Gives every conflict the address of the passage in which it begins. */
function locate(path: string, parts: readonly Part[]): Part[] {
  if (parts.every((part) => typeof part === "string" || part.at !== "")) return [...parts];
  const find = {
    ours: addressIn(path, asSide(parts, "ours")),
    theirs: addressIn(path, asSide(parts, "theirs")),
  };
  const offset = { ours: 0, theirs: 0 };
  return parts.map((part) => {
    const side = typeof part === "string" || part.ours !== null ? "ours" : "theirs";
    const at = typeof part === "string" || part.at !== "" ? "" : find[side](offset[side]);
    offset.ours += typeof part === "string" ? part.length : (part.ours?.length ?? 0);
    offset.theirs += typeof part === "string" ? part.length : (part.theirs?.length ?? 0);
    return typeof part === "string" || part.at !== "" ? part : { ...part, at };
  });
}

/** What a side lacks in one place it may have in another: then it was moved, and not removed. */
function retell(
  parts: readonly Part[],
  { ours, theirs }: { ours: string; theirs: string },
  labels: Labels,
): Part[] {
  return parts.map((part) => {
    const before = typeof part === "string" ? "" : (part.base?.trim() ?? "");
    if (typeof part === "string" || before === "" || (part.ours !== null && part.theirs !== null))
      return part;
    const [text, mover, other] =
      part.ours === null ? [ours, labels.ours, labels.theirs] : [theirs, labels.theirs, labels.ours];
    if (!text.includes(before)) return part;
    const reason = `${mover} moved this to another place, and ${other} changed it or what stands beside it here.`;
    return { ...part, kind: "order", reason };
  });
}

function clean(text: string): MergeResult {
  return { parts: [text], text, conflicts: [], clean: true, rules: [] };
}

function inLineEnds(part: Part, restore: (text: string) => string): Part {
  if (typeof part === "string") return restore(part);
  const side = (text: string | null): string | null => (text === null ? null : restore(text));
  return { ...part, base: side(part.base), ours: side(part.ours), theirs: side(part.theirs) };
}
