import { type Command, InvalidArgumentError } from "commander";
import type { Context, Outcome } from "../context.ts";

/** What a verb is given of its options. */
export type Flags = Record<string, never>;

/** A command as people type it. */
export interface Verb {
  /** Its name and its arguments. */
  readonly words: string;
  readonly about: string;
  readonly example: string;
  /** A heading and paragraphs that its help ends with. */
  readonly more?: readonly string[];
  /** The module that does it, with `run(context, args, flags)`; loaded when it is called. */
  readonly load: () => Promise<{ run: unknown }>;
  readonly options?: (verb: Command) => Command;
}

/** A command for other programs, which has its own output and exit codes; not in the help. */
export interface Plumbing extends Omit<Verb, "load" | "example"> {
  readonly example?: string;
  readonly load: () => Promise<{
    run: (context: Context, args: readonly string[], flags: Flags) => Promise<number>;
  }>;
}

/** What a verb's module has. */
export type Run = (context: Context, args: readonly string[], flags: Flags) => Promise<Outcome>;

export const JSON_FLAG = ["--json", "print the report as JSON"] as const;
export const DRY_RUN = ["-n, --dry-run", "say what would happen; change nothing"] as const;
export const PLAIN = [
  "--upstream <rev>",
  "compare with this revision (a clone without a versions/ folder)",
] as const;

/** Reads a date such as 2027-02-19. */
export function day(text: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))) return text;
  throw new InvalidArgumentError("A date looks like 2027-02-19.");
}

/** Reads a time in seconds. */
export function seconds(text: string): number {
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("A time is a number of seconds such as 30.");
}
