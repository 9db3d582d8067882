import { DRY_RUN, JSON_FLAG, seconds, type Verb } from "./verb.ts";

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
    words: "versions <action> [version]",
    about: "the versions below this one: add URL, list, sync, remove ID",
    example: "leeway versions add ../grimsby.git\nleeway versions sync",
    load: () => import("../commands/versions.ts"),
    options: (verb) =>
      verb
        .option("--timeout <seconds>", "sync: how long a repository may say nothing", seconds, 30)
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
    words: "demo [dir]",
    about: "build a small trust and show the main job on it",
    example: "leeway demo",
    load: () => import("../commands/demo.ts"),
  },
];
