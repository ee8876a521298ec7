import { composeBackend } from "./backend";

export = composeBackend;
