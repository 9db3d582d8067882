/** On paper nothing is folded away but the tables that repeat a drawing, and a link is as good as its words. */
export const PRINT = `
@media print {
  @page { margin: 18mm 16mm 20mm; @bottom-right { content: counter(page) ' of ' counter(pages); font: 8.5pt sans-serif; color: #50606b; } }
  html { font-size: 9.5pt; }
  body { max-width: none; padding: 0; }
  nav, .skip, .as-table { display: none; }
  .columns { display: block; }
  .masthead { padding: 0 0 5mm; }
  .in-short { grid-template-columns: minmax(0, 1.8fr) minmax(0, 1fr); gap: 8mm; margin-top: 5mm; }
  .lead { font-size: 13pt; }
  details::details-content { content-visibility: visible; block-size: auto; }
  summary::before { display: none; }
  summary { padding: 0.4rem 0 0.2rem; }
  details > :not(summary) { margin-left: 0; }
  a { color: inherit; text-decoration: none; }
  h2, h3, h4, h5, h6, summary { break-after: avoid; }
  .panel, .hotspot > summary, .cards li, .difference, .group, .adaptations li, tr, .note { break-inside: avoid; }
  .panels { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  ul.cards { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .panel .plot { min-width: 0; }
  .beside { grid-template-columns: minmax(0, 1.1fr) minmax(0, 1fr); gap: 8mm; }
  .hotspot > summary { grid-template-columns: minmax(0, 1fr) 80mm; }
  .hotspot .bar { grid-column: 2; }
  .part { padding-top: 6mm; }
  .part + .part { margin-top: 8mm; }
  #versions { break-before: page; }
  ins, del, .glyph, .plot, .note { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
