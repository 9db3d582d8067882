import type { VNode } from "preact";
import { count } from "../../wording.ts";
import { Address, Day, VersionLink, Written } from "../parts.tsx";
import { duePlot } from "../plot/due.ts";
import { type DueGroup, dueGroups } from "../reading/due.ts";
import type { Trust } from "../reading/trust.ts";

/** Months that are open when the page is. */
const OPEN = 2;

/** Reviews and holds that end, by date. */
export function DueDates({ trust }: { trust: Trust }): VNode {
  const groups = dueGroups(trust);
  if (groups.length === 0) return <p>Nothing has a date.</p>;
  const all = groups.reduce((sum, { items }) => sum + items.length, 0);
  return (
    <>
      <p>{count(all, "date")}: reasons to look at again, and updates that are held back until a day.</p>
      <figure>
        <div class="scrolls">{duePlot(groups, trust.survey.on.slice(0, 10))}</div>
        <figcaption>One mark for each date. A ring is one that has passed.</figcaption>
      </figure>
      {groups.map((group, index) => (
        <details open={index < OPEN}>
          <summary>
            {group.title} <span class="quiet">{count(group.items.length, "date")}</span>
          </summary>
          <DueList group={group} />
        </details>
      ))}
    </>
  );
}

function DueList({ group: { items } }: { group: DueGroup }): VNode {
  return (
    <ul class="dates">
      {items.map(({ on, what, at, by }) => (
        <li>
          <Day on={on} />
          <span>
            <VersionLink entry={by} />: <Written>{what}</Written>
            {at === null ? null : (
              <>
                {" "}
                <Address at={at} />
              </>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
