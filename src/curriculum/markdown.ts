import { LINE_TOKEN, type LineMark, parseBlocks } from "./blocks.ts";
import { type BlockAtGlance, blocksAtGlance } from "./blocks-at-glance.ts";
import { templateCodeIn } from "./code-tags.ts";
import { withLf } from "./lines.ts";
import type { Section } from "./section.ts";
import { assignKeys } from "./section-keys.ts";
import { encodePart, headingWords, slugOf } from "./slug.ts";

/** Lines from `line` up to the next piece belong to `section`; `null` is the text before all headings. */
export interface Piece {
  readonly line: number;
  readonly section: Section | null;
}

interface Container {
  readonly name: string;
  /** The section that was current when it opened, to which the text after it goes back. */
  readonly section: Section | null;
  /** The headings in it that are open, by level. */
  readonly headings: Section[];
}

/**
 * Finds the sections of Markdown text and the lines that each of them owns, in the order of the file.
 * Lines are counted from 0. The first piece begins at the first line that is not blank.
 */
export function scanSections(text: string): { pieces: Piece[]; sections: Section[] } {
  const source = withLf(text);
  const blocks = blocksAtGlance(source);
  const scan = blocks === null ? parsedScan(source) : plainScan(blocks);
  assignKeys(scan.sections);
  return { pieces: scan.pieces, sections: scan.sections };
}

function plainScan(blocks: readonly BlockAtGlance[]): SectionScan {
  const scan = new SectionScan();
  for (const block of blocks) {
    if (block.kind === "heading") scan.heading(block.line, block.level, block.content, null);
    else if (block.kind === "text") scan.text(block.line);
    else scan.mark(block.line, { kind: block.kind, container: ":::" });
  }
  return scan;
}

function parsedScan(source: string): SectionScan {
  const scan = new SectionScan();
  const tokens = parseBlocks(source);
  const codeIn = templateCodeIn(source);
  let code = 0;
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    if (token === undefined || token.nesting < 0 || token.map === null) continue;
    const [line, end] = token.map;
    if (line < code) continue;
    const isText = token.type === "paragraph_open" || token.type === "heading_open";
    const behind = isText ? codeIn(line, end) : 0;
    code = Math.max(code, behind);
    if (token.level !== 0) continue;
    if (token.type === "heading_open" && behind === 0) {
      const next = tokens[at + 3];
      const mark = next?.type === LINE_TOKEN && next.map?.[0] === end ? (next.meta as LineMark) : null;
      const id = mark?.kind === "attributes" ? mark.id : null;
      scan.heading(line, Number(token.tag.slice(1)), tokens[at + 1]?.content ?? "", id);
    } else if (token.type === LINE_TOKEN) {
      scan.mark(line, token.meta as LineMark);
    } else {
      scan.text(line);
    }
  }
  return scan;
}

class SectionScan {
  readonly pieces: Piece[] = [];
  readonly sections: Section[] = [];
  private current: Section | null = null;
  private readonly containers: Container[] = [{ name: "", section: null, headings: [] }];
  private readonly open = new Map<string, number>();
  /** First of the opening lines with nothing but blank lines since; they go with a heading that follows. */
  private opening: number | null = null;

  heading(line: number, level: number, source: string, idBelow: string | null): void {
    const { words, id } = headingWords(source);
    const container = this.containers.at(-1) as Container;
    while ((container.headings.at(-1)?.level ?? 0) >= level) container.headings.pop();
    const section: Section = {
      key: "",
      slug: slugOf(words, "section"),
      name: words,
      level,
      parent: container.headings.at(-1) ?? container.section,
      line,
      ...explicitSlug(id ?? idBelow),
    };
    container.headings.push(section);
    this.sections.push(section);
    this.pieces.push({ line: this.opening ?? line, section });
    this.current = section;
    this.opening = null;
  }

  mark(line: number, mark: LineMark): void {
    if (mark.kind === "open") {
      this.containers.push({ name: mark.container, section: this.current, headings: [] });
      this.open.set(mark.container, (this.open.get(mark.container) ?? 0) + 1);
      this.opening ??= line;
      return;
    }
    this.text(line);
    if (mark.kind === "close" && (this.open.get(mark.container) ?? 0) > 0) this.close(mark.container);
  }

  text(line: number): void {
    const last = this.pieces.at(-1);
    if (last === undefined || last.section !== this.current) {
      this.pieces.push({ line: this.opening ?? line, section: this.current });
    }
    this.opening = null;
  }

  private close(name: string): void {
    for (;;) {
      const container = this.containers.pop() as Container;
      this.open.set(container.name, (this.open.get(container.name) ?? 1) - 1);
      this.current = container.section;
      if (container.name === name) return;
    }
  }
}

function explicitSlug(id: string | null): { slug?: string } {
  return id === null ? {} : { slug: encodePart(id) };
}
