import { type Conflict, type ConflictKind, conflict, type Labels, type Part } from "./conflict.ts";
import { splitLines } from "./hunks.ts";
import { mergeLines, narrow, type Region } from "./lines.ts";

/** Merges three texts by lines: settled text and conflicts over whole lines, all of them at one address. */
export function mergeTexts(
  at: string,
  texts: { base: string; ours: string; theirs: string },
  labels: Labels,
  told: { kind?: ConflictKind; reason?: string } = {},
): Part[] {
  const regions = mergeLines(splitLines(texts.base), splitLines(texts.ours), splitLines(texts.theirs));
  return joinText(regions.map((region) => regionPart(at, region, labels, told)));
}

/** One region of a line merge as settled text or a conflict; a side without lines is absent. */
function regionPart(
  at: string,
  region: Region,
  labels: Labels,
  told: { kind?: ConflictKind; reason?: string } = {},
): Part {
  if (region.kind !== "conflict") return (region.kind === "theirs" ? region.theirs : region.ours).join("");
  const text = (lines: readonly string[]): string | null => (lines.length > 0 ? lines.join("") : null);
  const texts = { base: text(region.base), ours: text(region.ours), theirs: text(region.theirs) };
  return conflict(at, texts, labels, told);
}

/** Joins runs of settled text. */
export function joinText(parts: readonly Part[]): Part[] {
  const joined: Part[] = [];
  let text = "";
  for (const part of parts) {
    if (typeof part === "string") {
      text += part;
      continue;
    }
    if (text !== "") joined.push(text);
    text = "";
    joined.push(part);
  }
  if (text !== "") joined.push(text);
  return joined;
}

/** Whether nothing is left to decide. */
export function isSettled(parts: readonly Part[]): boolean {
  return parts.every((part) => typeof part === "string");
}

/** Takes out of a conflict of Git's what both sides say alike. */
export function narrowConflict(texts: Pick<Conflict, "base" | "ours" | "theirs">, labels: Labels): Part[] {
  const { base, ours, theirs } = texts;
  const lines = {
    base: splitLines(base ?? ""),
    ours: splitLines(ours ?? ""),
    theirs: splitLines(theirs ?? ""),
  };
  return narrow(lines).map((region) => regionPart("", region, labels));
}
