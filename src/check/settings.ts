import picomatch from "picomatch";
import type { LayerRules } from "../rules/rules.ts";
import type { Finding, Severity } from "./finding.ts";

/** The families of checks (design: integrity, leeway, coherence, calendar). */
export type FamilyName = "integrity" | "leeway" | "coherence" | "calendar";

/** An exception that is in force, and who grants it. */
export interface Exception {
  readonly check: string;
  readonly at: string;
  readonly because: string;
  /** The last day, YYYY-MM-DD. */
  readonly until: string;
  readonly layer: string;
  /** Whether this version grants it to itself, so that it can be told when nothing needs it. */
  readonly own: boolean;
}

/** What the layers say of checks, as one. */
export interface Settings {
  readonly layers: readonly LayerRules[];
  readonly self: string | null;
  /** Exceptions that have not run out. */
  readonly exceptions: readonly Exception[];
  readonly approval: readonly string[];
}

/**
 * Puts the `checks:` of all layers together. A layer above decides, one below may only tighten. What a layer above
 * gives as leeway no version below excuses itself from.
 * @param layers as they judge, nearest above first, this version's own last
 * @param today YYYY-MM-DD
 */
export function settingsOf(layers: readonly LayerRules[], self: string | null, today: string): Settings {
  return {
    layers,
    self,
    exceptions: layers.flatMap(({ layer, file }) =>
      (file.checks?.exceptions ?? [])
        .filter((each) =>
          each.for === undefined ? layer === self : self !== null && each.for.includes(self),
        )
        .filter(({ until }) => until >= today)
        .map(({ check, at, because, until }) => ({ check, at, because, until, layer, own: layer === self })),
    ),
    approval: [...new Set(layers.flatMap(({ file }) => file.checks?.approval ?? []))],
  };
}

const WEIGHT = { off: 0, warning: 1, error: 2 } as const;

/** How much a finding of a check weighs for this version. */
export function severityOf(
  { layers, self }: Settings,
  check: { readonly id: string; readonly severity: Severity },
  family: FamilyName,
): Severity | "off" {
  let held: Severity | "off" = check.severity;
  let isSaid = false;
  // Farthest first: this version's own stands last, those above nearest first.
  const own = layers.filter(({ layer }) => layer === self);
  const above = layers.filter(({ layer }) => layer !== self).reverse();
  for (const { layer, file } of [...above, ...own]) {
    const said = file.checks?.severity[check.id];
    if (said === undefined) continue;
    const mayLoosen = !isSaid && !(family === "leeway" && layer === self && above.length > 0);
    if (mayLoosen || WEIGHT[said] > WEIGHT[held]) held = said;
    isSaid = true;
  }
  return held;
}

/** Whether an exception speaks of a finding: its check, and its address, its document or its path. */
export function excepts({ check, at }: Exception, finding: Finding): boolean {
  if (check !== finding.check) return false;
  if (at === finding.at || at === finding.path) return true;
  if (finding.at !== null && /^[#@]/.test(finding.at.slice(at.length)) && finding.at.startsWith(at))
    return true;
  return picomatch(at, { dot: true, nonegate: true })(finding.path);
}

/** An exception counts for a check of the leeway family only where a layer above grants it. */
export function mayExcept(exception: Exception, family: FamilyName, hasUpstream: boolean): boolean {
  return family !== "leeway" || !exception.own || !hasUpstream;
}
