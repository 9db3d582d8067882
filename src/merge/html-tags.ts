/** Tags that begin an HTML block wherever they begin a line (CommonMark 0.31.2, section 4.6, kinds 1 and 6). */
const BLOCK =
  /^<\/?(?:address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|pre|script|search|section|style|summary|table|tbody|td|textarea|tfoot|th|thead|title|tr|track|ul)(?=[\s/>]|$)/i;
const COMMENT = /^<(?:!--|\?|![A-Za-z]|!\[CDATA\[)/;
/** A component's tag, which stands for a block where nothing else stands on its line. */
const ALONE = /^<\/?[A-Za-z][\w.:-]*(?:\s[^<>]*)?\/?>$/;
const INLINE =
  /^<\/?(?:a|abbr|b|br|cite|code|del|em|i|img|ins|kbd|mark|q|s|small|span|strong|sub|sup|u|var)\b/i;
const TAG = /^<[/!?A-Za-z]/;
const ADDRESS = /^<(?:https?|mailto):/i;

/** Whether a line is HTML that stands for itself where a paragraph might begin. */
export function isTagAlone(line: string): boolean {
  return TAG.test(line) && !INLINE.test(line) && !ADDRESS.test(line);
}

/** Whether a line is HTML that ends a paragraph above it. */
export function isBlockTag(line: string): boolean {
  return BLOCK.test(line) || COMMENT.test(line) || (ALONE.test(line) && !INLINE.test(line));
}
