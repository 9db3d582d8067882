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
/** Without colour. */
export const PLAIN: Style = {
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

/** The colours of a page, or none; what draws them takes 2 ms to load, and pipes need none. */
export async function makeStyle(colour: boolean): Promise<Style> {
  if (!colour) return PLAIN;
  const { Chalk } = await import("chalk");
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
