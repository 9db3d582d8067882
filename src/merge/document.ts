import { readDocument } from "../curriculum/read.ts";
import { audit, type Fault, misplaced, structureFaults, wordFaults } from "./audit.ts";
import {
  type AppliedRule,
  asSide,
  conflict,
  type Labels,
  linesToRead,
  type MergeResult,
  type Part,
} from "./conflict.ts";
import { evenLineEnds } from "./line-ends.ts";
import { locate } from "./locate.ts";
import { readGitConflicts, renderParts } from "./markers.ts";
import { mergePassages } from "./passages.ts";
import { isSettled, joinText, mergeTexts, narrowPart } from "./parts.ts";

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

interface Candidate {
  readonly parts: readonly Part[];
  readonly rules: readonly AppliedRule[];
}

/**
 * Merges one document. Where Git is clean and the audit finds nothing, the result is Git's, byte for byte;
 * else what can be shown right is merged and the rest are conflicts, never more to read than with Git.
 */
export function mergeDocument(input: MergeInput): MergeResult {
  const { path, ours, theirs, git, labels } = input;
  const base = input.base ?? "";
  const settled = ours === theirs || theirs === input.base ? ours : ours === input.base ? theirs : null;
  if (settled !== null) return clean(settled);
  if (git?.clean) {
    const faults = gitFaults(audit({ path, base, ours, theirs, result: git.text }));
    return faults.length === 0 ? clean(git.text) : render(refusal(input, base, faults), input);
  }
  const even = evenLineEnds(base, ours, theirs);
  if (even) {
    const merged = merge({ ...input, ...even }, even.base);
    const restored = merged.parts.map((part) => restore(part, even.restore));
    return render({ ...merged, parts: restored }, input);
  }
  return render(merge(input, base), input);

  function clean(text: string): MergeResult {
    return { text, conflicts: [], clean: true, rules: [] };
  }
}

/** The candidates, best first proof then least to read; Git's own conflicts are always among them. */
function merge(input: MergeInput, base: string): Candidate {
  const { path, ours, theirs, git, labels } = input;
  const texts = { base, ours, theirs };
  const lines: Candidate = { parts: mergeTexts("", texts, labels), rules: [] };
  const gits = git && !git.clean ? readGitConflicts(git.text, [base, ours, theirs]) : undefined;
  const plain = [lines, ...(gits ? [{ parts: joinText(gits.flatMap((p) => narrowPart(p, labels))), rules: [] }] : [])]
    .filter((candidate) => proven(candidate, path, texts))
    .sort((a, b) => linesToRead(a.parts) - linesToRead(b.parts));
  const floor = plain[0] ?? { parts: mergeTexts("", texts, labels), rules: [] };
  const passages = mergePassages(
    readDocument(path, base),
    readDocument(path, ours),
    readDocument(path, theirs),
    labels,
  );
  if (!passages || !proven(passages, path, texts)) return floor;
  return linesToRead(passages.parts) < linesToRead(floor.parts) ? passages : floor;
}
