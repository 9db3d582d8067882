import { defaultType, isYamlPath } from "./conventions.ts";
import { dataAtGlance } from "./data-at-glance.ts";
import type { Document, Passage, Problem, Slice } from "./document.ts";
import { findFrontMatter } from "./front-matter.ts";
import { scalarAtGlance } from "./glance.ts";
import { lazily } from "./lazily.ts";
import { lineAt, lineStarts } from "./lines.ts";
import { scanSections } from "./markdown.ts";
import { sectionPassages } from "./sections.ts";
import { type Source, scanFields } from "./yaml.ts";

export { isCurriculumPath, isDocumentPath } from "./conventions.ts";

const BOM = "\uFEFF";

/**
 * Reads a file as a document: slices that joined are the file, and the passages over them.
 * It never throws; what is wrong with the file is in `problems`.
 */
export function readDocument(path: string, text: string): Document {
  const starts = lazily(() => lineStarts(text));
  const source: Source = {
    path,
    text,
    get starts() {
      return starts();
    },
  };
  return isYamlPath(path) ? readYaml(source) : readMarkdown(source);
}

/** The byte order mark is part of the file and has to survive. */
const UTF_8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The text of a file's bytes, or why it has none that can be read. */
export function decodeText(bytes: Uint8Array): { text: string } | { problem: string } {
  const text = decoded(bytes);
  // Looked for in the text, which is quicker; bytes that are none may hold it too.
  if (text === null ? bytes.includes(0) : text.includes("\0")) return { problem: "it is not text" };
  return text === null ? { problem: "it is not in UTF-8; save it as UTF-8 in your editor" } : { text };
}

function decoded(bytes: Uint8Array): string | null {
  try {
    return UTF_8.decode(bytes);
  } catch {
    return null;
  }
}

function readYaml(source: Source): Document {
  const from = source.text.startsWith(BOM) ? 1 : 0;
  const { length } = source.text;
  const fields = lazily(() => scanFields(source, from, length));
  const glance = lazily(() => dataAtGlance(source.text.slice(from)));
  const parts: Parts = {
    format: "yaml",
    frontMatter: "",
    scalar: (name) => scalarAtGlance(source.text.slice(from), name) ?? fields().scalar(name),
    data: () => glance() ?? fields().data(),
    above: () => NOTHING,
    body: () => {
      const { start, end, slices, passages } = fields();
      const all = [...frame("start", 0, start), ...slices, ...frame("...", end, length)];
      return { slices: all, own: slices, passages };
    },
    // What a look tells is as it should be.
    problems: () => (glance() === null ? fields().problems : []),
  };
  return makeDocument(source, parts);
}

function readMarkdown(source: Source): Document {
  const { text, path } = source;
  const from = text.startsWith(BOM) ? 1 : 0;
  const found = findFrontMatter(text, from);
  if ("open" in found) {
    const { body, bodyEnd, end } = found;
    const fields = lazily(() => scanFields(source, body, bodyEnd));
    const glance = lazily(() => dataAtGlance(text.slice(body, bodyEnd)));
    return makeDocument(source, {
      format: "markdown",
      frontMatter: text.slice(0, end),
      scalar: (name) => scalarAtGlance(text.slice(body, bodyEnd), name) ?? fields().scalar(name),
      data: () => glance() ?? fields().data(),
      above: () => {
        const { start, slices, passages } = fields();
        return { slices: [...frame("---", 0, start), ...slices], own: slices, passages };
      },
      body: () => sectionsFrom(source, end, (start) => frame("---+1", fields().end, start)),
      problems: () => (glance() === null ? fields().problems : []),
    });
  }
  const message = "The front matter that opens here is never closed: put a line --- below its last field.";
  return makeDocument(source, {
    format: "markdown",
    frontMatter: "",
    scalar: () => null,
    data: () => ({}),
    above: () => NOTHING,
    body: () => sectionsFrom(source, from, (start) => frame("start", 0, start)),
    problems: () => (found.unclosed ? [{ path, line: 1, message }] : []),
  });
}

/** The sections from an offset on; `before` makes the frame of what stands above the first one. */
function sectionsFrom(source: Source, from: number, before: (start: number) => Slice[]): Part {
  const { text, starts } = source;
  const firstLine = lineAt(starts, from) - 1;
  const offset = (line: number) => (line === 0 ? from : (starts[firstLine + line] ?? text.length));
  const { slices, passages } = sectionPassages(text, scanSections(text.slice(from)), offset, firstLine);
  const start = slices[0]?.start ?? text.length;
  return {
    get slices() {
      return [...before(start), ...slices];
    },
    own: slices,
    passages,
  };
}

function frame(name: string, start: number, end: number): Slice[] {
  return start < end ? [{ start, end, name, passages: [] }] : [];
}

/** A part of a file: its front matter, or what stands below. */
interface Part {
  readonly slices: readonly Slice[];
  /** Those of the passages, without frames. */
  readonly own: readonly Slice[];
  readonly passages: readonly Passage[];
}

const NOTHING: Part = { slices: [], own: [], passages: [] };

/** What a document is made of, parsed no earlier than it is asked for. */
interface Parts extends Pick<Document, "format" | "frontMatter"> {
  scalar(name: string): string | null;
  data(): Document["data"];
  above(): Part;
  body(): Part;
  problems(): readonly Problem[];
}

function makeDocument({ path, text }: Source, { format, frontMatter, ...parts }: Parts): Document {
  const above = lazily(parts.above);
  const body = lazily(parts.body);
  const slices = lazily(() => [...above().slices, ...body().slices]);
  const passages = lazily(() => [...above().passages, ...body().passages]);
  const scalar = (name: string) => lazily(() => parts.scalar(name)?.trim());
  const [id, type, title] = [scalar("id"), scalar("type"), scalar("title")];
  return {
    path,
    format,
    text,
    frontMatter,
    get id() {
      return id() || path;
    },
    get type() {
      return type() || defaultType(path);
    },
    get title() {
      return title() || firstHeading(body().passages) || fileName(path);
    },
    get slices() {
      return slices();
    },
    get passages() {
      return passages();
    },
    get body() {
      return body().passages;
    },
    get bodySlices() {
      return body().own;
    },
    get problems() {
      return [...parts.problems()];
    },
    get data() {
      return parts.data();
    },
  };
}

function firstHeading(passages: readonly Passage[]): string {
  return passages.find((passage) => passage.kind === "section" && passage.key !== "#")?.name ?? "";
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
