import { readDocument } from "../../curriculum/read.ts";
import { packageRoot } from "../../files/package-root.ts";
import { readText } from "../../files/read.ts";
import { readObjects } from "../../git/objects.ts";
import type { Repository } from "../../git/repository.ts";
import { listTree } from "../../git/trees.ts";
import type { OwnFile } from "../change/own-files.ts";
import { ATTRIBUTES, withDriverLines } from "../merge-driver.ts";
import { codeOwners } from "./code-owners.ts";

/** What a version can be furnished with. */
export type Part = "github" | "gitlab" | "pre-commit" | "merge-driver" | "editors";

/** The one file that Leeway is installed from. */
export interface Pin {
  readonly url: string;
  /** In hexadecimal digits. */
  readonly hash: string;
  /** The program that checks the hash. */
  readonly program: "sha256sum" | "sha512sum";
}

export interface FurnishRequest {
  readonly parts: ReadonlySet<Part>;
  readonly pin: Pin | null;
  /** Whether templates are written over what stands in their place. */
  readonly replace: boolean;
  /** The schemas of all documents, and the files that are to name theirs in a first line. */
  readonly schemas: readonly OwnFile[];
  readonly headings: readonly { readonly path: string; readonly line: string }[];
  /** The text of a file as it stands in the version now; null where there is none. */
  readonly read: (path: string) => Promise<string | null>;
}

/** A file and what becomes of it. `kept` differs from the template and stays; `own` is the reader's to fill in. */
export interface Furnished extends OwnFile {
  readonly did: "written" | "added-to" | "replaced" | "same" | "kept" | "own";
}

interface Wanted extends OwnFile {
  /** How it stands to a file that is there: in its place, in front of it or behind it, or not at all. */
  readonly beside: "replaces" | "joins" | "yields";
}

/** Where the pin stands. */
export const INSTALLER = ".leeway/install.sh";

/** The templates of a part, under `templates/ci`, and where they go. */
const TEMPLATES: Readonly<Record<Part, readonly (readonly [from: string, to: string])[]>> = {
  github: [["github/leeway.yml", ".github/workflows/leeway.yml"]],
  gitlab: [["gitlab/leeway.yml", ".gitlab/leeway.yml"]],
  "pre-commit": [["githooks/pre-commit", ".githooks/pre-commit"]],
  "merge-driver": [],
  editors: [],
};

/** Decides which files a version gets, and what becomes of those that are there. Writes nothing. */
export async function furnish(repo: Repository, rev: string, request: FurnishRequest): Promise<Furnished[]> {
  const wanted = await wantedFiles(repo, rev, request);
  return Promise.all(
    wanted.map(async ({ beside, ...file }): Promise<Furnished> => {
      const before = await request.read(file.path);
      if (before === null) return { ...file, did: "written" };
      if (before === file.text) return { ...file, did: "same" };
      if (beside === "joins") return { ...file, did: "added-to" };
      if (beside === "yields") return { ...file, did: "own" };
      return { ...file, did: request.replace ? "replaced" : "kept" };
    }),
  );
}

/** Whether a part needs to know where Leeway is installed from. */
export function needsPin(parts: ReadonlySet<Part>): boolean {
  return parts.has("github") || parts.has("gitlab");
}

async function wantedFiles(repo: Repository, rev: string, request: FurnishRequest): Promise<Wanted[]> {
  const { parts, pin, read } = request;
  const files: Wanted[] = [];
  const template = async (from: string): Promise<string> =>
    (await readText(`${await packageRoot()}/templates/ci/${from}`)) ?? "";
  if (pin !== null && needsPin(parts)) {
    const text = filled(await template("leeway/install.sh"), pin);
    files.push({ path: INSTALLER, text, beside: "replaces" });
  }
  for (const part of parts) {
    for (const [from, path] of TEMPLATES[part]) {
      files.push({
        path,
        text: await template(from),
        beside: "replaces",
        ...(part === "pre-commit" ? { executable: true } : {}),
      });
    }
  }
  if (parts.has("gitlab"))
    files.push({ path: ".gitlab-ci.yml", text: await template("gitlab/include.yml"), beside: "yields" });
  const owners = needsPin(parts) ? codeOwners(await subjectsOf(repo, rev)) : null;
  for (const host of ["github", "gitlab"] as const) {
    if (owners !== null && parts.has(host))
      files.push({ path: `.${host}/CODEOWNERS`, text: owners, beside: "yields" });
  }
  if (parts.has("merge-driver"))
    files.push({ path: ATTRIBUTES, text: withDriverLines(await read(ATTRIBUTES)), beside: "joins" });
  if (parts.has("editors")) {
    files.push(...request.schemas.map((file): Wanted => ({ ...file, beside: "replaces" })));
    for (const { path, line } of request.headings) {
      const text = await read(path);
      if (text !== null)
        files.push({ path, text: text.startsWith(line) ? text : line + text, beside: "joins" });
    }
  }
  return files;
}

function filled(text: string, { url, hash, program }: Pin): string {
  return text
    .replaceAll("{{url}}", () => url)
    .replaceAll("{{hash}}", hash)
    .replaceAll("{{sum}}", program);
}

/** The folder of every subject and the role that answers for it. */
async function subjectsOf(
  repo: Repository,
  rev: string,
): Promise<{ folder: string; owner: string | null }[]> {
  const tree = await listTree(repo, rev, ["subjects/"]);
  const paths = [...tree.keys()].filter((path) => /^subjects\/[^/]+\/subject\.md$/.test(path)).sort();
  const objects = await readObjects(
    repo,
    paths.map((path) => tree.get(path)?.oid ?? repo.zero),
  );
  return paths.map((path, index) => {
    const { owner } = readDocument(path, objects[index]?.bytes.toString("utf8") ?? "").data;
    return {
      folder: path.slice(0, -"/subject.md".length),
      owner: typeof owner === "string" && owner.trim() !== "" ? owner : null,
    };
  });
}
