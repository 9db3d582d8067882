import { confirm } from "@clack/prompts";
import { quoteAddress, quotePath } from "../../curriculum/address.ts";
import { Failure } from "../../failure.ts";
import { printable, shortId } from "../../git/names.ts";
import { readObjects } from "../../git/objects.ts";
import type { Repository } from "../../git/repository.ts";
import type { CodeFile } from "../../version/rebase/code.ts";
import type { Context } from "../context.ts";
import { answered } from "./prompts.ts";

/** So much of each file is shown; the rest can be looked at with Git. */
const MOST_LINES = 40;

/**
 * Shows the files of an update that run code, and asks whether they are wanted.
 * @throws Failure "usage" where they are not, or where nobody can be asked
 */
export async function acceptCode(
  { io, interactive }: Context,
  repo: Repository,
  { files, from, to, canHold }: { files: readonly CodeFile[]; from: string; to: string; canHold: boolean },
): Promise<void> {
  const paths = files.map(({ path }) => path);
  const look = paths.map((path) => `git diff ${shortId(from)} ${shortId(to)} -- ${quotePath(path)}`);
  const refused = (what: string): Failure =>
    new Failure("usage", `${what} Nothing was changed.`, {
      where: paths.join(", "),
      next: [
        ...look.slice(0, 5).map((command) => `${command}   look at it`),
        "leeway rebase --accept-code   takes the update with these files",
        ...(canHold
          ? [`leeway hold ${quoteAddress(paths[0] ?? "")} --why "…"   then leeway rebase: without that one`]
          : []),
      ],
    });
  if (!interactive)
    throw refused("This update brings files that run code, and nobody can be asked about them here.");
  const objects = await readObjects(
    repo,
    files.map(({ newOid }) => newOid ?? repo.zero),
  );
  for (const [index, { path, oldOid }] of files.entries()) {
    const lines = (objects[index]?.bytes.toString("utf8") ?? "").trimEnd().split("\n");
    io.stderr.write(
      `\n${printable(path)} ${oldOid === null ? "is new, and runs code" : "is changed, and runs code"}\n`,
    );
    for (const line of lines.slice(0, MOST_LINES)) io.stderr.write(`  ${printable(line)}\n`);
    if (lines.length > MOST_LINES)
      io.stderr.write(`  and ${lines.length - MOST_LINES} more lines: ${look[index]}\n`);
  }
  const subject = files.length === 1 ? "This file runs" : `These ${files.length} files run`;
  const wanted = answered(
    await confirm({
      input: io.stdin,
      output: io.stderr,
      message: `${subject} code on your computers and your host. Take the update with ${files.length === 1 ? "it" : "them"}?`,
      initialValue: false,
    }),
  );
  if (!wanted) throw refused("These files were not wanted.");
}
