import { FIGURES } from "./figures.ts";
import { LAYOUT } from "./layout.ts";
import { PALETTE } from "./palette.ts";
import { PRINT } from "./print.ts";
import { TEXT } from "./text.ts";

/** The whole style sheet. It has none of the signs that HTML would escape, so that it needs no way around escaping. */
export const STYLE = [PALETTE, TEXT, LAYOUT, FIGURES, PRINT].join("\n");
