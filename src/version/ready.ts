import { Failure } from "../failure.ts";
import { inProgress } from "../git/in-progress.ts";
import { refuseLostVersions } from "./lost-version.ts";
import type { OpenVersion } from "./open.ts";
import { stoppedRebase } from "./rebase/stopped.ts";
import type { VersionFile } from "./version-file.ts";

/** A version that can be written to: on a branch, with a commit, and in nobody's unfinished merge. */
export interface ReadyVersion extends OpenVersion {
  readonly head: string;
  readonly branch: string;
}

/** A version that has its own folder, and not only an upstream (plain mode). */
export interface EquippedVersion extends ReadyVersion {
  readonly self: VersionFile;
}

/**
 * Makes sure that a writing verb may start.
 * @throws Failure "usage" on a detached head, before the first commit, while a merge waits for decisions, or where
 *   a version has lost its file.
 */
export async function requireReady(version: OpenVersion): Promise<ReadyVersion> {
  const { repo, head, branch } = version;
  await requireNoStop(version);
  await refuseLostVersions(repo, head);
  if (branch === null) {
    throw new Failure("usage", "You are looking at an old state of this version, not at its newest.", {
      next: ["git switch main   (or the branch that this version is kept on), then try again"],
    });
  }
  if (head === null) {
    throw new Failure("usage", "Nothing has been committed in this repository yet.", {
      next: ["leeway init --id ID --name NAME   starts a central curriculum in a new folder"],
    });
  }
  return { ...version, head, branch };
}

async function requireNoStop({ repo, head }: OpenVersion): Promise<void> {
  const { kind } = await stoppedRebase(repo, head);
  if (kind === "open") {
    throw new Failure("usage", "An update is waiting for your decisions; it comes first.", {
      next: [
        "leeway resolve             decide, one passage at a time",
        "leeway rebase --continue   when everything is settled",
        "leeway rebase --abort      put everything back as it was",
      ],
    });
  }
  if (kind === "committed") throw settledNotRecorded();
  if (kind === "foreign") throw foreignMerge();
  const { operation } = await inProgress(repo);
  if (operation === "other") return;
  throw new Failure("usage", `git ${operation} was begun here and is not finished; it comes first.`, {
    next: [
      "leeway resolve   decides what is in conflict, one passage at a time",
      `git ${operation} --continue   finishes it when every file is settled`,
      `git ${operation} --abort   puts everything back as it was`,
    ],
  });
}

/** An editor or `git commit` has ended the merge of an update. */
export function settledNotRecorded(): Failure {
  return new Failure("usage", "Update settled but not recorded.", {
    next: ["leeway rebase --continue   records it"],
  });
}

/** A merge is going on that Leeway did not start. */
export function foreignMerge(): Failure {
  return new Failure("usage", "This merge was not started by leeway rebase.", {
    next: [
      "leeway resolve      decides what is in conflict, one passage at a time",
      "git commit --no-edit   finishes it when every file is settled",
      "git merge --abort   puts everything back as it was, then leeway rebase",
    ],
  });
}

/** @throws Failure "usage" in plain mode, where there is no folder to keep records in. */
export function requireEquipped(version: ReadyVersion): EquippedVersion {
  const { self } = version;
  if (self === null) {
    throw new Failure("usage", "This copy has no versions/ folder, so there is nowhere to keep reasons.", {
      where: version.repo.root,
      next: [
        "Go on as it is: diff, drift, rebase and explain work here.",
        "leeway join UPSTREAM --id ID --name NAME   makes it a version that can",
      ],
    });
  }
  return { ...version, self };
}

/** The base as a commit, or the reason why there is none, said loudly. */
export function requireBase(version: OpenVersion): Extract<OpenVersion["start"], { kind: "known" }> {
  const { start } = version;
  if (start.kind === "known") return start;
  if (start.kind === "source") {
    throw new Failure("usage", "This version has no upstream: it is where the curriculum starts.", {
      next: ["leeway release EDITION   names the state that others take"],
    });
  }
  throw new Failure("environment", `No starting point: ${start.why}.`, { next: start.next });
}
