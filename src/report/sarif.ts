import type { Finding } from "../check/finding.ts";
import type { CheckReport, ListedCheck } from "./kinds/check.ts";
import { printableJson } from "./printable.ts";

/** GitHub takes no more results than that in a run: https://docs.github.com/code-security/reference/code-scanning/sarif-files/sarif-support */
const MOST_RESULTS = 25_000;

/** Findings as SARIF 2.1.0, for code scanning and editors. https://docs.oasis-open.org/sarif/sarif/v2.1.0/ */
export function renderSarif({ findings, checks, tool }: CheckReport): string {
  const used = new Set(findings.map(({ check }) => check));
  const rules = checks.filter(({ id }) => used.has(id));
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "Leeway", semanticVersion: tool, rules: rules.map(ruleOf) } },
        columnKind: "utf16CodeUnits",
        results: findings.slice(0, MOST_RESULTS).map((finding) => resultOf(finding, rules)),
      },
    ],
  };
  return `${printableJson(JSON.stringify(log, null, 2))}\n`;
}

function ruleOf({ id, severity, title, page }: ListedCheck): Record<string, unknown> {
  return {
    id,
    shortDescription: { text: `${title}.` },
    fullDescription: { text: `${page.what} ${page.why}` },
    help: { text: `${page.fix}\n\n${page.accept}` },
    defaultConfiguration: { level: severity },
  };
}

function resultOf(
  { check, severity, path, line, at, message, remedy, fingerprint }: Finding,
  rules: readonly ListedCheck[],
): Record<string, unknown> {
  const index = rules.findIndex(({ id }) => id === check);
  return {
    ruleId: check,
    ...(index < 0 ? {} : { ruleIndex: index }),
    level: severity,
    message: { text: `${message} ${remedy}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: path.split("/").map(encodeURIComponent).join("/") },
          ...(line === null ? {} : { region: { startLine: line } }),
        },
        ...(at === null ? {} : { logicalLocations: [{ fullyQualifiedName: at }] }),
      },
    ],
    partialFingerprints: { "leeway/1": fingerprint },
  };
}
