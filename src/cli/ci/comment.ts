import { resolve } from "node:path";
import { Failure } from "../../failure.ts";
import { readText } from "../../files/read.ts";
import type { Context, Outcome } from "../context.ts";
import { jobOf } from "./host.ts";

/** `ci comment FILE`: says a text on the pull request that the job is for, in the comment that said it before. */
export async function comment({ io, cwd }: Context, file: string | undefined): Promise<Outcome> {
  const text = file === undefined ? null : await readText(resolve(cwd, file));
  const mark = /^<!-- [^\n]+ -->/.exec(text ?? "")?.[0];
  if (text === null || mark === undefined) {
    throw new Failure(
      "usage",
      "This is no file that begins with a hidden mark, so there is nothing to say.",
      {
        ...(file === undefined ? {} : { where: file }),
        next: ["leeway check --format markdown > FILE   writes one"],
      },
    );
  }
  const { host, pullRequest } = jobOf({ env: io.env });
  if (pullRequest === null) {
    throw new Failure("usage", `This job is not for a ${host.request}, so there is nowhere to comment.`);
  }
  const body = cut(text, host.most);
  const before = (await host.comments(pullRequest)).find((each) => each.body.startsWith(mark));
  const isSaid = before?.body.trimEnd() === body.trimEnd();
  if (before === undefined) await host.comment(pullRequest, body);
  else if (!isSaid) await host.editComment(pullRequest, before.id, body);
  const did = before === undefined ? "Commented" : isSaid ? "Said already" : "Edited the comment";
  return {
    exit: 0,
    report: {
      kind: "done",
      verb: "ci",
      did: [`${did} on ${host.request} ${pullRequest}.`],
      undo: null,
      next: [],
      data: { pullRequest, edited: before !== undefined },
    },
  };
}

/** A text that the host would refuse as too long ends early rather than not be said. */
function cut(text: string, most: number): string {
  const end = "\n\n[…]\n";
  return text.length <= most ? text : text.slice(0, most - end.length) + end;
}
