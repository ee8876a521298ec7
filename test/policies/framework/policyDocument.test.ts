import { expect } from "chai";
import { isPublic, statementsOf } from "../../../policies/framework";

type Condition = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Whether a statement that allows everybody something is public under the condition. */
function isOpen(condition: Condition): boolean {
    const [statement] =
        statementsOf({
            Statement: [
                {
                    Effect: "Allow",
                    Principal: "*",
                    Action: "s3:GetObject",
                    Resource: "*",
                    Condition: condition,
                },
            ],
        }) ?? [];
    if (statement === undefined) {
        throw new Error("no statement");
    }
    return isPublic(statement);
}

const like = (key: string, ...values: readonly string[]): Condition => ({ ArnLike: { [key]: values } });
const equal = (key: string, ...values: readonly string[]): Condition => ({ StringEquals: { [key]: values } });
const alike = (key: string, ...values: readonly string[]): Condition => ({ StringLike: { [key]: values } });

/** Conditions after which nobody comes in who is not named. */
const NARROW: readonly (readonly [string, Condition])[] = [
    ["a principal", equal("aws:PrincipalArn", "arn:aws:iam::111122223333:role/deploy")],
    ["some principals of an account", like("aws:PrincipalArn", "arn:aws:iam::111122223333:role/deploy-*")],
    ["anything of an account as the source", like("aws:SourceArn", "arn:aws:logs:*:111122223333:*")],
    ["a bucket as the source", like("aws:SourceArn", "arn:aws:s3:::shop-data")],
    ["a bucket in the way of AWS's examples", like("aws:SourceArn", "arn:aws:s3:*:*:shop-data")],
    ["an account's access points", like("aws:SourceArn", "arn:aws:s3:*:111122223333:accesspoint/*")],
    ["a health check", like("aws:SourceArn", "arn:aws:route53:::healthcheck/a1b2c3d4")],
    ["an account", equal("aws:SourceAccount", "111122223333")],
    ["an account, whatever the case of the key", equal("AWS:SourceAccount", "111122223333")],
    ["two accounts", equal("aws:PrincipalAccount", "111122223333", "444455556666")],
    ["an organisation", equal("aws:PrincipalOrgID", "o-a1b2c3d4e5")],
    [
        "a part of an organisation",
        { "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": ["o-a1b2c3d4e5/r-ab12/ou-ab12-*"] } },
    ],
    ["a VPC", equal("aws:SourceVpc", "vpc-0a1b2c3d")],
    ["the sessions of a role", alike("aws:userid", "AROAEXAMPLEID:*")],
    ["a key's caller", equal("kms:CallerAccount", "111122223333")],
    ["the access points of an account", equal("s3:DataAccessPointAccount", "111122223333")],
    [
        "access points of an account by their ARN",
        like("s3:DataAccessPointArn", "arn:aws:s3:us-east-1:111122223333:accesspoint/*"),
    ],
    ["an office", { IpAddress: { "aws:SourceIp": ["203.0.113.0/24", "2001:db8::/48", "198.51.100.7"] } }],
    [
        "an account beside what narrows nothing",
        {
            StringEquals: { "aws:SourceAccount": "111122223333" },
            ArnLike: { "aws:SourceArn": "arn:aws:s3:::*" },
        },
    ],
];

/** Conditions that still let everybody in. */
const OPEN: readonly (readonly [string, Condition])[] = [
    ["anybody", like("aws:PrincipalArn", "*")],
    ["principals of any account", like("aws:PrincipalArn", "arn:aws:iam::*:role/deploy")],
    ["principals of accounts that begin alike", like("aws:PrincipalArn", "arn:aws:iam::1111*:role/deploy")],
    ["anything of one service", like("aws:PrincipalArn", "arn:aws:iam:*")],
    ["sources of any account", like("aws:SourceArn", "arn:aws:sns:eu-central-1:*:alarms")],
    ["sources of an account with one digit open", like("aws:SourceArn", "arn:aws:sns:*:11112222333?:alarms")],
    ["any bucket as the source", like("aws:SourceArn", "arn:aws:s3:::*")],
    ["buckets whose names begin alike, which anybody can make", like("aws:SourceArn", "arn:aws:s3:::shop-*")],
    ["access points of any account", like("aws:SourceArn", "arn:aws:s3:*:*:accesspoint/orders")],
    ["any health check", like("aws:SourceArn", "arn:aws:route53:::healthcheck/*")],
    ["no source", { ArnLike: { "aws:SourceArn": [] } }],
    ["any account as text", alike("aws:SourceAccount", "*")],
    ["any account", equal("aws:SourceAccount", "*")],
    ["twelve digits", alike("aws:SourceAccount", "????????????")],
    ["any organisation", equal("aws:PrincipalOrgID", "*")],
    ["any organisation by its prefix", alike("aws:PrincipalOrgID", "o-*")],
    [
        "any part of any organisation",
        { "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": ["o-*/r-ab12/*"] } },
    ],
    ["any VPC", alike("aws:SourceVpc", "vpc-*")],
    ["any role's sessions", alike("aws:userid", "*:deploy")],
    ["whoever asks, by a variable", equal("aws:SourceAccount", "${aws:PrincipalAccount}")],
    ["every address", { IpAddress: { "aws:SourceIp": "0.0.0.0/0" } }],
    ["half of the addresses", { IpAddress: { "aws:SourceIp": ["128.0.0.0/1", "203.0.113.0/24"] } }],
    ["every address of IPv6", { IpAddress: { "aws:SourceIp": "2000::/3" } }],
    ["all but an office", { NotIpAddress: { "aws:SourceIp": "203.0.113.0/24" } }],
    ["addresses in any VPC", { IpAddress: { "aws:VpcSourceIp": "10.0.0.0/16" } }],
    [
        "access points of any account by their ARN",
        like("s3:DataAccessPointArn", "arn:aws:s3:us-east-1:*:accesspoint/*"),
    ],
    ["an account or any", equal("aws:SourceAccount", "111122223333", "*")],
    ["a condition on something else", { Bool: { "aws:SecureTransport": "true" } }],
    [
        "an account where the request names one",
        { StringEqualsIfExists: { "aws:SourceAccount": "111122223333" } },
    ],
    ["all but an account", { StringNotEquals: { "aws:SourceAccount": "111122223333" } }],
];

describe("a statement that allows everybody something", () => {
    for (const [title, condition] of NARROW) {
        it(`is not public where the condition names ${title}`, () => {
            expect(isOpen(condition)).to.equal(false);
        });
    }

    for (const [title, condition] of OPEN) {
        it(`is public where the condition names ${title}`, () => {
            expect(isOpen(condition)).to.equal(true);
        });
    }
});
