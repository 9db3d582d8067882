/**
 * The branch that a repository is kept on, as far as names tell it: where HEAD names one that is not there, as in a home
 * made by `git init --bare`, or none. Null where that is not plain.
 * @param branches their names, without refs/heads/
 */
export function ownBranch(branches: readonly string[]): string | null {
  const own = branches.filter((name) => !name.startsWith("group/") && name !== "HEAD");
  if (own.includes("main")) return "main";
  return own.length === 1 ? (own[0] ?? null) : null;
}
