import type { Conflict } from "./conflict.ts";
import { mergeLines, narrow, type Region } from "./lines.ts";

/** What is open in a stretch, by lines as Git has it, as long as lines leave anything open. */
export function openLines(texts: { base: string[]; ours: string[]; theirs: string[] }): Region[] {
  const isOpen = (regions: Region[]): boolean => regions.some(({ kind }) => kind === "conflict");
  const byLines = mergeLines(texts.base, texts.ours, texts.theirs);
  if (isOpen(byLines)) return byLines;
  const narrowed = narrow(texts);
  return isOpen(narrowed) ? narrowed : [{ kind: "conflict", ...texts }];
}

/** Whether a side ends as a file without a final line end does. */
export function isHalfLine({ ours, theirs }: Conflict): boolean {
  return [ours, theirs].some((text) => text?.endsWith("\n") === false);
}

/** The same with whole lines, so that text may follow whichever side is taken. */
export function lineEnded(open: Conflict): Conflict {
  const end = [open.ours, open.theirs].some((text) => text?.includes("\r\n")) ? "\r\n" : "\n";
  const ended = (text: string | null): string | null =>
    text === null || text.endsWith("\n") ? text : text + end;
  return { ...open, ours: ended(open.ours), theirs: ended(open.theirs) };
}
