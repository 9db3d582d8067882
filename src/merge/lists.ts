import type { Node, Runs } from "./nodes.ts";

/**
 * A keyed list that one side has as a whole and the other has not is one field to a merge: its items cannot
 * stand without the line that opens it.
 */
export function foldLists({ base, ours, theirs }: Runs): Runs {
  const openers = (run: readonly Node[]): Set<string> =>
    new Set(run.filter((node) => node.rank === "opener").map((node) => node.id));
  const [left, right] = [openers(ours), openers(theirs)];
  const shared = new Set([...left].filter((id) => right.has(id)));
  return { base: fold(base, shared), ours: fold(ours, shared), theirs: fold(theirs, shared) };
}

function fold(run: readonly Node[], shared: ReadonlySet<string>): Node[] {
  const folded: Node[] = [];
  let list: string | null = null;
  for (const node of run) {
    const whole = folded.at(-1);
    if (node.rank === "opener") {
      const key = node.at.replace(/:$/, "");
      list = shared.has(node.id) ? null : key;
      folded.push(list === null ? node : { ...node, at: key, rank: "field", whole: null });
    } else if (list !== null && node.rank === "item" && node.list === list && whole) {
      folded[folded.length - 1] = { ...whole, text: whole.text + node.text };
    } else {
      list = null;
      folded.push(node);
    }
  }
  return folded;
}
