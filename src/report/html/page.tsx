import type { VNode } from "preact";
import { renderToString } from "preact-render-to-string";
import type { Survey } from "../../trust/survey.ts";
import { printableSurvey } from "./reading/printable-survey.ts";
import { readTrust, type Trust } from "./reading/trust.ts";
import { DueDates } from "./sections/due.tsx";
import { Hotspots } from "./sections/hotspots.tsx";
import { Invitations } from "./sections/invitations.tsx";
import { SubjectMap } from "./sections/map.tsx";
import { Masthead } from "./sections/masthead.tsx";
import { Offers } from "./sections/offers.tsx";
import { Purposes } from "./sections/purposes.tsx";
import { Standings } from "./sections/standings.tsx";
import { Versions } from "./sections/versions.tsx";
import { contentPolicy } from "./style/policy.ts";
import { STYLE } from "./style/style.ts";

/** The parts of the page, in the order in which they are read. */
const SECTIONS: readonly { id: string; title: string; Body: (of: { trust: Trust }) => VNode }[] = [
  { id: "standings", title: "Where everybody stands", Body: Standings },
  { id: "map", title: "Versions by subject", Body: SubjectMap },
  { id: "hotspots", title: "Where the core is changed most", Body: Hotspots },
  { id: "purposes", title: "What adaptations are for", Body: Purposes },
  { id: "offers", title: "What the centre may want to take up", Body: Offers },
  { id: "invitations", title: "Where adapting is invited", Body: Invitations },
  { id: "due", title: "What is due", Body: DueDates },
  { id: "versions", title: "Each version", Body: Versions },
];

/**
 * A survey of a trust as one page of HTML that needs nothing else: no network, no script.
 * Every text of the survey is escaped on its way in, since schools write it and nobody checks it for markup.
 */
export function renderPage(survey: Survey): string {
  const trust = readTrust(printableSurvey(survey));
  return `<!doctype html>\n${renderToString(<Page trust={trust} />)}\n`;
}

function Page({ trust }: { trust: Trust }): VNode {
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={contentPolicy(STYLE)} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="generator" content="Leeway" />
        <meta name="referrer" content="no-referrer" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${trust.survey.root.name}: how the curriculum is adapted`}</title>
        <style>{STYLE}</style>
      </head>
      <body>
        <a class="skip" href="#main">
          Skip to the content
        </a>
        <Masthead trust={trust} />
        <div class="columns">
          <nav aria-label="Parts of this page">
            <ol>
              {SECTIONS.map(({ id, title }) => (
                <li>
                  <a href={`#${id}`}>{title}</a>
                </li>
              ))}
            </ol>
          </nav>
          <main id="main">
            {SECTIONS.map(({ id, title, Body }) => (
              <section class="part" aria-labelledby={id}>
                <h2 id={id}>{title}</h2>
                <Body trust={trust} />
              </section>
            ))}
          </main>
        </div>
        <footer>
          <p>
            Made by Leeway from the versions' own repositories. Words are counted in normalised text:
            wrapping, line ends and the order of keys count as nothing, a replaced word is one edit. Every
            figure pools words of words; none is an average.
          </p>
        </footer>
      </body>
    </html>
  );
}
