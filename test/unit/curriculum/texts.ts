import fc from "fast-check";

const word = fc.constantFrom(
  "wool",
  "wine",
  "market",
  "harbour",
  "toll",
  "guild",
  "Norwich",
  "trade",
  "fair",
  "salt",
);

/** Plain prose: nothing in it is Markdown. */
export const prose = fc.array(word, { minLength: 1, maxLength: 12 }).map((words) => words.join(" "));

const block = fc.oneof(
  prose,
  prose.map((text) => `- ${text}\n- more`),
  prose.map((text) => `> ${text}`),
  prose.map((text) => `\`\`\`\n# ${text}\n  indented\n\`\`\``),
  prose.map((text) => `| a | b |\n|---|---|\n| ${text} | x |`),
  prose.map((text) => `${text}\n{: .callout}`),
);

const heading = fc
  .tuple(
    fc.integer({ min: 1, max: 3 }),
    fc.constantFrom("Task", "Case study", "Plenary", "Solution", "Talk", "Wrap up"),
  )
  .map(([level, text]) => `${"#".repeat(level)} ${text}`);

const section = fc
  .tuple(heading, fc.array(block, { maxLength: 2 }))
  .map(([head, blocks]) => [head, ...blocks].join("\n\n"));

/** Sections one after the other, now and then in a fenced div or a task, with text after it. */
const part = fc.oneof(
  { weight: 4, arbitrary: section },
  {
    weight: 1,
    arbitrary: fc
      .tuple(section, prose)
      .map(([inner, after]) => `::: challenge\n\n${inner}\n\n:::\n\n${after}`),
  },
  { weight: 1, arbitrary: section.map((inner) => `--- task ---\n\n${inner}\n\n--- /task ---`) },
);

const id = fc.constantFrom("o1", "o2", "o3", "o4");
const item = fc.record({ id, text: prose, style: fc.constantFrom("flow", "block") });
const items = fc.uniqueArray(item, { selector: (one) => one.id, minLength: 1, maxLength: 4 });

const list = fc
  .tuple(fc.constantFrom("outcomes", "keyLearningPoints"), items, fc.boolean())
  .map(([name, all, flow]) => {
    const inFlow = all.map((one) => `{id: ${one.id}, text: ${one.text}}`);
    if (flow) return { name, text: `${name}: [${inFlow.join(", ")}]` };
    const lines = all.map((one, at) =>
      one.style === "flow"
        ? `  - ${inFlow[at]}`
        : `  # about ${one.id}\n  - id: ${one.id}\n    text: ${one.text}`,
    );
    return { name, text: `${name}:\n${lines.join("\n")}` };
  });

const scalar = fc
  .tuple(
    fc.constantFrom("title", "minutes", "safety", "texts"),
    prose,
    fc.constantFrom("plain", "quoted", "folded", "list"),
  )
  .map(([name, text, style]) => {
    if (style === "quoted") return { name, text: `${name}: "${text}"` };
    if (style === "folded") return { name, text: `${name}: >-\n  ${text}` };
    if (style === "list") return { name, text: `${name}: [${text.split(" ").join(", ")}]` };
    return { name, text: `# note\n${name}: ${text} # aside` };
  });

/** The lines of a YAML mapping: plain fields and keyed lists in every style. */
export const fields = fc
  .uniqueArray(fc.oneof(scalar, list), { selector: (one) => one.name, maxLength: 5 })
  .map((all) => all.map((one) => `${one.text}\n`).join(""));

const ending = fc.constantFrom("\n", "\n", "\r\n");

/** Markdown lessons with or without front matter, in either line ending, some without a last line end. */
export const markdownText = fc
  .record({
    front: fc.option(fields),
    preamble: fc.option(prose),
    parts: fc.array(part, { maxLength: 6 }),
    ending,
    closed: fc.boolean(),
  })
  .map(({ front, preamble, parts, ending: eol, closed }) => {
    const head = front === null ? "" : `---\n${front}---\n\n`;
    const body = [...(preamble === null ? [] : [preamble]), ...parts].join("\n\n");
    return `${head}${body}${closed ? "\n" : ""}`.replaceAll("\n", eol);
  });

export const yamlText = fc.tuple(fields, ending).map(([text, eol]) => text.replaceAll("\n", eol));
