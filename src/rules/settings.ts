import * as z from "zod/mini";

/** One finding, or several at one place, that may stand: who grants it says why and until when. */
const exception = () => {
  const filled = z.string().check(z.minLength(1));
  return z.looseObject({
    check: filled,
    at: filled,
    because: filled,
    until: z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/, "a date such as 2027-02-19")),
    /** The versions below that it is granted to; this version alone where nobody is named. */
    for: z.optional(z.array(z.string())),
  });
};

/**
 * The shape of `checks:` in a `rules.yaml`: what `leeway check` looks for here and in every version below.
 */
export const settingsSchema = () =>
  z.looseObject({
    severity: z._default(z.record(z.string(), z.enum(["error", "warning", "off"])), {}),
    exceptions: z._default(z.array(exception()), []),
    /** Kinds of adaptation that somebody has to approve, such as `remove`. */
    approval: z._default(z.array(z.string()), []),
    /** Days for which an edition may wait. */
    grace: z.optional(z.number().check(z.gte(0))),
    /** The share of all words, in per cent, that may be locked. */
    budget: z.optional(z.number().check(z.gte(0), z.lte(100))),
  });
