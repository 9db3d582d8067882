import { parseAddress, quoteAddress } from "../../curriculum/address.ts";
import { Failure } from "../../failure.ts";
import { insideRoot } from "../../files/guard.ts";
import { readTextInside } from "../../files/read.ts";
import { writeAtomic } from "../../files/write.ts";
import type { Repository } from "../../git/repository.ts";
import { syncIndex } from "../../git/stop.ts";
import { pathMatcher } from "../base/holds.ts";
import { asTreeEdits, updateVersionText } from "../change/own-files.ts";
import { type Hold, parseVersionFile, versionPath } from "../version-file.ts";
import { chooseSide } from "./choose-side.ts";
import { openDecisions } from "./open-decisions.ts";
import type { Decision } from "./plan.ts";
import { type Stop, writeStop } from "./stop-state.ts";

/**
 * Holds decisions of a stopped rebase: this version's text stays, and a hold in `version.yaml` keeps the old base
 * for the passage, so that a later rebase sees exactly what was left out. Each can be taken back by `unchoose`.
 * @returns the stop, and the decisions that were held
 * @throws Failure "usage" where nothing to decide lies at the address
 */
export async function holdDecisions(
  repo: Repository,
  self: string,
  stop: Stop,
  address: string,
  hold: Pick<Hold, "why" | "until">,
): Promise<{ stop: Stop; held: readonly Decision[] }> {
  const held = await decisionsAt(repo, stop, address);
  const path = versionPath(self);
  const before = await repo.text(["show", `${stop.before}:${path}`]);
  const base = parseVersionFile(path, before).base?.commit ?? stop.sides.base;
  let now = stop;
  for (const decision of held) {
    now = await chooseSide(repo, now, decision, "local");
    now = await noteHold(repo, now, path, { at: decision.at, base, ...hold });
  }
  return { stop: now, held };
}

/** Writes one hold to `version.yaml`, and notes with the last choice what stood there before. */
async function noteHold(repo: Repository, stop: Stop, path: string, hold: Hold): Promise<Stop> {
  const text = (await readTextInside(repo.root, path)) ?? "";
  const others = parseVersionFile(path, text).holds.filter(({ at }) => at !== hold.at);
  const updated = updateVersionText(path, text, { holds: [...others, hold] });
  const [before] = await asTreeEdits(repo, [{ path, text }]);
  const history = stop.history.map((choice, index) =>
    index === stop.history.length - 1 ? { ...choice, own: { path, before: before?.oid ?? "" } } : choice,
  );
  const next = { ...stop, history };
  await writeStop(repo, next);
  await writeAtomic(await insideRoot(repo.root, path), Buffer.from(updated, "utf8"));
  await syncIndex(repo, await asTreeEdits(repo, [{ path, text: updated }]));
  return next;
}

/** @throws Failure "usage" where nothing to decide lies at the address */
export async function decisionsAt(repo: Repository, stop: Stop, address: string): Promise<Decision[]> {
  const open = await openDecisions(repo, stop);
  const found = open.filter((decision) => isAt(decision, address));
  if (found.length > 0) return found;
  throw new Failure("usage", "Nothing is to decide there.", {
    where: address,
    next: open.map(({ at }) => `leeway hold ${quoteAddress(at)} --why "…"`),
  });
}

/** Whether a decision lies at an address: its own, its document's by id or path, or a folder above it. */
export function isAt(decision: Decision, address: string): boolean {
  const { document, passage } = parseAddress(address);
  if (decision.at === address || decision.at === `${document}${passage ?? ""}`) return true;
  if (passage !== null) return decision.path === document && decision.at.endsWith(passage);
  return parseAddress(decision.at).document === document || pathMatcher(document)(decision.path);
}
