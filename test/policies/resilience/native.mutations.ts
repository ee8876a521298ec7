import { type Mutant } from "../../support/policies/mutation";
import { DATASET, DATASET_GROUP, NATIVE_RESOURCES } from "../../support/policies/nativeResources";

export const mutants: readonly Mutant[] = [
    [DATASET_GROUP, "likes"],
    [DATASET, "likes-interactions"],
].map(([type = "", name = ""]): Mutant => ({
    rule: "stateful-protected",
    title: `${name}, which holds what people did`,
    fixture: NATIVE_RESOURCES,
    change: (stack) => {
        stack.setOptions(stack.find(type, name), { protect: false });
    },
    decidedBy: "relations",
    message: "is not protected",
}));
