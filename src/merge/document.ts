import { readDocument } from "../curriculum/read.ts";
import { audit, type Fault, refusesClean } from "./audit.ts";
import {
  type AppliedRule,
  conflict,
  type Labels,
  linesToRead,
  type MergeResult,
  type Part,
  reasonFor,
} from "./conflict.ts";
import { splitLines } from "./hunks.ts";
import { evenLineEnds } from "./line-ends.ts";
import { locate } from "./locate.ts";
import { markerLength, readGitConflicts, renderParts } from "./markers.ts";
import { isSettled, joinText, mergeTexts, narrowConflict } from "./parts.ts";
import { mergePassages } from "./passages.ts";
import { isProven, type Three } from "./proof.ts";
import { cutMarkdown } from "./cut-markdown.ts";
import { cutYaml } from "./cut-yaml.ts";
import { weave } from "./weave.ts";
import { isYamlPath } from "../curriculum/conventions.ts";

/** One file in three texts, and what Git made of them. */
export interface MergeInput {
  readonly path: string;
  /** `null` where both sides added the file. */
  readonly base: string | null;
  readonly ours: string;
  readonly theirs: string;
  /** Git's own merge, in diff3 style where it is not clean. */
  readonly git?: { readonly text: string; readonly clean: boolean };
  readonly labels: Labels;
}

/** The three texts of a merge, an absent base as the empty text. */
interface Texts {
  readonly base: string;
  readonly ours: string;
  readonly theirs: string;
}

/** Said of a merge in which no line merge could be clean. */
const PASSAGES: AppliedRule = { at: "", rule: "different passages" };

/** Said of a merge by lines that is clean where Git's is not. */
const CONTAINED: AppliedRule = { at: "", rule: "one within the other" };

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
  if (git?.clean) {
    const faults = audit({ path, ...texts, result: git.text }).filter(refusesClean);
    return faults.length === 0 ? clean(git.text) : render(refusal(input, texts, faults), input);
  }
  const even = evenLineEnds(texts.base, ours, theirs);
  if (!even) return render(merge(input, texts), input);
  const merged = merge({ ...input, ...even }, even);
  return render({ ...merged, parts: merged.parts.map((part) => inLineEnds(part, even.restore)) }, input);
}

/** Of all that can be answered for, the merge with least to read; where that is even, the plain one. */
function merge(input: MergeInput, texts: Texts): Candidate {
  const three = readThree(input.path, texts);
  let best: Candidate | undefined;
  for (const build of [unitMerge, gitMerge]) {
    const candidate = build(input, three);
    if (!candidate || (best && linesToRead(candidate.parts) >= linesToRead(best.parts))) continue;
    // Conflicts by lines are as safe as Git's; what Git does not vouch for needs proof.
    const plain = build !== passageMerge && !isSettled(candidate.parts);
    if (plain || isProven(three, candidate.parts)) best = candidate;
  }
  return best ?? wholeConflict(texts, input.labels);
}

/** Git's own conflicts, without what both sides say alike in them. */
function gitMerge({ git, labels }: MergeInput, { base, ours, theirs }: Three): Candidate | null {
  const found = git && readGitConflicts(git.text, [base.text, ours.text, theirs.text]);
  if (!found) return null;
  const parts = found.flatMap((part) => (typeof part === "string" ? [part] : narrowConflict(part, labels)));
  return { parts: joinText(parts), rules: isSettled(parts) ? [CONTAINED] : [] };
}

function lineMerge({ git, labels }: MergeInput, { base, ours, theirs }: Three): Candidate {
  const parts = mergeTexts("", { base: base.text, ours: ours.text, theirs: theirs.text }, labels);
  return { parts, rules: git && isSettled(parts) ? [CONTAINED] : [] };
}

function passageMerge({ labels }: MergeInput, { base, ours, theirs }: Three): Candidate | null {
  const merged = mergePassages(base, ours, theirs, labels);
  return merged && isSettled(merged.parts) ? { ...merged, rules: [...merged.rules, PASSAGES] } : merged;
}

function unitMerge({ path, labels }: MergeInput, { base, ours, theirs }: Three): Candidate {
  const cut = isYamlPath(path) ? (text: string) => cutYaml(text, 0, text.length) : cutMarkdown;
  return weave(cut(base.text), cut(ours.text), cut(theirs.text), labels);
}

function readThree(path: string, { base, ours, theirs }: Texts): Three {
  return {
    base: readDocument(path, base),
    ours: readDocument(path, ours),
    theirs: readDocument(path, theirs),
  };
}

/** Git's merge is clean and not right: the passages where it went wrong, or all that differs. */
function refusal(input: MergeInput, texts: Texts, faults: readonly Fault[]): Candidate {
  const why = faults.map((fault) => fault.message).join(" ");
  const three = readThree(input.path, texts);
  const byPassages = passageMerge(input, three);
  if (!byPassages || isSettled(byPassages.parts) || !isProven(three, byPassages.parts)) {
    return wholeConflict(texts, input.labels, why);
  }
  const parts = byPassages.parts.map((part) =>
    typeof part === "string" ? part : { ...part, reason: `${part.reason} Joined by lines: ${why}` },
  );
  return { ...byPassages, parts };
}

/** One conflict from the first line that differs to the last. */
function wholeConflict({ base, ours, theirs }: Texts, labels: Labels, why?: string): Candidate {
  const [b, o, t] = [base, ours, theirs].map(splitLines);
  if (!b || !o || !t) return { parts: [ours], rules: [] };
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

function render({ parts, rules }: Candidate, { path, base, ours, theirs, labels }: MergeInput): MergeResult {
  const name = readDocument(path, ours).id;
  const length = markerLength(base, ours, theirs);
  const { text, conflicts } = renderParts(locate(path, retell(parts, { ours, theirs }, labels)), {
    labels,
    name,
    length,
  });
  return { text, conflicts, clean: conflicts.length === 0, rules };
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
  return { text, conflicts: [], clean: true, rules: [] };
}

function inLineEnds(part: Part, restore: (text: string) => string): Part {
  if (typeof part === "string") return restore(part);
  const side = (text: string | null): string | null => (text === null ? null : restore(text));
  return { ...part, base: side(part.base), ours: side(part.ours), theirs: side(part.theirs) };
}
