import { ifKnown, type Member, number, object, stackRule, type StackView, text } from "../../framework";
import { DISTRIBUTION, eachBehavior } from "../shared/distributions";

const POLICY = "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy";

/** AWS's own policies that send Strict-Transport-Security for a year. */
const MANAGED = [
    "67f7725c-6f97-4210-82d7-5512b31e9d03",
    "e61eb60c-9c35-4d20-a928-2b84e02af89c",
    "eaab4381-ed33-4a86-88ca-d9558dc6cd63",
];

interface Config {
    readonly minSeconds: number;
}

export const rule = stackRule<Config>({
    id: "cloudfront-security-headers",
    severity: "medium",
    level: "advisory",
    description: "Distributions tell browsers to come back over HTTPS alone (HSTS), whatever the path.",
    fix: "Set responseHeadersPolicyId of each behaviour to a policy with securityHeadersConfig.strictTransportSecurity.",
    frameworks: { controls: ["76"], checkov: ["CKV2_AWS_32", "CKV_AWS_259"] },
    types: [DISTRIBUTION],
    config: {
        minSeconds: {
            type: "integer",
            minimum: 0,
            default: 31536000,
            description: "For how long at least browsers are to remember it, in seconds.",
        },
    },
    checkStack: (stack, report, { minSeconds }) => {
        stack.each(stack.ofType(DISTRIBUTION), (distribution) => {
            eachBehavior(distribution.props, (behavior, path, property) => {
                const related = policiesOf(distribution, property);
                const id =
                    related.length > 0
                        ? ifKnown(() => text(behavior.responseHeadersPolicyId), "unknown")
                        : text(behavior.responseHeadersPolicyId);
                if (id === undefined || id === "") {
                    report(
                        `sends no security headers: ${path}.responseHeadersPolicyId is not given.`,
                        distribution,
                    );
                    return;
                }
                if (MANAGED.includes(id)) {
                    return;
                }
                const policies = related.length > 0 ? related : withId(stack, id);
                for (const policy of policies) {
                    const { strictTransportSecurity } = object(policy.props.securityHeadersConfig);
                    const seconds = number(object(strictTransportSecurity).accessControlMaxAgeSec) ?? 0;
                    if (seconds < minSeconds) {
                        report(
                            `asks for HTTPS for ${seconds} seconds in ${path}; at least ${minSeconds} are wanted.`,
                            distribution,
                        );
                    }
                }
            });
        });
    },
});

function policiesOf(distribution: Member, property: string): readonly Member[] {
    return (distribution.propertyDependencies[property] ?? []).filter(({ type }) => type === POLICY);
}

/** The policy of the stack with an id. One from elsewhere is taken to be what its id was chosen for. */
function withId(stack: StackView, id: string): readonly Member[] {
    return stack.ofType(POLICY).filter((policy) => ifKnown(() => policy.props.id) === id);
}
