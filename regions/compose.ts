import { type Catalogue, defaultCatalogue } from "./catalogue";
import { loadStackConfig } from "./config";
import { composeGlobalStack } from "./global";
import { composeRegionStack } from "./regional";

/**
 * Composes the stack that is being run, by its name: `<environment>-global` is the global stack, any other
 * `<environment>-<key>` the stack of that region of the catalogue.
 *
 * @returns The stack's outputs.
 * @throws pulumi.RunError that lists everything wrong with the configuration, before anything is registered.
 */
export function composeStack(catalogue: Catalogue = defaultCatalogue): object {
    const config = loadStackConfig({ catalogue });
    return config.kind === "global" ? composeGlobalStack(config) : composeRegionStack(config);
}
