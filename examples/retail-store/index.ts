import { composeStore } from "./store";

export = composeStore;
