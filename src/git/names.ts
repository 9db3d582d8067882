import { Failure } from "../failure.ts";
import { UNSAFE_SIGNS } from "../unsafe-signs.ts";

/** The protocols that a curriculum's addresses may use; `ext::` and its like start programs. */
export const protocols = "file:git:http:https:ssh";

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const control = /[\u0000-\u001f\u007f-\u009f]/;

/** Text of Git or of a stranger as it can be shown on a terminal: no escapes, no control characters. */
export function printable(text: string): string {
  return text.replace(UNSAFE_SIGNS, (c) => (c === "\t" ? " " : escaped(c)));
}

function escaped(sign: string): string {
  return `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** As much of a commit's id as people are shown. */
export function shortId(commit: string): string {
  return commit.slice(0, 10);
}

/** A URL as it can be shown: without the password or token that it may carry. */
export function shownUrl(url: string): string {
  return printable(url.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@]*@/i, "$1***@"));
}

/** Refuses a URL that Git could read as an option or that would start a program. */
export function checkUrl(url: string): string {
  const fault =
    url === ""
      ? "is empty"
      : url.startsWith("-")
        ? "starts with a dash"
        : control.test(url)
          ? "holds a control character"
          : /^[a-z0-9+.-]+::/i.test(url)
            ? "would start a program"
            : /^([a-z][a-z0-9+.-]*:\/\/)?([^/@]*@)?-/i.test(url)
              ? "has a host that starts with a dash"
              : null;
  if (fault === null) return url;
  throw new Failure("usage", `This address of a repository ${fault}.`, {
    where: shownUrl(url),
    next: ["Use an https or ssh address, or a folder."],
  });
}

/** Refuses a revision that Git could read as an option or as two. */
export function checkRev(rev: string): string {
  if (rev !== "" && !rev.startsWith("-") && !control.test(rev)) return rev;
  throw new Failure("usage", "This is not the name of a commit, a branch or an edition.", {
    where: printable(rev) || "(empty)",
  });
}

/** Refuses what Git does not allow as a ref (`git check-ref-format`), or as a branch, tag or remote name. */
export function checkRefName(name: string, what = "name"): string {
  const bad =
    name === "" ||
    name === "@" ||
    name.startsWith("-") ||
    name.startsWith("/") ||
    name.endsWith("/") ||
    name.endsWith(".") ||
    control.test(name) ||
    /[ ~^:?*[\\]|\.\.|@\{|\/\/|(^|\/)\.|\.lock(\/|$)/.test(name);
  if (!bad) return name;
  throw new Failure("usage", `Git does not allow this ${what}.`, {
    where: printable(name) || "(empty)",
    next: ["Use letters, digits, dashes and dots, without spaces."],
  });
}

/** Refuses a refspec that would force, or whose sides are no refs. */
export function checkRefspec(refspec: string, options: { force: boolean }): string {
  const forced = refspec.startsWith("+");
  if (forced && !options.force) {
    throw new Failure("usage", "Leeway never overwrites what others have published.", { where: refspec });
  }
  for (const side of (forced ? refspec.slice(1) : refspec).split(":")) {
    if (side !== "") checkRefName(side.replace(/\*/, "x"), "refspec");
  }
  return refspec;
}
