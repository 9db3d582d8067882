import { formatAddress } from "../../curriculum/address.ts";
import type { Passage } from "../../curriculum/document.ts";
import { decodeText, isDocumentPath, readDocument } from "../../curriculum/read.ts";
import { isRegular } from "../../git/worktree.ts";
import { type AppliedRule, type Conflict, conflict, type Place } from "../../merge/conflict.ts";
import { mergeDocument } from "../../merge/document.ts";
import { readGitConflicts, renderParts } from "../../merge/markers.ts";
import { insteadOfText } from "./no-text.ts";
import type { OpenPath } from "./open-paths.ts";
import type { Decision, Dropped, Stages, TreeRule } from "./plan.ts";

/** How one open path ends: settled with these bytes (null removes it), or stopped with text for the work tree. */
export type Settled =
  | {
      readonly kind: "settled";
      readonly bytes: Buffer | null;
      readonly dropped: readonly Dropped[];
      readonly rules: Rules;
    }
  | {
      readonly kind: "open";
      readonly bytes: Buffer;
      readonly decisions: readonly Decision[];
      readonly rules: Rules;
    };

/** What decided beyond Git: about the file, and about passages in it, by their full addresses. */
export interface Rules {
  readonly tree: readonly TreeRule[];
  readonly passages: readonly AppliedRule[];
}

const NO_RULES: Rules = { tree: [], passages: [] };

export interface SettleContext {
  /** The version's own id; null in plain mode. */
  readonly self: string | null;
  readonly labels: { readonly ours: string; readonly base: string; readonly theirs: string };
  /** What the base is called where a place was held back. */
  readonly heldLabel?: (path: string, at: string) => string | undefined;
}

/** Settles what Git left open where a rule says how, narrows it to passages where it is text, else asks. */
export function settle(open: OpenPath, context: SettleContext): Settled {
  const { path, stages, base, ours, theirs } = open;
  if (context.self !== null && path.startsWith("versions/")) return versionFolder(open, context.self);
  if (open.beside) return beside(open);
  if (ours === null || theirs === null) return removed(open);
  if (!isRegular(stages)) {
    return whole(open, "binary", "both sides changed this, and on one of them it is no longer a plain file");
  }
  const [baseText, oursText, theirsText] = [base, ours, theirs].map((bytes) => bytes && textOf(bytes));
  const isText = typeof oursText === "string" && typeof theirsText === "string";
  if (isText && isDocumentPath(path)) {
    return settleText(
      { path, base: baseText ?? null, ours: oursText, theirs: theirsText, git: null },
      context,
    );
  }
  const byLines = isText ? settleLines(open, [baseText ?? "", oursText, theirsText], context) : null;
  return byLines ?? whole(open, "binary", "both sides changed this file, and it cannot be merged as text");
}

/** Merges one document; with Git's own clean result given, only audits it. */
export function settleText(
  input: { path: string; base: string | null; ours: string; theirs: string; git: string | null },
  context: SettleContext,
): Settled {
  const { path, base, ours, theirs, git } = input;
  const { id, title, passages } = readDocument(path, ours);
  const at = (key: string): string => (key === "" ? id : formatAddress(id, key));
  const result = mergeDocument({
    path,
    base,
    ours,
    theirs,
    labels: { ...context.labels, baseIn: (key) => context.heldLabel?.(path, at(key)) },
    ...(git === null ? {} : { git: { text: git, clean: true } }),
  });
  const rules = { tree: [], passages: result.rules.map(({ at: key, rule }) => ({ at: at(key), rule })) };
  const bytes = Buffer.from(result.text, "utf8");
  if (result.clean) return { kind: "settled", bytes, dropped: [], rules };
  return {
    kind: "open",
    bytes,
    decisions: decisionsIn(result.text, result.conflicts, {
      path,
      title,
      at,
      heading: (key) => headingOf([...passages, ...readDocument(path, theirs).passages], key),
    }),
    rules,
  };
}

/** A text that is no document, with Git's own conflicts: code is merged by lines and never further. */
function settleLines(
  { path, marked }: OpenPath,
  sides: readonly string[],
  context: SettleContext,
): Settled | null {
  const labels = { ...context.labels, baseIn: () => context.heldLabel?.(path, path) };
  const text = marked && textOf(marked);
  const found = text ? readGitConflicts(text, sides) : undefined;
  if (found === undefined || found.every((part) => typeof part === "string")) return null;
  const parts = found.map((part) =>
    typeof part === "string"
      ? part
      : conflict(
          "",
          { base: part.base || null, ours: part.ours || null, theirs: part.theirs || null },
          labels,
        ),
  );
  const { text: shown, conflicts } = renderParts(parts, { labels, name: path });
  const decisions = decisionsIn(shown, conflicts, { path, title: path, at: () => path, heading: () => null });
  return { kind: "open", bytes: Buffer.from(shown, "utf8"), decisions, rules: NO_RULES };
}

function headingOf(passages: readonly Passage[], key: string): string | null {
  return passages.find((each) => each.key === key && each.kind === "section")?.name || null;
}

interface Naming {
  readonly path: string;
  readonly title: string;
  readonly at: (key: string) => string;
  readonly heading: (key: string) => string | null;
}

function decisionsIn(
  text: string,
  conflicts: readonly (Conflict & Place)[],
  { path, title, at, heading }: Naming,
): Decision[] {
  const lines = text.split("\n");
  return conflicts.map((each) => ({
    path,
    at: at(each.at),
    title,
    heading: heading(each.at),
    kind: each.kind,
    reason: each.reason,
    base: each.base,
    ours: each.ours,
    theirs: each.theirs,
    // Without the end of its last line, which stays where it is whatever is chosen.
    marked: lines
      .slice(each.line - 1, each.line - 1 + each.lines)
      .join("\n")
      .replace(/\r$/, ""),
  }));
}

function textOf(bytes: Buffer): string | null {
  const decoded = decodeText(bytes);
  return "text" in decoded ? decoded.text : null;
}

function versionFolder({ path, ours, theirs }: OpenPath, self: string): Settled {
  const own = path.startsWith(`versions/${self}/`);
  const reason = own
    ? "upstream wrote in this version's own folder; that is not taken"
    : "inherited version folders are read-only; upstream's text stands";
  const rules = { tree: [{ path, rule: "version-folder" } as const], passages: [] };
  return { kind: "settled", bytes: own ? ours : theirs, dropped: [{ at: path, reason }], rules };
}

/** A file whose place a folder of the other side has taken. */
function beside(open: OpenPath): Settled {
  const [owner, other] = open.stages[2] ? ["this version", "upstream"] : ["upstream", "this version"];
  const why = `${owner} has a file where ${other} has a folder; it stands beside it under this name`;
  const asked = whole(open, open.stages[2] ? "edited-removed" : "removed-edited", why);
  return { ...asked, rules: { tree: [{ path: open.path, rule: "beside" }], passages: [] } };
}

/**
 * Two documents, each with an id of its own, that came to one path: this version's stays there, upstream's stands
 * beside it, and a person says whether it stays. Null where they are not two documents.
 */
export function twoDocuments(
  open: OpenPath,
  beside: string,
): { path: string; stages: Stages; end: Settled }[] | null {
  const { path, stages, ours, theirs } = open;
  if (stages[1] || !stages[2] || !stages[3] || !isDocumentPath(path) || !isRegular(stages)) return null;
  const ids = [ours, theirs].map((bytes) => {
    const text = bytes && textOf(bytes);
    return text === null ? path : readDocument(path, text).id;
  });
  if (ids.includes(path) || ids[0] === ids[1]) return null;
  const rules = { tree: [{ path: beside, rule: "beside", from: path } as const], passages: [] };
  const apart = { ...open, path: beside, stages: { 3: stages[3] }, base: null, ours: null };
  const why = `upstream has another document, ${ids[1]}, at ${path}; it stands beside yours under this name`;
  return [
    { path, stages: { 2: stages[2] }, end: { kind: "settled", bytes: ours, dropped: [], rules: NO_RULES } },
    { path: beside, stages: apart.stages, end: { ...whole(apart, "added-added", why), rules } },
  ];
}

/** A new document of this version whose id upstream has given to another one. */
export function sameId(open: OpenPath, { id, theirs }: { id: string; theirs: string }): Settled {
  return whole(
    open,
    "added-added",
    `upstream has given the id ${id} to ${theirs}: keep both under two ids, or leave yours out`,
  );
}

function removed(open: OpenPath): Settled {
  const { path, stages } = open;
  if (!stages[2] && !stages[3]) return { kind: "settled", bytes: null, dropped: [], rules: NO_RULES };
  if (!stages[1]) {
    return whole(
      open,
      "moved-moved",
      "this version and upstream both moved this document, each to another place",
    );
  }
  // What one side removed and the other only moved, or made to run, is removed: nobody wrote anything in it.
  if ((stages[2] ?? stages[3])?.oid === stages[1].oid) {
    const reason = stages[2]
      ? "upstream removed this document, which was only moved here"
      : "this document was removed here, and upstream only moved it";
    const rules = { tree: [{ path, rule: "removed-and-moved" } as const], passages: [] };
    return { kind: "settled", bytes: null, dropped: [{ at: path, reason }], rules };
  }
  return stages[3]
    ? whole(open, "removed-edited", "this document was removed here, and upstream has changed it")
    : whole(open, "edited-removed", "upstream removed this document, and it has been changed here");
}

function whole(open: OpenPath, kind: Decision["kind"], reason: string): Extract<Settled, { kind: "open" }> {
  const { stages } = open;
  const text = (bytes: Buffer | null, mode: string | undefined): string | null =>
    bytes === null
      ? null
      : mode?.startsWith("100")
        ? (textOf(bytes) ?? insteadOfText(open.path, bytes))
        : `(${KINDS[mode ?? ""] ?? mode}) ${textOf(bytes)}`;
  const kept = open.ours ?? open.theirs ?? Buffer.alloc(0);
  const named = textOf(kept);
  const document =
    named !== null && isDocumentPath(open.path) && isRegular(stages) ? readDocument(open.path, named) : null;
  return {
    kind: "open",
    bytes: kept,
    decisions: [
      {
        path: open.path,
        at: document?.id ?? open.path,
        title: document?.title ?? open.path,
        heading: null,
        kind,
        reason,
        base: text(open.base, stages[1]?.mode),
        ours: text(open.ours, stages[2]?.mode),
        theirs: text(open.theirs, stages[3]?.mode),
        marked: null,
      },
    ],
    rules: NO_RULES,
  };
}

/** What a mode of Git's is to people, where it is no plain file. */
const KINDS: Readonly<Record<string, string>> = {
  "120000": "a link to",
  "160000": "a repository of its own",
};
