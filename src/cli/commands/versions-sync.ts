import { shownUrl } from "../../git/names.ts";
import type { NextStep } from "../../report/next-step.ts";
import { count, longDate, listed as sentence } from "../../report/wording.ts";
import type { Walked } from "../../trust/listed.ts";
import { rootOf } from "../../trust/root.ts";
import { countsOf, stateOf } from "../../trust/seen.ts";
import { type Synced, syncHub } from "../../trust/sync.ts";
import { openVersion } from "../../version/open.ts";
import type { Context, Outcome } from "../context.ts";
import { tellUnsavedList } from "../unsaved.ts";
import { writing } from "../writing.ts";

/** `versions sync`: get what every version below has now, through all layers, into the hub. */
export async function sync(
  context: Context,
  { dryRun, timeout = 30 }: { readonly dryRun?: boolean; readonly timeout?: number },
): Promise<Outcome> {
  const version = await openVersion(context.look, { from: "head" });
  const root = await rootOf(version);
  await tellUnsavedList(context, version);
  if (dryRun) {
    const did = [
      `Would get what ${count(root.list.length, "version")} on this list and those below them have now. Nothing was changed.`,
    ];
    return done(did, [], { dryRun: true });
  }
  return writing(context, root.repo, "versions", async () => {
    const { now, progress } = context;
    const walked = await syncHub({ root, now, patience: timeout * 1000, progress });
    progress("");
    const seen = walked.map((each) => stateOf(each, "seen" in each ? each.seen.note : null));
    const counts = countsOf(seen);
    const did = [
      `${count(walked.length, "version")} on the lists: ${sentence([
        `${counts.checked} with something new`,
        `${counts.unchanged} unchanged`,
        `${counts.unreachable} not reached`,
        `${counts.skipped} left out`,
      ])}.`,
      ...walked.flatMap(remarksOf),
    ];
    const versions = walked.map(({ listed }, index) => ({
      id: listed.id,
      name: listed.name,
      upstream: listed.upstream,
      url: listed.url,
      ...seen[index],
    }));
    const next: NextStep[] =
      walked.length === 0
        ? [["leeway versions add URL", "puts a version on the list"]]
        : [["leeway drift --all", "where every version stands"]];
    return done(did, next, { ...counts, versions });
  });
}

function remarksOf(each: Walked<Synced>): string[] {
  const { listed } = each;
  if ("leftOut" in each) return [`${listed.name} (${listed.id}) is left out: ${each.leftOut}.`];
  const { note, remarks } = each.seen;
  const told = remarks.map((remark) => `${listed.name} (${listed.id}): ${remark}.`);
  if (note.unreachable === null) return told;
  const last = note.on === null ? "nothing of it is here" : `what is here is of ${longDate(note.on)}`;
  return [
    `${listed.name} (${listed.id}) was not reached: ${note.unreachable} (${shownUrl(note.url)}); ${last}.`,
    ...told,
  ];
}

function done(did: string[], next: NextStep[], data: Record<string, unknown>): Outcome {
  return { exit: 0, report: { kind: "done", verb: "versions", did, undo: null, next, data } };
}
