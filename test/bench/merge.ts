import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import {
  CORPUS,
  CORPUS_THERE,
  type CorpusCase,
  corpusCases,
  openLines,
  verdicts,
  wordAlarm,
  words,
} from "../forks/corpus-cases.ts";

/** A case with what was made of it. */
interface Judged {
  readonly of: CorpusCase;
  readonly text: string;
  readonly code: number;
}

const LEEWAY = resolve("bin/leeway.js");

function measure(): void {
  const folder = mkdtempSync(join(tmpdir(), "leeway-merges-"));
  try {
    const cases = corpusCases();
    const git = timed(() => cases.map((one) => byGit(one)));
    const leeway = timed(() => inOneProcess(folder, cases, []));
    const suggested = inOneProcess(folder, cases, ["--suggested"]);
    const ratio = leeway.seconds / git.seconds;
    process.stdout.write(table(git.result, leeway.result, suggested, ratio));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function timed<T>(work: () => T): { result: T; seconds: number } {
  const start = performance.now();
  const result = work();
  return { result, seconds: (performance.now() - start) / 1000 };
}

function byGit(of: CorpusCase): Judged {
  const { ours, base, theirs } = of.files;
  const ran = spawnSync("git", ["merge-file", "-p", "--diff3", ours, base, theirs], { maxBuffer: 1 << 28 });
  return { of, text: ran.stdout.toString("utf8"), code: ran.status ?? 255 };
}

function inOneProcess(folder: string, cases: readonly CorpusCase[], flags: readonly string[]): Judged[] {
  const outOf = ({ facts }: CorpusCase): string => join(folder, facts.id + facts.ext);
  const lines = cases.map((one) =>
    [one.facts.id, one.files.ours, one.files.base, one.files.theirs, outOf(one)].join("\t"),
  );
  writeFileSync(join(folder, "list"), `${lines.join("\n")}\n`);
  spawnSync(process.execPath, [LEEWAY, "merge-file", ...flags, "--batch", join(folder, "list")], {
    stdio: "inherit",
  });
  return cases.map((of) => ({
    of,
    text: readFileSync(outOf(of), "utf8"),
    code: Number(readFileSync(`${outOf(of)}.code`, "utf8")),
  }));
}

function table(
  git: readonly Judged[],
  leeway: readonly Judged[],
  suggested: readonly Judged[],
  ratio: number,
): string {
  const rows = [
    ["regressions on Git-clean files: conflicts, other bytes", "0, 0", "0, 0", regressions(leeway)],
    [
      "clean merges with words lost, doubled; conflicts without a mark",
      alarms(git),
      "0, 2; 0",
      alarms(leeway),
    ],
    ["files won that people wrote otherwise: read as wrong, not read, all", "", "0, 0", otherwise(leeway)],
    [
      "conflict lines to read, without `vlatest`",
      String(linesToRead(git)),
      "≤ 35000",
      String(linesToRead(leeway)),
    ],
    ["conflicting files won: forks without `vlatest`", won(git, isFork), "≥ 7 %", won(leeway, isFork)],
    ["conflicting files won: `pr_sync`", won(git, isSync), "≥ 35 %", won(leeway, isSync)],
    ["conflicting files won: other merges", won(git, isOther), "≥ 30 %", won(leeway, isOther)],
    ["first suggestions make the person's file", "", "≥ 95", asPeople(suggested)],
    [
      "time in one process, against a `git merge-file` process each",
      "1.0 ×",
      "≤ 0.5 ×",
      `${ratio.toFixed(2)} ×`,
    ],
  ];
  const lines = rows.map((cells) => `| ${cells.join(" | ")} |\n`).join("");
  return `| ${leeway.length} real merges | Git | reach | Leeway |\n|---|---|---|---|\n${lines}`;
}

const conflicted = ({ of }: Judged): boolean => of.facts.git_conflicts > 0;
const isLatest = ({ of }: Judged): boolean => of.facts.variant === "vlatest";
const isFork = (one: Judged): boolean => one.of.facts.kind === "fork" && !isLatest(one);
const isSync = ({ of }: Judged): boolean => of.facts.kind === "merge" && of.facts.pr_sync === true;
const isOther = (one: Judged): boolean => one.of.facts.kind === "merge" && !isSync(one);

function regressions(judged: readonly Judged[]): string {
  const clean = judged.filter((one) => !conflicted(one));
  const differs = clean.filter(({ of, text, code }) => {
    const sha = (of.facts as { git_clean_sha1?: string }).git_clean_sha1;
    return code === 0 && createHash("sha1").update(text).digest("hex") !== sha;
  });
  return `${clean.filter(({ code }) => code !== 0).length}, ${differs.length}`;
}

function alarms(judged: readonly Judged[]): string {
  const found = judged
    .filter(({ code }) => code === 0)
    .map(({ of, text }) => wordAlarm(of.text("base"), of.text("ours"), of.text("theirs"), text));
  const unmarked = judged.filter(({ code, text }) => code > 0 && openLines(text).length === 0);
  return `${found.filter(({ lost }) => lost).length}, ${found.filter(({ extra }) => extra).length}; ${unmarked.length}`;
}

function otherwise(judged: readonly Judged[]): string {
  const read = verdicts();
  const differs = judged.filter((one) => {
    const human = one.of.human();
    return conflicted(one) && one.code === 0 && human !== null && words(human) !== words(one.text);
  });
  const wrong = differs.filter(({ of }) => read.get(of.facts.id)?.verdict === "wrong");
  const unread = differs.filter(({ of }) => !read.has(of.facts.id));
  return `${wrong.length}, ${unread.length}, ${differs.length}`;
}

function linesToRead(judged: readonly Judged[]): number {
  return judged
    .filter((one) => one.code > 0 && !isLatest(one))
    .reduce((sum, { text }) => sum + openLines(text).reduce((a, b) => a + b, 0), 0);
}

function won(judged: readonly Judged[], group: (one: Judged) => boolean): string {
  const some = judged.filter((one) => conflicted(one) && group(one));
  const clean = some.filter(({ code }) => code === 0);
  return `${clean.length} of ${some.length}, ${((100 * clean.length) / some.length).toFixed(1)} %`;
}

function asPeople(judged: readonly Judged[]): string {
  const known = judged.filter((one) => conflicted(one) && one.of.human() !== null);
  const same = known.filter(({ of, text }) => words(of.human() ?? "") === words(text));
  return `${same.length} of ${known.length}`;
}

if (!CORPUS_THERE) {
  process.stdout.write(
    `No corpus of real merges at ${CORPUS}; LEEWAY_CORPUS names the folder that holds cases/.\n`,
  );
} else measure();
