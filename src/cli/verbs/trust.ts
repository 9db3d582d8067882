import { DRY_RUN, JSON_FLAG, type Verb } from "./verb.ts";

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
    words: "versions <action> [url]",
    about: "the versions below this one: add URL, list",
    example: "leeway versions add ../grimsby.git",
    load: () => import("../commands/versions.ts"),
    options: (verb) => verb.option(...DRY_RUN).option(...JSON_FLAG),
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
