import { homedir } from "node:os";
import { resolve } from "node:path";
import { Failure } from "../../failure.ts";
import { shownUrl } from "../../git/names.ts";
import type { NextStep } from "../../report/next-step.ts";
import { parseDownstream } from "../../version/downstream.ts";
import { type Joined, joinVersion } from "../../version/join/join.ts";
import type { Context, Outcome } from "../context.ts";
import { editionTitle } from "../naming.ts";
import { originWords } from "../origin-words.ts";
import { repositoryAddress } from "../repository-address.ts";
import { checkId, checkName } from "./init.ts";

interface JoinFlags {
  readonly id: string;
  readonly name: string;
  readonly layer: string;
  readonly group?: string;
  readonly branch?: string;
  readonly base?: string;
  readonly dryRun?: boolean;
}

/** `join`: bring an existing copy under Leeway, with or without shared history. */
export async function run(context: Context, args: readonly string[], flags: JoinFlags): Promise<Outcome> {
  const [from = ""] = args;
  checkId(flags.id);
  checkName(flags.name);
  const folder = resolve(context.cwd);
  if ([resolve(homedir()), resolve("/")].includes(folder)) {
    throw new Failure("usage", "This is a whole home, not a copy of a curriculum; nothing was touched.", {
      where: folder,
      next: ["cd FOLDER   then leeway join again"],
    });
  }
  const joined = await joinVersion({
    folder,
    upstream: await repositoryAddress(from, folder),
    id: flags.id,
    name: flags.name,
    layer: flags.layer,
    group: flags.group,
    branch: flags.branch,
    base: flags.base,
    dryRun: Boolean(flags.dryRun),
    listBelow: parseDownstream,
    now: context.now,
    progress: context.progress,
  });
  context.progress("");
  const dryRun = joined.commit === null;
  return {
    exit: 0,
    report: {
      kind: "done",
      verb: "join",
      did: [opening(joined, flags.name), ...originWords(joined), ...remarks(joined)],
      undo: dryRun ? null : "leeway undo",
      next: dryRun ? [] : nextSteps(joined),
      data: dataOf(joined, flags.id),
    },
  };
}

function opening({ upstream, base, nearness, commit }: Joined, name: string): string {
  const state = `${editionTitle(base.edition?.name ?? null, base.commit)} of ${nearness.date.slice(0, 10)}`;
  return commit === null
    ? `${name} would join ${upstream.name}, based on ${state}. Nothing was changed.`
    : `${name} has joined ${upstream.name}, based on ${state}.`;
}

function remarks({ copy, commit, homeless, url }: Joined): string[] {
  const first =
    copy === "version"
      ? []
      : [
          commit === null
            ? "This copy has no history: its files would be committed as they are, and then the version's own file."
            : "This copy had no history: its files are committed as they were found, and then the version's own file.",
        ];
  const home = homeless
    ? [
        `Its home (origin) is upstream itself, ${shownUrl(url)}: give it one of its own before leeway push, with git remote set-url origin URL`,
      ]
    : [];
  return [...first, ...home];
}

function nextSteps({ origin, copy }: Joined): NextStep[] {
  const steps: NextStep[] = [
    ["leeway diff --stat", "what differs from there: is it what you changed?"],
    ["leeway status", "where this version stands"],
  ];
  if (origin !== null && origin.by === "content") {
    steps.push(["leeway undo && leeway join … --base REV", "if you know better where it started"]);
  }
  if (copy === "folder") steps.push(["git remote add origin URL", "give it a home, then leeway push"]);
  return steps;
}

function dataOf({ upstream, base, nearness, origin, copy, folder, commit }: Joined, id: string) {
  const { commit: _, date, ...counts } = nearness;
  return {
    id,
    folder,
    copy,
    dryRun: commit === null,
    upstream: upstream.id,
    branch: upstream.branch,
    base: base.commit,
    edition: base.edition?.name ?? null,
    date,
    found: origin === null ? "named" : origin.by,
    looked: origin?.looked ?? null,
    nearness: counts,
    alike: origin?.alike ?? null,
    runnerUp: origin?.next ?? null,
    commit,
  };
}
