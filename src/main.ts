import manifest from "../package.json" with { type: "json" };
import type { Io } from "./cli/io.ts";
import { keepForNext, lookAhead } from "./cli/look-ahead.ts";
import type { Failure as KnownFailure } from "./failure.ts";
import { UNSAFE_SIGNS } from "./unsafe-signs.ts";
import type { Look } from "./version/look.ts";

const EXIT = { usage: 2, environment: 4, bug: 70 } as const;

/**
 * Runs one command line and resolves to its exit code (design §4). The one place where errors become exit codes.
 * @param argv the words after `leeway`
 */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  let fault: NodeJS.ErrnoException | undefined;
  io.stdout.on("error", (error: NodeJS.ErrnoException) => {
    fault ??= error;
  });
  const code = await runVerb(argv, io);
  // Whatever was printed has arrived, or has not.
  await new Promise((resolve) => io.stdout.write("", resolve));
  // A reader that closed the pipe (`leeway diff | head`) has seen enough.
  if (fault === undefined || fault.code === "EPIPE") return code;
  const { Failure } = await import("./failure.ts");
  const { diskWords } = await import("./files/read.ts");
  const unsaid = new Failure("environment", `The answer could not be written: ${diskWords(fault)}.`, {
    next: ["leeway status   shows where you are; what the command did besides answering is done"],
  });
  io.stderr.write(describe(unsaid));
  // Git takes what is below 128 for a count of conflicts.
  return /^merge-/.test(argv[0] ?? "") ? 255 : EXIT.environment;
}

async function runVerb(argv: readonly string[], io: Io): Promise<number> {
  let ahead: Look | null = null;
  try {
    ahead = lookAhead(argv, io.cwd);
    // Git is started before the program is loaded, which keeps this thread busy while Git works.
    if (ahead !== null) await new Promise(setImmediate);
    const { runProgram } = await import("./cli/program.ts");
    const code = await runProgram(argv, io, manifest.version, run, ahead);
    await keepForNext(argv, ahead);
    return code;
  } catch (error) {
    const { Failure } = await import("./failure.ts");
    const known = isFolderGone(error)
      ? new Failure("environment", "The folder that you are in is not there any more.", {
          next: ["cd FOLDER   goes to one that is there"],
        })
      : error;
    if (known instanceof Failure) {
      io.stderr.write(describe(known));
      return EXIT[known.kind];
    }
    const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
    io.stderr.write(
      `leeway: this is a bug in Leeway, not in your work. Your repository was left as it stands.\n${printable(trace)}\n` +
        "Next: leeway status shows where you are; please report the lines above.\n",
    );
    return EXIT.bug;
  } finally {
    // Whoever runs Git next finds nobody at work.
    await ahead?.ended;
  }
}

function isFolderGone(error: unknown): boolean {
  return (error as NodeJS.ErrnoException | null)?.syscall === "uv_cwd";
}

function describe(failure: KnownFailure): string {
  const where = failure.where ? `\n  where: ${failure.where}` : "";
  const next = inColumns(failure.next)
    .map((step, index) => `\n${index === 0 ? "Next: " : "      "}${step}`)
    .join("");
  return `leeway: ${printable(failure.message + where + next)}\n`;
}

/** Longer commands do not move the purposes of the others away. */
const WIDEST = 44;

/** Steps with what they are for below each other, behind the command. */
function inColumns(steps: readonly string[]): string[] {
  const parts = steps.map((step) => /^(\S.*?) {2,}(\S.*)$/s.exec(step));
  const widths = parts.map((found) => found?.[1]?.length ?? 0).filter((width) => width <= WIDEST);
  const widest = Math.max(0, ...widths);
  return steps.map((step, index) => {
    const [, command, purpose] = parts[index] ?? [];
    return command === undefined ? step : `${command.padEnd(widest)}   ${purpose}`;
  });
}

/** Document text may reach a message: its control characters never reach the terminal. */
function printable(text: string): string {
  return text.replace(UNSAFE_SIGNS, (sign) => (sign === "\n" || sign === "\t" ? sign : "�"));
}
