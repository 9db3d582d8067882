import { getConfig } from "./config.ts";
import type { Repository } from "./repository.ts";
import { literally } from "./trees.ts";

/**
 * Texts as Git would store them: where attributes or `core.autocrlf` say so, a line end of Windows in the work tree is a
 * line feed in a commit. Two processes, and only where some text has such a line end.
 * https://git-scm.com/docs/gitattributes#_text
 */
export async function asStored<T extends { readonly path: string; readonly bytes: Buffer | null }>(
  repo: Repository,
  files: readonly T[],
): Promise<T[]> {
  const windows = files.filter(({ bytes }) => bytes?.includes("\r\n")).map(({ path }) => path);
  if (windows.length === 0) return [...files];
  const [setting, listed] = await Promise.all([
    getConfig(repo, "core.autocrlf", { anywhere: true }),
    repo.text([literally, "ls-files", "--eol", "-z", "--cached", "--others", "--", ...windows]),
  ]);
  const byDefault = setting === "true" || setting === "input";
  const converted = new Set<string>();
  for (const line of listed.split("\0")) {
    const [, index = "", attributes = "", path = ""] =
      /^i\/(\S*)\s+w\/\S*\s+attr\/([^\t]*)\t(.+)$/s.exec(line) ?? [];
    const attribute = attributes.trim().split(" ")[0] ?? "";
    const isAuto = attribute === "text=auto" || (attribute === "" && byDefault);
    // What was committed with such line ends keeps them, unless the attribute calls it text outright.
    if (attribute === "text" || (isAuto && !["crlf", "mixed", "-text"].includes(index))) converted.add(path);
  }
  return files.map((file) =>
    file.bytes !== null && converted.has(file.path)
      ? { ...file, bytes: Buffer.from(file.bytes.toString("latin1").replaceAll("\r\n", "\n"), "latin1") }
      : file,
  );
}
