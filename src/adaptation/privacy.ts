/**
 * What looks like data about a pupil, or null. A reason travels with the repository for ever, so a false alarm
 * that costs a rewording is cheaper than a name that cannot be taken back.
 * UPN format: DfE, "Unique pupil numbers" guide: a letter, then 11 digits, then a digit or letter.
 */
export function looksLikePupilData(text: string): string | null {
  for (const [pattern, what] of PATTERNS) {
    const found = pattern.exec(text);
    if (found) return `"${found[0].trim()}" looks like ${what}`;
  }
  return null;
}

const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/\b[A-Z]\d{11}[\dA-Z]\b/, "a unique pupil number"],
  [/(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.]+/, "an e-mail address"],
  [/(?<!\d)(?:\+44\s?|0)\d(?:[\s-]?\d){8,9}(?!\d)/, "a telephone number"],
  [/\b(?:born|d\.?o\.?b\.?|date of birth)\b.{0,12}\d/i, "a date of birth"],
  [/\b(?:pupil|student|child|boy|girl)\s+(?:called|named)\s+\p{Lu}\p{L}+/u, "a pupil's name"],
  // A class has a letter; a year group is curriculum.
  [
    /\b\p{Lu}\p{L}+\s+\p{Lu}\p{L}*\.?\s+(?:in|from|of)\s+(?:class\s+|form\s+)?\d{1,2}\p{Lu}\d?\b/u,
    "a pupil's name",
  ],
  [/\b(?:his|her|their)\s+(?:diagnosis|EHCP|medication|social worker)\b/i, "one pupil's circumstances"],
];
