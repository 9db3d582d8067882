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
    words: "demo [dir]",
    about: "build a small trust and show the main job on it",
    example: "leeway demo",
    load: () => import("../commands/demo.ts"),
  },
];
