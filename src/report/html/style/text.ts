/** What schools wrote is set in a serif, what Leeway says in a sans. No font is loaded. */
export const TEXT = `
:root {
  --serif: 'Iowan Old Style', P052, 'Palatino Linotype', Palatino, 'Book Antiqua', Georgia, serif;
  --sans: Seravek, 'Gill Sans Nova', Ubuntu, Calibri, 'Segoe UI', 'Noto Sans', system-ui, sans-serif;
}
html { font: 100%/1.55 var(--sans); -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { color: var(--ink); background: var(--paper); overflow-wrap: anywhere; }
h1, h2, h3, h4, h5, h6 { margin: 0; line-height: 1.2; text-wrap: balance; }
h1, h2 { font-family: var(--serif); font-weight: 500; letter-spacing: -0.012em; }
h1 { font-size: clamp(2.3rem, 1.5rem + 3.6vw, 4.2rem); line-height: 1.05; }
h2 { font-size: clamp(1.55rem, 1.3rem + 1.1vw, 2.15rem); }
h3 { font-size: 1.14rem; font-weight: 650; }
h4 { font-size: 1.02rem; font-weight: 620; }
h5, h6 { font-size: 0.94rem; font-weight: 620; }
p { margin: 0; text-wrap: pretty; }
b { font-weight: 650; }
a { color: var(--accent); text-underline-offset: 0.17em; text-decoration-thickness: from-font; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 2.5px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
.quiet { color: var(--soft); font-weight: 400; }
.kicker { color: var(--accent); font-weight: 620; letter-spacing: 0.01em; }
.dateline { color: var(--soft); }
.lead { font-family: var(--serif); font-size: clamp(1.2rem, 1.05rem + 0.7vw, 1.62rem); line-height: 1.42; max-width: 34em; }
.caution { color: var(--soft); max-width: 38em; }
.address { font: 0.82em/1.5 ui-monospace, 'SF Mono', Menlo, Consolas, monospace; color: var(--soft); overflow-wrap: anywhere; }
.why { font-family: var(--serif); font-style: italic; }
.whose { font-family: var(--sans); font-style: normal; font-size: 0.88rem; color: var(--soft); }
.whose::before { content: '— '; }
.change { font-family: var(--serif); font-size: 1.04rem; line-height: 1.6; }
.change p + p { margin-top: 0.45rem; }
.verbatim { font: 0.85rem/1.5 ui-monospace, Menlo, Consolas, monospace; white-space: pre-wrap; }
ins, del { padding: 0.06em 0.16em; border-radius: 3px; -webkit-box-decoration-break: clone; box-decoration-break: clone; }
ins { background: var(--added); text-decoration: underline; text-decoration-color: var(--adapted); text-decoration-thickness: 1.5px; text-underline-offset: 0.2em; }
del { background: var(--removed); color: var(--soft); text-decoration: line-through; text-decoration-thickness: 1px; }
.first { white-space: nowrap; }
.verbatim .first { white-space: pre; }
.sign { font-family: var(--sans); font-weight: 650; margin-inline-end: 0.12em; display: inline-block; text-decoration: none; }
.unseen { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
`;
