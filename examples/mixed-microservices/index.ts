import { composeSystem } from "./system";

export = composeSystem;
