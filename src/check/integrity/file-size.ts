import { isDocumentPath } from "../../curriculum/conventions.ts";
import type { Check } from "../check.ts";
import type { Material } from "../material.ts";

/** Bytes; above it hosts warn or refuse, and every clone in the trust carries the file for ever. */
const LARGEST = 10 * 1024 * 1024;
/** Bytes of a document: a book of 400 pages is smaller. */
const LARGEST_DOCUMENT = 2 * 1024 * 1024;

/** Files that are too large to be kept with the curriculum. */
export const fileSize: Check<Pick<Material, "sizes">> = {
  id: "file-size",
  severity: "error",
  title: "A file is too large",
  page: {
    what: `A document is larger than ${LARGEST_DOCUMENT / 1024 / 1024} MB, or another file larger than ${LARGEST / 1024 / 1024} MB.`,
    why: "Every school that forks this version downloads every file in every state it ever had, and it cannot be taken out again.",
    fix: "Keep films, scans and slides where your school keeps such files, and put a link in the lesson's resources.",
    accept: "A dated exception in rules.yaml, where a large file has to be here.",
  },
  *find({ sizes }) {
    for (const [path, size] of sizes) {
      const limit = isDocumentPath(path) ? LARGEST_DOCUMENT : LARGEST;
      if (size <= limit) continue;
      yield {
        path,
        line: null,
        at: null,
        message: `This file has ${megabytes(size)} MB; the limit is ${megabytes(limit)} MB.`,
        remedy: `Take it out with \`git rm -q --cached "${path}"\`, keep it elsewhere, and give the lesson a link to it.`,
      };
    }
  },
};

function megabytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(1).replace(/\.0$/, "");
}
