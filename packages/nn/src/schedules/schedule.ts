/**
 * The learning rate at a step, from 0, of an optimizer that begins with the rate `base`: a pure function, so any step can be asked for.
 *
 * Schedules that scale, such as `stepLR`, multiply `base`; those that name their rates, such as `oneCycleLR`, do not look at it.
 */
export type Schedule = (step: number, base: number) => number;
