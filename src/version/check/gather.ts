import { readTimetable } from "../../check/coherence/index.ts";
import { type FoundAlone, findAdded, findAlone } from "../../check/index.ts";
import { isIdChange } from "../../check/integrity/id-changed.ts";
import type { Identity, Material, OwnVersion } from "../../check/material.ts";
import { type Settings, settingsOf } from "../../check/settings.ts";
import { Failure } from "../../failure.ts";
import { fileFacts, readTextInside } from "../../files/read.ts";
import type { Repository } from "../../git/repository.ts";
import type { ChangedDocument, ChangedFile } from "../change/changes.ts";
import { baseTreeOf, type OwnChanges } from "../change/own-changes.ts";
import { foreignFiles } from "../judge/foreign.ts";
import type { LostHold } from "../judge/lost-holds.ts";
import type { Look } from "../look.ts";
import type { OpenVersion } from "../open.ts";
import { requireBase } from "../ready.ts";
import { versionPath } from "../version-file.ts";
import { calendarOf } from "./calendar.ts";
import { readCurriculum } from "./curriculum.ts";
import { NO_DOUBT, openUndoubted, settled } from "./doubt.ts";
import { asLost, lostHoldsOf, withHolds } from "./held.ts";
import { judgedVersion } from "./judged.ts";
import { loosenedRules } from "./layers.ts";
import { editedIn, lookedAt } from "./looked.ts";
import type { WorkTree } from "./scope.ts";
import { findSince, type Since, type SinceRequest } from "./since.ts";
import { type StoppedHere, stoppedHere } from "./stopped.ts";
import { goneIn, namesFiles, namesGone, treeHere } from "./tree.ts";

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
  const stopped = await stoppedHere(repo, head);
  const read = (all: readonly LostHold[]): Promise<Gathered> => {
    const identity = { ...NO_DOUBT, unpublished, lostHolds: all.map(asLost), judge: edits };
    return readAll(look, withHolds(version, all), text, since, { identity, stopped }, options);
  };
  // Hardly ever is one lost, and to wait for that would take as long as the rest.
  const [first, found] = await Promise.all([read([]), lost]);
  return found.length === 0 ? first : read(found);
}

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
    stopped: null,
    base: null,
    since: since?.shown ?? null,
    sizes: new Map(),
    approval: [],
    curriculum: null,
    outline: null,
    tree: null,
    gone: new Set(),
    isCentre: false,
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
  { identity, stopped }: { readonly identity: Identity; readonly stopped: StoppedHere | null },
  options: GatherOptions,
): Promise<Gathered> {
  const { repo, self, head, start } = version;
  if (head === null) throw new Failure("usage", "Nothing has been committed in this repository yet.");
  const base = baseTreeOf(version);
  const status = look.status();
  const later: WorkTree = { kind: "worktree", head, status, instead: stopped?.texts ?? new Map() };
  const looked = await lookedAt({ ...version, head }, later, since, options.all);
  const { own, changes, documents, files, touched, rules } = looked;
  const settings = settingsOf(looked.judging, self?.id ?? null, options.today);
  const isRuled = rules !== null && (options.shares || options.all || touched.versions.has(rules.path));
  const taken = [{ documents, files }, touched.changes];
  const gone = goneIn(taken);
  const mayMoveTime = self?.timetable !== undefined && touched.versions.has(versionPath(self.id));
  const asksForFiles = options.all || gone.size > 0 || documents.some(namesFiles);
  // What a change takes back to upstream's text may be named by what was added with it.
  const inside = since === null ? documents : [...documents, ...touched.changes.documents];
  const curriculum = await readCurriculum(version, base, since, inside, editedIn(looked), later, {
    // A file that is gone may be named anywhere.
    facts: options.all || gone.size > 0 || mayMoveTime,
    outline: isRuled || options.shares,
    alone: options.all && start.kind === "source",
  });
  const loosened =
    own === null || self === null ? [] : loosenedRules(self, changes, looked.proposed, rules, since);
  const foreign =
    self?.upstream && base !== null ? await foreignFiles(version, base.commit, looked.versions) : [];
  const records = own?.records ?? [];
  const material: Material = {
    today: options.today,
    self: ownVersion(version, text, rules),
    identity: {
      ...identity,
      faults: looked.faults,
      judge: [...identity.judge, ...loosened],
      foreign: foreign.filter(({ path }) => touched.has(path)),
    },
    scope: touched,
    stopped: stopped?.update ?? null,
    base: base?.commit ?? head,
    since: since?.shown ?? null,
    documents,
    files,
    sizes: await sizesOf(repo, [...documents.flatMap(({ local }) => local?.path ?? []), ...existing(files)]),
    listing: curriculum.listing,
    changes: changes.filter(
      (change) => !isIdChange(change) && !stopped?.asks(change.at) && !isRunTogether(change.document),
    ),
    every: own === null ? [] : [...own.changes, ...own.taken],
    records,
    layers: looked.judging,
    approval: settings.approval,
    curriculum: curriculum.curriculum,
    outline: curriculum.outline,
    tree: asksForFiles ? await treeHere(repo, head, later, gone) : null,
    gone: curriculum.curriculum === null ? new Set() : namesGone(taken),
    isCentre: start.kind === "source" || base === null,
    timetable: readTimetable(self?.timetable, self && versionPath(self.id)),
    calendar: options.calendar
      ? calendarOf(
          version,
          { version: text, rules: rules?.text ?? "" },
          records,
          curriculum.curriculum,
          looked.judging,
          options.today,
        )
      : null,
  };
  return {
    version,
    repo,
    material,
    // A clone without versions has plain documents alone, whatever its site's settings call a type.
    alone: [...documents.flatMap(aloneIn), ...curriculum.alone].filter(
      ({ check }) => self !== null || check === "front-matter",
    ),
    settings,
    proposed: settingsOf(looked.proposed, self?.id ?? null, options.today),
    own,
    since,
  };
}

/** Whether front matter that is never closed makes all of a text another: that is told, and the rest follows from it. */
function isRunTogether({ base, local }: ChangedDocument): boolean {
  return local !== null && local.problems.length > 0 && local.frontMatter === "" && base?.frontMatter !== "";
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

async function sizesOf(repo: Repository, paths: readonly string[]): Promise<Map<string, number>> {
  const sizes = new Map<string, number>();
  for (const path of paths) {
    const facts = await fileFacts(`${repo.root}/${path}`);
    if (facts !== null) sizes.set(path, facts.size);
  }
  return sizes;
}
