/** What people read on a host: an issue, a pull request, a comment. */
export interface Text {
  readonly title: string;
  /** Markdown. */
  readonly body: string;
}

/** An issue that Leeway wrote. */
export interface Issue extends Text {
  readonly number: number;
  readonly url: string;
  readonly open: boolean;
}

/** A pull request that Leeway opened, from a branch of this repository. */
export interface PullRequest extends Issue {
  readonly branch: string;
  /** The commit that it proposes. */
  readonly tip: string;
}

/** A comment that Leeway wrote. */
export interface Comment {
  readonly id: number;
  readonly body: string;
}

/** A code host as far as Leeway speaks to it. What others wrote is never among what is listed. */
export interface Host {
  /** What people call a pull request there. */
  readonly request: "pull request" | "merge request";
  /** The most characters that a text may have. */
  readonly most: number;
  /** The newest first. */
  issues(): Promise<Issue[]>;
  openIssue(text: Text): Promise<Issue>;
  /** Changes the text, and opens it again where it was closed. */
  editIssue(issue: Pick<Issue, "number" | "open">, text: Text): Promise<void>;
  closeIssue(number: number, why: string): Promise<void>;
  /** Those that are open, and those from one branch that no longer are; the newest first of each. */
  pullRequests(branch: string | null): Promise<PullRequest[]>;
  openPullRequest(text: Text, branches: { readonly from: string; readonly into: string }): Promise<Issue>;
  editPullRequest(number: number, text: Text): Promise<void>;
  closePullRequest(number: number, why: string): Promise<void>;
  comments(pullRequest: number): Promise<Comment[]>;
  comment(pullRequest: number, body: string): Promise<void>;
  editComment(pullRequest: number, id: number, body: string): Promise<void>;
}
