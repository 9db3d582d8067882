/** Where the text of list items and boxes begins that are open, by which indentation tells what a line belongs to. */
export class ListColumns {
  /** The outermost first. */
  readonly #open: number[] = [];

  get isAny(): boolean {
    return this.#open.length > 0;
  }

  begin(column: number): void {
    this.#open.push(column);
  }

  /**
   * Where the text begins that a line belongs to by its indentation, in columns; 0 outside all lists. What is no item
   * goes on in a list until it stands at the margin.
   */
  at(indent: number, isItem: boolean): number {
    const least = isItem || indent === 0 ? 0 : 1;
    while (this.#open.length > least && (this.#open.at(-1) ?? 0) > indent) this.#open.pop();
    return this.#open.at(-1) ?? 0;
  }
}
