import { beforeAll, expect, test } from "vitest";
import { readDocument } from "../../src/curriculum/read.ts";
import { PATHS, Trust } from "./three-layers.ts";

/** Fields of the unit that both sides change, each in its own way. */
const FIELDS = {
  before: "enquiryQuestion: Why trade?\nkeywords:\n  - {keyword: wool, description: From sheep}\n",
  here: "enquiryQuestion: How did the haven grow?\nkeywords:\n  - {keyword: wool, description: From our sheep}\n",
  upstream: "enquiryQuestion: What made towns rich?\nkeywords:\n  - {keyword: wool, description: Fleece}\n",
} as const;

let built: Trust;
beforeAll(async () => {
  built = await Trust.build();
  await built.publish("spring", () =>
    built.replace(`north/${PATHS.unit}`, "type: unit\n", `type: unit\n${FIELDS.before}`),
  );
  await built.ok("grimsby", ["rebase"]);
});

/** A stop in which both sides changed one text of the unit's front matter, and upstream its title. */
async function stopped(here: [string, string], upstream: [string, string]): Promise<Trust> {
  const trust = built.copy();
  trust.replace(`grimsby/${PATHS.unit}`, ...here);
  await trust.commit("grimsby", "Ours");
  await trust.publish("summer", () => trust.replace(`north/${PATHS.unit}`, ...upstream));
  await trust.ok("grimsby", ["rebase"], 3);
  return trust;
}

interface Listed {
  readonly decisions: readonly {
    readonly at: string;
    readonly choices: readonly { readonly take: string; readonly text: string | null }[];
  }[];
}

function expectReadable(trust: Trust): void {
  expect(readDocument(PATHS.unit, trust.read("grimsby", PATHS.unit)).problems).toEqual([]);
}

test("a field has one value: both is not offered, and asking for it changes nothing", async () => {
  const trust = await stopped([FIELDS.before, FIELDS.here], [FIELDS.before, FIELDS.upstream]);
  const { decisions }: Listed = await trust.json("grimsby", ["resolve", "--list"]);
  expect(decisions.map(({ at }) => at)).toEqual(["y8-trade@enquiryQuestion", "y8-trade@keywords.wool"]);
  for (const { at, choices } of decisions) {
    expect([at, choices.map(({ take }) => take)]).toEqual([at, ["upstream", "local"]]);
    const before = await trust.everything();
    for (const take of ["both", "both-upstream-first", "suggestion:1"]) {
      const ran = await trust.leeway("grimsby", ["resolve", at, "--take", take]);
      expect([take, ran.code]).toEqual([take, 2]);
    }
    expect(await trust.everything()).toBe(before);
  }
  const said = await trust.ok("grimsby", ["resolve", "--list"]);
  expect(said).toContain("--take upstream|local");
  expect(said).not.toContain("both-");
});

test("no choice that is offered leaves a file that cannot be read, whatever shape the lists of the two sides have", async () => {
  const listed = "outcomes:\n  - {id: o1, text: Explain one cause}\n";
  const inLine = "outcomes: [{id: o1, text: Explain one cause}, {id: o2, text: Tell a story}]\n";
  const apart = "outcomes:\n  - id: o1\n    text: Explain two causes\n";
  for (const [here, upstream] of [
    [inLine, apart],
    [apart, inLine],
  ] as const) {
    const trust = await stopped([listed, here], [listed, upstream]);
    const { decisions }: Listed = await trust.json("grimsby", ["resolve", "--list"]);
    for (const take of ["upstream", "local", "both"]) {
      const taken = trust.copy();
      for (const { at, choices } of decisions) {
        const ran = await taken.leeway("grimsby", ["resolve", at, "--take", take]);
        expect([at, take, ran.code !== 2]).toEqual([at, take, choices.some((each) => each.take === take)]);
      }
      if ((await taken.leeway("grimsby", ["rebase", "--continue"])).code === 0) expectReadable(taken);
    }
  }
});

test("a text of one's own that cannot be read is refused, and so is what an editor left, until it is corrected", async () => {
  const trust = await stopped(
    ["title: Trade in medieval England", "title: The wool trade"],
    ["title: Trade in medieval England", "title: Trade and towns"],
  );
  const before = await trust.everything();
  trust.write("own.txt", "title: The wool trade\ntitle: Trade and towns\n");
  const own = await trust.leeway("grimsby", ["resolve", "y8-trade@title", "--edit", "../own.txt"]);
  expect(own.code).toBe(2);
  expect(own.err).toContain(PATHS.unit);
  expect(await trust.everything()).toBe(before);

  const marked = trust.read("grimsby", PATHS.unit);
  const byHand = (text: string): void =>
    trust.write(`grimsby/${PATHS.unit}`, marked.replace(/<<<<<<<[\s\S]*?>>>>>>>.*\n/, text));
  byHand("title: The wool trade\ntitle: Trade and towns\n");
  const lies = await trust.everything();
  const refused = await trust.leeway("grimsby", ["rebase", "--continue"]);
  expect(refused.code).toBe(2);
  expect(refused.err).toContain(`${PATHS.unit}:`);
  expect(refused.err).toContain("leeway rebase --continue");
  expect(await trust.everything()).toBe(lies);

  await trust.run("grimsby", ["commit", "-qam", "Ended by Git"]);
  const committed = await trust.leeway("grimsby", ["rebase", "--continue"]);
  expect(committed.code).toBe(2);
  expect(committed.err).toContain("git commit -a");
  byHand("title: The wool trade and its towns\n");
  await trust.run("grimsby", ["commit", "-qam", "Corrected"]);
  await trust.ok("grimsby", ["rebase", "--continue"]);
  expectReadable(trust);
  await trust.sound();
});
