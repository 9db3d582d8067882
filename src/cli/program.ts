import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { KINDS, PURPOSES } from "../adaptation/words.ts";
import type { Context, Outcome } from "./context.ts";
import { argumentTerm, misuse, stackedItem } from "./help.ts";
import { type Io, widthOf } from "./io.ts";

type Flags = Record<string, never>;
type Verb = (context: Context, args: readonly string[], flags: Flags) => Promise<Outcome>;

/**
 * Declares every verb with its flags, and runs one. Verbs are loaded when they are called, so that help is quick.
 * @returns the exit code
 */
export async function runProgram(
  argv: readonly string[],
  io: Io,
  version: string,
  run: Context["run"],
): Promise<number> {
  let exit = 0;
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
      getOutHelpWidth: () => widthOf(io),
      getErrHelpWidth: () => widthOf(io),
      outputError: (text, write) => {
        const [verb] = argv.filter((word) => program.commands.some((each) => each.name() === word));
        write(misuse(text, verb));
      },
    });

  /** One verb: its words and help; the module that does it is loaded when it is called. */
  const verb = (
    words: string,
    about: string,
    example: string,
    load: () => Promise<{ run: unknown }>,
    files = false,
  ): Command => {
    const command = program.command(words).description(about).exitOverride();
    command.addHelpText("after", `\nExample:\n  ${example.split("\n").join("\n  ")}\n`);
    command.action(async () => {
      const { lookAt } = await import("../version/look.ts");
      const look = lookAt(io.cwd, files);
      // One turn of the event loop, so that Git is at work while the verb is loaded.
      await new Promise((turned) => setImmediate(turned));
      const [{ makeContext, show }, module] = await Promise.all([import("./session.ts"), load()]);
      const context = makeContext(io, run, () => look);
      const running = (module.run as Verb)(context, command.args, command.opts() as Flags);
      exit = (await show(context, running, command.opts())).exit;
    });
    return command;
  };

  declareStart(verb);
  declareWork(verb);
  declareUpdate(verb);
  declareTrust(verb);
  declarePlumbing((words, about, load) => {
    const command = program.command(words, { hidden: true }).description(about).exitOverride();
    command.action(async () => {
      const [{ makeContext }, { lookAt }, module] = await Promise.all([
        import("./session.ts"),
        import("../version/look.ts"),
        load(),
      ]);
      const context = makeContext(io, run, () => lookAt(io.cwd, false));
      exit = await module.run(context, command.args, command.opts() as Flags);
    });
    return command;
  });

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

/** Who calls `merge-file` or the driver as Git's own takes every code below 128 for a count of conflicts. */
async function failedAsGit(error: unknown, io: Io): Promise<number> {
  if (error instanceof CommanderError) return 129;
  const { Failure } = await import("../failure.ts");
  if (!(error instanceof Failure)) throw error;
  const where = error.where === undefined ? "" : `: ${error.where}`;
  io.stderr.write(`leeway: ${error.message}${where}\n${error.next.map((step) => `  ${step}\n`).join("")}`);
  return 255;
}

type Declare = (
  words: string,
  about: string,
  example: string,
  load: () => Promise<{ run: unknown }>,
  /** Whether it looks at the files as they lie there. */
  files?: boolean,
) => Command;

/** A command for other programs, which has its own output and exit codes. */
type DeclarePlumbing = (
  words: string,
  about: string,
  load: () => Promise<{ run: (context: Context, args: readonly string[], flags: Flags) => Promise<number> }>,
) => Command;

const JSON_FLAG = ["--json", "print the report as JSON"] as const;
const DRY_RUN = ["-n, --dry-run", "say what would happen; change nothing"] as const;
const PLAIN = [
  "--upstream <rev>",
  "compare with this revision (a clone without a versions/ folder)",
] as const;

function declareStart(verb: Declare): void {
  verb(
    "init [dir]",
    "start a central curriculum",
    "leeway init harbour --id harbour --name 'Harbour Trust'",
    () => import("./commands/init.ts"),
  )
    .requiredOption("--id <id>", "short name of the version, never changed: harbour")
    .requiredOption("--name <name>", "what people call it")
    .option(...DRY_RUN);
  verb(
    "fork <upstream> <dir>",
    "take your own version of a curriculum",
    "leeway fork https://example.org/harbour.git grimsby --id grimsby --name 'Harbour Academy Grimsby'",
    () => import("./commands/fork.ts"),
  )
    .requiredOption("--id <id>", "short name of the version, unique in the trust, never changed")
    .requiredOption("--name <name>", "what people call it")
    .option("--layer <layer>", "region, school, or any other label", "school")
    .option("--group <group>", "the group that this version gets its editions with")
    .option("--branch <branch>", "the branch of upstream to follow")
    .option("--origin <url>", "a home of its own; it is pushed there")
    .option(...DRY_RUN);
  verb(
    "join <upstream>",
    "bring a copy that you have already under Leeway",
    "cd our-copy && leeway join https://example.org/harbour.git --id grimsby --name 'Harbour Academy Grimsby'",
    () => import("./commands/join.ts"),
  )
    .requiredOption("--id <id>", "short name of the version, unique in the trust, never changed")
    .requiredOption("--name <name>", "what people call it")
    .option("--layer <layer>", "region, school, or any other label", "school")
    .option("--group <group>", "the group that this version gets its editions with")
    .option("--branch <branch>", "the branch of upstream to follow")
    .option("--base <rev>", "the edition or commit that the copy was made from, where you know it")
    .option(...DRY_RUN)
    .option(...JSON_FLAG);
}

function declareWork(verb: Declare): void {
  verb(
    "status",
    "where this version stands, and what to do next",
    "leeway status",
    () => import("./commands/status.ts"),
    true,
  )
    .option(...PLAIN)
    .option(...JSON_FLAG);
  verb(
    "diff [address...]",
    "what this version changed since its base",
    "leeway diff\nleeway diff y8-trade --stat\nleeway diff --incoming",
    () => import("./commands/diff.ts"),
    true,
  )
    .option("--incoming", "what upstream changed since the base")
    .option("--stat", "documents, passages and words, without the text")
    .option("--exit-code", "end with 1 where there are differences")
    .option("--markdown", "print the report as Markdown")
    .option(...PLAIN)
    .option(...JSON_FLAG);
  verb(
    "adapt [address...]",
    "explain a change, and commit just it",
    `leeway adapt "y8-trade#case-study" --for place --why "Families here work on the docks."\nleeway adapt          lists what has no reason yet`,
    () => import("./commands/adapt.ts"),
  )
    .addOption(new Option("--for <purpose...>", "what the change is for").choices([...PURPOSES]))
    .option("--why <reason>", "the reason, in a sentence; about the curriculum, never about a pupil")
    .addOption(
      new Option("--kind <kind>", "what was done; worked out from the change where left out").choices([
        ...KINDS,
      ]),
    )
    .option("--title <title>", "a short name for the adaptation")
    .option("--by <role>", "the role that answers for it: Head of history")
    .option("--trial", "a trial, not settled yet")
    .option("--review-by <date>", "when to look at it again: 2027-07-31", day)
    .option("--still-holds", "the reason on record still holds for the text as it is now")
    .option(...DRY_RUN)
    .option(...JSON_FLAG);
  verb(
    "save",
    "commit the changes that need no reason",
    "leeway save -m 'Fresh homework for week 3'",
    () => import("./commands/save.ts"),
  )
    .option("-m, --message <message>", "what was done")
    .option(...DRY_RUN);
  verb("push", "send this version home", "leeway push", () => import("./commands/push.ts")).option(
    ...DRY_RUN,
  );
  verb("log", "the history of adaptations", "leeway log", () => import("./commands/log.ts"))
    .option("--all", "those of the layers above as well")
    .option("--operations", "what Leeway itself did here, and the way back to each")
    .option(...JSON_FLAG);
  verb(
    "show <id>",
    "one adaptation: its reason and its text",
    "leeway show grimsby/docks-case-study",
    () => import("./commands/show.ts"),
  ).option(...JSON_FLAG);
  verb(
    "explain <address>",
    "who wrote a passage, when and why, and what upstream has now",
    `leeway explain "y8-trade#case-study"`,
    () => import("./commands/explain.ts"),
  )
    .option(...PLAIN)
    .option(...JSON_FLAG);
  verb(
    "undo",
    "take back the last command that wrote, or the undo itself",
    "leeway undo\nleeway undo --to 12      all that came after operation 12 (leeway log --operations)",
    () => import("./commands/undo.ts"),
  )
    .option("--to <operation>", "take back all that came after this one")
    .option(...DRY_RUN);
}

function declareUpdate(verb: Declare): void {
  verb("fetch", "get upstream's editions", "leeway fetch", () => import("./commands/fetch.ts")).option(
    ...DRY_RUN,
  );
  verb(
    "rebase",
    "carry this version's adaptations onto the next edition",
    "leeway rebase --dry-run\nleeway rebase\nleeway rebase --only subjects/history\nleeway rebase --account",
    () => import("./commands/rebase.ts"),
  )
    .option("--to <edition>", "an edition, or any commit that upstream published")
    .option("--only <path...>", "take this part, and hold the rest")
    .option("--why <reason>", "why the rest is held")
    .option("--continue", "finish when everything is settled")
    .option("--abort", "put everything back as it was")
    .option("--account", "list what was decided beyond Git, and by which rule; changes nothing")
    .option("--accept-code", "take files that run code without being asked")
    .option(...DRY_RUN)
    .option(...PLAIN)
    .option(...JSON_FLAG);
  verb(
    "hold <address>",
    "do not take upstream's change here",
    `leeway hold subjects/science --why "Year 8 are in the middle of Forces" --until 2027-02-19`,
    () => import("./commands/hold.ts"),
  )
    .requiredOption("--why <reason>", "why it is not taken")
    .option("--until <date>", "the last day that it is held: 2027-02-19", day)
    .option(...DRY_RUN);
  verb(
    "resolve [address]",
    "settle what is contested, one passage at a time",
    [
      "leeway resolve                                        asks, one by one",
      "leeway resolve --list                                 shows them all, with what can be taken",
      'leeway resolve "y8-trade#case-study" --take local     keeps this version\'s text',
      "leeway resolve 2 --edit -  < passage.md               takes a text of your own for number 2",
      'leeway resolve science --hold --why "Year 8 are in the middle of Forces"',
      "leeway resolve --undo                                 opens the last one again",
    ].join("\n"),
    () => import("./commands/resolve.ts"),
  )
    .option("--list", "list what is to decide")
    .option("--subject <subject>", "only what belongs to a subject: history")
    .option("--take <what>", "upstream, local, both, both-upstream-first, or suggestion:1")
    .option("--edit <file>", "take the text of this file; - reads it from standard input")
    .option("--hold", "keep this version's text, and note that upstream's change is not taken")
    .option("--why <reason>", "why it is held")
    .option("--until <date>", "the last day that it is held: 2027-02-19", day)
    .option("--undo", "open the last decision again, or the one at the address")
    .option(...DRY_RUN)
    .option(...JSON_FLAG);
  verb(
    "drift",
    "how far this version lies from its upstream",
    "leeway drift --why",
    () => import("./commands/drift.ts"),
  )
    .option("--why", "every passage behind the figures")
    .option("--against <id>", "measure against a farther layer")
    .option("--exit-code", "end with 1 unless adapted or the same as upstream")
    .option(...PLAIN)
    .option(...JSON_FLAG);
}

function declareTrust(verb: Declare): void {
  verb(
    "release <edition>",
    "name an edition that others take",
    "leeway release 2026-27-spring --notes 'Two plague-year sources added' --group all",
    () => import("./commands/release.ts"),
  )
    .option("--notes <text>", "what changed and why, for teachers")
    .option("--notes-file <file>", "the same from a file")
    .option("--group <group...>", "let this group have it")
    .option(...DRY_RUN);
  verb(
    "versions <action> [url]",
    "the versions below this one: add URL, list",
    "leeway versions add ../grimsby.git",
    () => import("./commands/versions.ts"),
  )
    .option(...DRY_RUN)
    .option(...JSON_FLAG);
  verb(
    "demo [dir]",
    "build a small trust and show the main job on it",
    "leeway demo",
    () => import("./commands/demo.ts"),
  );
}

function declarePlumbing(plumbing: DeclarePlumbing): void {
  plumbing(
    "merge-driver [args...]",
    "let git merge, pull, rebase and cherry-pick join documents passage by passage",
    () => import("./commands/merge-driver.ts"),
  )
    .option("--install", "set it up in this clone, and name the documents in .gitattributes")
    .option("--uninstall", "take that back")
    .option(...DRY_RUN)
    .addHelpText("after", "\nExample:\n  leeway merge-driver --install\n");
  plumbing(
    "merge-file [ours] [base] [theirs]",
    "merge one file, or a list of files, as git merge-file does",
    () => import("./commands/merge-file.ts"),
  )
    .option("-p, --stdout", "write the result to standard output instead of into OURS")
    .option("-L, --label <label>", "what to call ours, the base, theirs: up to three times", collect)
    .option("--marker-size <n>", "how long marker lines are at least", size)
    .option("--suggested", "take the first suggestion for every conflict")
    .option("--batch <list>", "a line a merge: name, ours, base, theirs, out, parted by tabs")
    .option(...JSON_FLAG);
}

function collect(label: string, labels: readonly string[] = []): readonly string[] {
  if (labels.length >= 3) throw new InvalidArgumentError("Three labels at most: ours, the base, theirs.");
  return [...labels, label];
}

function size(text: string): number {
  if (/^[1-9]\d{0,2}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("A size is a number such as 7.");
}

function day(text: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))) return text;
  throw new InvalidArgumentError("A date looks like 2027-02-19.");
}
