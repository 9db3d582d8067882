import type { VNode } from "preact";
import { count, number } from "../../wording.ts";
import { Day, Glyph, VersionLink, Written } from "../parts.tsx";
import { standingsPlot } from "../plot/standings.ts";
import { MEANINGS, standingWords } from "../reading/standing.ts";
import { countStandings } from "../reading/totals.ts";
import type { Old, Trust, Unread } from "../reading/trust.ts";

/** Where everybody stands, and who is not in these figures. */
export function Standings({ trust }: { trust: Trust }): VNode {
  const { current, outside, entries } = trust;
  return (
    <>
      <div class="beside">
        <table class="standings">
          <caption>
            {current.length === entries.length
              ? `All ${count(current.length, "version")}`
              : `${number(current.length)} of ${count(entries.length, "version")}: those that were read`}
          </caption>
          <thead>
            <tr>
              <th scope="col">Status</th>
              <th scope="col" class="figure">
                Versions
              </th>
            </tr>
          </thead>
          <tbody>
            {countStandings(current).map(({ standing, count: many }) => (
              <tr class={many === 0 ? "none" : undefined}>
                <th scope="row">
                  <span class="standing-mark">
                    <Glyph standing={standing} /> {standingWords(standing)}
                  </span>
                  <span class="meaning">{MEANINGS[standing]}</span>
                </th>
                <td class="figure">
                  <b>{number(many)}</b> of {number(current.length)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {current.length === 0 ? null : (
          <figure>
            {standingsPlot(trust)}
            <figcaption>
              One mark for each version that was read, by region. The table says what the shapes mean.
            </figcaption>
          </figure>
        )}
      </div>
      {outside.length === 0 ? null : <Outside outside={outside} />}
    </>
  );
}

/** Named, and in no total. */
function Outside({ outside }: { outside: readonly (Old | Unread)[] }): VNode {
  return (
    <div class="note">
      <h3>Not in these figures</h3>
      <ul>
        {outside.map((entry) => (
          <li>
            <VersionLink entry={entry} />:{" "}
            {entry.state === "unread" && entry.skipped ? "left out" : "not reached"},{" "}
            <Written>{entry.why}</Written>.{" "}
            {entry.state === "old" ? (
              <>
                What this page tells of it is from <Day on={entry.on} />.
              </>
            ) : (
              "Nothing of it is known here."
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
