import type { Finding } from "../check/finding.ts";
import type { CheckReport } from "./kinds/check.ts";
import { code, cut, escaped } from "./markdown-text.ts";
import { count, longDate, number } from "./wording.ts";

/** By this line a workflow finds its own comment, to edit it in place instead of writing another. */
export const MARK = "<!-- leeway-check -->";
/** What people read to the end; the rest is counted. */
const MOST_LISTED = 10;
/** Of one text, in characters: all that are listed stay within the 65,536 of a comment on GitHub, escaped as well. */
const MOST_OF_A_TEXT = 300;

/** Findings as a comment on a pull request: short, worst first, to be edited in place. */
export function checkComment({ version, scope, findings, excepted, baseline, next }: CheckReport): string {
  const parts = [MARK, heading(findings), `${escaped(version ?? "This copy")}: ${escaped(scope)}.`];
  if (findings.length > 0) parts.push(findings.slice(0, MOST_LISTED).map(item).join("\n"));
  if (findings.length > MOST_LISTED) parts.push(restOf(findings.slice(MOST_LISTED)));
  const stand = [
    ...excepted
      .slice(0, MOST_LISTED)
      .map(
        ({ finding, because, until }) =>
          `- ${code(finding.check)} at ${code(cut(finding.at ?? finding.path, MOST_OF_A_TEXT))} is excepted until ${longDate(until)}: ${escaped(cut(because, MOST_OF_A_TEXT))}`,
      ),
    ...(excepted.length > MOST_LISTED
      ? [`- ${count(excepted.length - MOST_LISTED, "more is excepted", "more are excepted")}`]
      : []),
    ...(baseline !== null && baseline.known > 0
      ? [`- ${count(baseline.known, "finding")} in the baseline`]
      : []),
  ];
  if (stand.length > 0) parts.push(stand.join("\n"));
  if (next.length > 0)
    parts.push(
      `Next: ${next.map(([command, purpose]) => `${code(command)} ${escaped(purpose)}`.trim()).join("; ")}`,
    );
  return `${parts.join("\n\n")}\n`;
}

function heading(findings: readonly Finding[]): string {
  const errors = findings.filter(({ severity }) => severity === "error").length;
  const warnings = findings.length - errors;
  if (findings.length === 0) return "### Leeway found nothing to correct";
  const parts = [
    ...(errors > 0 ? [count(errors, "error")] : []),
    ...(warnings > 0 ? [count(warnings, "warning")] : []),
  ];
  return `### Leeway found ${parts.join(" and ")}`;
}

function item({ check, severity, path, line, message, remedy }: Finding): string {
  const place = line === null ? path : `${path}:${line}`;
  return `- **${severity}** ${code(cut(place, MOST_OF_A_TEXT))} (${code(check)})<br>${escaped(cut(message, MOST_OF_A_TEXT))}<br>${sentence(cut(remedy, MOST_OF_A_TEXT))}`;
}

/** Text with commands in backticks, which stay commands. */
function sentence(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part) => (/^`.*`$/.test(part) ? code(part.slice(1, -1)) : escaped(part, true)))
    .join("");
}

function restOf(rest: readonly Finding[]): string {
  const kinds = new Map<string, number>();
  for (const { check } of rest) kinds.set(check, (kinds.get(check) ?? 0) + 1);
  const counts = [...kinds].map(([check, many]) => `${number(many)} of ${code(check)}`);
  return `And ${count(rest.length, "more finding")}: ${counts.join(", ")}.`;
}
