import { quoteAddress } from "../../curriculum/address.ts";
import { Failure } from "../../failure.ts";
import type { ReasonsReport, ShownPassage } from "../../report/kinds/changes.ts";
import type { DoneReport } from "../../report/kinds/done.ts";
import type { NextStep } from "../../report/next-step.ts";
import {
  commitAdaptation,
  planAdapt,
  type Reasons,
  recordsFor,
  type Written,
} from "../../version/change/adapt.ts";
import { baseTreeOf, type OwnChange, type OwnChanges, ownChanges } from "../../version/change/own-changes.ts";
import { type Look, lookAt } from "../../version/look.ts";
import { openVersion } from "../../version/open.ts";
import { type EquippedVersion, requireBase, requireEquipped, requireReady } from "../../version/ready.ts";
import { chooseChanges } from "../choose.ts";
import type { Context, Outcome } from "../context.ts";
import { homeward } from "../homeward.ts";
import {
  refuseDuplicates,
  refuseFiles,
  refuseLocked,
  refuseShrunk,
  refuseTaken,
  refuseUnreadable,
} from "../refusals.ts";
import { addressesOf, askReasons, type SaidFlags, saysAnything } from "../said.ts";
import { firstToExplain, shownChanges, titlesOf, unreadableIn } from "../shown.ts";
import { writing } from "../writing.ts";

interface AdaptFlags extends SaidFlags {
  readonly dryRun?: boolean;
}

/** `adapt`: explain a change and commit just it; without an address, list what has no reason yet. */
export async function run(context: Context, args: readonly string[], flags: AdaptFlags): Promise<Outcome> {
  const gather = async (look: Look): Promise<{ version: EquippedVersion; own: OwnChanges }> => {
    const version = requireEquipped(await requireReady(await openVersion(look, { from: "worktree" })));
    if (version.start.kind === "source") throw noReasonNeeded(version);
    requireBase(version);
    const base = baseTreeOf(version);
    return {
      version,
      own: await ownChanges(version, base ?? { commit: version.head, holds: [] }, {
        kind: "worktree",
        status: look.status(),
      }),
    };
  };
  const anew = (): Look => lookAt(context.cwd, "status");
  if (args.length === 0) {
    const { version, own } = await gather(context.look);
    return { exit: 0, report: withoutReason(version, own) };
  }
  const { repo } = await context.look.checkout;
  return writing(context, repo, "adapt", async () => {
    let { version, own } = await gather(anew());
    if (context.interactive && !flags.stillHolds) {
      const { editWhereUnchanged } = await import("../ui/editor.ts");
      if (await editWhereUnchanged(context, version, own, args)) ({ version, own } = await gather(anew()));
    }
    const place = { repo: version.repo, head: version.head, cwd: context.cwd };
    await refuseUnreadable(place, own.files, args);
    await refuseFiles(place, own, args);
    await refuseTaken(place, own, args);
    const chosen = await chooseChanges(place, own.changes, args, "mistake");
    await refuseDuplicates(version, chosen);
    await refuseLocked(chosen, version);
    const plan = planAdapt(chosen);
    refuseShrunk([...plan.fresh, ...plan.stale, ...plan.pending]);
    const isSettled = plan.settled.length === chosen.length;
    if (isSettled && !saysAnything(flags)) return { exit: 0, report: explainedAlready(chosen) };
    const told = isSettled ? chosen : chosen.filter((change) => !plan.settled.includes(change));
    const reasons = await askReasons(context, plan, flags);
    const { files, written } = recordsFor(version.self.id, own, plan, reasons);
    if (flags.dryRun) return { exit: 0, report: dryRun(told, written) };
    const title = [...new Set(written.map((each) => each.title))].join("; ");
    const commit = await commitAdaptation(
      version,
      chosen,
      files,
      { did: `Explained: ${title}`, text: messageOf(title, reasons, written) },
      context.now,
    );
    return { exit: 0, report: done(own, told, written, commit, await homeward(version.repo)) };
  });
}

/** The centre's own text is nobody else's. */
function noReasonNeeded({ self }: EquippedVersion): Failure {
  return new Failure("usage", `${self.name} is where the curriculum starts: its changes need no reason.`, {
    next: [
      "leeway save                commits them",
      "leeway release EDITION    names the state that others take",
    ],
  });
}

function messageOf(title: string, { made, renewed }: Reasons, written: readonly Written[]): string {
  const { why, for: purposes } = made ?? renewed;
  const lines = [
    `Adapt: ${title}`,
    "",
    ...(why ? [why, ""] : []),
    ...(purposes ? [`For: ${purposes.join(", ")}`] : []),
    ...written.map(({ id }) => `Adaptation: ${id}`),
  ];
  return `${lines.join("\n").trim()}\n`;
}

function explainedAlready(chosen: readonly OwnChange[]): DoneReport {
  const titles = chosen.flatMap(({ explanation }) =>
    explanation.state === "none"
      ? []
      : [`${explanation.file.record.title}   (${explanation.file.record.id})`],
  );
  return {
    kind: "done",
    verb: "adapt",
    did: [...new Set(titles)].map((title) => `Explained already: ${title}`).concat("Nothing was changed."),
    undo: null,
    next: [['leeway adapt ADDRESS --why "…"', "to give a new reason"]],
    data: { commit: null, adaptations: [], passages: addressesOf(chosen) },
  };
}

function dryRun(chosen: readonly OwnChange[], written: readonly Written[]): DoneReport {
  return {
    kind: "done",
    verb: "adapt",
    did: [
      ...addressesOf(chosen).map((at) => `Would explain ${quoteAddress(at)}`),
      ...written.map(({ id, title }) => `in the record ${id}: ${title}`),
      "Nothing was changed.",
    ],
    undo: null,
    next: [],
    data: { dryRun: true, adaptations: written.map(({ id }) => id), passages: chosen.map(({ at }) => at) },
  };
}

const DID: Readonly<Record<Written["did"], string>> = {
  made: "Explained",
  renewed: "Reason renewed",
  bound: "Reason bound to the text",
};

function done(
  own: OwnChanges,
  chosen: readonly OwnChange[],
  written: readonly Written[],
  commit: string,
  home: NextStep,
): DoneReport {
  const left = firstToExplain(shownChanges(own.changes.filter((each) => !chosen.includes(each))));
  const next: NextStep[] = left
    ? [[`leeway adapt ${quoteAddress(left.at)}`, "the next change without a reason"]]
    : [home];
  return {
    kind: "done",
    verb: "adapt",
    did: [
      ...written.map(({ id, title, did }) => `${DID[did]}: ${title}   (${id})`),
      ...addressesOf(chosen).map((at) => `  ${quoteAddress(at)}`),
      ...(own.records.length === 0
        ? [
            "Everyone in the trust can read this reason, and it cannot be fully deleted.",
            "Write about the curriculum, never about a pupil.",
          ]
        : []),
    ],
    undo: "leeway undo",
    next,
    data: { commit, adaptations: written.map(({ id }) => id), passages: chosen.map(({ at }) => at) },
  };
}

function withoutReason(version: EquippedVersion, own: OwnChanges): ReasonsReport {
  const shown = shownChanges(own.changes);
  const open = shown.filter(({ reason }) => ["missing", "renew", "pending", "locked"].includes(reason.state));
  return {
    kind: "reasons",
    version: version.self.name,
    passages: open,
    titles: titlesOf(own.changes),
    explained: shown.filter(({ reason }) => reason.state === "explained").length,
    unreadable: unreadableIn(own),
    // Locked text needs no reason, but to be put back.
    next: [...open.filter((each) => !isLockedText(each)), ...open.filter(isLockedText)]
      .filter((each) => each.reason.state !== "missing" || each === firstToExplain(open))
      .flatMap(({ at, reason }): NextStep[] => STEPS[reason.state]?.(quoteAddress(at)) ?? [])
      .slice(0, 1),
  };
}

function isLockedText({ reason }: ShownPassage): boolean {
  return reason.state === "locked";
}

/** What to type next for a change, by where it stands with its reason. */
const STEPS: Readonly<Record<string, (at: string) => NextStep[]>> = {
  missing: (at) => [[`leeway adapt ${at} --for PURPOSE --why "…"`, "give the reason in a sentence"]],
  renew: (at) => [[`leeway adapt ${at} --still-holds`, 'or --why "…" to give a new reason']],
  locked: (at) => [[`leeway diff ${at}`, "see the locked text as it was, to put it back"]],
  pending: () => [["leeway save", "binds the reason that was written by hand"]],
};
