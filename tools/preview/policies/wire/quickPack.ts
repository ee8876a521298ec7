/**
 * Makes a policy pack quick enough for a preview that takes two seconds. Bundles of packs begin with this; packs that
 * Pulumi's engine starts do not have it.
 */
import * as analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import { readAnalyzeRequest, readAnalyzeStackRequest, SharedProviders } from "./requests";

/** The messages that the policy SDK reads. */
interface Messages {
    readonly AnalyzeRequest: { deserializeBinary: (bytes: Uint8Array) => unknown };
    readonly AnalyzeStackRequest: { deserializeBinary: (bytes: Uint8Array) => unknown };
}

const { AnalyzeRequest, AnalyzeStackRequest } = analyzer as unknown as Messages;
const providers = new SharedProviders();

AnalyzeRequest.deserializeBinary = (bytes) => readAnalyzeRequest(bytes, providers);
AnalyzeStackRequest.deserializeBinary = (bytes) => readAnalyzeStackRequest(bytes, providers);

// For each resource a pack lists all policies that do not apply to it, by far the most of what it says. The preview
// does not show them.
analyzer.AnalyzeResponse.prototype.setNotApplicableList = function setNotApplicableList() {
    return this;
};
