import { quoteAddress } from "../../curriculum/address.ts";
import { Failure } from "../../failure.ts";
import { getConfig, setConfig } from "../../git/config.ts";
import { shownUrl } from "../../git/names.ts";
import { refs } from "../../git/refs.ts";
import { push } from "../../git/remotes.ts";
import { editionTag } from "../../version/base/published.ts";
import { type Home, homeOf } from "../../version/home.ts";
import { openVersion } from "../../version/open.ts";
import { requireReady } from "../../version/ready.ts";
import type { Context, Outcome } from "../context.ts";
import { TO_A_HOME } from "../homeward.ts";

/** `push`: send this version home, with its editions and groups. Never forces. */
export async function run(
  context: Context,
  _args: readonly string[],
  flags: { dryRun?: boolean },
): Promise<Outcome> {
  const version = await requireReady(await openVersion(context.look, { from: "worktree" }));
  const { repo, branch, self } = version;
  const home = await homeOf(repo);
  if (home.kind !== "own") throw homeless(home);
  const url = shownUrl(home.url);
  const named =
    self === null ? [] : await refs(repo, [editionTag(self.id, "").slice(0, -1), "refs/heads/group/"]);
  const all = [`refs/heads/${branch}`, ...named.map(({ name }) => name)];
  const shown = [branch, ...named.map(({ name }) => name.replace(/^refs\/(heads|tags)\//, ""))];
  if (flags.dryRun) {
    return done([`Would send to ${url}:`, ...shown.map((name) => `  ${name}`), "Nothing was sent."], {
      dryRun: true,
    });
  }
  context.progress(`Sending to ${url} …`);
  const pushed = await push(
    repo,
    "origin",
    all.map((ref) => `${ref}:${ref}`),
    { atomic: false },
  );
  context.progress("");
  if (!pushed.ok && pushed.rejected.every(({ reason }) => reason.includes("checked out"))) {
    throw new Failure(
      "environment",
      "Home is a folder that somebody works in, so nothing there was changed.",
      {
        where: url,
        next: [
          "git init --bare FOLDER   makes a home without files",
          "git remote set-url origin FOLDER   then makes it this version's home",
        ],
      },
    );
  }
  if (!pushed.ok) {
    throw new Failure("environment", "Home has work that is not here, so nothing there was overwritten.", {
      where: pushed.rejected.map(({ ref, reason }) => `${ref}: ${reason}`).join("; "),
      next: [`git pull --no-rebase origin ${quoteAddress(branch)}   brings it in, then leeway push again`],
    });
  }
  // Plain `git pull` and `git push` then mean home too, never upstream.
  if ((await getConfig(repo, `branch.${branch}.remote`)) === null) {
    // The remote last: without it Git takes no notice of the other, so that a kill in between leaves nothing half said.
    await setConfig(repo, `branch.${branch}.merge`, `refs/heads/${branch}`);
    await setConfig(repo, `branch.${branch}.remote`, "origin");
  }
  return done([`Sent to ${url}:`, ...shown.map((name) => `  ${name}`)], { refs: all });
}

function homeless(home: Exclude<Home, { kind: "own" }>): Failure {
  const what =
    home.kind === "none"
      ? "This version has no home to be sent to."
      : "The home on record is upstream's own, so nothing was sent there.";
  return new Failure("usage", what, {
    ...(home.kind === "none" ? {} : { where: `origin: ${shownUrl(home.url)}` }),
    next: [TO_A_HOME[home.kind].join("   ")],
  });
}

function done(did: string[], data: Record<string, unknown>): Outcome {
  return { exit: 0, report: { kind: "done", verb: "push", did, undo: null, next: [], data } };
}
