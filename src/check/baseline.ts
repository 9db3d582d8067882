import * as z from "zod/mini";
import { lazily } from "../curriculum/lazily.ts";
import { Failure } from "../failure.ts";
import type { Finding } from "./finding.ts";

/** Findings that were there when checking began, to be worked off: a list that only shrinks. */
const baselineSchema = lazily(() =>
  z.object({
    schema: z.literal("leeway/baseline/1"),
    version: z.string(),
    findings: z.array(
      z.object({
        check: z.string(),
        path: z.string(),
        at: z.nullable(z.string()),
        fingerprint: z.string().check(z.regex(/^[0-9a-f]{16}$/)),
      }),
    ),
  }),
);
export type Baseline = z.infer<ReturnType<typeof baselineSchema>>;

/** What a version without a folder of its own is called in a baseline. */
const PLAIN = "plain";

/**
 * Reads a baseline.
 * @throws Failure "usage" where it is none, was written by another Leeway, or for another version
 */
export function parseBaseline(path: string, text: string, version: string | null): Baseline {
  const again = `leeway check --all --baseline ${path} --write-baseline   writes it anew, after you moved the old one away`;
  const data = json(text);
  const schema = typeof data === "object" && data !== null && "schema" in data ? String(data.schema) : null;
  if (schema !== null && /^leeway\/baseline\//.test(schema) && schema !== "leeway/baseline/1") {
    throw new Failure("usage", `This baseline (${schema}) was written by another version of Leeway.`, {
      where: path,
      next: [again],
    });
  }
  const parsed = baselineSchema().safeParse(data);
  if (!parsed.success) throw new Failure("usage", "This is not a baseline.", { where: path, next: [again] });
  const own = version ?? PLAIN;
  if (parsed.data.version !== own) {
    throw new Failure(
      "usage",
      `This baseline belongs to ${parsed.data.version}, and this version is ${own}.`,
      {
        where: path,
        next: [again],
      },
    );
  }
  return parsed.data;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Findings that are new, those that the baseline knows, and entries that nothing needs any more. */
export function compareWithBaseline(
  findings: readonly Finding[],
  { findings: known }: Baseline,
): { fresh: Finding[]; kept: Finding[]; gone: Baseline["findings"] } {
  const prints = new Set(known.map(({ fingerprint }) => fingerprint));
  const found = new Set(findings.map(({ fingerprint }) => fingerprint));
  return {
    fresh: findings.filter(({ fingerprint }) => !prints.has(fingerprint)),
    kept: findings.filter(({ fingerprint }) => prints.has(fingerprint)),
    gone: known.filter(({ fingerprint }) => !found.has(fingerprint)),
  };
}

/** A baseline of findings, in an order that makes small differences. */
export function baselineOf(
  findings: readonly Omit<Finding, "message">[] | Baseline["findings"],
  version: string | null,
): Baseline {
  const entries = findings.map(({ check, path, at, fingerprint }) => ({ check, path, at, fingerprint }));
  entries.sort((a, b) => (`${a.path}\n${a.fingerprint}` < `${b.path}\n${b.fingerprint}` ? -1 : 1));
  return { schema: "leeway/baseline/1", version: version ?? PLAIN, findings: entries };
}

/** As it is written: an entry a line, so that a merge joins two that shrank. */
export function printBaseline({ schema, version, findings }: Baseline): string {
  const lines = findings.map((each) => `    ${JSON.stringify(each)}`);
  const list = lines.length === 0 ? "[]" : `[\n${lines.join(",\n")}\n  ]`;
  return `{\n  "schema": ${JSON.stringify(schema)},\n  "version": ${JSON.stringify(version)},\n  "findings": ${list}\n}\n`;
}

/** Only what both lists hold: a change cannot add to the baseline that it is judged by. */
export function narrowed(own: Baseline, judge: Baseline): Baseline {
  const known = new Set(judge.findings.map(({ fingerprint }) => fingerprint));
  return { ...own, findings: own.findings.filter(({ fingerprint }) => known.has(fingerprint)) };
}
