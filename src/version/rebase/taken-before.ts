import { diffDocuments } from "../../compare/diff.ts";
import { formatAddress } from "../../curriculum/address.ts";
import { compose } from "../../curriculum/compose.ts";
import type { Document } from "../../curriculum/document.ts";
import { decodeText, readDocument } from "../../curriculum/read.ts";
import type { Repository } from "../../git/repository.ts";
import { isRegular } from "../../git/worktree.ts";
import { takenFromUpstream, type UpstreamRange } from "../base/upstream-texts.ts";
import type { OpenPath } from "./open-paths.ts";
import type { TreeRule } from "./plan.ts";

/**
 * Moves the base of each passage that this version has already taken from upstream up to what it took, so that
 * only what upstream did after that is merged.
 */
export async function takenBefore(
  repo: Repository,
  open: readonly OpenPath[],
  range: UpstreamRange,
): Promise<{ open: OpenPath[]; rules: TreeRule[] }> {
  const compared = open.map((each) => {
    const base = isRegular(each.stages) ? readSide(each.path, each.base) : null;
    const local = readSide(each.path, each.ours);
    const passages = base === null || local === null ? [] : diffDocuments(base, local).passages;
    return { each, base, local, passages: passages.filter((passage) => passage.local !== null) };
  });
  const found = await takenFromUpstream(
    repo,
    range,
    compared.flatMap(({ each, base, passages }) =>
      passages.map((passage) => ({ paths: [each.path], base, passage })),
    ),
  );
  const rules: TreeRule[] = [];
  const moved = compared.map(({ each, base, local, passages }) => {
    const taken = passages.filter((passage) => found.has(passage));
    if (base === null || local === null || taken.length === 0) return each;
    for (const { key } of taken) {
      rules.push({ path: each.path, at: formatAddress(local.id, key), rule: "taken-before" });
    }
    const text = compose(base, local, new Set(taken.map(({ key }) => key)));
    return { ...each, base: Buffer.from(text, "utf8") };
  });
  return { open: moved, rules };
}

function readSide(path: string, bytes: Buffer | null): Document | null {
  const decoded = bytes && decodeText(bytes);
  return decoded && "text" in decoded ? readDocument(path, decoded.text) : null;
}
