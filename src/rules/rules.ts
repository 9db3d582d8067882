import * as z from "zod/mini";
import { lineOfFieldFault, wordsForFieldFault } from "../curriculum/field-fault.ts";
import { lazily } from "../curriculum/lazily.ts";
import { readYamlFile } from "../curriculum/yaml-file.ts";
import { Failure } from "../failure.ts";
import { settingsSchema } from "./settings.ts";

/** How freely a passage may change, strictest first (design §2). */
export const LEVELS = ["none", "add", "reason", "free"] as const;
export type Level = (typeof LEVELS)[number];

const level = () => z.enum(LEVELS);

const rule = () =>
  z
    .looseObject({
      passages: z.string().check(z.minLength(1)),
      leeway: level(),
      because: z.optional(z.string().check(z.minLength(1))),
      except: z.optional(z.array(z.string())),
    })
    .check(
      z.refine((rule) => rule.leeway !== "none" || rule.because !== undefined, {
        error: "a lock must say `because`",
      }),
    )
    // The same for editors.
    .register(z.globalRegistry, {
      if: { properties: { leeway: { const: "none" } }, required: ["leeway"] },
      // biome-ignore lint/suspicious/noThenProperty: a word of JSON Schema
      then: { required: ["because"] },
    });

/** The shape of `versions/<id>/rules.yaml` (design §3). */
export const rulesSchema = lazily(() =>
  z.looseObject({
    default: z.optional(level()),
    rules: z._default(z.array(rule()), []),
    checks: z.optional(z.lazy(settingsSchema)),
  }),
);

export type RulesFile = z.infer<ReturnType<typeof rulesSchema>>;
export type Rule = RulesFile["rules"][number];

/** The rules that one layer gives to itself and to all below. */
export interface LayerRules {
  /** The version that wrote them, and what people call it. */
  readonly layer: string;
  readonly name: string;
  /** What holds where no rule matches: the centre's `default`, else `reason`; a layer below may leave it open. */
  readonly fallback: Level | null;
  readonly file: RulesFile;
}

/**
 * Reads one `rules.yaml`.
 * @throws Failure "usage" naming file and line when it does not parse or fit the schema.
 */
export function parseRules(path: string, text: string): RulesFile {
  const file = readYamlFile(text);
  if ("fault" in file) {
    throw new Failure("usage", `The rules cannot be read: ${file.fault}.`, {
      where: `${path}:${file.line}`,
      next: ["Correct the file, or ask the version that owns it to."],
    });
  }
  const parsed = rulesSchema().safeParse(file.data ?? {});
  if (!parsed.success) {
    const { words } = wordsForFieldFault(parsed.error.issues, file.data ?? {});
    throw new Failure("usage", `The rules cannot be read: ${words}.`, {
      where: `${path}:${lineOfFieldFault(parsed.error.issues, text)}`,
      next: [`The field leeway is one of ${LEVELS.join(", ")}; a lock (none) says because.`],
    });
  }
  return parsed.data;
}

export function strictest(a: Level, b: Level): Level {
  return LEVELS.indexOf(a) <= LEVELS.indexOf(b) ? a : b;
}
