import type { Argument, Help } from "commander";
import { type Io, widthOf } from "./io.ts";

/** How wide help is at most; the help of Leeway as a whole is laid out when it is built. */
const WIDEST = 80;

/** How many columns help takes. */
export function helpWidth(io: Io): number {
  return Math.min(WIDEST, widthOf(io));
}

/** What commander says of a wrong call, as Leeway says things: a sentence, then what helps. */
export function misuse(text: string, verb: string | undefined): string {
  const [what = "", hint = ""] = text
    .replace(/^error: /, "")
    .trim()
    .split("\n");
  const sentence = what.charAt(0).toUpperCase() + what.slice(1) + (what.endsWith(".") ? "" : ".");
  const help = ["leeway", ...(verb === undefined ? [] : [verb]), "--help"].join(" ");
  return `leeway: ${[sentence, hint.replace(/^\(|\)$/g, "")].join(" ").trim()}\nNext: ${help}   shows how it is called\n`;
}

/** An argument as it is typed: `<needed>`, `[optional]`, `[several...]`. */
export function argumentTerm(argument: Argument): string {
  const name = argument.variadic ? `${argument.name()}...` : argument.name();
  return argument.required ? `<${name}>` : `[${name}]`;
}

/** A term with what it means below it, where there is no room beside it. */
export function stackedItem(term: string, _width: number, about: string, help: Help): string {
  const width = (help.helpWidth ?? 80) - 6;
  const lines = help.preformatted(about) ? about : help.boxWrap(about, width);
  return `  ${term}\n      ${lines.replaceAll("\n", "\n      ")}`;
}
