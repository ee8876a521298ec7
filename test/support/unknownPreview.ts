// Runs stacks on the SDK's own mocks as a first `pulumi preview` does: every computed value is unknown, so no callback
// of an output runs. Prints what each registered. A process of its own, because mocks are for good; one for all stacks,
// because most of its time goes into loading the SDK. Each stack has a state of the SDK to itself.
import "../../tools/preview/lightSdk";
import { createRequire } from "node:module";
import * as pulumi from "@pulumi/pulumi";
import type * as compose from "../../regions/compose";

interface Request {
    readonly stack: string;
    readonly config: Record<string, string>;
    /** Outputs of the stacks that it refers to, by full name. */
    readonly references: Record<string, unknown>;
}

const load = createRequire(__filename);
const { withLocalStorage } = load("@pulumi/pulumi/runtime/state") as {
    withLocalStorage: <T>(callback: () => Promise<T>) => Promise<T>;
};

async function preview(request: Request): Promise<readonly string[]> {
    const registered: string[] = [];
    await pulumi.runtime.setMocks(
        {
            newResource: (args) => {
                registered.push(`${args.type} ${args.name}`);
                if (args.type === "pulumi:pulumi:StackReference") {
                    const name = String((args.inputs as { name: unknown }).name);
                    return {
                        id: name,
                        state: { name, outputs: request.references[name], secretOutputNames: [] },
                    };
                }
                // Nothing that the provider would compute.
                return { id: undefined, state: args.inputs as Record<string, unknown> };
            },
            // What a data source says is known, but says nothing that a program should need to plan.
            call: () => ({ name: "shop.example.com" }),
        },
        "meridian",
        request.stack,
        true,
        "organization",
    );
    pulumi.runtime.setAllConfig(request.config);
    const { composeStack } = load("../../regions/compose") as typeof compose;
    await pulumi.runtime.runInPulumiStack(() => Promise.resolve(composeStack()));
    return [...registered];
}

async function main(): Promise<void> {
    const planned: Record<string, readonly string[]> = {};
    for (const request of JSON.parse(process.argv[2] ?? "") as readonly Request[]) {
        planned[request.stack] = await withLocalStorage(async () => preview(request));
    }
    console.log(JSON.stringify(planned));
}

void main();
