import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { type ElasticDisasterRecovery, type RegionalBackupArgs } from "./args";
import { type Settings } from "./settings";

/** Where replication servers take data. Source: Elastic Disaster Recovery User Guide, "Network requirements". */
const REPLICATION_PORT = 1500;

/** Prepares the region to take in servers from elsewhere. They are added by installing the agent on them. */
export function createElasticDisasterRecovery(
    parent: pulumi.Resource,
    name: string,
    { region }: RegionalBackupArgs,
    option: ElasticDisasterRecovery,
    { tags }: Settings,
): void {
    const group = new aws.ec2.SecurityGroup(
        `${name}-replication-servers`,
        {
            region,
            vpcId: option.vpcId,
            description: "Replication servers of Elastic Disaster Recovery",
            tags,
        },
        { parent },
    );
    option.sourceCidrBlocks.forEach((block) => {
        new aws.vpc.SecurityGroupIngressRule(
            `${name}-replication-from-${block.replaceAll(/[./]/g, "-")}`,
            {
                region,
                securityGroupId: group.id,
                description: `Replication from ${block}, encrypted by the agent`,
                ipProtocol: "tcp",
                fromPort: REPLICATION_PORT,
                toPort: REPLICATION_PORT,
                cidrIpv4: block,
            },
            { parent },
        );
    });
    new aws.vpc.SecurityGroupEgressRule(
        `${name}-replication-to-aws`,
        {
            region,
            securityGroupId: group.id,
            // EC2 takes no apostrophe here.
            description: "Services of AWS, which replication servers report to and fetch their software from",
            ipProtocol: "tcp",
            fromPort: 443,
            toPort: 443,
            cidrIpv4: "0.0.0.0/0",
        },
        { parent },
    );
    new aws.drs.ReplicationConfigurationTemplate(
        `${name}-replication-template`,
        {
            region,
            stagingAreaSubnetId: option.stagingSubnetId,
            // AWS's own group would let everybody in.
            associateDefaultSecurityGroup: false,
            replicationServersSecurityGroupsIds: [group.id],
            replicationServerInstanceType: option.instanceType ?? "t3.small",
            useDedicatedReplicationServer: false,
            // No network joins the regions: data comes over the internet, encrypted.
            dataPlaneRouting: "PUBLIC_IP",
            // What is recovered stands behind a balancer.
            createPublicIp: false,
            autoReplicateNewDisks: true,
            // No limit.
            bandwidthThrottling: 0,
            defaultLargeStagingDiskType: "GP3",
            // Under another key than the region's default one, the service's own role could start no server before it
            // was granted that key.
            ebsEncryption: "DEFAULT",
            stagingAreaTags: tags,
            // AWS takes these three and no others; only the days are ours to choose. Source: @pulumi/aws,
            // ReplicationConfigurationTemplate.
            pitPolicies: [
                { ruleId: 1, enabled: true, units: "MINUTE", interval: 10, retentionDuration: 60 },
                { ruleId: 2, enabled: true, units: "HOUR", interval: 1, retentionDuration: 24 },
                {
                    ruleId: 3,
                    enabled: true,
                    units: "DAY",
                    interval: 1,
                    retentionDuration: option.retentionDays ?? 7,
                },
            ],
            tags,
        },
        { parent },
    );
}
