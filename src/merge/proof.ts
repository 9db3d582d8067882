import { audit, mixesUnreadable } from "./audit.ts";
import { asSide, type Part } from "./conflict.ts";
import { brokenContainers } from "./containers.ts";
import { cut } from "./cut.ts";
import { doubledHeadingsAmid, doubledUnits, lacksCommon } from "./outline.ts";
import { isSettled } from "./parts.ts";
import { misplacedUnits } from "./placement.ts";
import { revivedUnits } from "./revived.ts";
import type { Cut, Unit } from "./unit.ts";
import { valuesAreTaken } from "./values-audit.ts";
import type { Woven } from "./weave.ts";

type Units = readonly Unit[];

/** The three texts of a merge with their units; an absent base is the empty text. */
export interface Three {
  readonly base: Cut;
  readonly ours: Cut;
  readonly theirs: Cut;
}

/**
 * Whether a merge can be answered for. Called clean, it is read anew and audited, and no text may stand beneath a heading
 * or in a container that is not its own on either side; what leaves something open has every word of both sides by its
 * making, and is looked through for what stands twice, and on either side for what nobody wanted changed.
 */
export function isProven(
  path: string,
  three: Three,
  { parts, units }: Pick<Woven, "parts" | "units">,
): boolean {
  const { base, ours, theirs } = three;
  const sides = [ours.units, theirs.units] as const;
  if (!isSettled(parts)) {
    const isTwice = doubledHeadingsAmid(sides, units).length > 0 || doubledUnits(sides, units).length > 0;
    const taken = (["ours", "theirs"] as const).map(
      (side) => cut(path, asSide(parts, side), ours, theirs).units,
    );
    return !isTwice && !lacksCommon(base.units, sides, taken);
  }
  const result = cut(path, parts.join(""), ours, theirs);
  if (!isInPlace(base.units, sides, result.units)) return false;
  const all = { base: base.units, ours: ours.units, theirs: theirs.units, result: result.units };
  if (revivedUnits(all).length > 0) return false;
  return audit({ path, ...three, result }, "units").length === 0 && !mixesUnreadable(path, three);
}

/** Whether the fields of a file that is left open can be read, and are those of its sides, whichever side is taken. */
export function keepsFields(path: string, three: Three, parts: readonly Part[]): boolean {
  return (["ours", "theirs"] as const).every((side) =>
    valuesAreTaken(path, three, { text: asSide(parts, side) }),
  );
}

/** Whether every container is whole, and everything stands in one, and beneath a heading, in which a side has it. */
function isInPlace(base: Units, sides: readonly [Units, Units], result: Units): boolean {
  const isWhole = brokenContainers(base, sides, result).length === 0;
  return isWhole && misplacedUnits(base, sides, result).length === 0;
}
