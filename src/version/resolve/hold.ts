import { Failure } from "../../failure.ts";
import type { Repository } from "../../git/repository.ts";
import type { Decision } from "../rebase/plan.ts";
import { type Hold, parseVersionFile, versionPath } from "../version-file.ts";
import { choicesFor, chosen } from "./choices.ts";
import { choose } from "./choose.ts";
import { isAt } from "./find.ts";
import { type Stop, writeNotes } from "./notes.ts";
import { openDecisions } from "./open.ts";
import { keepOwn, putHold } from "./own-hold.ts";

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
  let now = stop;
  for (const decision of held) {
    now = await choose(repo, now, decision, chosen(decision, choicesFor(decision, []), "local").taken);
    now = await noteHold(repo, now, path, { at: decision.at, base, ...hold });
  }
  return now;
}

/** Writes one hold to `version.yaml`, and notes with the last choice what stood there before. */
async function noteHold(repo: Repository, stop: Stop, path: string, hold: Hold): Promise<Stop> {
  const own = await keepOwn(repo, path);
  const history = stop.history.map((entry, index) =>
    index === stop.history.length - 1 ? { ...entry, own } : entry,
  );
  const next = { ...stop, history };
  await writeNotes(repo, next);
  await putHold(repo, path, hold);
  return next;
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
