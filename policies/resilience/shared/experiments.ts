/** Templates of AWS FIS. */
export const EXPERIMENT = "aws:fis/experimentTemplate:ExperimentTemplate";
