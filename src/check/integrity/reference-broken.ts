import { groupBy } from "../../curriculum/groups.ts";
import { lazily } from "../../curriculum/lazily.ts";
import { isKnownType } from "../../curriculum/schemas.ts";
import type { Check } from "../check.ts";
import type { DocumentFacts } from "../facts.ts";
import { isLockedChange } from "../leeway/reasons.ts";
import type { Curriculum, Material } from "../material.ts";
import { idChanged } from "./id-changed.ts";

/** A reference to something that is not there. */
export const referenceBroken: Check<
  Pick<Material, "curriculum" | "scope" | "documents" | "isCentre" | "gone" | "changes">
> = {
  id: "reference-broken",
  severity: "error",
  title: "A reference leads nowhere",
  page: {
    what: "A document names a unit, a lesson, an outcome or a statement of a framework that does not exist here.",
    why: "A plan then has a hole where a unit should be, and coverage counts what nobody teaches.",
    fix: "Correct the id, or take the reference out where what it names was removed on purpose.",
    accept: "A dated exception in rules.yaml, while the document that is named is still being written.",
  },
  *find({ curriculum, scope, documents, isCentre, gone, changes }) {
    if (curriculum === null) return;
    const here = targetsOf(curriculum.here);
    // An id that was changed is told where it was changed.
    const renamed = [...idChanged.find({ documents })].map(({ about }) => about ?? "");
    // What the rules lock has to come back, and nobody is to be told to stop assessing it.
    const locked = new Set(
      changes
        .filter((change) => isLockedChange(change) && change.passage.local === null)
        .flatMap(({ at }) => [at.replace("@outcomes.", "."), at.replace(/[#@].*$/s, "")]),
    );
    const before = lazily(() => brokenBefore(curriculum));
    const stood = lazily(() => targetsOf(curriculum.before));
    for (const document of curriculum.here) {
      for (const [field, mentions] of Object.entries(document.references)) {
        for (const { value, line } of mentions) {
          if (resolves(here, document, field, value)) continue;
          if (renamed.some((id) => value === id || value.startsWith(`${id}.`) || value.endsWith(`.${id}`)))
            continue;
          // What upstream left open is upstream's; what was removed here breaks references elsewhere.
          if (!scope.has(document.path) && !partsOf(value).some((part) => gone.has(part))) continue;
          if (locked.has(value)) continue;
          const isOwn = isCentre && scope.has(document.path);
          if (!isOwn && before().has(`${document.id}\n${field}\n${value}`)) continue;
          yield {
            path: document.path,
            line,
            at: document.id,
            about: `${field} ${value}`,
            message: `${NAMES[field] ?? field} names ${value}, and there is no ${KINDS[field] ?? "document"} with that id.`,
            remedy: resolves(stood(), document, field, value)
              ? `Bring ${value} back, which was taken away here; or correct line ${line} of ${document.path}.`
              : `Correct ${value} in line ${line} of ${document.path}, or take it out.`,
          };
        }
      }
    }
  },
};

/** A name, and for `unit.o1` what stands before and behind each dot. */
function partsOf(value: string): string[] {
  const dots = [...value.matchAll(/\./g)].map(({ index }) => index);
  return [value, ...dots.flatMap((dot) => [value.slice(0, dot), value.slice(dot + 1)])];
}

const NAMES: Readonly<Record<string, string>> = {
  unit: "The field unit",
  requires: "The field requires",
  lessons: "The list of lessons",
  statements: "The list of statements",
  assesses: "The list of what is assessed",
  sequence: "The sequence",
  subject: "The field subject",
};
const KINDS: Readonly<Record<string, string>> = {
  unit: "unit",
  requires: "unit",
  lessons: "lesson",
  statements: "statement in a framework",
  assesses: "outcome",
  sequence: "unit",
  subject: "subject",
};

/** The type of document that a field names. */
const TYPES: Readonly<Record<string, string>> = {
  unit: "unit",
  requires: "unit",
  sequence: "unit",
  lessons: "lesson",
  subject: "subject",
};

/** What references may name; each made when a reference asks for it. */
interface Targets {
  readonly documents: () => ReadonlyMap<string, readonly DocumentFacts[]>;
  /** Statements of frameworks by their ids. */
  readonly statements: () => ReadonlySet<string>;
  /** The documents of each unit, by its folder. */
  readonly folders: () => ReadonlyMap<string, readonly DocumentFacts[]>;
}

function targetsOf(all: readonly DocumentFacts[]): Targets {
  return {
    documents: lazily(() => groupBy(all, ({ id }) => id)),
    statements: lazily(() => new Set(all.filter(isFramework).flatMap(statementsIn))),
    folders: lazily(() => groupBy(all, ({ path }) => folderOf(path))),
  };
}

function isFramework({ type }: DocumentFacts): boolean {
  return type === "framework";
}

function statementsIn({ targets, replaced }: DocumentFacts): string[] {
  return [...targets, ...Object.keys(replaced)];
}

/** The folder of a unit and all that belongs to it. */
function folderOf(path: string): string {
  return path.replace(/\/(?:lessons|assessments)\/[^/]*$|\/[^/]*$/, "");
}

function resolves(targets: Targets, { path }: DocumentFacts, field: string, value: string): boolean {
  if (field === "assesses") return isOutcome(targets, path, value);
  // A curriculum without frameworks of its own names statements of one elsewhere.
  if (field === "statements") return targets.statements().size === 0 || targets.statements().has(value);
  const named = targets.documents().get(value);
  const wanted = TYPES[field];
  return named?.some(({ type }) => wanted === undefined || type === wanted || !isKnownType(type)) ?? false;
}

/** Whether an outcome or key learning point goes by a name: `unit.o1`, or `o1` in the folder of its unit. */
function isOutcome({ documents, folders }: Targets, path: string, value: string): boolean {
  const plain = value.replace("@outcomes", "");
  for (let dot = plain.indexOf("."); dot >= 0; dot = plain.indexOf(".", dot + 1)) {
    if (states(documents().get(plain.slice(0, dot)), plain.slice(dot + 1))) return true;
  }
  return states(folders().get(folderOf(path)), value);
}

function states(documents: readonly DocumentFacts[] | undefined, target: string): boolean {
  return documents?.some((each) => !isFramework(each) && each.targets.includes(target)) ?? false;
}

/** What upstream's own documents left open. */
function brokenBefore({ before }: Curriculum): ReadonlySet<string> {
  const targets = targetsOf(before);
  return new Set(
    before.flatMap((document) =>
      Object.entries(document.references).flatMap(([field, mentions]) =>
        mentions
          .filter(({ value }) => !resolves(targets, document, field, value))
          .map(({ value }) => `${document.id}\n${field}\n${value}`),
      ),
    ),
  );
}
