import type { Survey } from "../../src/trust/survey.ts";

/** What a text may try, all of it in every text: markup, scripts, styles, addresses, a terminal, the reading direction. */
export const HOSTILE = [
  "<script>window.broken = 'script'</script>",
  `"><img src=x onerror="window.broken='attribute'">`,
  "</title></style></svg></textarea>--><h1>not a heading of ours</h1>",
  "javascript:window.broken='address'",
  "https://example.org/\"onclick=\"window.broken='click'",
  "\u001b]0;title\u0007\u001b[31mred",
  "\u202eevil\u2066\u0000",
  "&lt;b&gt;&amp;",
  "Donaudampfschifffahrtsgesellschaftskapitän".repeat(12),
  "{{constructor}} <%= 1 %>",
].join(" ");

/** Texts that mean something to the page: ids that others point to, dates, states. */
const KEPT = new Set([
  "id",
  "upstream",
  "region",
  "subject",
  "state",
  "status",
  "figure",
  "on",
  "oldest",
  "commit",
  "reviewBy",
]);

/** The same survey with every name, text, reason, title and address replaced by what would break out of a page. */
export function hostile(survey: Survey): Survey {
  return replaced(survey, "") as Survey;
}

function replaced(value: unknown, key: string): unknown {
  if (typeof value === "string") {
    const [answer] = /^(?:offered|taken|declined): /.exec(value) ?? [];
    if (answer !== undefined) return answer + HOSTILE;
    return KEPT.has(key) ? value : HOSTILE;
  }
  if (Array.isArray(value)) {
    const name = key === "versions" || key === "takenUpBy" ? "id" : key;
    return value.map((each) => replaced(each, name));
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, replaced(each, name)]));
}
