/** How many updates the first milestone needs, and how many there are; each further one needs √2 times as many. */
const [first, all] = [128, 7];

/** After how many updates it is asked what training has come to: 128 to 1024, seven times. */
export class Milestones {
  #passed = 0;

  /** How many there were so far. */
  get passed(): number {
    return this.#passed;
  }

  /** Whether no more will come. */
  get isOver(): boolean {
    return this.#passed === all;
  }

  /** Whether the next one is reached, after so many updates. */
  isDue(updates: number): boolean {
    return !this.isOver && updates >= milestone(this.#passed);
  }

  /** Leaves behind the milestones that were reached. @returns whether there were any */
  pass(updates: number): boolean {
    const before = this.#passed;
    while (this.isDue(updates)) this.#passed++;
    return this.#passed > before;
  }
}

const milestone = (number: number): number => Math.round(first * 2 ** (number / 2));
