import type { ComponentChildren, VNode } from "preact";
import type { AdaptationSummary } from "../../../adaptation/summary.ts";
import type { SurveyedDifference } from "../../../trust/survey.ts";
import { count, editionLabel, longDate, number, percent } from "../../wording.ts";
import { ChangedText } from "../change.tsx";
import { Address, Day, Glyph, StandingMark, Written } from "../parts.tsx";
import { MEANINGS } from "../reading/standing.ts";
import type { Current, Entry, Old, Trust, Unread } from "../reading/trust.ts";

/** Each version by itself. */
export function Versions({ trust }: { trust: Trust }): VNode {
  return (
    <>
      <p>
        Each version against its own upstream: its figures, its largest differences word by word, and its
        adaptations with their reasons.
      </p>
      {trust.regions.map(({ name, entries }) => (
        <section class="region">
          <h3>
            <bdi>{name}</bdi>
          </h3>
          {entries.map((entry) => (
            <Version entry={entry} />
          ))}
        </section>
      ))}
    </>
  );
}

function Version({ entry }: { entry: Entry }): VNode {
  const { version, anchor, state } = entry;
  return (
    <details class={`version ${state}`}>
      <summary>
        <h4>
          {state === "unread" ? null : <Glyph standing={entry.standing} />} <bdi>{version.name}</bdi>
        </h4>
        <span class="quiet">{inShort(entry)}</span>
      </summary>
      <div class="body" id={anchor}>
        {state === "unread" ? <Unknown entry={entry} /> : <Measured entry={entry} />}
      </div>
    </details>
  );
}

function inShort(entry: Entry): string {
  if (entry.state === "unread") return entry.skipped ? "left out" : "not read";
  const { figures } = entry.drift;
  const told =
    figures === null
      ? "no starting point, no figures"
      : figures.diverged.passages === 0
        ? "nothing changed here"
        : `changed here: ${count(figures.diverged.passages, "passage")}, ${number(figures.diverged.words)} of ${count(figures.diverged.of, "word")}`;
  return entry.state === "old" ? `as of ${longDate(entry.on)}: ${told}` : told;
}

function Unknown({ entry: { version, why, skipped } }: { entry: Unread }): VNode {
  return (
    <p>
      <Written>{version.name}</Written> is in no figure: {skipped ? "it was left out, " : ""}
      <Written>{why}</Written>.
    </p>
  );
}

function Measured({ entry }: { entry: Current | Old }): VNode {
  const { version, drift, standing } = entry;
  return (
    <>
      {entry.state === "old" ? (
        <p class="note">
          Not reached: <Written>{entry.why}</Written>. What follows is from <Day on={entry.on} />, and in no
          total.
        </p>
      ) : null}
      <p>
        <StandingMark standing={standing} />. {MEANINGS[standing]}{" "}
        {drift.why === null ? null : (
          <>
            <Written>{drift.why}</Written>.
          </>
        )}
      </p>
      {(version.remarks ?? []).map((remark) => (
        <p class="note">
          <Written>{remark}</Written>
        </p>
      ))}
      <Figures entry={entry} />
      {version.largest.length === 0 ? null : <h5>The largest differences</h5>}
      {version.largest.map((difference) => (
        <Difference difference={difference} />
      ))}
      {version.adaptations.length === 0 ? null : <h5>Adaptations</h5>}
      <ul class="adaptations">
        {version.adaptations.map((adaptation) => (
          <Adaptation adaptation={adaptation} />
        ))}
      </ul>
    </>
  );
}

function Figures({ entry: { drift, version } }: { entry: Current | Old }): VNode {
  const { figures, base, target, against } = drift;
  return (
    <dl class="figures">
      <Figure name="Layer">
        {version.layer}
        {against === null ? null : (
          <>
            {" "}
            below <Written>{against.name}</Written>
          </>
        )}
      </Figure>
      {base === null ? null : (
        <Figure name="Builds on">
          <Written>{editionLabel(base)}</Written>
          {target === null || target.commit === base.commit ? null : (
            <>
              ; invited to take <Written>{editionLabel(target)}</Written>
            </>
          )}
        </Figure>
      )}
      {figures === null ? (
        <Figure name="Figures">none: it is not known what this was copied from</Figure>
      ) : (
        <>
          <Figure name="Changed here">{measured(figures.diverged)}</Figure>
          <Figure name="Of that, reason missing">{measured(figures.undeclared)}</Figure>
          <Figure name="Order and structure">{arrangement(figures.diverged)}</Figure>
          <Figure name="Locked text changed">
            {figures.breaches.count === 0 ? "none" : count(figures.breaches.count, "passage")}
            {figures.breaches.passages.map((at) => (
              <>
                {" "}
                <Address at={at} />
              </>
            ))}
          </Figure>
          <Figure name="Not yet taken">
            {measured(figures.behind)}
            {figures.behind.oldest === null ? "" : `, waiting since ${longDate(figures.behind.oldest)}`}
            {figures.behind.held === 0 ? "" : `; ${count(figures.behind.held, "passage")} held back`}
          </Figure>
          <Figure name="Changed on both sides">
            {number(figures.contested.conflicts)} to decide, {number(figures.contested.reviews)} to look over
          </Figure>
        </>
      )}
    </dl>
  );
}

function Figure({ name, children }: { name: string; children: ComponentChildren }): VNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function measured({ passages, words, of }: { passages: number; words: number; of: number }): string {
  return `${count(passages, "passage")}, ${number(words)} of ${count(of, "word")}`;
}

function arrangement({ order, structure }: { order: number; structure: number }): string {
  if (order === 0 && structure === 0) return "nothing moved, added or left out";
  return [
    ...(order > 0 ? [`${percent(order)} of all pairs of siblings in another order`] : []),
    ...(structure > 0 ? [`${percent(structure)} of all passages added or left out`] : []),
  ].join("; ");
}

function Difference({ difference }: { difference: SurveyedDifference }): VNode {
  const { at, document, name, words, base, local, figure, undeclared, why } = difference;
  return (
    <article class="difference">
      <h6>
        <Written>{document}</Written>: <Written>{name}</Written>{" "}
        <span class="quiet">{count(words, "word")}</span>
      </h6>
      <p class="quiet">
        <Address at={at} />
      </p>
      <ChangedText at={at} base={base} local={local} />
      {figure === "breaches" && <p class="quiet">This passage is locked.</p>}
      {why === null ? (
        <p class="quiet">{undeclared ? "No reason yet." : "Free to change: no reason is asked for."}</p>
      ) : (
        <p class="why">
          <Written>{why}</Written>
        </p>
      )}
    </article>
  );
}

function Adaptation({ adaptation }: { adaptation: AdaptationSummary }): VNode {
  const { title, kind, why, status, reviewBy } = adaptation;
  return (
    <li>
      <b>
        <Written>{title}</Written>
      </b>{" "}
      <span class="quiet">
        {[kind, ...adaptation.for].join(", ")}
        {status === "active" ? "" : `; ${status}`}
        {reviewBy === null ? "" : `; to look at again by ${longDate(reviewBy)}`}
      </span>
      <p class="why">
        <Written>{why}</Written>
      </p>
    </li>
  );
}
