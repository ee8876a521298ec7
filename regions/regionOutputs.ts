import * as pulumi from "@pulumi/pulumi";
import { type ApiDomainTarget } from "../components/api";
import { type AuroraSecondaryMember, type AuroraSource } from "../components/data";
import { type SharedSettings } from "./agreement";
import { type RegionEntry } from "./catalogue";
import { stackName } from "./stackNames";

/** What a region's stack gives out: for people, for applications, and for the global stack. */
export interface RegionOutputs {
    /** The AWS region. */
    region: string;
    /** What the stack was told of what all stacks of the environment share. */
    settings: Partial<SharedSettings>;
    /** What the stack was told of the regions' roles, by key; the global stack must have been told the same. */
    roles: { foundingRegion: string; primaryRegion: string };
    /** What viewers of this region alone open. */
    url: pulumi.Output<string>;
    /** The private API, inside the VPC. */
    apiUrl: pulumi.Output<string>;
    network: {
        vpcId: pulumi.Output<string>;
        cidrBlock: pulumi.Output<string>;
        availabilityZones: string[];
        /** Route tables of the tiers between which regions may be joined, one per zone. */
        routeTableIds: { api: pulumi.Output<string[]>; data: pulumi.Output<string[]> };
    };
    /** What the global stack points world-wide names at. */
    origin: {
        /** The host name of the balancer. */
        hostName: string;
        dnsName: pulumi.Output<string>;
        zoneId: pulumi.Output<string>;
        /** Header by which the balancer knows a distribution; its value is a secret. */
        headerName: string;
        headerValue: pulumi.Output<string>;
    };
    database: {
        /** Where applications find endpoint, port and connection string: a prefix of SSM parameters. */
        parameterPrefix: string;
        /** Identifier of this region's cluster; left out where it uses another region's. */
        clusterIdentifier?: string;
        /** The founding region's cluster: what replication starts from. */
        source?: pulumi.Output<AuroraSource>;
        /** Any other region's member, ready for its cluster. */
        member?: pulumi.Output<AuroraSecondaryMember>;
    };
    /** Auto Scaling groups, for whoever prepares a failover. */
    autoScalingGroups: {
        web: pulumi.Output<string>;
        api: pulumi.Output<string>;
    };
    /** ARNs of these groups; where there is a plan of Region switch. */
    autoScalingGroupArns?: {
        web: pulumi.Output<string>;
        api: pulumi.Output<string>;
    };
    /** Where such a plan may leave its reports. */
    regionSwitchReports?: { bucketName: pulumi.Output<string>; kmsKeyArn: pulumi.Output<string> };
    /** The alarm of the canary that asks for the world-wide name from here; where there are canaries. */
    canaryAlarmArn?: pulumi.Output<string>;
    /** Ids of the templates of faults, by fault; where there are any. */
    faultExperiments?: pulumi.Output<Record<string, string>>;
    /** URLs of the repositories that the images are pushed to. */
    imageRepositories: pulumi.Output<Record<string, string>>;
    personalData: {
        tableName: pulumi.Output<string>;
        bucketName: pulumi.Output<string>;
    };
    backup: {
        /** The vault of what may leave the region. */
        vaultName: pulumi.Output<string>;
        vaultArn: pulumi.Output<string>;
        /** The vault in the peer region that holds the copies; none where the environment has one region. */
        peerVaultArn?: pulumi.Output<string>;
        /** The vault of personal data, which has no copy elsewhere. */
        personalVaultName: pulumi.Output<string>;
        /** Where snapshots of the database are exported to. */
        exportBucket: pulumi.Output<string>;
        /** The role that AWS Backup restores with; none where restore testing is off. */
        restoreRoleArn?: pulumi.Output<string>;
    };
    staticBucket: pulumi.Output<string>;
    distributionId: pulumi.Output<string>;
    alarmTopicArn: pulumi.Output<string>;
    dashboardName: pulumi.Output<string>;
    /** What takes events of clients; left out where nothing does. */
    eventsApi?: {
        /** Where the world-wide name has to lead, by that name; none where the environment has one region. */
        target?: pulumi.Output<Record<string, ApiDomainTarget>>;
        /** The event bus. */
        busName: pulumi.Output<string>;
        /** The log group that takes a line of each request. */
        accessLogGroupName: pulumi.Output<string>;
    };
    /** The region's directory of users; left out where it has none. */
    users?: {
        userPoolId: pulumi.Output<string>;
        /** For other regions' `eventsUserPoolArns`. */
        userPoolArn: pulumi.Output<string>;
        /** Who signs the tokens. */
        issuer: pulumi.Output<string>;
        /** Ids of the applications, by their names. */
        clientIds: pulumi.Output<Record<string, string>>;
    };
}

/** A region's outputs as the global stack sees them. */
export interface RegionReference {
    readonly entry: RegionEntry;
    readonly balancerDnsName: pulumi.Output<string>;
    readonly balancerZoneId: pulumi.Output<string>;
    readonly originHostName: pulumi.Output<string>;
    readonly headerName: string;
    readonly headerValue: pulumi.Output<string>;
    /** Where a name of the API for events has to lead; only where the regions have such APIs. */
    readonly eventsTarget: (name: string) => pulumi.Output<ApiDomainTarget>;
    readonly roles: pulumi.Output<RegionOutputs["roles"]>;
    /** What the stack was told when it was updated last; undefined for one of before it said so. */
    readonly settings: pulumi.Output<Partial<SharedSettings> | undefined>;
    readonly availabilityZones: pulumi.Output<string[]>;
    /** Of a region that is joined to another one: its VPC. */
    readonly vpcId: () => pulumi.Output<string>;
    /** The route table of a tier in a zone, by the zone's place in the catalogue. */
    readonly routeTableId: (tier: "api" | "data", zone: number) => pulumi.Output<string>;
    /** The region's topic for alarms. */
    readonly alarmTopicArn: () => pulumi.Output<string>;
    /** ARN of a tier's Auto Scaling group; only where there is a plan of Region switch. */
    readonly autoScalingGroupArn: (tier: "api" | "web") => pulumi.Output<string>;
    /** Where a plan of Region switch may leave its reports; only where there is one. */
    readonly regionSwitchReports: (part: "bucketName" | "kmsKeyArn") => pulumi.Output<string>;
    /** ARN of the alarm of the canary that asks for the world-wide name from the region; only where there are canaries. */
    readonly canaryAlarmArn: () => pulumi.Output<string>;
    /** The founding region's only: what replication starts from. */
    readonly databaseSource: () => pulumi.Output<AuroraSource>;
    /** Every other region's: the member that replication makes a cluster for. */
    readonly databaseMember: () => pulumi.Output<AuroraSecondaryMember>;
}

/** The header by which a region's balancer knows a distribution. One per region, so that no secret is shared. */
export function originHeaderName(key: string): string {
    return `x-meridian-origin-${key}`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
    return typeof value === "object" && value !== null;
}

/** Reads the outputs of a region's stack of the same project and environment. */
export function readRegion(environment: string, entry: RegionEntry): RegionReference {
    const name = stackName(environment, entry.key);
    const reference = new pulumi.StackReference(
        `region-${entry.key}`,
        // Fully qualified, as every backend takes it; on a self-managed one the organization is "organization".
        { name: `${pulumi.getOrganization()}/${pulumi.getProject()}/${name}` },
    );
    const absent = (output: string): Error =>
        new pulumi.RunError(
            `stack ${name} has no output ${output} that this stack could use; run pulumi up for ${name} first`,
        );
    const read = <T>(output: string, pick: (value: Record<string, unknown>) => unknown): pulumi.Output<T> =>
        reference.getOutput(output).apply((value: unknown) => {
            const picked = isRecord(value) ? pick(value) : undefined;
            if (picked === undefined) {
                throw absent(output);
            }
            return picked as T;
        });
    const readText = (output: string): pulumi.Output<string> =>
        reference.getOutput(output).apply((value: unknown) => {
            if (typeof value !== "string") {
                throw absent(output);
            }
            return value;
        });
    return {
        entry,
        balancerDnsName: read("origin", (origin) => origin.dnsName),
        balancerZoneId: read("origin", (origin) => origin.zoneId),
        originHostName: read("origin", (origin) => origin.hostName),
        roles: read("roles", (roles) => roles),
        settings: reference
            .getOutput("settings")
            .apply((value: unknown) => (isRecord(value) ? (value as Partial<SharedSettings>) : undefined)),
        availabilityZones: read("network", (network) => network.availabilityZones),
        vpcId: () => read("network", (network) => network.vpcId),
        routeTableId: (tier, zone) =>
            read("network", ({ routeTableIds }) => {
                const ids = isRecord(routeTableIds) ? routeTableIds[tier] : undefined;
                return Array.isArray(ids) ? (ids[zone] as unknown) : undefined;
            }),
        alarmTopicArn: () => readText("alarmTopicArn"),
        autoScalingGroupArn: (tier) => read("autoScalingGroupArns", (arns) => arns[tier]),
        regionSwitchReports: (part) => read("regionSwitchReports", (reports) => reports[part]),
        canaryAlarmArn: () => readText("canaryAlarmArn"),
        headerName: originHeaderName(entry.key),
        headerValue: pulumi.secret(read<string>("origin", (origin) => origin.headerValue)),
        eventsTarget: (name) =>
            read("eventsApi", ({ target }) => (isRecord(target) ? target[name] : undefined)),
        databaseSource: () => read("database", (database) => database.source),
        databaseMember: () => read("database", (database) => database.member),
    };
}
