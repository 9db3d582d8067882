import type { NewObject } from "./pack.ts";
import type { Repository } from "./repository.ts";
import { writeObjects } from "./write-objects.ts";

/** A commit of no person, which Leeway keeps for itself: no branch leads to it, and it never leaves this computer. */
export interface SyntheticCommit {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly message: string;
  /** Seconds since 1970; 0 unless told, so that it is the same for the same tree and parents. */
  readonly time?: number;
}

/** Stores such a commit and returns its id. */
export async function writeSyntheticCommit(repo: Repository, commit: SyntheticCommit): Promise<string> {
  const [oid = ""] = await writeObjects(repo, [syntheticCommit(commit)]);
  return oid;
}

/** The commit as an object. Where history is walked, it must not be older than its parents. */
export function syntheticCommit({ tree, parents, message, time = 0 }: SyntheticCommit): NewObject {
  const who = `Leeway <leeway@invalid> ${time} +0000`;
  const lines = [
    `tree ${tree}`,
    ...parents.map((parent) => `parent ${parent}`),
    `author ${who}`,
    `committer ${who}`,
  ];
  return { type: "commit", bytes: Buffer.from(`${lines.join("\n")}\n\n${message}\n`) };
}
