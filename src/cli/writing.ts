import type { Repository } from "../git/repository.ts";
import type { Recovered } from "../version/undo/journal.ts";
import { startWriting } from "../version/undo/writing.ts";
import type { Context } from "./context.ts";

/** Runs the writing part of a verb alone, and tells on stderr what an earlier one that was cut short has left. */
export function writing<T>(
  { io }: Context,
  repo: Repository,
  verb: string,
  work: () => Promise<T>,
): Promise<T> {
  return startWriting(repo, verb, work, (recovered) => io.stderr.write(recoveredLine(recovered)));
}

/** One calm line: what had been cut short, and whether it is whole now or as before. */
function recoveredLine({ verb, did, became }: Recovered): string {
  const what = did === null ? "" : ` (${did})`;
  const now =
    became === "taken-back"
      ? "What it had begun has been taken back, and nothing is lost."
      : did === null
        ? "It is whole, and waits for your decisions."
        : "It has been completed now.";
  return `An earlier leeway ${verb} was cut short${what}. ${now}\n`;
}
