import { wordListEdits } from "../compare/word-edits.ts";
import { wordsOf } from "../compare/words.ts";
import { parseAddress, quoteAddress, quotePath } from "../curriculum/address.ts";
import { Failure } from "../failure.ts";
import { exists } from "../files/read.ts";
import { shortId } from "../git/names.ts";
import { longDate } from "../report/wording.ts";
import { lastCommitTo } from "../version/change/adaptation-history.ts";
import type { ChangedFile } from "../version/change/changes.ts";
import { idPaths } from "../version/change/id-paths.ts";
import { isLocked, type OwnChange, type OwnChanges } from "../version/change/own-changes.ts";
import { unsavedPaths } from "../version/change/unsaved.ts";
import type { OpenVersion } from "../version/open.ts";
import type { EquippedVersion } from "../version/ready.ts";
import { rulesPath } from "../version/version-file.ts";
import { chooseChanges, namesDocument, type Place, pathsFrom } from "./choose.ts";

/**
 * Refuses to explain a change of locked text: what is locked, because of what, since when and by whom, and what to
 * do instead.
 * @throws Failure "usage"
 */
export async function refuseLocked(chosen: readonly OwnChange[], version: OpenVersion): Promise<void> {
  const locked = chosen.find(isLocked);
  if (!locked) return;
  const { leeway, at, document } = locked;
  const { base, local } = document;
  const start = version.start.kind === "known" ? shortId(version.start.commit) : "HEAD";
  const because = leeway.because ? `: ${leeway.because.replace(/\.$/, "")}` : "";
  throw new Failure("usage", `This text is locked by ${leeway.name}${because}. It may not be changed here.`, {
    where: `${quoteAddress(at)}${await sinceWhen(leeway.layer, version)}`,
    next: [
      ...(local === null && base !== null
        ? [
            `git checkout ${start} -- ${quotePath(base.path)}   puts the document back, with what is locked in it`,
          ]
        : [
            `leeway diff ${quoteAddress(at)}   shows the text as it was, to put it back`,
            "Say it elsewhere in the lesson: sections such as practice or homework are free to adapt.",
          ]),
      ...(leeway.layer === "document" ? [] : [`You may ask ${leeway.name} for an exception.`]),
    ],
  });
}

/** Where the rule stands and when that file was last written, as far as this version's base knows. */
async function sinceWhen(layer: string, { repo, start, head, self }: OpenVersion): Promise<string> {
  const path = rulesPath(layer);
  const rev = layer === self?.id ? head : start.kind === "known" ? start.commit : null;
  const commit =
    layer === "document" || rev === null ? null : await lastCommitTo(repo, { from: null, to: rev }, path);
  return commit === null ? "" : `, by ${path} of ${longDate(commit.on)}`;
}

/**
 * Refuses a change that takes words away where text may only be added to.
 * @throws Failure "usage"
 */
export function refuseShrunk(chosen: readonly OwnChange[]): void {
  for (const { leeway, at, passage } of chosen) {
    if (leeway.level !== "add" || passage.base === null || passage.change === "moved") continue;
    const { removed } = wordListEdits(wordsOf(passage.base.normal), wordsOf(passage.local?.normal ?? ""));
    if (removed === 0) continue;
    const because = leeway.because ? ` ${leeway.because}.` : "";
    throw new Failure("usage", `This may be added to, but ${removed} of its words went away.${because}`, {
      where: quoteAddress(at),
      next: ["Put the shared words back and keep your own beside them, then run the command again."],
    });
  }
}

/**
 * Refuses to explain parts of a file that cannot be read as a document.
 * @throws Failure "usage" naming the file and what is wrong with it
 */
export async function refuseUnreadable(
  place: Place & { readonly head: string },
  files: readonly ChangedFile[],
  addresses: readonly string[],
): Promise<void> {
  const unreadable = files.filter(({ problem }) => problem !== null);
  if (unreadable.length === 0) return;
  const known = await idPaths(place.repo, place.head);
  for (const address of addresses) {
    const { document } = parseAddress(address);
    const paths = [...pathsFrom(place, document), known.get(document)];
    const file = unreadable.find(({ path }) => paths.includes(path));
    if (!file) continue;
    throw new Failure("usage", `This document cannot be read: ${file.problem}.`, {
      where: file.path,
      next: ["Correct the file, then run the command again."],
    });
  }
}

/**
 * Refuses to explain a picture or another file that has no passages, where an address names nothing else.
 * @throws Failure "usage" naming the file and what to do instead
 */
export async function refuseFiles(
  place: Place,
  { changes, files }: Pick<OwnChanges, "changes" | "files">,
  addresses: readonly string[],
): Promise<void> {
  for (const address of addresses) {
    const named = pathsFrom(place, address);
    const file = files.find(({ path }) => named.some((each) => path === each || path.startsWith(`${each}/`)));
    if (file === undefined || changes.some(({ document }) => namesDocument(place, document, address)))
      continue;
    const isUnsaved = (await unsavedPaths(place.repo)).has(file.path);
    throw new Failure("usage", "This file is no document, so no reason is kept with it, and it needs none.", {
      where: file.path,
      next: [
        ...(isUnsaved ? ["leeway save   keeps the file as it is"] : []),
        "Say why where the file is shown: the words, the alt text or the credit of that lesson or unit; then leeway adapt that.",
      ],
    });
  }
}

/**
 * Refuses to explain what upstream has as well, where an address names nothing else.
 * @throws Failure "usage" naming what was taken
 */
export async function refuseTaken(
  place: Place,
  { changes, taken }: OwnChanges,
  addresses: readonly string[],
): Promise<void> {
  if (taken.length === 0) return;
  for (const address of addresses) {
    const named = await chooseChanges(place, [...changes, ...taken], [address], "nothing");
    const [first] = named;
    if (first === undefined || named.some((change) => !taken.includes(change))) continue;
    throw new Failure("usage", "Upstream has this text too by now, so it needs no reason.", {
      where: [...new Set(named.map(({ at }) => quoteAddress(at)))].join(", "),
      next: [`leeway explain ${quoteAddress(first.at)}   shows which layer wrote it, and when`],
    });
  }
}

/**
 * Refuses to explain a document whose id another one has: a reason could not tell which of them it is about.
 * @throws Failure "usage" naming both files
 */
export async function refuseDuplicates(
  { repo, head }: EquippedVersion,
  chosen: readonly OwnChange[],
): Promise<void> {
  const documents = new Map(chosen.map(({ document: { change, base } }) => [change.path, { change, base }]));
  const isNew = [...documents.values()].some(({ base }) => base === null);
  const known = isNew ? await idPaths(repo, head) : new Map<string, string>();
  for (const { change, base } of documents.values()) {
    const twin = [...documents.values()].find(
      ({ change: { id, path } }) => id === change.id && path !== change.path,
    );
    const before = base === null ? known.get(change.id) : undefined;
    const other = twin?.change.path ?? (before !== change.path ? before : undefined);
    if (other === undefined || !(await exists(`${repo.root}/${other}`))) continue;
    throw new Failure("usage", `Two documents have the id ${change.id}; an id names one.`, {
      where: `${change.path} and ${other}`,
      next: [`Give ${base === null ? change.path : other} an id of its own, then run the command again.`],
    });
  }
}

/** Plain mode keeps no records that could be shown. */
export function noRecords(): Failure {
  return new Failure("usage", "This copy has no versions/ folder, so no adaptations are recorded here.", {
    next: ["leeway diff   shows what it changed"],
  });
}
