import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { classified, DataClassification } from "../../../security/dataClassification";
import { mergeTags, type TagsInput } from "../../../shared/tags";
import { mapInput } from "../../../shared/validation";
import { type EngineArgs } from "../parts";
import { type MongoDbSettings } from "../settings";
import { hostOf, memberTags } from "./names";
import { memberRole } from "./role";
import { type ReplicaSetSecrets } from "./secrets";
import { renderBoot } from "./userData";

/** What a member is made from. */
export interface MemberArgs {
    /** Number of the member, from 1 on. */
    member: number;
    zone: string;
    subnetId: pulumi.Output<string>;
    securityGroupId: pulumi.Output<string>;
    /** Id of the private zone that its host name is in. */
    zoneId: pulumi.Output<string>;
    secrets: ReplicaSetSecrets;
    logGroup: aws.cloudwatch.LogGroup;
    /** What an instance must find when it boots, beside its own. */
    before: pulumi.Resource[];
}

/** What of a member others need to know. */
export interface Member {
    volume: aws.ebs.Volume;
    groupName: pulumi.Output<string>;
}

// Room for the system, the packages and the logs that are not yet rotated away.
const ROOT_VOLUME_GB = 20;

// Packages, a volume that the instance before lets go late, and MongoDB's recovery. Only EC2's own checks count in any
// case: a member that is slow to come up again would not be faster on the next instance.
const GRACE_SECONDS = 1800;

/**
 * Makes what outlives instances of a member, `<prefix>-volume`, `<prefix>-interface` and `<name>-host-<member>`, and what
 * does not: `<prefix>-role` with its policies, `<prefix>-template` and `<prefix>-group`.
 *
 * @param prefix `<name>-member-<member>`.
 */
export function createMember(
    name: string,
    engine: EngineArgs,
    own: MongoDbSettings,
    made: MemberArgs,
    parent: pulumi.Resource,
): Member {
    const { args, settings } = engine;
    const { region, identifier } = args;
    const { member } = made;
    const prefix = `${name}-member-${member}`;
    const label = { Name: `${identifier}-${member}` };
    const volume = new aws.ebs.Volume(
        `${prefix}-volume`,
        {
            region,
            availabilityZone: made.zone,
            type: "gp3",
            size: own.volumeSizeGb,
            iops: own.volumeIops,
            throughput: own.volumeThroughput,
            encrypted: true,
            kmsKeyId: engine.kmsKeyArn,
            ...(own.volumeSnapshotId === undefined ? {} : { snapshotId: own.volumeSnapshotId }),
            // What is deleted after all can be had back.
            finalSnapshot: true,
            tags: mergeTags(
                classified(DataClassification.Confidential, settings.tags),
                label,
                memberTags(identifier, member),
            ),
        },
        { parent, protect: settings.deletionProtection },
    );
    const networkInterface = new aws.ec2.NetworkInterface(
        `${prefix}-interface`,
        {
            region,
            subnetId: made.subnetId,
            description: `Address of member ${member} of ${identifier}`,
            securityGroups: [made.securityGroupId],
            tags: mergeTags(settings.tags, label, memberTags(identifier, member)),
        },
        { parent },
    );
    const record = new aws.route53.Record(
        `${name}-host-${member}`,
        {
            zoneId: made.zoneId,
            name: hostOf(identifier, member),
            type: "A",
            ttl: 60,
            records: [networkInterface.privateIp],
        },
        { parent },
    );
    const { profile, permissions } = memberRole(
        prefix,
        engine,
        {
            member,
            secrets: made.secrets,
            logGroupArn: made.logGroup.arn,
            permissionsBoundaryArn: own.permissionsBoundaryArn,
        },
        parent,
    );
    const template = launchTemplate(prefix, engine, { ...made, profile, label }, parent);
    const group = new aws.autoscaling.Group(
        `${prefix}-group`,
        {
            region,
            minSize: 1,
            maxSize: 1,
            desiredCapacity: 1,
            // One zone: the volume is in it.
            vpcZoneIdentifiers: [made.subnetId],
            mixedInstancesPolicy: {
                instancesDistribution: {
                    onDemandPercentageAboveBaseCapacity: 100,
                    onDemandAllocationStrategy: "prioritized",
                },
                launchTemplate: {
                    launchTemplateSpecification: {
                        launchTemplateId: template.id,
                        version: template.latestVersion.apply(String),
                    },
                    // A zone that has none of the first type still has a member.
                    overrides: own.instanceTypes.map((instanceType) => ({ instanceType })),
                },
            },
            healthCheckType: "EC2",
            healthCheckGracePeriod: GRACE_SECONDS,
            // The old instance goes before the new one comes: the volume is with one at a time.
            instanceMaintenancePolicy: { minHealthyPercentage: 0, maxHealthyPercentage: 100 },
            // No instanceRefresh: an update would begin it in all three groups at once, and no majority would be left.
            // The order of an upgrade is in the component's page.
            enabledMetrics: ["GroupInServiceInstances", "GroupTotalInstances"],
            metricsGranularity: "1Minute",
            // The provider's default tags do not reach groups.
            tags: groupTags(mergeTags(settings.tags, label)),
        },
        { parent, dependsOn: [volume, networkInterface, record, ...permissions, ...made.before] },
    );
    return { volume, groupName: group.name };
}

/** The tags as a group takes them: one by one. */
function groupTags(tags: TagsInput): pulumi.Input<aws.types.input.autoscaling.GroupTag[]> {
    return mapInput(tags, (known: Record<string, pulumi.Input<string>>) =>
        Object.entries(known).map(([key, value]) => ({ key, value, propagateAtLaunch: true })),
    );
}

function launchTemplate(
    prefix: string,
    { args, settings }: EngineArgs,
    made: MemberArgs & { profile: aws.iam.InstanceProfile; label: Record<string, string> },
    parent: pulumi.Resource,
): aws.ec2.LaunchTemplate {
    const { region, identifier } = args;
    const tags = mergeTags(settings.tags, made.label);
    // The instance alone: with these tags its root volume and its first interface would be taken for the member's own.
    const instanceTags = mergeTags(tags, memberTags(identifier, made.member));
    return new aws.ec2.LaunchTemplate(
        `${prefix}-template`,
        {
            region,
            description: `Member ${made.member} of the replica set ${identifier}`,
            imageId: newestImageId(region, parent),
            iamInstanceProfile: { arn: made.profile.arn },
            metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
            networkInterfaces: [
                {
                    deviceIndex: 0,
                    associatePublicIpAddress: "false",
                    deleteOnTermination: "true",
                    securityGroups: [made.securityGroupId],
                },
            ],
            blockDeviceMappings: [
                {
                    // The root device of Amazon Linux. Not the data volume: that would go with the instance.
                    deviceName: "/dev/xvda",
                    ebs: {
                        volumeType: "gp3",
                        volumeSize: ROOT_VOLUME_GB,
                        encrypted: "true",
                        deleteOnTermination: "true",
                    },
                },
            ],
            ebsOptimized: "true",
            monitoring: { enabled: true },
            userData: userData(args.identifier, region, settings.engineVersion, made),
            // The provider's default tags reach none of these.
            tagSpecifications: [
                { resourceType: "instance", tags: instanceTags },
                { resourceType: "volume", tags },
                { resourceType: "network-interface", tags },
            ],
            updateDefaultVersion: true,
            tags: settings.tags,
        },
        { parent },
    );
}

/** Id of the newest image of Amazon Linux 2023 for arm64, read at deployment: the next instance then has it. */
function newestImageId(region: string, parent: pulumi.Resource): pulumi.Output<string> {
    const parameter = aws.ssm.getParameterOutput(
        { region, name: "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64" },
        { parent },
    );
    // `value` is the same text marked as a secret, which would hide the id in every preview.
    return parameter.insecureValue;
}

function userData(
    identifier: string,
    region: string,
    engineVersion: string,
    { member, secrets, logGroup }: MemberArgs,
): pulumi.Output<string> {
    return pulumi
        .output({
            masterSecretArn: secrets.master.arn,
            keyFileSecretArn: secrets.keyFile.arn,
            authoritySecretArn: secrets.authority.arn,
            certificateParameter: secrets.certificate.name,
            initiationParameter: secrets.initiation.name,
            logGroup: logGroup.name,
        })
        .apply((known) =>
            Buffer.from(renderBoot({ region, identifier, member, engineVersion, ...known })).toString(
                "base64",
            ),
        );
}
