import { confirm, isCancel, select, text } from "@clack/prompts";
import { quoteAddress } from "../../curriculum/address.ts";
import { fileWord } from "../../curriculum/conventions.ts";
import { Failure } from "../../failure.ts";
import { readFile } from "../../files/read.ts";
import { withTemporary } from "../../files/temporary.ts";
import { writeAtomic } from "../../files/write.ts";
import { printable } from "../../report/printable.ts";
import { renderDecision, renderResult } from "../../report/text/decision.ts";
import type { Options } from "../../report/text/page.ts";
import { makeStyle } from "../../report/text/style.ts";
import type { Decision } from "../../version/rebase/plan.ts";
import type { Taken } from "../../version/resolve/choices.ts";
import { choose, unchoose } from "../../version/resolve/choose.ts";
import { holdDecisions } from "../../version/resolve/hold.ts";
import type { Deciding } from "../../version/resolve/notes.ts";
import { requireReadable } from "../../version/resolve/reading.ts";
import { resultOf } from "../../version/resolve/result.ts";
import { textToEdit, writtenText } from "../../version/resolve/written.ts";
import type { Context } from "../context.ts";
import type { Done } from "../decisions.ts";
import { type Asked, asked, noteOf, otherName, type Stopping } from "../decisions.ts";
import { edit } from "./editor.ts";
import { askText } from "./prompts.ts";

/** What a person may answer besides taking a text: as `--take` calls it, or one of these. */
type Other = "edit" | "hold" | "skip" | "back" | "stop";

/**
 * Goes through decisions one by one on a terminal: both texts, both reasons, one key; the result is shown before it is
 * kept. What has been decided stays decided, whenever the person stops.
 */
export async function askDecisions(
  context: Context,
  stopping: Stopping,
  wanted: readonly Decision[],
): Promise<Done[]> {
  const queue = [...wanted];
  const did = new Map<Decision, Done>();
  let now = stopping.deciding;
  for (let index = 0; index < queue.length; ) {
    const decision = queue[index] as Decision;
    const step = await askOne(context, { ...stopping, deciding: now }, decision, index > 0);
    if (step.kind === "stop") break;
    if (step.kind === "on") {
      now = step.deciding;
      if (step.done) did.set(decision, step.done);
      index++;
    }
    if (step.kind !== "back") continue;
    const before = queue[index - 1] ?? lastMade(now);
    if (before === undefined) continue;
    if (index === 0) queue.unshift(before);
    else index--;
    now = (await unchoose(stopping.version.repo, now, before))?.deciding ?? now;
    did.delete(before);
  }
  return [...did.values()];
}

function lastMade({ history, decisions }: Deciding): Decision | undefined {
  return decisions[history.at(-1)?.decision ?? -1];
}

type Step =
  | { readonly kind: "stop" | "again" | "back" }
  | { readonly kind: "on"; readonly deciding: Deciding; readonly done?: Done };

async function askOne(
  context: Context,
  stopping: Stopping,
  decision: Decision,
  hasEarlier: boolean,
): Promise<Step> {
  const { io } = context;
  const { deciding, version } = stopping;
  const [about] = await asked(stopping, [decision]);
  if (about === undefined) return { kind: "on", deciding };
  const page: Options = {
    width: Math.min(io.stderr.columns || 80, 100),
    style: await makeStyle(!io.env.NO_COLOR && io.env.TERM !== "dumb"),
  };
  const shown = {
    upstream: otherName(stopping),
    version: "you",
    total: deciding.decisions.length,
    note: noteOf(stopping),
  };
  io.stderr.write(`\n${renderDecision(about.shown, shown, page)}\n`);
  const canGoBack = hasEarlier || deciding.history.length > 0;
  const key = await select<string>({
    input: io.stdin,
    output: io.stderr,
    message: "Whose text?",
    options: optionsFor(about, stopping, canGoBack),
  });
  // Ctrl-C stops here too: what has been decided so far is kept.
  if (isCancel(key) || key === "stop") return { kind: "stop" };
  if (key === "back") return { kind: "back" };
  if (key === "skip") return { kind: "on", deciding };
  if (key === "hold") return askHold(context, stopping, decision);
  const choice = about.choices.find(({ take }) => take === key);
  const taken = choice?.taken ?? (await edited(context, stopping, decision));
  if (taken === null) return { kind: "again" };
  const result = await resultOf(version.repo, deciding, decision, taken);
  io.stderr.write(`\n${renderResult(result, page)}\n`);
  const keep = await confirm({
    input: io.stdin,
    output: io.stderr,
    message: "Keep it so?",
    active: "Yes",
    inactive: "No, choose again",
    initialValue: true,
  });
  if (isCancel(keep)) return { kind: "stop" };
  if (!keep) return { kind: "again" };
  const next = await choose(version.repo, deciding, decision, taken);
  const means = choice?.means ?? "your own text";
  return { kind: "on", deciding: next, done: { words: `${quoteAddress(decision.at)}: ${means}` } };
}

function optionsFor(
  { decision, choices }: Asked,
  { version, deciding }: Stopping,
  canGoBack: boolean,
): { value: string; label: string; hint?: string }[] {
  const isText =
    decision.marked !== null ||
    (decision.kind !== "binary" && decision.kind !== "moved-moved" && fileWord(decision.path) !== "image");
  const other = (value: Other, hint: string) => ({ value, label: value, hint });
  return [
    ...choices.map(({ take, means }) => ({
      value: take,
      label: take.replace("-upstream-first", ", upstream first").replace(":", " "),
      hint: means,
    })),
    ...(isText ? [other("edit", "write it yourself, in your editor")] : []),
    ...(version.self !== null && deciding.schema === "leeway/stop/1" && choices.some(isLocal)
      ? [other("hold", "keep this version's text, and say why upstream's is not taken")]
      : []),
    other("skip", "decide this one later"),
    ...(canGoBack ? [other("back", "to the one before, which is open again then")] : []),
    other("stop", "come back another day; what is decided stays"),
  ];
}

function isLocal({ take }: { readonly take: string }): boolean {
  return take === "local";
}

async function askHold(context: Context, stopping: Stopping, decision: Decision): Promise<Step> {
  const { deciding, version } = stopping;
  if (deciding.schema !== "leeway/stop/1" || version.self === null) return { kind: "again" };
  const why = await askText(context, "Why is upstream's change not taken here?");
  const until = await text({
    input: context.io.stdin,
    output: context.io.stderr,
    message: "Until which day? 2027-02-19, say; press Enter where there is none.",
    validate: (value) =>
      !value || (/^\d{4}-\d{2}-\d{2}$/.test(value) && value >= context.today)
        ? undefined
        : "A day from today on, such as 2027-02-19, or nothing.",
  });
  if (isCancel(until)) return { kind: "again" };
  const hold = { why, ...(until ? { until } : {}) };
  const next = await holdDecisions(version.repo, version.self.id, deciding, [decision], hold);
  const words = `${quoteAddress(decision.at)} stays as it is here; upstream's change is held: ${why}`;
  return { kind: "on", deciding: next, done: { words } };
}

/** The passage as it comes back from the person's editor; null where she does not want to go on with it. */
async function edited(
  context: Context,
  { version, deciding }: Stopping,
  decision: Decision,
): Promise<Taken | null> {
  const { io } = context;
  return withTemporary(undefined, async (folder) => {
    const file = `${folder}/${decision.path.split("/").at(-1)}`;
    await writeAtomic(file, Buffer.from(textToEdit(decision), "utf8"));
    for (;;) {
      try {
        await edit(context, version.repo, file, 1);
        const taken = writtenText(decision, (await readFile(file))?.toString("utf8") ?? "");
        await requireReadable(version.repo, deciding, [{ decision, taken }]);
        return taken;
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        const steps = error.next.map((step) => `  ${step}\n`).join("");
        io.stderr.write(`\n${error.message}\n${error.where ? `  ${printable(error.where)}\n` : ""}${steps}`);
        const again = await confirm({
          input: io.stdin,
          output: io.stderr,
          message: "Open it again, as you left it?",
        });
        if (isCancel(again) || !again) return null;
      }
    }
  });
}
