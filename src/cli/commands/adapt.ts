import { looksLikePupilData } from "../../adaptation/privacy.ts";
import { proposeKind } from "../../adaptation/propose.ts";
import type { Kind, Purpose } from "../../adaptation/words.ts";
import type { Said } from "../../adaptation/write.ts";
import { quoteAddress } from "../../curriculum/address.ts";
import { Failure } from "../../failure.ts";
import type { DoneReport, NextStep, ReasonsReport } from "../../report/report.ts";
import { type AdaptPlan, commitAdaptation, planAdapt, recordsFor } from "../../version/adapt.ts";
import { openVersion } from "../../version/open.ts";
import { baseTreeOf, type OwnChange, type OwnChanges, ownChanges } from "../../version/own-changes.ts";
import { type EquippedVersion, requireBase, requireEquipped, requireReady } from "../../version/ready.ts";
import { startWriting } from "../../version/writing.ts";
import { chooseChanges } from "../choose.ts";
import type { Context, Outcome } from "../context.ts";
import { refuseLocked, refuseShrunk } from "../refusals.ts";
import { shownPassage, titlesOf } from "../shown.ts";

interface AdaptFlags {
  readonly for?: Purpose[];
  readonly why?: string;
  readonly kind?: Kind;
  readonly title?: string;
  readonly by?: string;
  readonly trial?: boolean;
  readonly reviewBy?: string;
  readonly stillHolds?: boolean;
  readonly dryRun?: boolean;
}

/** `adapt`: explain a change and commit just it; without an address, list what has no reason yet. */
export async function run(context: Context, args: readonly string[], flags: AdaptFlags): Promise<Outcome> {
  const gather = async (): Promise<{ version: EquippedVersion; own: OwnChanges }> => {
    const version = requireEquipped(await requireReady(await openVersion(context.cwd, { from: "worktree" })));
    requireBase(version);
    const base = baseTreeOf(version);
    return {
      version,
      own: await ownChanges(version, base ?? { commit: version.head, holds: [] }, { kind: "worktree" }),
    };
  };
  if (args.length === 0) {
    const { version, own } = await gather();
    return { exit: 0, report: withoutReason(version, own) };
  }
  const { version: found } = await gather();
  return startWriting(found.repo, "adapt", async () => {
    let { version, own } = await gather();
    if (context.interactive && !flags.stillHolds) {
      const { editWhereUnchanged } = await import("../ui/editor.ts");
      if (await editWhereUnchanged(context, version, own, args)) ({ version, own } = await gather());
    }
    const chosen = chooseChanges(own.changes, args);
    refuseLocked(chosen, version);
    refuseShrunk(chosen);
    const plan = planAdapt(chosen);
    const said = await reasonFor(context, plan, chosen, flags);
    const { files, titles } = recordsFor(version.self.id, own, plan, said);
    if (flags.dryRun) return { exit: 0, report: dryRun(chosen, titles) };
    const title = titles.map((each) => each.title).join("; ");
    const commit = await commitAdaptation(
      version,
      chosen,
      files,
      { did: `Explained: ${title}`, text: messageOf(title, said, titles) },
      context.now,
    );
    return { exit: 0, report: done(version, own, chosen, titles, commit) };
  });
}

/** Asks for what is missing on a terminal; without one says which flags to give. */
async function reasonFor(
  context: Context,
  plan: AdaptPlan,
  chosen: readonly OwnChange[],
  flags: AdaptFlags,
): Promise<Said> {
  const kind =
    flags.kind ??
    proposeKind(
      chosen.map(({ passage }) => ({
        key: passage.key,
        base: passage.base?.text ?? null,
        local: passage.local?.text ?? null,
        words: passage.words,
      })),
    );
  const first = chosen[0];
  const title = flags.title ?? (first ? titleOf(first) : "Adaptation");
  const given: Said = {
    ...(flags.why === undefined ? {} : { why: flags.why.trim() }),
    ...(flags.for === undefined ? {} : { for: flags.for }),
    ...(flags.by === undefined ? {} : { by: flags.by }),
    ...(flags.reviewBy === undefined ? {} : { reviewBy: flags.reviewBy }),
    ...(flags.trial === undefined ? {} : { trial: flags.trial }),
  };
  let said: Said;
  if (plan.fresh.length === 0 && flags.stillHolds) {
    said = { ...given, ...(flags.kind ? { kind } : {}), ...(flags.title ? { title } : {}) };
  } else if (plan.fresh.length === 0) {
    // A renewal has its purpose on record; only the reason is asked for again.
    said = {
      ...given,
      why: given.why ?? (await askWhy(context, plan)),
      ...(flags.kind ? { kind } : {}),
      ...(flags.title ? { title } : {}),
    };
  } else if (given.why !== undefined && given.for !== undefined) {
    said = { ...given, kind, title };
  } else if (context.interactive) {
    const { askReason } = await import("../ui/prompts.ts");
    said = await askReason(
      context,
      { ...given, kind, title },
      chosen.map(({ at }) => at),
    );
  } else {
    throw missing(given, chosen);
  }
  for (const text of [said.why, said.title, said.by]) refusePupilData(text);
  return said;
}

async function askWhy(context: Context, plan: AdaptPlan): Promise<string> {
  const before = [...plan.records][0]?.record.why ?? "";
  if (!context.interactive) {
    throw new Failure("usage", "The text was edited again, so its reason is to be renewed.", {
      where: `the reason on record: ${before}`,
      next: [
        "--still-holds          if that reason holds for the new text",
        '--why "…"              to give a new one',
      ],
    });
  }
  const { askAgain } = await import("../ui/prompts.ts");
  return askAgain(context, before);
}

function missing(given: Said, chosen: readonly OwnChange[]): Failure {
  const at = chosen[0] ? quoteAddress(chosen[0].at) : "ADDRESS";
  const flags = [
    given.for === undefined ? "--for PURPOSE" : "",
    given.why === undefined ? '--why "…"' : "",
  ].filter(Boolean);
  return new Failure("usage", "A change needs a reason before it can be explained to anybody.", {
    where: chosen.map((each) => quoteAddress(each.at)).join(", "),
    next: [
      `leeway adapt ${at} ${flags.join(" ")}`,
      "PURPOSE is one of place, eal, send, timetable, … (leeway adapt --help lists them)",
    ],
  });
}

function refusePupilData(text: string | undefined): void {
  const found = text === undefined ? null : looksLikePupilData(text);
  if (found === null) return;
  throw new Failure("usage", `${found}. A reason is read across the trust and cannot be fully deleted.`, {
    next: ["Write about the curriculum, never about a pupil, and run the command again."],
  });
}

function titleOf({ document, passage }: OwnChange): string {
  const name = (passage.local ?? passage.base)?.name;
  const whole = document.base === null || document.local === null;
  return whole || !name ? document.change.title : `${document.change.title}: ${name}`;
}

function messageOf(title: string, said: Said, titles: readonly { id: string }[]): string {
  const lines = [
    `Adapt: ${title}`,
    "",
    ...(said.why ? [said.why, ""] : []),
    ...(said.for ? [`For: ${said.for.join(", ")}`] : []),
    ...titles.map(({ id }) => `Adaptation: ${id}`),
  ];
  return `${lines.join("\n").trim()}\n`;
}

function dryRun(chosen: readonly OwnChange[], titles: readonly { id: string; title: string }[]): DoneReport {
  return {
    kind: "done",
    verb: "adapt",
    did: [
      `Would explain ${chosen.map(({ at }) => quoteAddress(at)).join(", ")}`,
      ...titles.map(({ id, title }) => `in the record ${id}: ${title}`),
      "Nothing was changed.",
    ],
    undo: null,
    next: [],
    data: { dryRun: true, adaptations: titles.map(({ id }) => id), passages: chosen.map(({ at }) => at) },
  };
}

function done(
  version: EquippedVersion,
  own: OwnChanges,
  chosen: readonly OwnChange[],
  titles: readonly { id: string; title: string; path: string }[],
  commit: string,
): DoneReport {
  const left = own.changes.filter(
    (each) => !chosen.includes(each) && shownPassage(each).reason.state === "missing",
  );
  const next: NextStep[] = left[0]
    ? [[`leeway adapt ${quoteAddress(left[0].at)}`, "the next change without a reason"]]
    : version.published
      ? [["leeway push", "send this version home"]]
      : [];
  return {
    kind: "done",
    verb: "adapt",
    did: [
      ...titles.map(({ id, title }) => `Explained: ${title}   (${id})`),
      ...chosen.map(({ at }) => `  ${quoteAddress(at)}`),
      ...(own.records.length === 0
        ? [
            "Everyone in the trust can read this reason, and it cannot be fully deleted.",
            "Write about the curriculum, never about a pupil.",
          ]
        : []),
    ],
    undo: "leeway undo",
    next,
    data: { commit, adaptations: titles.map(({ id }) => id), passages: chosen.map(({ at }) => at) },
  };
}

function withoutReason(version: EquippedVersion, own: OwnChanges): ReasonsReport {
  const shown = own.changes.map(shownPassage);
  const open = shown.filter(({ reason }) => ["missing", "renew", "pending", "locked"].includes(reason.state));
  const first = open.find(({ reason }) => reason.state !== "locked");
  return {
    kind: "reasons",
    version: version.self.name,
    passages: open,
    titles: titlesOf(own.changes),
    explained: shown.filter(({ reason }) => reason.state === "explained").length,
    next: first
      ? [[`leeway adapt ${quoteAddress(first.at)} --for PURPOSE --why "…"`, "give the reason in a sentence"]]
      : [],
  };
}
