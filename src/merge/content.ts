import type { AppliedRule, Labels, Part } from "./conflict.ts";
import { lineHunks, splitLines } from "./hunks.ts";
import type { Node } from "./nodes.ts";
import { isSettled, mergeTexts } from "./parts.ts";

/** What became of one passage, and by which rule if Git has no such rule. */
export interface Merged {
  readonly parts: readonly Part[];
  readonly rules: readonly AppliedRule[];
}

/** Three-way merge of one passage that all three documents have. */
export function mergeNode(base: Node, ours: Node, theirs: Node, labels: Labels): Merged {
  if (ours.text === theirs.text || theirs.text === base.text) return settled(ours.text);
  if (ours.text === base.text) return settled(theirs.text);
  const [b, o, t] = [base, ours, theirs].map((node) => cutTail(node.text));
  if (!b || !o || !t) return settled(ours.text);
  const tail = mergeTails(b.tail, o.tail, t.tail);
  const done = (body: string, rule?: string): Merged => ({
    parts: [body + tail],
    rules: rule === undefined ? [] : [{ at: ours.at, rule }],
  });
  if (o.body === t.body || t.body === b.body) return done(o.body);
  if (o.body === b.body) return done(t.body);
  const parts = mergeBodies(ours.at, { base: b.body, ours: o.body, theirs: t.body }, tail, labels);
  if (isSettled(parts)) return { parts, rules: [] };
  // The side that changed content stands as it is; of two that agree but for form, upstream's form.
  if (sameContent(base, ours) || sameContent(ours, theirs)) return done(t.body, "form");
  if (sameContent(base, theirs)) return done(o.body, "form");
  return { parts, rules: [] };
}

/** Whether a side put new lines behind all that the base says in a passage. */
export function growsAtEnd(base: Node, side: Node): boolean {
  const [before, after] = [base, side].map((node) => splitLines(`${cutTail(node.text).body}\n`));
  const last = before && after && lineHunks(before, after).at(-1);
  return last !== undefined && last.baseStart === before?.length && last.baseEnd === before.length;
}

/** Whether two versions of a passage differ in no more than form. */
export function sameContent(a: Node, b: Node): boolean {
  if (a.text === b.text) return true;
  if (a.whole === null || a.whole.length !== b.whole?.length) return false;
  const normal = a.whole.every((passage, i) => passage.normal === b.whole?.[i]?.normal);
  // Comments are no part of a YAML value, so that words count beside the normal text.
  return normal && words(a.text) === words(b.text);
}

function words(text: string): string {
  return (text.match(/[\p{L}\p{N}]+/gu) ?? []).sort().join(" ");
}

/** Line ends and blank lines at the end belong to the place, not to what is said: they make room for what follows. */
function cutTail(text: string): { body: string; tail: string } {
  let end = text.length;
  while (end > 0 && " \t\r\n".includes(text.charAt(end - 1))) end--;
  const newline = text.indexOf("\n", end);
  if (newline < 0) return { body: text, tail: "" };
  if (text.charAt(newline - 1) === "\r" && newline > end)
    return { body: text.slice(0, newline - 1), tail: text.slice(newline - 1) };
  return { body: text.slice(0, newline), tail: text.slice(newline) };
}

/** A merge by whole lines of bodies that have lost their last line end. */
function mergeBodies(
  at: string,
  texts: { base: string; ours: string; theirs: string },
  tail: string,
  labels: Labels,
): Part[] {
  const end = /^\r?\n/.exec(tail)?.[0] ?? "\n";
  const { base, ours, theirs } = texts;
  const parts = mergeTexts(at, { base: base + end, ours: ours + end, theirs: theirs + end }, labels);
  const last = parts.at(-1);
  if (tail !== "") return [...parts, tail.slice(end.length)];
  return typeof last === "string" ? [...parts.slice(0, -1), last.slice(0, -end.length)] : parts;
}

function mergeTails(base: string, ours: string, theirs: string): string {
  if (theirs === base) return ours;
  if (ours === base) return theirs;
  return ours.length >= theirs.length ? ours : theirs;
}

function settled(text: string): Merged {
  return { parts: [text], rules: [] };
}
