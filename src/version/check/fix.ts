import { isMap, isScalar, parseDocument } from "yaml";
import { readDocument } from "../../curriculum/read.ts";
import { readTextInside } from "../../files/read.ts";
import { bindPending } from "../change/adapt.ts";
import type { OwnFile } from "../change/own-files.ts";
import type { Gathered } from "./gather.ts";

/** A file as it is to stand, and what is done to it, in words. */
export interface Fix extends OwnFile {
  readonly did: string;
}

/**
 * What is mechanical and safe: reasons written by hand are bound to their text, the fields of records stand in their
 * usual order, and space at the ends of lines goes where it means nothing. Of documents only those are touched that
 * this version changed anyway.
 */
export async function plannedFixes({ repo, material, own }: Gathered): Promise<Fix[]> {
  const { changes } = material;
  const pending = changes.filter(({ explanation }) => explanation.state === "pending");
  const chosen = own?.changes.filter(({ at }) => pending.some((each) => each.at === at)) ?? [];
  const bound = new Map(
    own === null ? [] : bindPending(own, chosen).map((file) => [file.path, file.text] as const),
  );
  const fixes: Fix[] = [];
  for (const { path, text } of material.records.filter(
    (file) => material.scope.has(file.path) || bound.has(file.path),
  )) {
    const now = inUsualOrder(bound.get(path) ?? text);
    if (now === text) continue;
    const did = bound.has(path) ? "bound the reason to its text" : "put the fields in their usual order";
    fixes.push({ path, text: now, did });
  }
  for (const { local } of material.documents) {
    // Marker lines say what is to decide only as long as they stand as they were written.
    if (local === null || material.stopped?.open.some(({ path }) => path === local.path)) continue;
    const text = (await readTextInside(repo.root, local.path)) ?? "";
    const now = withoutTrailingSpace(local.path, text);
    if (now !== text)
      fixes.push({ path: local.path, text: now, did: "took away space at the ends of lines" });
  }
  return fixes;
}

/** The order in which records are written. */
const USUAL = "id title kind for why by approved passages status upstream reviewBy evidence from".split(" ");

/** A record with its fields in the usual order, each with its own lines as they stand; as it is where that is in doubt. */
export function inUsualOrder(text: string): string {
  const heading = /^# yaml-language-server:[^\n]*\n/.exec(text)?.[0] ?? "";
  return heading + fieldsInUsualOrder(text.slice(heading.length));
}

function fieldsInUsualOrder(text: string): string {
  const { contents, errors } = parseDocument(text);
  if (errors.length > 0 || !isMap(contents) || contents.flow || /^\s*#/m.test(text)) return text;
  const starts = contents.items.map(({ key }) => (isScalar(key) ? (key.range?.[0] ?? -1) : -1));
  const names = contents.items.map(({ key }) => (isScalar(key) ? String(key.value) : ""));
  if (starts.some((start) => start < 0) || starts[0] !== 0 || !text.endsWith("\n")) return text;
  const parts = names.map((name, index) => ({ name, text: text.slice(starts[index], starts[index + 1]) }));
  const place = (name: string): number => (USUAL.includes(name) ? USUAL.indexOf(name) : USUAL.length);
  return [...parts]
    .sort((a, b) => place(a.name) - place(b.name))
    .map((part) => part.text)
    .join("");
}

/**
 * A document without space at the ends of lines, where that changes nothing that anybody reads: two spaces or more are
 * a line break in Markdown and stay, and so does everything where a passage would become another.
 */
export function withoutTrailingSpace(path: string, text: string): string {
  const now = text.replace(/(?<![ \t])[ \t](?=\r?\n|$)/g, "").replace(/^[ \t]+(?=\r?$)/gm, "");
  if (now === text) return text;
  const before = readDocument(path, text).passages;
  const after = readDocument(path, now).passages;
  const isSame =
    before.length === after.length &&
    before.every(({ key, normal }, index) => after[index]?.key === key && after[index]?.normal === normal);
  return isSame ? now : text;
}
