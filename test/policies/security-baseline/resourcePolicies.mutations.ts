/** Resource policies that let anybody in, and what is shared with all. */
import { type Accepted, type FixtureResource, type Mutant, refTo } from "../../support/policies/mutation";
import { ACCOUNT, OTHER_ACCOUNT, policyOf, type StatementText } from "./documents";

const REPOSITORY = "aws:ecr/repositoryPolicy:RepositoryPolicy";
const VAULT = "aws:backup/vaultPolicy:VaultPolicy";
const FILES = "aws:efs/fileSystemPolicy:FileSystemPolicy";
const MULTI = "aws:s3control/multiRegionAccessPointPolicy:MultiRegionAccessPointPolicy";
const LAYER = "aws:lambda/layerVersionPermission:LayerVersionPermission";
const BUS = "aws:cloudwatch/eventPermission:EventPermission";
const SEARCH = "aws:elasticsearch/domainPolicy:DomainPolicy";
const API = "aws:apigateway/restApi:RestApi";
const API_POLICY = "aws:apigateway/restApiPolicy:RestApiPolicy";
const BUCKET_POLICY = "aws:s3/bucketPolicy:BucketPolicy";
const IMAGE = "aws:ec2/amiLaunchPermission:AmiLaunchPermission";
const IMAGES = "aws:imagebuilder/distributionConfiguration:DistributionConfiguration";
const VOLUMES = "aws:ec2/snapshotCreateVolumePermission:SnapshotCreateVolumePermission";
const SNAPSHOT = "aws:rds/clusterSnapshotCopy:ClusterSnapshotCopy";
const DOCUMENT = "aws:ssm/document:Document";
const SERVICE = "aws:ec2/vpcEndpointService:VpcEndpointService";
const PRINCIPAL = "aws:ec2/vpcEndpointServiceAllowedPrinciple:VpcEndpointServiceAllowedPrinciple";
const BLOCK = "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess";

const OPEN: StatementText = { Sid: "Open", Principal: "*", Action: "*", Resource: "*" };
const NAMED: StatementText = { Principal: { AWS: ACCOUNT }, Action: "*", Resource: "*" };

interface Place {
    readonly type: string;
    readonly inputs: Readonly<Record<string, unknown>>;
    readonly more?: readonly FixtureResource[];
}

function fixtureOf({ type, inputs, more = [] }: Place): readonly FixtureResource[] {
    return [...more, { type, name: "lone", inputs }];
}

function finds(
    rule: string,
    title: string,
    place: Place,
    path: string,
    value: unknown,
    rest: Partial<Mutant> = {},
): Mutant {
    return {
        ...rest,
        rule,
        title,
        fixture: fixtureOf(place),
        change: (stack) => {
            stack.set(stack.find(place.type, "lone"), path, value);
        },
    };
}

function accepts(rule: string, title: string, place: Place, path: string, value: unknown): Accepted {
    const { fixture = [], change } = finds(rule, title, place, path, value);
    return { rule, title, fixture, change };
}

const repository: Place = { type: REPOSITORY, inputs: { repository: "shop", policy: policyOf(NAMED) } };
const vault: Place = { type: VAULT, inputs: { backupVaultName: "shop", policy: policyOf(NAMED) } };
const files: Place = { type: FILES, inputs: { fileSystemId: "fs-1", policy: policyOf(NAMED) } };
const multi: Place = { type: MULTI, inputs: { details: { name: "shop", policy: policyOf(NAMED) } } };
const layer: Place = {
    type: LAYER,
    inputs: {
        action: "lambda:GetLayerVersion",
        layerName: "l",
        principal: ACCOUNT,
        statementId: "s",
        versionNumber: 1,
    },
};
const bus: Place = { type: BUS, inputs: { principal: ACCOUNT, statementId: "s" } };
const search: Place = { type: SEARCH, inputs: { domainName: "shop", accessPolicies: policyOf(NAMED) } };
const privateApi: FixtureResource = {
    type: API,
    name: "private",
    inputs: { endpointConfiguration: { types: "PRIVATE" } },
};
const apiPolicy: Place = {
    type: API_POLICY,
    inputs: { restApiId: refTo(API, "private"), policy: policyOf(NAMED) },
    more: [privateApi],
};
const service: Place = {
    type: SERVICE,
    inputs: { acceptanceRequired: false, allowedPrincipals: [`arn:aws:iam::${ACCOUNT}:root`] },
};
const principal: Place = {
    type: PRINCIPAL,
    inputs: { vpcEndpointServiceId: "vpce-svc-1", principalArn: `arn:aws:iam::${ACCOUNT}:root` },
};

const bucketPolicy = { type: BUCKET_POLICY, name: "shop-edge-static-policy" };
const forOther = (statement: StatementText): StatementText => ({
    Principal: { AWS: `arn:aws:iam::${OTHER_ACCOUNT}:root` },
    Resource: "arn:aws:s3:::static/*",
    ...statement,
});

/** The static bucket's policy, with a statement more. */
function bucketWith(...statements: readonly StatementText[]): string {
    return policyOf(
        {
            Effect: "Deny",
            Principal: "*",
            Action: "s3:*",
            Resource: ["arn:aws:s3:::static", "arn:aws:s3:::static/*"],
            Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
        ...statements,
    );
}

function bucketMutant(title: string, statement: StatementText, message: string): Mutant {
    return {
        rule: "s3-bucket-policy-accounts",
        title,
        change: (stack) => {
            stack.set(stack.find(bucketPolicy.type, bucketPolicy.name), "policy", bucketWith(statement));
        },
        message,
    };
}

function bucketAccepted(title: string, statement: StatementText, config?: Mutant["config"]): Accepted {
    return {
        rule: "s3-bucket-policy-accounts",
        title,
        ...(config === undefined ? {} : { config }),
        change: (stack) => {
            stack.set(stack.find(bucketPolicy.type, bucketPolicy.name), "policy", bucketWith(statement));
        },
    };
}

export const mutants: readonly Mutant[] = [
    finds("resource-policy-public", "a repository", repository, "policy", policyOf(OPEN), {
        message: 'lets anybody in: statement "Open" allows * to everyone.',
    }),
    finds(
        "resource-policy-public",
        "a vault, of any organisation",
        vault,
        "policy",
        policyOf({
            ...OPEN,
            Condition: { StringLike: { "aws:PrincipalOrgID": "*" } },
        }),
    ),
    finds(
        "resource-policy-public",
        "a file system over TLS",
        files,
        "policy",
        policyOf({
            ...OPEN,
            Condition: { Bool: { "aws:SecureTransport": "true" } },
        }),
    ),
    finds("resource-policy-public", "a multi-Region access point", multi, "details.policy", policyOf(OPEN)),
    finds("resource-policy-public", "a layer", layer, "principal", "*", {
        message: "lets anybody use the layer",
    }),
    finds("resource-policy-public", "an event bus", bus, "principal", "*", {
        message: "lets anybody send events",
    }),
    finds(
        "opensearch-policy-public",
        "a domain outside the stack",
        search,
        "accessPolicies",
        policyOf(OPEN),
        {
            message: 'lets anybody in: statement "Open"',
        },
    ),
    finds("apigateway-private-policy", "a private API", apiPolicy, "policy", policyOf(OPEN), {
        message: 'lets anybody in: statement "Open"',
    }),
    ...(
        [
            ["an image", { type: IMAGE, inputs: { imageId: "ami-1", accountId: ACCOUNT } }, "group", "all"],
            [
                "images of a pipeline",
                {
                    type: IMAGES,
                    inputs: {
                        distributions: [
                            {
                                region: "us-east-1",
                                amiDistributionConfiguration: { launchPermission: { userIds: [ACCOUNT] } },
                            },
                        ],
                    },
                },
                "distributions[0].amiDistributionConfiguration.launchPermission.userGroups",
                ["all"],
            ],
            [
                "a snapshot of a volume",
                { type: VOLUMES, inputs: { snapshotId: "snap-1", accountId: ACCOUNT } },
                "accountId",
                "all",
            ],
            [
                "a snapshot of a cluster",
                {
                    type: SNAPSHOT,
                    inputs: {
                        sourceDbClusterSnapshotIdentifier: "a",
                        targetDbClusterSnapshotIdentifier: "b",
                        sharedAccounts: [ACCOUNT],
                    },
                },
                "sharedAccounts",
                ["all"],
            ],
            [
                "a document",
                {
                    type: DOCUMENT,
                    inputs: {
                        content: "{}",
                        documentType: "Command",
                        permissions: { type: "Share", account_ids: ACCOUNT },
                    },
                },
                "permissions",
                { type: "Share", account_ids: "All" },
            ],
            ["an endpoint service", service, "allowedPrincipals", ["*"]],
            ["a principal of an endpoint service", principal, "principalArn", "*"],
            [
                "a region's snapshots",
                { type: BLOCK, inputs: { state: "block-all-sharing" } },
                "state",
                "unblocked",
            ],
        ] as const
    ).map(([title, place, path, value]) => finds("sharing-public", title, place, path, value)),
    bucketMutant(
        "another account that may replace the policy",
        forOther({ Sid: "Partner", Action: ["s3:GetObject", "s3:PutBucketPolicy"] }),
        `lets the account ${OTHER_ACCOUNT} do s3:PutBucketPolicy: statement "Partner".`,
    ),
    bucketMutant(
        "another account that may do everything",
        forOther({ Action: "s3:*" }),
        "do s3:DeleteBucketPolicy, s3:PutBucketAcl, s3:PutBucketPolicy, s3:PutEncryptionConfiguration and s3:PutObjectAcl",
    ),
    bucketMutant(
        "a user of another account that may open objects",
        forOther({
            Principal: { AWS: [ACCOUNT, `arn:aws:iam::${OTHER_ACCOUNT}:user/partner`] },
            Action: "s3:PutObject*",
        }),
        "do s3:PutObjectAcl",
    ),
    bucketMutant(
        "another account that may do all but delete",
        forOther({ NotAction: ["s3:Delete*"] }),
        "do s3:PutBucketAcl",
    ),
    bucketMutant(
        "another account by a condition",
        forOther({
            Principal: "*",
            Action: "S3:PutBucketAcl",
            Condition: { StringEquals: { "aws:PrincipalAccount": OTHER_ACCOUNT } },
        }),
        `lets the account ${OTHER_ACCOUNT} do s3:PutBucketAcl`,
    ),
    bucketMutant(
        "every account of an organisation",
        forOther({
            Principal: "*",
            Action: "s3:PutBucketAcl",
            Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1234567890" } },
        }),
        "lets every account of o-1234567890 do",
    ),
];

export const accepted: readonly Accepted[] = [
    accepts(
        "resource-policy-public",
        "a file system that is mounted",
        files,
        "policy",
        policyOf({
            ...OPEN,
            Condition: { Bool: { "elasticfilesystem:AccessedViaMountTarget": "true" } },
        }),
    ),
    accepts(
        "resource-policy-public",
        "a file system by an access point",
        files,
        "policy",
        policyOf({
            ...OPEN,
            Condition: {
                StringEquals: {
                    "elasticfilesystem:AccessPointArn": `arn:aws:elasticfilesystem:us-east-1:${ACCOUNT}:access-point/fsap-1`,
                },
            },
        }),
    ),
    accepts(
        "resource-policy-public",
        "a vault that denies everybody",
        vault,
        "policy",
        policyOf({
            Effect: "Deny",
            Principal: "*",
            Action: "backup:DeleteRecoveryPoint",
            Resource: "*",
        }),
    ),
    accepts(
        "resource-policy-public",
        "copies into a vault from the organisation",
        vault,
        "policy",
        policyOf({
            ...OPEN,
            Action: "backup:CopyIntoBackupVault",
            Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1234567890" } },
        }),
    ),
    accepts(
        "resource-policy-public",
        "a service",
        repository,
        "policy",
        policyOf({
            Principal: { Service: "lambda.amazonaws.com" },
            Action: "ecr:BatchGetImage",
        }),
    ),
    {
        rule: "resource-policy-public",
        title: "a layer for the organisation",
        fixture: fixtureOf({ ...layer, inputs: { ...layer.inputs, organizationId: "o-1234567890" } }),
        change: (stack) => {
            stack.set(stack.find(LAYER, "lone"), "principal", "*");
        },
    },
    {
        rule: "opensearch-policy-public",
        title: "a domain in a VPC",
        fixture: [
            {
                type: "aws:opensearch/domain:Domain",
                name: "lone",
                inputs: { vpcOptions: { subnetIds: ["subnet-1"] }, accessPolicies: policyOf(NAMED) },
            },
        ],
        change: (stack) => {
            stack.set(stack.find("aws:opensearch/domain:Domain", "lone"), "accessPolicies", policyOf(OPEN));
        },
    },
    {
        rule: "opensearch-policy-public",
        title: "a domain with users of its own",
        fixture: [
            {
                type: "aws:opensearch/domain:Domain",
                name: "lone",
                inputs: { advancedSecurityOptions: { enabled: true }, accessPolicies: policyOf(NAMED) },
            },
        ],
        change: (stack) => {
            stack.set(stack.find("aws:opensearch/domain:Domain", "lone"), "accessPolicies", policyOf(OPEN));
        },
    },
    accepts(
        "opensearch-policy-public",
        "an office",
        search,
        "accessPolicies",
        policyOf({
            ...OPEN,
            Condition: { IpAddress: { "aws:SourceIp": ["203.0.113.0/24"] } },
        }),
    ),
    accepts(
        "apigateway-private-policy",
        "a private API that denies all but an endpoint",
        apiPolicy,
        "policy",
        policyOf(OPEN, {
            ...OPEN,
            Effect: "Deny",
            Condition: { StringNotEquals: { "aws:SourceVpce": "vpce-0a1b2c3d" } },
        }),
    ),
    {
        rule: "apigateway-private-policy",
        title: "an API that anybody may call",
        fixture: [{ type: API, name: "lone", inputs: { endpointConfiguration: { types: "REGIONAL" } } }],
        change: (stack) => {
            stack.set(stack.find(API, "lone"), "policy", policyOf(OPEN));
        },
    },
    {
        rule: "sharing-public",
        title: "a principal of a service that asks",
        fixture: [
            { type: SERVICE, name: "asking", inputs: { acceptanceRequired: true, allowedPrincipals: ["*"] } },
            {
                type: PRINCIPAL,
                name: "lone",
                inputs: { vpcEndpointServiceId: refTo(SERVICE, "asking"), principalArn: ACCOUNT },
            },
        ],
        change: (stack) => {
            stack.set(stack.find(PRINCIPAL, "lone"), "principalArn", "*");
        },
    },
    bucketAccepted(
        "another account that reads and writes",
        forOther({ Action: ["s3:GetObject", "s3:PutObject"] }),
    ),
    bucketAccepted("the own account", forOther({ Principal: { AWS: ACCOUNT }, Action: "s3:*" })),
    bucketAccepted(
        "another account that is denied",
        forOther({ Effect: "Deny", Action: "s3:PutBucketPolicy" }),
    ),
    bucketAccepted("another account of the program", forOther({ Action: "s3:PutBucketPolicy" }), {
        ownAccounts: [OTHER_ACCOUNT],
    }),
    bucketAccepted("all but what is sensitive", forOther({ NotAction: ["s3:Put*", "s3:DeleteBucket*"] })),
];
