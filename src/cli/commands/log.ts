import { summaryOf } from "../../adaptation/summary.ts";
import { shortId } from "../../git/names.ts";
import { recordDates } from "../../version/change/adaptation-history.ts";
import { readRecords } from "../../version/change/records.ts";
import { openVersion } from "../../version/open.ts";
import { everyOperation, KEPT_OPERATIONS } from "../../version/undo/operations.ts";
import type { Context, Outcome } from "../context.ts";
import { noRecords } from "../refusals.ts";

/** `log --operations`: what Leeway itself has done here, newest first. */
async function operations(context: Context): Promise<Outcome> {
  const { repo } = await openVersion(context.look, { from: "head", alone: true });
  const found = await everyOperation(repo);
  const [newest, second] = found;
  return {
    exit: 0,
    report: {
      kind: "operations",
      operations: found.map(
        ({ id, number = 0, verb, did, at, refs, unsaved = null, undoes = null }, index) => ({
          id,
          number,
          verb,
          did,
          at,
          refs,
          allRefs: { before: `${id}:refs-before`, after: `${id}:refs-after` },
          unsaved: { before: unsaved, after: index === 0 ? null : (found[index - 1]?.unsaved ?? null) },
          undoes,
        }),
      ),
      kept: KEPT_OPERATIONS,
      next: [
        ...(newest ? [["leeway undo", "take the last one back"] as const] : []),
        ...(second
          ? [
              [
                `leeway undo --to ${second.number ?? shortId(second.id)}`,
                "go back to just after that one",
              ] as const,
            ]
          : []),
      ],
    },
  };
}

/** `log`: the history of adaptations, newest first. */
export async function run(
  context: Context,
  _args: readonly string[],
  flags: { all?: boolean; operations?: boolean },
): Promise<Outcome> {
  if (flags.operations) return operations(context);
  const { repo, self, above, head } = await openVersion(context.look, { from: "worktree" });
  if (self === null || head === null) throw noRecords();
  const layers = flags.all ? [self, ...above] : [self];
  const lists = await Promise.all(
    layers.map(async ({ id, name }) => {
      const [records, dates] = await Promise.all([
        readRecords(repo, id, { kind: "worktree" }),
        recordDates(repo, head, id),
      ]);
      return records.map((file) => ({ ...summaryOf(file), layer: name, on: dates.get(file.path) ?? null }));
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
