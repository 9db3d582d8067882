import type { Finding } from "../check/finding.ts";
import { code, escaped } from "./markdown-text.ts";
import type { CheckReport } from "./report.ts";
import { count, longDate } from "./wording.ts";

/** By this line a workflow finds its own comment, to edit it in place instead of writing another. */
export const MARK = "<!-- leeway-check -->";
/** What people read to the end; the rest is counted. */
const MOST_LISTED = 10;

/** Findings as a comment on a pull request: short, worst first, to be edited in place. */
export function checkComment({ version, scope, findings, excepted, baseline, next }: CheckReport): string {
  const parts = [MARK, heading(findings), `${escaped(version ?? "This copy")}: ${escaped(scope)}.`];
  if (findings.length > 0) parts.push(findings.slice(0, MOST_LISTED).map(item).join("\n"));
  if (findings.length > MOST_LISTED) parts.push(restOf(findings.slice(MOST_LISTED)));
  const stand = [
    ...excepted.map(
      ({ finding, because, until }) =>
        `- ${code(finding.check)} at ${code(finding.at ?? finding.path)} is excepted until ${longDate(until)}: ${escaped(because)}`,
    ),
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
  return `- **${severity}** ${code(place)} (${code(check)})<br>${escaped(message)}<br>${sentence(remedy)}`;
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
  const counts = [...kinds].map(([check, many]) => `${many} of ${code(check)}`);
  return `And ${count(rest.length, "more finding")}: ${counts.join(", ")}.`;
}
