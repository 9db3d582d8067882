const INTRODUCTION = `# Whom the host asks to look at a change, subject by subject.
#
# A role is nobody that the host knows. Put the account or the team of whoever has it in the place of ACCOUNT, and
# take the # in front of the line away.
`;

/**
 * A CODEOWNERS file with a line a subject, each a comment for a person to fill in, since a role is no account.
 * https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners
 */
export function codeOwners(
  subjects: readonly { readonly folder: string; readonly owner: string | null }[],
): string {
  const entries = subjects.map(({ folder, owner }) => {
    const role = (owner ?? "nobody is named in subject.md").replace(/[\p{Cc}\s]+/gu, " ").trim();
    return `\n# ${role}\n# /${folder.replace(/[\s#\\[\]]/g, "\\$&")}/ @ACCOUNT\n`;
  });
  return INTRODUCTION + entries.join("");
}
