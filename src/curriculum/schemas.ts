import * as z from "zod/mini";
import type { DocumentType } from "./document.ts";
import { lazily } from "./lazily.ts";

/*
 * One schema per type of document (design §3). Unknown fields are kept. The message of every schema is what is
 * expected, as it reads after "expected"; `validate.ts` adds what was found and where. Each is put together when the first
 * document of its type is read: all of them take longer than one lesson takes to check.
 */

const expecting = (what: string) => ({ error: what });
const words = (what: string) => z.union([z.string(), z.number(), z.boolean()], expecting(what));
const filled = (what: string) =>
  z.union([z.string().check(z.regex(/\S/, expecting(what))), z.number(), z.boolean()], expecting(what));
const listOf = <T extends z.ZodMiniType>(item: T, what: string) => z.nullish(z.array(item, expecting(what)));
const fields = <T extends z.core.$ZodShape>(shape: T, what: string) => z.looseObject(shape, expecting(what));
const date = () =>
  z
    .string(expecting("a date such as 2027-07-31"))
    .check(z.regex(/^\d{4}-\d{2}-\d{2}$/, expecting("a date such as 2027-07-31")));
const count = (what: string) => z.nullish(z.number(expecting(what)).check(z.positive(expecting(what))));

/** How freely a passage may change, the strictest first. */
const LEVELS = ["none", "add", "reason", "free"] as const;

const AN_ID = expecting("an id without spaces, # or @, such as y8-trade");
const id = () => z.union([z.string().check(z.regex(/^[^\s#@]+$/, AN_ID)), z.number()], AN_ID);
const invites = () =>
  listOf(
    fields(
      {
        at: filled("at: the address of the passage that may be adapted"),
        keep: z.nullish(words("text: what should stay as it is")),
        ideas: z.nullish(z.union([z.array(words("text")), words("text")], expecting("ideas, one a line"))),
      },
      "at, keep and ideas",
    ),
    "a list of invitations (at, keep, ideas)",
  );
const leeway = () =>
  z.nullish(
    z.record(
      z.string(),
      z.enum(LEVELS, { error: "one of none, add, reason, free" }),
      expecting("passages with a level, such as outcomes: none"),
    ),
  );

const common = () => ({
  id: id(),
  type: z.nullish(words("text")),
  title: z.nullish(words("text")),
  sources: listOf(
    fields(
      { cite: filled("cite: what is quoted"), url: z.nullish(words("an address on the web")) },
      "cite and url",
    ),
    "a list of sources (cite, url)",
  ),
  reviewBy: z.nullish(date()),
  leeway: leeway(),
  invites: invites(),
});

const statement = () =>
  fields(
    { id: filled("an id, such as o1"), text: filled("text: what it says, in a sentence") },
    "an id and a text",
  );
const keyword = () =>
  z.union(
    [
      z.string(),
      fields(
        { keyword: filled("keyword: the word"), description: z.nullish(words("text")) },
        "keyword and description",
      ),
    ],
    expecting("a word, or keyword and description"),
  );
const ids = (of: string) => listOf(filled("an id"), `a list of ids of ${of}`);
const texts = (of: string) => listOf(words("text"), `a list of ${of}`);
const yearGroup = () => words("a year group, such as 8");

const SUBJECT = lazily(() =>
  z.looseObject({ ...common(), owner: z.nullish(words("a role, such as Head of history")) }),
);

const PROGRAMME = lazily(() =>
  z.looseObject({
    ...common(),
    subject: z.nullish(words("the id of its subject")),
    keyStage: z.nullish(words("a key stage, such as 3")),
    yearGroups: z.array(yearGroup(), expecting("yearGroups: a list such as [7, 8, 9]")),
    examBoard: z.nullish(words("text")),
    specification: z.nullish(words("text")),
    entryTier: z.nullish(words("text")),
    sequence: z.array(
      fields(
        {
          unit: filled("unit: the id of a unit"),
          yearGroup: z.nullish(yearGroup()),
          term: z.nullish(words("a half-term, such as autumn-1")),
          weeks: count("a number of weeks"),
          lessons: count("a number of lessons"),
          cycle: z.nullish(words("text")),
        },
        "unit, yearGroup, term, weeks and lessons",
      ),
      expecting("sequence: a list of units with yearGroup and term"),
    ),
  }),
);

const UNIT = lazily(() =>
  z.looseObject({
    ...common(),
    outcomes: z.array(statement(), expecting("outcomes: a list of outcomes (id, text)")),
    enquiryQuestion: z.nullish(words("a question")),
    whyThisWhyNow: z.nullish(words("text")),
    statements: ids("statements in a framework"),
    requires: ids("units that come before"),
    priorKnowledge: texts("what pupils know already"),
    threads: texts("threads"),
    texts: texts("texts"),
    keywords: listOf(keyword(), "a list of keywords (keyword, description)"),
    lessons: ids("lessons, in order"),
  }),
);

const LESSON = lazily(() =>
  z.looseObject({
    ...common(),
    unit: filled("unit: the id of its unit"),
    outcome: filled("outcome: what pupils will be able to do"),
    keyLearningPoints: listOf(statement(), "a list of key learning points (id, text)"),
    keywords: listOf(keyword(), "a list of keywords"),
    misconceptions: listOf(
      fields(
        {
          misconception: filled("misconception: what pupils may believe"),
          response: z.nullish(words("text")),
        },
        "misconception and response",
      ),
      "a list of misconceptions (misconception, response)",
    ),
    priorKnowledge: texts("what pupils know already"),
    minutes: count("a number of minutes, such as 60"),
    teacherTips: texts("tips"),
    equipment: texts("things that are needed"),
    safety: z.nullish(z.union([words("text"), z.array(words("text"))], expecting("text or a list"))),
    contentGuidance: texts("notes on sensitive content"),
    resources: listOf(
      fields(
        {
          title: z.nullish(words("text")),
          path: z.nullish(words("a path in this repository")),
          url: z.nullish(words("an address on the web")),
        },
        "title, kind, path or url, licence, credit, alt",
      )
        .check(
          z.refine(
            ({ title, path, url }) => [title, path, url].some((value) => value != null),
            expecting("a title, a path or a url"),
          ),
        )
        // The same for editors.
        .register(z.globalRegistry, {
          anyOf: ["title", "path", "url"].map((name) => ({
            required: [name],
            properties: { [name]: { not: { type: "null" } } },
          })),
        }),
      "a list of resources (title, kind, path or url)",
    ),
  }),
);

const ASSESSMENT = lazily(() =>
  z.looseObject({
    ...common(),
    assesses: z.array(filled("the id of an outcome"), expecting("assesses: a list of ids of outcomes")),
    when: z.nullish(
      fields(
        { yearGroup: z.nullish(yearGroup()), term: z.nullish(words("a half-term, such as autumn-1")) },
        "yearGroup and term",
      ),
    ),
    common: z.nullish(z.boolean(expecting("true or false"))),
  }),
);

const FRAMEWORK = lazily(() =>
  z.looseObject({
    ...common(),
    name: z.nullish(words("text")),
    version: z.nullish(words("text")),
    items: listOf(statement(), "a list of statements (id, text, replacedBy)"),
  }),
);

const RESOURCE = lazily(() => z.looseObject(common()));
/** Front matter of files that follow another system's rules; what they do not know of, Leeway leaves alone. */
const PLAIN = lazily(() => z.looseObject({ leeway: leeway(), invites: invites() }));
/** A type that Leeway does not know is mostly another system's, which asks for no id. */
const OTHER = lazily(() => z.looseObject({ ...PLAIN().shape, id: z.nullish(id()) }));

/** What makes the schema of each type of document. */
export const SCHEMAS = {
  subject: SUBJECT,
  programme: PROGRAMME,
  unit: UNIT,
  lesson: LESSON,
  assessment: ASSESSMENT,
  framework: FRAMEWORK,
  resource: RESOURCE,
  plain: PLAIN,
} as const satisfies Readonly<Record<string, () => z.ZodMiniType>>;

/** Whether Leeway knows a type of document. */
export function isKnownType(type: DocumentType): type is keyof typeof SCHEMAS {
  return Object.hasOwn(SCHEMAS, type);
}

/** The schema of a type of document. */
export function schemaOf(type: DocumentType): z.ZodMiniType {
  return (isKnownType(type) ? SCHEMAS[type] : OTHER)();
}

/** Whether documents of a type may have a field of this name. */
export function hasField(type: string, field: string): boolean {
  if (!Object.hasOwn(SCHEMAS, type)) return false;
  return Object.hasOwn(SCHEMAS[type as keyof typeof SCHEMAS]().shape, field);
}
