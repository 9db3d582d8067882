import type { Issue, PullRequest, Text } from "../../host/host.ts";

/** How the update stands that waits: nothing does, it merges, or a person has to look at it. */
export type Standing =
  | { readonly kind: "nothing" }
  | {
      readonly kind: "merges";
      readonly edition: string;
      readonly branch: string;
      /** The commit that is proposed; null where the branch has a person's work in it, which is left alone. */
      readonly tip: string | null;
      readonly text: Text;
    }
  | { readonly kind: "asks"; readonly edition: string; readonly text: Text };

/** One thing to do on the host. */
export type Step =
  | { readonly do: "open-pull"; readonly branch: string; readonly text: Text }
  | { readonly do: "edit-pull"; readonly pull: PullRequest; readonly text: Text }
  | { readonly do: "close-pull"; readonly pull: PullRequest; readonly why: string }
  | { readonly do: "open-issue"; readonly text: Text }
  | { readonly do: "edit-issue"; readonly issue: Issue; readonly text: Text }
  | { readonly do: "close-issue"; readonly issue: Issue; readonly why: string };

/** What Leeway wrote on the host before, about updates or anything else; the newest first. */
export interface Written {
  readonly issues: readonly Issue[];
  readonly pulls: readonly PullRequest[];
}

/**
 * What is to be done so that the host shows how the update stands: at most one pull request or one issue, the same
 * one as long as it is about the same edition. What a person has closed stays closed until there is more to say.
 */
export function stepsFor(standing: Standing, written: Written): Step[] {
  const issues = written.issues.filter(({ body }) => markIn(body) !== null);
  const pulls = written.pulls.filter(({ body }) => markIn(body) !== null);
  const close = (keep: Issue | undefined, why: string): Step[] => [
    ...pulls
      .filter((pull) => pull.open && pull !== keep)
      .map((pull): Step => ({ do: "close-pull", pull, why })),
    ...issues
      .filter((issue) => issue.open && issue !== keep)
      .map((issue): Step => ({ do: "close-issue", issue, why })),
  ];
  if (standing.kind === "nothing") return close(undefined, "Settled: nothing newer is waiting.");
  const { edition } = standing;
  const text = { title: standing.text.title, body: `${mark(edition)}\n${standing.text.body}` };
  if (standing.kind === "asks") {
    const issue = issues.find(({ body }) => markIn(body) === mark(edition));
    return [
      ...close(issue, "There is something to decide first; an issue has it."),
      ...(issue === undefined
        ? [{ do: "open-issue", text } as const]
        : isSame(issue, text)
          ? []
          : [{ do: "edit-issue", issue, text } as const]),
    ];
  }
  const own = pulls.filter(({ branch }) => branch === standing.branch);
  const pull = own.find(({ open }) => open);
  const isDeclined = own.some(({ open, tip }) => !open && tip === standing.tip);
  return [
    ...close(pull, "It merges by itself now; a pull request has it."),
    ...(standing.tip === null
      ? []
      : pull !== undefined
        ? isSame(pull, text)
          ? []
          : [{ do: "edit-pull", pull, text } as const]
        : isDeclined
          ? []
          : [{ do: "open-pull", branch: standing.branch, text } as const]),
  ];
}

/** What people do not see and Leeway finds its own text by. */
function mark(edition: string): string {
  return `<!-- leeway:update ${encodeURIComponent(edition)} -->`;
}

function markIn(body: string): string | null {
  return /^<!-- leeway:update \S+ -->/.exec(body)?.[0] ?? null;
}

/** Hosts keep line ends and the end of a text in their own way. */
function isSame(before: Text, now: Text): boolean {
  const plain = ({ title, body }: Text): string => `${title}\n${body.replaceAll("\r\n", "\n").trimEnd()}`;
  return plain(before) === plain(now);
}
