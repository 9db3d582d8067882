import type { Report } from "../report/report.ts";
import type { Look } from "../version/look.ts";
import type { Io } from "./io.ts";

/** Exit codes of design §4 that a command may end with; failures have theirs in main.ts. */
export type ExitCode = 0 | 1 | 3;

/** What a command hands back: a report for people and programs, and how it ended. */
export interface Outcome {
  readonly exit: ExitCode;
  readonly report: Report;
}

/** What a command may use besides its arguments. */
export interface Context {
  readonly io: Io;
  readonly cwd: string;
  /** What Git tells of it, asked while the verb is loaded. */
  readonly look: Look;
  /** True where a person can be asked: input and messages are on a terminal, and this is no CI. */
  readonly interactive: boolean;
  readonly now: Date;
  /** YYYY-MM-DD, local. */
  readonly today: string;
  /** Tells on stderr what takes long; silent where nobody looks. */
  readonly progress: (line: string) => void;
  /** Runs another command line, as `demo` does. */
  readonly run: (argv: readonly string[], io: Io) => Promise<number>;
}
