/** What `\s` means to ECMAScript beyond ASCII: WhiteSpace and LineTerminator. */
const RARE_SPACES =
  "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff";
/** Room for the codes of one text, as bytes and as numbers; made anew for a longer one. */
let bytes = Buffer.alloc(1 << 15);
let codes = new Uint16Array(bytes.buffer);

/** 1 for every code of a sign, 0 for white space; the codes are as this machine orders their bytes. */
const IS_SIGN = new Uint8Array(1 << 16).fill(1);
const SPACES = `\t\n\v\f\r ${RARE_SPACES}`;
bytes.write(SPACES, "utf16le");
for (const space of codes.subarray(0, SPACES.length)) IS_SIGN[space] = 0;

/**
 * Runs of signs that are no white space, as `\S+` has them, without making them. A curriculum has tens of millions of
 * signs, and a loop over numbers takes a third of what one over the string takes.
 */
export function countRuns(text: string): number {
  if (text.length > codes.length) {
    bytes = Buffer.alloc(4 * text.length);
    codes = new Uint16Array(bytes.buffer);
  }
  bytes.write(text, "utf16le");
  let words = 0;
  let before = 0;
  for (let at = 0; at < text.length; at++) {
    const sign = IS_SIGN[codes[at] ?? 0] ?? 0;
    words += sign & ~before;
    before = sign;
  }
  return words;
}
