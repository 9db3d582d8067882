import { quoteAddress } from "../../curriculum/address.ts";
import { Failure } from "../../failure.ts";
import { type OpenVersion, openVersion } from "../../version/open.ts";
import type { Decision } from "../../version/rebase/plan.ts";
import { chosen, type Taken } from "../../version/resolve/choices.ts";
import { choose, unchoose } from "../../version/resolve/choose.ts";
import { byNumber, isAt, subjectOf } from "../../version/resolve/find.ts";
import { holdDecisions } from "../../version/resolve/hold.ts";
import type { Deciding } from "../../version/resolve/notes.ts";
import { openDecisions } from "../../version/resolve/open.ts";
import { requireReadable } from "../../version/resolve/reading.ts";
import { resultOf } from "../../version/resolve/result.ts";
import { writtenText } from "../../version/resolve/written.ts";
import type { Context, Outcome } from "../context.ts";
import {
  asked,
  type Done,
  describeDecisions,
  findStopping,
  noDecisions,
  type Stopping,
  stoppingNow,
  stoppingOf,
} from "../decisions.ts";
import { type Action, actionOf, type ResolveFlags } from "../resolve-action.ts";
import { writing } from "../writing.ts";

/** `resolve`: settle what is contested, one passage at a time: by keys on a terminal, by flags without one. */
export async function run(context: Context, args: readonly string[], flags: ResolveFlags): Promise<Outcome> {
  const action = await actionOf(context, flags);
  const named = { address: args[0], subject: flags.subject };
  const isRead = action.kind === "list" || (action.kind === "ask" && !context.interactive);
  if (isRead || flags.dryRun) {
    const version = await openVersion(context.look, { from: "head", alone: true });
    if (action.kind === "list" && args.length === 0 && flags.subject === undefined) {
      if ((await findStopping(version)) === null) return { exit: 0, report: noDecisions(version) };
    }
    const { stopping, open, wanted } = await namedDecisions(version, action, named);
    if (!isRead) return preview(stopping, wanted, action);
    const exit = action.kind === "list" || open.length === 0 ? 0 : 3;
    return { exit, report: await describeDecisions(stopping, { shown: wanted, view: "whole" }) };
  }
  const { repo } = await context.look.checkout;
  return writing(context, repo, "resolve", async () => {
    const version = await openVersion(context.cwd, { from: "head", alone: true });
    const { stopping, wanted } = await namedDecisions(version, action, named);
    const did: Done[] =
      action.kind === "ask"
        ? await (await import("../ui/resolve.ts")).askDecisions(context, stopping, wanted)
        : await settle(stopping, wanted, action);
    const now = await stoppingNow(stopping);
    const left = await openDecisions(repo, now.deciding);
    const report = await describeDecisions(now, {
      shown: left,
      view: "rows",
      did: did.map(({ words }) => words),
      results: did.flatMap(({ result }) => (result ? [result] : [])),
    });
    return { exit: left.length > 0 ? 3 : 0, report };
  });
}

/** The decisions that a person means: at an address or of a number, of a subject, or all. */
interface Named {
  readonly address: string | undefined;
  readonly subject: string | undefined;
}

/**
 * What has stopped, what is open in it, and the decisions that a person means.
 * @throws Failure "usage" where nothing has stopped, or nothing is to decide where that is
 */
async function namedDecisions(
  version: OpenVersion,
  action: Action,
  { address, subject }: Named,
): Promise<{ stopping: Stopping; open: readonly Decision[]; wanted: Decision[] }> {
  const stopping = await stoppingOf(version);
  const { deciding } = stopping;
  const open = await openDecisions(version.repo, deciding);
  const from = action.kind === "undo" ? madeOf(deciding, open) : open;
  const wanted = wantedOf(from, deciding, { address, subject });
  const isNamed = address !== undefined || subject !== undefined;
  if (isNamed && wanted.length === 0) throw nothingThere(address ?? subject ?? "", action, open, deciding);
  return { stopping, open, wanted };
}

/** Decisions that have been made, the last first. */
function madeOf(deciding: Deciding, open: readonly Decision[]): Decision[] {
  const made = deciding.history.flatMap(({ decision }) => deciding.decisions[decision] ?? []);
  return [...new Set(made.reverse())].filter((each) => !open.includes(each));
}

function wantedOf(
  from: readonly Decision[],
  { decisions }: Deciding,
  { address, subject }: Named,
): Decision[] {
  const numbered = address === undefined ? undefined : byNumber(decisions, address);
  const isNamed = (decision: Decision): boolean =>
    address === undefined || decision === numbered || (numbered === undefined && isAt(decision, address));
  return from.filter(
    (decision) => isNamed(decision) && (subject === undefined || subjectOf(decision) === subject),
  );
}

function nothingThere(
  what: string,
  action: Action,
  open: readonly Decision[],
  { decisions }: Deciding,
): Failure {
  const numbered = byNumber(decisions, what);
  const isKnown = decisions.some((each) => each === numbered || isAt(each, what) || subjectOf(each) === what);
  const words =
    action.kind === "undo"
      ? "Nothing has been decided there yet."
      : isKnown
        ? "This is settled already."
        : "Nothing is to decide there.";
  return new Failure("usage", words, {
    where: quoteAddress(what),
    next:
      isKnown && action.kind !== "undo"
        ? [`leeway resolve ${quoteAddress(what)} --undo   opens it again`]
        : open.length > 0
          ? [...new Set(open.map(({ at }) => `leeway resolve ${quoteAddress(at)}`))].slice(0, 10)
          : ["leeway resolve --list   shows what is left"],
  });
}

/** Does what was asked with every decision that was named, or nothing where one of them cannot be settled so. */
async function settle(
  stopping: Stopping,
  wanted: readonly Decision[],
  action: Exclude<Action, { kind: "list" | "ask" }>,
): Promise<Done[]> {
  const { repo, self } = stopping.version;
  let now = stopping.deciding;
  if (action.kind === "undo") {
    const [last] = wanted;
    if (last === undefined)
      throw new Failure("usage", "No choice has been made yet that could be taken back.", {
        next: ["leeway resolve --list   shows what is to decide"],
      });
    await unchoose(repo, now, last);
    return [{ words: `Open again: ${quoteAddress(last.at)}` }];
  }
  if (action.kind === "hold") {
    if (now.schema !== "leeway/stop/1" || self === null) throw noHolds(self === null);
    await holdDecisions(repo, self.id, now, wanted, action);
    return wanted.map(({ at }) => ({
      words: `${quoteAddress(at)} stays as it is here; upstream's change is held: ${action.why}`,
    }));
  }
  const did: Done[] = [];
  for (const { decision, taken, words } of await takenFor(stopping, wanted, action)) {
    const result = await resultOf(repo, now, decision, taken);
    now = await choose(repo, now, decision, taken);
    did.push({ words, result });
  }
  return did;
}

function noHolds(isPlain: boolean): Failure {
  return isPlain
    ? new Failure("usage", "Without a versions/ folder there is nowhere to note what is held back.", {
        next: ["--take local   keeps this version's text, without a note"],
      })
    : new Failure(
        "usage",
        "A change can be held while leeway rebase takes an update; this is a merge of Git's own.",
        {
          next: [
            "--take local   keeps this version's text",
            "leeway hold ADDRESS --why …   when the merge is finished",
          ],
        },
      );
}

/** What comes of each decision that was named, worked out for all before the first is settled. */
async function takenFor(
  stopping: Stopping,
  wanted: readonly Decision[],
  action: Extract<Action, { kind: "take" | "edit" }>,
): Promise<{ decision: Decision; taken: Taken; words: string }[]> {
  const { deciding } = stopping;
  const { repo } = stopping.version;
  if (action.kind === "edit") {
    const [decision, ...more] = wanted;
    if (decision === undefined || more.length > 0) throw oneOnly(wanted, deciding);
    const taken = writtenText(decision, action.text);
    await requireReadable(repo, deciding, [{ decision, taken }]);
    return [{ decision, taken, words: `${quoteAddress(decision.at)}: your own text` }];
  }
  const picks = (await asked(stopping, wanted)).map(({ decision, choices }) => {
    const { taken, means } = chosen(decision, choices, action.take);
    return { decision, taken, words: `${quoteAddress(decision.at)}: ${means}` };
  });
  await requireReadable(repo, deciding, picks);
  return picks;
}

function oneOnly(wanted: readonly Decision[], { decisions }: Deciding): Failure {
  return new Failure("usage", "A text can be given for one decision at a time.", {
    next: wanted
      .slice(0, 10)
      .map((each) => `leeway resolve ${decisions.indexOf(each) + 1} --edit -   ${quoteAddress(each.at)}`),
  });
}

/** What would come of it; changes nothing. */
async function preview(stopping: Stopping, wanted: readonly Decision[], action: Action): Promise<Outcome> {
  const { repo } = stopping.version;
  const did: Done[] = [];
  if (action.kind === "take" || action.kind === "edit") {
    for (const { decision, taken, words } of await takenFor(stopping, wanted, action))
      did.push({
        words: `Would settle ${words}`,
        result: await resultOf(repo, stopping.deciding, decision, taken),
      });
  } else {
    const verb = { list: "list", ask: "ask about", hold: "hold", undo: "open again:" }[action.kind];
    const named = action.kind === "undo" ? wanted.slice(0, 1) : wanted;
    did.push(...named.map(({ at }) => ({ words: `Would ${verb} ${quoteAddress(at)}` })));
  }
  const report = await describeDecisions(stopping, {
    shown: [],
    view: "rows",
    did: did.map(({ words }) => words),
    results: did.flatMap(({ result }) => (result ? [result] : [])),
    dryRun: true,
  });
  return { exit: 3, report: { ...report, did: [...report.did, "Nothing was changed."] } };
}
