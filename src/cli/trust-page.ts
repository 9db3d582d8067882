import { join, resolve } from "node:path";
import { Failure } from "../failure.ts";
import { kindOf, readText } from "../files/read.ts";
import { clearDraftsOf, writeAtomic } from "../files/write.ts";
import type { Survey } from "../trust/survey.ts";
import type { Context, Outcome } from "./context.ts";
import { quoteWord } from "./naming.ts";

export interface PageFlags {
  /** The folder that the page is put in. */
  readonly out: string;
  readonly dryRun?: boolean;
}

/** By this, a page that Leeway made before is known, and may be made anew. */
const OURS = '<meta name="generator" content="Leeway"';

/**
 * Writes the page of a trust as `index.html` into a folder, which is made where it is not there.
 * @throws Failure "usage" where something stands there that is not such a page
 */
export async function writePage(
  { cwd }: Pick<Context, "cwd">,
  survey: Survey,
  { out, dryRun = false }: PageFlags,
): Promise<Outcome> {
  const folder = resolve(cwd, out);
  const path = join(folder, "index.html");
  const named = join(out, "index.html");
  const before = await standing(folder, path, named);
  // What draws the page is a bundle of its own.
  const { renderPage } = await import("../report/html/page.tsx");
  const page = renderPage(survey);
  if (!dryRun) {
    await clearDraftsOf(path);
    await writeAtomic(path, page);
  }
  const versions = survey.versions.filter(({ depth }) => depth > 0).length;
  const size = `${Math.ceil(Buffer.byteLength(page) / 1024)} kB`;
  const done = before === "page" ? "made anew" : "written";
  return {
    exit: 0,
    report: {
      kind: "done",
      verb: "report",
      did: [
        dryRun
          ? `Would write ${named}: ${versions} versions of ${survey.root.name}, ${size}.`
          : `The page of ${survey.root.name} is ${done}: ${named}, ${versions} versions, ${size}.`,
        "It needs no network, and can be sent, printed or put on a website as it is.",
      ],
      undo: dryRun || before === "page" ? null : `rm ${quoteWord(named)}`,
      next: dryRun ? [] : [[`Open ${named} in a browser.`, ""]],
      data: { path, versions, bytes: Buffer.byteLength(page) },
    },
  };
}

async function standing(folder: string, path: string, named: string): Promise<"nothing" | "page"> {
  if ((await kindOf(folder)) === "file") {
    throw new Failure("usage", "The page goes into a folder, and this is none.", {
      where: folder,
      next: ["leeway report --out report   makes a folder of that name"],
    });
  }
  const kind = await kindOf(path);
  if (kind === null) return "nothing";
  if (kind === "file" && (await readText(path))?.includes(OURS)) return "page";
  throw new Failure("usage", "Something stands there that is not a page of Leeway; it was left as it is.", {
    where: named,
    next: ["leeway report --out report   puts the page into a folder of its own"],
  });
}
