import { placesOf } from "../../check/coherence/names.ts";
import { type Replaced, replacedIn } from "../../check/coherence/replaced.ts";
import { folderOf, MOST_UNITS } from "../../check/coherence/replaced-mentioned.ts";
import { type DocumentFacts, factsWithProse } from "../../check/facts.ts";
import { decodeText, readDocument } from "../../curriculum/read.ts";
import { eachBlob, readObjects } from "../../git/objects.ts";
import type { Repository } from "../../git/repository.ts";
import type { Placed } from "./kept.ts";

/** What is known of documents, each with its place. */
export type Known = readonly (readonly [placed: Placed, facts: DocumentFacts | null])[];

/** Documents as they are here, and as they are at the base. */
export interface HereAndBefore {
  readonly here: Known;
  readonly before: Known;
}

/**
 * The same with the running text of documents that this version changed, and of those that may mention what it replaced
 * in them: of most of a curriculum it is not needed, and is many times the rest.
 */
export async function withMentions(
  repo: Repository,
  { here, before }: HereAndBefore,
): Promise<HereAndBefore> {
  const changed = changedPaths(here, before);
  const first = await withProse(repo, { here, before }, changed);
  const unchanged = here.filter(([[path]]) => !changed.has(path));
  const mentioning = await mentioningPaths(repo, unchanged, replacedBy(first));
  return withProse(repo, first, mentioning);
}

/** Words that stand in more units than this are everybody's, whatever each says of them (`replaced-mentioned`). */
const SURELY_SHARED = 3 * MOST_UNITS;

/**
 * The paths of documents in whose text words stand that were replaced; of words that stand in very many units so many that
 * this can be told.
 */
async function mentioningPaths(
  repo: Repository,
  documents: Known,
  replaced: readonly Replaced[],
): Promise<Set<string>> {
  const words = new Map(replaced.map((each) => [`${each.isName} ${each.words}`, each]));
  const found = [...words.values()].map((each) => ({
    ...each,
    paths: [] as string[],
    units: new Set<string>(),
  }));
  const stored = documents.flatMap(([[path, place]]) => ("oid" in place ? [{ path, oid: place.oid }] : []));
  if (found.length === 0) return new Set();
  await eachBlob(
    repo,
    stored.map(({ oid }) => oid),
    (bytes, index) => {
      const path = stored[index]?.path ?? "";
      const open = found.filter(({ units }) => units.size <= SURELY_SHARED);
      const decoded = bytes !== null && open.length > 0 ? decodeText(bytes) : null;
      if (decoded === null || !("text" in decoded)) return;
      // An apostrophe stands twice between those of YAML.
      const text = decoded.text.replaceAll("''", "'");
      for (const each of open) {
        if (placesOf(text, each.words, each.isName).length === 0) continue;
        each.paths.push(path);
        each.units.add(folderOf({ path }));
      }
    },
  );
  return new Set(found.flatMap(({ paths }) => paths));
}

/** The paths of documents that are not here as they are at the base. */
function changedPaths(here: Known, before: Known): Set<string> {
  const oids = new Map(before.map(([[path, place]]) => [path, "oid" in place ? place.oid : null]));
  const paths = new Set(oids.keys());
  for (const [[path, place]] of here) {
    if ("oid" in place && oids.get(path) === place.oid) paths.delete(path);
    else paths.add(path);
  }
  return paths;
}

function replacedBy({ here, before }: HereAndBefore): Replaced[] {
  const byId = new Map(here.flatMap(([, facts]) => (facts === null ? [] : [[facts.id, facts]])));
  return before.flatMap(([, facts]) => (facts === null ? [] : replacedIn(facts, byId.get(facts.id) ?? null)));
}

async function withProse(
  repo: Repository,
  { here, before }: HereAndBefore,
  wanted: ReadonlySet<string>,
): Promise<HereAndBefore> {
  const add = async (known: Known): Promise<Known> => {
    const stored = known.flatMap(([[path, place]]) =>
      wanted.has(path) && "oid" in place ? [place.oid] : [],
    );
    const objects = await readObjects(repo, stored);
    const bytes = new Map(stored.map((oid, index) => [oid, objects[index]?.bytes ?? null]));
    return known.map(([placed, facts]) => {
      const [path, place] = placed;
      if (facts === null || !wanted.has(path)) return [placed, facts];
      if ("document" in place) return [placed, factsWithProse(place.document)];
      const decoded = decodeText(bytes.get(place.oid) ?? Buffer.alloc(0));
      return [placed, "text" in decoded ? factsWithProse(readDocument(path, decoded.text)) : facts];
    });
  };
  return { here: await add(here), before: await add(before) };
}
