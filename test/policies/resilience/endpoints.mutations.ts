import { type Accepted, type Mutant, refTo } from "../../support/policies/mutation";

const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";

const OPEN = {
    Version: "2012-10-17",
    Statement: [{ Sid: "All", Effect: "Allow", Principal: "*", Action: "*", Resource: "*" }],
};

function readsFrom(bucket: string, action = "s3:GetObject"): string {
    return JSON.stringify({
        Version: "2012-10-17",
        Statement: [
            { Effect: "Allow", Principal: "*", Action: action, Resource: `arn:aws:s3:::${bucket}/*` },
        ],
    });
}

export const mutants: readonly Mutant[] = [
    {
        rule: "endpoint-policies-restricted",
        title: "an endpoint without a policy",
        change: (stack) => {
            stack.unset(stack.find(ENDPOINT, "shop-vpc-secretsmanager-endpoint"), "policy");
        },
        message: "has no policy, and lets everything through.",
    },
    {
        rule: "endpoint-policies-restricted",
        title: "an endpoint that lets everybody through",
        change: (stack) => {
            stack.set(stack.find(ENDPOINT, "shop-vpc-ssm-endpoint"), "policy", JSON.stringify(OPEN));
        },
        message: 'lets anybody through by the statement "All" of its policy.',
    },
    {
        rule: "endpoint-policies-restricted",
        title: "a policy that cannot be read",
        change: (stack) => {
            stack.set(stack.find(ENDPOINT, "shop-vpc-ssm-endpoint"), "policy", "{");
        },
        message: "has a policy that is no policy document.",
    },
    ...(
        [
            ["on the VPC, in which every caller is", { StringEquals: { "aws:SourceVpc": "vpc-1" } }],
            ["on any organisation", { StringLike: { "aws:PrincipalOrgID": "o-*" } }],
            [
                "that requests without an organisation pass",
                { "ForAllValues:StringEquals": { "aws:PrincipalOrgPaths": "o-1/*" } },
            ],
            ["on a role of any account", { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/shop" } }],
        ] as const
    ).map(([title, condition]): Mutant => ({
        rule: "endpoint-policies-restricted",
        title: `a condition ${title}`,
        change: (stack) => {
            const [statement] = OPEN.Statement;
            const policy = JSON.stringify({ ...OPEN, Statement: [{ ...statement, Condition: condition }] });
            stack.set(stack.find(ENDPOINT, "shop-vpc-ssm-endpoint"), "policy", policy);
        },
    })),
    ...[
        ["somebody's bucket", readsFrom("somebody-s-bucket")],
        ["any bucket", readsFrom("*")],
        ["a pattern of AWS's buckets", readsFrom("amazon-ssm-*")],
        ["writing to AWS's buckets", readsFrom("amazon-ssm-us-east-1", "s3:PutObject")],
    ].map(([title = "", policy = ""]): Mutant => ({
        rule: "endpoint-policies-restricted",
        title: `an S3 endpoint open for ${title}`,
        change: (stack) => {
            stack.set(stack.find(ENDPOINT, "shop-vpc-s3-endpoint"), "policy", policy);
        },
        message: "lets anybody through by the statement at 0 of its policy.",
    })),
];

export const accepted: readonly Accepted[] = [
    {
        rule: "endpoint-policies-restricted",
        title: "an organisation, a policy of its own, and a service that is not AWS's",
        change: (stack) => {
            const [statement] = OPEN.Statement;
            const narrowed = { ...statement, Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } } };
            const policy = JSON.stringify({ ...OPEN, Statement: [narrowed] });
            const endpoint = stack.find(ENDPOINT, "shop-vpc-ssm-endpoint");
            stack.unset(endpoint, "policy");
            stack.add({
                type: "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy",
                name: "fixture-policy",
                inputs: { vpcEndpointId: refTo(ENDPOINT, endpoint.name), policy },
            });
            stack.add({
                type: ENDPOINT,
                name: "fixture-partner",
                inputs: {
                    vpcEndpointType: "Interface",
                    serviceName: "com.amazonaws.vpce.us-east-1.vpce-svc-00000000000000000",
                },
            });
        },
    },
];
