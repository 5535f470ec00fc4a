import type { Claim } from "./claim.ts";
import { adviceMeasurements } from "./laboratory/advice.ts";

export const choiceByLotOrCompetition: Claim = {
  section: "5.2",
  statement: "Stochastic methods, or methods based on competition, find a better activation.",
  theory:
    "They train all candidates a little and the better ones more. What learns fast is mostly what ends well; the price is a part of what training all in full takes.",
  experiment: async (laboratory) => [
    ...(await adviceMeasurements(laboratory, "stochastic")),
    ...(await adviceMeasurements(laboratory, "competition")),
  ],
};
