/** One column on a telephone; from 1160 pixels on the list of parts stands beside it and stays in view. */
export const LAYOUT = `
*, *::before, *::after { box-sizing: border-box; }
body { margin: 0 auto; max-width: 96rem; padding: 0 clamp(1rem, 4vw, 4rem); }
.skip { position: absolute; left: 1rem; top: -4rem; padding: 0.5rem 1rem; background: var(--paper); }
.skip:focus { top: 0.5rem; z-index: 1; }
.masthead { padding: clamp(2rem, 5vw, 4.5rem) 0 clamp(1.5rem, 3vw, 2.5rem); border-bottom: 1px solid var(--rule); }
.masthead h1 { margin: 0.35rem 0 0.7rem; }
.in-short { display: grid; gap: 1.3rem clamp(2.5rem, 5vw, 5rem); margin-top: clamp(1.4rem, 3vw, 2.4rem); align-items: start; }
.caution p + p { margin-top: 0.8rem; }
nav ol { list-style: none; margin: 0; padding: 1.2rem 0 0; display: flex; flex-wrap: wrap; gap: 0.35rem 1.3rem; }
nav a { text-decoration: none; display: inline-block; padding: 0.15rem 0; }
nav a:hover { text-decoration: underline; }
main { min-width: 0; }
.part { padding-top: clamp(2.6rem, 5vw, 4.2rem); }
.part + .part { margin-top: clamp(2.6rem, 5vw, 4.2rem); border-top: 1px solid var(--rule); }
.part > h2 { margin-bottom: 0.9rem; scroll-margin-top: 1.5rem; }
.part > p { max-width: 44em; margin-bottom: 1.4rem; }
.beside { display: grid; gap: 2rem clamp(2rem, 5vw, 4.5rem); grid-template-columns: minmax(0, 1fr); align-items: start; }
.panels { display: grid; gap: 2.4rem clamp(1.5rem, 3vw, 3rem); grid-template-columns: repeat(auto-fill, minmax(min(100%, 20.5rem), 1fr)); align-items: start; }
ul.cards, ul.adaptations, ul.dates { list-style: none; margin: 0; padding: 0; }
ul.cards { display: grid; gap: 1.6rem clamp(1.5rem, 3vw, 3rem); grid-template-columns: repeat(auto-fill, minmax(min(100%, 23rem), 1fr)); }
ul.cards li { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0.35rem; align-content: start; border-top: 1px solid var(--rule); padding-top: 0.9rem; }
details { border-top: 1px solid var(--rule); }
details:last-of-type { border-bottom: 1px solid var(--rule); }
summary { cursor: pointer; padding: 0.7rem 0.2rem; display: flex; flex-wrap: wrap; gap: 0.1rem 0.7rem; align-items: baseline; list-style: none; }
summary::-webkit-details-marker { display: none; }
summary::before { content: ''; flex: none; align-self: center; width: 0.46rem; height: 0.46rem; border: solid var(--soft); border-width: 0 1.6px 1.6px 0; transform: rotate(-45deg); }
details[open] > summary::before { transform: rotate(45deg); }
summary:hover { background: var(--raised); }
details > :not(summary) { margin: 0.3rem 0 1.4rem 1.3rem; }
.as-table, .more, figure + details { margin-top: 1.8rem; }
.wide, .scrolls { overflow-x: auto; max-width: 100%; }
.note { margin-top: 2rem; padding: 1rem 1.3rem; background: var(--raised); border-left: 3px solid var(--soft); border-radius: 2px; }
.note ul { margin: 0.5rem 0 0; padding-left: 1.1rem; }
.nature { margin-top: 2.4rem; }
.nature > p { max-width: 44em; color: var(--soft); margin: 0.3rem 0 1.2rem; }
.hotspot > summary { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 0.5rem 0.8rem; align-items: start; padding: 0.9rem 0.2rem; }
.hotspot > summary::before { align-self: start; margin-top: 0.45rem; }
.hotspot .bar { grid-column: 2; }
.hotspot .bar p { font-size: 0.94rem; margin-top: 0.25rem; }
.group + .group { margin-top: 1.3rem; }
.group h5 { margin-bottom: 0.35rem; }
.group .why, .difference .why { margin-top: 0.45rem; }
.dates li { display: grid; grid-template-columns: 9.5rem minmax(0, 1fr); gap: 0 1rem; padding: 0.3rem 0; }
.region { margin-top: 2.6rem; }
.region > h3 { margin-bottom: 0.6rem; }
.version .body { scroll-margin-top: 5rem; display: grid; grid-template-columns: minmax(0, 1fr); gap: 1rem; max-width: 50rem; }
.version h5 { margin-top: 1rem; }
.figures { margin: 0; display: grid; gap: 0.15rem 1.6rem; }
.figures div { display: grid; grid-template-columns: minmax(0, 1fr); padding: 0.35rem 0; border-bottom: 1px solid var(--rule); }
.figures dt { color: var(--soft); }
.figures dd { margin: 0; }
.difference { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0.15rem; }
.difference .change { margin-top: 0.3rem; }
.adaptations { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0.9rem; }
footer { margin-top: clamp(3rem, 6vw, 5rem); padding: 1.6rem 0 3rem; border-top: 1px solid var(--rule); color: var(--soft); font-size: 0.92rem; }
footer p { max-width: 48em; }
@media (min-width: 44rem) {
  .hotspot > summary { grid-template-columns: auto minmax(0, 1fr) 21.5rem; }
  .hotspot .bar { grid-column: 3; }
  .figures div { grid-template-columns: 13rem minmax(0, 1fr); }
}
@media (min-width: 64rem) {
  .in-short { grid-template-columns: minmax(0, 1.9fr) minmax(0, 1fr); }
}
@media (min-width: 54rem) {
  .beside { grid-template-columns: minmax(0, 1.15fr) minmax(0, 1fr); }
}
@media (min-width: 72.5rem) {
  .columns { display: grid; grid-template-columns: 13.5rem minmax(0, 1fr); gap: 0 clamp(2.5rem, 4.5vw, 5rem); }
  nav { border-right: 1px solid var(--rule); }
  nav ol { position: sticky; top: 0; display: grid; gap: 0.55rem; padding: clamp(2.6rem, 5vw, 4.2rem) 1rem 2rem 0; }
}
@media (max-width: 30rem) {
  .dates li { grid-template-columns: minmax(0, 1fr); }
  details > :not(summary) { margin-left: 0.2rem; }
}
`;
