/** One function, or several to be called in their order. */
export type Callbacks<Event> = ((event: Event) => unknown) | readonly ((event: Event) => unknown)[];

const listOf = <Event>(callbacks: Callbacks<Event> | undefined): readonly ((event: Event) => unknown)[] =>
  typeof callbacks === "function" ? [callbacks] : (callbacks ?? []);

/** Calls all of them. */
export function notify<Event>(callbacks: Callbacks<Event> | undefined, event: Event): void {
  for (const callback of listOf(callbacks)) callback(event);
}

/** Calls and awaits one after the other, all of them. @returns whether none said false */
export async function ask<Event>(callbacks: Callbacks<Event> | undefined, event: Event): Promise<boolean> {
  let goesOn = true;
  for (const callback of listOf(callbacks)) if ((await callback(event)) === false) goesOn = false;
  return goesOn;
}
