import type { NextStep } from "../../report/report.ts";
import { measureDrift } from "../../version/drift.ts";
import { openVersion } from "../../version/open.ts";
import type { Context, Outcome } from "../context.ts";

interface DriftFlags {
  readonly why?: boolean;
  readonly against?: string;
  readonly exitCode?: boolean;
  readonly upstream?: string;
}

/** `drift`: how far this version lies from its upstream, or from a farther layer. Reads commits. */
export async function run(context: Context, _args: readonly string[], flags: DriftFlags): Promise<Outcome> {
  const version = await openVersion(context.cwd, { from: "head", upstream: flags.upstream });
  const drift = await measureDrift(version, context.today, flags.against);
  const fine = ["adapted", "same", "source"].includes(drift.status);
  const next: NextStep[] = [];
  if (drift.figures !== null && !flags.why)
    next.push(["leeway drift --why", "every passage behind the figures"]);
  if (drift.status === "decision-needed" || drift.status === "update-waiting") {
    const name = drift.target?.edition ?? "the update";
    next.push(["leeway rebase --dry-run", `try ${name}; nothing changes`]);
  }
  if (drift.status === "reason-missing") next.push(["leeway adapt", "lists what has no reason yet"]);
  return {
    exit: flags.exitCode && !fine ? 1 : 0,
    report: { kind: "drift", why: flags.why ?? false, drift, next },
  };
}
