/**
 * Answers to one question asked again and again, shown in the order of asking: one that was overtaken on its way is
 * dropped, since a later question has been answered already.
 */
export class InOrder {
  #asked = 0;
  #shown = 0;

  /** Asks; the answer to `show` is whether this one may still be shown. */
  async ask<A>(question: () => Promise<A>, show: (answer: A) => void): Promise<void> {
    const mine = (this.#asked += 1);
    const answer = await question();
    if (mine < this.#shown) return;
    this.#shown = mine;
    show(answer);
  }
}
