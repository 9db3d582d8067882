import picomatch from "picomatch";
import { formatAddress } from "../../curriculum/address.ts";
import type { Passage } from "../../curriculum/document.ts";
import { decodeText, isDocumentPath, readDocument } from "../../curriculum/read.ts";
import { mergeDocument } from "../../merge/document.ts";
import type { Decision, Dropped, Stages } from "./plan.ts";

/** A path that Git's merge left open, with the bytes of each side; null where a side has no such file. */
export interface OpenPath {
  readonly path: string;
  readonly stages: Stages;
  readonly base: Buffer | null;
  readonly ours: Buffer | null;
  readonly theirs: Buffer | null;
}

/** How one open path ends: settled with these bytes (null removes it), or stopped with text for the work tree. */
export type Settled =
  | { readonly kind: "settled"; readonly bytes: Buffer | null; readonly dropped: readonly Dropped[] }
  | { readonly kind: "open"; readonly bytes: Buffer; readonly decisions: readonly Decision[] };

export interface SettleContext {
  /** The version's own id; null in plain mode. */
  readonly self: string | null;
  /** Globs of machinery that follows upstream (`takes.upstream`). */
  readonly followed: readonly string[];
  readonly labels: { readonly ours: string; readonly base: string; readonly theirs: string };
}

/** Settles what Git left open where a rule says how, narrows it to passages where it is text, else asks. */
export function settle(open: OpenPath, context: SettleContext): Settled {
  const { path, base, ours, theirs } = open;
  if (context.self !== null && path.startsWith("versions/")) {
    const own = path.startsWith(`versions/${context.self}/`);
    const reason = own
      ? "upstream wrote in this version's own folder; that is not taken"
      : "inherited version folders are read-only; upstream's text stands";
    return { kind: "settled", bytes: own ? ours : theirs, dropped: [{ at: path, reason }] };
  }
  if (context.followed.some((glob) => picomatch(glob, { dot: true })(path))) {
    return {
      kind: "settled",
      bytes: theirs,
      dropped: [{ at: path, reason: "follows upstream, as takes.upstream in version.yaml says" }],
    };
  }
  if (ours === null || theirs === null) return removed(open);
  const texts = [base, ours, theirs].map((bytes) => (bytes === null ? null : textOf(bytes)));
  const [baseText, oursText, theirsText] = texts;
  if (!isDocumentPath(path) || typeof oursText !== "string" || typeof theirsText !== "string") {
    return whole(open, "binary", "both sides changed this file, and it cannot be merged as text");
  }
  return settleText({ path, base: baseText ?? null, ours: oursText, theirs: theirsText, git: null }, context);
}

/** Merges one document; with Git's own clean result given, only audits it. */
export function settleText(
  input: { path: string; base: string | null; ours: string; theirs: string; git: string | null },
  context: SettleContext,
): Settled {
  const { path, base, ours, theirs, git } = input;
  const result = mergeDocument({
    path,
    base,
    ours,
    theirs,
    labels: context.labels,
    ...(git === null ? {} : { git: { text: git, clean: true } }),
  });
  const bytes = Buffer.from(result.text, "utf8");
  if (result.clean) return { kind: "settled", bytes, dropped: [] };
  const { id, title, passages } = readDocument(path, ours);
  const known = [...passages, ...readDocument(path, theirs).passages];
  const lines = result.text.split("\n");
  return {
    kind: "open",
    bytes,
    decisions: result.conflicts.map((conflict) => ({
      path,
      at: conflict.at === "" ? id : formatAddress(id, conflict.at),
      title,
      heading: headingOf(known, conflict.at),
      kind: conflict.kind,
      reason: conflict.reason,
      base: conflict.base,
      ours: conflict.ours,
      theirs: conflict.theirs,
      // Without the end of its last line, which stays where it is whatever is chosen.
      marked: lines
        .slice(conflict.line - 1, conflict.line - 1 + conflict.lines)
        .join("\n")
        .replace(/\r$/, ""),
    })),
  };
}

function headingOf(passages: readonly Passage[], key: string): string | null {
  return passages.find((each) => each.key === key && each.kind === "section")?.name || null;
}

function textOf(bytes: Buffer): string | null {
  const decoded = decodeText(bytes);
  return "text" in decoded ? decoded.text : null;
}

function removed(open: OpenPath): Settled {
  if (open.ours === null && open.theirs === null) return { kind: "settled", bytes: null, dropped: [] };
  if (open.base === null) {
    return whole(
      open,
      "moved-moved",
      "this version and upstream both moved this document, each to another place",
    );
  }
  return open.theirs === null
    ? whole(open, "edited-removed", "upstream removed this document, and it has been changed here")
    : whole(open, "removed-edited", "this document was removed here, and upstream has changed it");
}

function whole(open: OpenPath, kind: Decision["kind"], reason: string): Settled {
  const text = (bytes: Buffer | null): string | null => (bytes === null ? null : textOf(bytes));
  const kept = open.ours ?? open.theirs ?? Buffer.alloc(0);
  const named = text(kept);
  const document = named !== null && isDocumentPath(open.path) ? readDocument(open.path, named) : null;
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
        base: text(open.base),
        ours: text(open.ours),
        theirs: text(open.theirs),
        marked: null,
      },
    ],
  };
}
