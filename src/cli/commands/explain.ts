import { explain as findReason } from "../../adaptation/explain.ts";
import { formatAddress, parseAddress, quoteAddress } from "../../curriculum/address.ts";
import type { Document, Passage } from "../../curriculum/document.ts";
import { findPassage } from "../../curriculum/find.ts";
import { invitesOf } from "../../curriculum/invites.ts";
import { decodeText, readDocument } from "../../curriculum/read.ts";
import { Failure } from "../../failure.ts";
import { kindOf, readLinkAware } from "../../files/read.ts";
import { isAncestor } from "../../git/ancestry.ts";
import { readObjects } from "../../git/objects.ts";
import type { Repository } from "../../git/repository.ts";
import { diffTrees } from "../../git/trees.ts";
import type { ExplainReport } from "../../report/kinds/history.ts";
import { leewayOf } from "../../rules/leeway.ts";
import { resolveAgainst, type Step, stepsTo } from "../../version/base/against.ts";
import { type Held, isHeldBack } from "../../version/base/holds.ts";
import type { Edition } from "../../version/base/published.ts";
import { changesSince } from "../../version/change/changes.ts";
import { idPaths } from "../../version/change/id-paths.ts";
import { asChange, ownLeeway } from "../../version/change/own-changes.ts";
import { lastChangeOf } from "../../version/change/passage-history.ts";
import { readRecords, readRules } from "../../version/change/records.ts";
import { type OpenVersion, openVersion } from "../../version/open.ts";
import { localTexts } from "../../version/resolve/local-texts.ts";
import { fromTop, likelyDocuments, type Place } from "../choose.ts";
import type { Context, Outcome } from "../context.ts";

type Layer = ExplainReport["layers"][number];

/** `explain`: for one passage, which layer wrote it, when, why, and what upstream has now. */
export async function run(
  context: Context,
  args: readonly string[],
  flags: { upstream?: string },
): Promise<Outcome> {
  const version = await openVersion(context.look, { from: "worktree", upstream: flags.upstream });
  const { repo, self, above, head, start, next } = version;
  if (head === null)
    throw new Failure("usage", "There is no commit here yet, so nobody has written anything.");
  const place = { repo, head, cwd: context.cwd };
  const { document, passage, gone } = await findHere(version, place, await fromTop(place, args[0] ?? ""));
  const at = formatAddress(document.id, passage.key);
  const root = above.at(-1)?.id;
  const against = start.kind === "known" ? await resolveAgainst(version, head, root) : null;
  const isHeld = (held: Held): boolean =>
    isHeldBack(
      held,
      { id: document.id, path: document.path, change: "edited" },
      { key: passage.key, base: null },
    );
  const steps = against ? stepsTo(against.last, isHeld) : [];
  const editions = against?.editions ?? [];
  const first = steps[0];
  const then = first ? await documentAt(version, first.base.commit, document) : document;
  const range = { from: null, to: first?.base.commit ?? head };
  const commit =
    then && (await lastChangeOf(repo, range, { path: then.path, id: then.id, key: passage.key }));
  const origin: Layer = {
    ...layerName(version, root ?? null),
    did: "wrote",
    edition: commit && (await firstEdition(repo, editions, commit.hash)),
    commit,
    reason: null,
    text: then?.passages.find((each) => each.key === passage.key)?.text ?? null,
  };
  const layers: Layer[] = origin.text === null ? [] : [origin];
  for (const step of steps) {
    const layer = await explainStep(version, step, at, document);
    // A layer above the one that wrote it had nothing to keep.
    if (layers.length > 0 || layer.did !== "kept") layers.push(layer);
  }
  const rules =
    self === null
      ? []
      : await readRules(repo, self, above, start.kind === "known" ? start.commit : null, head);
  const subject = {
    path: document.path,
    id: document.id,
    type: document.type,
    key: passage.key,
    own: ownLeeway(document),
  };
  const leeway = self === null ? null : leewayOf(subject, rules, self.id);
  const upstreamText = next === null ? null : await textAt(version, next.commit, document, passage.key);
  const baseText = start.kind === "known" ? await textAt(version, start.commit, document, passage.key) : null;
  return {
    exit: 0,
    report: {
      kind: "explain",
      at,
      title: document.title,
      name: passage.name || "Opening text",
      path: document.path,
      line: gone ? null : passage.line,
      leeway: leeway && {
        level: leeway.level,
        because: leeway.because,
        by: leeway.name,
      },
      layers,
      now:
        next === null
          ? null
          : {
              edition: next.edition?.name ?? null,
              change: upstreamText === baseText ? "same" : upstreamText === null ? "removed" : "changed",
              text: upstreamText,
            },
      local: gone ? null : passage.text,
      invites: invitesOf(document).filter((invite) => invite.at === at),
      next: [[`leeway diff ${quoteAddress(at)}`, "see what was changed here"]],
    },
  };
}

function layerName(version: OpenVersion, id: string | null): { id: string; name: string } {
  if (id === null) return { id: "upstream", name: version.self?.name ?? "Upstream" };
  const layer = [version.self, ...version.above].find((each) => each?.id === id);
  return { id, name: layer?.name ?? (id === "this-version" ? "This version" : id) };
}

/** The edition with which a commit was published first. */
async function firstEdition(
  repo: Repository,
  editions: readonly Edition[],
  commit: string,
): Promise<string | null> {
  for (const edition of editions.toReversed()) {
    if (await isAncestor(repo, commit, edition.commit)) return edition.name;
  }
  return null;
}

interface Found {
  readonly document: Document;
  readonly passage: Passage;
  /** It was removed here; this is how it stood at the base. */
  readonly gone: boolean;
}

/** The passage as it stands here, by id or path; one that was removed here as it stood at the base. */
async function findHere(
  version: OpenVersion,
  place: Place & { readonly head: string },
  address: string,
): Promise<Found> {
  const { start } = version;
  const { head } = place;
  const { document: wanted, passage } = parseAddress(address);
  const here = await documentHere(version, head, wanted);
  const known = here ?? { path: wanted, id: wanted };
  const before = start.kind === "known" ? await documentAt(version, start.commit, known) : null;
  const document = here ?? before;
  if (document === null) {
    throw new Failure("usage", "There is no such document here.", {
      where: quoteAddress(address),
      next: await likelyDocuments(place, wanted),
    });
  }
  const list = (passages: readonly Passage[]): string[] =>
    passages.map(
      ({ key, name }) =>
        `leeway explain ${quoteAddress(formatAddress(document.id, key))}   ${name || "Opening text"}`,
    );
  if (passage === null) {
    throw new Failure("usage", "Say which passage of this document.", {
      where: address,
      next: list(document.passages).slice(0, 12),
    });
  }
  const found = findPassage(document, passage);
  if ("passage" in found) return { document, passage: found.passage, gone: here === null };
  const removed = before && findPassage(before, passage);
  if (before && removed && "passage" in removed)
    return { document: before, passage: removed.passage, gone: true };
  throw new Failure(
    "usage",
    found.candidates.length > 1
      ? "This could be several passages; say which one."
      : "There is no such passage.",
    {
      where: quoteAddress(address),
      next: list(found.candidates.length > 0 ? found.candidates : document.passages).slice(0, 8),
    },
  );
}

async function documentHere(version: OpenVersion, head: string, wanted: string): Promise<Document | null> {
  const path = await pathOf(version, head, wanted);
  const found = path === null ? null : await readLinkAware(version.repo.root, path);
  const instead = path === null ? undefined : (await localTexts(version.repo)).get(path);
  const decoded = found?.kind === "file" && decodeText(instead ?? found.bytes);
  return path !== null && decoded && "text" in decoded ? readDocument(path, decoded.text) : null;
}

/** A document as a commit has it: at its path, or where its id or else Git finds that it was moved from. */
async function documentAt(
  { repo, head }: OpenVersion,
  commit: string,
  { path, id }: Pick<Document, "path" | "id">,
): Promise<Document | null> {
  const [direct] = await readObjects(repo, [`${commit}:${path}`]);
  const moved = direct
    ? path
    : ((await idPaths(repo, commit)).get(id) ?? (await movedFrom(repo, commit, head, path)));
  const [file] = direct ? [direct] : moved ? await readObjects(repo, [`${commit}:${moved}`]) : [];
  const decoded = file && decodeText(file.bytes);
  // A plain document is called by its path, which here is the one that it has now.
  return decoded && moved && "text" in decoded
    ? readDocument(id === path ? path : moved, decoded.text)
    : null;
}

async function movedFrom(
  repo: Repository,
  commit: string,
  head: string | null,
  path: string,
): Promise<string | undefined> {
  if (head === null) return undefined;
  return (await diffTrees(repo, commit, head, { renames: true })).find((entry) => entry.path === path)?.from;
}

async function pathOf({ repo }: OpenVersion, head: string, wanted: string): Promise<string | null> {
  if ((await kindOf(`${repo.root}/${wanted}`)) === "file") return wanted;
  return (await idPaths(repo, head)).get(wanted) ?? null;
}

async function textAt(
  version: OpenVersion,
  commit: string,
  document: Document,
  key: string,
): Promise<string | null> {
  const then = await documentAt(version, commit, document);
  return then?.passages.find((each) => each.key === key)?.text ?? null;
}

async function explainStep(version: OpenVersion, step: Step, at: string, document: Document): Promise<Layer> {
  const { repo, self, head } = version;
  const own = step.to === head;
  const changes = await changesSince(
    repo,
    step.base,
    own ? { kind: "worktree", instead: await localTexts(repo) } : { kind: "commit", commit: step.to },
  );
  const changed = changes.documents.find(({ change }) => change.id === document.id);
  const passage = changed?.change.passages.find(({ key }) => formatAddress(document.id, key) === at);
  const who = layerName(version, step.owner ?? "this-version");
  if (!changed || !passage)
    return { ...who, did: "kept", edition: null, commit: null, reason: null, text: null };
  const records =
    step.owner === null
      ? []
      : await readRecords(
          repo,
          step.owner,
          own && self ? { kind: "worktree" } : { kind: "commit", commit: step.to },
        );
  const reason = findReason(asChange(changed, passage), records);
  return {
    ...who,
    did: passage.local === null ? "removed" : passage.base === null ? "wrote" : "changed",
    edition: null,
    commit: await lastChangeOf(
      repo,
      { from: step.base.commit, to: step.to },
      { path: changed.change.path, id: changed.change.id, key: passage.key },
    ),
    reason:
      reason.state === "explained"
        ? { id: reason.file.record.id, title: reason.file.record.title, why: reason.file.record.why }
        : null,
    text: passage.local?.text ?? null,
  };
}
