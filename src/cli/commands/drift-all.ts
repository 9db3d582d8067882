import { isAt, quoteAddress } from "../../curriculum/address.ts";
import { isFine } from "../../drift/figures.ts";
import { Failure } from "../../failure.ts";
import type { NextStep } from "../../report/next-step.ts";
import { below, group } from "../../trust/grouped.ts";
import type { Grouping } from "../../trust/groupings.ts";
import { hotspotsAt } from "../../trust/hotspots.ts";
import type { Survey } from "../../trust/survey.ts";
import type { Surveyed } from "../../trust/survey-hub.ts";
import type { Context, Outcome } from "../context.ts";
import { quoteWord } from "../naming.ts";
import { type Surveying, survey } from "../survey.ts";

export interface AllFlags extends Surveying {
  readonly by?: Grouping;
  readonly why?: boolean;
  readonly exitCode?: boolean;
}

/** `drift --all`: every version of a trust, from the hub, from a folder of clones, or from published figures. */
export async function driftAll(context: Context, at: string | undefined, flags: AllFlags): Promise<Outcome> {
  const surveyed = await survey(
    context,
    flags,
    (word) => `leeway drift ${quoteAddress(word)} --all   what all versions made of that passage`,
  );
  const exit = flags.exitCode && !allFine(surveyed.survey) ? 1 : 0;
  const again = commandFor(flags);
  if (at !== undefined) return { exit, report: passageReport(surveyed, at, again) };
  if (flags.by !== undefined) {
    if (flags.from !== undefined && flags.by !== "region") {
      throw new Failure("usage", `Published figures say nothing of each ${flags.by}.`, {
        next: [`${again} --by region   pools them by region`],
      });
    }
    const next: NextStep[] = [[again, "version by version"]];
    return {
      exit,
      report: { kind: "grouped", survey: surveyed.survey, grouped: group(surveyed, flags.by), next },
    };
  }
  return {
    exit,
    report: {
      kind: "survey",
      why: flags.why ?? false,
      survey: surveyed.survey,
      next: nextFor(surveyed.survey, flags),
    },
  };
}

function commandFor({ all, from }: AllFlags): string {
  if (from !== undefined)
    return `leeway drift --all --from ${from.slice(0, 2).map(quoteWord).join(" ")}${from.length > 2 ? " …" : ""}`;
  return `leeway drift --all${typeof all === "string" ? ` ${quoteWord(all)}` : ""}`;
}

function passageReport(
  { survey: { versions }, changesBy }: Surveyed,
  at: string,
  again: string,
): Outcome["report"] {
  const passages = hotspotsAt(changesBy, (place) => isAt(place, at));
  if (passages.length === 0) {
    throw new Failure("usage", "No version changed anything there.", {
      where: at,
      next: [`${again} --by passage   lists what several versions changed`],
    });
  }
  const names = Object.fromEntries(versions.map(({ id, name }) => [id, name]));
  return { kind: "passage", at, names, passages, next: [] };
}

function allFine(survey: Survey): boolean {
  return below(survey).every(({ drift }) => drift !== null && isFine(drift));
}

function nextFor(survey: Survey, flags: AllFlags): NextStep[] {
  const next: NextStep[] = [];
  const isHub = flags.from === undefined && flags.all === true;
  const isOld = below(survey).some(({ seen }) => seen.state === "unreachable");
  if (isHub && isOld) next.push(["leeway versions sync", "try again to reach those that were not"]);
  const [hotspot] = survey.hotspots;
  if (hotspot !== undefined) {
    const again = commandFor(flags);
    next.push([`${again} --by passage`, "what several versions changed"]);
    next.push([again.replace("drift", `drift ${quoteAddress(hotspot.at)}`), "what each made of one passage"]);
  } else if (flags.from !== undefined) next.push([`${commandFor(flags)} --by region`, "the same by region"]);
  return next;
}
