import { type Command, Option } from "commander";
import { DRY_RUN, JSON_FLAG, type Verb } from "./verb.ts";

/** How a version begins. */
export const START: readonly Verb[] = [
  {
    words: "init [dir]",
    about: "start a central curriculum",
    example: "leeway init harbour --id harbour --name 'Harbour Trust'",
    load: () => import("../commands/init.ts"),
    options: (verb) =>
      verb
        .requiredOption("--id <id>", "short name of the version, never changed: harbour")
        .requiredOption("--name <name>", "what people call it")
        .option(...DRY_RUN),
  },
  {
    words: "fork <upstream> <dir>",
    about: "take your own version of a curriculum",
    example:
      "leeway fork https://example.org/harbour.git grimsby --id grimsby --name 'Harbour Academy Grimsby'",
    load: () => import("../commands/fork.ts"),
    options: (verb) =>
      below(verb)
        .option("--origin <url>", "a home of its own; it is pushed there")
        .addOption(
          new Option(
            "--ci <host>",
            "set up checks and update proposals there, as leeway ci init does",
          ).choices(["github", "gitlab"]),
        )
        .option("--package <url>", "with --ci: the .tgz of the release that the host installs Leeway from")
        .option("--integrity <hash>", "with --ci: its SHA-256 or SHA-512")
        .option(...DRY_RUN),
  },
  {
    words: "join <upstream>",
    about: "bring a copy that you have already under Leeway",
    example:
      "cd our-copy && leeway join https://example.org/harbour.git --id grimsby --name 'Harbour Academy Grimsby'",
    load: () => import("../commands/join.ts"),
    options: (verb) =>
      below(verb)
        .option("--base <rev>", "the edition or commit that the copy was made from, where you know it")
        .option(...DRY_RUN)
        .option(...JSON_FLAG),
  },
];

/** What is to be said of a version below another: who it is, and what it follows. */
function below(verb: Command): Command {
  return verb
    .requiredOption("--id <id>", "short name of the version, unique in the trust, never changed")
    .requiredOption("--name <name>", "what people call it")
    .option("--layer <layer>", "region, school, or any other label", "school")
    .option("--group <group>", "the group that this version gets its editions with")
    .option("--branch <branch>", "the branch of upstream to follow");
}
