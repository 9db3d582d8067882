import { formatAddress, parseAddress, quoteAddress } from "../../curriculum/address.ts";
import { Failure } from "../../failure.ts";
import { resolve } from "../../git/refs.ts";
import type { DiffReport, ShownPassage } from "../../report/kinds/changes.ts";
import type { NextStep } from "../../report/next-step.ts";
import { type ChangedDocument, type Changes, changesSince } from "../../version/change/changes.ts";
import type { Later } from "../../version/change/listed-changes.ts";
import { baseTreeOf, ownChanges } from "../../version/change/own-changes.ts";
import { type OpenVersion, openVersion } from "../../version/open.ts";
import { requireBase } from "../../version/ready.ts";
import { stoppedRebase } from "../../version/rebase/stopped.ts";
import { isUnfetched, neverFetched } from "../../version/rebase/wanted.ts";
import { localTexts } from "../../version/resolve/local-texts.ts";
import { chooseChanges, type Named, namesDocument, pathsFrom } from "../choose.ts";
import type { Context, Outcome } from "../context.ts";
import { editionTitle, upstreamName } from "../naming.ts";
import { firstToExplain, shownChanges, shownDocuments, upstreamDocuments } from "../shown.ts";

interface DiffFlags {
  readonly incoming?: boolean;
  readonly stat?: boolean;
  readonly exitCode?: boolean;
  readonly upstream?: string;
}

/** `diff`: what this version changed since its base, what upstream changed, or what lies between two states. */
export async function run(context: Context, args: readonly string[], flags: DiffFlags): Promise<Outcome> {
  const range = args.find(isRange);
  const version = await openVersion(context.look, { from: "worktree", upstream: flags.upstream });
  const addresses = args.filter((arg) => arg !== range);
  const report =
    range !== undefined
      ? await between(version, context.cwd, range, addresses)
      : flags.incoming
        ? await incoming(version, context.cwd, addresses)
        : await own(version, context.cwd, await asItLies(context, version), addresses);
  const found = report.documents.length + report.files.length > 0;
  return {
    exit: flags.exitCode && found ? 1 : 0,
    report: { ...report, view: flags.stat ? "stat" : "words" },
  };
}

/** The files as they lie there, and where a decision is open as this version has them. */
async function asItLies({ look }: Context, { repo, head }: OpenVersion): Promise<Later> {
  return { kind: "worktree", head, status: look.status(), instead: await localTexts(repo) };
}

/** `A..B`, and not a path with steps upwards. */
function isRange(arg: string): boolean {
  return arg.includes("..") && !/(^|\/)\.\.(\/|$|[#@])/.test(arg);
}

async function own(
  version: OpenVersion,
  cwd: string,
  later: Later,
  addresses: readonly string[],
): Promise<DiffReport> {
  if (version.start.kind === "source" && version.head !== null) {
    return unsaved(version, cwd, version.head, later, addresses);
  }
  const start = requireBase(version);
  const base = baseTreeOf(version) ?? { commit: start.commit, holds: [] };
  const found = await ownChanges(version, base, later);
  const asked = await askedFor(version, cwd, found.documents, found.changes, addresses);
  const stopped = await stoppedRebase(version.repo, version.head);
  const open = new Set(stopped.kind === "open" ? stopped.stop.decisions.map(({ path }) => path) : []);
  const documents = shownDocuments(asked.documents, asked.changes).map((document) =>
    open.has(document.path) ? { ...document, passages: document.passages.map(notFinal) } : document,
  );
  const missing = firstToExplain(shownChanges(asked.changes));
  const next: NextStep[] =
    open.size > 0
      ? [["leeway resolve", "go on with the update that has stopped"]]
      : missing && version.self
        ? [[`leeway adapt ${quoteAddress(missing.at)}`, "give the reason in a sentence"]]
        : [];
  return {
    kind: "diff",
    view: "words",
    heading: `${version.self?.name ?? "This version"}, changed since ${editionTitle(start.edition, start.commit)}`,
    from: { commit: start.commit, edition: start.edition },
    to: { commit: null, edition: null },
    documents,
    files: filesAskedFor(version, cwd, found.files, addresses),
    next,
  };
}

/** While an update asks about a document, no reason is bound to its text: it is carried along when all is settled. */
function notFinal(passage: ShownPassage): ShownPassage {
  const { reason } = passage;
  return reason.state === "renew" ? { ...passage, reason: { ...reason, state: "deciding" } } : passage;
}

/** The central version has no base: its diff is what is not committed yet. */
async function unsaved(
  version: OpenVersion,
  cwd: string,
  head: string,
  later: Later,
  addresses: readonly string[],
): Promise<DiffReport> {
  const changes = await changesSince(version.repo, { commit: head, holds: [] }, later);
  return plainReport(
    version,
    cwd,
    `${version.self?.name ?? "This version"}, changed and not committed yet`,
    { commit: head, edition: null },
    { commit: null, edition: null },
    changes,
    addresses,
  );
}

async function incoming(
  version: OpenVersion,
  cwd: string,
  addresses: readonly string[],
): Promise<DiffReport> {
  const start = requireBase(version);
  const { next } = version;
  if (next === null || isUnfetched(version, start.commit)) throw neverFetched(version);
  const base = baseTreeOf(version) ?? { commit: start.commit, holds: [] };
  const changes = await changesSince(version.repo, base, { kind: "commit", commit: next.commit });
  return {
    ...(await plainReport(
      version,
      cwd,
      incomingHeading(version, start, next),
      { commit: start.commit, edition: start.edition },
      { commit: next.commit, edition: next.edition?.name ?? null },
      changes,
      addresses,
    )),
    next: changes.documents.length > 0 ? [["leeway rebase --dry-run", "see what taking it would do"]] : [],
  };
}

/** Where the newest edition is taken already, what is still to come is what was held back of it. */
function incomingHeading(
  version: OpenVersion,
  start: { readonly commit: string; readonly edition: string | null },
  next: NonNullable<OpenVersion["next"]>,
): string {
  const to = editionTitle(next.edition?.name ?? null, next.commit);
  if (start.commit === next.commit) return `${upstreamName(version)}, not taken yet of ${to}`;
  return `${upstreamName(version)}, changed from ${editionTitle(start.edition, start.commit)} to ${to}`;
}

async function between(
  version: OpenVersion,
  cwd: string,
  range: string,
  addresses: readonly string[],
): Promise<DiffReport> {
  const [from = "", to = ""] = range.split(/\.{2,3}/);
  const first = await revision(version, from || "HEAD");
  const last = await revision(version, to || "HEAD");
  const changes = await changesSince(
    version.repo,
    { commit: first.commit, holds: [] },
    { kind: "commit", commit: last.commit },
  );
  const heading = `Changed from ${from || "HEAD"} to ${to || "HEAD"}`;
  return plainReport(version, cwd, heading, first, last, changes, addresses);
}

/** An edition's name, upstream's or this version's own, or any revision that Git knows. */
async function revision(
  version: OpenVersion,
  name: string,
): Promise<{ commit: string; edition: string | null }> {
  const edition = version.published?.editions.find((each) => each.name === name);
  if (edition) return { commit: edition.commit, edition: edition.name };
  const own = version.self
    ? await resolve(version.repo, `refs/tags/edition/${version.self.id}/${name}`)
    : null;
  const commit = own ?? (await resolve(version.repo, name));
  if (commit === null) {
    throw new Failure("usage", `There is no edition, commit, branch or tag called ${name}.`, {
      next: (version.published?.editions ?? []).slice(0, 5).map((each) => `edition ${each.name}`),
    });
  }
  return { commit, edition: own ? name : null };
}

async function plainReport(
  version: OpenVersion,
  cwd: string,
  heading: string,
  from: DiffReport["from"],
  to: DiffReport["to"],
  changes: Changes,
  addresses: readonly string[],
): Promise<DiffReport> {
  const all = changes.documents.flatMap((document) =>
    document.change.passages.map((passage): Named => {
      return { at: formatAddress(document.change.id, passage.key), document, passage };
    }),
  );
  const asked = await askedFor(version, cwd, changes.documents, all, addresses);
  const wanted = new Set(asked.changes.map(({ passage }) => passage));
  return {
    kind: "diff",
    view: "words",
    heading,
    from,
    to,
    documents: upstreamDocuments(asked.documents, wanted),
    files: filesAskedFor(version, cwd, changes.files, addresses),
    next: [],
  };
}

/** The documents and passages that addresses name; a document that only moved has no passages to name. */
async function askedFor<T extends Named>(
  { repo, head }: OpenVersion,
  cwd: string,
  documents: readonly ChangedDocument[],
  all: readonly T[],
  addresses: readonly string[],
): Promise<{ documents: ChangedDocument[]; changes: T[] }> {
  const place = { repo, head, cwd };
  const moved = documents.filter(
    (document) =>
      document.change.passages.length === 0 &&
      (addresses.length === 0 ||
        addresses.some((address) => namesDocument(place, document, parseAddress(address).document))),
  );
  const changes = await chooseChanges(place, all, addresses, "nothing");
  const named = new Set([...moved, ...changes.map(({ document }) => document)]);
  return { documents: documents.filter((document) => named.has(document)), changes };
}

function filesAskedFor(
  { repo, head }: OpenVersion,
  cwd: string,
  files: DiffReport["files"],
  addresses: readonly string[],
): DiffReport["files"] {
  if (addresses.length === 0) return files;
  const paths = addresses.flatMap((address) =>
    pathsFrom({ repo, head, cwd }, parseAddress(address).document),
  );
  return files.filter(({ path }) =>
    paths.some((each) => path === each || path.startsWith(`${each}/`) || each === ""),
  );
}
