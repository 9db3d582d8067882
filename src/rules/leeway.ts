import picomatch from "picomatch";
import { type LayerRules, LEVELS, type Level, type Rule, strictest } from "./rules.ts";

/** What a rule is asked about. */
export interface Subject {
  readonly path: string;
  readonly id: string;
  readonly type: string;
  /** Key of the passage in its document: `#case-study`, `@outcomes.o2`. */
  readonly key: string;
  /** The document's own `leeway` field at the base, which its author wrote. */
  readonly own?: Readonly<Record<string, unknown>>;
}

/** What holds for a passage, and who says so. */
export interface Leeway {
  readonly level: Level;
  /** The layer whose rule holds; `document` where the document itself says it. */
  readonly layer: string;
  readonly name: string;
  readonly because: string | null;
}

/**
 * The leeway of a passage for one version: the strictest over the layers, within a layer the last rule that
 * matches, `except` leaving a rule out for the versions it names (design §3). A document's own `leeway` field
 * stands in for a layer's default, and tightens otherwise.
 */
export function leewayOf(subject: Subject, layers: readonly LayerRules[], version: string): Leeway {
  const own = ownLevel(subject);
  const byAuthor = (level: Level): Leeway => ({
    level,
    layer: "document",
    name: "its author",
    because: null,
  });
  let held: Leeway | null = null;
  for (const { layer, name, file, fallback } of layers) {
    const rule = file.rules.findLast((each) => matches(each, subject) && !each.except?.includes(version));
    const level = rule?.leeway ?? own ?? fallback;
    if (level === null) continue;
    const here: Leeway =
      rule || own === null ? { level, layer, name, because: rule?.because ?? null } : byAuthor(level);
    if (held === null || strictest(here.level, held.level) !== held.level) held = here;
  }
  held ??= own === null ? { level: "reason", layer: "", name: "", because: null } : byAuthor(own);
  return own !== null && strictest(own, held.level) !== held.level ? byAuthor(own) : held;
}

function ownLevel(subject: Subject): Level | null {
  let found: Level | null = null;
  for (const [pattern, level] of Object.entries(subject.own ?? {})) {
    const known = LEVELS.find((each) => each === level);
    if (known && keyMatches(pattern, subject.key)) found = known;
  }
  return found;
}

/** Whether a rule speaks of a passage, whatever other rules say of it. */
export function matches(rule: Rule, subject: Subject): boolean {
  const { scope, key } = splitPattern(rule.passages);
  return scopeMatches(scope, subject) && keyMatches(key, subject.key);
}

/** `unit@outcomes` → scope `unit`, key `@outcomes`; a scope alone means the whole document. */
function splitPattern(pattern: string): { scope: string; key: string } {
  const at = pattern.search(/[#@]/);
  return at < 0 ? { scope: pattern, key: "" } : { scope: pattern.slice(0, at), key: pattern.slice(at) };
}

function scopeMatches(scope: string, { path, id, type }: Subject): boolean {
  if (scope === "" || scope === "*" || scope === type || scope === id) return true;
  return matcher(scope)(path) || matcher(scope)(id);
}

/** `@outcomes` covers its items and their order; `#*` covers every section; names may hold `*`. */
function keyMatches(pattern: string, key: string): boolean {
  if (pattern === "" || pattern === key) return true;
  if (pattern[0] !== key[0] && /^[#@]/.test(pattern)) return false;
  if (/^[#@]/.test(pattern) && /^[.!]/.test(key.slice(pattern.length)) && key.startsWith(pattern))
    return true;
  return pattern.includes("*") && wildcard(pattern).test(key);
}

const wildcards = new Map<string, RegExp>();
function wildcard(pattern: string): RegExp {
  let made = wildcards.get(pattern);
  if (!made) {
    const body = pattern
      .split("*")
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
      .join(".*");
    made = new RegExp(`^${body}$`, "u");
    wildcards.set(pattern, made);
  }
  return made;
}

const matchers = new Map<string, (path: string) => boolean>();
function matcher(glob: string): (path: string) => boolean {
  let made = matchers.get(glob);
  if (!made) {
    made = picomatch(glob, { dot: true, nonegate: true });
    matchers.set(glob, made);
  }
  return made;
}
