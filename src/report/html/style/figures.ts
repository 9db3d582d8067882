import { STANDINGS } from "../reading/standing.ts";

/** Tables, marks and drawings. */
export const FIGURES = `
figure { margin: 0; min-width: 0; }
figcaption { color: var(--soft); font-size: 0.92rem; margin-top: 0.7rem; }
.panel figcaption { color: inherit; font-size: 1rem; margin: 0; display: flex; flex-wrap: wrap; gap: 0 0.7rem; align-items: baseline; }
.plot { display: block; font-family: var(--sans); overflow: visible; }
.beside .plot, .panel .plot { width: 100%; height: auto; max-width: 27rem; }
.scrolls .plot { min-width: 20.4rem; }
.plot a { cursor: pointer; }
.plot a:hover text { text-decoration: underline; }
.plot a:focus-visible { outline: 2.5px solid var(--accent); outline-offset: 1px; }
.bar .plot { width: 100%; max-width: 21.5rem; height: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums lining-nums; }
caption { text-align: left; color: var(--soft); padding-bottom: 0.5rem; }
th { font-weight: 620; text-align: left; }
th, td { padding: 0.5rem 1rem 0.5rem 0; border-bottom: 1px solid var(--rule); vertical-align: top; }
thead th { color: var(--soft); font-weight: 400; font-size: 0.92rem; }
.figure { text-align: right; padding-right: 0; white-space: nowrap; }
th:last-child, td:last-child { padding-right: 0; }
.wide table { font-size: 0.92rem; overflow-wrap: break-word; }
.wide th[scope='row'] { min-width: 9rem; max-width: 18rem; }
.wide td.figure { padding-left: 1rem; }
.standings { width: 100%; }
.standings .meaning { display: block; font-weight: 400; color: var(--soft); font-size: 0.92rem; max-width: 30em; }
.standings td { font-size: 1.02rem; }
.standings .none .standing-mark { color: var(--soft); font-weight: 400; }
.standing-mark { white-space: nowrap; }
.glyph { width: 0.92em; height: 0.92em; vertical-align: -0.07em; margin-right: 0.22em; overflow: visible; }
${STANDINGS.map((standing) => `.glyph.${standing} { fill: var(--${standing}); }`).join("\n")}
.version.old .glyph { fill: none; stroke: var(--soft); stroke-width: 0.22; stroke-dasharray: 0.4 0.25; }
.purposes { margin: 0; font-variant-numeric: tabular-nums; }
.purposes div { padding: 0.42rem 0; border-bottom: 1px solid var(--rule); }
.purposes dt { font-weight: 620; }
.purposes dt::first-letter { text-transform: uppercase; }
.purposes dd { margin: 0; display: flex; justify-content: space-between; gap: 1rem; }
.purposes .meaning { color: var(--soft); font-size: 0.92rem; }
`;
