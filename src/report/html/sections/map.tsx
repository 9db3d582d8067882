import type { VNode } from "preact";
import { count, number } from "../../wording.ts";
import { Day, StandingMark, VersionLink, WideTable } from "../parts.tsx";
import { mapPlot } from "../plot/map.ts";
import { standingIn, standingWords } from "../reading/standing.ts";
import { type Entry, subjectName, type Trust } from "../reading/trust.ts";

/** Versions by subjects, region by region. */
export function SubjectMap({ trust }: { trust: Trust }): VNode {
  const { regions, subjects, entries } = trust;
  if (subjects.length === 0) return <p>No version has changed anything in a subject.</p>;
  const most = Math.max(...entries.flatMap(({ version }) => version.subjects.map(({ words }) => words)));
  return (
    <>
      <p>
        A row is a version, a column a subject. The shape of a mark is how the version stands there, as in the
        table above; the larger it is, the more words were changed, up to {count(most, "word")}. Regions and
        schools stand in the order of their names. A hollow mark is from an earlier day.
      </p>
      <div class="panels">
        {regions.map((region) => (
          <figure class="panel">
            <figcaption>
              <h3>
                <bdi>{region.name}</bdi>
              </h3>
              <p class="quiet">
                {number(region.entries.filter(({ state }) => state === "current").length)} of{" "}
                {count(region.entries.length, "version")} read
              </p>
            </figcaption>
            <div class="scrolls">{mapPlot(region, subjects, most)}</div>
          </figure>
        ))}
      </div>
      <details class="as-table">
        <summary>The same as a table</summary>
        <WideTable name="Versions by subjects">
          <thead>
            <tr>
              <th scope="col">Version</th>
              <th scope="col">Status</th>
              {subjects.map((subject) => (
                <th scope="col">{subjectName(subject)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {entries.map((entry) => (
              <Row entry={entry} subjects={subjects} />
            ))}
          </tbody>
        </WideTable>
      </details>
    </>
  );
}

function Row({ entry, subjects }: { entry: Entry; subjects: readonly string[] }): VNode {
  return (
    <tr>
      <th scope="row">
        <VersionLink entry={entry} />
      </th>
      {entry.state === "unread" ? (
        <td colSpan={subjects.length + 1}>not read</td>
      ) : (
        <>
          <td>
            <StandingMark standing={entry.standing} />
            {entry.state === "old" ? (
              <>
                {" "}
                on <Day on={entry.on} />
              </>
            ) : null}
          </td>
          {subjects.map((subject) => {
            const figures = entry.version.subjects.find((each) => each.subject === subject);
            if (entry.drift.figures === null) return <td>not known</td>;
            return (
              <td>
                {standingWords(standingIn(figures))}
                {figures === undefined || figures.words === 0 ? null : `, ${count(figures.words, "word")}`}
              </td>
            );
          })}
        </>
      )}
    </tr>
  );
}
