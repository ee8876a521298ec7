import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

type WebAclRule = aws.types.input.wafv2.WebAclRule;
type Statement = aws.types.input.wafv2.WebAclRuleStatement;

/** A header by which those are known who may come. */
export interface RequiredHeader {
    /** Name of the header. */
    name: string;
    /** Its values, one of which a request must carry, in this spelling. Kept as secrets. */
    values: pulumi.Input<string>[];
    /** Paths that anybody may GET and HEAD without it. */
    exemptPaths: string[];
}

// What the second rule knows the requests of the first by.
const EXEMPT = "exempt-from-header";

/**
 * The rules that refuse requests without the header. A listener's rules can ask for a header but not for its absence, so
 * that each service's rule would have to ask; the firewall asks once, before all of them.
 *
 * A rule's statements nest three deep at most, so the first rule labels those that need no header.
 */
export function headerRules({ name, values, exemptPaths }: RequiredHeader): Omit<WebAclRule, "priority">[] {
    const without: Statement[] = values.map((value) => ({
        notStatement: {
            statement: match({ singleHeader: { name: name.toLowerCase() } }, pulumi.secret(value)),
        },
    }));
    if (exemptPaths.length === 0) {
        return [refusal(without)];
    }
    return [
        {
            name: "ExemptFromHeader",
            action: { count: {} },
            ruleLabels: [{ name: EXEMPT }],
            statement: {
                andStatement: {
                    statements: [
                        anyOf(exemptPaths.map((path) => match({ uriPath: {} }, path))),
                        anyOf(["GET", "HEAD"].map((method) => match({ method: {} }, method))),
                    ],
                },
            },
            visibilityConfig: visibility("ExemptFromHeader"),
        },
        refusal([
            ...without,
            { notStatement: { statement: { labelMatchStatement: { scope: "LABEL", key: EXEMPT } } } },
        ]),
    ];
}

function refusal(all: Statement[]): Omit<WebAclRule, "priority"> {
    const [only] = all;
    return {
        name: "WithoutHeader",
        // 403 is what a block answers with.
        action: { block: {} },
        statement: all.length === 1 && only !== undefined ? only : { andStatement: { statements: all } },
        visibilityConfig: visibility("WithoutHeader"),
    };
}

/** AWS takes an "or" of two statements at least. */
function anyOf(statements: Statement[]): Statement {
    const [only] = statements;
    return statements.length === 1 && only !== undefined ? only : { orStatement: { statements } };
}

function match(
    fieldToMatch: aws.types.input.wafv2.WebAclRuleStatementByteMatchStatementFieldToMatch,
    searchString: pulumi.Input<string>,
): Statement {
    return {
        byteMatchStatement: {
            fieldToMatch,
            positionalConstraint: "EXACTLY",
            searchString,
            textTransformations: [{ priority: 0, type: "NONE" }],
        },
    };
}

/** How what a rule, or a whole web ACL, does is seen. */
export function visibility(metricName: string): aws.types.input.wafv2.WebAclVisibilityConfig {
    return { cloudwatchMetricsEnabled: true, metricName, sampledRequestsEnabled: true };
}
