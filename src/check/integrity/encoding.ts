import type { Check } from "../check.ts";
import type { Material } from "../material.ts";

/** Bytes that no editor shows as the text that was meant. */
export const encoding: Check<Pick<Material, "files">> = {
  id: "encoding",
  severity: "error",
  title: "A document is not UTF-8 text",
  page: {
    what: "A Markdown or YAML file holds bytes that are not UTF-8, as some editors save them.",
    why: "Accents and signs turn into others, and the file can be compared and merged only as a whole, so that work in it is easily lost.",
    fix: 'Open the file and save it as UTF-8 ("Save with encoding" in most editors).',
    accept: "There is no way round it: nothing that Leeway says of the file would be true.",
  },
  *find({ files }) {
    for (const { path, change, problem } of files) {
      if (change === "removed" || problem === null || !/UTF-8|not text/.test(problem)) continue;
      yield {
        path,
        line: null,
        at: null,
        message: `This document cannot be read: ${problem.split(";")[0]}.`,
        remedy: "Save the file as UTF-8 in your editor.",
      };
    }
  },
};
