import type { Survey } from "../../../trust/survey.ts";
import { printable } from "../../printable.ts";

/** The survey with every text of it made harmless: the one place where what schools wrote enters the page. */
export function printableSurvey(survey: Survey): Survey {
  return printableIn(survey) as Survey;
}

function printableIn(value: unknown): unknown {
  if (typeof value === "string") return printable(value);
  if (Array.isArray(value)) return value.map(printableIn);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, printableIn(each)]));
}
