import { resolve } from "node:path";
import { looksLikePupilData } from "../adaptation/privacy.ts";
import { hasWords } from "../adaptation/reason.ts";
import { Failure } from "../failure.ts";
import { readText } from "../files/read.ts";
import { parseTake, type Take } from "../version/resolve/choices.ts";
import type { Context } from "./context.ts";

/** What can be said to `resolve` besides an address. */
export interface ResolveFlags {
  readonly list?: boolean;
  readonly subject?: string;
  readonly take?: string;
  /** A file with the text to take, or `-` for standard input. */
  readonly edit?: string;
  readonly hold?: boolean;
  readonly why?: string;
  readonly until?: string;
  readonly undo?: boolean;
  readonly dryRun?: boolean;
}

/** What is to be done with the decisions that were named. */
export type Action =
  | { readonly kind: "list" }
  | { readonly kind: "ask" }
  | { readonly kind: "take"; readonly take: Take }
  | { readonly kind: "edit"; readonly text: string }
  | { readonly kind: "hold"; readonly why: string; readonly until?: string }
  | { readonly kind: "undo" };

/**
 * What the flags ask for.
 * @throws Failure "usage" where they contradict each other, or what they need is not given
 */
export async function actionOf({ io, today }: Context, flags: ResolveFlags): Promise<Action> {
  const { list, take, edit, hold, undo, why, until } = flags;
  const given = [
    list && "--list",
    take && "--take",
    edit && "--edit",
    hold && "--hold",
    undo && "--undo",
  ].filter((flag) => typeof flag === "string");
  if (given.length > 1)
    throw new Failure(
      "usage",
      `${given.slice(0, -1).join(", ")} and ${given.at(-1)} cannot be given together.`,
    );
  if ((why !== undefined || until !== undefined) && !hold)
    throw new Failure(
      "usage",
      "--why and --until belong to --hold: they say why upstream's change is not taken.",
    );
  if (list) return { kind: "list" };
  if (undo) return { kind: "undo" };
  if (take !== undefined) {
    const known = parseTake(take);
    if (known !== null) return { kind: "take", take: known };
    throw new Failure("usage", `There is nothing called ${take} to take.`, {
      next: ["--take upstream, local, both, both-upstream-first, or suggestion:1 for the first suggestion."],
    });
  }
  if (edit !== undefined) return { kind: "edit", text: await textFrom(edit, io) };
  if (!hold) return { kind: "ask" };
  if (why === undefined || !hasWords(why))
    throw new Failure("usage", "A hold needs a reason: why is upstream's change not taken here?", {
      next: ['--hold --why "…"   says it in a sentence'],
    });
  const found = looksLikePupilData(why);
  if (found) {
    throw new Failure("usage", `${found}. A reason is read across the trust and cannot be fully deleted.`, {
      next: ["Write about the curriculum, never about a pupil, and run the command again."],
    });
  }
  if (until !== undefined && until < today)
    throw new Failure("usage", `${until} has passed, so nothing would be held.`, {
      next: ["Give a later day, or leave --until out."],
    });
  return { kind: "hold", why, ...(until ? { until } : {}) };
}

async function textFrom(file: string, { cwd, stdin }: Context["io"]): Promise<string> {
  if (file !== "-") {
    const text = await readText(resolve(cwd, file));
    if (text !== null) return text;
    throw new Failure("usage", "There is no such file to take the text from.", {
      where: file,
      next: ["--edit -   reads it from standard input"],
    });
  }
  const chunks: Buffer[] = [];
  for await (const chunk of stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString("utf8");
}
