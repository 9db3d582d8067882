import { quoteAddress } from "../../curriculum/address.ts";
import { Failure } from "../../failure.ts";
import { shortId } from "../../git/names.ts";
import { refs, resolve, updateRefs } from "../../git/refs.ts";
import { addRemote, fetchObject, fetchRemote, remotes } from "../../git/remotes.ts";
import type { NextStep } from "../../report/next-step.ts";
import { longDate } from "../../report/wording.ts";
import { noteFetch } from "../../version/base/last-fetch.ts";
import { UPSTREAM } from "../../version/base/published.ts";
import { resolveUrl } from "../../version/base/relative-url.ts";
import { type OpenVersion, openVersion } from "../../version/open.ts";
import type { Context, Outcome } from "../context.ts";
import { editionTitle, upstreamName } from "../naming.ts";
import { writing } from "../writing.ts";

/** `fetch`: get upstream's editions and groups. Changes nothing in this version. */
export async function run(
  context: Context,
  _args: readonly string[],
  flags: { dryRun?: boolean },
): Promise<Outcome> {
  const version = await openVersion(context.look, { from: "worktree" });
  const { repo } = version;
  const url = await upstreamUrl(version);
  if (flags.dryRun) {
    const did = [`Would fetch from ${upstreamName(version)} (${url}). Nothing was changed.`];
    return { exit: 0, report: { kind: "done", verb: "fetch", did, undo: null, next: [], data: { url } } };
  }
  const known = await remotes(repo);
  if (!known.has(UPSTREAM)) await addRemote(repo, UPSTREAM, url);
  return writing(context, repo, "fetch", async () => {
    const before = new Set(version.published?.editions.map(({ name }) => name));
    let kept: string | null = null;
    let moved: readonly string[] = [];
    const tick = (line: string): void => context.progress(line);
    try {
      moved = await fetchRemote(repo, UPSTREAM, {
        refspecs: ["+refs/heads/*:refs/remotes/upstream/*", "refs/tags/edition/*:refs/tags/edition/*"],
        tags: false,
        prune: false,
        progress: tick,
      });
      await noteFetch(repo, context.now);
      await fetchMissingBase(version);
      kept = await keepPublishedBase(version, context.cwd);
    } catch (error) {
      throw error instanceof Failure ? await withWhatIsHere(version, error) : error;
    }
    context.progress("");
    const after = await openVersion(context.cwd, { from: "worktree" });
    const fresh = (after.published?.editions ?? []).filter(({ name }) => !before.has(name));
    const waits =
      after.next !== null && after.start.kind === "known" && after.next.commit !== after.start.commit;
    const name = upstreamName(after);
    const again = moved.map((tag): NextStep => {
      return [`git tag -d ${quoteAddress(tag)}`, "to have upstream's instead, then leeway fetch"];
    });
    const next: NextStep[] = waits
      ? [
          ["leeway diff --incoming", "see what changed upstream"],
          ["leeway rebase --dry-run", "see what taking it would do"],
          ...again,
        ]
      : again;
    return {
      exit: 0,
      report: {
        kind: "done",
        verb: "fetch",
        did: [
          `Fetched from ${name} (${url}).`,
          ...(kept === null
            ? []
            : [
                `${name} has rewritten its history, so that ${shortId(kept)}, which this version builds on, is not part of it any more. It is kept here, and this version goes on building on it.`,
              ]),
          ...(await movedLines(after, moved)),
          ...fresh.map(
            (edition) =>
              `New edition: ${edition.name}${edition.notes ? ` – ${edition.notes.split("\n")[0]}` : ""}`,
          ),
          waits && after.next !== null
            ? `Waiting for you: ${editionTitle(after.next.edition?.name ?? null, after.next.commit)}`
            : "Nothing new is waiting for you.",
          ...(after.older === null
            ? []
            : [
                `${name} offers ${editionTitle(after.older.edition?.name ?? null, after.older.commit)}, which is older than what this version builds on.`,
              ]),
        ],
        undo: null,
        next,
        data: {
          url,
          editions: fresh.map((edition) => edition.name),
          moved,
          next: after.next?.commit ?? null,
        },
      },
    };
  });
}

/** Editions that upstream has named anew: what is here stays, and this version may build on it. */
async function movedLines(version: OpenVersion, tags: readonly string[]): Promise<string[]> {
  const name = upstreamName(version);
  const { start, repo } = version;
  return Promise.all(
    tags.map(async (tag) => {
      const edition = tag.slice(tag.lastIndexOf("/") + 1);
      const commit = await resolve(repo, tag);
      const isBase = start.kind === "known" && commit === start.commit;
      const builds = isBase ? " This version builds on the one you have, and goes on doing so." : "";
      return `${name} has given the name ${edition} to another commit than the one you have (${shortId(commit ?? "")}). Yours stays as it is; everything else has arrived.${builds}`;
    }),
  );
}

/** Without upstream the copy of it that is here goes on serving; how old it is belongs to the message. */
async function withWhatIsHere({ repo, self }: OpenVersion, failure: Failure): Promise<Failure> {
  const published = await refs(repo, [`refs/remotes/${UPSTREAM}/`]);
  const newest = published
    .map(({ date }) => date)
    .sort((a, b) => Date.parse(a) - Date.parse(b))
    .at(-1);
  if (newest === undefined) return failure;
  return new Failure(failure.kind, failure.message, {
    ...(failure.where === undefined ? {} : { where: failure.where }),
    next: [
      ...failure.next,
      `The copy of ${self?.upstream?.id ?? UPSTREAM} that is here goes up to ${longDate(newest)}; leeway status, diff, drift and rebase work with it.`,
    ],
    cause: failure,
  });
}

function baseRef(commit: string): string {
  return `refs/leeway/base/${commit}`;
}

/** What upstream had published stays the base of those who build on it, if upstream rewrites its history by force. */
async function keepPublishedBase({ repo, start }: OpenVersion, cwd: string): Promise<string | null> {
  if (start.kind !== "known") return null;
  const { commit } = start;
  const after = await openVersion(cwd, { from: "worktree" });
  if (after.start.kind !== "none") return null;
  await updateRefs(repo, [{ ref: baseRef(commit), new: commit }], "leeway: published before");
  return commit;
}

/**
 * A base that is not here is fetched by its hash and kept (design §3). One that is here and that no branch or edition
 * of upstream leads to came from this version itself, and is no base: asked for, Git would take it from here without
 * a word to upstream.
 */
async function fetchMissingBase({ repo, self, start }: OpenVersion): Promise<void> {
  const commit = self?.base?.commit;
  if (start.kind !== "none" || commit === undefined || (await resolve(repo, commit)) !== null) return;
  await fetchObject(repo, UPSTREAM, commit, baseRef(commit));
}

/** Where upstream is: its remote, or as `version.yaml` says, for a clone that has no such remote yet. */
async function upstreamUrl({ repo, self, start }: OpenVersion): Promise<string> {
  const known = await remotes(repo);
  const url = known.get(UPSTREAM);
  if (url !== undefined) return url;
  if (start.kind === "source") {
    throw new Failure("usage", "This version has no upstream: it is where the curriculum starts.");
  }
  const written = self?.upstream?.url;
  if (written === undefined) {
    throw new Failure("usage", "This clone does not know where its upstream is.", {
      next: ["git remote add upstream URL   then leeway fetch"],
    });
  }
  return resolveUrl(written, known.get("origin") ?? repo.root);
}
