import { Chalk } from "chalk";

/** What a piece of text is, for colour; the words must say the same without it. */
export type Ink =
  | "strong"
  | "faint"
  | "removed"
  | "added"
  | "attention"
  | "alarm"
  | "well"
  | "address"
  | "command";

export type Style = Readonly<Record<Ink, (text: string) => string>>;

/** The colours of a page; without colour every one of them leaves the text as it is. */
export function makeStyle(colour: boolean): Style {
  const chalk = new Chalk({ level: colour ? 1 : 0 });
  return {
    strong: chalk.bold,
    faint: chalk.dim,
    removed: chalk.red,
    added: chalk.green,
    attention: chalk.yellow,
    alarm: chalk.bold.red,
    well: chalk.green,
    address: chalk.cyan,
    command: chalk.bold,
  };
}
