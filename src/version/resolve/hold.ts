import { Failure } from "../../failure.ts";
import type { Repository } from "../../git/repository.ts";
import type { Decision } from "../rebase/plan.ts";
import { type Hold, parseVersionFile, versionPath } from "../version-file.ts";
import { choicesFor, chosen } from "./choices.ts";
import { choose } from "./choose.ts";
import { isAt } from "./find.ts";
import type { Stop } from "./notes.ts";
import { openDecisions } from "./open.ts";
import { requireReadable } from "./reading.ts";

/**
 * Holds decisions of a stopped rebase: this version's text stays, and a hold in `version.yaml` keeps the old base
 * for the passage, so that a later rebase sees exactly what was left out. Each can be taken back by `unchoose`.
 * @returns the stop with the choices noted
 */
export async function holdDecisions(
  repo: Repository,
  self: string,
  stop: Stop,
  held: readonly Decision[],
  hold: Pick<Hold, "why" | "until">,
): Promise<Stop> {
  const path = versionPath(self);
  const before = await repo.text(["show", `${stop.before}:${path}`]);
  const base = parseVersionFile(path, before).base?.commit ?? stop.sides.base;
  const picks = held.map((decision) => ({
    decision,
    taken: chosen(decision, choicesFor(decision, []), "local").taken,
  }));
  await requireReadable(repo, stop, picks);
  let now = stop;
  for (const { decision, taken } of picks) {
    now = await choose(repo, now, decision, taken, { path, hold: { at: decision.at, base, ...hold } });
  }
  return now;
}

/** @throws Failure "usage" where nothing to decide lies at the address */
export async function decisionsAt(repo: Repository, stop: Stop, address: string): Promise<Decision[]> {
  const open = await openDecisions(repo, stop);
  const found = open.filter((decision) => isAt(decision, address));
  if (found.length > 0) return found;
  throw new Failure("usage", "Nothing is to decide there.", {
    where: address,
    next: open.map(({ at }) => `leeway hold "${at}" --why "…"`),
  });
}
