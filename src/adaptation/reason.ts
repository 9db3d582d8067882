/** Whether a text says anything: an ellipsis that was pasted with a suggested command does not. */
export function hasWords(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}
