import type { Value } from "./value.ts";

/** Thrown where a look does not tell, and caught where the look began (`valuesAtGlance`). */
export const UNCERTAIN = new Error("only parsing tells");

const SPACE = 0x20;
const COLON = 0x3a;
const PLAIN = /^[\p{L}\p{N}(.\u2018\u201c\u2026\u00a3$+/]/u;
const NULL = /^(?:null|Null|NULL)$/;

/**
 * A value that begins and ends on one line: plain words, quotes, brackets, braces.
 * @throws UNCERTAIN where only parsing tells
 */
export function inlineAtGlance(text: string, line: number): Value {
  if (!beginsPlain(text, 0)) {
    const flow = new FlowReader(text, line);
    const value = /^[[{"']/.test(text) ? flow.value() : null;
    if (value === null || !flow.isAtEnd) throw UNCERTAIN;
    return value;
  }
  if (text.includes(": ") || text.endsWith(":")) throw UNCERTAIN;
  return { kind: "text", line, text: NULL.test(text) ? "" : text };
}

/** Whether plain text that is nothing else begins at a place: with a letter, a digit or a quote mark of print. */
function beginsPlain(text: string, at: number): boolean {
  const first = text.charCodeAt(at);
  return isLetter(first) || isDigit(first) || PLAIN.test(text.slice(at, at + 2));
}

/** A comma, a bracket or a brace. */
function isFlowSign(code: number): boolean {
  return code === 0x2c || code === 0x5b || code === 0x5d || code === 0x7b || code === 0x7d;
}

/** Brackets, braces and quotes on one line. */
class FlowReader {
  private at = 0;

  constructor(
    private readonly text: string,
    private readonly line: number,
  ) {}

  get isAtEnd(): boolean {
    return this.at === this.text.length;
  }

  value(): Value {
    const sign = this.text[this.at];
    if (sign === "[") return this.list();
    if (sign === "{") return this.braces();
    if (sign === '"' || sign === "'") return this.quoted(sign);
    if (!beginsPlain(this.text, this.at)) throw UNCERTAIN;
    let end = this.at + 1;
    while (end < this.text.length && !isFlowSign(this.text.charCodeAt(end))) end++;
    const text = this.text.slice(this.at, end).trimEnd();
    if (text.includes(": ") || text.endsWith(":") || text.includes(" #")) throw UNCERTAIN;
    this.at = end;
    return { kind: "text", line: this.line, text: NULL.test(text) ? "" : text };
  }

  private list(): Value {
    const items: Value[] = [];
    this.each("]", () => items.push(this.value()));
    return { kind: "list", line: this.line, items };
  }

  private braces(): Value {
    const fields = new Map<string, { line: number; value: Value }>();
    this.each("}", () => {
      const end = endOfName(this.text, this.at);
      const name = this.text.slice(this.at, Math.max(this.at, end));
      if (end < 0 || end + 1 === this.text.length || fields.has(name)) throw UNCERTAIN;
      this.at = end + 1;
      this.spaces();
      fields.set(name, { line: this.line, value: this.value() });
    });
    return { kind: "fields", line: this.line, fields };
  }

  private quoted(sign: string): Value {
    const end = this.text.indexOf(sign, this.at + 1);
    if (end < 0 || (sign === "'" && this.text[end + 1] === "'")) throw UNCERTAIN;
    const text = this.text.slice(this.at + 1, end);
    this.at = end + 1;
    return { kind: "text", line: this.line, text, style: "quoted" };
  }

  private each(close: string, read: () => void): void {
    this.at++;
    this.spaces();
    while (this.text[this.at] !== close) {
      read();
      this.spaces();
      const sign = this.text[this.at];
      if (sign === ",") {
        this.at++;
        this.spaces();
        if (this.text[this.at] === close) throw UNCERTAIN;
      } else if (sign !== close) throw UNCERTAIN;
    }
    this.at++;
  }

  private spaces(): void {
    while (this.text[this.at] === " ") this.at++;
  }
}

/** Where the name that begins at a place ends, which is at a colon with a space or nothing behind it; -1 where none does. */
export function endOfName(text: string, start = 0): number {
  const first = text.charCodeAt(start);
  if (isDigit(first) || first === HYPHEN || !isInName(first)) return -1;
  let at = start + 1;
  while (isInName(text.charCodeAt(at))) at++;
  const isName =
    text.charCodeAt(at) === COLON && (at + 1 === text.length || text.charCodeAt(at + 1) === SPACE);
  return isName ? at : -1;
}

const HYPHEN = 0x2d;
const UNDERSCORE = 0x5f;

function isInName(code: number): boolean {
  return isLetter(code) || isDigit(code) || code === UNDERSCORE || code === HYPHEN;
}

/** Of ASCII, as are nearly all first signs of names and values. */
function isLetter(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a);
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}
