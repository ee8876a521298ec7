import { type Statement, stackRule, statementsOf } from "../../framework";
import { isInput } from "../../framework/items";
import { isNarrowing, WITHIN_ORGANISATION } from "../../framework/narrowing";
import { matchesAny } from "../../framework/patterns";
import { type Member, type StackView } from "../../framework/stackView";
import { text } from "../../framework/subject";

interface Config {
    readonly awsBuckets: readonly string[];
    readonly withoutPolicies: readonly string[];
}

const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
const POLICY = "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy";

export const rule = stackRule<Config>({
    id: "endpoint-policies-restricted",
    severity: "high",
    description:
        "VPC endpoints let through only the account's or the organisation's own principals or resources, so that nobody carries data off to another account.",
    fix: "Give the endpoint a policy whose Allow statements have a condition on aws:PrincipalOrgID, aws:PrincipalAccount, aws:ResourceOrgID or aws:ResourceAccount.",
    frameworks: { controls: ["P26"] },
    config: {
        awsBuckets: {
            type: "array",
            items: { type: "string" },
            default: [
                // Packages of Amazon Linux.
                "al2023-repos-*",
                "amazonlinux-2-repos-*",
                // Layers of images in ECR.
                "prod-*-starport-layer-bucket",
                // The CloudWatch agent.
                "amazoncloudwatch-agent",
                "amazoncloudwatch-agent-*",
                // Systems Manager: the agent, its documents, packages and patches.
                "amazon-ssm-*",
                "aws-ssm-*",
                "aws-patch-manager-*",
                "aws-patchmanager-macos-*",
                "aws-windows-downloads-*",
                "patch-baseline-snapshot-*",
                "*-birdwatcher-prod",
                // CodeDeploy's agent.
                "aws-codedeploy-*",
            ],
            description: "Names of AWS's own buckets, which anybody may read by s3:GetObject.",
        },
        withoutPolicies: {
            type: "array",
            items: { type: "string" },
            default: [],
            description: "Services, by the end of their name, whose endpoints take no policy.",
        },
    },
    types: [ENDPOINT],
    checkStack: (stack, report, config) => {
        stack.each(stack.ofType(ENDPOINT), (endpoint) => {
            if (!takesPolicy(endpoint, config)) {
                return;
            }
            const sources = policiesOf(stack, endpoint);
            if (sources.length === 0) {
                // AWS's default lets everything through.
                report("has no policy, and lets everything through.", endpoint);
            }
            for (const policy of sources) {
                const statements = statementsOf(policy);
                if (statements === undefined) {
                    report("has a policy that is no policy document.", endpoint);
                    continue;
                }
                statements.forEach((statement, index) => {
                    if (statement.effect === "Allow" && !isRestricted(statement, config)) {
                        report(
                            `lets anybody through by the statement ${statement.sid === undefined ? `at ${index}` : `"${statement.sid}"`} of its policy.`,
                            endpoint,
                        );
                    }
                });
            }
        });
    },
});

function takesPolicy({ props }: Member, { withoutPolicies }: Config): boolean {
    const type = text(props.vpcEndpointType) ?? "Gateway";
    if (type !== "Gateway" && type !== "Interface") {
        return false;
    }
    const service = text(props.serviceName) ?? "";
    // Services of others behind PrivateLink are named com.amazonaws.vpce, and take no policy.
    return (
        service.startsWith("com.amazonaws.") &&
        !service.startsWith("com.amazonaws.vpce.") &&
        !withoutPolicies.some((name) => service.endsWith(`.${name}`))
    );
}

function policiesOf(stack: StackView, endpoint: Member): readonly unknown[] {
    const separate = stack.referrersOf(endpoint, POLICY, "vpcEndpointId");
    return [endpoint, ...separate]
        .filter((member) => isInput(member, "policy"))
        .map(({ props }) => props.policy);
}

function isRestricted(statement: Statement, { awsBuckets }: Config): boolean {
    const principals = Object.values(statement.principals).flat();
    const named = principals.length > 0 && !principals.includes("*");
    return (
        named ||
        isNarrowing(statement.conditions, WITHIN_ORGANISATION) ||
        readsAwsBuckets(statement, awsBuckets)
    );
}

function readsAwsBuckets({ actions, resources, notActions }: Statement, buckets: readonly string[]): boolean {
    return (
        notActions.length === 0 &&
        actions.length > 0 &&
        actions.every((action) => action.toLowerCase() === "s3:getobject") &&
        resources.length > 0 &&
        resources.every((resource) => {
            const bucket = /^arn:[^:]*:s3:::([^/]+)\/./.exec(resource)?.[1];
            return bucket !== undefined && !bucket.includes("*") && matchesAny(buckets, bucket);
        })
    );
}
