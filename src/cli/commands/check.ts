import { relative, resolve } from "node:path";
import manifest from "../../../package.json" with { type: "json" };
import {
  baselineOf,
  compareWithBaseline,
  narrowed,
  parseBaseline,
  printBaseline,
} from "../../check/baseline.ts";
import type { Finding } from "../../check/finding.ts";
import { everyCheck } from "../../check/index.ts";
import { runChecks } from "../../check/run.ts";
import type { FamilyName } from "../../check/settings.ts";
import { nearestNames } from "../../curriculum/find.ts";
import { Failure } from "../../failure.ts";
import { readText } from "../../files/read.ts";
import { writeAtomic } from "../../files/write.ts";
import { readObjects } from "../../git/objects.ts";
import type { CheckReport, ListedCheck } from "../../report/kinds/check.ts";
import type { NextStep } from "../../report/next-step.ts";
import type { Report } from "../../report/report.ts";
import { type Gathered, gather } from "../../version/check/gather.ts";
import { type SinceRequest, sinceInCi } from "../../version/check/since.ts";
import { lookAt } from "../../version/look.ts";
import type { Context, Outcome } from "../context.ts";

interface CheckFlags {
  readonly all?: boolean;
  readonly since?: string;
  readonly failOn?: "error" | "warning";
  readonly baseline?: string;
  readonly writeBaseline?: boolean;
  readonly pruneBaseline?: boolean;
  readonly fix?: boolean;
  readonly explain?: string | true;
  readonly leeway?: boolean;
  readonly upstream?: string;
}

/** `check`: the gate. Reads the files as they lie there; what a change touches, or everything. */
export async function run(context: Context, _args: readonly string[], flags: CheckFlags): Promise<Outcome> {
  if (flags.explain !== undefined) return { exit: 0, report: pages(flags.explain) };
  refuseMisuse(flags);
  const request =
    flags.since === undefined ? await sinceInCi(context.io.env) : { rev: flags.since, shown: flags.since };
  if (flags.leeway) {
    const { sharesReport } = await import("../shares.ts");
    return { exit: 0, report: sharesReport(await look(context, flags, request)) };
  }
  const fixed = flags.fix ? await fix(context, () => look(context, flags, request, true)) : [];
  const now = await look(context, flags, request, flags.fix);
  const families = familiesFor(flags, request);
  const checked = runChecks(now.material, {
    settings: now.settings,
    alone: now.alone,
    proposed: now.proposed.exceptions,
    families,
  });
  // Of what was not looked at nothing is known to be gone.
  const isLookedAt = (id: string): boolean => {
    const family = everyCheck().find(({ check }) => check.id === id)?.family;
    return flags.all === true && (family === undefined || families.includes(family));
  };
  const baseline =
    flags.baseline === undefined
      ? null
      : await useBaseline(context, now, flags, checked.findings, isLookedAt);
  const findings = baseline?.fresh ?? checked.findings;
  const report: CheckReport = {
    kind: "check",
    version: now.material.self?.name ?? null,
    scope: scopeWords(now, flags),
    findings,
    excepted: checked.excepted.map(({ finding, exception: { because, until, layer } }) => ({
      finding,
      because,
      until,
      layer,
    })),
    baseline: baseline?.told ?? null,
    fixed,
    checks: listed(),
    tool: manifest.version,
    next: nextSteps(findings, flags),
  };
  const fails = findings.some(({ severity }) => severity === "error" || flags.failOn === "warning");
  return { exit: fails ? 1 : 0, report };
}

async function fix(context: Context, gathering: () => Promise<Gathered>): Promise<string[]> {
  const { applyFixes } = await import("../check-fixes.ts");
  return applyFixes(context, gathering);
}

/** @param again whether files were written since they were last looked at */
async function look(
  context: Context,
  flags: CheckFlags,
  since: SinceRequest | null,
  again = false,
): Promise<Gathered> {
  return gather(again ? lookAt(context.cwd, "status") : context.look, {
    since,
    all: flags.all ?? false,
    calendar: familiesFor(flags, since).includes("calendar"),
    shares: flags.leeway ?? false,
    upstream: flags.upstream,
    today: context.today,
    env: context.io.env,
  });
}

/** What is due by the calendar is nobody's pull request: it is looked at with everything, on a schedule. */
function familiesFor({ all }: CheckFlags, since: SinceRequest | null): FamilyName[] {
  return ["integrity", "leeway", "coherence", ...(all && since === null ? (["calendar"] as const) : [])];
}

function refuseMisuse({ baseline, writeBaseline, pruneBaseline, all }: CheckFlags): void {
  const asked = writeBaseline ? "--write-baseline" : pruneBaseline ? "--prune-baseline" : null;
  if (asked === null) return;
  if (baseline === undefined) {
    throw new Failure("usage", `${asked} needs the file that is meant.`, {
      next: [`leeway check --all --baseline leeway-baseline.json ${asked}   names it`],
    });
  }
  if (all) return;
  throw new Failure(
    "usage",
    `${asked} needs everything to be looked at: what is not looked at would seem to be gone.`,
    {
      next: [`leeway check --all --baseline ${baseline} ${asked}   looks at everything`],
    },
  );
}

interface UsedBaseline {
  readonly fresh: readonly Finding[];
  readonly told: NonNullable<CheckReport["baseline"]>;
}

/** What a baseline lets stand; written or pruned where that is asked for. */
async function useBaseline(
  { cwd }: Context,
  { repo, material: { self }, since }: Gathered,
  { baseline: named = "", writeBaseline, pruneBaseline }: CheckFlags,
  findings: readonly Finding[],
  isLookedAt: (check: string) => boolean,
): Promise<UsedBaseline> {
  const file = resolve(cwd, named);
  const version = self?.id ?? null;
  const text = await readText(file);
  if (writeBaseline) {
    if (text !== null) {
      throw new Failure("usage", "There is a baseline already, and a baseline only shrinks.", {
        where: named,
        next: [`leeway check --all --baseline ${named} --prune-baseline   takes out what is settled`],
      });
    }
    const made = baselineOf(findings, version);
    await writeAtomic(file, printBaseline(made));
    return { fresh: [], told: { path: named, known: findings.length, gone: 0 } };
  }
  if (text === null) {
    throw new Failure("usage", "There is no such baseline.", {
      where: named,
      next: [`leeway check --all --baseline ${named} --write-baseline   makes it from what is found now`],
    });
  }
  const own = parseBaseline(named, text, version);
  const judging = since === null ? null : await baselineAt(repo.root, file, since.commit);
  const counted = since === null ? own : narrowed(own, judging ?? { ...own, findings: [] });
  const { fresh, kept, gone: notFound } = compareWithBaseline(findings, counted);
  const gone = notFound.filter(({ check }) => isLookedAt(check));
  if (pruneBaseline && gone.length > 0) {
    const left = new Set(gone.map(({ fingerprint }) => fingerprint));
    await writeAtomic(
      file,
      printBaseline(
        baselineOf(
          own.findings.filter(({ fingerprint }) => !left.has(fingerprint)),
          version,
        ),
      ),
    );
    return { fresh, told: { path: named, known: kept.length, gone: 0 } };
  }
  return { fresh, told: { path: named, known: kept.length, gone: gone.length } };

  /** The baseline of the protected branch: a change cannot add to it. */
  async function baselineAt(
    root: string,
    path: string,
    rev: string,
  ): Promise<ReturnType<typeof parseBaseline> | null> {
    const inside = relative(root, path).split("\\").join("/");
    const [object] = inside.startsWith("..") ? [] : await readObjects(repo, [`${rev}:${inside}`]);
    return object ? parseBaseline(named, object.bytes.toString("utf8"), version) : null;
  }
}

function scopeWords({ material, since, version }: Gathered, { all }: CheckFlags): string {
  if (all) return since === null ? "everything" : `everything, by the settings of ${since.shown}`;
  if (since !== null) return `what this change touches, since ${since.shown}`;
  if (material.self === null && material.base === null) return "what is not committed yet";
  return version?.start.kind === "known"
    ? "what this version changed since its base"
    : "what is not committed yet";
}

function nextSteps(findings: readonly Finding[], { all, since }: CheckFlags): NextStep[] {
  const [worst] = findings;
  if (worst === undefined)
    return all || since !== undefined ? [] : [["leeway check --all", "looks at everything"]];
  return [[`leeway check --explain ${worst.check}`, "what it is about, and how it may stand"]];
}

function listed(): ListedCheck[] {
  return everyCheck().map(({ check: { id, severity, title, page }, family }) => ({
    id,
    severity,
    title,
    page,
    family,
  }));
}

/** The page of one check, or the list of them. */
function pages(id: string | true): Report {
  const checks = listed();
  if (id === true) {
    return {
      kind: "check-pages",
      checks,
      whole: false,
      next: [["leeway check --explain ID", "the page of one"]],
    };
  }
  const found = checks.filter((check) => check.id === id);
  if (found.length > 0) return { kind: "check-pages", checks: found, whole: true, next: [] };
  const near = nearestNames(
    checks.map((check) => check.id),
    id,
  );
  throw new Failure("usage", `There is no check called ${id}.`, {
    next: [
      ...near.map((name) => `leeway check --explain ${name}   is what you may mean`),
      "leeway check --explain   lists all of them",
    ],
  });
}
