import { type Catalogue } from "./catalogue";
import { loadStackConfig } from "./config";
import { composeGlobalStack } from "./global";
import { composeRegionStack } from "./regional";

/**
 * Composes the stack that is being run, by its name: `<environment>-global` is the global stack, any other
 * `<environment>-<key>` the stack of that region of the catalogue.
 *
 * @param catalogue The regions of the environment; those of regions/catalogue.ts when left out.
 * @returns The stack's outputs.
 * @throws pulumi.RunError that lists everything wrong with the configuration, before anything is registered.
 */
export function composeStack(catalogue?: Catalogue): object {
    const config = loadStackConfig(catalogue === undefined ? {} : { catalogue });
    return config.kind === "global" ? composeGlobalStack(config) : composeRegionStack(config);
}
