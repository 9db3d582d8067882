import type { Context, Outcome } from "../context.ts";
import { type Surveying, survey } from "../survey.ts";
import { type PageFlags, writePage } from "../trust-page.ts";

/** `report`: a page of the whole trust, for looking rather than reading. */
export async function run(
  context: Context,
  _args: readonly string[],
  flags: PageFlags & Surveying,
): Promise<Outcome> {
  const surveyed = await survey(
    context,
    { ...flags, all: flags.all ?? true },
    () => "leeway report --out DIR   draws the versions on the lists",
  );
  return writePage(context, surveyed.survey, flags);
}
