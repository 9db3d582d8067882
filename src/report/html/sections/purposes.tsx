import type { VNode } from "preact";
import { count, number } from "../../wording.ts";
import { WideTable } from "../parts.tsx";
import { purposesPlot } from "../plot/purposes.ts";
import { adaptationsOf, purposesByKinds } from "../reading/adaptations.ts";
import { purposeMeaning, purposeName } from "../reading/purposes.ts";
import type { Trust } from "../reading/trust.ts";

/** What adaptations are for, and what was done. */
export function Purposes({ trust }: { trust: Trust }): VNode {
  const made = adaptationsOf(trust);
  if (made.length === 0) return <p>No adaptation is on record yet.</p>;
  const table = purposesByKinds(made);
  const versions = new Set(made.map(({ by }) => by)).size;
  const trials = made.filter(({ adaptation }) => adaptation.status === "trial").length;
  return (
    <>
      <p>
        {count(made.length, "adaptation")} in {number(versions)} of {count(trust.current.length, "version")}
        {trials === 0 ? "" : `, ${number(trials)} of ${number(made.length)} on trial`}. One that serves two
        purposes is counted under both.
      </p>
      <div class="beside">
        <figure>
          <div class="scrolls">{purposesPlot(table)}</div>
          <figcaption>Down: what it is for. Across: what was done.</figcaption>
        </figure>
        <dl class="purposes">
          {table.purposes.map((purpose) => (
            <div>
              <dt>{purposeName(purpose)}</dt>
              <dd>
                <span class="meaning">{purposeMeaning(purpose)}</span>
                <span class="figure">
                  <b>{number(made.filter(({ adaptation }) => adaptation.for.includes(purpose)).length)}</b> of{" "}
                  {number(made.length)}
                </span>
              </dd>
            </div>
          ))}
        </dl>
      </div>
      <details class="as-table">
        <summary>The same as a table</summary>
        <WideTable name="Adaptations by purpose and kind">
          <thead>
            <tr>
              <th scope="col">For</th>
              {table.kinds.map((kind) => (
                <th scope="col" class="figure">
                  {kind}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.purposes.map((purpose) => (
              <tr>
                <th scope="row">{purposeName(purpose)}</th>
                {table.cells
                  .filter((cell) => cell.purpose === purpose)
                  .map((cell) => (
                    <td class="figure">{number(cell.count)}</td>
                  ))}
              </tr>
            ))}
          </tbody>
        </WideTable>
      </details>
    </>
  );
}
