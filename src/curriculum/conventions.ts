import type { DocumentType } from "./document.ts";

const DOCUMENT = /\.(?:md|mdx|markdown|rmd|qmd|ya?ml)$/i;
const IMAGE = /\.(?:png|jpe?g|gif|svg|webp|avif|bmp|tiff?)$/i;
const YAML = /\.ya?ml$/i;

/** The tree of design §3; the first that fits a path gives the default type. */
const TREE: readonly (readonly [RegExp, DocumentType])[] = [
  [/^subjects\/[^/]+\/subject\.md$/, "subject"],
  [/^subjects\/[^/]+\/[^/]+\.ya?ml$/, "programme"],
  [/^subjects\/[^/]+\/units\/[^/]+\/unit\.md$/, "unit"],
  [/^subjects\/[^/]+\/units\/[^/]+\/lessons\/[^/]+\.md$/, "lesson"],
  [/^subjects\/[^/]+\/units\/[^/]+\/assessments\/[^/]+\.md$/, "assessment"],
  [/^frameworks\/[^/]+\.ya?ml$/, "framework"],
];

/** Whether a file is one that Leeway reads as a document, by its ending. */
export function isDocumentPath(path: string): boolean {
  return DOCUMENT.test(path);
}

/** What people call what stands at a path; a name without an ending is a document's id. */
export function fileWord(path: string): "document" | "image" | "file" {
  if (IMAGE.test(path)) return "image";
  return isDocumentPath(path) || !/\.\w+$/.test(path) ? "document" : "file";
}

/** Whether a file is written in YAML, by its ending. */
export function isYamlPath(path: string): boolean {
  return YAML.test(path);
}

/**
 * Whether a path is curriculum: a document, and not under `versions/`, where versions keep their records, nor in a
 * hidden folder or a hidden file, where hosts and editors keep their settings.
 */
export function isCurriculumPath(path: string): boolean {
  return isDocumentPath(path) && !path.startsWith("versions/") && !/(?:^|\/)\./.test(path);
}

/** The type that a document has where its front matter names none. */
export function defaultType(path: string): DocumentType {
  return TREE.find(([pattern]) => pattern.test(path))?.[1] ?? "plain";
}
