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

const asIs = (text: string): string => text;
const PLAIN: Style = {
  strong: asIs,
  faint: asIs,
  removed: asIs,
  added: asIs,
  attention: asIs,
  alarm: asIs,
  well: asIs,
  address: asIs,
  command: asIs,
};

/** The colours of a page; without colour every one of them leaves the text as it is. */
export function makeStyle(colour: boolean): Style {
  if (!colour) return PLAIN;
  const chalk = new Chalk({ level: 1 });
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
