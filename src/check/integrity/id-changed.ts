import { formatAddress } from "../../curriculum/address.ts";
import type { Document, Passage } from "../../curriculum/document.ts";
import type { Check } from "../check.ts";
import type { Found } from "../finding.ts";
import type { JudgedChange, Material } from "../material.ts";

/** An id of upstream's that is another one here. */
export const idChanged: Check<Pick<Material, "documents">> = {
  id: "id-changed",
  severity: "error",
  title: "An id was changed",
  page: {
    what: "A document, an outcome or a key learning point has another id here than upstream gave it.",
    why: "Ids are never changed: assessments, plans and other schools refer to them, and the next update would bring the old one back beside the new.",
    fix: "Write the old id again. Titles and texts may be changed; ids are for the machine.",
    accept: "There is no way round it. A document that is really another one goes in a file of its own.",
  },
  *find({ documents }) {
    for (const { base, local } of documents) {
      if (base === null || local === null) continue;
      if (hasOtherId(base, local)) {
        yield hasOwnId(local) ? found(local, "@id", null, base.id, local.id) : missing(local, base.id);
        continue;
      }
      yield* changedItems(base, local);
    }
  },
};

/** Whether a document has lost the id that it had; of fields that cannot be read nothing is known. */
export function hasOtherId(base: Document, local: Document): boolean {
  return hasOwnId(base) && base.id !== local.id && local.problems.length === 0;
}

function hasOwnId({ id, path }: Document): boolean {
  return id !== path;
}

const KEYED = /^@(outcomes|keyLearningPoints|items)\.(.+)$/;

/** Items of which nothing but the id is another. */
function* changedItems(base: Document, local: Document): Iterable<Found> {
  if (base.frontMatter === local.frontMatter && base.format === "markdown") return;
  const there = new Set(local.passages.map(({ key }) => key));
  const known = new Set(base.passages.map(({ key }) => key));
  const lost = base.passages.filter(({ key }) => KEYED.test(key) && !there.has(key));
  for (const item of lost) {
    const twin = local.passages.find(
      (each) => KEYED.test(each.key) && !known.has(each.key) && textOf(each) === textOf(item),
    );
    if (twin) yield found(local, twin.key, twin, idOf(item), idOf(twin));
  }
}

/** Whether a change is of nothing but an id, or of the order that follows from it: that is told as one finding. */
export function isIdChange({ document: { base, local }, passage }: JudgedChange): boolean {
  if (base === null || local === null) return false;
  if (passage.key === "@id") return true;
  const renamed = [...changedItems(base, local)].map(({ about, at }) => [about, at] as const);
  if (renamed.length === 0) return false;
  const list = /^@[^.!]+/.exec(passage.key)?.[0] ?? "";
  return renamed.some(
    ([was, at]) =>
      at?.includes(list) &&
      (passage.key.endsWith("!order") || at.endsWith(passage.key) || passage.base?.key === `${list}.${was}`),
  );
}

function textOf({ key, normal }: Passage): string {
  return `${KEYED.exec(key)?.[1]}\n${normal.replaceAll(/^\s*-?\s*"?id"?:.*$/gm, "").trim()}`;
}

function idOf({ key }: Passage): string {
  return KEYED.exec(key)?.[2] ?? key;
}

function missing(local: Document, was: string): Found {
  return {
    path: local.path,
    line: 1,
    at: formatAddress(was, "@id"),
    about: was,
    message: `The id ${was} is not stated here any more; others refer to it.`,
    remedy: `Write \`id: ${was}\` again in the first lines of ${local.path}, between the two lines ---.`,
  };
}

function found(local: Document, key: string, item: Passage | null, was: string, is: string): Found {
  const line = (item ?? local.passages.find((passage) => passage.key === key))?.line ?? null;
  return {
    path: local.path,
    line,
    at: formatAddress(local.id, key),
    about: was,
    message: `The id ${was} is called ${is} here; ids are never changed, since others refer to them.`,
    remedy: `Write \`id: ${was}\` again in line ${line ?? 1} of ${local.path}.`,
  };
}
