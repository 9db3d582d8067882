/** Ink on cool paper. A standing has a colour, beside its shape and its words; an explained change is the calmest. */
const LIGHT = `
  --paper: #fbfcfc; --raised: #f1f5f5; --ink: #16242d; --soft: #50606b; --rule: #d5dfe2; --accent: #0d5570;
  --adapted: #1d7a72; --same: #74858f; --update-waiting: #2c6bb0; --reason-missing: #9c6000;
  --decision-needed: #84408c; --locked-changed: #ab372b; --no-starting-point: #36464f;
  --added: #dcefe9; --removed: #eceff0;`;

const DARK = `
  --paper: #101a20; --raised: #18252d; --ink: #e4ebee; --soft: #a3b3bc; --rule: #2b3c46; --accent: #86cbe2;
  --adapted: #55bfb2; --same: #8597a1; --update-waiting: #7fb3ee; --reason-missing: #dfa448;
  --decision-needed: #d095d6; --locked-changed: #f08a7d; --no-starting-point: #c3d0d7;
  --added: #173f3a; --removed: #26333b;`;

/** Whoever chose their own colours gets those: shapes, signs and words are left to tell things apart. */
const FORCED = `
  --paper: Canvas; --raised: Canvas; --ink: CanvasText; --soft: CanvasText; --rule: GrayText; --accent: LinkText;
  --adapted: CanvasText; --same: CanvasText; --update-waiting: CanvasText; --reason-missing: CanvasText;
  --decision-needed: CanvasText; --locked-changed: CanvasText; --no-starting-point: CanvasText;
  --added: Canvas; --removed: Canvas;`;

export const PALETTE = `
:root { color-scheme: light dark; ${LIGHT} }
@media (prefers-color-scheme: dark) { :root { ${DARK} } }
@media (forced-colors: active) { :root { ${FORCED} } }
@media print { :root { color-scheme: light; ${LIGHT} --paper: #fff; } }
`;
