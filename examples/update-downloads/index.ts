import { composeUpdates } from "./updates";

export = composeUpdates;
