import { defaultType, isYamlPath } from "./conventions.ts";
import type { Document, Format, Passage, Problem, Slice } from "./document.ts";
import { findFrontMatter } from "./front-matter.ts";
import { lineAt, lineStarts } from "./lines.ts";
import { scanSections } from "./markdown.ts";
import { sectionPassages } from "./sections.ts";
import type { Source } from "./yaml.ts";
import { YamlText } from "./yaml-text.ts";

export { isCurriculumPath, isDocumentPath } from "./conventions.ts";

const BOM = "\uFEFF";

/**
 * Reads a file as a document: slices that joined are the file, and the passages over them.
 * It never throws; what is wrong with the file is in `problems`.
 */
export function readDocument(path: string, text: string): Document {
  const source = new FileSource(path, text);
  const from = text.startsWith(BOM) ? 1 : 0;
  if (isYamlPath(path)) return new YamlFile(source, from);
  return new MarkdownFile(source, from, findFrontMatter(text, from));
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
  // The quickest way marks what is no UTF-8 by a sign; only text with that sign needs the other way to tell.
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
  if (!text.includes("\uFFFD")) return text;
  try {
    return UTF_8.decode(bytes);
  } catch {
    return null;
  }
}

class FileSource implements Source {
  readonly path: string;
  readonly text: string;
  #starts: readonly number[] | undefined;

  constructor(path: string, text: string) {
    this.path = path;
    this.text = text;
  }

  get starts(): readonly number[] {
    this.#starts ??= lineStarts(this.text);
    return this.#starts;
  }
}

/** A part of a file, its fields or what stands below them: its passages, and their slices without frames. */
interface Part {
  readonly slices: readonly Slice[];
  readonly passages: readonly Passage[];
}

/** A document of which no more is parsed than is asked for, once. */
abstract class ReadDocument implements Document {
  abstract readonly format: Format;
  abstract readonly frontMatter: string;
  abstract readonly yaml: YamlText | null;
  readonly path: string;
  readonly text: string;
  #id: string | undefined;
  #type: string | undefined;
  #title: string | undefined;
  #slices: readonly Slice[] | undefined;
  #passages: readonly Passage[] | undefined;
  #below: Part | undefined;

  constructor({ path, text }: Source) {
    this.path = path;
    this.text = text;
  }

  protected abstract readSlices(): readonly Slice[];
  /** What stands below the front matter; of a YAML file all. */
  protected abstract readBelow(): Part;

  get id(): string {
    this.#id ??= this.#field("id") || this.path;
    return this.#id;
  }

  get type(): string {
    this.#type ??= this.#field("type") || defaultType(this.path);
    return this.#type;
  }

  get title(): string {
    this.#title ??= this.#field("title") || firstHeading(this.body) || fileName(this.path);
    return this.#title;
  }

  get slices(): readonly Slice[] {
    this.#slices ??= this.readSlices();
    return this.#slices;
  }

  get passages(): readonly Passage[] {
    this.#passages ??= this.format === "yaml" ? this.body : [...this.fields, ...this.body];
    return this.#passages;
  }

  get fields(): readonly Passage[] {
    return this.yaml?.scan.passages ?? [];
  }

  get body(): readonly Passage[] {
    return this.#partBelow().passages;
  }

  get bodySlices(): readonly Slice[] {
    return this.#partBelow().slices;
  }

  get data(): Document["data"] {
    return this.yaml?.data ?? {};
  }

  get problems(): readonly Problem[] {
    return this.yaml?.problems ?? [];
  }

  #field(name: string): string {
    return this.yaml?.scalar(name)?.trim() ?? "";
  }

  #partBelow(): Part {
    this.#below ??= this.readBelow();
    return this.#below;
  }
}

class YamlFile extends ReadDocument {
  readonly format = "yaml";
  readonly frontMatter = "";
  readonly yaml: YamlText;

  constructor(source: Source, from: number) {
    super(source);
    this.yaml = new YamlText(source, from, source.text.length);
  }

  protected readSlices(): readonly Slice[] {
    const { start, end, slices } = this.yaml.scan;
    return [...frame("start", 0, start), ...slices, ...frame("...", end, this.text.length)];
  }

  protected readBelow(): Part {
    return this.yaml.scan;
  }
}

class MarkdownFile extends ReadDocument {
  readonly format = "markdown";
  readonly frontMatter: string;
  readonly yaml: YamlText | null;
  readonly #source: Source;
  /** Where what stands below the front matter begins. */
  readonly #from: number;
  readonly #isUnclosed: boolean;

  constructor(source: Source, from: number, found: ReturnType<typeof findFrontMatter>) {
    super(source);
    const hasFields = "open" in found;
    this.yaml = hasFields ? new YamlText(source, found.body, found.bodyEnd) : null;
    this.frontMatter = hasFields ? source.text.slice(0, found.end) : "";
    this.#from = hasFields ? found.end : from;
    this.#isUnclosed = !hasFields && found.unclosed;
    this.#source = source;
  }

  override get problems(): readonly Problem[] {
    if (!this.#isUnclosed) return super.problems;
    const message = "The front matter that opens here is never closed: put a line --- below its last field.";
    return [{ path: this.path, line: 1, message }];
  }

  protected readSlices(): readonly Slice[] {
    const start = this.bodySlices[0]?.start ?? this.text.length;
    if (this.yaml === null) return [...frame("start", 0, start), ...this.bodySlices];
    const fields = this.yaml.scan;
    return [
      ...frame("---", 0, fields.start),
      ...fields.slices,
      ...frame("---+1", fields.end, start),
      ...this.bodySlices,
    ];
  }

  protected readBelow(): Part {
    const { text, starts } = this.#source;
    const from = this.#from;
    const firstLine = lineAt(starts, from) - 1;
    const offset = (line: number) => (line === 0 ? from : (starts[firstLine + line] ?? text.length));
    return sectionPassages(text, scanSections(text.slice(from)), offset, firstLine);
  }
}

function frame(name: string, start: number, end: number): Slice[] {
  return start < end ? [{ start, end, name, passages: [] }] : [];
}

function firstHeading(passages: readonly Passage[]): string {
  return passages.find((passage) => passage.kind === "section" && passage.key !== "#")?.name ?? "";
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
