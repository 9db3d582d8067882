import { resolve } from "node:path";
import { decodeText } from "../../curriculum/read.ts";
import { Failure } from "../../failure.ts";
import { readFile } from "../../files/read.ts";
import { writeAtomic } from "../../files/write.ts";
import { mergeFiles } from "../../git/merge-files.ts";
import { mergeDocument } from "../../merge/document.ts";
import { ATTRIBUTES, installDriver, uninstallDriver } from "../../version/merge-driver.ts";
import type { Context } from "../context.ts";

interface DriverFlags {
  readonly install?: boolean;
  readonly uninstall?: boolean;
  readonly dryRun?: boolean;
}

/**
 * What the configured command takes for "merged, with conflicts". No other end of a program has this code, so that
 * a Leeway that is missing, broken or too old is never taken for one that has merged.
 */
const CONFLICTS = 100;

/** `merge-driver`: merges one file for `git merge` and its like, or sets that up in a clone. Resolves to the exit code. */
export async function run(context: Context, args: readonly string[], flags: DriverFlags): Promise<number> {
  if (!flags.install && !flags.uninstall) return merge(context, args);
  if (flags.install && flags.uninstall) {
    throw new Failure("usage", "--install sets it up and --uninstall takes it back; give one of them.");
  }
  const { repo } = await context.look.checkout;
  const change = flags.install ? installDriver : uninstallDriver;
  const changed = await change(repo, { dryRun: Boolean(flags.dryRun) });
  const would = flags.dryRun ? "Would have" : "Has";
  const lines = !changed
    ? [
        flags.install
          ? "Git merges documents with Leeway here already."
          : "Git does not merge with Leeway here.",
      ]
    : flags.install
      ? [
          `${would} told Git to merge documents passage by passage: git merge, git pull, git rebase and git cherry-pick.`,
          `${ATTRIBUTES} names the documents. Commit it, and everyone who runs this command in a clone merges so;`,
          "without Leeway, Git merges as it always did.",
          "To take it back: leeway merge-driver --uninstall",
        ]
      : [`${would} taken it back: Git merges documents by lines, as it always did.`];
  context.io.stdout.write(`${lines.join("\n")}\n`);
  return 0;
}

/** `%O %A %B %L %P %S %X %Y`, as gitattributes(5) names them; the result goes where ours was. */
async function merge({ cwd }: Context, args: readonly string[]): Promise<number> {
  const [base = "", ours = "", theirs = "", size = "", path = "", ...labels] = args;
  if (path === "")
    throw new Failure("usage", "Git calls this itself, as leeway merge-driver %O %A %B %L %P.");
  const [b, o, t] = await Promise.all([
    textOf(resolve(cwd, base), path),
    textOf(resolve(cwd, ours), path),
    textOf(resolve(cwd, theirs), path),
  ]);
  // As git merge does it, which is not always what git merge-file does.
  const [git] = await mergeFiles([{ base: Buffer.from(b), ours: Buffer.from(o), theirs: Buffer.from(t) }]);
  if (git === undefined) throw notText(path);
  const result = mergeDocument({
    path,
    // Where both sides added the file, Git hands over an empty one.
    base: b === "" ? null : b,
    ours: o,
    theirs: t,
    git: { text: git.bytes.toString("utf8"), clean: git.clean },
    labels: labelsOf(labels),
    ...(/^\d{1,3}$/.test(size) ? { markerSize: Number(size) } : {}),
  });
  await writeAtomic(resolve(cwd, ours), Buffer.from(result.text, "utf8"));
  return result.clean ? 0 : CONFLICTS;
}

async function textOf(file: string, path: string): Promise<string> {
  const bytes = await readFile(file);
  const decoded = bytes === null ? null : decodeText(bytes);
  if (decoded === null || !("text" in decoded)) throw notText(path);
  return decoded.text;
}

function notText(path: string): Failure {
  return new Failure("environment", "This is not text, so Git merges it.", { where: path });
}

/** Git before 2.44 leaves `%S`, `%X` and `%Y` as they are. */
function labelsOf([base, ours, theirs]: readonly string[]): { ours: string; base: string; theirs: string } {
  const said = (label: string | undefined, otherwise: string): string =>
    label === undefined || label === "" || /^%[A-Z]$/.test(label) ? otherwise : label;
  return { ours: said(ours, "here"), base: said(base, "before both"), theirs: said(theirs, "coming in") };
}
