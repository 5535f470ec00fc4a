import { Generator } from "@isograd/autograd";
import { aside } from "../trace/aside.ts";
import { leavingUntouched } from "../trace/untouched.ts";

/** Runs a measurement that leaves tensors and generators as it finds them, to the bit, and that those who watch training do not see. */
export const undisturbed = <R>(measure: () => R): R =>
  aside(() => leavingUntouched(() => Generator.untouched(measure)));
