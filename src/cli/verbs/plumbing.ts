import { InvalidArgumentError } from "commander";
import { DRY_RUN, JSON_FLAG, type Plumbing } from "./verb.ts";

/** What other programs call. */
export const PLUMBING: readonly Plumbing[] = [
  {
    words: "merge-driver [args...]",
    about: "let git merge, pull, rebase and cherry-pick join documents passage by passage",
    example: "leeway merge-driver --install",
    load: () => import("../commands/merge-driver.ts"),
    options: (verb) =>
      verb
        .option("--install", "set it up in this clone, and name the documents in .gitattributes")
        .option("--uninstall", "take that back")
        .option(...DRY_RUN),
  },
  {
    words: "merge-file [ours] [base] [theirs]",
    about: "merge one file, or a list of files, as git merge-file does",
    load: () => import("../commands/merge-file.ts"),
    options: (verb) =>
      verb
        .option("-p, --stdout", "write the result to standard output instead of into OURS")
        .option("-L, --label <label>", "what to call ours, the base, theirs: up to three times", collect)
        .option("--marker-size <n>", "how long marker lines are at least", size)
        .option("--suggested", "take the first suggestion for every conflict")
        .option("--batch <list>", "a line a merge: name, ours, base, theirs, out, parted by tabs")
        .option(...JSON_FLAG),
  },
  {
    words: "schema [type]",
    about: "the JSON Schema of a type of document or file, for editors; without a type: which there are",
    example: "leeway schema unit\nleeway schema --out .leeway/schemas",
    load: () => import("../commands/schema.ts"),
    options: (verb) =>
      verb.option("--out <dir>", "write it, or those of all types, as files into this folder"),
  },
];

function collect(label: string, labels: readonly string[] = []): readonly string[] {
  if (labels.length >= 3) throw new InvalidArgumentError("Three labels at most: ours, the base, theirs.");
  return [...labels, label];
}

function size(text: string): number {
  if (/^[1-9]\d{0,2}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("A size is a number such as 7.");
}
