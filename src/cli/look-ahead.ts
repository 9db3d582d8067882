import { keepRead } from "../git/kept-objects.ts";
import { type Look, lookAt } from "../version/look.ts";

/** Verbs that look at the files as they lie there. */
const FILES = ["status", "diff", "check"];
/** Verbs that need no repository, or not the one that they are called in. */
const APART = ["init", "fork", "demo", "help", "merge-file", "merge-driver", "schema"];

/** What a command line will want to know of its folder, asked before the verb is loaded; null where it is nothing. */
export function lookAhead([verb = "", ...rest]: readonly string[], folder: string): Look | null {
  if (!/^[a-z]/.test(verb) || APART.includes(verb)) return null;
  if (rest.some((word) => /^(?:--help|-h)$/.test(word))) return null;
  return lookAt(folder, FILES.includes(verb) ? "status" : undefined);
}

/** Keeps what was read for a verb that people run again and again. */
export async function keepForNext([verb = ""]: readonly string[], look: Look | null): Promise<void> {
  if (look !== null && FILES.includes(verb)) await keepRead((await look.checkout).repo);
}
