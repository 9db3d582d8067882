import { formatAddress } from "../../curriculum/address.ts";
import type { Document, Passage } from "../../curriculum/document.ts";
import type { Material } from "../material.ts";

/** One resource of a document, with what it says of its licence. */
export interface Resource {
  readonly at: string;
  readonly line: number;
  readonly title: string;
  readonly path: string | null;
  readonly licence: string | null;
  readonly credit: string | null;
}

/** The resources that a document lists, by the keys of their passages. */
export function resourcesOf(document: Document): Map<string, Resource> {
  const found = new Map<string, Resource>();
  if (!document.text.includes("resources")) return found;
  const list = Array.isArray(document.data.resources) ? document.data.resources : [];
  const passages = document.passages.filter(({ key }) => key.startsWith("@resources."));
  list.forEach((entry: unknown, index) => {
    const passage: Passage | undefined = passages[index];
    if (passage === undefined || typeof entry !== "object" || entry === null) return;
    const text = (name: string): string | null => textIn(entry as Record<string, unknown>, name);
    found.set(passage.key, {
      at: formatAddress(document.id, passage.key),
      line: passage.line,
      title: text("title") ?? text("path") ?? text("url") ?? passage.name,
      path: text("path"),
      licence: text("licence"),
      credit: text("credit"),
    });
  });
  return found;
}

/** Material of upstream's that was adapted here, and the licence that it came under. */
export interface Adapted {
  readonly path: string;
  readonly line: number | null;
  readonly at: string;
  readonly title: string;
  readonly file: string;
  readonly licence: string;
  readonly credit: string | null;
}

/**
 * What was adapted here under some licence: a document that states it for itself, and files that a document lists
 * among its resources, by their path from its folder or from the top.
 */
export function* adaptedUnder(
  { documents, files, listing }: Pick<Material, "documents" | "files" | "listing">,
  licence: RegExp,
): Iterable<Adapted> {
  const adapted = documents.filter(
    ({ base, local, change }) => base !== null && local !== null && change.passages.length > 0,
  );
  for (const { base, local } of adapted) {
    const stated = base?.text.includes("licence") ? textIn(base.data, "licence") : null;
    if (local === null || stated === null || !licence.test(stated)) continue;
    yield {
      path: local.path,
      line: local.passages.find(({ key }) => key === "@licence")?.line ?? null,
      at: formatAddress(local.id, "@licence"),
      title: local.title,
      file: local.path,
      licence: stated,
      credit: textIn(local.data, "credit"),
    };
  }
  const changed = new Set([
    ...files.filter(({ change }) => change === "edited").map(({ path }) => path),
    ...adapted.map(({ change }) => change.path),
  ]);
  for (const document of changed.size === 0 ? [] : listing) {
    for (const resource of resourcesOf(document).values()) {
      const { line, at, title, path, licence: stated, credit } = resource;
      if (stated === null || path === null || !licence.test(stated)) continue;
      const file = [path, resolvePath(document.path, path)].find((each) => changed.has(each));
      if (file !== undefined) yield { path: document.path, line, at, title, file, licence: stated, credit };
    }
  }
}

function textIn(data: Readonly<Record<string, unknown>> | undefined, name: string): string | null {
  const value = data?.[name];
  return typeof value === "string" && value.trim() !== "" ? value.trim() : null;
}

function resolvePath(from: string, path: string): string {
  const parts = from.split("/").slice(0, -1);
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== ".") parts.push(part);
  }
  return parts.join("/");
}
