import { defaultType, isYamlPath } from "./conventions.ts";
import type { Document, Format, Passage, Problem, Slice } from "./document.ts";
import { findFrontMatter } from "./front-matter.ts";
import { lineAt, lineStarts } from "./lines.ts";
import { scanSections } from "./markdown.ts";
import { sectionPassages } from "./sections.ts";
import { type FieldScan, type Source, scanFields } from "./yaml.ts";

export { isCurriculumPath, isDocumentPath } from "./conventions.ts";

const BOM = "\uFEFF";

/**
 * Reads a file as a document: slices that joined are the file, and the passages over them.
 * It never throws; what is wrong with the file is in `problems`.
 */
export function readDocument(path: string, text: string): Document {
  const source: Source = { path, text, starts: lineStarts(text) };
  return isYamlPath(path) ? readYaml(source) : readMarkdown(source);
}

/** The text of a file's bytes, or why it has none that can be read. */
export function decodeText(bytes: Uint8Array): { text: string } | { problem: string } {
  if (bytes.includes(0)) return { problem: "binary" };
  try {
    // The byte order mark is part of the file and has to survive.
    return { text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { problem: "not UTF-8" };
  }
}

function readYaml(source: Source): Document {
  const from = source.text.startsWith(BOM) ? 1 : 0;
  const fields = scanFields(source, from, source.text.length);
  const slices = [
    ...frame("start", 0, fields.start),
    ...fields.slices,
    ...frame("...", fields.end, source.text.length),
  ];
  return makeDocument(source, "yaml", fields, slices, fields.passages, fields.problems);
}

function readMarkdown(source: Source): Document {
  const { text, path } = source;
  const from = text.startsWith(BOM) ? 1 : 0;
  const found = findFrontMatter(text, from);
  const slices: Slice[] = [];
  const passages: Passage[] = [];
  const problems: Problem[] = [];
  let fields: FieldScan | null = null;
  let body = from;
  if ("open" in found) {
    fields = scanFields(source, found.body, found.bodyEnd);
    slices.push(...frame("---", 0, fields.start), ...fields.slices);
    passages.push(...fields.passages);
    problems.push(...fields.problems);
    body = found.end;
  } else if (found.unclosed) {
    const message = "The front matter that opens here is never closed: put a line --- below its last field.";
    problems.push({ path, line: 1, message });
  }

  const markdown = text.slice(body);
  const firstLine = lineAt(source.starts, body) - 1;
  const scan = scanSections(markdown);
  const offset = (line: number) => (line === 0 ? body : (source.starts[firstLine + line] ?? text.length));
  const sections = sectionPassages(text, scan, offset, firstLine);
  const start = sections.slices[0]?.start ?? text.length;
  slices.push(...(fields === null ? frame("start", 0, start) : frame("---+1", fields.end, start)));
  slices.push(...sections.slices);
  passages.push(...sections.passages);
  return makeDocument(source, "markdown", fields, slices, passages, problems);
}

function frame(name: string, start: number, end: number): Slice[] {
  return start < end ? [{ start, end, name, passages: [] }] : [];
}

function makeDocument(
  source: Source,
  format: Format,
  fields: FieldScan | null,
  slices: readonly Slice[],
  passages: readonly Passage[],
  problems: readonly Problem[],
): Document {
  const { path, text } = source;
  return {
    path,
    id: fields?.scalar("id")?.trim() || path,
    type: fields?.scalar("type")?.trim() || defaultType(path),
    title: fields?.scalar("title")?.trim() || firstHeading(passages) || fileName(path),
    format,
    text,
    slices,
    passages,
    problems,
    get data() {
      return fields?.data() ?? {};
    },
  };
}

function firstHeading(passages: readonly Passage[]): string {
  return passages.find((passage) => passage.kind === "section" && passage.key !== "#")?.name ?? "";
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
