import { bagOfWords, shareOfWords, type WordBag } from "../../compare/likeness.ts";
import { decodeText } from "../../curriculum/read.ts";
import { describeObjects, readObjects } from "../../git/objects.ts";
import type { Repository } from "../../git/repository.ts";

/** Larger files are not read: nobody writes a lesson of this size. */
const MOST_BYTES = 1 << 20;
/** So many bytes are read at once; only their words' counts are kept. */
const AT_ONCE = 32 << 20;

/** Compares texts by their ids, 0 to 1 by the words that they share; what is no text shares nothing. */
export class Texts {
  readonly #repo: Repository;
  readonly #bags = new Map<string, WordBag | null>();

  constructor(repo: Repository) {
    this.#repo = repo;
  }

  /** The likenesses of pairs of texts, in their order, in two processes and a few more for very many. */
  async likenesses(pairs: readonly (readonly [string, string])[]): Promise<number[]> {
    await this.#read(pairs.flat());
    return pairs.map(([a, b]) => {
      const [one, other] = [this.#bags.get(a), this.#bags.get(b)];
      return a === b ? 1 : one && other ? shareOfWords(one, other) : 0;
    });
  }

  async #read(oids: readonly string[]): Promise<void> {
    const unread = [...new Set(oids)].filter((oid) => !this.#bags.has(oid));
    const facts = await describeObjects(this.#repo, unread);
    let batch: string[] = [];
    let bytes = 0;
    for (const [index, oid] of unread.entries()) {
      const fact = facts[index];
      if (fact?.type !== "blob" || fact.size > MOST_BYTES) this.#bags.set(oid, null);
      else {
        batch.push(oid);
        bytes += fact.size;
      }
      if (bytes < AT_ONCE && index < unread.length - 1) continue;
      await this.#keep(batch);
      batch = [];
      bytes = 0;
    }
  }

  async #keep(oids: readonly string[]): Promise<void> {
    const objects = await readObjects(this.#repo, oids);
    for (const [index, oid] of oids.entries()) {
      const decoded = objects[index] && decodeText(objects[index].bytes);
      this.#bags.set(oid, decoded && "text" in decoded ? bagOfWords(decoded.text) : null);
    }
  }
}
