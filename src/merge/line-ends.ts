/** A text whose line ends are all of one style, `null` where they are mixed; a text of one line has none. */
function lineStyle(text: string): "lf" | "crlf" | "none" | null {
  if (!text.includes("\r")) return text.includes("\n") ? "lf" : "none";
  const all = text.match(/\n/g)?.length ?? 0;
  const windows = text.match(/\r\n/g)?.length ?? 0;
  if (/\r(?!\n)/.test(text)) return null;
  if (all === 0) return "none";
  if (windows === 0) return "lf";
  return windows === all ? "crlf" : null;
}

/** Three texts with LF line ends, and how the result gets the line ends that the merge of the three calls for. */
export interface EvenTexts {
  readonly base: string;
  readonly ours: string;
  readonly theirs: string;
  restore(text: string): string;
}

/**
 * A side that changed nothing but the line ends of a whole file changed its form; so that this does not hide
 * what the other side wrote, such texts are merged with LF and get the line ends of the side that changed them.
 * `null` where the texts agree already, or one of them is mixed and stays as it is.
 */
export function evenLineEnds(base: string, ours: string, theirs: string): EvenTexts | null {
  const [b, o, t] = [base, ours, theirs].map(lineStyle);
  if (!b || !o || !t || (b === o && b === t)) return null;
  const style = t === b || t === "none" ? o : t;
  const lf = (text: string): string => text.replaceAll("\r\n", "\n");
  return {
    base: lf(base),
    ours: lf(ours),
    theirs: lf(theirs),
    restore: (text) => (style === "crlf" ? text.replaceAll("\n", "\r\n") : text),
  };
}
