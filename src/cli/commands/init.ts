import { resolve } from "node:path";
import { Failure } from "../../failure.ts";
import { initCurriculum, requireEmpty } from "../../version/start/init.ts";
import { versionId } from "../../version/version-file.ts";
import type { Context, Outcome } from "../context.ts";
import { schemaFiles } from "../json-schemas.ts";
import { quoteWord } from "../naming.ts";

interface InitFlags {
  readonly id: string;
  readonly name: string;
  readonly dryRun?: boolean;
}

/** `init`: start a central curriculum from the template. */
export async function run(context: Context, args: readonly string[], flags: InitFlags): Promise<Outcome> {
  const folder = resolve(context.cwd, args[0] ?? ".");
  checkId(flags.id);
  checkName(flags.name);
  if (flags.dryRun) {
    await requireEmpty(folder);
    const did = [`Would start ${flags.name} in ${folder}. Nothing was changed.`];
    return {
      exit: 0,
      report: { kind: "done", verb: "init", did, undo: null, next: [], data: { dryRun: true } },
    };
  }
  await initCurriculum(folder, { id: flags.id, name: flags.name }, schemaFiles(), context.now);
  const cd = args[0] ? `cd ${quoteWord(args[0])} && ` : "";
  return {
    exit: 0,
    report: {
      kind: "done",
      verb: "init",
      did: [
        `${flags.name} is started in ${folder}: a small example curriculum, with its rules in versions/${flags.id}/rules.yaml.`,
      ],
      undo: null,
      next: [
        [`${cd}leeway release 2026-27-autumn --notes "…"`, "name the first edition when it is ready"],
        [
          `leeway fork ${quoteWord(folder)} DIR --id ID --name NAME`,
          "take a version for a region or a school",
        ],
      ],
      data: { id: flags.id, folder },
    },
  };
}

/** @throws Failure "usage" where there is nothing that people could call it */
export function checkName(name: string): void {
  if (name.trim() !== "") return;
  throw new Failure("usage", "A version needs a name that people call it by.", {
    next: ["--name 'Harbour Academy'   is an example"],
  });
}

/** @throws Failure "usage" where an id cannot name folders, tags and branches */
export function checkId(id: string): void {
  const checked = versionId().safeParse(id);
  if (checked.success) return;
  throw new Failure("usage", `${JSON.stringify(id)} cannot be an id: ${checked.error.issues[0]?.message}.`, {
    next: ["--id harbour-academy   is an example"],
  });
}
