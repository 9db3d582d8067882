/**
 * Characters that steer a terminal, turn the reading direction of what follows (Unicode UAX 9) or end a line unseen; line
 * feeds and tabs are among them.
 */
export const UNSAFE_SIGNS = /[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;
