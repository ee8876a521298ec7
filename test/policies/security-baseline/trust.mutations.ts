/** Trust in identity providers that sign tokens for many. */
import { type Accepted, type FixtureResource, type Mutant } from "../../support/policies/mutation";
import { ACCOUNT, policyOf, type StatementText } from "./documents";

const ROLE = "aws:iam/role:Role";
const GITHUB = "token.actions.githubusercontent.com";
const EKS = "oidc.eks.us-east-1.amazonaws.com/id/0A1B2C3D4E5F60718293A4B5C6D7E8F9";
const COGNITO = "cognito-identity.amazonaws.com";
const SENTINEL = "sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d";
const SAML = `arn:aws:iam::${ACCOUNT}:saml-provider/people`;

type Condition = NonNullable<StatementText["Condition"]>;

const ROLES: readonly FixtureResource[] = [
    {
        type: ROLE,
        name: "lone",
        inputs: {
            assumeRolePolicy: policyOf({
                Principal: { Service: "lambda.amazonaws.com" },
                Action: "sts:AssumeRole",
            }),
        },
    },
];

function trustIn(issuer: string, condition?: Condition): string {
    const isBuiltIn = issuer === COGNITO || issuer === "accounts.google.com";
    return policyOf({
        Principal: { Federated: isBuiltIn ? issuer : `arn:aws:iam::${ACCOUNT}:oidc-provider/${issuer}` },
        Action: "sts:AssumeRoleWithWebIdentity",
        ...(condition === undefined ? {} : { Condition: condition }),
    });
}

const equal = (issuer: string, claims: Readonly<Record<string, string | readonly string[]>>): Condition => ({
    StringEquals: keysOf(issuer, claims),
});
const like = (issuer: string, claims: Readonly<Record<string, string | readonly string[]>>): Condition => ({
    StringLike: keysOf(issuer, claims),
});
const AUDIENCE = { [`${GITHUB}:aud`]: "sts.amazonaws.com" };
const github = (sub: string | readonly string[]): Condition => ({
    StringEquals: AUDIENCE,
    StringLike: { [`${GITHUB}:sub`]: sub },
});

function keysOf(
    issuer: string,
    claims: Readonly<Record<string, string | readonly string[]>>,
): Readonly<Record<string, string | readonly string[]>> {
    return Object.fromEntries(Object.entries(claims).map(([claim, value]) => [`${issuer}:${claim}`, value]));
}

function open(title: string, policy: string, message: string | RegExp): Mutant {
    return {
        rule: "iam-role-trust",
        title,
        fixture: ROLES,
        change: (stack) => {
            stack.set(stack.find(ROLE, "lone"), "assumeRolePolicy", policy);
        },
        alsoFires: ["iam-role-boundary"],
        message,
    };
}

function closed(title: string, policy: string): Accepted {
    return {
        rule: "iam-role-trust",
        title,
        fixture: ROLES,
        change: (stack) => {
            stack.set(stack.find(ROLE, "lone"), "assumeRolePolicy", policy);
        },
    };
}

const GITHUB_WORDS = `statement 0 has no condition on ${GITHUB}:sub that names an organisation and a repository before its first wildcard`;

export const mutants: readonly Mutant[] = [
    open(
        "any workflow at GitHub, by the audience alone",
        trustIn(GITHUB, { StringEquals: AUDIENCE }),
        `trusts anybody who uses GitHub Actions: ${GITHUB_WORDS}.`,
    ),
    open("any workflow at GitHub, without a condition", trustIn(GITHUB), GITHUB_WORDS),
    ...[
        "repo:*",
        "*",
        "repo:*/shop:*",
        "repo:*:ref:refs/heads/main",
        "*:ref:refs/heads/main",
        "repo:my-org*",
        "repo:my-org/*",
        "repo:my-org/*:ref:refs/heads/main",
        "repo:my-org/shop*",
        "repo:my-or?/shop:*",
        "repo:my-org/${aws:username}:*",
        "repository_owner_id:1234:*",
        "job_workflow_ref:my-org/shop/.github/workflows/deploy.yml@refs/heads/main",
        "environment:prod",
    ].map((sub) => open(`GitHub's ${sub}`, trustIn(GITHUB, github(sub)), `first wildcard ("${sub}").`)),
    open(
        "a named repository at GitHub beside any",
        trustIn(GITHUB, github(["repo:my-org/shop:*", "repo:*"])),
        GITHUB_WORDS,
    ),
    open(
        "a repository at GitHub that need not be there",
        trustIn(GITHUB, { "ForAllValues:StringLike": { [`${GITHUB}:sub`]: "repo:my-org/shop:*" } }),
        GITHUB_WORDS,
    ),
    open(
        "a repository at GitHub if the token names one",
        trustIn(GITHUB, { StringLikeIfExists: { [`${GITHUB}:sub`]: "repo:my-org/shop:*" } }),
        GITHUB_WORDS,
    ),
    open(
        "all but one repository at GitHub",
        trustIn(GITHUB, { StringNotLike: { [`${GITHUB}:sub`]: "repo:my-org/shop:*" } }),
        GITHUB_WORDS,
    ),
    open(
        "GitHub's actor, who is anywhere",
        trustIn(GITHUB, equal(GITHUB, { actor: "octocat", aud: "sts.amazonaws.com" })),
        GITHUB_WORDS,
    ),
    open(
        "GitHub's provider by the condition keys, where the ARN does not tell it",
        policyOf({
            Principal: { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/1a2b3c` },
            Action: "sts:AssumeRoleWithWebIdentity",
            Condition: { StringEquals: AUDIENCE },
        }),
        GITHUB_WORDS,
    ),
    ...(
        [
            ["gitlab.com", "project_path:my-group/*:ref_type:branch:ref:main", "a group and a project"],
            ["gitlab.com", "project_path:*:ref_type:branch:ref:main", "a group and a project"],
            ["app.terraform.io", "organization:*:workspace:prod:run_phase:*", "an organisation"],
            ["app.terraform.io", "organization:shop:*", "and a project or workspace"],
            ["agent.buildkite.com", "organization:*:pipeline:shop:*", "an organisation and a pipeline"],
            ["agent.buildkite.com", "organization:shop:*", "an organisation and a pipeline"],
            ["oidc.codefresh.io", "account:*:pipeline:1", "an account and a pipeline"],
            ["proidc.upbound.io", "mcp:shop/*", "an organisation and a control plane"],
            ["scalr.io", "account:*", "an account"],
            ["studio.datachain.ai/api", "credentials:*", "a team"],
            ["tokens.cloud.shisho.dev", "job:*", "an organisation"],
            ["oidc-configuration.audit-log.githubusercontent.com", "https://github.com/*", "an enterprise"],
            ["vstoken.actions.githubusercontent.com", "repo:*", "an organisation and a repository"],
            [
                "rh-oidc.s3.us-east-1.amazonaws.com/22ejnvnnturfmt6km08idd0nt4hekbn7",
                "system:serviceaccount:*:api",
                "a namespace and a service account",
            ],
        ] as const
    ).map(([issuer, sub, wanted]) =>
        open(`${issuer}: ${sub}`, trustIn(issuer, like(issuer, { sub })), wanted),
    ),
    ...["api.pulumi.com/oidc", "oidc.vercel.com", "sandboxes.cloud"].map((issuer) =>
        open(
            `any organisation at ${issuer}`,
            trustIn(issuer, like(issuer, { aud: "*", sub: "*" })),
            `no condition on ${issuer}:aud that names the`,
        ),
    ),
    open(
        "Sentinel for any workspace",
        trustIn(SENTINEL, equal(SENTINEL, { aud: "api://1462b192-27f7-4cb9-8523-0f4ecb54b47e" })),
        "no condition on sts:RoleSessionName that names the workspace",
    ),
    open(
        "any pod of a cluster",
        trustIn(EKS, equal(EKS.toLowerCase(), { aud: "sts.amazonaws.com" })),
        "that names a namespace and a service account without a wildcard",
    ),
    open(
        "a service account of any namespace",
        trustIn(EKS, like(EKS, { sub: "system:serviceaccount:*:shop" })),
        '("system:serviceaccount:*:shop")',
    ),
    open(
        "any service account of a cluster that is not Amazon's",
        trustIn(
            "oidc.example.com/cluster",
            like("oidc.example.com/cluster", { sub: "system:serviceaccount:shop:*" }),
        ),
        "anybody with a token of oidc.example.com/cluster",
    ),
    open(
        "any identity pool",
        trustIn(COGNITO),
        `no condition on ${COGNITO}:aud that names the identity pool`,
    ),
    open(
        "guests of an identity pool",
        trustIn(COGNITO, equal(COGNITO, { aud: "us-east-1:12345678-ffff-ffff-ffff-123456" })),
        `trusts guests of the identity pool like users: statement 0 has no condition on ${COGNITO}:amr.`,
    ),
    open(
        "any account at Google, which can have a token made for any audience",
        trustIn("accounts.google.com", equal("accounts.google.com", { oaud: "sts.amazonaws.com" })),
        "trusts anybody who uses Google",
    ),
    open(
        "a SAML provider without an audience",
        policyOf({ Principal: { Federated: SAML }, Action: "sts:AssumeRoleWithSAML" }),
        `trusts everybody who signs in by ${SAML}: statement 0 has no condition on SAML:aud.`,
    ),
];

export const accepted: readonly Accepted[] = [
    ...[
        "repo:my-org/shop:ref:refs/heads/main",
        "repo:my-org/shop:*",
        "repo:my-org/shop:environment:prod",
        "repo:my-org/shop:pull_request",
        "repo:my-org@123456/shop@456789:ref:refs/heads/main",
        "repo:my-org@123456/shop@*",
        "repository_owner:my-org:repository:my-org/shop:ref:*",
        "repository_id:456789:environment:prod",
        "repository_owner_id:123456:job_workflow_ref:my-org/ci/.github/workflows/deploy.yml@*",
        "job_workflow_ref:my-org/ci/.github/workflows/deploy.yml@refs/heads/main:repository_owner_id:123456",
    ].map((sub) => closed(`GitHub's ${sub}`, trustIn(GITHUB, github(sub)))),
    closed(
        "two repositories at GitHub",
        trustIn(GITHUB, github(["repo:my-org/shop:*", "repo:my-org/api:*"])),
    ),
    closed(
        "a repository at GitHub for any value of a list",
        trustIn(GITHUB, { "ForAnyValue:StringLike": { [`${GITHUB}:sub`]: "repo:my-org/shop:*" } }),
    ),
    closed(
        "a repository at GitHub by its number",
        trustIn(GITHUB, equal(GITHUB, { repository_id: "456789", sub: "repo:*" })),
    ),
    closed(
        "a workflow of an organisation at GitHub",
        trustIn(GITHUB, {
            StringLike: {
                [`${GITHUB}:sub`]: "repository_owner_id:123456:*",
                [`${GITHUB}:job_workflow_ref`]: "my-org/ci/.github/workflows/deploy.yml@*",
            },
        }),
    ),
    ...(
        [
            ["gitlab.com", { sub: "project_path:my-group/sub/shop:ref_type:branch:ref:*" }],
            ["app.terraform.io", { sub: "organization:shop:project:*:workspace:prod:run_phase:apply" }],
            ["app.terraform.io", { sub: "organization:shop:project:web:workspace:*:run_phase:*" }],
            ["agent.buildkite.com", { sub: "organization:shop:pipeline:deploy:ref:refs/heads/main:*" }],
            ["oidc.codefresh.io", { sub: "account:64f447c0:pipeline:65e6d555:*" }],
            ["api.pulumi.com/oidc", { aud: "aws:shop" }],
            ["api.pulumi.com/oidc", { sub: "pulumi:deploy:org:shop:project:*" }],
            ["oidc.vercel.com", { aud: "https://vercel.com/shop" }],
            ["scalr.io", { sub: "account:shop:environment:prod:*" }],
            ["studio.datachain.ai/api", { sub: "credentials:shop/*" }],
            ["tokens.cloud.shisho.dev", { sub: "job:shop:*" }],
            ["proidc.upbound.io", { sub: "mcp:shop/prod:provider:provider-aws" }],
            ["oidc-configuration.audit-log.githubusercontent.com", { sub: "https://github.com/shop" }],
            ["accounts.google.com", { sub: "109876543210987654321" }],
            // Issuers of one organisation each.
            ["oidc.circleci.com/org/1234", { aud: "1234" }],
            [
                "api.bitbucket.org/2.0/workspaces/shop/pipelines-config/identity/oidc",
                { aud: "ari:cloud:bitbucket::workspace/1" },
            ],
            ["oidc.vercel.com/shop", { sub: "owner:shop:project:web:environment:production" }],
            ["sts.windows.net/0f1e2d3c-0000-1111-2222-333344445555/", { aud: "api://shop" }],
            ["vstoken.dev.azure.com/1234", { sub: "sc://shop/web/aws" }],
            [EKS, { sub: "system:serviceaccount:shop:orders" }],
        ] as const
    ).map(([issuer, claims]) =>
        closed(`${issuer}: ${Object.values(claims).join(", ")}`, trustIn(issuer, like(issuer, claims))),
    ),
    closed(
        "users of an identity pool",
        trustIn(COGNITO, {
            StringEquals: { [`${COGNITO}:aud`]: "us-east-1:12345678-ffff-ffff-ffff-123456" },
            "ForAnyValue:StringLike": { [`${COGNITO}:amr`]: "authenticated" },
        }),
    ),
    closed(
        "a workspace of Sentinel",
        trustIn(SENTINEL, {
            StringEquals: { "sts:RoleSessionName": "MicrosoftSentinel_1234" },
        }),
    ),
    closed(
        "a SAML provider with an audience",
        policyOf({
            Principal: { Federated: SAML },
            Action: "sts:AssumeRoleWithSAML",
            Condition: { StringEquals: { "SAML:aud": "https://signin.aws.amazon.com/saml" } },
        }),
    ),
    closed(
        "a tag on a session of GitHub's, which assumes nothing",
        policyOf({
            Principal: { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/${GITHUB}` },
            Action: "sts:TagSession",
        }),
    ),
];
