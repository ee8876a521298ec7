import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { type EncryptionKey } from "../../security/encryptionKey";
import { ifNamed } from "../../security/keyUsers";
import { type Permission, permissionsOf } from "../../security/permissions";
import { policyDocument, serviceTrust } from "../../security/policyDocument";
import { type BucketPolicyStatement, type SecureBucket } from "../../security/secureBucket";
import { type TagsInput } from "../../shared/tags";
import { type PersonalizationArgs, RecommendationUse } from "./args";
import { personalizeArn, type UsePlan } from "./uses";

const SERVICE = "personalize.amazonaws.com";

/**
 * What Personalize may do in the bucket, beside what its role may. Source: Amazon Personalize Developer Guide,
 * "Giving Amazon Personalize access to Amazon S3 resources".
 */
export function bucketStatements(accountId: pulumi.Input<string>): BucketPolicyStatement[] {
    const statement = { Principal: { Service: SERVICE }, Condition: ifNamed(accountId) };
    return [
        { Sid: "PersonalizeReadsFiles", ...statement, Action: "s3:GetObject" },
        { Sid: "PersonalizeListsFiles", ...statement, Action: "s3:ListBucket", Paths: [""] },
    ];
}

/** The role that Personalize works with, whose ARN is known once it may. */
export function makeServiceRole(
    parent: pulumi.Resource,
    name: string,
    args: PersonalizationArgs,
    bucket: SecureBucket,
    key: EncryptionKey,
    tags: TagsInput,
): pulumi.Output<string> {
    const role = new aws.iam.Role(
        `${name}-role`,
        {
            description: "Lets Personalize read what it is trained with, and use the key of its datasets",
            assumeRolePolicy: serviceTrust(SERVICE, args.accountId, personalizeArn(args, "*", "*")),
            tags,
        },
        { parent },
    );
    const policy = new aws.iam.RolePolicy(
        `${name}-role-policy`,
        {
            role: role.id,
            policy: policyDocument([
                {
                    Sid: "ReadFiles",
                    Effect: "Allow",
                    Action: "s3:GetObject",
                    Resource: pulumi.interpolate`${bucket.bucketArn}/*`,
                },
                { Sid: "ListFiles", Effect: "Allow", Action: "s3:ListBucket", Resource: bucket.bucketArn },
                {
                    // Source: Amazon Personalize Developer Guide, "Giving Amazon Personalize permission to use your
                    // AWS KMS key".
                    Sid: "UseKey",
                    Effect: "Allow",
                    Action: ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey", "kms:ListGrants"],
                    Resource: key.keyArn,
                },
            ]),
        },
        { parent },
    );
    return pulumi.all([role.arn, policy.urn]).apply(([arn]) => arn);
}

/** What whoever shows recommendations needs: to find what serves them, and to ask it. */
export function recommendPermissions(
    args: PersonalizationArgs,
    uses: readonly UsePlan[],
): pulumi.Output<Permission[]> {
    const ranked = uses.filter(({ use }) => use === RecommendationUse.SearchRanking);
    const listed = uses.filter(({ use }) => use !== RecommendationUse.SearchRanking);
    const statement = (sid: string, action: string, plans: readonly UsePlan[]) =>
        plans.length === 0
            ? []
            : [{ sid, actions: [action], resources: plans.map(({ serverArn }) => serverArn) }];
    return permissionsOf([
        ...statement("GetRecommendations", "personalize:GetRecommendations", listed),
        ...statement("RankItems", "personalize:GetPersonalizedRanking", ranked),
        {
            sid: "FindRecommendations",
            actions: ["ssm:GetParameter", "ssm:GetParameters"],
            resources: uses.map(({ parameterName }) => parameterArn(args, parameterName)),
        },
    ]);
}

/**
 * What whoever tells Personalize of events needs. The call knows no resource, and a tracker's ARN is refused.
 * Source: Amazon Personalize Developer Guide, "Recording item interaction events".
 */
export function eventPermissions({ region }: PersonalizationArgs): pulumi.Output<Permission[]> {
    return permissionsOf([
        {
            sid: "PutEvents",
            actions: ["personalize:PutEvents"],
            resources: ["*"],
            conditions: [{ operator: "StringEquals", key: "aws:RequestedRegion", values: [region] }],
        },
    ]);
}

/** ARN of a parameter, whose name begins with a slash. */
export function parameterArn(
    { region, accountId }: PersonalizationArgs,
    parameterName: string,
): pulumi.Output<string> {
    return pulumi.interpolate`arn:aws:ssm:${region}:${accountId}:parameter${parameterName}`;
}
