import type { DecisionsReport } from "../report/kinds/update.ts";

type Operation = DecisionsReport["operation"];

/** The command that goes on when everything is decided; Git's message stands, so that no editor opens. */
export const FINISH: Readonly<Record<Operation, string>> = {
  none: "leeway status",
  update: "leeway rebase --continue",
  merge: "git commit --no-edit",
  rebase: "git -c core.editor=true rebase --continue",
  "cherry-pick": "git -c core.editor=true cherry-pick --continue",
  revert: "git -c core.editor=true revert --continue",
  am: "git am --continue",
  other: "git status",
};
/** The command that takes all of it back; null where Git has none. */
export const ABORT: Readonly<Record<Operation, string | null>> = {
  none: null,
  update: "leeway rebase --abort",
  merge: "git merge --abort",
  rebase: "git rebase --abort",
  "cherry-pick": "git cherry-pick --abort",
  revert: "git revert --abort",
  am: "git am --abort",
  other: null,
};
