import { Failure } from "../../failure.ts";
import { pathFault } from "../../files/guard.ts";

/**
 * Refuses what upstream published where a path of it would be written outside the curriculum, or into Git's own
 * folder, on one system or another.
 */
export function refuseLeadingOut(what: string, paths: Iterable<string>): void {
  for (const path of paths) {
    const fault = pathFault(path);
    if (fault === null) continue;
    throw new Failure("usage", `A path in ${what} ${fault}. Nothing was changed.`, {
      where: path,
      next: ["Tell whoever keeps upstream: no program writes such a path by mistake."],
    });
  }
}
