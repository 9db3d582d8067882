import { summaryOf } from "../../adaptation/summary.ts";
import { Failure } from "../../failure.ts";
import { recordDates } from "../../version/change/adaptation-history.ts";
import { baseTreeOf, ownChanges } from "../../version/change/own-changes.ts";
import { readRecords } from "../../version/change/records.ts";
import { openVersion } from "../../version/open.ts";
import type { Context, Outcome } from "../context.ts";
import { noRecords } from "../refusals.ts";
import { shownPassage } from "../shown.ts";

/** `show`: one adaptation, its reason and its text. */
export async function run(context: Context, args: readonly string[]): Promise<Outcome> {
  const [id = ""] = args;
  const version = await openVersion(context.look, { from: "worktree" });
  const { repo, self, above, head } = version;
  if (self === null) throw noRecords();
  const layers = [self, ...above];
  const wanted = id.includes("/") ? id : `${self.id}/${id}`;
  for (const layer of layers) {
    const records = await readRecords(repo, layer.id, { kind: "worktree" });
    const file = records.find(({ record }) => record.id === wanted);
    if (!file) continue;
    const base = baseTreeOf(version);
    const changes =
      layer === self && base !== null ? (await ownChanges(version, base, { kind: "worktree" })).changes : [];
    const mine = changes.filter(
      ({ explanation }) => explanation.state !== "none" && explanation.file.record.id === file.record.id,
    );
    const on = head === null ? null : ((await recordDates(repo, head, layer.id)).get(file.path) ?? null);
    return {
      exit: 0,
      report: {
        kind: "show",
        adaptation: { ...summaryOf(file), layer: layer.name, on },
        passages: mine.map(shownPassage),
        next: [],
      },
    };
  }
  throw new Failure("usage", `There is no adaptation called ${id}.`, {
    next: ["leeway log --all   lists them, those of the layers above as well"],
  });
}
