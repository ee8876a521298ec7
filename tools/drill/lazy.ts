/** Loads what takes a while to load when it is needed: a wrong call is answered without it. */
import { createRequire } from "node:module";
import type * as automation from "./automation";
import { type Aws } from "./aws/ports";
import type * as clients from "./aws/clients";
import { type StackFactory } from "./stacks";
import type * as stacks from "./topology/readStacks";
import { type StackReader } from "./topology/load";

const load = createRequire(__filename);

/** The SDK. */
export function lazyAws(): Promise<Aws> {
    return Promise.resolve((load("./aws/clients") as typeof clients).sdkAws());
}

/** Pulumi and the program's configuration. */
export const lazyStackReader: StackReader = (...request) =>
    (load("./topology/readStacks") as typeof stacks).stackReader()(...request);

const automationStacks = (): StackFactory => (load("./automation") as typeof automation).automationStacks;

/** Pulumi's Automation API. */
export const lazyStacks: StackFactory = {
    up: (request, onOutput) => automationStacks().up(request, onOutput),
    destroy: (request, onOutput) => automationStacks().destroy(request, onOutput),
};
