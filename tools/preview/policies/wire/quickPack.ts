/**
 * Makes a policy pack quick enough for a preview that takes two seconds. Bundles of packs begin with this; packs that
 * Pulumi's engine starts do not have it.
 */
import { readAnalyzeRequest, readAnalyzeStackRequest, SharedProviders } from "./requests";

interface Answer {
    readonly prototype: { setNotApplicableList: (list: unknown) => unknown };
}

/** The messages that the policy SDK reads, and the one that it makes most. */
interface Messages {
    readonly AnalyzeRequest: { deserializeBinary: (bytes: Uint8Array) => unknown };
    readonly AnalyzeStackRequest: { deserializeBinary: (bytes: Uint8Array) => unknown };
    readonly AnalyzeResponse: Answer;
    readonly RemediateResponse: Answer;
    PolicyNotApplicable: new () => {
        setPolicyName: (name: string) => void;
        setReason: (reason: string) => void;
    };
}

// The module's own object, which alone can be changed.
// eslint-disable-next-line @typescript-eslint/no-require-imports
const messages = require("@pulumi/pulumi/proto/analyzer_pb") as Messages;
const providers = new SharedProviders();

messages.AnalyzeRequest.deserializeBinary = (bytes) => readAnalyzeRequest(bytes, providers);
messages.AnalyzeStackRequest.deserializeBinary = (bytes) => readAnalyzeStackRequest(bytes, providers);

// For each resource a pack lists all policies that do not apply to it, by far the most of what it says. The preview
// does not show them.
messages.AnalyzeResponse.prototype.setNotApplicableList = () => undefined;
messages.RemediateResponse.prototype.setNotApplicableList = () => undefined;
messages.PolicyNotApplicable = class {
    setPolicyName(): void {
        // Nobody reads it.
    }

    setReason(): void {
        // Nobody reads it.
    }
};
