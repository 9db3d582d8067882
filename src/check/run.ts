import { documentOf } from "../adaptation/explain.ts";
import type { CheckWords } from "./check.ts";
import { type Finding, type Found, identityOf, type Severity } from "./finding.ts";
import { everyCheck, FAMILIES, type FoundAlone } from "./index.ts";
import { exceptionUnused, unusedIn } from "./integrity/exception-unused.ts";
import type { Material } from "./material.ts";
import {
  type Exception,
  excepts,
  type FamilyName,
  mayExcept,
  type Settings,
  severityOf,
} from "./settings.ts";

/** What the checks come to. */
export interface Checked {
  /** Worst first, then by path and line. */
  readonly findings: readonly Finding[];
  /** Findings that an exception lets stand. */
  readonly excepted: readonly { readonly finding: Finding; readonly exception: Exception }[];
}

/** What the runner needs besides the material. */
export interface RunOptions {
  readonly settings: Settings;
  /** What documents tell alone, worked out or kept. */
  readonly alone: readonly FoundAlone[];
  /** Exceptions that this change would bring, which do not count yet. */
  readonly proposed: readonly Exception[];
  /** Families that are looked at; `calendar` only on a schedule. */
  readonly families: readonly FamilyName[];
}

/** Runs every check of some families, and weighs and orders what they find. */
export function runChecks(material: Material, options: RunOptions): Checked {
  const { settings, proposed } = options;
  const hasUpstream = material.self?.upstream != null;
  const findings = new Map<string, Finding>();
  const excepted: { finding: Finding; exception: Exception }[] = [];
  const add = (check: CheckWords, family: FamilyName, found: Found): void => {
    const severity = severityOf(settings, check, family);
    if (severity === "off") return;
    const identity = identityOf(check.id, found);
    const finding = asFinding(check.id, severity, found);
    const applies = (exception: Exception): boolean =>
      mayExcept(exception, family, hasUpstream) && excepts(exception, finding);
    const exception = settings.exceptions.find(applies);
    if (exception) excepted.push({ finding, exception });
    else if (!findings.has(identity))
      findings.set(identity, proposed.some(applies) ? withProposal(finding, material) : finding);
  };
  for (const family of FAMILIES.filter(({ name }) => options.families.includes(name)))
    for (const [check, found] of family.find(material, options.alone)) add(check, family.name, found);
  const used = new Set(excepted.map(({ exception }) => exception));
  for (const found of material.scope.all ? spareOf(material, settings, used, options.families) : [])
    add(exceptionUnused, "integrity", found);
  return { findings: toldOnce([...findings.values()]).sort(inOrder), excepted };
}

/** Without what another finding, of the same passage or of the whole document, asks for as well. */
function toldOnce(findings: readonly Finding[]): Finding[] {
  const told = new Set(findings.map(({ check, at }) => `${check}\n${at}`));
  const unless = new Map(everyCheck().map(({ check }) => [check.id, check.unless ?? []]));
  return findings.filter(({ check, at }) => {
    const places = at === null ? [] : [at, documentOf(at)];
    return !unless.get(check)?.some((id) => places.some((place) => told.has(`${id}\n${place}`)));
  });
}

/** A finding as it is told, from what a check states. */
export function asFinding(check: string, severity: Severity, found: Found): Finding {
  const { path, line, at, message, remedy } = found;
  return {
    check,
    severity,
    path,
    line,
    at,
    message,
    remedy,
    get fingerprint() {
      return fingerprintOf(identityOf(check, found));
    },
  };
}

/** Made when it is asked for: people who read text do not see it. */
function fingerprintOf(identity: string): string {
  const { hash } = process.getBuiltinModule("node:crypto");
  return hash("sha256", identity, "hex").slice(0, 16);
}

function withProposal(finding: Finding, { since }: Material): Finding {
  const message = `${finding.message} (An exception for it is in this change; it counts once it is on ${since ?? "the protected branch"}.)`;
  return { ...finding, message };
}

/** Exceptions of this version's own that nothing needed, of the families that were looked at. */
function spareOf(
  { self }: Material,
  { exceptions }: Settings,
  used: ReadonlySet<Exception>,
  families: readonly FamilyName[],
): Iterable<Found> {
  const rules = self?.rules;
  if (!rules) return [];
  const familyOf = new Map(everyCheck().map(({ check, family }) => [check.id, family]));
  const spare = exceptions.filter((exception) => {
    const family = familyOf.get(exception.check);
    return exception.own && !used.has(exception) && (family === undefined || families.includes(family));
  });
  return unusedIn(rules, spare, (id) => familyOf.has(id));
}

function inOrder(a: Finding, b: Finding): number {
  if (a.severity !== b.severity) return a.severity === "error" ? -1 : 1;
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return (a.line ?? 0) - (b.line ?? 0) || (a.check < b.check ? -1 : a.check > b.check ? 1 : 0);
}
