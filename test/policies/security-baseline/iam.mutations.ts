import { type Accepted, type FixtureResource, type Mutant, refTo } from "../../support/policies/mutation";
import { ACCOUNT, OTHER_ACCOUNT, policyOf, type StatementText } from "./documents";
import { setting, unsetting } from "./settings";

const POLICY = "aws:iam/policy:Policy";
const ROLE = "aws:iam/role:Role";
const ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy";
const PASSWORD_POLICY = "aws:iam/accountPasswordPolicy:AccountPasswordPolicy";
const ANALYZER = "aws:accessanalyzer/analyzer:Analyzer";
const TRAIL = "aws:cloudtrail/trail:Trail";
const ACCESS_BLOCK = "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock";

const READ = { Sid: "Read", Action: "s3:GetObject", Resource: "arn:aws:s3:::wares/*" };
const TRUST_SERVICE = policyOf({
    Principal: { Service: "lambda.amazonaws.com" },
    Action: "sts:AssumeRole",
});

/** The forms that identity-based policies come in. */
const POLICIES: readonly FixtureResource[] = [
    { type: ROLE, name: "lone", inputs: { assumeRolePolicy: TRUST_SERVICE, inlinePolicies: [] } },
    { type: POLICY, name: "lone", inputs: { policy: policyOf(READ) } },
    {
        type: ROLE_POLICY,
        name: "lone",
        inputs: { role: refTo(ROLE, "lone"), policy: policyOf(READ) },
    },
    { type: "aws:iam/group:Group", name: "lone", inputs: {} },
    {
        type: "aws:iam/groupPolicy:GroupPolicy",
        name: "lone",
        inputs: { group: refTo("aws:iam/group:Group", "lone"), policy: policyOf(READ) },
    },
    {
        type: "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy",
        name: "lone",
        inputs: { inlinePolicy: policyOf(READ), instanceArn: "i", permissionSetArn: "p" },
    },
];
const PROVIDER = `arn:aws:iam::${ACCOUNT}:oidc-provider/ci.example.com`;
const managed = { type: POLICY, name: "lone", fixture: POLICIES };
const inRole = { type: ROLE, name: "lone", fixture: POLICIES };
const forRole = { type: ROLE_POLICY, name: "lone", fixture: POLICIES };
const forGroup = { type: "aws:iam/groupPolicy:GroupPolicy", name: "lone", fixture: POLICIES };
const forPeople = {
    type: "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy",
    name: "lone",
    fixture: POLICIES,
};

const everything = policyOf(READ, { Sid: "All", Action: "*", Resource: "*" });
const service = policyOf({
    Action: ["logs:PutLogEvents", "dynamodb:*"],
    Resource: "arn:aws:dynamodb:*:*:table/t",
});
const anyBucket = policyOf({ Sid: "Wide", Action: ["s3:Get*", "xray:PutTraceSegments"], Resource: ["*"] });
const anyKey = policyOf({ Action: ["kms:Decrypt", "kms:DescribeKey"], Resource: "*" });

function inline(policy: string): readonly unknown[] {
    return [
        { name: "read", policy: policyOf(READ) },
        { name: "more", policy },
    ];
}

function attachment(type: string, title: string, inputs: Readonly<Record<string, unknown>>): Mutant {
    return {
        rule: "iam-user-policies",
        title,
        change: (stack) => {
            stack.add({ type, name: "lone", inputs });
        },
        decidedBy: "relations",
    };
}

const ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess";
const READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess";

function attaching(
    type: string,
    title: string,
    property: string,
    ...arns: readonly [string, string]
): Mutant {
    const isList = property.endsWith("s");
    const [before, after] = arns;
    const fixture = [{ type, name: "lone", inputs: { [property]: isList ? [before] : before, role: "r" } }];
    return setting(
        { type, name: "lone", fixture },
        "iam-admin-managed-policies",
        title,
        property,
        isList ? [before, after] : after,
        { message: `attaches ${after.split("/").at(-1) ?? ""} of AWS's` },
    );
}

function trust(...statements: readonly StatementText[]): string {
    return policyOf(...statements.map((statement) => ({ Action: "sts:AssumeRole", ...statement })));
}

const fleetRole = { type: ROLE, name: "shop-web-fleet-role" };

export const mutants: readonly Mutant[] = [
    setting(managed, "iam-full-admin", "a managed policy", "policy", everything, {
        message: 'statement "All" has Action "*" on Resource "*"',
    }),
    setting(inRole, "iam-full-admin", "an inline policy of a role", "inlinePolicies", inline(everything)),
    setting(forRole, "iam-full-admin", "a policy of a role", "policy", everything),
    setting(forGroup, "iam-full-admin", "a policy of a group", "policy", everything),
    setting(forPeople, "iam-full-admin", "a policy of a permission set", "inlinePolicy", everything),
    setting(
        managed,
        "iam-full-admin",
        "everything but some resources",
        "policy",
        policyOf({ Action: ["*:*"], NotResource: "arn:aws:s3:::secret" }),
    ),
    setting(managed, "iam-service-wildcards", "all actions of a service", "policy", service, {
        message: 'statement 0 has Action "dynamodb:*"',
    }),
    setting(forRole, "iam-service-wildcards", "in a policy of a role", "policy", service),
    setting(
        managed,
        "iam-service-wildcards",
        "all actions on one resource",
        "policy",
        policyOf({ Action: "*", Resource: "arn:aws:s3:::wares" }),
    ),
    setting(
        managed,
        "iam-service-wildcards",
        "all actions but some",
        "policy",
        policyOf({ NotAction: "iam:*", Resource: "arn:aws:s3:::wares" }),
        { message: 'has NotAction ["iam:*"]' },
    ),
    setting(managed, "iam-wildcard-resources", "data of any resource", "policy", anyBucket, {
        message:
            'allows s3:GetObject and s3:GetObjectVersion on any resource: statement "Wide" has Resource "*"',
    }),
    setting(inRole, "iam-wildcard-resources", "in an inline policy", "inlinePolicies", inline(anyBucket)),
    setting(
        managed,
        "iam-wildcard-resources",
        "a tag that need not be there",
        "policy",
        policyOf({
            Action: "secretsmanager:GetSecretValue",
            Resource: "*",
            Condition: { StringEqualsIfExists: { "aws:ResourceTag/team": "shop" } },
        }),
    ),
    setting(managed, "iam-decrypt-any-key", "any key", "policy", anyKey, {
        message: 'statement 0 has kms:Decrypt on "*"',
    }),
    setting(
        managed,
        "iam-decrypt-any-key",
        "any key of the account",
        "policy",
        policyOf({ Action: "kms:ReEncrypt*", Resource: `arn:aws:kms:us-east-1:${ACCOUNT}:key/*` }),
    ),
    setting(forRole, "iam-decrypt-any-key", "in a policy of a role", "policy", anyKey),
    attachment("aws:iam/userPolicyAttachment:UserPolicyAttachment", "an attached policy", {
        user: "alice",
        policyArn: READ_ONLY,
    }),
    attachment("aws:iam/userPolicy:UserPolicy", "an inline policy", {
        user: "alice",
        policy: policyOf(READ),
    }),
    {
        rule: "iam-user-policies",
        title: "an attachment to users among others",
        fixture: [
            {
                type: "aws:iam/policyAttachment:PolicyAttachment",
                name: "lone",
                inputs: { policyArn: READ_ONLY, groups: ["readers"], users: [] },
            },
        ],
        change: (stack) => {
            stack.set(stack.find("aws:iam/policyAttachment:PolicyAttachment"), "users", ["alice"]);
        },
        message: "users is not empty",
    },
    ...["aws:iam/user:User", "aws:iam/accessKey:AccessKey"].map((type): Mutant => ({
        rule: "iam-users",
        title: type,
        change: (stack) => {
            stack.add({ type, name: "lone", inputs: { user: "alice" } });
        },
        decidedBy: "relations",
    })),
    {
        rule: "iam-users",
        title: "a password for the console",
        change: (stack) => {
            stack.add({
                type: "aws:iam/userLoginProfile:UserLoginProfile",
                name: "lone",
                inputs: { user: "alice" },
            });
        },
        decidedBy: "relations",
    },
    setting(
        {
            type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
            name: "shop-web-fleet-session-manager",
        },
        "iam-admin-managed-policies",
        "a role's attachment",
        "policyArn",
        ADMIN,
    ),
    attaching(
        "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
        "a group's attachment",
        "policyArn",
        READ_ONLY,
        "arn:aws-us-gov:iam::aws:policy/IAMFullAccess",
    ),
    attaching(
        "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
        "a list of attachments",
        "policyArns",
        READ_ONLY,
        "arn:aws:iam::aws:policy/AWSCloudShellFullAccess",
    ),
    attaching(
        "aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment",
        "a permission set's attachment",
        "managedPolicyArn",
        READ_ONLY,
        ADMIN,
    ),
    setting(inRole, "iam-admin-managed-policies", "a role's list", "managedPolicyArns", [READ_ONLY, ADMIN]),
    setting(
        fleetRole,
        "iam-role-trust",
        "anybody",
        "assumeRolePolicy",
        trust({ Sid: "Open", Principal: "*", Condition: { Bool: { "aws:SecureTransport": "true" } } }),
        { message: 'can be assumed by anybody: statement "Open"', alsoFires: ["iam-role-boundary"] },
    ),
    setting(
        fleetRole,
        "iam-role-trust",
        "another account",
        "assumeRolePolicy",
        trust({ Principal: { AWS: [`arn:aws:iam::${ACCOUNT}:root`, `arn:aws:iam::${OTHER_ACCOUNT}:root`] } }),
        { message: `trusts the account ${OTHER_ACCOUNT}`, alsoFires: ["iam-role-boundary"] },
    ),
    setting(
        fleetRole,
        "iam-role-trust",
        "another account by its id, with an external ID of its choice",
        "assumeRolePolicy",
        trust({
            Principal: { AWS: OTHER_ACCOUNT },
            Condition: { StringLike: { "sts:ExternalId": "*" } },
        }),
        { alsoFires: ["iam-role-boundary"] },
    ),
    setting(
        fleetRole,
        "iam-role-boundary",
        "people of the account",
        "assumeRolePolicy",
        trust({ Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } }),
    ),
    setting(
        fleetRole,
        "iam-role-boundary",
        "an identity provider",
        "assumeRolePolicy",
        policyOf({
            Principal: { Federated: PROVIDER },
            Action: "sts:AssumeRoleWithWebIdentity",
            Condition: { StringLike: { "ci.example.com:sub": "repo:shop/*" } },
        }),
    ),
    ...(
        [
            ["an identity provider for everybody", undefined],
            ["an identity provider for any subject", { StringLike: { "ci.example.com:sub": "*" } }],
            ["an identity provider for all but one", { StringNotEquals: { "ci.example.com:sub": "x" } }],
        ] as const
    ).map(([title, condition]) =>
        setting(
            inRole,
            "iam-role-trust",
            title,
            "assumeRolePolicy",
            policyOf({
                Principal: { Federated: PROVIDER },
                Action: "sts:AssumeRoleWithWebIdentity",
                ...(condition === undefined ? {} : { Condition: condition }),
            }),
            {
                message: `trusts everybody who signs in by ${PROVIDER}: statement 0 has no condition`,
                alsoFires: ["iam-role-boundary"],
            },
        ),
    ),
    ...(
        [
            ["every bucket", "s3:GetObject", "arn:aws:s3:::*"],
            ["every object", "s3:GetObject", "arn:aws:s3:::*/*"],
            ["every table", "dynamodb:GetItem", `arn:aws:dynamodb:*:${ACCOUNT}:table/*`],
            [
                "every secret",
                "secretsmanager:GetSecretValue",
                `arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:*`,
            ],
            ["every role", "iam:PassRole", `arn:aws:iam::${ACCOUNT}:role/*`],
        ] as const
    ).map(([title, action, resource]) =>
        setting(
            managed,
            "iam-wildcard-resources",
            title,
            "policy",
            policyOf({ Action: action, Resource: resource }),
            {
                message: `allows ${action} on any resource: statement 0 has Resource "${resource}".`,
            },
        ),
    ),
    {
        rule: "iam-role-boundary",
        title: "another boundary than those allowed",
        config: { boundaries: [`arn:aws:iam::${ACCOUNT}:policy/boundary-*`] },
        fixture: [
            {
                type: ROLE,
                name: "lone",
                inputs: {
                    assumeRolePolicy: trust({ Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } }),
                    permissionsBoundary: `arn:aws:iam::${ACCOUNT}:policy/boundary-deploy`,
                },
            },
        ],
        change: (stack) => {
            stack.set(stack.find(ROLE, "lone"), "permissionsBoundary", READ_ONLY);
        },
    },
    ...(
        [
            ["minimumPasswordLength", 13],
            ["passwordReusePrevention", 23],
            ["maxPasswordAge", 91],
            ["requireSymbols", false],
            ["requireUppercaseCharacters", "false"],
        ] as const
    ).map(([property, value]) =>
        setting({ type: PASSWORD_POLICY }, "iam-password-policy", property, property, value, {
            message: property,
        }),
    ),
    unsetting({ type: PASSWORD_POLICY }, "iam-password-policy", "no length", "minimumPasswordLength", {
        message: "minimumPasswordLength is 6",
    }),
    unsetting({ type: PASSWORD_POLICY }, "iam-password-policy", "no end", "maxPasswordAge", {
        message: "maxPasswordAge is 0",
    }),
    {
        rule: "iam-password-policy",
        title: "no policy in the account's home",
        change: (stack) => {
            stack.remove(stack.find(PASSWORD_POLICY));
        },
        message: "leaves AWS's default password policy in place",
    },
    {
        rule: "iam-password-policy",
        title: "no policy in a stack that is named as the account's home",
        config: { homeStacks: ["*-us"] },
        change: (stack) => {
            stack.remove(stack.find(PASSWORD_POLICY));
            stack.remove(stack.find(ACCESS_BLOCK));
            stack.remove(stack.find(TRAIL));
        },
    },
    {
        rule: "iam-password-policy",
        title: "no policy where somebody gets a password",
        stack: "prod-global",
        change: (stack) => {
            stack.add({
                type: "aws:iam/userLoginProfile:UserLoginProfile",
                name: "lone",
                inputs: { user: "alice" },
            });
        },
        decidedBy: "relations",
        alsoFires: ["iam-users"],
    },
    {
        rule: "iam-access-analyzer",
        title: "no analyzer",
        change: (stack) => {
            stack.remove(stack.find(ANALYZER));
        },
        message: "uses us-east-1, where no analyzer looks for access from outside",
    },
    setting(
        { type: ANALYZER },
        "iam-access-analyzer",
        "one for unused access",
        "type",
        "ACCOUNT_UNUSED_ACCESS",
    ),
    {
        rule: "iam-access-analyzer",
        title: "an analyzer of another region",
        stack: "prod-eu",
        change: (stack) => {
            stack.set(stack.find(ANALYZER), "region", "us-east-1");
        },
        message: "uses eu-central-1",
    },
];

function accepting(rule: string, title: string, property: string, value: string): Accepted {
    return setting(property === "policy" ? managed : fleetRole, rule, title, property, value);
}

export const accepted: readonly Accepted[] = [
    accepting(
        "iam-full-admin",
        "a deny of everything",
        "policy",
        policyOf({ Effect: "Deny", Action: "*", Resource: "*" }),
    ),
    accepting(
        "iam-service-wildcards",
        "a prefix",
        "policy",
        policyOf({ Action: "ec2:Describe*", Resource: "*" }),
    ),
    accepting(
        "iam-service-wildcards",
        "a deny of a service",
        "policy",
        policyOf({ Effect: "Deny", NotAction: "iam:*", Resource: "*" }),
    ),
    accepting(
        "iam-wildcard-resources",
        "actions that cannot be limited",
        "policy",
        policyOf({ Action: ["xray:PutTraceSegments", "ec2:Describe*", "kms:*"], Resource: "*" }),
    ),
    accepting(
        "iam-wildcard-resources",
        "a tag of the resources",
        "policy",
        policyOf({
            Action: "secretsmanager:GetSecretValue",
            Resource: "*",
            Condition: { StringEquals: { "secretsmanager:ResourceTag/team": "shop" } },
        }),
    ),
    accepting(
        "iam-decrypt-any-key",
        "one key",
        "policy",
        policyOf({ Action: "kms:Decrypt", Resource: `arn:aws:kms:us-east-1:${ACCOUNT}:key/1234` }),
    ),
    accepting(
        "iam-decrypt-any-key",
        "other actions on any key",
        "policy",
        policyOf({ Action: ["kms:Encrypt", "kms:Describe*"], Resource: "*" }),
    ),
    accepting(
        "iam-role-trust",
        "the own account",
        "assumeRolePolicy",
        trust({ Principal: { AWS: `arn:aws:iam::${ACCOUNT}:role/deploy` } }),
    ),
    accepting(
        "iam-role-trust",
        "an external ID",
        "assumeRolePolicy",
        trust({
            Principal: { AWS: OTHER_ACCOUNT },
            Condition: { StringEquals: { "sts:ExternalId": "a-1" } },
        }),
    ),
    accepting(
        "iam-role-trust",
        "the organisation",
        "assumeRolePolicy",
        trust({
            Principal: { AWS: "*" },
            Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1234567890" } },
        }),
    ),
    accepting(
        "iam-role-trust",
        "a service of which the account is not sure to be told",
        "assumeRolePolicy",
        trust({
            Principal: { Service: "s3.amazonaws.com" },
            Condition: { StringEqualsIfExists: { "aws:SourceAccount": ACCOUNT } },
        }),
    ),
    {
        ...accepting(
            "iam-role-trust",
            "an account that is trusted",
            "assumeRolePolicy",
            trust({ Principal: { AWS: OTHER_ACCOUNT } }),
        ),
        config: { trustedAccounts: [OTHER_ACCOUNT] },
    },
    {
        rule: "iam-password-policy",
        title: "an account that something else looks after",
        config: { managedElsewhere: true },
        change: (stack) => {
            stack.remove(stack.find(PASSWORD_POLICY));
        },
    },
    {
        rule: "iam-password-policy",
        title: "a stack that does not look after its account",
        change: (stack) => {
            stack.remove(stack.find(PASSWORD_POLICY));
            stack.remove(stack.find(ACCESS_BLOCK));
            stack.remove(stack.find(TRAIL));
        },
    },
    {
        rule: "iam-access-analyzer",
        title: "an analyzer of the organisation",
        change: (stack) => {
            stack.set(stack.find(ANALYZER), "type", "ORGANIZATION");
        },
    },
];
