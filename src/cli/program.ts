import { Command, CommanderError } from "commander";
import type { Look } from "../version/look.ts";
import type { Context } from "./context.ts";
import { argumentTerm, helpWidth, misuse, section, stackedItem } from "./help.ts";
import { type Io, widthOf } from "./io.ts";
import { PLUMBING } from "./verbs/plumbing.ts";
import { START } from "./verbs/start.ts";
import { TRUST } from "./verbs/trust.ts";
import { UPDATE } from "./verbs/update.ts";
import type { Flags, Plumbing, Run, Verb } from "./verbs/verb.ts";
import { WORK } from "./verbs/work.ts";

/** In the order of the help. */
const VERBS: readonly Verb[] = [...START, ...WORK, ...UPDATE, ...TRUST];

/**
 * Reads a command line and runs its verb. Only the verb that is called is declared and loaded; where none is, all are
 * declared.
 * @param ahead what Git has been asked already
 * @returns the exit code
 */
export async function runProgram(
  argv: readonly string[],
  io: Io,
  version: string,
  run: Context["run"],
  ahead: Look | null,
): Promise<number> {
  let exit = 0;
  const program = makeProgram(argv, io, version);
  const called = [...VERBS, ...PLUMBING].find(({ words }) => words.split(" ")[0] === argv[0]);
  const isMeant = (verb: Verb | Plumbing): boolean => called === undefined || called === verb;

  for (const verb of VERBS.filter(isMeant)) {
    const command = declare(program, verb);
    command.action(async () => {
      const [{ makeContext, show }, module] = await Promise.all([import("./session.ts"), verb.load()]);
      const context = makeContext(io, run, ahead);
      const running = (module.run as Run)(context, command.args, command.opts() as Flags);
      exit = (await show(context, running, command.opts())).exit;
    });
  }
  for (const plumbing of PLUMBING.filter(isMeant)) {
    const command = declare(program, plumbing, { hidden: true });
    command.action(async () => {
      const [{ makeContext }, module] = await Promise.all([import("./session.ts"), plumbing.load()]);
      exit = await module.run(makeContext(io, run, ahead), command.args, command.opts() as Flags);
    });
  }

  try {
    if (argv.length === 0) {
      program.outputHelp();
      return 0;
    }
    await program.parseAsync([...argv], { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    const isDriver = argv[0] === "merge-driver" && !argv.some((arg) => arg.endsWith("install"));
    if (argv[0] === "merge-file" || isDriver) return failedAsGit(error, io);
    if (error instanceof CommanderError) return 2;
    throw error;
  }
  return exit;
}

function makeProgram(argv: readonly string[], io: Io, version: string): Command {
  const program = new Command("leeway")
    .description(
      "Version curriculum adaptations: fork a central curriculum, adapt it, take every new edition.",
    )
    .version(`leeway ${version}`, "-V, --version", "print the version of Leeway")
    .configureHelp({
      showGlobalOptions: false,
      sortSubcommands: false,
      minWidthToWrap: 20,
      // Every verb has options; its own help tells them.
      subcommandTerm: (each) => [each.name(), ...each.registeredArguments.map(argumentTerm)].join(" "),
      ...(widthOf(io) < 60 ? { formatItem: stackedItem } : {}),
    })
    .helpCommand("help [command]", "help for a command")
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      getOutHelpWidth: () => helpWidth(io),
      getErrHelpWidth: () => helpWidth(io),
      outputError: (text, write) => {
        const [verb] = argv.filter((word) => program.commands.some((each) => each.name() === word));
        write(misuse(text, verb));
      },
    });
  return program;
}

function declare(
  program: Command,
  { words, about, example, options, more }: Omit<Verb | Plumbing, "load">,
  { hidden = false } = {},
): Command {
  const command = program.command(words, { hidden }).description(about).exitOverride();
  options?.(command);
  if (more !== undefined) command.addHelpText("after", () => section(more, command));
  if (example !== undefined)
    command.addHelpText("after", `\nExample:\n  ${example.split("\n").join("\n  ")}\n`);
  return command;
}

/** Who calls `merge-file` or the driver as Git's own takes every code below 128 for a count of conflicts. */
async function failedAsGit(error: unknown, io: Io): Promise<number> {
  if (error instanceof CommanderError) return 129;
  const { Failure } = await import("../failure.ts");
  if (!(error instanceof Failure)) throw error;
  const said =
    error.where === undefined ? error.message : `${error.message.replace(/\.$/, "")}: ${error.where}`;
  const { printable } = await import("../report/printable.ts");
  const next = error.next.map((step) => `  ${step}\n`).join("");
  io.stderr.write(printable(`leeway: ${said}\n${next}`));
  return 255;
}
