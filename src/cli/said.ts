import { looksLikePupilData } from "../adaptation/privacy.ts";
import { proposeKind } from "../adaptation/propose.ts";
import { hasWords } from "../adaptation/reason.ts";
import { type Kind, PURPOSES, type Purpose } from "../adaptation/words.ts";
import type { Said } from "../adaptation/write.ts";
import { formatAddress, quoteAddress } from "../curriculum/address.ts";
import { Failure } from "../failure.ts";
import { type AdaptPlan, type Reasons, recordsOf } from "../version/change/adapt.ts";
import type { OwnChange } from "../version/change/own-changes.ts";
import type { Context } from "./context.ts";

/** What `adapt` is told on the command line. */
export interface SaidFlags {
  readonly for?: Purpose[];
  readonly why?: string;
  readonly kind?: Kind;
  readonly title?: string;
  readonly by?: string;
  readonly trial?: boolean;
  readonly reviewBy?: string;
  readonly stillHolds?: boolean;
}

/** What a person says of the changes: from the flags, else asked for on a terminal, else a word on which flags to give. */
export async function askReasons(context: Context, plan: AdaptPlan, flags: SaidFlags): Promise<Reasons> {
  const given = givenIn(flags);
  const renewed =
    plan.stale.length > 0 && given.why === undefined && !flags.stillHolds
      ? { ...given, ...(await renewal(context, plan)) }
      : given;
  const made = plan.fresh.length === 0 ? null : await complete(context, plan.fresh, given);
  for (const { why, title, by } of made === null ? [renewed] : [made, renewed]) {
    for (const text of [why, title, by]) refusePupilData(text);
  }
  return { made, renewed };
}

/** Whether the flags say anything that a record could take. */
export function saysAnything(flags: SaidFlags): boolean {
  return Object.keys(givenIn(flags)).length > 0;
}

function givenIn(flags: SaidFlags): Said {
  const words = { why: flags.why, title: flags.title, by: flags.by };
  for (const [name, text] of Object.entries(words)) {
    if (text === undefined || hasWords(text)) continue;
    throw new Failure("usage", `There is nothing in --${name}.`, {
      next: [`Give --${name} in words, or leave it out.`],
    });
  }
  const said = {
    why: flags.why?.trim(),
    for: flags.for,
    kind: flags.kind,
    title: flags.title?.trim(),
    by: flags.by?.trim(),
    reviewBy: flags.reviewBy,
    trial: flags.trial,
  };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
}

async function complete(
  context: Context,
  fresh: readonly OwnChange[],
  given: Said,
): Promise<NonNullable<Reasons["made"]>> {
  const kind = given.kind ?? proposeKind(fresh.map(proposal));
  const title = given.title ?? titleOf(fresh);
  const { why, for: purposes } = given;
  if (why !== undefined && purposes !== undefined) return { ...given, why, for: purposes, kind, title };
  if (!context.interactive) throw missing(given, fresh);
  const { askReason } = await import("./ui/prompts.ts");
  return askReason(context, { ...given, kind, title }, addressesOf(fresh));
}

function proposal({ passage }: OwnChange): Parameters<typeof proposeKind>[0][number] {
  const { key, base, local, words } = passage;
  return { key, base: base?.text ?? null, local: local?.text ?? null, words };
}

/** A title to begin with: the passage's, or that of the documents that several passages lie in. */
function titleOf(fresh: readonly OwnChange[]): string {
  const [only] = fresh;
  if (fresh.length === 1 && only !== undefined) {
    const { document, passage } = only;
    const name = (passage.local ?? passage.base)?.name;
    const whole = document.base === null || document.local === null;
    // A text often opens with its own title as a heading.
    return whole || !name || name === document.change.title
      ? document.change.title
      : `${document.change.title}: ${name}`;
  }
  const [first = "Adaptation", ...others] = new Set(fresh.map(({ document }) => document.change.title));
  if (others.length === 0) return first;
  return others.length === 1 ? `${first} and ${others[0]}` : `${first} and ${others.length} other documents`;
}

/** Asks whether the reason on record still holds; an answer that is the same words leaves the record's words alone. */
async function renewal(context: Context, { stale }: AdaptPlan): Promise<Said> {
  const whys = [...new Set([...recordsOf(stale)].map(({ record }) => record.why))];
  const [before = ""] = whys;
  const isEdited = stale.some(({ explanation }) => explanation.state === "renew");
  const what = isEdited
    ? "The text was edited again, so its reason is to be renewed."
    : "Upstream changed the text beneath, so its reason is to be looked at again.";
  if (!context.interactive || whys.length > 1) {
    throw new Failure("usage", what, {
      where: `${addressesOf(stale).map(quoteAddress).join(", ")}, with the reason: ${whys.join(" / ")}`,
      next: [
        "--still-holds          if that reason holds for the text as it is now",
        '--why "…"              to give a new one',
      ],
    });
  }
  const { askAgain } = await import("./ui/prompts.ts");
  const answer = await askAgain(context, before);
  return answer === before ? {} : { why: answer };
}

function missing(given: Said, fresh: readonly OwnChange[]): Failure {
  const addresses = addressesOf(fresh).map(quoteAddress);
  const flags = [
    given.for === undefined ? "--for PURPOSE" : `--for ${given.for.join(" ")}`,
    given.why === undefined ? '--why "…"' : `--why ${JSON.stringify(given.why)}`,
  ];
  return new Failure("usage", "A change needs a reason before it can be explained to anybody.", {
    where: addresses.join(", "),
    next: [
      `leeway adapt ${addresses[0]} ${flags.join(" ")}`,
      ...(given.for === undefined ? [`PURPOSE is one or more of ${PURPOSES.join(", ")}`] : []),
    ],
  });
}

function refusePupilData(text: string | undefined): void {
  const found = text === undefined ? null : looksLikePupilData(text);
  if (found === null) return;
  throw new Failure("usage", `${found}. A reason is read across the trust and cannot be fully deleted.`, {
    next: ["Write about the curriculum, never about a pupil, and run the command again."],
  });
}

/** Addresses as people name them: of a document that is new or gone its own, once. */
export function addressesOf(changes: readonly OwnChange[]): string[] {
  return [...new Set(changes.map((change) => addressOf(change)))];
}

function addressOf({ at, document: { base, local, change } }: OwnChange): string {
  return base === null || local === null ? formatAddress(change.id, null) : at;
}
