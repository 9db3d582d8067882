import { documentOf } from "../../adaptation/explain.ts";
import type { StoppedUpdate } from "../../check/material.ts";
import { shortId } from "../../git/names.ts";
import type { Repository } from "../../git/repository.ts";
import { stoppedRebase } from "../rebase/stopped.ts";
import { localTexts } from "../resolve/local-texts.ts";
import { openDecisions } from "../resolve/open.ts";

/** An update that has stopped, as a check is to read what lies there. */
export interface StoppedHere {
  readonly update: StoppedUpdate;
  /** Files with an open decision, as this version has them. */
  readonly texts: ReadonlyMap<string, Buffer>;
  /** Whether a passage was asked about: its record is bound once the update is finished, and not before. */
  asks(at: string): boolean;
}

/** The update that this version has stopped at; null where none is going on. */
export async function stoppedHere(repo: Repository, head: string | null): Promise<StoppedHere | null> {
  const stopped = await stoppedRebase(repo, head);
  if (stopped.kind !== "open") return null;
  const { decisions, edition, to } = stopped.stop;
  const [open, texts] = await Promise.all([openDecisions(repo, stopped.stop), localTexts(repo)]);
  const passages = new Set(decisions.map(({ at }) => at));
  const documents = new Set(decisions.flatMap(({ at, marked }) => (marked === null ? [documentOf(at)] : [])));
  return {
    update: {
      edition: edition ?? shortId(to),
      open: open.map(({ path, at }) => ({ path, at })),
      path: (open[0] ?? decisions[0])?.path ?? "",
    },
    texts,
    asks: (at) => passages.has(at) || documents.has(documentOf(at)),
  };
}
