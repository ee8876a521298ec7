import * as pulumi from "@pulumi/pulumi";

import { after } from "../../shared/after";
import { type AuroraSource } from "../auroraMember/args";
import { type AuroraGlobalArgs } from "./args";
import { createMemberAlarms } from "../auroraMember/alarms";
import { floorWarning } from "../auroraMember/capacity";
import { createCluster, createInstances, type MemberArgs } from "../auroraMember/cluster";
import { connectArn, createParameters } from "../auroraMember/connection";
import { createFoundation, type Foundation } from "./foundation";
import { createMasterSecret, writeMasterSecret } from "./masterSecret";
import { type Settings } from "./settings";
import { createStewards } from "./stewards";

/** What the founding region's member gives out. */
export interface PrimaryMember {
    foundation: Foundation;
    clusterArn: pulumi.Output<string>;
    endpoint: pulumi.Output<string>;
    readerEndpoint: pulumi.Output<string>;
    secretArn: pulumi.Output<string>;
    connectResourceArn: pulumi.Output<string>;
    source: pulumi.Output<AuroraSource>;
}

/** Makes the founding region's member: complete, and able to work alone. */
export function createPrimary(
    name: string,
    args: AuroraGlobalArgs,
    settings: Settings,
    parent: pulumi.Resource,
): PrimaryMember {
    const { region, accountId, clusterIdentifier, globalClusterIdentifier, databaseName, parameterPrefix } =
        args;
    const { tags, deletionProtection, isWriter, capacity, logRetentionDays, replicaRegions, port } = settings;
    const { standalone } = settings;
    const topicArns = args.alarmTopicArns ?? [];
    const warning = standalone ? undefined : floorWarning(capacity, isWriter);
    if (warning !== undefined) {
        void pulumi.log.warn(warning, parent);
    }

    const foundation = createFoundation(
        name,
        {
            ...{
                region,
                accountId,
                clusterIdentifier,
                globalClusterIdentifier,
                logRetentionDays,
                deletionProtection,
                tags,
            },
            engineVersion: settings.engineVersion,
            subnetIds: args.subnetIds,
        },
        parent,
    );
    const secret = createMasterSecret(
        name,
        { region, accountId, clusterIdentifier, replicaRegions, deletionProtection, tags },
        parent,
    );
    const member: MemberArgs = {
        ...settings,
        ...foundation,
        region,
        clusterIdentifier,
        globalClusterIdentifier,
        availabilityZones: args.availabilityZones ?? [],
        securityGroupId: args.securityGroupId,
    };
    const cluster = createCluster(
        name,
        member,
        {
            databaseName,
            masterUsername: settings.masterUsername,
            masterPassword: secret.initialPassword,
            enableHttpEndpoint: settings.dataApi,
        },
        {
            parent,
            dependsOn: foundation.before,
            // RDS takes it for members of a global database alone, so the program cannot say it here. The global
            // stack has the preparation function say it once there is one, and no update may take it back.
            ignoreChanges: standalone ? [] : ["enableGlobalWriteForwarding"],
        },
    );
    const instances = createInstances(name, member, cluster, parent);
    const { endpoint, readerEndpoint } = cluster;

    const secretValue = writeMasterSecret(
        name,
        region,
        secret.secretArn,
        {
            username: settings.masterUsername,
            password: secret.initialPassword,
            host: endpoint,
            ...{ port, databaseName, clusterIdentifier },
        },
        parent,
    );
    const preparation = createStewards(
        name,
        {
            ...{
                region,
                accountId,
                globalClusterIdentifier,
                databaseName,
                replicaRegions,
                secret,
                secretValue,
                instances,
            },
            ...{ logRetentionDays, topicArns, tags },
            kmsKeyArn: foundation.kmsKeyArn,
            clusterArn: cluster.arn,
            clusterResourceId: cluster.clusterResourceId,
            applicationUsername: settings.applicationUsername,
            passwordRotationDays: settings.passwordRotationDays,
            dataApi: settings.dataApi,
        },
        parent,
    );
    createParameters(
        name,
        { region, parameterPrefix, tags },
        {
            ...{ endpoint, readerEndpoint, port, databaseName },
            username: settings.applicationUsername,
            certificateBundlePath: settings.certificateBundlePath,
        },
        parent,
    );
    createMemberAlarms(
        name,
        { region, clusterIdentifier, capacity, isWriter, topicArns, tags, replicated: !standalone },
        parent,
    );

    // A region can only join a database that has a writer. Whoever gets this ARN gets it when there is one.
    const clusterArn = after(instances, cluster.arn);
    return {
        foundation,
        clusterArn,
        endpoint,
        readerEndpoint,
        secretArn: secret.secretArn,
        connectResourceArn: connectArn(
            region,
            accountId,
            settings.applicationUsername,
            cluster.clusterResourceId,
        ),
        source: pulumi.output({
            clusterArn,
            engineVersion: cluster.engineVersionActual,
            preparationFunctionName: preparation.name,
            address: { endpoint, readerEndpoint, port },
        }),
    };
}
