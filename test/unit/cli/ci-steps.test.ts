import { describe, expect, it } from "vitest";
import { type Standing, stepsFor, type Written } from "../../../src/cli/ci/steps.ts";
import type { Issue, PullRequest } from "../../../src/host/host.ts";

const TEXT = { title: "Spring", body: "The texts.\n" };
const NOTHING: Written = { issues: [], pulls: [] };
const asks = (edition = "spring"): Standing => ({ kind: "asks", edition, text: TEXT });
const merges = (edition = "spring", tip: string | null = "b".repeat(40)): Standing => ({
  kind: "merges",
  edition,
  branch: `update/${edition}`,
  tip,
  text: TEXT,
});

/** What the host has after a first run. */
function writtenAfter(standing: Standing, changes: Partial<PullRequest> = {}): Written {
  const [step] = stepsFor(standing, NOTHING);
  if (step?.do !== "open-issue" && step?.do !== "open-pull") throw new Error(`first came ${step?.do}`);
  const issue: Issue = { number: 1, url: "", open: true, ...step.text, ...changes };
  if (step.do === "open-issue") return { issues: [issue], pulls: [] };
  return { issues: [], pulls: [{ ...issue, branch: step.branch, tip: "b".repeat(40), ...changes }] };
}

const done = (standing: Standing, written: Written): string[] =>
  stepsFor(standing, written).map((step) => step.do);

describe("what is to be done on a host", () => {
  it("is one thing at first, and nothing the second time, however the host keeps line ends", () => {
    expect(done({ kind: "nothing" }, NOTHING)).toEqual([]);
    expect(done(asks(), NOTHING)).toEqual(["open-issue"]);
    expect(done(merges(), NOTHING)).toEqual(["open-pull"]);
    for (const standing of [asks(), merges()]) {
      const [{ body } = { body: "" }] = [...writtenAfter(standing).issues, ...writtenAfter(standing).pulls];
      const kept = body.replaceAll("\n", "\r\n").trimEnd();
      expect(done(standing, writtenAfter(standing, { body: kept }))).toEqual([]);
    }
  });

  it("refreshes what is there when there is more to say", () => {
    expect(done({ ...asks(), text: { ...TEXT, body: "More." } } as Standing, writtenAfter(asks()))).toEqual([
      "edit-issue",
    ]);
    expect(
      done({ ...merges(), text: { ...TEXT, title: "More" } } as Standing, writtenAfter(merges())),
    ).toEqual(["edit-pull"]);
  });

  it("goes over from one kind to the other, and closes both when all is settled", () => {
    expect(done(asks(), writtenAfter(merges()))).toEqual(["close-pull", "open-issue"]);
    expect(done(merges(), writtenAfter(asks()))).toEqual(["close-issue", "open-pull"]);
    for (const standing of [asks(), merges()])
      expect(done({ kind: "nothing" }, writtenAfter(standing))).toEqual([expect.stringMatching(/^close-/)]);
  });

  it("is about one edition at a time", () => {
    expect(done(merges("summer"), writtenAfter(merges("spring")))).toEqual(["close-pull", "open-pull"]);
    expect(done(asks("summer"), writtenAfter(asks("spring")))).toEqual(["close-issue", "open-issue"]);
  });

  it("leaves closed what a person has closed, until there is something new to say", () => {
    expect(done(asks(), writtenAfter(asks(), { open: false }))).toEqual([]);
    expect(done(merges(), writtenAfter(merges(), { open: false }))).toEqual([]);
    expect(done(merges("spring", "c".repeat(40)), writtenAfter(merges(), { open: false }))).toEqual([
      "open-pull",
    ]);
    const more: Standing = { kind: "asks", edition: "spring", text: { ...TEXT, body: "More." } };
    expect(done(more, writtenAfter(asks(), { open: false }))).toEqual(["edit-issue"]);
  });

  it("leaves a branch alone that people work on", () => {
    expect(done(merges("spring", null), writtenAfter(merges()))).toEqual([]);
    expect(done(merges("spring", null), NOTHING)).toEqual([]);
  });

  it("takes nothing for its own that does not begin with its mark, whatever an edition is called", () => {
    const foreign = {
      number: 9,
      url: "",
      open: true,
      title: "Hello",
      body: "About <!-- leeway:update spring -->",
    };
    expect(done({ kind: "nothing" }, { issues: [foreign], pulls: [] })).toEqual([]);
    const odd = asks("x-->&%");
    expect(done(odd, writtenAfter(odd))).toEqual([]);
    expect(writtenAfter(odd).issues[0]?.body.match(/-->/g)).toHaveLength(1);
  });
});
