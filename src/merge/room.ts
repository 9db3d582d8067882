import type { Part } from "./conflict.ts";
import { lineEnd } from "./markers.ts";
import type { Node, Rank } from "./nodes.ts";

/** The result as it grows. Texts that never stood beside each other get the line ends that part them. */
export class Room {
  readonly parts: Part[] = [];
  readonly #beside = new Map<string, Set<string>>();
  readonly #end: string;
  #last: readonly string[] = [];
  #lastRank: Rank | null = null;

  constructor(runs: readonly (readonly Node[])[]) {
    for (const run of runs) {
      run.forEach((node, i) => {
        const next = run[i + 1];
        if (!next) return;
        const known = this.#beside.get(node.id) ?? new Set();
        this.#beside.set(node.id, known.add(next.id));
      });
    }
    this.#end = lineEnd(runs.flatMap((run) => run.map((node) => node.text)));
  }

  /** Puts parts behind what is there; `ids` are the nodes they come from. */
  add(parts: readonly Part[], ids: readonly string[], rank: Rank): void {
    const first = parts.find((part) => part !== "");
    if (first === undefined) return;
    const neighbours = this.#last.some((a) => ids.some((b) => this.#beside.get(a)?.has(b)));
    const before = this.parts.at(-1);
    if (typeof before === "string") {
      if (!before.endsWith("\n")) this.parts.push(this.#end);
      const blank = /(^|\n)[ \t]*\r?\n$/.test(before.slice(-200));
      if (!neighbours && rank === "section" && this.#lastRank === "section" && !blank)
        this.parts.push(this.#end);
    }
    this.parts.push(...parts.filter((part) => part !== ""));
    this.#last = ids;
    this.#lastRank = rank;
  }
}
