import type { AdaptationSummary } from "../../../adaptation/summary.ts";
import type { Made } from "./adaptations.ts";

/** What became of an offer. */
export type Answer =
  | { readonly state: "open"; readonly detail: string | null }
  | { readonly state: "taken" | "declined"; readonly detail: string };

/** One thing that is offered, by however many versions that made it. */
export interface Offer {
  readonly adaptation: AdaptationSummary;
  readonly by: readonly { readonly made: Made; readonly answer: Answer }[];
}

/** The adaptations that are offered to the centre; the same one from several versions is one offer. */
export function offersOf(made: readonly Made[], state: "open" | "answered"): Offer[] {
  const offers = new Map<string, { adaptation: AdaptationSummary; by: { made: Made; answer: Answer }[] }>();
  for (const each of made) {
    const answer = answerIn(each.adaptation);
    if (answer === null || (answer.state === "open") !== (state === "open")) continue;
    const { adaptation } = each;
    const key = JSON.stringify([adaptation.title, adaptation.kind, adaptation.passages]);
    const offer = offers.get(key) ?? { adaptation, by: [] };
    offer.by.push({ made: each, answer });
    offers.set(key, offer);
  }
  return [...offers.values()];
}

/** What `upstream` of a record says; null where it is not offered. */
export function answerIn({ upstream }: AdaptationSummary): Answer | null {
  const [, word, detail = ""] = /^(offer|offered|taken|declined)\b:?\s*(.*)$/s.exec(upstream) ?? [];
  if (word === "taken" || word === "declined") return { state: word, detail };
  return word === undefined ? null : { state: "open", detail: detail === "" ? null : detail };
}
