import { expect } from "chai";
import { renderJson } from "../../../tools/preview/render/json";
import { type PreviewDocument } from "../../../tools/preview/types";
import { secret } from "../../../tools/preview/values";
import { documentOf, regionStack, stackPreview } from "../../support/preview/documents";

const parse = (document: PreviewDocument): { stacks: Record<string, Record<string, unknown>> } =>
    JSON.parse(renderJson(document)) as { stacks: Record<string, Record<string, unknown>> };

describe("the preview as JSON", () => {
    it("is one document with the documented keys, and no others", () => {
        const text = renderJson(documentOf(regionStack));
        const document = JSON.parse(text) as PreviewDocument;
        expect(text.endsWith("}\n")).to.equal(true);
        expect(Object.keys(document)).to.deep.equal(["stacks", "policies", "cost"]);
        expect(Object.keys(document.stacks["prod-us"]!)).to.deep.equal([
            "config",
            "steps",
            "outputs",
            "changeSummary",
        ]);
        expect(document.stacks["prod-us"]!.changeSummary).to.deep.equal({ create: 8, read: 1 });
        expect(document.stacks["prod-us"]!.steps).to.deep.equal(regionStack.steps);
    });

    it("leaves out what the engine keeps for other tools, clear secrets above all", () => {
        const run = {
            ...regionStack,
            rawOutputs: { token: "clear" },
            plainOutputs: { token: "clear" },
            states: [],
        };
        expect(renderJson(documentOf(run))).not.to.contain("clear");
    });

    it("masks a secret that was not masked yet", () => {
        const inputs = { password: secret("hunter2"), list: [{ inner: secret({ deep: "hunter2" }) }] };
        const stack = stackPreview("prod-us", [
            { type: "aws:ssm/parameter:Parameter", name: "password", inputs },
        ]);
        const text = renderJson(documentOf(stack));
        expect(text).not.to.contain("hunter2");
        const [, parameter] = (JSON.parse(text) as PreviewDocument).stacks["prod-us"]!.steps;
        expect(parameter!.newState.inputs).to.deep.equal({
            password: "[secret]",
            list: [{ inner: "[secret]" }],
        });
    });

    it("tells in the diagnostics why a program failed, without its stack trace", () => {
        const error = {
            message: "boom",
            stack: "Error: boom\n    at regional.ts:1",
            problems: [{ propertyPath: "region", reason: "unknown" }],
        };
        const warning = { severity: "warning" as const, message: "old" };
        const stack = parse(documentOf({ ...regionStack, diagnostics: [warning], error })).stacks["prod-us"]!;
        expect(stack["diagnostics"]).to.deep.equal([
            warning,
            { severity: "error", message: "boom", problems: [{ propertyPath: "region", reason: "unknown" }] },
        ]);
    });
});
