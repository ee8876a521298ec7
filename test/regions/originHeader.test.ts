import { expect } from "chai";
import { type PreviewedStack, projectStacks, stackOf } from "../support/stacks";

/** The secret values that the inputs of a resource hold, by the names of the resources that make them. */
function passwordsOf(stack: PreviewedStack, type: string, name: string): string[] {
    const resource = stack.one(type, name);
    const text = JSON.stringify(resource.inputs);
    return stack
        .ofType("random:index/randomPassword:RandomPassword")
        .filter(({ outputs }) => text.includes(JSON.stringify(outputs["result"])))
        .map((password) => password.name)
        .sort();
}

/** What the region's distribution sends, and what the balancer lets in. */
async function header(version: number, alsoAccepted: number): Promise<Record<string, string[]>> {
    const configOverrides = {
        originHeaderVersion: String(version),
        originHeaderAlsoAccepted: String(alsoAccepted),
    };
    const stacks = await projectStacks({ configOverrides, stacks: ["prod-us"] });
    const stack = stackOf(stacks, "prod-us");
    return {
        sent: passwordsOf(stack, "aws:cloudfront/distribution:Distribution", "shop-edge-distribution"),
        accepted: passwordsOf(stack, "aws:lb/listenerRule:ListenerRule", "shop-web-origin-rule"),
        made: stack
            .ofType("random:index/randomPassword:RandomPassword")
            .map(({ name }) => name)
            .filter((name) => name.startsWith("shop-origin-header"))
            .sort(),
    };
}

describe("rotating the origin header", () => {
    const [first, second] = ["shop-origin-header", "shop-origin-header-2"];

    it("goes from one value to the next by steps in which the balancer accepts all that is sent", async () => {
        const steps = [await header(1, 0), await header(1, 2), await header(2, 1), await header(2, 0)];
        expect(steps).to.deep.equal([
            { sent: [first], accepted: [first], made: [first] },
            { sent: [first], accepted: [first, second], made: [first, second] },
            { sent: [second], accepted: [first, second], made: [first, second] },
            { sent: [second], accepted: [second], made: [second] },
        ]);
        // While a step is on its way, the distributions may still send what the step before had.
        steps.slice(1).forEach((step, index) => {
            expect(step["accepted"]).to.include.members(steps[index]?.["sent"] ?? ["none"]);
        });
    });
});
