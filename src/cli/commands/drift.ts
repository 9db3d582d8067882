import type { NextStep } from "../../report/report.ts";
import { measureDrift } from "../../version/drift/drift.ts";
import { openVersion } from "../../version/open.ts";
import type { Context, Outcome } from "../context.ts";
import { tellUnsaved, tellUnsavedSettings } from "../unsaved.ts";

interface DriftFlags {
  readonly why?: boolean;
  readonly against?: string;
  readonly exitCode?: boolean;
  readonly upstream?: string;
}

/** `drift`: how far this version lies from its upstream, or from a farther layer. Reads commits. */
export async function run(context: Context, _args: readonly string[], flags: DriftFlags): Promise<Outcome> {
  const version = await openVersion(context.look, { from: "head", upstream: flags.upstream });
  const [drift] = await Promise.all([
    measureDrift(version, context.today, flags.against),
    tellUnsavedSettings(context, version),
    tellUnsaved(context, version),
  ]);
  const fine = ["adapted", "same", "source"].includes(drift.status);
  const next: NextStep[] = [];
  if (drift.figures !== null && !flags.why)
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
    exit: flags.exitCode && !fine ? 1 : 0,
    report: { kind: "drift", why: flags.why ?? false, drift, next },
  };
}
