import { HARD_BREAK, type Unit } from "./unit.ts";

/** A line that names what it says (`**Room:** B12`, `time:: 50`), or holds nothing but links and images. */
const LABELLED = /^(?:[*_]{1,2})?[\p{L}\p{N}][^:.!?|\n]{0,40}(?:[*_]{1,2})?::?(?:[*_]{1,2})?(?:[ \t]|$)/u;
const LINK = /!?\[[^[\]]*\](?:\([^()]*\)|\[[^[\]]*\])(?:\{[^{}]*\})?/g;
/** A definition below its term, as PHP Markdown Extra has it. */
const MEANING = /^:[ \t]+\S/;

/**
 * Whether the lines of a paragraph stand each for itself, though no blank line parts them: fields, links, a term and what
 * it means. Wrapped text is no such thing.
 */
export function standsInLines(text: string): boolean {
  const [first = "", ...others] = text.split("\n").map((line) => line.trim());
  if (others.length > 0 && others.every((line) => MEANING.test(line))) return !MEANING.test(first);
  return [first, ...others].every((line) => LABELLED.test(line) || isOfLinks(line));
}

/** Whether a line is nothing but links, images, and images that are links. */
function isOfLinks(line: string): boolean {
  return /^!?\[/.test(line) && /^[\s|·\\]*$/.test(line.replace(LINK, "").replace(LINK, ""));
}

/** Cuts such a paragraph into its lines; joined with their tails, they are the text again. */
export function cutLines(text: string): Unit[] {
  let start = 0;
  return text.split(/(?<=\n)/).map((line): Unit => {
    const said = line.replace(/\r?\n$/, "");
    const key = said.trimEnd() + (/ {2}$/.test(said) ? HARD_BREAK : "");
    const unit: Unit = { kind: "prose", text: said, tail: line.slice(said.length), key, name: "", start };
    start += line.length;
    return unit;
  });
}
