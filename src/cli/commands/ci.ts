import { Failure } from "../../failure.ts";
import type { InitFlags } from "../ci/init.ts";
import type { Context, Outcome } from "../context.ts";

/** `ci init`, and what the files that it writes call in a job: `ci update` and `ci comment`. */
export async function run(context: Context, args: readonly string[], flags: InitFlags): Promise<Outcome> {
  const [action, file, ...rest] = args;
  if (action === "init" && file === undefined) return (await import("../ci/init.ts")).init(context, flags);
  if (action === "update" && file === undefined)
    return (await import("../ci/update.ts")).update(context, { dryRun: flags.dryRun ?? false });
  if (action === "comment" && rest.length === 0)
    return (await import("../ci/comment.ts")).comment(context, file);
  throw new Failure("usage", `leeway ci does not know ${args.join(" ")}.`, {
    next: [
      "leeway ci init           writes the files that a host needs",
      "leeway ci update         in a job: proposes the edition that waits",
      "leeway ci comment FILE   in a job: says it on the pull request",
    ],
  });
}
