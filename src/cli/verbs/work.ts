import { Option } from "commander";
import { KINDS, PURPOSES } from "../../adaptation/words.ts";
import { DRY_RUN, day, JSON_FLAG, PLAIN, type Verb } from "./verb.ts";

/** What a version does with its own changes. */
export const WORK: readonly Verb[] = [
  {
    words: "status",
    about: "where this version stands, and what to do next",
    example: "leeway status",
    load: () => import("../commands/status.ts"),
    options: (verb) => verb.option(...PLAIN).option(...JSON_FLAG),
  },
  {
    words: "diff [address...]",
    about: "what this version changed since its base",
    example: "leeway diff\nleeway diff y8-trade --stat\nleeway diff --incoming",
    load: () => import("../commands/diff.ts"),
    options: (verb) =>
      verb
        .option("--incoming", "what upstream changed since the base")
        .option("--stat", "documents, passages and words, without the text")
        .option("--exit-code", "end with 1 where there are differences")
        .option("--markdown", "print the report as Markdown")
        .option(...PLAIN)
        .option(...JSON_FLAG),
  },
  {
    words: "adapt [address...]",
    about: "explain a change, and commit just it",
    example: `leeway adapt "y8-trade#case-study" --for place --why "Families here work on the docks."\nleeway adapt          lists what has no reason yet`,
    load: () => import("../commands/adapt.ts"),
    options: (verb) =>
      verb
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
        .option(...JSON_FLAG),
  },
  {
    words: "save",
    about: "commit the changes that need no reason",
    example: "leeway save -m 'Fresh homework for week 3'",
    load: () => import("../commands/save.ts"),
    options: (verb) => verb.option("-m, --message <message>", "what was done").option(...DRY_RUN),
  },
  {
    words: "push",
    about: "send this version home",
    example: "leeway push",
    load: () => import("../commands/push.ts"),
    options: (verb) => verb.option(...DRY_RUN),
  },
  {
    words: "log",
    about: "the history of adaptations",
    example: "leeway log",
    load: () => import("../commands/log.ts"),
    options: (verb) =>
      verb
        .option("--all", "those of the layers above as well")
        .option("--operations", "what Leeway itself did here, and the way back to each")
        .option(...JSON_FLAG),
  },
  {
    words: "show <id>",
    about: "one adaptation: its reason and its text",
    example: "leeway show grimsby/docks-case-study",
    load: () => import("../commands/show.ts"),
    options: (verb) => verb.option(...JSON_FLAG),
  },
  {
    words: "explain <address>",
    about: "who wrote a passage, when and why, and what upstream has now",
    example: `leeway explain "y8-trade#case-study"`,
    load: () => import("../commands/explain.ts"),
    options: (verb) => verb.option(...PLAIN).option(...JSON_FLAG),
  },
  {
    words: "undo",
    about: "take back the last command that wrote, or the undo itself",
    example:
      "leeway undo\nleeway undo --to 12      all that came after operation 12 (leeway log --operations)",
    load: () => import("../commands/undo.ts"),
    options: (verb) =>
      verb.option("--to <operation>", "take back all that came after this one").option(...DRY_RUN),
  },
];
