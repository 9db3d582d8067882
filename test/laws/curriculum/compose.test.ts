import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compose, composition } from "../../../src/curriculum/compose.ts";
import type { Document } from "../../../src/curriculum/document.ts";
import { readDocument } from "../../../src/curriculum/read.ts";
import { markdownText, yamlText } from "../../unit/curriculum/texts.ts";

const normals = (document: Document) => new Map(document.passages.map((one) => [one.key, one.normal]));

function differing(a: Document, b: Document): string[] {
  const before = normals(a);
  const after = normals(b);
  return [...new Set([...before.keys(), ...after.keys()])].filter(
    (key) => before.get(key) !== after.get(key),
  );
}

describe("composing two texts", () => {
  const texts = fc.oneof(
    fc.tuple(fc.constant("a.md"), markdownText, markdownText),
    fc.tuple(fc.constant("a.yaml"), yamlText, yamlText),
  );

  it("takes everything that differs", () => {
    fc.assert(
      fc.property(texts, ([path, target, source]) => {
        const [a, b] = [readDocument(path, target), readDocument(path, source)];
        const done = readDocument(path, compose(a, b, new Set(differing(a, b))));
        expect(normals(done)).toEqual(normals(b));
      }),
      { numRuns: 400 },
    );
  });

  it("takes nothing where nothing is wanted", () => {
    fc.assert(
      fc.property(texts, ([path, target, source]) => {
        expect(compose(readDocument(path, target), readDocument(path, source), new Set())).toBe(target);
      }),
    );
  });

  it("leaves the bytes of every slice that is not wanted, and says where it could not be exact", () => {
    fc.assert(
      fc.property(
        texts,
        fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }),
        ([path, target, source], picks) => {
          const [a, b] = [readDocument(path, target), readDocument(path, source)];
          const keys = new Set(differing(a, b).filter((_, at) => picks[at % 40]));
          const { text, exact } = composition(a, b, keys);
          const isMoved = [...keys].some((key) => key.endsWith("!order"));
          if (!exact || text === source || isMoved) return;
          const texts = new Map(a.passages.map((one) => [one.key, one.text]));
          let from = 0;
          for (const slice of a.slices) {
            const own = target.slice(slice.start, slice.end);
            const [key = ""] = slice.passages;
            const isShared = slice.name.startsWith("@") && texts.get(key) !== own;
            if (slice.passages.length !== 1 || isShared || keys.has(key)) continue;
            const at = text.indexOf(own, from);
            expect(at).toBeGreaterThanOrEqual(0);
            from = at;
          }
        },
      ),
      { numRuns: 400 },
    );
  });
});
