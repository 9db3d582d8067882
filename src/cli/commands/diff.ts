import { parseAddress, quoteAddress } from "../../curriculum/address.ts";
import { Failure } from "../../failure.ts";
import { resolve } from "../../git/refs.ts";
import type { DiffReport, NextStep, ShownDocument } from "../../report/report.ts";
import { type Changes, changesSince, type Later } from "../../version/changes.ts";
import { type OpenVersion, openVersion } from "../../version/open.ts";
import { baseTreeOf, ownChanges } from "../../version/own-changes.ts";
import { requireBase } from "../../version/ready.ts";
import { chooseChanges } from "../choose.ts";
import type { Context, Outcome } from "../context.ts";
import { editionTitle, upstreamName } from "../naming.ts";
import { shownDocuments, upstreamDocuments } from "../shown.ts";

interface DiffFlags {
  readonly incoming?: boolean;
  readonly stat?: boolean;
  readonly exitCode?: boolean;
  readonly upstream?: string;
}

/** `diff`: what this version changed since its base, what upstream changed, or what lies between two states. */
export async function run(context: Context, args: readonly string[], flags: DiffFlags): Promise<Outcome> {
  const version = await openVersion(context.cwd, { from: "worktree", upstream: flags.upstream });
  const range = args.find((arg) => arg.includes(".."));
  const addresses = args.filter((arg) => arg !== range);
  const report =
    range !== undefined
      ? await between(version, range, addresses)
      : flags.incoming
        ? await incoming(version, addresses)
        : await own(version, addresses);
  const found = report.documents.length + report.files.length > 0;
  return {
    exit: flags.exitCode && found ? 1 : 0,
    report: { ...report, view: flags.stat ? "stat" : "words" },
  };
}

async function own(version: OpenVersion, addresses: readonly string[]): Promise<DiffReport> {
  const later: Later = { kind: "worktree" };
  if (version.start.kind === "source" && version.head !== null) {
    return unsaved(version, version.head, addresses);
  }
  const start = requireBase(version);
  const base = baseTreeOf(version) ?? { commit: start.commit, holds: [] };
  const { changes, files } = await ownChanges(version, base, later);
  const documents = shownDocuments(chooseChanges(changes, addresses));
  const missing = documents
    .flatMap(({ passages }) => passages)
    .find(({ reason }) => reason.state === "missing");
  const next: NextStep[] =
    missing && version.self
      ? [[`leeway adapt ${quoteAddress(missing.at)}`, "give the reason in a sentence"]]
      : [];
  return {
    kind: "diff",
    view: "words",
    heading: `${version.self?.name ?? "This version"}, changed since ${editionTitle(start.edition, start.commit)}`,
    from: { commit: start.commit, edition: start.edition },
    to: { commit: null, edition: null },
    documents,
    files: addresses.length > 0 ? [] : files,
    next,
  };
}

/** The central version has no base: its diff is what is not committed yet. */
async function unsaved(
  version: OpenVersion,
  head: string,
  addresses: readonly string[],
): Promise<DiffReport> {
  const changes = await changesSince(version.repo, { commit: head, holds: [] }, { kind: "worktree" });
  return plainReport(
    `${version.self?.name ?? "This version"}, changed and not committed yet`,
    { commit: head, edition: null },
    { commit: null, edition: null },
    changes,
    addresses,
  );
}

async function incoming(version: OpenVersion, addresses: readonly string[]): Promise<DiffReport> {
  const start = requireBase(version);
  const { next } = version;
  if (next === null)
    throw new Failure("environment", "Nothing has been fetched from upstream yet.", {
      next: ["leeway fetch"],
    });
  const base = baseTreeOf(version) ?? { commit: start.commit, holds: [] };
  const changes = await changesSince(version.repo, base, { kind: "commit", commit: next.commit });
  return {
    ...plainReport(
      `${upstreamName(version)}, changed from ${editionTitle(start.edition, start.commit)} to ${editionTitle(next.edition?.name ?? null, next.commit)}`,
      { commit: start.commit, edition: start.edition },
      { commit: next.commit, edition: next.edition?.name ?? null },
      changes,
      addresses,
    ),
    next: changes.documents.length > 0 ? [["leeway rebase --dry-run", "see what taking it would do"]] : [],
  };
}

async function between(
  version: OpenVersion,
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
  return plainReport(`Changed from ${from || "HEAD"} to ${to || "HEAD"}`, first, last, changes, addresses);
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

function plainReport(
  heading: string,
  from: DiffReport["from"],
  to: DiffReport["to"],
  changes: Changes,
  addresses: readonly string[],
): DiffReport {
  const wanted = addresses.map(parseAddress);
  const documents = upstreamDocuments(changes.documents).flatMap((document): ShownDocument[] => {
    if (wanted.length === 0) return [document];
    const asked = wanted.filter((each) => each.document === document.id || each.document === document.path);
    if (asked.length === 0) return [];
    if (asked.some((each) => each.passage === null)) return [document];
    const keys = asked.map((each) => each.passage ?? "");
    const passages = document.passages.filter(({ at }) => keys.some((key) => at.endsWith(key)));
    return passages.length > 0 ? [{ ...document, passages }] : [];
  });
  return {
    kind: "diff",
    view: "words",
    heading,
    from,
    to,
    documents,
    files: wanted.length > 0 ? [] : changes.files,
    next: [],
  };
}
