import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import {
    policyDocument,
    type PolicyConditions,
    type PolicyStatement,
} from "../../../security/policyDocument";
import { type EngineArgs } from "../parts";
import { memberTags, METRICS_NAMESPACE } from "./names";
import { type ReplicaSetSecrets } from "./secrets";

/** What a member's role is made for. */
export interface MemberRoleArgs {
    member: number;
    secrets: ReplicaSetSecrets;
    logGroupArn: pulumi.Input<string>;
    permissionsBoundaryArn: pulumi.Input<string> | undefined;
}

/** A member's role, and what must be in force before its instance starts. */
export interface MemberRole {
    profile: aws.iam.InstanceProfile;
    permissions: pulumi.Resource[];
}

/** Makes `<prefix>-role`, `-session-manager`, `-permissions` and `-profile`. */
export function memberRole(
    prefix: string,
    engine: EngineArgs,
    own: MemberRoleArgs,
    parent: pulumi.Resource,
): MemberRole {
    const { args, settings } = engine;
    const role = new aws.iam.Role(
        `${prefix}-role`,
        {
            description: `Member ${own.member} of the replica set ${args.identifier} in ${args.region}`,
            assumeRolePolicy: policyDocument([
                {
                    Sid: "InstanceAssumesRole",
                    Effect: "Allow",
                    Principal: { Service: "ec2.amazonaws.com" },
                    Action: "sts:AssumeRole",
                },
            ]),
            ...(own.permissionsBoundaryArn === undefined
                ? {}
                : { permissionsBoundary: own.permissionsBoundaryArn }),
            tags: settings.tags,
        },
        { parent },
    );
    const sessionManager = new aws.iam.RolePolicyAttachment(
        `${prefix}-session-manager`,
        // Sign-in by Session Manager instead of SSH: no port, no key pair, every session recorded.
        { role: role.name, policyArn: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore" },
        { parent },
    );
    const permissions = new aws.iam.RolePolicy(
        `${prefix}-permissions`,
        { role: role.name, policy: policyDocument(statements(engine, own)) },
        { parent },
    );
    const profile = new aws.iam.InstanceProfile(
        `${prefix}-profile`,
        { role: role.name, tags: settings.tags },
        { parent },
    );
    return { profile, permissions: [sessionManager, permissions] };
}

function statements(engine: EngineArgs, own: MemberRoleArgs): PolicyStatement[] {
    return [
        ...takeStatements(engine, own),
        ...secretStatements(engine, own),
        ...(own.member === 1 ? firstMemberStatements(own.secrets) : []),
        ...telemetryStatements(own),
    ];
}

/** To find volume and interface, and to take one's own to oneself. */
function takeStatements({ args, kmsKeyArn }: EngineArgs, { member }: MemberRoleArgs): PolicyStatement[] {
    const { region, accountId } = args;
    const ofMember: PolicyConditions = {
        StringEquals: Object.fromEntries(
            Object.entries(memberTags(args.identifier, member)).map(([tag, value]) => [
                `aws:ResourceTag/${tag}`,
                value,
            ]),
        ),
    };
    const every = (kind: string) => pulumi.interpolate`arn:aws:ec2:${region}:${accountId}:${kind}/*`;
    const viaEc2 = { "kms:ViaService": `ec2.${region}.amazonaws.com` };
    return [
        {
            Sid: "Find",
            Effect: "Allow",
            Action: ["ec2:DescribeNetworkInterfaces", "ec2:DescribeVolumes"],
            // These actions know no resources.
            Resource: "*",
        },
        {
            Sid: "TakeVolume",
            Effect: "Allow",
            Action: "ec2:AttachVolume",
            Resource: [every("instance"), every("volume")],
            Condition: ofMember,
        },
        {
            Sid: "TakeInterface",
            Effect: "Allow",
            Action: "ec2:AttachNetworkInterface",
            Resource: [every("instance"), every("network-interface")],
            Condition: ofMember,
        },
        {
            // Amazon EBS User Guide, "Requirements for Amazon EBS encryption": whoever attaches a volume.
            Sid: "UseVolumeKey",
            Effect: "Allow",
            Action: [
                "kms:Decrypt",
                "kms:DescribeKey",
                "kms:GenerateDataKeyWithoutPlaintext",
                "kms:ReEncryptFrom",
                "kms:ReEncryptTo",
            ],
            Resource: kmsKeyArn,
            Condition: { StringEquals: viaEc2 },
        },
        {
            Sid: "LetVolumeUseKey",
            Effect: "Allow",
            Action: "kms:CreateGrant",
            Resource: kmsKeyArn,
            Condition: { StringEquals: viaEc2, Bool: { "kms:GrantIsForAWSResource": "true" } },
        },
    ];
}

function secretStatements({ args, kmsKeyArn }: EngineArgs, own: MemberRoleArgs): PolicyStatement[] {
    const { master, keyFile, authority, certificate, initiation } = own.secrets;
    return [
        {
            Sid: "ReadSecrets",
            Effect: "Allow",
            Action: "secretsmanager:GetSecretValue",
            Resource: [master.arn, keyFile.arn, authority.arn],
        },
        {
            Sid: "ReadParameters",
            Effect: "Allow",
            Action: "ssm:GetParameter",
            Resource: [certificate.arn, initiation.arn],
        },
        {
            // AmazonSSMManagedInstanceCore lets an instance read every parameter of the account.
            Sid: "ReadNoOtherParameters",
            Effect: "Deny",
            Action: [
                "ssm:GetParameter",
                "ssm:GetParameters",
                "ssm:GetParametersByPath",
                "ssm:GetParameterHistory",
            ],
            NotResource: [
                `arn:aws:ssm:${args.region}::parameter/aws/service/*`,
                certificate.arn,
                initiation.arn,
            ],
        },
        {
            Sid: "UseSecretsKey",
            Effect: "Allow",
            Action: ["kms:Decrypt", ...(own.member === 1 ? ["kms:GenerateDataKey"] : [])],
            Resource: kmsKeyArn,
            Condition: { StringEquals: { "kms:ViaService": `secretsmanager.${args.region}.amazonaws.com` } },
        },
    ];
}

/** What is done once, and by one member, so that it is done once. */
function firstMemberStatements({ authority, certificate, initiation }: ReplicaSetSecrets): PolicyStatement[] {
    return [
        {
            Sid: "WriteAuthority",
            Effect: "Allow",
            Action: "secretsmanager:PutSecretValue",
            Resource: authority.arn,
        },
        {
            Sid: "WriteParameters",
            Effect: "Allow",
            Action: "ssm:PutParameter",
            Resource: [certificate.arn, initiation.arn],
        },
    ];
}

function telemetryStatements({ logGroupArn }: MemberRoleArgs): PolicyStatement[] {
    return [
        {
            Sid: "WriteLogs",
            Effect: "Allow",
            Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
            Resource: [logGroupArn, pulumi.interpolate`${logGroupArn}:*`],
        },
        {
            Sid: "SendMetrics",
            Effect: "Allow",
            Action: "cloudwatch:PutMetricData",
            // This action knows no resources; the namespace is its only limit.
            Resource: "*",
            Condition: { StringEquals: { "cloudwatch:namespace": METRICS_NAMESPACE } },
        },
    ];
}
