/** How to read the table of what was to be reached. */
export const readingText: readonly string[] = [
  "A run is a whole training, and is alarmed where at least one finding before or while training is an alarm, or one of a rival's rules fires once.",
  "_Bound_ is what the rate does not exceed with 95 % confidence (Clopper and Pearson, one-sided); brackets hold their two-sided interval. The best",
  "published figures are those of their authors, on their own runs.",
];

export const labelsText: readonly string[] = [
  "Labels follow from what was injected and from the outcome, never from what a tool says. What a network has learnt is its score on examples",
  "held out, accuracy or explained variance, with that of guessing taken off. The outcome is good where that is at least 95 % of what the best of",
  "a small grid of healthy settings has learnt with the same data, seed and number of updates.",
  "",
  "- _healthy_: a setting of that grid, and the outcome is good.",
  "- _odd_: a healthy one changed so that it looks strange and is not wrong, such as a loss in other units; it has learnt at least half as much as",
  "  the best: few examples a step, or frozen layers, cost score by their nature.",
  "- _faulty_: a fault was injected, and the outcome failed: less than 70 % of what the best has learnt (AutoTrainer takes accuracies above 0.7 for no",
  "  failure); and the same fault, drawn and trained once more, does not come out well either.",
  "- _weakened_: the same, but the outcome lies between 70 and 95 %. Counted apart.",
  "- _tolerated_: a fault was injected, and the outcome is good all the same. An alarm is no mistake there, and silence neither.",
  "- _unlucky_: the outcome is not good, and no fault was injected, or the second draw with it came out well: chance spoils some outcomes.",
  "",
  "Recall is asked of faults of gradient, activation, initialisation, rate and clipping. What is wrong with data, loss, optimizer or structure need",
  "not show in gradients; it is counted apart. Which causes are right stands with each fault, written before any run: any of them will do, where the",
  "first alarm names it first. Only alarms count: warnings and information do not.",
];

export const limitsText: readonly string[] = [
  "- The networks are small, and trained for minutes at most. What holds for large ones is not shown here.",
  "- Faults are injected by ourselves, by published mutation operators where there are such; real ones may differ. Several at once are not tried.",
  "- AutoTrainer's families are made again from their description; they are not its models.",
  "- The rivals' tools are not run: their rules are, as far as what a training step shows can decide them. What they ask of data, code or test",
  "  sets is left out. Where all steps are too costly to tell they are told of some, each last one of an epoch among them.",
  "- TheDeepChecker is made to watch a network overfit one batch, and ZClip to clip: both do here what they do not claim to do well.",
  "- One machine, one number format for most; times are those of this machine with other processes beside.",
];
