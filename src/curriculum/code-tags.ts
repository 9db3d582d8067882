/** What a line opens whose text is code up to a closing tag, to the byte, though no fence says so. */
export interface CodeTag {
  /** - `template`: of a template engine, such as `{% highlight python %}`; `html`: such as `<pre>` */
  readonly kind: "template" | "html";
  /** What the opening tag says of its code, such as `python linenos`. */
  readonly info: string;
  /** Found in the line that closes it. */
  readonly end: RegExp;
}

/** Jekyll and Hugo call it `highlight`, Hexo and Octopress `codeblock`. */
const TEMPLATE = /^\{(?:%-?|\{[<%])[ \t]*(highlight|codeblock)(?![\w-])([^{}]*?)[ \t]*(?:-?%|[>%]\})\}$/;
const TEMPLATE_END = {
  highlight: /\{(?:%-?|\{[<%])[ \t]*(?:end|\/[ \t]*)highlight(?![\w-])/,
  codeblock: /\{(?:%-?|\{[<%])[ \t]*(?:end|\/[ \t]*)codeblock(?![\w-])/,
};
/** HTML blocks of the first kind (CommonMark 0.31.2, section 4.6): any of their closing tags ends them. */
const HTML = /^<(?:pre|script|style|textarea)(?=[\s>]|$)/i;
const HTML_END = /<\/(?:pre|script|style|textarea)>/i;

/** The tag that a line, without its indentation, opens and does not close; null where it opens none. */
export function opensCode(line: string): CodeTag | null {
  const sign = line.charCodeAt(0);
  if (sign === 0x3c) {
    return HTML.test(line) && !HTML_END.test(line) ? { kind: "html", info: "", end: HTML_END } : null;
  }
  if (sign !== 0x7b) return null;
  const [, name, info = ""] = TEMPLATE.exec(line) ?? [];
  return name === undefined
    ? null
    : { kind: "template", info, end: TEMPLATE_END[name as keyof typeof TEMPLATE_END] };
}

/**
 * Finds where the code ends that template tags open on some lines of a text and others close, asked from top to bottom:
 * the line behind the last of it, 0 where there is none. A parser of Markdown sees paragraphs and headings in it.
 */
export function templateCodeIn(text: string): (from: number, to: number) => number {
  if (!text.includes("highlight") && !text.includes("codeblock")) return () => 0;
  const lines = text.split("\n");
  const found = new Map<RegExp, number>();
  const closing = (end: RegExp, after: number): number => {
    let line = Math.max(found.get(end) ?? 0, after);
    while (line < lines.length && !end.test(lines[line] ?? "")) line++;
    found.set(end, line);
    return line;
  };
  return (from, to) => {
    let behind = 0;
    for (let at = from; at < to; at = Math.max(at + 1, behind)) {
      const tag = opensCode((lines[at] ?? "").replace(/^[\s>]+/, "").trimEnd());
      if (tag?.kind !== "template") continue;
      const end = closing(tag.end, at + 1);
      if (end < lines.length) behind = end + 1;
    }
    return behind;
  };
}

/** Whether a line is a tag of a template engine and nothing else. */
export function isTemplateTag(line: string): boolean {
  return /^\{[^{}]*\}$|^\{\{[^{}]*\}\}$/.test(line);
}
