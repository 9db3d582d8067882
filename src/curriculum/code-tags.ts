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

/** Whether a line is a tag of a template engine and nothing else. */
export function isTemplateTag(line: string): boolean {
  return /^\{[^{}]*\}$|^\{\{[^{}]*\}\}$/.test(line);
}
