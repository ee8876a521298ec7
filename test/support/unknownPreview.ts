// Runs one stack on the SDK's own mocks as a first `pulumi preview` does: every computed value is unknown, so no
// callback of an output runs. Prints what was registered. A process of its own, because mocks are for good.
import "../../tools/preview/lightSdk";
import * as pulumi from "@pulumi/pulumi";

interface Request {
    readonly stack: string;
    readonly config: Record<string, string>;
    /** Outputs of the stacks that it refers to, by full name. */
    readonly references: Record<string, unknown>;
}

const request = JSON.parse(process.argv[2] ?? "") as Request;
const registered: string[] = [];

void pulumi.runtime.setMocks(
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

async function main(): Promise<void> {
    const { composeStack } = await import("../../regions/compose.js");
    await pulumi.runtime.runInPulumiStack(() => Promise.resolve(composeStack()));
    console.log(JSON.stringify(registered));
}

void main();
