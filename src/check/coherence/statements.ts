import type { Curriculum } from "./curriculum.ts";

/** What replaces a withdrawn statement, followed to the end; the id itself where nothing does. */
export function replacementOf(curriculum: Curriculum): (id: string) => string {
  const replaced = new Map(curriculum.frameworks.flatMap((framework) => Object.entries(framework.replaced)));
  return (id) => {
    const seen = new Set<string>();
    let at = id;
    for (let next = replaced.get(at); next !== undefined && !seen.has(next); next = replaced.get(at)) {
      seen.add(at);
      at = next;
    }
    return at;
  };
}

/** The words of statements by their ids. */
export function statementTexts(curriculum: Curriculum): ReadonlyMap<string, string> {
  return new Map(
    curriculum.frameworks.flatMap(({ statements }) =>
      statements.map(({ value, text }) => [value, text] as const),
    ),
  );
}
