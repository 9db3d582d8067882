import { expect, it } from "vitest";
import { cutSentences } from "../../../src/merge/sentences.ts";
import { numberOfWords } from "../../../src/merge/words.ts";

it("counts words, and about as many where nothing parts them", () => {
  expect(numberOfWords("Price six goods at the market.")).toBe(6);
  expect(numberOfWords("يتبخر الماء من البحار")).toBe(4);
  expect(numberOfWords("ตัวแปรคือกล่องที่มีชื่อ")).toBeGreaterThan(6);
  expect(numberOfWords("变数是一个有名字的盒子。")).toBe(5);
});

it("cuts at the ends of sentences of other scripts, and not at short forms", () => {
  const cut = (text: string): string[] => cutSentences(text).map((sentence) => sentence.text);
  expect(cut("Die Pflanze, z. B. Wasserpest, braucht Licht. Siehe Kap. 4.")).toEqual([
    "Die Pflanze, z. B. Wasserpest, braucht Licht.",
    "Siehe Kap. 4.",
  ]);
  expect(cut("Traga o livro da Sra. Costa. A 3. Turma lê.")).toHaveLength(2);
  expect(cut("هل رأيت الغيوم؟ إنها قطرات صغيرة.")).toHaveLength(2);
  expect(cut("पानी ऊपर जाता है। फिर बारिश होती है।")).toHaveLength(2);
  expect(cut("The mill closed in 1905. Then the town shrank.")).toHaveLength(2);
});
