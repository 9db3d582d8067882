import { recordDates } from "../../version/change/adaptation-history.ts";
import { readRecords } from "../../version/change/records.ts";
import { openVersion } from "../../version/open.ts";
import type { Context, Outcome } from "../context.ts";
import { noRecords } from "../refusals.ts";
import { summaryOf } from "../summaries.ts";

/** `log`: the history of adaptations, newest first. */
export async function run(
  context: Context,
  _args: readonly string[],
  flags: { all?: boolean },
): Promise<Outcome> {
  const { repo, self, above, head } = await openVersion(context.cwd, { from: "worktree" });
  if (self === null || head === null) throw noRecords();
  const layers = flags.all ? [self, ...above] : [self];
  const lists = await Promise.all(
    layers.map(async ({ id, name }) => {
      const [records, dates] = await Promise.all([
        readRecords(repo, id, { kind: "worktree" }),
        recordDates(repo, head, id),
      ]);
      return records.map((file) => summaryOf(file, name, dates.get(file.path) ?? null));
    }),
  );
  const adaptations = lists
    .flat()
    .sort((a, b) => (b.on ?? "9999").localeCompare(a.on ?? "9999") || a.id.localeCompare(b.id));
  return {
    exit: 0,
    report: {
      kind: "log",
      version: self.name,
      adaptations,
      next: adaptations[0]
        ? [[`leeway show ${adaptations[0].id}`, "its reason and its text"]]
        : [["leeway adapt", "lists what has no reason yet"]],
    },
  };
}
