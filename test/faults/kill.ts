import { createHash } from "node:crypto";
import { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { expect } from "vitest";
import { Trust } from "../e2e/three-layers.ts";
import type { Ran } from "../e2e/trust.ts";
import { noteFault } from "./count.ts";

const KILLER = resolve("test/faults/killer.cjs");

/** So that what is done twice has the same ids. */
export const DATED = {
  GIT_AUTHOR_DATE: "2026-11-27T09:00:00Z",
  GIT_COMMITTER_DATE: "2026-11-27T09:00:00Z",
};

/** A verb that writes, as a person types it, and how it ends when nothing happens. */
export interface Writing {
  readonly from: Trust;
  readonly args: readonly string[];
  /** The folder it is typed in. */
  readonly in?: string;
  readonly code?: number;
  /** The repositories in which anything of it can be seen; the folder it is typed in unless told. */
  readonly seen?: readonly string[];
  /** What it needs beside the folder that it is typed in. */
  readonly needs?: readonly string[];
  /** Whether the steps of the lock count, too. */
  readonly lock?: boolean;
}

/** A copy of what a verb needs, made by `cp`, which is quicker than Node by far. */
export async function quickCopy(from: Trust, names: readonly string[]): Promise<Trust> {
  const copy = new Trust();
  if (names.length === 0) return copy;
  const copied = await from.tool("cp", ["-a", ...names, copy.root], ".");
  if (copied.code !== 0) throw new Error(copied.err);
  return copy;
}

/** What people have in a repository: commits, files, what is staged and what waits; not Leeway's own log of it. */
export async function stateOf(trust: Trust, folders: readonly string[]): Promise<string> {
  const states = folders.map(async (folder) => {
    const at = trust.at(folder);
    if (!existsSync(join(at, ".git")) && !existsSync(join(at, "HEAD"))) return `${folder}: ${files(at)}`;
    const isBare = !existsSync(join(at, ".git"));
    const [refs, standing] = await Promise.all([
      trust.run(folder, ["for-each-ref", "--format=%(objectname) %(refname)", ...KEPT]),
      isBare ? "" : trust.run(folder, ["status", "--porcelain=v2", "--branch", "--untracked-files=all"]),
    ]);
    const isMerging = existsSync(join(at, ".git/MERGE_HEAD"));
    return [folder, refs, standing, isMerging, isBare ? "" : files(at)].join("\n");
  });
  return (await Promise.all(states)).join("\n---\n").replaceAll(trust.root, "");
}

/** Refs that others know of; Leeway's log of what it did carries the time, and may grow. */
const KEPT = ["refs/heads", "refs/tags", "refs/remotes", "refs/leeway/base"];

/** Every file outside of Git's folder, by content. */
function files(folder: string): string {
  return existsSync(folder) ? listed(folder, (path) => path.split("/").includes(".git")) : "absent";
}

function listed(folder: string, leaveOut: (path: string) => boolean): string {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return names
    .filter((name) => !leaveOut(name))
    .sort()
    .map((name) => {
      const path = join(folder, name);
      const facts = lstatSync(path);
      if (facts.isDirectory()) return "";
      const bytes = facts.isSymbolicLink() ? readlinkSync(path) : readFileSync(path);
      return `${name} ${createHash("sha256").update(bytes).digest("hex").slice(0, 16)}`;
    })
    .filter(Boolean)
    .join("\n");
}

/** Everything on the disk but what names a process or a moment, so that two kills that left the same are told. */
function traces(trust: Trust): string {
  const drafts = /(^|\/)(journal\.json|lock|[^/]*\.lock|[^/]*\.tmp)$/;
  const passing = /(^|\/)(home|logs|objects|leeway-[^/]*)(\/|$)|\/leeway\/lock\./;
  const unnamed = (text: string): string => text.replace(/[0-9a-f]{12,64}/g, "#");
  const left = readdirSync(trust.root, { recursive: true, encoding: "utf8" })
    .filter((path) => drafts.test(path) && !passing.test(path))
    .map((path) => (path.endsWith("journal.json") ? `${path} ${readFileSync(trust.at(path), "utf8")}` : path))
    .map(unnamed)
    .sort();
  const files = listed(trust.root, (path) => drafts.test(path) || passing.test(path));
  return [files, ...left].join("\n").replaceAll(trust.root, "");
}

/** Does something with each number from 1 to a last one, so many at once as there are cores. */
async function forEach(last: number, work: (at: number) => Promise<void>): Promise<void> {
  let next = 1;
  const worker = async (): Promise<void> => {
    try {
      while (next <= last) await work(next++);
    } catch (error) {
      next = Number.POSITIVE_INFINITY;
      throw error;
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
}

/** What is looked at after a kill. */
export interface Killed {
  readonly trust: Trust;
  /** The folder that the verb was typed in. */
  readonly folder: string;
  readonly before: string;
  readonly after: string;
  readonly state: () => Promise<string>;
  /** Runs the verb once more, with the same dates. */
  readonly again: () => Promise<Ran>;
}

/**
 * Kills a verb before each of its steps in turn and looks at what is left: `judge` throws where it is neither as before
 * nor says how to go on and does. Kills that leave the same on the disk are judged once.
 */
export async function killAtEveryStep(
  writing: Writing,
  judge: (killed: Killed, at: number) => Promise<void>,
): Promise<void> {
  const { from, args, in: folder = "grimsby", code = 0, seen = [folder], needs = [], lock } = writing;
  const copied = [...new Set([folder, ...needs])].filter((name) => name !== ".");
  const done = await quickCopy(from, copied);
  const before = await stateOf(done, seen);
  const counter = done.at("count");
  const env = { ...DATED, NODE_OPTIONS: `--require=${KILLER}`, ...(lock && { FAULT_LOCK: "1" }) };
  const whole = await done.leeway(folder, args, { ...env, FAULT_COUNT: counter });
  expect([whole.code, whole.err]).toEqual([code, ""]);
  const after = await stateOf(done, seen);
  const steps = Number(readFileSync(counter, "utf8"));
  expect(steps).toBeGreaterThan(0);
  const judged = new Map<string, Promise<void>>();
  await forEach(steps, async (at) => {
    const trust = await quickCopy(from, copied);
    const ran = await trust.leeway(folder, args, { ...env, FAULT_AT: String(at) });
    // Steps of the same moment come in any order, so that the last may be one fewer.
    if (ran.code !== 255) return expect([at, ran.code]).toEqual([at, code]);
    const left = traces(trust);
    const again = (): Promise<Ran> => trust.leeway(folder, args, DATED);
    const killed: Killed = { trust, folder, before, after, state: () => stateOf(trust, seen), again };
    const known = judged.get(left) ?? judge(killed, at);
    judged.set(left, known);
    try {
      await known;
      noteFault(true);
    } catch (error) {
      noteFault(false);
      throw error;
    } finally {
      await trust.tool("rm", ["-rf", trust.root], "/");
    }
  });
}

/** Status tells what to do next, in any state. */
export async function saysWhatIsNext({ trust, folder }: Killed, at: number): Promise<string> {
  const { code, out, err } = await trust.leeway(folder, ["status"]);
  expect([at, [0, 2].includes(code), out + err]).toEqual([at, true, expect.stringContaining("Next: ")]);
  return out + err;
}

/** What Leeway writes next makes good what was cut short: then everything is as before, or done. */
export async function isWholeOrAsBefore(killed: Killed, at: number): Promise<void> {
  const { trust, folder, before, after } = killed;
  const journal = trust.at(folder, ".git/leeway/journal.json");
  if (existsSync(journal)) {
    await saysWhatIsNext(killed, at);
    // Here it writes nothing of its own.
    await trust.leeway(folder, ["undo", "--dry-run"]);
    expect([at, existsSync(journal)]).toEqual([at, false]);
  }
  const now = await killed.state();
  expect([at, now]).toEqual([at, now === after ? after : before]);
}

/** It is done, or the same command once more does what is left; a folder that has to go first is named by it. */
export async function goesOnByItself(killed: Killed, at: number): Promise<void> {
  const { trust, after } = killed;
  if ((await killed.state()) === after) return;
  let ran = await killed.again();
  const remove = /^(?:Next: | +)rm -r "([^"]+)"/m.exec(ran.err)?.[1];
  if (remove !== undefined) {
    await trust.tool("rm", ["-r", remove], ".");
    ran = await killed.again();
  }
  expect([at, ran.code, ran.err.replace(/^An earlier leeway .*\n/, "")]).toEqual([at, 0, ""]);
  expect([at, await killed.state()]).toEqual([at, after]);
}
