import { spawn } from "node:child_process";
import { confirm } from "@clack/prompts";
import { parseAddress } from "../../curriculum/address.ts";
import { findPassage } from "../../curriculum/find.ts";
import { decodeText, isCurriculumPath, readDocument } from "../../curriculum/read.ts";
import { Failure } from "../../failure.ts";
import { kindOf, readFile } from "../../files/read.ts";
import { editorCommand, editorOf } from "../../git/editor.ts";
import type { Repository } from "../../git/repository.ts";
import { idPaths } from "../../version/change/id-paths.ts";
import type { OwnChanges } from "../../version/change/own-changes.ts";
import type { EquippedVersion } from "../../version/ready.ts";
import { chooseChanges, type Place, pathsFrom } from "../choose.ts";
import type { Context } from "../context.ts";
import { answered } from "./prompts.ts";

/**
 * Where nothing has changed at an address yet, opens the document in the person's editor to change it now.
 * @returns true when an editor was opened, so that changes are to be read again
 */
export async function editWhereUnchanged(
  context: Context,
  version: EquippedVersion,
  own: OwnChanges,
  addresses: readonly string[],
): Promise<boolean> {
  const place = { repo: version.repo, head: version.head, cwd: context.cwd };
  let opened = false;
  for (const address of addresses) {
    const { document, passage } = parseAddress(address);
    const touched = await chooseChanges(place, own.changes, [address], "nothing");
    if (touched.length > 0) continue;
    const path = await documentAt(place, document);
    if (path === null) continue;
    const file = `${version.repo.root}/${path}`;
    const bytes = await readFile(file);
    const decoded = bytes && decodeText(bytes);
    if (!decoded || !("text" in decoded)) continue;
    const found = passage === null ? null : findPassage(readDocument(path, decoded.text), passage);
    const line = found && "passage" in found ? found.passage.line : 1;
    const yes = answered(
      await confirm({
        input: context.io.stdin,
        output: context.io.stderr,
        message: `Nothing has changed at ${address} yet. Open ${path} at line ${line} in your editor?`,
      }),
    );
    if (!yes) continue;
    await edit(context, version.repo, file, line);
    opened = true;
  }
  return opened;
}

/** The file of a document by its id or path; null where it is none. */
async function documentAt(
  place: Place & { readonly head: string },
  document: string,
): Promise<string | null> {
  const known = (await idPaths(place.repo, place.head)).get(document);
  if (known !== undefined) return known;
  for (const path of pathsFrom(place, document)) {
    if (isCurriculumPath(path) && (await kindOf(`${place.repo.root}/${path}`)) === "file") return path;
  }
  return null;
}

/** Opens a file in the editor that the person has chosen for Git or for the shell, and waits for it. */
export async function edit(
  { io, cwd }: Context,
  repo: Repository,
  file: string,
  line: number,
): Promise<void> {
  const editor = await editorOf(repo, io.env);
  // vi, vim, nano and emacs take a line to open at; others just get the file.
  const at = line > 1 && /(^|\/)(n?vim?|nano|emacs)$/.test(editor) ? [`+${line}`] : [];
  const code = await new Promise<number | null>((resolve, reject) => {
    const child = spawn("git", editorCommand(editor, [...at, file]), { cwd, stdio: "inherit" });
    child.on("error", reject);
    child.on("close", resolve);
  });
  if (code === 0) return;
  throw new Failure(
    "environment",
    `The editor ended with code ${code}; what was written in it is not used.`,
    {
      where: editor,
      next: ["git config --global core.editor nano   or another that is installed"],
    },
  );
}
