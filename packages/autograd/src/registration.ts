/** Takes a registration back: by `remove()`, as often as one likes, or at the end of the block with `using`. */
export interface Handle extends Disposable {
  remove(): void;
}

/** What somebody registered, until it is taken back. */
export interface Registration<T> {
  readonly value: T;
  standing: boolean;
}

/** What a hook returns: a replacement, or nothing. */
// biome-ignore lint/suspicious/noConfusingVoidType: a hook that only reads may end without a return statement
export type Replacement<T> = T | undefined | void;

export function handle(remove: () => void): Handle {
  return { remove, [Symbol.dispose]: remove };
}

export function register<T>(list: Registration<T>[], value: T): Handle {
  const entry = { value, standing: true };
  list.push(entry);
  return handle(() => {
    if (!entry.standing) return;
    entry.standing = false;
    list.splice(list.indexOf(entry), 1);
  });
}

/** What is registered, in that order: neither what a call in between takes back, nor what it adds. */
export function* standing<T>(list: readonly Registration<T>[]): IterableIterator<T> {
  for (const entry of [...list]) if (entry.standing) yield entry.value;
}
