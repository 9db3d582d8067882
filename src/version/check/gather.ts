import { documentOf } from "../../adaptation/explain.ts";
import type { RecordFile } from "../../adaptation/record.ts";
import { readTimetable } from "../../check/coherence/index.ts";
import { type FoundAlone, findAdded, findAlone } from "../../check/index.ts";
import { isIdChange } from "../../check/integrity/id-changed.ts";
import type {
  Identity,
  JudgedChange,
  JudgeEdit,
  Material,
  OwnFileFault,
  OwnVersion,
} from "../../check/material.ts";
import { type Settings, settingsOf } from "../../check/settings.ts";
import { parseAddress } from "../../curriculum/address.ts";
import { lazily } from "../../curriculum/lazily.ts";
import { Failure } from "../../failure.ts";
import { fileFacts, readTextInside } from "../../files/read.ts";
import { readObjects } from "../../git/objects.ts";
import type { Repository } from "../../git/repository.ts";
import { type LayerRules, LEVELS, parseRules, type RulesFile } from "../../rules/rules.ts";
import type { BaseTree } from "../base/base-tree.ts";
import { type ChangedDocument, type ChangedFile, changesSince, type Later } from "../change/changes.ts";
import { baseTreeOf, leewayFor, type OwnChange, type OwnChanges, ownChanges } from "../change/own-changes.ts";
import { readRules } from "../change/records.ts";
import { foreignFiles } from "../judge/foreign.ts";
import type { LostHold } from "../judge/lost-holds.ts";
import { readable } from "../judge/readable.ts";
import type { Look } from "../look.ts";
import type { OpenVersion } from "../open.ts";
import { requireBase } from "../ready.ts";
import { rulesPath, type VersionFile, versionPath } from "../version-file.ts";
import { calendarOf } from "./calendar.ts";
import { readCurriculum } from "./curriculum.ts";
import { asFault, NO_DOUBT, openUndoubted, settled } from "./doubt.ts";
import { asLost, lostHoldsOf, withHolds } from "./held.ts";
import { judgedVersion } from "./judged.ts";
import { pathsOf, type Touched, touchedBy, touchedSince } from "./scope.ts";
import { findSince, type Since, type SinceRequest } from "./since.ts";

/** What is asked of a check. */
export interface GatherOptions {
  /** The state that the change goes into; null where nothing but the version itself is looked at. */
  readonly since: SinceRequest | null;
  readonly all: boolean;
  /** Whether what a date makes due is asked for. */
  readonly calendar: boolean;
  /** Whether the shares of leeway are asked for. */
  readonly shares: boolean;
  /** Plain mode: the upstream to compare with. */
  readonly upstream: string | undefined;
  /** YYYY-MM-DD */
  readonly today: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Everything that was read for a check. */
export interface Gathered {
  readonly version: OpenVersion | null;
  readonly repo: Repository;
  readonly material: Material;
  readonly alone: readonly FoundAlone[];
  readonly settings: Settings;
  /** What the change under judgement would have in place of these settings. */
  readonly proposed: Settings;
  /** The changes with their records; null for the centre, in plain mode, and where they cannot be told. */
  readonly own: OwnChanges | null;
  readonly since: Since | null;
}

/**
 * Reads what checks see: the files as they lie there, what upstream has, and what the layers say of both.
 * @throws Failure "environment" where upstream, the base or the state to compare with cannot be had
 */
export async function gather(look: Look, options: GatherOptions): Promise<Gathered> {
  const { repo, head } = await look.checkout;
  const [since, opened] = await Promise.all([
    options.since === null ? null : findSince(repo, head, options.since),
    openUndoubted(look, repo, options.upstream),
  ]);
  if ("doubt" in opened)
    return onlyIdentity(repo, await settled(repo, opened.doubt, since), since, options.today);
  const self = opened.self;
  const text = self === null ? "" : ((await readTextInside(repo.root, versionPath(self.id))) ?? "");
  const { version, edits, unpublished } = await judgedVersion(opened, since, text, options.env);
  if (unpublished.length > 0 && version.start.kind === "none") {
    const identity = { ...NO_DOUBT, unpublished };
    return onlyIdentity(repo, identity, since, options.today, ownVersion(version, text, null));
  }
  // A folder that is nobody's copy is looked at by itself.
  if (version.self?.upstream || version.published !== null) requireBase(version);
  const lost = lostHoldsOf(version, since, look.status(), options.all);
  const read = (all: readonly LostHold[]): Promise<Gathered> => {
    const identity = { ...NO_DOUBT, unpublished, lostHolds: all.map(asLost), judge: edits };
    return readAll(look, withHolds(version, all), text, since, identity, options);
  };
  // Hardly ever is one lost, and to wait for that would take as long as the rest.
  const [first, found] = await Promise.all([read([]), lost]);
  return found.length === 0 ? first : read(found);
}

const NOTHING: Pick<OwnChanges, "documents" | "files"> = { documents: [], files: [] };

/** Without a version that can be told, nothing else can be judged. */
function onlyIdentity(
  repo: Repository,
  identity: Identity,
  since: Since | null,
  today: string,
  self: OwnVersion | null = null,
): Gathered {
  const settings = settingsOf([], self?.id ?? null, today);
  const nothing = { documents: [], files: [], listing: [], changes: [], every: [], records: [], layers: [] };
  const material: Material = {
    ...nothing,
    today,
    self,
    identity,
    scope: { all: false, has: () => true, hasDocument: () => true },
    base: null,
    since: since?.shown ?? null,
    sizes: new Map(),
    approval: [],
    curriculum: null,
    outline: null,
    timetable: readTimetable(null),
    calendar: null,
  };
  return { version: null, repo, material, alone: [], settings, proposed: settings, own: null, since };
}

async function readAll(
  look: Look,
  version: OpenVersion,
  text: string,
  since: Since | null,
  identity: Identity,
  options: GatherOptions,
): Promise<Gathered> {
  const { repo, self, above, head, start } = version;
  const status = look.status();
  const base = baseTreeOf(version);
  if (head === null) throw new Failure("usage", "Nothing has been committed in this repository yet.");
  const here: BaseTree = { commit: since?.from ?? head, holds: [] };
  const later: Later = { kind: "worktree", status };
  const faults: OwnFileFault[] = [];
  const rules = self === null ? null : await ownRules(repo, self.id, faults);
  const asLayer = (file: RulesFile | null): LayerRules[] =>
    self === null || file === null
      ? []
      : [
          {
            layer: self.id,
            name: self.name,
            file,
            fallback: file.default ?? (above.length === 0 ? "reason" : null),
          },
        ];
  const layering = lazily(() =>
    Promise.all([
      self === null ? [] : readRules(repo, self, above, base?.commit ?? null, null),
      self === null || since === null ? null : rulesAt(repo, self.id, since.commit),
    ]).then(([layersAbove, ownAtSince]) => {
      const proposed = [...layersAbove, ...asLayer(rules?.file ?? null)];
      return { proposed, judging: since === null ? proposed : [...layersAbove, ...asLayer(ownAtSince)] };
    }),
  );
  const [own, sinceThen] = await Promise.all([
    base === null || self === null
      ? null
      : ownChanges(version, base, later, async () => (await layering()).judging).catch((error: unknown) => {
          faults.push(asFault(error));
          return null;
        }),
    since === null && base !== null ? null : touchedSince(repo, here, status, options.all),
  ]);
  const { proposed: proposedLayers, judging: layers } = await layering();
  const changed = own ?? (base === null ? null : await changesSince(repo, base, later));
  const { documents, files } = changed ?? sinceThen?.changes ?? NOTHING;
  const versions = pathsOf(changed?.versions ?? []);
  const touched = sinceThen ?? touchedBy({ documents, files }, versions, options.all);
  const changes = own === null ? [] : inScope(own, touched, self);
  const inside = documents.filter(({ change }) => touched.has(change.path));
  const judge = [
    ...identity.judge,
    ...(own === null || self === null ? [] : rulesEdit(self, changes, proposedLayers, rules, since)),
  ];
  const lookedFiles = files.filter(({ path }) => touched.has(path));
  const settings = settingsOf(layers, self?.id ?? null, options.today);
  const isRuled = rules !== null && (options.shares || options.all || touched.versions.has(rules.path));
  const edited = [
    ...lookedFiles.filter(({ change }) => change === "edited").map(({ path }) => path),
    ...inside.flatMap(({ base: before, local }) => (before !== null && local !== null ? [local.path] : [])),
  ].filter((path) => !/\/lessons\//.test(path));
  const curriculum = await readCurriculum(version, base, since, inside, edited, status, {
    facts: options.all,
    outline: isRuled || options.shares,
    alone: options.all && start.kind === "source",
  });
  const material: Material = {
    today: options.today,
    self: ownVersion(version, text, rules),
    identity: {
      ...identity,
      faults,
      judge,
      foreign:
        self?.upstream && base !== null
          ? (await foreignFiles(version, base.commit, versions)).filter(({ path }) => touched.has(path))
          : [],
    },
    scope: touched,
    base: base?.commit ?? head,
    since: since?.shown ?? null,
    documents: inside,
    files: lookedFiles,
    sizes: await sizesOf(repo, [
      ...inside.flatMap(({ local }) => local?.path ?? []),
      ...existing(lookedFiles),
    ]),
    listing: curriculum.listing,
    changes: changes.filter((change) => !isIdChange(change)),
    every: own === null ? [] : [...own.changes, ...own.taken],
    records: own?.records ?? [],
    layers,
    approval: settings.approval,
    curriculum: curriculum.curriculum,
    outline: curriculum.outline,
    timetable: readTimetable(self?.timetable),
    calendar: options.calendar
      ? calendarOf(
          version,
          { version: text, rules: rules?.text ?? "" },
          own?.records ?? [],
          curriculum.curriculum,
          layers,
          options.today,
        )
      : null,
  };
  return {
    version,
    repo,
    material,
    alone: [...inside.flatMap(aloneIn), ...curriculum.alone],
    settings,
    proposed: settingsOf(proposedLayers, self?.id ?? null, options.today),
    own,
    since,
  };
}

function existing(files: readonly ChangedFile[]): string[] {
  return files.filter(({ change }) => change !== "removed").map(({ path }) => path);
}

/** What a document tells alone, without what upstream's text told already. */
function aloneIn({ base, local }: ChangedDocument): FoundAlone[] {
  if (local === null) return [];
  return base === null ? findAlone(local) : findAdded(base, local);
}

function ownVersion(version: OpenVersion, text: string, rules: OwnVersion["rules"]): OwnVersion | null {
  const { self, above } = version;
  if (self === null) return null;
  const id = self.upstream?.id;
  const upstream = id === undefined ? null : { id, name: above.find((layer) => layer.id === id)?.name ?? id };
  return { id: self.id, name: self.name, upstream, path: versionPath(self.id), text, rules };
}

async function ownRules(repo: Repository, id: string, faults: OwnFileFault[]): Promise<OwnVersion["rules"]> {
  const path = rulesPath(id);
  try {
    const text = await readTextInside(repo.root, path);
    if (text === null) return null;
    return { path, text, file: parseRules(path, text) };
  } catch (error) {
    faults.push(asFault(error));
    return null;
  }
}

/** This version's rules on the protected branch; rules that cannot be read there are none. */
async function rulesAt(repo: Repository, id: string, rev: string): Promise<RulesFile | null> {
  const path = rulesPath(id);
  const [object] = await readObjects(repo, [`${rev}:${path}`]);
  return readable(object?.bytes.toString("utf8") ?? null, (text) => parseRules(path, text));
}

/**
 * The changes that a change under judgement answers for: passages that it touched, those whose record it touched, and
 * all of them where it touched what they are counted from.
 */
function inScope(own: OwnChanges, touched: Touched, self: VersionFile | null): OwnChange[] {
  if (touched.all || (self !== null && touched.versions.has(versionPath(self.id)))) return [...own.changes];
  const records = own.records.filter(({ path }) => touched.versions.has(path));
  return own.changes.filter(
    ({ at, document, passage }) =>
      touched.hasPassage(at) ||
      (passage.base !== null &&
        document.base !== null &&
        touched.hasPassage(`${document.base.id}${passage.base.key}`)) ||
      records.some((record) => names(record, at)),
  );
}

function names({ record }: RecordFile, at: string): boolean {
  return record.passages.some(
    (passage) =>
      passage.at === at ||
      (parseAddress(passage.at).passage === null && documentOf(at) === documentOf(passage.at)),
  );
}

/** Rules of this version's own that would let a change pass which comes with them. */
function rulesEdit(
  self: VersionFile,
  changes: readonly JudgedChange[],
  proposed: readonly LayerRules[],
  rules: OwnVersion["rules"],
  since: Since | null,
): JudgeEdit[] {
  if (since === null) return [];
  const looser = changes.find(({ document, passage, leeway }) => {
    const now = leewayFor(document as ChangedDocument, passage, proposed, self.id);
    return LEVELS.indexOf(now.level) > LEVELS.indexOf(leeway.level);
  });
  if (looser === undefined) return [];
  return [
    {
      what: "rules",
      path: rules?.path ?? rulesPath(self.id),
      line: rules === null ? null : 1,
      message: `This change loosens the rules for ${looser.at} and changes that passage as well; the rules of ${since.shown} count.`,
    },
  ];
}

async function sizesOf(repo: Repository, paths: readonly string[]): Promise<Map<string, number>> {
  const sizes = new Map<string, number>();
  for (const path of paths) {
    const facts = await fileFacts(`${repo.root}/${path}`);
    if (facts !== null) sizes.set(path, facts.size);
  }
  return sizes;
}
