/** What IAM refuses of roles that trust an identity provider which many share. */
import { type Accepted, type FixtureResource, type Mutant } from "../../support/policies/mutation";

const ROLE = "aws:iam/role:Role";
const RULE = "iam-identity-provider-controls";

function trust(issuer: string, condition: Readonly<Record<string, unknown>>): string {
    return JSON.stringify({
        Version: "2012-10-17",
        Statement: [
            {
                Effect: "Allow",
                Principal: {
                    Federated:
                        issuer === "cognito-identity.amazonaws.com"
                            ? issuer
                            : `arn:aws:iam::111122223333:oidc-provider/${issuer}`,
                },
                Action: "sts:AssumeRoleWithWebIdentity",
                Condition: condition,
            },
        ],
    });
}

const GITHUB = "token.actions.githubusercontent.com";
const named = (issuer: string, claim: string, value: string): string =>
    trust(issuer, { StringLike: { [`${issuer}:${claim}`]: value } });

const fixture: readonly FixtureResource[] = [
    { type: ROLE, name: "lone", inputs: { assumeRolePolicy: named(GITHUB, "sub", "repo:my-org/shop:*") } },
];

function refused(title: string, assumeRolePolicy: string, message: string): Mutant {
    return {
        rule: RULE,
        title,
        fixture,
        change: (stack) => {
            stack.set(stack.find(ROLE, "lone"), "assumeRolePolicy", assumeRolePolicy);
        },
        message,
    };
}

function taken(title: string, assumeRolePolicy: string): Accepted {
    return {
        rule: RULE,
        title,
        fixture,
        change: (stack) => {
            stack.set(stack.find(ROLE, "lone"), "assumeRolePolicy", assumeRolePolicy);
        },
    };
}

/** AWS's list, as its page has it. */
const CONTROLS: readonly (readonly [string, string])[] = [
    ["cognito-identity.amazonaws.com", "aud"],
    ["agent.buildkite.com", "sub"],
    ["oidc.codefresh.io", "sub"],
    ["studio.datachain.ai/api", "sub"],
    [GITHUB, "sub"],
    ["oidc-configuration.audit-log.githubusercontent.com", "sub"],
    ["vstoken.actions.githubusercontent.com", "sub"],
    ["gitlab.com", "sub"],
    ["rh-oidc.s3.us-east-1.amazonaws.com/22ejnvnnturfmt6km08idd0nt4hekbn7", "sub"],
    ["oidc.op1.openshiftapps.com/2f785sojlpb85i7402pk3qogugim5nfb", "sub"],
    ["api.pulumi.com/oidc", "aud"],
    ["sandboxes.cloud", "aud"],
    ["scalr.io", "sub"],
    ["tokens.cloud.shisho.dev", "sub"],
    ["app.terraform.io", "sub"],
    ["proidc.upbound.io", "sub"],
    ["oidc.vercel.com", "aud"],
];

export const mutants: readonly Mutant[] = [
    ...CONTROLS.map(([issuer, claim]) =>
        refused(
            `${issuer} without ${claim}`,
            named(issuer, claim === "aud" ? "sub" : "aud", "something"),
            `trusts ${issuer} without a condition on ${issuer}:${claim}.`,
        ),
    ),
    refused(
        "Sentinel without the session's name",
        named("sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d", "aud", "api://1"),
        "without a condition on sts:RoleSessionName.",
    ),
    refused("any subject", named(GITHUB, "sub", "*"), `with the condition that ${GITHUB}:sub is "*".`),
    refused(
        "all but one subject",
        trust(GITHUB, { StringNotEquals: { [`${GITHUB}:sub`]: "repo:my-org/shop:*" } }),
        "without a condition on",
    ),
];

export const accepted: readonly Accepted[] = [
    // Open to many, which the security baseline says; IAM takes it.
    taken("any repository of an organisation", named(GITHUB, "sub", "repo:my-org/*")),
    taken("an issuer of one organisation", named("oidc.circleci.com/org/1234", "aud", "1234")),
    taken(
        "AWS's own cluster",
        named("oidc.eks.us-east-1.amazonaws.com/id/0A1B2C3D4E5F", "aud", "sts.amazonaws.com"),
    ),
];
