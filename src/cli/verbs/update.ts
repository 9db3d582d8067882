import { Option } from "commander";
import { GROUPINGS } from "../../trust/groupings.ts";
import { MEASURE } from "../help.ts";
import { DRY_RUN, day, JSON_FLAG, PLAIN, type Verb } from "./verb.ts";

/** How a version takes what upstream changed. */
export const UPDATE: readonly Verb[] = [
  {
    words: "fetch",
    about: "get upstream's editions",
    example: "leeway fetch",
    load: () => import("../commands/fetch.ts"),
    options: (verb) => verb.option(...DRY_RUN),
  },
  {
    words: "rebase",
    about: "carry this version's adaptations onto the next edition",
    example:
      "leeway rebase --dry-run\nleeway rebase\nleeway rebase --only subjects/history\nleeway rebase --account",
    load: () => import("../commands/rebase.ts"),
    options: (verb) =>
      verb
        .option("--to <edition>", "an edition, or any commit that upstream published")
        .option("--only <path...>", "take this part, and hold the rest")
        .option("--why <reason>", "why the rest is held")
        .option("--continue", "finish when everything is settled")
        .option("--abort", "put everything back as it was")
        .option("--account", "list what was decided beyond Git, and by which rule; changes nothing")
        .option("--accept-code", "take files that run code without being asked")
        .option(...DRY_RUN)
        .option(...PLAIN)
        .option(...JSON_FLAG),
  },
  {
    words: "hold <address>",
    about: "do not take upstream's change here",
    example: `leeway hold subjects/science --why "Year 8 are in the middle of Forces" --until 2027-02-19`,
    load: () => import("../commands/hold.ts"),
    options: (verb) =>
      verb
        .requiredOption("--why <reason>", "why it is not taken")
        .option("--until <date>", "the last day that it is held: 2027-02-19", day)
        .option(...DRY_RUN),
  },
  {
    words: "resolve [address]",
    about: "settle what is contested, one passage at a time",
    example: [
      "leeway resolve                                        asks, one by one",
      "leeway resolve --list                                 shows them all, with what can be taken",
      'leeway resolve "y8-trade#case-study" --take local     keeps this version\'s text',
      "leeway resolve 2 --edit -  < passage.md               takes a text of your own for number 2",
      'leeway resolve science --hold --why "Year 8 are in the middle of Forces"',
      "leeway resolve --undo                                 opens the last one again",
    ].join("\n"),
    load: () => import("../commands/resolve.ts"),
    options: (verb) =>
      verb
        .option("--list", "list what is to decide")
        .option("--subject <subject>", "only what belongs to a subject: history")
        .option("--take <what>", "upstream, local, both, both-upstream-first, or suggestion:1")
        .option("--edit <file>", "take the text of this file; - reads it from standard input")
        .option("--hold", "keep this version's text, and note that upstream's change is not taken")
        .option("--why <reason>", "why it is held")
        .option("--until <date>", "the last day that it is held: 2027-02-19", day)
        .option("--undo", "open the last decision again, or the one at the address")
        .option(...DRY_RUN)
        .option(...JSON_FLAG),
  },
  {
    words: "drift [address]",
    about: "how far this version, or every version of a trust, lies from its upstream",
    example: `leeway drift --why\nleeway drift "y8-trade#case-study"\nleeway drift --all --by passage`,
    load: () => import("../commands/drift.ts"),
    more: MEASURE,
    options: (verb) =>
      verb
        .option("--why", "every passage behind the figures")
        .option("--against <id>", "measure against a farther layer")
        .option("--all [folder]", "every version on the lists, or every clone in a folder")
        .option(
          "--from <file...>",
          "with --all: figures that the versions' own CI published, as drift --json",
        )
        .addOption(new Option("--by <what>", "with --all: by what to look at it").choices([...GROUPINGS]))
        .option("--exit-code", "end with 1 unless adapted or the same as upstream")
        .option(...PLAIN)
        .option(...JSON_FLAG),
  },
];
