import { formatAddress, quotePath } from "../../curriculum/address.ts";
import { isDocumentPath } from "../../curriculum/conventions.ts";
import { lazily } from "../../curriculum/lazily.ts";
import type { Check } from "../check.ts";
import type { DocumentFacts } from "../facts.ts";
import type { Material, Tree } from "../material.ts";
import { filesOf } from "../named-files.ts";

type Naming = Pick<DocumentFacts, "path" | "id" | "type" | "files">;

/** A picture, a sheet or another file that a document names and that is not there. */
export const fileMissing: Check<
  Pick<Material, "documents" | "curriculum" | "scope" | "tree" | "isCentre" | "base" | "since">
> = {
  id: "file-missing",
  severity: "error",
  title: "A file that a document names is not there",
  page: {
    what: "A lesson lists a resource by its `path`, links to a file or shows a picture, and no such file is here: it was removed, renamed, never added, or is spelt otherwise (capitals count). Looked for beside the document, in the folders above it, and from the top. Web addresses, addresses of a site (that begin with /) and what upstream's own text left open are not looked at.",
    why: "The teacher finds out in front of the class that the worksheet is not there.",
    fix: "Add the file, or write the name under which it is here.",
    accept: "A dated exception in rules.yaml, where the file is made only when the pages are built.",
  },
  *find({ documents, curriculum, scope, tree, isCentre, base, since }) {
    if (tree === null) return;
    const looked = new Set(documents.flatMap(({ local }) => local?.path ?? []));
    const before = lazily(() => new Map(curriculum?.before.map((facts) => [facts.id, facts])));
    const pairs: (readonly [Naming, Naming | null])[] = [
      ...documents.flatMap(({ base, local }) =>
        local === null ? [] : [[naming(local), base && naming(base)] as const],
      ),
      ...(curriculum?.here ?? [])
        .filter(({ path }) => !looked.has(path))
        .map((facts) => [facts, before().get(facts.id) ?? null] as const),
    ];
    for (const [document, was] of pairs) {
      for (const { value, line, key } of document.files) {
        if (isThere(tree, document, value)) continue;
        // Outside the change only what it took away counts; of what stood upstream, what was there.
        if (!scope.has(document.path) && !goneFrom(tree, document, value)) continue;
        const stood = !isCentre && was !== null && was.files.some((each) => each.value === value);
        if (stood && !goneFrom(tree, was, value) && !isThere(tree, was, value)) continue;
        yield {
          path: document.path,
          line,
          at: formatAddress(document.id, key),
          about: value,
          message: `${value} is named here, and there is no such file.`,
          remedy: remedyFor(tree, since ?? base?.slice(0, 12), document, { value, line }),
        };
      }
    }
  },
};

function naming(document: NonNullable<Material["documents"][number]["local"]>): Naming {
  const { path, id, type } = document;
  return { path, id, type, files: filesOf(document) };
}

/** Where a name may lead: from the document's folder, from those above it, from the top. */
function* placesOf(from: string, name: string): Iterable<string> {
  const folders = from.split("/").slice(0, -1);
  for (let depth = folders.length; depth >= 0; depth--) {
    const parts = folders.slice(0, depth);
    let isOutside = false;
    for (const part of name.split("/")) {
      if (part === "..") isOutside = parts.pop() === undefined || isOutside;
      else if (part !== "." && part !== "") parts.push(part);
    }
    if (!isOutside) yield parts.join("/");
  }
}

function isThere(tree: Tree, { path, type }: Naming, name: string): boolean {
  for (const place of placesOf(path, name)) if (tree.has(place) || isMade(tree, place)) return true;
  // Plain pages are laid out in as many ways as there are generators, and where no picture at all is kept, pictures are
  // kept elsewhere.
  const end = name.replace(/^(?:\.{1,2}\/)+/, "");
  return type === "plain" && (tree.endsWith(end).length > 0 || !tree.keeps(end));
}

/** Pages are made from documents: `notes.pdf` from `notes.md`, `01-intro.md` from `01-intro.Rmd`. */
function isMade(tree: Tree, place: string): boolean {
  const stem = /^(.*\/?[^/]+)\.(?:md|html?|pdf|docx?|pptx?|epub)$/i.exec(place)?.[1];
  return (
    stem !== undefined && ["md", "Rmd", "qmd", "mdx", "markdown"].some((end) => tree.has(`${stem}.${end}`))
  );
}

/** What a name led to before the change, and where that is now, if anywhere. */
function goneFrom(
  { gone }: Tree,
  { path }: Naming,
  name: string,
): { was: string; now: string | null } | null {
  for (const was of placesOf(path, name)) {
    const now = gone.get(was);
    if (now !== undefined) return { was, now };
  }
  return null;
}

function remedyFor(
  tree: Tree,
  before: string | undefined,
  document: Naming,
  { value, line }: { readonly value: string; readonly line: number },
): string {
  const { path } = document;
  const gone = goneFrom(tree, document, value);
  const [near, another] = tree.endsWith(value.split("/").at(-1) ?? value);
  const now = gone?.now ?? (another === undefined ? near : undefined);
  if (now !== undefined)
    return `Write ${relativeTo(path, now)} in place of ${value} in line ${line} of ${path}.`;
  const what = isDocumentPath(value) ? "document" : "file";
  if (gone === null || before === undefined)
    return `Add the ${what}, or take ${value} out of line ${line} of ${path}.`;
  return `Bring the ${what} back (\`git checkout ${before} -- ${quotePath(gone.was)}\`), or take ${value} out of line ${line} of ${path}.`;
}

/** How a document names a file from its own folder. */
function relativeTo(from: string, to: string): string {
  const [own, other] = [from.split("/").slice(0, -1), to.split("/")];
  while (own.length > 0 && own[0] === other[0]) {
    own.shift();
    other.shift();
  }
  return [...own.map(() => ".."), ...other].join("/");
}
