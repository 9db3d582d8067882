import { isDocumentPath } from "../../curriculum/conventions.ts";
import { describeObjects, readObjects } from "../../git/objects.ts";
import type { TreeChange } from "../../git/raw-diff.ts";
import type { Repository } from "../../git/repository.ts";
import { diffTrees } from "../../git/trees.ts";
import type { RebasePlan } from "./plan.ts";

/** Files that something runs by itself: a host's CI, Git, an editor, a build, a package manager, a shell. */
const BY_PLACE =
  /^(\.github\/(workflows|actions)|\.circleci|\.husky|\.githooks|\.devcontainer|\.vscode|_plugins|bin|hooks|scripts)\//;
const BY_NAME =
  /^(GNUmakefile|makefile|justfile|rakefile|gemfile|jenkinsfile|dockerfile|vagrantfile|procfile|package\.json|pyproject\.toml|setup\.py|setup\.cfg|\.gitattributes|\.gitmodules|\.envrc|\.rprofile|\.npmrc|\.gitlab-ci\.ya?ml|\.travis\.ya?ml|azure-pipelines\.ya?ml|\.pre-commit-config\.ya?ml|(docker-)?compose\.ya?ml|action\.ya?ml)$/i;
const BY_ENDING = /\.(sh|bash|zsh|fish|ps1|bat|cmd|py|rb|pl|php|lua|r|jl|js|mjs|cjs|ts|jsx|tsx|mk|exe|jar)$/i;
const PAGE = /\.(html?|svg|xml|liquid|njk|hbs)$/i;
const SCRIPT = /<script|<iframe|<object|javascript:|\son\w+\s*=/i;
/** More than this of a file is not looked at for a script; such a file counts as running code. */
const MOST_BYTES = 1 << 20;

/** Whether a file runs code on somebody's machine, a host's or a reader's, judged by its path, mode and text. */
export function runsCode(path: string, mode: string, text: string): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (mode === "100755" || BY_PLACE.test(path) || BY_NAME.test(name) || BY_ENDING.test(name)) return true;
  if (isDocumentPath(path)) return false;
  return text.startsWith("#!") || (PAGE.test(name) && SCRIPT.test(text));
}

/** Whether a file may run code, as far as its path and mode tell. */
export function mayRunCode(path: string, mode: string): boolean {
  return !isDocumentPath(path) || runsCode(path, mode, "");
}

/** A file that an update would bring or change, and that runs code. */
export type CodeFile = Pick<TreeChange, "path" | "oldOid" | "newOid">;

/** The files that run code among what a rebase would bring; whoever takes them has to have seen them first. */
export async function codeIn(repo: Repository, plan: RebasePlan): Promise<CodeFile[]> {
  if (plan.machinery.length === 0) return [];
  const changes = (await diffTrees(repo, plan.from, plan.tree)).filter(
    ({ path, newOid }) => newOid !== null && !path.startsWith("versions/"),
  );
  const known = (change: TreeChange): boolean => runsCode(change.path, change.newMode, "");
  const unread = changes.filter((change) => !known(change) && !isDocumentPath(change.path));
  const facts = await describeObjects(
    repo,
    unread.map(({ newOid }) => newOid ?? repo.zero),
  );
  const small = unread.filter((_, index) => (facts[index]?.size ?? 0) <= MOST_BYTES);
  const objects = await readObjects(
    repo,
    small.map(({ newOid }) => newOid ?? repo.zero),
  );
  const texts = new Map(
    small.map((change, index) => [change, objects[index]?.bytes.toString("latin1") ?? ""]),
  );
  return changes.filter(
    (change) =>
      known(change) ||
      (unread.includes(change) &&
        (texts.has(change)
          ? runsCode(change.path, change.newMode, texts.get(change) ?? "")
          : PAGE.test(change.path))),
  );
}
