import { blocksAtGlance } from "./blocks-at-glance.ts";

/** A heading that begins with `#`: its line, counted from 0, its level and what follows the signs. */
export interface PlainHeading {
  readonly line: number;
  readonly level: number;
  readonly content: string;
}

/** The headings of Markdown with LF line ends, where a look at each line tells them and nothing else parts sections. */
export function headingsAtGlance(text: string): PlainHeading[] | null {
  const blocks = blocksAtGlance(text);
  if (blocks === null || blocks.some(({ kind }) => kind === "open" || kind === "close")) return null;
  return blocks.flatMap((block) => (block.kind === "heading" ? [block] : []));
}

/** What words above it would make a heading, and what words in it would end: where it stands, prose is not prose alone. */
const HANGS_ON_WORDS = /^(?:<!--|-{3,}[ \t]*$)/m;

/** Whether a look at each line tells the headings, as it then does in every text with other lines of prose. */
export function hasPlainHeadings(text: string): boolean {
  return !HANGS_ON_WORDS.test(text) && headingsAtGlance(text) !== null;
}
