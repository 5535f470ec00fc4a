/** Operators that are not offered, and why. */
export const skipped: Readonly<Record<string, string>> = {};
