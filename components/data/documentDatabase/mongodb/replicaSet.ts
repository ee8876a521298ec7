import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { ownSecurityGroup } from "../../../network";
import { byRegion, type EngineArgs, type EngineParts } from "../parts";
import { type MongoDbSettings, PORT } from "../settings";
import { memberAlarms } from "./alarms";
import { createMember } from "./member";
import { domainOf, hostOf, MEMBERS } from "./names";
import { replicaSetSecrets } from "./secrets";
import { createSnapshots } from "./snapshots";

/** Makes a replica set of MongoDB: a member in each of three zones. */
export function createReplicaSet(
    name: string,
    engine: EngineArgs,
    own: MongoDbSettings,
    parent: pulumi.Resource,
): EngineParts {
    const { args, settings } = engine;
    const { region, identifier } = args;
    const group = ownSecurityGroup(
        name,
        {
            region,
            vpcId: args.vpcId,
            description: `Members of the replica set ${identifier}`,
            httpsEgressCidrBlocks: own.internetEgressCidrBlocks,
            tags: settings.tags,
        },
        parent,
    );
    const betweenMembers = letMembersTalk(name, engine, group.id, parent);
    const zone = new aws.route53.Zone(
        `${name}-zone`,
        {
            name: domainOf(identifier),
            comment: `Hosts of the replica set ${identifier}`,
            vpcs: [{ vpcId: args.vpcId, vpcRegion: region }],
            tags: settings.tags,
        },
        { parent },
    );
    const logGroup = new aws.cloudwatch.LogGroup(
        `${name}-logs`,
        {
            region,
            retentionInDays: settings.logRetentionDays,
            kmsKeyId: engine.kmsKeyArn,
            tags: settings.tags,
        },
        { parent },
    );
    const secrets = replicaSetSecrets(name, engine, own, parent);
    const subnetIds = pulumi.output(args.subnetIds);
    for (const [index, member] of MEMBERS.entries()) {
        const { groupName } = createMember(
            name,
            engine,
            own,
            {
                member,
                zone: args.availabilityZones[index] ?? "",
                subnetId: subnetIds.apply((ids) => ids[index] ?? ""),
                securityGroupId: group.id,
                zoneId: zone.zoneId,
                secrets,
                logGroup,
                before: [...betweenMembers, ...secrets.values],
            },
            parent,
        );
        memberAlarms(`${name}-member-${member}`, engine, { member, groupName }, parent);
    }
    createSnapshots(name, engine, own, parent);

    return {
        securityGroupId: group.id,
        endpoint: pulumi.output(hostOf(identifier, 1)),
        readerEndpoint: pulumi.output(hostOf(identifier, 2)),
        hosts: pulumi.output(MEMBERS.map((member) => hostOf(identifier, member))),
        retryWrites: true,
        secretArn: secrets.master.arn,
        secretArns: byRegion([region, ...own.snapshotCopies.map((copy) => copy.region)], secrets.master.arn),
        secretKeyArn: engine.kmsKeyArn,
        caCertificateParameterArn: secrets.certificate.arn,
    };
}

/** Lets those who wear the group call each other on MongoDB's port: from whichever of their two addresses. */
function letMembersTalk(
    name: string,
    { args, settings }: EngineArgs,
    securityGroupId: pulumi.Output<string>,
    parent: pulumi.Resource,
): pulumi.Resource[] {
    const rule = {
        region: args.region,
        securityGroupId,
        referencedSecurityGroupId: securityGroupId,
        description: "Members of the replica set",
        ipProtocol: "tcp",
        fromPort: PORT,
        toPort: PORT,
        tags: settings.tags,
    };
    return [
        new aws.vpc.SecurityGroupIngressRule(`${name}-members-ingress`, rule, { parent }),
        new aws.vpc.SecurityGroupEgressRule(`${name}-members-egress`, rule, { parent }),
    ];
}
