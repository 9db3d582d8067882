import { conflict, type Labels, type Part } from "./conflict.ts";
import { splitLines } from "./hunks.ts";
import { mergeLineEnds } from "./line-breaks.ts";
import { mergeLines } from "./lines.ts";
import { joinText } from "./parts.ts";
import { mergeRows } from "./rows.ts";
import { mergeSentences } from "./sentences.ts";
import {
  depthOf,
  type Fenced,
  joinLeads,
  type Led,
  leadOf,
  partFence,
  partLeads,
  partTrail,
  type Unit,
  withLead,
} from "./unit.ts";

/** What became of one unit: its text without the last line end, or conflicts of whole lines; and by which rule. */
export interface UnitMerge {
  readonly parts: readonly Part[];
  readonly rule: string | null;
}

/** Three-way merge of a unit that all three texts have and at least one side changed. */
export function mergeUnit(before: Unit, left: Unit, right: Unit, labels: Labels): UnitMerge {
  const done = (text: string, rule: string | null): UnitMerge => ({ parts: [text], rule });
  if (left.text === right.text || right.text === before.text) return done(left.text, null);
  if (left.text === before.text) return done(right.text, null);
  const [base, ours, theirs] = sameLeads(before, left, right);
  const isTorn = depthOf(ours.text) !== depthOf(theirs.text);
  if (ours.key === theirs.key && !attributesDiffer(base, ours, theirs)) {
    // Who put quotes around a passage, or took them away, did so to its neighbours as well.
    if (isTorn && depthOf(theirs.text) === depthOf(base.text)) return done(ours.text, LAYOUT);
    return done(layoutOf(base, ours, theirs), "both wrote the same; upstream's layout");
  }
  if (isTorn || attributesDiffer(base, ours, theirs))
    return { parts: whole(before, left, right, labels), rule: null };
  if (ours.key === base.key || theirs.key === base.key) {
    const text = ours.key === base.key ? relaid(theirs, base, ours) : relaid(ours, base, theirs);
    if (text !== null) return done(text, LAYOUT);
    const merged = inLines(base, ours, theirs, (...texts) => lines(...texts, labels));
    return { ...merged, rule: merged.rule && LAYOUT };
  }
  const merged = byKind(base, ours, theirs, labels);
  return merged ?? { parts: whole(base, ours, theirs, labels), rule: null };
}

/** A side whose lead is the base's gets the lead that the other gave the unit, and the base with it. */
function sameLeads(base: Unit, ours: Unit, theirs: Unit): [Unit, Unit, Unit] {
  const [b, o, t] = [base, ours, theirs].map((unit) => leadOf(unit.text)) as [string, string, string];
  if (o === t || (o !== b && t !== b)) return [base, ours, theirs];
  const [kept, lead] = o === b ? [ours, t] : [theirs, o];
  const [before, moved] = [withLead(base, b, lead), withLead(kept, b, lead)];
  if (!before || !moved) return [base, ours, theirs];
  return o === b ? [before, moved, theirs] : [before, ours, moved];
}

/** Said where a side's wording is taken though the other changed how it is laid out. */
export const LAYOUT = "one side changed the wording, the other only the layout";

/** What both sides say alike, each part of its layout as the side has it that changed it, upstream's where both did. */
function layoutOf(base: Unit, ours: Unit, theirs: Unit): string {
  if (theirs.kind === "code" || theirs.kind === "row") return theirs.text;
  const [b, o, t] = [base, ours, theirs].map(partLeads);
  if (!b || !o || !t) return theirs.text;
  const part = (name: keyof Led): string => leadsOf(b, o, t, name);
  return joinLeads({ lead: part("lead"), hang: part("hang"), inner: part("inner"), trail: part("trail") });
}

/**
 * The side that changed what is said, in the leads or the fence that the other gave it, where the two lie apart; `null`
 * where the other moved some lines to and fro, which is more than wrapping.
 */
function relaid(content: Unit, base: Unit, form: Unit): string | null {
  if (content.kind === "code") {
    const fenced = fences(base, content, form);
    if (fenced === null || leadOf(content.text) !== leadOf(form.text)) return null;
    const fence = fenceOf(fenced[0], fenced[1], fenced[2]);
    return fence ? fence.open + fenced[1].code + fence.close : content.text;
  }
  const [b, c, f] = [base, content, form].map(partLeads);
  if (!b || !c || !f) return isIndented(base, form) ? null : content.text;
  if (f.lead === b.lead && f.hang === b.hang && f.trail === b.trail) return content.text;
  if (c.lead !== b.lead || c.hang !== b.hang || c.trail !== b.trail) return content.text;
  return joinLeads({ ...f, inner: c.inner });
}

/** Whether the lines of two texts are alike but for the white space before them. */
function isIndented(base: Unit, form: Unit): boolean {
  const [before, after] = [base, form].map(({ text }) => text.split("\n").map((line) => line.trimEnd()));
  const without = (lines?: readonly string[]): string | undefined =>
    lines?.map((line) => line.trimStart()).join("\n");
  return before?.join("\n") !== after?.join("\n") && without(before) === without(after);
}

/** Whether both sides changed what stands in braces behind a heading, each in its own way: ids and classes are referred to. */
function attributesDiffer(base: Unit, ours: Unit, theirs: Unit): boolean {
  if (ours.kind !== "heading") return false;
  const [b, o, t] = [base, ours, theirs].map(({ text }) =>
    partTrail(text.split("\n", 1)[0] ?? "").trail.trim(),
  );
  const isWritten = [b, o, t].some((trail) => trail?.includes("{"));
  return isWritten && b !== o && b !== t && o !== t;
}

function byKind(base: Unit, ours: Unit, theirs: Unit, labels: Labels): UnitMerge | null {
  switch (ours.kind) {
    case "prose":
    case "item":
    case "heading":
      return byLeads(base, ours, theirs);
    case "code":
      return byCode(base, ours, theirs, labels);
    case "row":
      return byCells(mergeRows(base, ours, theirs));
    default:
      return null;
  }
}

function byLeads(base: Unit, ours: Unit, theirs: Unit): UnitMerge | null {
  const [b, o, t] = [base, ours, theirs].map(partLeads);
  if (!b || !o || !t) return null;
  const inner = mergeTicked(b.inner, o.inner, t.inner);
  const [lead, hang, trail] = [leadsOf(b, o, t, "lead"), leadsOf(b, o, t, "hang"), leadsOf(b, o, t, "trail")];
  // The level of a heading is no form.
  if (inner === null || (ours.kind === "heading" && pick(b.lead, o.lead, t.lead) === null)) return null;
  const rule =
    ours.kind === "heading" ? "a heading's level and its words" : "different sentences of a paragraph";
  return { parts: [joinLeads({ lead, hang, inner, trail })], rule };
}

/** The box of a task is ticked by one side, and its words are changed by the other. */
function mergeTicked(...texts: readonly [string, string, string]): string | null {
  const [b, o, t] = texts.map((text) => TICK.exec(text)?.[0] ?? "") as [string, string, string];
  const box = pick(b, o, t);
  if (b === "" || o === "" || t === "" || box === null) return mergeText(...texts);
  const merged = mergeText(texts[0].slice(b.length), texts[1].slice(o.length), texts[2].slice(t.length));
  return merged === null ? null : box + merged;
}

const TICK = /^\[[ xX]\][ \t]+/;

function mergeText(...texts: readonly [string, string, string]): string | null {
  return pick(...texts) ?? mergeLineEnds(...texts) ?? mergeSentences(...texts);
}

/** A part of the layout as the side has it that changed it; where both did, upstream's, a number and its sign each for itself. */
function leadsOf(b: Led, o: Led, t: Led, name: keyof Led): string {
  const whole = pick(b[name], o[name], t[name]);
  if (whole !== null || name !== "lead") return whole ?? t[name];
  const [before, left, right] = [b, o, t].map(({ lead }) => NUMBERED.exec(lead));
  if (!before || !left || !right) return t.lead;
  return [1, 2, 3, 4]
    .map((i) => pick(before[i] ?? "", left[i] ?? "", right[i] ?? "") ?? right[i] ?? "")
    .join("");
}

/** What stands before an item's number, the number, the sign behind it, and white space. */
const NUMBERED = /^([^\d]*)(\d{1,9})([.)])([ \t]*)$/;

/** The side that changed it, or what both made of it; `null` where each made something of its own. */
function pick(base: string, ours: string, theirs: string): string | null {
  if (ours === theirs || theirs === base) return ours;
  return ours === base ? theirs : null;
}

function byCode(base: Unit, ours: Unit, theirs: Unit, labels: Labels): UnitMerge | null {
  const fenced = fences(base, ours, theirs);
  if (fenced === null) return inLines(base, ours, theirs, (...texts) => lines(...texts, labels));
  const [b, o, t] = fenced;
  const fence = fenceOf(b, o, t);
  if (fence === null || leadOf(ours.text) !== leadOf(theirs.text)) return null;
  const code = pick(b.code, o.code, t.code);
  if (code !== null) return { parts: [fence.open + code + fence.close], rule: "a code block and its fence" };
  const merged = lines(b.code, o.code, t.code, labels);
  return { ...merged, parts: joinText([fence.open, ...merged.parts, fence.close]) };
}

function fences(base: Unit, ours: Unit, theirs: Unit): [Fenced, Fenced, Fenced] | null {
  const [b, o, t] = [base, ours, theirs].map((unit) => partFence(unit.text));
  return b && o && t ? [b, o, t] : null;
}

/** Fence and attribute line as one, so that they fit each other; `null` where both name another language. */
function fenceOf(base: Fenced, ours: Fenced, theirs: Fenced): { open: string; close: string } | null {
  const same = (a: Fenced, b: Fenced): boolean => a.open === b.open && a.close === b.close;
  if (same(theirs, base)) return ours;
  if (same(ours, base) || ours.language === theirs.language) return theirs;
  if (theirs.language === base.language) return ours;
  return ours.language === base.language ? theirs : null;
}

/** Code by lines, as Git does it. */
function lines(base: string, ours: string, theirs: string, labels: Labels): UnitMerge {
  const regions = mergeLines(splitLines(base), splitLines(ours), splitLines(theirs));
  const parts = regions.map((region): Part => {
    if (region.kind !== "conflict") return (region.kind === "theirs" ? region.theirs : region.ours).join("");
    return conflictOf(region.base, region.ours, region.theirs, labels);
  });
  return {
    parts: joinText(parts),
    rule: parts.every((part) => typeof part === "string") ? "different lines of code" : null,
  };
}

function conflictOf(
  base: readonly string[],
  ours: readonly string[],
  theirs: readonly string[],
  labels: Labels,
): Part {
  const text = (some: readonly string[]): string | null => (some.length > 0 ? some.join("") : null);
  return conflict("", { base: text(base), ours: text(ours), theirs: text(theirs) }, labels);
}

function byCells(row: string | null): UnitMerge | null {
  return row === null ? null : { parts: [row], rule: "different cells of a table row" };
}

/** One conflict over a unit, without the lines that both sides have alike at its edges, never from within a sentence. */
function whole(base: Unit, ours: Unit, theirs: Unit, labels: Labels): readonly Part[] {
  const merge = (b: string, o: string, t: string): UnitMerge => ({
    parts: wholeLines(b, o, t, labels, ours.kind !== "line"),
    rule: null,
  });
  return inLines(base, ours, theirs, merge).parts;
}

/** Merges units as whole lines. The last line end is left to what stands below, unless a conflict holds it. */
function inLines(
  base: Unit,
  ours: Unit,
  theirs: Unit,
  merge: (base: string, ours: string, theirs: string) => UnitMerge,
): UnitMerge {
  const end = /^\r?\n/.exec(ours.tail)?.[0] ?? "\n";
  const { parts, rule } = merge(base.text + end, ours.text + end, theirs.text + end);
  const last = parts.at(-1);
  if (typeof last !== "string") return { parts, rule };
  return { parts: [...parts.slice(0, -1), last.replace(/\r?\n$/, "")], rule };
}

/** One conflict over whole lines; what both sides say alike at its edges is taken out. */
function wholeLines(base: string, ours: string, theirs: string, labels: Labels, isProse: boolean): Part[] {
  const [b, o, t] = [base, ours, theirs].map(splitLines);
  if (!b || !o || !t) return [];
  let head = 0;
  const short = Math.min(b.length, o.length, t.length);
  while (head < short && o[head] === t[head] && b[head] === o[head]) head++;
  let tail = 0;
  const same = (n: number): boolean => o.at(-n) === t.at(-n) && b.at(-n) === o.at(-n);
  while (tail < short - head && same(tail + 1)) tail++;
  if (isProse) {
    while (head > 0 && !endsSentence(o[head - 1] ?? "")) head--;
    while (tail > 0 && !endsSentence(o[o.length - tail - 1] ?? "")) tail--;
  }
  const middle = (some: readonly string[]): readonly string[] => some.slice(head, some.length - tail);
  return joinText([
    o.slice(0, head).join(""),
    conflictOf(middle(b), middle(o), middle(t), labels),
    o.slice(o.length - tail).join(""),
  ]);
}

const SENTENCE_END = /[.!?:。！？]["'”’»)\]*_`]*$/u;

/** Whether a sentence may end with this line: with a full stop, or before a blank line. */
function endsSentence(line: string): boolean {
  const text = line.trimEnd();
  return text === "" || SENTENCE_END.test(text.slice(-20));
}
