import { Failure } from "../failure.ts";
import { printable, shownUrl } from "./names.ts";
import { GitFailure, lastWord } from "./process.ts";

/** What a failed connection means, in words, with the address. */
export function unreachable(error: unknown, url: string): unknown {
  if (!(error instanceof GitFailure)) return error;
  const said = error.stderr;
  const fail = (what: string, next: string[]) =>
    new Failure("environment", what, { where: shownUrl(url), next, cause: error });
  const path =
    /(?:invalid path|working tree file) '([^\n]*)'|malformed tree object|empty filename in tree entry/.exec(
      said,
    );
  if (path) {
    return fail(
      `A path in this repository leads out of it, so it is not taken: ${printable(path[1] ?? "an empty name")}.`,
      ["Tell whoever keeps it: no program writes such a path by mistake."],
    );
  }
  if (/Remote branch .* not found|couldn't find remote ref/.test(said)) {
    return fail(`The repository is there, but not what was asked of it: ${lastWord(said)}.`, []);
  }
  if (
    /Authentication failed|could not read (Username|Password)|Permission denied|403|terminal prompts/.test(
      said,
    )
  ) {
    return fail("This repository does not let you in.", [
      "Check that you may read it, and that Git can sign in there.",
    ]);
  }
  if (/not allowed|transport .* not|unsafe protocol/.test(said)) {
    return fail(`Git does not use this kind of address here: ${lastWord(said)}.`, [
      "Use https, ssh or a folder.",
    ]);
  }
  if (
    /not found|does not appear to be|does not exist|Could not read from remote|unable to access|Could not resolve|Connection|timed out|repository .* not/i.test(
      said,
    )
  ) {
    return fail(`This repository cannot be reached: ${lastWord(said).replace(/^fatal: /, "")}.`, [
      "Check the address and the connection.",
    ]);
  }
  return fail(`Git could not get through: ${lastWord(said)}.`, []);
}
