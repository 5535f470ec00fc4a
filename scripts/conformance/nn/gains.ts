import { calculateGain, type Nonlinearity } from "@isograd/nn";
import { tolerances } from "../compare.ts";
import type { Check, GainCase } from "./case.ts";
import { differentNumbers } from "./numbers.ts";
import { camelCase } from "./options.ts";

export const checkGain: Check<GainCase> = ({ nonlinearity, param, gain }) =>
  differentNumbers(
    [calculateGain(camelCase(nonlinearity) as Nonlinearity, param ?? undefined)],
    [gain],
    tolerances.value,
  );
