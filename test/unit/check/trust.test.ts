import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { applyEdits, type Edit, readStory, type Story } from "../../../src/trust/story.ts";
import { coherenceOf, type Files, filesIn, findAll } from "./curricula.ts";

const root = mkdtempSync(join(tmpdir(), "leeway-check-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** A folder with the edits made to it, as texts. */
async function edited(name: string, from: string, edits: readonly Edit[]): Promise<Files> {
  const folder = join(root, name);
  cpSync(from, folder, { recursive: true });
  await applyEdits(folder, edits);
  return filesIn(folder);
}

describe("the example trust", () => {
  let story: Story;
  const texts = new Map<string, Files>();
  beforeAll(async () => {
    story = await readStory("fixtures/trust");
    texts.set("harbour", await edited("harbour", story.curriculum, []));
    for (const { id, upstream, adaptations, unexplained } of story.versions) {
      const edits = [...adaptations.flatMap((each) => each.edits), ...unexplained];
      texts.set(id, await edited(id, join(root, upstream), edits));
    }
  });
  const filesOf = (id: string): Files => texts.get(id) ?? new Map();

  it("hangs together at the centre, in both editions", async () => {
    expect(findAll(coherenceOf(filesOf("harbour"), null))).toEqual([]);
    const spring = await edited("spring", story.curriculum, story.next.edits);
    expect(findAll(coherenceOf(spring, null))).toEqual([]);
  });
  it("hangs together in every version, against its upstream", () => {
    for (const { id, upstream, timetable } of story.versions) {
      expect(findAll(coherenceOf(filesOf(id), filesOf(upstream), timetable)), id).toEqual([]);
    }
  });
  it("hangs together in the template of a new curriculum", () => {
    expect(findAll(coherenceOf(filesIn("templates/curriculum"), null))).toEqual([]);
  });
  it("hangs together where Grimsby keeps its case study and takes the spring edition", async () => {
    const before = await edited("spring-north", story.curriculum, story.next.edits);
    const here = new Map(before);
    const path = "subjects/history/units/y8-trade/unit.md";
    const [local] =
      filesOf("grimsby")
        .get(path)
        ?.match(/## Case study[\s\S]*?(?=## Writing)/) ?? [];
    expect(local).toContain("Grimsby haven");
    const text = here.get(path) ?? "";
    here.set(path, text.replace(/## Case study[\s\S]*?(?=## Writing)/, local ?? ""));
    expect(findAll(coherenceOf(here, before))).toEqual([]);
  });
});
