import { isAt } from "../../curriculum/address.ts";
import { isFine } from "../../drift/figures.ts";
import { Failure } from "../../failure.ts";
import type { NextStep } from "../../report/next-step.ts";
import { type Drift, measureDrift } from "../../version/drift/drift.ts";
import { openVersion } from "../../version/open.ts";
import { isUnfetched, neverFetched } from "../../version/rebase/wanted.ts";
import type { Context, Outcome } from "../context.ts";
import { quoteWord } from "../naming.ts";
import { tellUnsaved, tellUnsavedSettings } from "../unsaved.ts";
import type { AllFlags } from "./drift-all.ts";

interface DriftFlags extends AllFlags {
  readonly against?: string;
}

/** `drift`: how far this version lies from its upstream, or from a farther layer. Reads commits. */
export async function run(context: Context, args: readonly string[], flags: DriftFlags): Promise<Outcome> {
  const [at] = args;
  if (flags.all !== undefined && flags.against !== undefined) {
    throw new Failure("usage", "--all measures every version against its own upstream, layer by layer.", {
      where: `--against ${flags.against}`,
      next: [
        "leeway drift --all   measures each against the layer above it",
        `leeway drift --against ${quoteWord(flags.against)}   in one version's copy measures that one against a farther layer`,
      ],
    });
  }
  if (flags.all !== undefined) return (await import("./drift-all.ts")).driftAll(context, at, flags);
  for (const name of ["from", "by"] as const)
    if (flags[name] !== undefined) {
      throw new Failure("usage", `--${name} is about many versions.`, {
        next: [`leeway drift --all --${name} …   looks at all of them`],
      });
    }
  const version = await openVersion(context.look, { from: "head", upstream: flags.upstream });
  const [drift] = await Promise.all([
    measureDrift(version, context.today, flags.against),
    tellUnsavedSettings(context, version),
    tellUnsaved(context, version),
  ]);
  if (version.start.kind === "known" && isUnfetched(version, version.start.commit))
    context.io.stderr.write(`${neverFetched(version).message}\n`);
  const why = flags.why === true || at !== undefined;
  const shown = at === undefined ? drift : { ...drift, passages: passagesAt(drift, at) };
  const next: NextStep[] = [];
  if (drift.figures !== null && !why)
    next.push([
      `leeway drift --why${flags.against === undefined ? "" : ` --against ${flags.against}`}`,
      "every passage behind the figures",
    ]);
  const waits = (drift.figures?.behind.passages ?? 0) > 0 && version.self === null;
  if (drift.status === "decision-needed" || drift.status === "update-waiting" || waits) {
    const name = drift.target?.edition ?? "the update";
    next.push(["leeway rebase --dry-run", `try ${name}; nothing changes`]);
  }
  // A plain copy has nowhere to keep reasons; what it can do next is look and take.
  if (drift.status === "reason-missing" && version.self !== null)
    next.push(["leeway adapt", "lists what has no reason yet"]);
  return {
    exit: flags.exitCode && !isFine(drift) ? 1 : 0,
    report: { kind: "drift", why, at: at ?? null, drift: shown, next },
  };
}

/** @throws Failure "usage" where no figure has anything to say of that address */
function passagesAt(drift: Drift, at: string): Drift["passages"] {
  const found = drift.passages.filter((each) => isAt(each.at, at));
  if (found.length > 0 || drift.figures === null) return found;
  throw new Failure("usage", "Nothing differs there, here or in what waits upstream.", {
    where: at,
    next: ["leeway drift --why   lists every passage behind the figures"],
  });
}
