import { tolerances } from "../compare.ts";
import { type Check, type Options, offered, type ScheduleCase } from "./case.ts";
import { differentNumbers } from "./numbers.ts";

/** A learning rate that goes on step by step; a step may be told how well training goes. */
interface Course {
  readonly learningRate: number;
  step(metric?: number): void;
}

/** PyTorch's schedules and ours. */
const schedules: Readonly<Record<string, (baseRate: number, options: Options) => Course>> = {};

export const checkSchedule: Check<ScheduleCase> = ({ name, options, base_lr, metric, lrs }) => {
  const course = offered(schedules, name)(base_lr, options);
  const found = [course.learningRate];
  while (found.length < lrs.length) {
    course.step(metric?.[found.length - 1]);
    found.push(course.learningRate);
  }
  return differentNumbers(found, lrs, tolerances.value);
};
