import type { Explanation } from "../adaptation/explain.ts";
import type { RecordFile } from "../adaptation/record.ts";
import type { DocumentChange, PassageChange } from "../compare/diff.ts";
import type { Document } from "../curriculum/document.ts";
import type { Leeway } from "../rules/leeway.ts";
import type { LayerRules, RulesFile } from "../rules/rules.ts";
import type { CalendarMaterial } from "./calendar/index.ts";
import type { Timetable } from "./coherence/material.ts";
import type { DocumentFacts } from "./facts.ts";

/** A document that is looked at, with its text here and at the base; null where it is absent. */
export interface LookedDocument {
  readonly change: DocumentChange;
  readonly base: Document | null;
  readonly local: Document | null;
}

/** A file that is looked at and is no document, or cannot be read as one. */
export interface LookedFile {
  readonly path: string;
  readonly change: "edited" | "added" | "removed";
  /** Why a document could not be read as one; null where it is not meant to be. */
  readonly problem: string | null;
}

/** One passage that this version changed, with what the rules and records say of it. */
export interface JudgedChange {
  readonly at: string;
  readonly document: LookedDocument;
  readonly passage: PassageChange;
  readonly leeway: Leeway;
  readonly explanation: Explanation;
}

/** This version's own files as they are now. */
export interface OwnVersion {
  readonly id: string;
  readonly name: string;
  readonly upstream: { readonly id: string; readonly name: string } | null;
  /** `versions/<id>/version.yaml` and its text. */
  readonly path: string;
  readonly text: string;
  /** `versions/<id>/rules.yaml` as it lies there, be it not in force yet; null where there is none to be read. */
  readonly rules: { readonly path: string; readonly text: string; readonly file: RulesFile } | null;
}

/** A file of this version's own folder that cannot be read as what it is. */
export interface OwnFileFault {
  readonly path: string;
  readonly line: number | null;
  readonly message: string;
  readonly remedy: string;
}

/** How a version's own say about itself differs from what upstream and the protected branch say. */
export interface Identity {
  readonly faults: readonly OwnFileFault[];
  /** Versions that no other names as its upstream, where that is more than one; `known` on the protected branch. */
  readonly selves: readonly { readonly id: string; readonly path: string; readonly known: boolean }[];
  /** Files of other versions' folders that differ from the base, which are not this version's to write. */
  readonly foreign: readonly { readonly path: string; readonly change: LookedFile["change"] }[];
  /** Commits that `version.yaml` builds on, for the version or for a hold, and that upstream never published. */
  readonly unpublished: readonly { readonly commit: string; readonly of: string }[];
  /** Holds that were deleted by hand, each with the commit that has it still. */
  readonly lostHolds: readonly {
    readonly at: string;
    readonly base: string;
    readonly why: string;
    readonly until: string | null;
    readonly knownIn: string;
  }[];
  /** What the change under judgement did to its own judge. */
  readonly judge: readonly JudgeEdit[];
}

/** An edit by which a change would choose its own judge (design §11). */
export interface JudgeEdit {
  readonly what: "upstream" | "base" | "rules" | "exceptions";
  readonly path: string;
  readonly line: number | null;
  /** What was edited and why it does not count, in a sentence. */
  readonly message: string;
}

/** An update that has stopped for decisions. */
export interface StoppedUpdate {
  readonly edition: string;
  /** What is not decided yet. */
  readonly open: readonly { readonly path: string; readonly at: string }[];
  /** The first file that it asks, or asked, about. */
  readonly path: string;
}

/** What is known of all documents, here and at the base. */
export interface Curriculum {
  readonly here: readonly DocumentFacts[];
  readonly before: readonly DocumentFacts[];
}

/** The passages of one document, for what is counted over the whole curriculum. */
export interface DocumentOutline {
  readonly path: string;
  readonly id: string;
  readonly type: string;
  /** The document's own `leeway` field. */
  readonly own: Readonly<Record<string, unknown>>;
  /** Without orders, which have no words. */
  readonly passages: readonly { readonly key: string; readonly words: number }[];
}

/** Every file as it lies there, for those who name one. */
export interface Tree {
  /** Where files are that the change moved, by their old paths; null for those that it took away. */
  readonly gone: ReadonlyMap<string, string | null>;
  /** Whether there is a file or a folder with this path. */
  has(path: string): boolean;
  /** Files whose path ends with these words, whatever the capitals. */
  endsWith(path: string): readonly string[];
  /** Whether files with the ending of this path are kept here at all. */
  keeps(path: string): boolean;
}

/** What a finding may be about: everything, or what one change touches. */
export interface Scope {
  readonly all: boolean;
  /** Whether a file is in it, by its path. */
  has(path: string): boolean;
  /** Whether a document is in it, by its id. */
  hasDocument(id: string): boolean;
}

/** Everything that checks see. It was all read before, so that they are pure. */
export interface Material {
  /** YYYY-MM-DD */
  readonly today: string;
  /** Null in plain mode. */
  readonly self: OwnVersion | null;
  readonly identity: Identity;
  readonly scope: Scope;
  /** Null where no update is going on. */
  readonly stopped: StoppedUpdate | null;
  /** The commit that this version builds on; null where it is the centre and nothing is committed. */
  readonly base: string | null;
  /** The state that the change under judgement is to go into, as people may type it; null where there is none. */
  readonly since: string | null;
  /** Documents in scope that differ from the base; of the centre with `--all` every one. */
  readonly documents: readonly LookedDocument[];
  readonly files: readonly LookedFile[];
  /** Bytes of the files in scope, by path. */
  readonly sizes: ReadonlyMap<string, number>;
  /** Documents that may list a changed file among their resources: those of its unit. */
  readonly listing: readonly Document[];
  /** Changes in scope; none where this version is the centre, whose text is its own. */
  readonly changes: readonly JudgedChange[];
  /** Every change since the base, in scope or not. */
  readonly every: readonly JudgedChange[];
  readonly records: readonly RecordFile[];
  /** The rules of every layer as they judge, from this version's upstream at its base; this version's own last. */
  readonly layers: readonly LayerRules[];
  /** Kinds of adaptation that have to be approved. */
  readonly approval: readonly string[];
  /** Null where the change leaves alone what documents say of each other. */
  readonly curriculum: Curriculum | null;
  /** Null where neither everything is looked at nor this version's rules were changed. */
  readonly outline: readonly DocumentOutline[] | null;
  /** Null where nobody names a file that may be missing. */
  readonly tree: Tree | null;
  /** Ids of documents, outcomes, points and statements that the change took away. */
  readonly gone: ReadonlySet<string>;
  /** Whether there is no upstream, so that all text is this version's own. */
  readonly isCentre: boolean;
  readonly timetable: Timetable;
  /** Null where nothing of the calendar is asked. */
  readonly calendar: CalendarMaterial | null;
}
