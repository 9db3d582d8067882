import { confirm, isCancel, multiselect, text } from "@clack/prompts";
import { looksLikePupilData } from "../../adaptation/privacy.ts";
import { hasWords } from "../../adaptation/reason.ts";
import { KINDS, type Kind, PURPOSES, type Purpose } from "../../adaptation/words.ts";
import type { Said } from "../../adaptation/write.ts";
import { quoteAddress } from "../../curriculum/address.ts";
import { Failure } from "../../failure.ts";
import type { Context } from "../context.ts";

/** What each purpose means, as a teacher would say it. */
const MEANING: Record<Purpose, string> = {
  place: "the place and its people",
  eal: "pupils who are learning English",
  send: "special educational needs",
  "prior-attainment": "what pupils know already, or not yet",
  timetable: "weeks and periods",
  staffing: "who teaches it",
  facilities: "rooms and equipment",
  "agreed-syllabus": "the local agreed syllabus",
  "exam-board": "the exam board's specification",
  representation: "who is seen in it",
  sensitivity: "a matter that touches pupils closely here",
  accuracy: "something was wrong",
};

const PROMISE =
  "Everyone in the trust can read this reason, and it cannot be fully deleted. Write about the curriculum, never about a pupil.";

/** Asks for what a new reason lacks. Answers come from the terminal; stdout stays clean. */
export async function askReason(
  context: Context,
  given: Said & { kind: Kind; title: string },
  addresses: readonly string[],
): Promise<Said & { why: string; for: readonly Purpose[]; kind: Kind; title: string }> {
  const streams = streamsOf(context);
  context.io.stderr.write(`Explaining ${addresses.map(quoteAddress).join(", ")}\n`);
  const purposes =
    given.for ??
    answered(
      await multiselect<Purpose>({
        ...streams,
        message: "What is it for?",
        options: PURPOSES.map((value) => ({ value, label: value, hint: MEANING[value] })),
        required: true,
      }),
    );
  const why = given.why ?? (await askText(context, `Why? One sentence. ${PROMISE}`));
  const kind = KINDS.includes(given.kind)
    ? answered(
        await confirm({
          ...streams,
          message: `What was done: ${given.kind}. Is that right?`,
          initialValue: true,
        }),
      )
    : true;
  if (!kind) {
    throw new Failure("usage", "Nothing was changed.", {
      next: [`--kind KIND   says what was done: ${KINDS.join(", ")}`],
    });
  }
  return { ...given, for: purposes, why };
}

/** Asks for the reason of an edited passage, the one on record offered. */
export async function askAgain(context: Context, before: string): Promise<string> {
  return askText(
    context,
    "The text was edited again. Does the reason still hold? Press Enter to keep it, or write a new one.",
    before,
  );
}

/** One line of text that is not empty and holds no data about a pupil. */
export async function askText(context: Context, message: string, initialValue = ""): Promise<string> {
  const answer = await text({
    ...streamsOf(context),
    message,
    initialValue,
    validate: (value) => {
      if (value === undefined || !hasWords(value)) return "A sentence is needed here.";
      const found = looksLikePupilData(value);
      return found === null ? undefined : `${found}. Write about the curriculum, never about a pupil.`;
    },
  });
  return answered(answer).trim();
}

function streamsOf({ io }: Context): { input: Context["io"]["stdin"]; output: Context["io"]["stderr"] } {
  return { input: io.stdin, output: io.stderr };
}

/** @throws Failure where the person pressed Ctrl-C */
export function answered<T>(answer: T): Exclude<T, symbol> {
  if (isCancel(answer)) throw new Failure("usage", "Stopped; nothing was changed.");
  return answer as Exclude<T, symbol>;
}
