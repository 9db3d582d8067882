import type { Finding } from "../check/finding.ts";
import type { CheckReport } from "./kinds/check.ts";
import { printable } from "./printable.ts";
import { count } from "./wording.ts";

/** GitHub shows so many errors, and so many warnings, of one step, and passes by the rest without a word. */
const MOST = 10;
/** Longer messages are cut by GitHub. */
const LONGEST = 3_000;

/**
 * Findings as annotations beside the lines of a pull request, worst first.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */
export function renderGithub({ findings }: CheckReport): string {
  const lines: string[] = [];
  const rest: string[] = [];
  for (const severity of ["error", "warning"] as const) {
    const all = findings.filter((finding) => finding.severity === severity);
    lines.push(...all.slice(0, MOST).map(annotation));
    if (all.length > MOST) rest.push(count(all.length - MOST, `more ${severity}`, `more ${severity}s`));
  }
  if (rest.length > 0)
    lines.push(
      `::notice title=leeway check::${data(`${rest.join(" and ")}: the report of this step lists all.`)}`,
    );
  return lines.map((line) => `${line}\n`).join("");
}

function annotation({ check, severity, path, line, message, remedy }: Finding): string {
  const properties = [
    `file=${property(path)}`,
    ...(line === null ? [] : [`line=${line}`]),
    `title=${property(`leeway: ${check}`)}`,
  ];
  return `::${severity} ${properties.join(",")}::${data(`${message}\n${remedy}`.slice(0, LONGEST))}`;
}

/** Signs that would end the message or begin another command. */
function data(text: string): string {
  return printable(text).replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
