import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { isDocumentPath, readDocument } from "../../src/curriculum/read.ts";

const root = resolve(process.env.LEEWAY_CORPUS ?? "../shared/corpus", "cases");
const isThere = existsSync(root);

describe(
  isThere ? "the corpus of real merges" : "the corpus of real merges (absent: set LEEWAY_CORPUS)",
  () => {
    it.skipIf(!isThere)(
      "is sliced and joined back, byte for byte",
      () => {
        let files = 0;
        for (const name of readdirSync(root, { recursive: true, encoding: "utf8" })) {
          if (!isDocumentPath(name)) continue;
          const text = readFileSync(join(root, name), "utf8");
          const document = readDocument(name, text);
          const joined = document.slices.map((slice) => text.slice(slice.start, slice.end)).join("");
          if (joined !== text) expect(joined, name).toBe(text);
          const keys = new Set(document.passages.map((passage) => passage.key));
          expect(keys.size, name).toBe(document.passages.length);
          files++;
        }
        expect(files).toBeGreaterThan(2_000);
      },
      60_000,
    );
  },
);
