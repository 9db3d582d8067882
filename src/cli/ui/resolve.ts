import { isCancel, select } from "@clack/prompts";
import { readFile } from "../../files/read.ts";
import { makeTemporary, remove } from "../../files/temporary.ts";
import { writeAtomic } from "../../files/write.ts";
import { renderDecision } from "../../report/text/decision.ts";
import type { OpenVersion } from "../../version/open.ts";
import { type Choice, chooseSide } from "../../version/rebase/choose-side.ts";
import { holdDecisions } from "../../version/rebase/hold-decisions.ts";
import type { Decision } from "../../version/rebase/plan.ts";
import type { Stop } from "../../version/rebase/stop-state.ts";
import type { Context } from "../context.ts";
import { upstreamName } from "../naming.ts";
import { edit } from "./editor.ts";
import { askText } from "./prompts.ts";

type Key = "upstream" | "local" | "both" | "edit" | "hold" | "skip" | "stop";

/** Goes through decisions one by one on a terminal: both texts, both reasons, one key. */
export async function askDecisions(
  context: Context,
  version: OpenVersion,
  stop: Stop,
  decisions: readonly Decision[],
  reasons: Readonly<Record<string, string>>,
): Promise<void> {
  let now = stop;
  for (const [index, decision] of decisions.entries()) {
    const page = renderDecision(decision, {
      width: Math.min(context.io.stderr.columns || 80, 100),
      colour: !context.io.env.NO_COLOR,
      reason: reasons[decision.at] ?? null,
      upstream: upstreamName(version),
      version: "you",
    });
    context.io.stderr.write(`\n${index + 1} of ${decisions.length}\n${page}\n`);
    const key = await select<Key>({
      input: context.io.stdin,
      output: context.io.stderr,
      message: "Whose text?",
      options: optionsFor(decision, version),
    });
    // Ctrl-C stops here too: what has been decided so far is kept.
    if (isCancel(key) || key === "stop") return;
    if (key === "skip") continue;
    if (key === "hold") {
      const why = await askText(context, "Why is upstream's change not taken here?");
      now = (await holdDecisions(version.repo, version.self?.id ?? "", now, decision.at, { why })).stop;
      continue;
    }
    const choice: Choice = key === "edit" ? { text: await edited(context, decision) } : key;
    now = await chooseSide(version.repo, now, decision, choice);
  }
}

function optionsFor(
  decision: Decision,
  version: OpenVersion,
): { value: Key; label: string; hint?: string }[] {
  const whole = decision.marked === null;
  const removed = whole && decision.theirs === null;
  return [
    { value: "upstream", label: "upstream", hint: removed ? "remove the document" : "take upstream's text" },
    { value: "local", label: "local", hint: "keep this version's text" },
    ...(whole
      ? []
      : [
          { value: "both" as const, label: "both", hint: "this version's text, then upstream's" },
          { value: "edit" as const, label: "edit", hint: "write it yourself" },
        ]),
    ...(version.self === null
      ? []
      : [
          {
            value: "hold" as const,
            label: "hold",
            hint: "keep this version's text, and say why upstream's is not taken",
          },
        ]),
    { value: "skip", label: "skip", hint: "decide this one later" },
    { value: "stop", label: "stop", hint: "come back another day" },
  ];
}

/** The passage in the person's editor, both texts in it, as it comes back. */
async function edited(context: Context, decision: Decision): Promise<string> {
  const folder = await makeTemporary();
  try {
    const file = `${folder}/passage.md`;
    await writeAtomic(file, Buffer.from(`${decision.ours ?? ""}\n${decision.theirs ?? ""}`, "utf8"));
    await edit(context, file, 1);
    return (await readFile(file))?.toString("utf8") ?? "";
  } finally {
    await remove(folder);
  }
}
