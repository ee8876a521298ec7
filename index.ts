import { composeStack } from "./regions/compose";

export = composeStack;
