/**
 * Nothing is nested this deep on purpose. A parser that calls itself runs out of stack far beyond it, and where V8 has
 * a pattern to compile just then it does not throw: it takes the whole program down.
 */
const DEEPEST = 500;

const DEEP_BLOCKS = new RegExp(`^ {${2 * DEEPEST}}|^ *(?:[-?] +){${DEEPEST}}`, "m");

/** Whether YAML is nested beyond all reason, by its brackets, indents and marks; no parser is needed to tell. */
export function isTooDeep(yaml: string): boolean {
  if (hasLongLine(yaml) && DEEP_BLOCKS.test(yaml)) return true;
  // Hardly any YAML has so many brackets at all.
  if (yaml.length < DEEPEST || count(yaml, "[") + count(yaml, "{") <= DEEPEST) return false;
  let depth = 0;
  for (const [sign] of yaml.matchAll(/[[\]{}]/g)) {
    depth = sign === "[" || sign === "{" ? depth + 1 : Math.max(0, depth - 1);
    if (depth > DEEPEST) return true;
  }
  return false;
}

function count(text: string, sign: string): number {
  let found = 0;
  for (let at = text.indexOf(sign); at >= 0; at = text.indexOf(sign, at + 1)) found++;
  return found;
}

/** Whether a line has room for so many indents or marks: looked for from line end to line end, a long way apart. */
function hasLongLine(text: string): boolean {
  const long = 2 * DEEPEST;
  for (let start = 0; text.length - start >= long; ) {
    const end = text.lastIndexOf("\n", start + long - 1);
    if (end < start) return true;
    start = end + 1;
  }
  return false;
}
