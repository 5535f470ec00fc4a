import { enableGrad } from "@isograd/autograd";

let depth = 0;

/** Runs a measurement: with recording on, and unseen by those who watch training. */
export function aside<R>(measure: () => R): R {
  depth++;
  try {
    return enableGrad(measure);
  } finally {
    depth--;
  }
}

/** Whether what runs now is a measurement and belongs to no training step. */
export const isAside = (): boolean => depth > 0;
