import { Failure } from "../failure.ts";
import type { Repository } from "./repository.ts";

/**
 * The editor that Git would start here, as its user has set it: `GIT_EDITOR`, `core.editor`, `VISUAL`, `EDITOR`, else
 * vi. It may carry arguments of its own.
 * @throws Failure "environment" where a terminal can show none and none is set
 */
export async function editorOf(
  repo: Repository,
  env: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  // Git's own answer knows the configuration; what the person has set for this command alone is known here.
  if (env.GIT_EDITOR) return env.GIT_EDITOR;
  const set = await repo.run(["config", "-z", "--get", "core.editor"], { ok: [0, 1] });
  if (set.code === 0) return set.stdout.toString("utf8").replace(/\0$/, "");
  const isDumb = env.TERM === undefined || env.TERM === "dumb";
  const named = (isDumb ? undefined : env.VISUAL) || env.EDITOR;
  if (named) return named;
  if (!isDumb) return "vi";
  throw new Failure("environment", "There is no editor that this terminal can show.", {
    next: ["git config --global core.editor nano   or another that is installed"],
  });
}

/**
 * The words after `git` that open files in an editor just as Git itself does: its arguments are read by Git's own
 * shell, on Windows too, and its exit code counts.
 */
export function editorCommand(editor: string, files: readonly string[]): string[] {
  return ["-c", `alias.leeway-editor=!${editor}`, "leeway-editor", ...files];
}
