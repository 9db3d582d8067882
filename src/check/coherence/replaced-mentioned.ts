import { groupBy } from "../../curriculum/groups.ts";
import { lazily } from "../../curriculum/lazily.ts";
import type { DocumentFacts } from "../facts.ts";
import type { Prose } from "../prose.ts";
import { type Curriculum, idsOf, splitOutcome } from "./curriculum.ts";
import { addressOf, type CoherenceCheck, type CoherenceMaterial } from "./material.ts";
import { namesIn, placesOf, sentenceAt } from "./names.ts";
import { isAbout, type Replaced, replacedIn } from "./replaced.ts";

/** A text that still speaks of what this version replaced elsewhere in the unit, or in one that the unit requires. */
export const replacedMentioned: CoherenceCheck = {
  id: "replaced-mentioned",
  severity: "warning",
  title: "A text still mentions what was replaced",
  page: {
    what: "This version took a name out of a passage that was about it (in its heading, its first sentence, or more than once), or gave a section, lesson or unit another title; and a text of the same unit, or of a unit that requires it, that this version left as it was, still says it. Names that another text of the unit is about still, that most units share, or that stand in a list of others are not looked at.",
    why: "Pupils are asked to go back to Norwich, and have never been there. Such a sentence is in another file, often another year, and nobody sees it while adapting.",
    fix: "Write there what stands in its place now, or leave the sentence out.",
    accept:
      "If the sentence holds anyway, make an exception; or say in the changed passage how the two belong together.",
  },
  *find(material) {
    const found = mentionsIn(material);
    // Several names of one passage in one other passage are one thing to look at.
    const places = groupBy(found, ({ document, prose, replaced }) =>
      [document.path, prose.key, replaced.document.path, replaced.key].join("\n"),
    );
    for (const mentions of places.values()) {
      mentions.sort((a, b) => a.line - b.line || b.replaced.words.length - a.replaced.words.length);
      const [first] = mentions;
      if (first === undefined) continue;
      const { document, prose, replaced, line } = first;
      const source = addressOf(replaced.document, replaced.key);
      yield {
        path: document.path,
        line,
        at: addressOf(document, prose.key),
        about: source,
        from: [replaced.document.path],
        message: `"${replaced.words}" is mentioned here, and this version ${replaced.how} (${source}).`,
        remedy: `Write here what stands in its place now, or take ${[...new Set(mentions.map((each) => `"${each.replaced.words}"`))].join(", ")} out.`,
      };
    }
  },
};

interface Mentioned {
  readonly document: DocumentFacts;
  readonly prose: Prose;
  readonly replaced: Replaced;
  readonly line: number;
}

/** Names that stand in more units than this are everybody's. */
export const MOST_UNITS = 4;
/** A name among this many others, of which none was replaced, is one of a list. */
const LIST = 2;

function mentionsIn({ curriculum, base }: CoherenceMaterial): Mentioned[] {
  const found: Mentioned[] = [];
  const membersOf = lazily(() => membersByUnit(curriculum));
  const shared = new Map<string, boolean>();
  const isEverybodys = ({ words, isName }: Replaced): boolean => {
    const known = shared.get(words) ?? isShared(curriculum, words, isName);
    shared.set(words, known);
    return known;
  };
  for (const before of base.values()) {
    if (before === null) continue;
    const replaced = replacedIn(before, curriculum.byId.get(before.id) ?? null);
    if (replaced.length === 0) continue;
    const gone = new Set(replaced.flatMap(({ gone: names }) => names));
    const own = unitOf(before);
    const taught = new Map<Replaced, boolean>();
    const isTaught = (each: Replaced): boolean => {
      const known = taught.get(each) ?? isStillTaught(membersOf().get(own) ?? [], each);
      taught.set(each, known);
      return known;
    };
    const units = [own, ...curriculum.requiredBy(own).map(({ id }) => id)];
    for (const document of new Set(units.flatMap((unit) => membersOf().get(unit) ?? []))) {
      for (const prose of document.prose.filter((each) => isAsItWas(base, document, each))) {
        for (const each of replaced) {
          if (document.id === before.id && prose.key === each.key) continue;
          const at = mentionOf(prose.text, each, gone);
          if (at === null || isEverybodys(each) || isTaught(each)) continue;
          const line = prose.line + prose.text.slice(0, at).split("\n").length - 1;
          found.push({ document, prose, replaced: each, line });
        }
      }
    }
  }
  return found;
}

/** Whether another text of the unit is about a name, so that pupils meet it as before. */
function isStillTaught(members: readonly DocumentFacts[], { words, isName }: Replaced): boolean {
  return isName && members.some(({ prose }) => prose.some(({ text }) => isAbout(text, words)));
}

/** The documents of each unit: itself, its lessons and assessments, and what lies in its folder. */
function membersByUnit(curriculum: Curriculum): ReadonlyMap<string, readonly DocumentFacts[]> {
  const ofFolder = new Map(curriculum.units.map((unit) => [folderOf(unit), unit.id]));
  const members = curriculum.documents.flatMap((document) => {
    const units = new Set([unitOf(document), ofFolder.get(folderOf(document)) ?? ""]);
    return [...units].filter((unit) => unit !== "").map((unit) => ({ unit, document }));
  });
  const groups = groupBy(members, ({ unit }) => unit);
  return new Map([...groups].map(([unit, all]) => [unit, all.map(({ document }) => document)]));
}

function unitOf(document: DocumentFacts): string {
  if (document.type === "unit") return document.id;
  const [assessed = ""] = idsOf(document, "assesses");
  return idsOf(document, "unit")[0] ?? splitOutcome(assessed).unit;
}

/** The folder of the unit that a document lies in, by the tree of a curriculum; its path where it lies in none. */
export function folderOf({ path }: Pick<DocumentFacts, "path">): string {
  return /^(.*?\/units\/[^/]+)\//.exec(path)?.[1] ?? path;
}

/** Whether this version left a passage as it was: what it wrote itself, it wrote knowing of its change. */
function isAsItWas(base: CoherenceMaterial["base"], document: DocumentFacts, prose: Prose): boolean {
  const before = base.get(document.id);
  if (before === undefined) return true;
  return before?.prose.some(({ key, text }) => key === prose.key && text === prose.text) ?? false;
}

/** Where a text mentions what was replaced, as something that it is about. */
function mentionOf(text: string, replaced: Replaced, gone: ReadonlySet<string>): number | null {
  const places = placesOf(text, replaced.words, replaced.isName);
  if (places.length === 0 || !replaced.isName) return places[0] ?? null;
  const names = namesIn(text);
  for (const at of places) {
    const own = names.find((name) => name.at <= at && at < name.at + name.text.length);
    // Another name may hold the words: Norwich City is not Norwich.
    if (own === undefined || !gone.has(own.text) || !(own.isInside || replaced.isSure)) continue;
    const others = namesIn(sentenceAt(text, at)).filter((name) => !gone.has(name.text));
    if (others.length < LIST) return at;
  }
  return null;
}

function isShared(curriculum: Curriculum, words: string, isName: boolean): boolean {
  const units = new Set<string>();
  for (const document of curriculum.documents) {
    const unit = folderOf(document);
    if (units.has(unit) || !document.prose.some(({ text }) => placesOf(text, words, isName).length > 0))
      continue;
    units.add(unit);
    if (units.size > MOST_UNITS) return true;
  }
  return false;
}
