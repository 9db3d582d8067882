import { Option } from "commander";
import { DRY_RUN, JSON_FLAG, PLAIN, seconds, type Verb } from "./verb.ts";

/** What is for a whole trust. */
export const TRUST: readonly Verb[] = [
  {
    words: "release <edition>",
    about: "name an edition that others take",
    example: "leeway release 2026-27-spring --notes 'Two plague-year sources added' --group all",
    load: () => import("../commands/release.ts"),
    options: (verb) =>
      verb
        .option("--notes <text>", "what changed and why, for teachers")
        .option("--notes-file <file>", "the same from a file")
        .option("--group <group...>", "let this group have it")
        .option(...DRY_RUN),
  },
  {
    words: "versions <action> [version...]",
    about: "the versions below this one: add URL…, list, sync, remove ID…",
    example: "leeway versions add ../grimsby.git\nleeway versions sync",
    load: () => import("../commands/versions.ts"),
    options: (verb) =>
      verb
        .option("--timeout <seconds>", "sync: how long a repository may say nothing", seconds, 30)
        .option(...DRY_RUN)
        .option(...JSON_FLAG),
  },
  {
    words: "report",
    about: "a page of the whole trust, for looking rather than reading",
    example: "leeway report --out trust-page",
    load: () => import("../commands/report.ts"),
    options: (verb) =>
      verb
        .requiredOption("--out <dir>", "the folder that the page is put in")
        .option("--all [folder]", "every clone in a folder, where no list names the versions")
        .option("--from <file...>", "figures that the versions' own CI published, as drift --json")
        .option(...PLAIN)
        .option(...DRY_RUN)
        .option(...JSON_FLAG),
  },
  {
    words: "impact [rev]",
    about: "before a release: what this state would leave the versions below to decide",
    example: "leeway impact\nleeway impact HEAD~1 --json",
    load: () => import("../commands/impact.ts"),
    options: (verb) => verb.option(...JSON_FLAG),
  },
  {
    words: "check",
    about: "the gate for a change: leeway, reasons, references, licences",
    example:
      "leeway check\nleeway check --since origin/main --format github\nleeway check --explain locked-changed",
    load: () => import("../commands/check.ts"),
    options: (verb) =>
      verb
        .option("--all", "everything, and not only what was changed")
        .option(
          "--since <rev>",
          "what the change touches since it left this; found by itself in GitHub and GitLab",
        )
        .addOption(
          new Option("--fail-on <severity>", "end with 1 from here on")
            .choices(["error", "warning"])
            .default("error"),
        )
        .addOption(
          new Option("--format <format>", "how to print what was found").choices([
            "text",
            "json",
            "markdown",
            "github",
            "sarif",
          ]),
        )
        .option("--baseline <file>", "findings that are known and to be worked off")
        .option("--write-baseline", "make that file from what is found now")
        .option("--prune-baseline", "take out of it what is settled")
        .option(
          "--fix",
          "do what is mechanical: bind reasons written by hand, order fields, take spaces away",
        )
        .option("--explain [id]", "what a check is about, why it matters, how to fix it or let it stand")
        .option("--leeway", "how much of the curriculum may change how freely, and who says so")
        .option(...PLAIN)
        .option(...JSON_FLAG),
  },
  {
    words: "ci <action> [file]",
    about: "set up checks and update proposals on GitHub or GitLab: init",
    example:
      "leeway ci init --github --package https://example.org/leeway-0.1.0.tgz --integrity sha256:9f86d0…\nleeway ci init --pre-commit --editors",
    load: () => import("../commands/ci.ts"),
    options: (verb) =>
      verb
        .option("--github", "a workflow for GitHub Actions, and CODEOWNERS to fill in")
        .option("--gitlab", "the same for GitLab CI")
        .option("--pre-commit", "a hook that checks before every commit")
        .option("--merge-driver", "the .gitattributes with which git merge and git pull use Leeway")
        .option("--editors", "JSON Schemas, and a first line in your YAML files that names them")
        .option("--package <url>", "the .tgz of the release that the host installs Leeway from")
        .option("--integrity <hash>", "its SHA-256 or SHA-512; nothing else is installed")
        .option("--replace", "write templates over files that differ from them")
        .option(...DRY_RUN)
        .option(...JSON_FLAG),
  },
  {
    words: "demo [dir]",
    about: "build a small trust and show the main job on it",
    example: "leeway demo",
    load: () => import("../commands/demo.ts"),
  },
];
