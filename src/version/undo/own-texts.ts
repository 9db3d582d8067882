import { insideRoot } from "../../files/guard.ts";
import { readTextInside } from "../../files/read.ts";
import { remove } from "../../files/temporary.ts";
import type { Repository } from "../../git/repository.ts";
import { writeWorkFile } from "../work-file.ts";

/** A file that Leeway writes: its text before and after; null where there is none. */
export interface TextChange {
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
  /** A program, such as a hook. */
  readonly executable?: boolean | undefined;
}

/** New texts for files of the work tree, each beside what stands there now. */
export function beside(
  repo: Repository,
  files: readonly {
    readonly path: string;
    readonly text: string | null;
    readonly executable?: boolean | undefined;
  }[],
): Promise<TextChange[]> {
  return Promise.all(
    files.map(async ({ path, text, executable }) => ({
      path,
      before: await readTextInside(repo.root, path),
      after: text,
      ...(executable ? { executable } : {}),
    })),
  );
}

/** Writes texts where the file is as it was expected to be; what somebody has written since stays. */
export async function writeTexts(repo: Repository, changes: readonly TextChange[]): Promise<void> {
  for (const { path, before, after, executable } of changes) {
    const file = await insideRoot(repo.root, path);
    if (before === after || (await readTextInside(repo.root, path)) !== before) continue;
    if (after === null) await remove(file);
    else await writeWorkFile(repo, file, Buffer.from(after, "utf8"), executable ? { mode: 0o755 } : {});
  }
}
