import type { Argument, Command, Help } from "commander";
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

/** What the measure is and is not (design §7). */
export const MEASURE: readonly string[] = [
  "The measure:",
  "A changed word counts once, added words as they are: the longer side's words less the longest common subsequence. " +
    "Figures pool words over all passages; each says what it is a part of.",
  "No drift: wrapping, line ends, spaces and the order of keys. A pure move has no words, and some order.",
  "What equals a text of upstream since the base is taken, by whatever road: merge, squash, copy.",
  "It cannot see meaning, quality, or what a teacher decides in the room; pictures and slides are not read.",
];

/** A heading with its paragraphs below it, each wrapped to the width of help. */
export function section([heading = "", ...paragraphs]: readonly string[], command: Command): string {
  const width = (command.configureOutput().getOutHelpWidth?.() ?? WIDEST) - 2;
  const lines = paragraphs.flatMap((each) => command.createHelp().boxWrap(each, width).split("\n"));
  return `\n${[heading, ...lines.map((line) => `  ${line}`)].join("\n")}`;
}
