import type { Hotspot } from "../../../trust/survey.ts";

/** What a hotspot may mean to the centre. */
export type Nature =
  /** Most made much the same edit: it could be the centre's own. */
  | "alike"
  /** Each went its own way: the core does not fit here. */
  | "apart"
  | "mixed";

/** Fewer changes than this, and it is too early to say that the core does not fit. */
const LEAST_APART = 3;

/** Alike where at least two, and half of all, made much the same edit; apart where no two did. */
export function natureOf({ groups, versions }: Hotspot): Nature {
  const largest = groups[0]?.versions.length ?? 0;
  if (largest >= 2 && largest * 2 >= versions) return "alike";
  return largest <= 1 && versions >= LEAST_APART ? "apart" : "mixed";
}
