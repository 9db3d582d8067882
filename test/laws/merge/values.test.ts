import fc from "fast-check";
import { expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { mergeDocument } from "../../../src/merge/document.ts";

interface Unit {
  fields: Record<string, string>;
  outcomes: { id: string; text: string; lesson?: string }[];
  keywords: string[];
}

/** What a person changes, by names, so that both sides' changes can be made one after the other. */
type Change =
  | { kind: "field"; name: string; text: string }
  | { kind: "text" | "lesson"; id: string; text: string }
  | { kind: "outcome"; id: string; before: string; text: string }
  | { kind: "remove"; id: string }
  | { kind: "last"; id: string }
  | { kind: "keyword"; word: string; before: string };

const BASE_IDS = ["tide", "wharf", "guild", "rope", "salt", "coin"] as const;
const text = fc.constantFrom(
  "Name a bay",
  "Draw a spit",
  "Say why",
  "true",
  "Use two sources: a map, a log",
  "60",
);
const words = fc.shuffledSubarray(["ferry", "quay", "toll", "cargo"], { minLength: 1 });
const unit: fc.Arbitrary<Unit> = fc.record({
  fields: fc.record({ title: text, minutes: text, safety: text }),
  outcomes: fc
    .shuffledSubarray([...BASE_IDS], { minLength: 2 })
    .chain((ids) => fc.tuple(...ids.map((id) => text.map((said) => ({ id: id as string, text: said }))))),
  keywords: words,
});

/** Changes of one side: what it changes or adds is nothing that the other side may change. */
function changes(
  names: readonly string[],
  ids: readonly string[],
  added: readonly string[],
): fc.Arbitrary<Change[]> {
  const change: fc.Arbitrary<Change> = fc.oneof(
    fc.record({ kind: fc.constant("field" as const), name: fc.constantFrom(...names), text }),
    fc.record({
      kind: fc.constantFrom("text" as const, "lesson" as const),
      id: fc.constantFrom(...ids),
      text,
    }),
    fc.record({
      kind: fc.constant("outcome" as const),
      id: fc.constantFrom(...added),
      before: fc.constantFrom(...BASE_IDS),
      text,
    }),
    fc.record({ kind: fc.constantFrom("remove" as const, "last" as const), id: fc.constantFrom(...ids) }),
    fc.record({
      kind: fc.constant("keyword" as const),
      word: fc.constantFrom(...added),
      before: fc.constantFrom("ferry", "quay", "toll", "cargo"),
    }),
  );
  return fc.array(change, { minLength: 1, maxLength: 3 });
}

function apply(before: Unit, all: readonly Change[]): Unit {
  const unit = structuredClone(before);
  const put = <T>(list: T[], at: number, item: T): void => {
    list.splice(at < 0 ? list.length : at, 0, item);
  };
  for (const change of all) {
    const { outcomes, keywords, fields } = unit;
    const at = "id" in change ? outcomes.findIndex(({ id }) => id === change.id) : -1;
    const item = outcomes[at];
    if (change.kind === "field") fields[change.name] = change.text;
    else if (change.kind === "keyword") {
      if (!keywords.includes(change.word)) put(keywords, keywords.indexOf(change.before), change.word);
    } else if (change.kind === "outcome") {
      const { id, text } = change;
      if (item === undefined)
        put(
          outcomes,
          outcomes.findIndex(({ id }) => id === change.before),
          { id, text },
        );
    } else if (item === undefined) continue;
    else if (change.kind === "remove") outcomes.splice(at, 1);
    else if (change.kind === "last") outcomes.push(...outcomes.splice(at, 1));
    else item[change.kind] = change.text;
  }
  return unit;
}

/** Ways to write the same values. */
const layout = fc.record({
  indentSeq: fc.boolean(),
  singleQuote: fc.boolean(),
  lineWidth: fc.constantFrom(0, 24),
});

function write(
  { fields, outcomes, keywords }: Unit,
  style: { indentSeq: boolean; singleQuote: boolean; lineWidth: number },
) {
  const { title, ...others } = fields;
  return stringify({ title, outcomes, keywords, ...others }, style);
}

/** The same whatever the order of lists, which additions in one place leave open. */
function values({ outcomes, keywords, ...fields }: Record<string, unknown>): unknown {
  const sorted = (list: unknown): unknown =>
    Array.isArray(list) ? list.map((each) => JSON.stringify(each)).sort() : list;
  return { ...fields, outcomes: sorted(outcomes), keywords: sorted(keywords) };
}

it("a clean merge of fields has the values of both sides, however each wrote them", () => {
  let clean = 0;
  const runs = 400;
  fc.assert(
    fc.property(
      unit,
      changes(["title", "weeks", "unit"], ["tide", "wharf", "guild"], ["a1", "a2"]),
      changes(["minutes", "safety", "owner"], ["rope", "salt", "coin"], ["b1", "b2"]),
      layout,
      fc.option(layout, { nil: null }),
      (base, mine, others, style, other) => {
        const result = mergeDocument({
          path: "unit.yaml",
          base: write(base, style),
          ours: write(apply(base, mine), style),
          theirs: write(apply(base, others), other ?? style),
          labels: { ours: "Grimsby", base: "edition 1", theirs: "edition 2" },
        });
        if (!result.clean) return;
        clean++;
        const both = apply(apply(base, mine), others);
        expect(values(parse(result.text) as Record<string, unknown>)).toEqual(
          values(
            JSON.parse(
              JSON.stringify({ ...both.fields, outcomes: both.outcomes, keywords: both.keywords }),
            ) as Record<string, unknown>,
          ),
        );
      },
    ),
    { numRuns: runs },
  );
  expect(clean).toBeGreaterThan(runs / 4);
});
