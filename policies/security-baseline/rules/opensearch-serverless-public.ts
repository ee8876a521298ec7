import { flag, list, object, resourceRule, text } from "../../framework";

export const rule = resourceRule({
    id: "opensearch-serverless-public",
    severity: "critical",
    description: "Collections of OpenSearch Serverless cannot be reached from the internet.",
    fix: "Set AllowFromPublic to false and SourceVPCEs to an aws.opensearch.ServerlessVpcEndpoint.",
    frameworks: { controls: [] },
    types: ["aws:opensearch/serverlessSecurityPolicy:ServerlessSecurityPolicy"],
    check: ({ props }, report) => {
        // The other kind is about encryption, which every collection has.
        if (text(props.type) !== "network") {
            return;
        }
        const isPublic = list(parsed(text(props.policy) ?? "")).some(
            (part) => flag(object(part).AllowFromPublic) === true,
        );
        if (isPublic) {
            report("opens collections to the internet: AllowFromPublic of the policy is true.");
        }
    },
});

/** The policy's parts; nothing where the text is no JSON, which AWS refuses. */
function parsed(policy: string): unknown {
    try {
        return JSON.parse(policy);
    } catch {
        return undefined;
    }
}
