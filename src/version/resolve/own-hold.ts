import { insideRoot } from "../../files/guard.ts";
import { readTextInside } from "../../files/read.ts";
import { asStored } from "../../git/line-ends.ts";
import { readObjects } from "../../git/objects.ts";
import type { Repository } from "../../git/repository.ts";
import { syncIndex } from "../../git/stop.ts";
import { writeBlobs } from "../../git/write-objects.ts";
import { updateVersionText } from "../change/own-files.ts";
import { type Hold, parseVersionFile } from "../version-file.ts";
import { writeWorkFile } from "../work-file.ts";

/** This version's own file as it was before a hold: its path, and the blob that keeps its text. */
export interface OwnBefore {
  readonly path: string;
  readonly before: string;
}

export async function keepOwn(repo: Repository, path: string): Promise<OwnBefore> {
  const [before = ""] = await writeBlobs(repo, [Buffer.from(await textOf(repo, path), "utf8")]);
  return { path, before };
}

/** Writes a hold to `version.yaml` and stages it; one at the same address makes way. */
export async function putHold(repo: Repository, path: string, hold: Hold): Promise<void> {
  const text = await textOf(repo, path);
  const others = parseVersionFile(path, text).holds.filter(({ at }) => at !== hold.at);
  await write(repo, path, updateVersionText(path, text, { holds: [...others, hold] }));
}

/** Takes the hold of one decision out of `version.yaml` again; one that had made way for it is put back. */
export async function takeBackHold(repo: Repository, at: string, { path, before }: OwnBefore): Promise<void> {
  const [blob] = await readObjects(repo, [before]);
  const was = blob?.bytes.toString("utf8") ?? "";
  const text = await textOf(repo, path);
  const earlier = parseVersionFile(path, was).holds;
  const now = parseVersionFile(path, text).holds;
  const holds = [...now.filter((hold) => hold.at !== at), ...earlier.filter((hold) => hold.at === at)];
  // Where nothing but this hold has changed since, every byte is as before.
  const isAlone =
    JSON.stringify(holds) === JSON.stringify(earlier) &&
    updateVersionText(path, was, { holds: now }) === text;
  await write(repo, path, isAlone ? was : updateVersionText(path, text, { holds }));
}

async function textOf(repo: Repository, path: string): Promise<string> {
  return (await readTextInside(repo.root, path)) ?? "";
}

async function write(repo: Repository, path: string, text: string): Promise<void> {
  const bytes = Buffer.from(text, "utf8");
  await writeWorkFile(repo, await insideRoot(repo.root, path), bytes);
  const [stored = { bytes }] = await asStored(repo, [{ path, bytes }]);
  const [oid = null] = await writeBlobs(repo, [stored.bytes]);
  await syncIndex(repo, [{ path, mode: "100644", oid }]);
}
