import { lineWith } from "../../curriculum/lines.ts";
import type { CheckWords } from "../check.ts";
import type { Found } from "../finding.ts";
import type { OwnVersion } from "../material.ts";
import type { Exception } from "../settings.ts";

/** An exception or a setting that nothing needs; what was excepted is known to the runner alone. */
export const exceptionUnused: CheckWords = {
  id: "exception-unused",
  severity: "warning",
  title: "An exception or a setting is not needed",
  page: {
    what: "rules.yaml excepts something that no check finds, or names a check that does not exist. Told only where everything is looked at (`--all`).",
    why: "An exception that was left behind hides the next finding in its place, and one with a slip in its name hides nothing.",
    fix: "Take the entry out, or correct the name of the check: `leeway check --explain` lists them.",
    accept: "It goes by itself with its day: an exception holds until then.",
  },
};

/** What is said of this version's own exceptions that nothing needed, and of names that no check has. */
export function* unusedIn(
  { path, text, file }: NonNullable<OwnVersion["rules"]>,
  spare: readonly Exception[],
  isCheck: (id: string) => boolean,
): Iterable<Found> {
  for (const { check, at } of spare) {
    yield {
      path,
      line: lineWith(text, at),
      at: null,
      about: `${check} ${at}`,
      message: isCheck(check)
        ? `The exception from ${check} for ${at} is not needed: nothing is found there.`
        : `There is no check called ${check}, so the exception for ${at} excepts nothing.`,
      remedy: `Take it out of the exceptions in ${path}.`,
    };
  }
  for (const id of Object.keys(file.checks?.severity ?? {}).filter((name) => !isCheck(name))) {
    yield {
      path,
      line: lineWith(text, id),
      at: null,
      about: id,
      message: `There is no check called ${id}, so its severity means nothing.`,
      remedy: `Take it out of ${path}, or correct its name.`,
    };
  }
}
