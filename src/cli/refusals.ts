import { wordListEdits, wordsOf } from "../compare/words.ts";
import { quoteAddress } from "../curriculum/address.ts";
import { Failure } from "../failure.ts";
import type { OpenVersion } from "../version/open.ts";
import { isLocked, type OwnChange } from "../version/own-changes.ts";

/**
 * Refuses to explain a change of locked text: what is locked, because of what, by whom, and what to do instead.
 * @throws Failure "usage"
 */
export function refuseLocked(chosen: readonly OwnChange[], version: OpenVersion): void {
  const locked = chosen.find(isLocked);
  if (!locked) return;
  const { leeway, at, document } = locked;
  const owner = leeway.name;
  const because = leeway.because ? `: ${leeway.because.replace(/\.$/, "")}` : "";
  throw new Failure("usage", `This text is locked by ${owner}${because}. It may not be changed here.`, {
    where: quoteAddress(at),
    next: [
      `git checkout ${version.start.kind === "known" ? version.start.commit.slice(0, 10) : "HEAD"} -- "${document.change.path}"   puts the document back as it was`,
      "Say it elsewhere in the lesson: sections such as practice or homework are free to adapt",
      `or ask ${owner} for an exception`,
    ],
  });
}

/**
 * Refuses a change that takes words away where text may only be added to.
 * @throws Failure "usage"
 */
export function refuseShrunk(chosen: readonly OwnChange[]): void {
  for (const { leeway, at, passage } of chosen) {
    if (leeway.level !== "add" || passage.base === null || passage.change === "moved") continue;
    const { removed } = wordListEdits(wordsOf(passage.base.normal), wordsOf(passage.local?.normal ?? ""));
    if (removed === 0) continue;
    const because = leeway.because ? ` ${leeway.because}.` : "";
    throw new Failure("usage", `This may be added to, but ${removed} of its words went away.${because}`, {
      where: quoteAddress(at),
      next: ["Put the shared words back and keep your own beside them, then run the command again."],
    });
  }
}
