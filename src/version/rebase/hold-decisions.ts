import { parseAddress } from "../../curriculum/address.ts";
import { Failure } from "../../failure.ts";
import { readText } from "../../files/read.ts";
import { writeAtomic } from "../../files/write.ts";
import type { Repository } from "../../git/repository.ts";
import { syncIndex } from "../../git/stop.ts";
import { pathMatcher } from "../holds.ts";
import { asTreeEdits, updateVersionText } from "../own-files.ts";
import type { Stop } from "../stop-state.ts";
import { type Hold, parseVersionFile, versionPath } from "../version-file.ts";
import { chooseSide } from "./choose-side.ts";
import { openDecisions } from "./open-decisions.ts";
import type { Decision } from "./plan.ts";

/**
 * Holds decisions of a stopped rebase: this version's text stays, and a hold in `version.yaml` keeps the old base
 * for the passage, so that a later rebase sees exactly what was left out.
 * @returns the stop, and the decisions that were held
 * @throws Failure "usage" where nothing to decide lies at the address
 */
export async function holdDecisions(
  repo: Repository,
  self: string,
  stop: Stop,
  address: string,
  hold: Pick<Hold, "why" | "until">,
): Promise<{ stop: Stop; held: readonly Decision[]; holds: readonly Hold[] }> {
  const open = await openDecisions(repo, stop);
  const held = open.filter((decision) => isAt(decision, address));
  if (held.length === 0) {
    throw new Failure("usage", "Nothing is to decide there.", {
      where: address,
      next: open.map(({ at }) => `leeway hold "${at}" --why "…"`),
    });
  }
  let now = stop;
  for (const decision of held) now = await chooseSide(repo, now, decision, "local");
  const path = versionPath(self);
  const text = (await readText(`${repo.root}/${path}`)) ?? "";
  const before = await repo.text(["show", `${stop.before}:${path}`]);
  const base = parseVersionFile(path, before).base?.commit ?? stop.sides.base;
  const made = [...new Set(held.map(({ at }) => at))].map((at): Hold => ({ at, base, ...hold }));
  const holds = [
    ...parseVersionFile(path, text).holds.filter(({ at }) => !made.some((each) => each.at === at)),
    ...made,
  ];
  const updated = updateVersionText(path, text, { holds });
  await writeAtomic(`${repo.root}/${path}`, Buffer.from(updated, "utf8"));
  await syncIndex(repo, await asTreeEdits(repo, [{ path, text: updated }]));
  return { stop: now, held, holds: made };
}

/** Whether a decision lies at an address: its own, its document's by id or path, or a folder above it. */
export function isAt(decision: Decision, address: string): boolean {
  const { document, passage } = parseAddress(address);
  if (decision.at === address || decision.at === `${document}${passage ?? ""}`) return true;
  if (passage !== null) return decision.path === document && decision.at.endsWith(passage);
  return parseAddress(decision.at).document === document || pathMatcher(document)(decision.path);
}
