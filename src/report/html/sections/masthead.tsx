import type { VNode } from "preact";
import { count, listed, number, percent } from "../../wording.ts";
import { Day, Written } from "../parts.tsx";
import { isSettled, type Standing } from "../reading/standing.ts";
import { countStandings, totalsOf } from "../reading/totals.ts";
import type { Trust } from "../reading/trust.ts";

/** Whose page this is, of when, and in two sentences how things stand. */
export function Masthead({ trust }: { trust: Trust }): VNode {
  const { root, on } = trust.survey;
  return (
    <header class="masthead">
      <p class="kicker">How the curriculum is adapted</p>
      <h1>
        <Written>{root.name}</Written>
      </h1>
      <p class="dateline">
        {count(trust.entries.length, "version")} below it, looked at on <Day on={on} />
        {root.edition === null ? null : (
          <>
            . Newest edition: <Written>{root.edition}</Written>
          </>
        )}
      </p>
      <div class="in-short">
        <p class="lead">{inShort(trust)}</p>
        <div class="caution">
          <p>{inWords(trust)}</p>
          <p>
            These figures say how much changed, not how good it is. Adapting is what the versions are for: an
            explained change is no fault, and nothing here ranks a school or a person.
          </p>
        </div>
      </div>
    </header>
  );
}

function inShort({ current, entries, outside }: Trust): string {
  if (current.length === 0) return "No version could be read, so there is nothing to tell yet.";
  const standings = countStandings(current).filter((each) => each.count > 0);
  const settled = standings.filter(({ standing }) => isSettled(standing));
  const open = standings.filter(({ standing }) => !isSettled(standing));
  const sum = (list: typeof standings): number => list.reduce((total, each) => total + each.count, 0);
  const fine =
    settled.length === 0
      ? ""
      : `${number(sum(settled))} of ${count(current.length, "version")} ${sum(settled) === 1 ? "has" : "have"} nothing open: ${listed(settled.map(phrase))}. `;
  const rest =
    open.length === 0
      ? "Nothing waits for anybody."
      : `In ${number(sum(open))} of ${number(current.length)} something is open: ${listed(open.map(phrase))}.`;
  const missing =
    outside.length === 0 ? "" : ` ${number(outside.length)} of ${number(entries.length)} could not be read.`;
  return fine + rest + missing;
}

/** How much was changed in all, with what it is a part of. */
function inWords({ current }: Trust): string {
  const { measured, passages, words, of, unexplained } = totalsOf(current);
  if (measured === 0) return "";
  return `Together they changed ${count(passages, "passage")}: ${number(words)} of ${count(of, "word")} (${percent(of === 0 ? 0 : words / of)}). ${number(unexplained.words)} of those ${count(words, "word")} have no reason yet.`;
}

const PHRASES: Readonly<Record<Standing, string>> = {
  adapted: "adapted",
  same: "the same as upstream",
  "update-waiting": "with an update waiting",
  "reason-missing": "with a reason missing",
  "decision-needed": "with a decision to take",
  "locked-changed": "with locked text changed",
  "no-starting-point": "without a starting point",
};

function phrase({ standing, count: many }: { standing: Standing; count: number }): string {
  return `${number(many)} ${PHRASES[standing]}`;
}
