import * as pulumi from "@pulumi/pulumi";
import { isParameterPrefix } from "../components/data";
import { GeoRestrictionType, PriceClass } from "../components/edge";
import { BackupLockMode, NAME_PREFIX_MAX } from "../components/operations";
import { ENDPOINTS_WITHOUT_NAT, NatGatewayStrategy } from "../components/network";
import {
    type Catalogue,
    catalogueOf,
    databaseRegionOf,
    findRegion,
    isSingleRegion,
    peerOf,
    type RegionEntry,
} from "./catalogue";
import { type ConfigValues, type PartialConfigValues, readConfigValues } from "./configKeys";
import { type ConfigOrigins, type ConfigProblem, ConfigProblems } from "./configProblems";
import {
    type BackupConfig,
    type CommonConfig,
    type DatabaseConfig,
    type EdgeConfig,
    type GlobalConfig,
    type NetworkConfig,
    type RegionalConfig,
    type StackConfig,
    type TierConfig,
} from "./configTypes";
import { balancerHosts, regionHosts, worldHosts } from "./hosts";
import {
    clusterIdentifier,
    environmentOf,
    GLOBAL_KEY,
    parseStackName,
    physicalNames,
    type StackName,
} from "./stackNames";
import { validateConfig } from "./validateConfig";

/** What `loadStackConfig` reads when it is not to ask Pulumi. */
export interface LoadOptions {
    /** The regions of the stack's environment. Those of regions/catalogue.ts when left out. */
    readonly catalogue?: Catalogue;
    /** The project's name. The running program's when left out. */
    readonly project?: string;
    /** The stack's name. The running program's when left out. */
    readonly stack?: string;
    /** All of the stack's configuration, `namespace:key` to text. The running program's when left out. */
    readonly values?: Readonly<Record<string, string>>;
    /** Keys, with their namespace, whose values are encrypted. The running program's when left out; none with `values`. */
    readonly secretKeys?: readonly string[];
    /** Where values came from that are not the stack's file's. Left out, all are. */
    readonly origins?: ConfigOrigins;
}

/**
 * Reads and checks the stack's configuration. What looks wrong and may be right is logged as a warning.
 *
 * @throws pulumi.RunError that lists every problem with its key, the value given and what is allowed. Call this
 * before anything is registered.
 */
export function loadStackConfig(options: LoadOptions = {}): StackConfig {
    const { problems, catalogue, name, values } = readStack(options);
    problems.throwIfAny();
    if (name === undefined) {
        throw new Error("a stack's name that cannot be read is a problem, and problems have been thrown");
    }
    for (const warning of problems.warnings) {
        void pulumi.log.warn(warning);
    }
    const { project, stack } = problems;
    // A key without a value is a problem, so from here on every key has one.
    return resolve({ project, stack, catalogue, name, values: values as ConfigValues });
}

/** Everything for which `loadStackConfig` would refuse a stack's configuration; none when it would take it. */
export function stackConfigProblems(options: LoadOptions = {}): readonly ConfigProblem[] {
    return readStack(options).problems.found;
}

function readStack(options: LoadOptions): {
    readonly problems: ConfigProblems;
    readonly catalogue: Catalogue;
    readonly name: StackName | undefined;
    readonly values: PartialConfigValues;
} {
    const project = options.project ?? pulumi.getProject();
    const stack = options.stack ?? pulumi.getStack();
    const catalogue = options.catalogue ?? catalogueOf(environmentOf(stack));
    const raw = options.values ?? pulumi.runtime.allConfig();
    const secretKeys = options.secretKeys ?? (options.values === undefined ? secretKeysOf(raw) : []);

    const problems = new ConfigProblems(project, stack, options.origins);
    const name = parseStackName(stack, catalogue, problems);
    const values = readConfigValues(raw, problems, secretKeys);
    if (name !== undefined) {
        validateConfig({ problems, values, catalogue, region: name.region });
        checkNames(problems, name);
    }
    return { problems, catalogue, name, values };
}

/** Keys of the running program's configuration whose values the engine decrypted. */
function secretKeysOf(values: Readonly<Record<string, string>>): string[] {
    // The SDK knows, and its declarations leave the function out.
    const { isConfigSecret } = pulumi.runtime as { isConfigSecret?: (key: string) => boolean };
    return isConfigSecret === undefined ? [] : Object.keys(values).filter((key) => isConfigSecret(key));
}

interface Source {
    readonly project: string;
    readonly stack: string;
    readonly catalogue: Catalogue;
    readonly name: StackName;
    readonly values: ConfigValues;
}

function resolve(source: Source): StackConfig {
    const { region } = source.name;
    return region === undefined ? globalConfig(source) : regionalConfig(source, region);
}

function regionalConfig(source: Source, entry: RegionEntry): RegionalConfig {
    const { project, catalogue, name, values } = source;
    const common = commonConfig(source, entry.region, entry.key);
    return {
        ...common,
        kind: "regional",
        entry,
        ...(isSingleRegion(catalogue) ? {} : { peer: peerOf(catalogue, entry) }),
        isFounding: common.foundingRegion.key === entry.key,
        isPrimary: common.primaryRegion.key === entry.key,
        databaseRegion: databaseRegionOf(catalogue, entry),
        hosts: regionHosts(values.domainName, entry.key),
        balancerHosts: balancerHosts(values.domainName, entry.key),
        clusterIdentifier: clusterIdentifier(project, name.environment, entry.key),
        accountBaseline: values.accountBaseline,
        userDirectory: values.userDirectory,
        eventsUserPoolArns: values.eventsUserPoolArns,
        eventsConcurrency: values.eventsConcurrency,
        faultExperiments: values.faultExperiments,
        network: networkConfig(values, entry),
        web: { ...tierConfig(values, "web"), targetRequestsPerInstance: values.webTargetRequestsPerInstance },
        api: tierConfig(values, "api"),
        backup: backupConfig(values),
        ...optional("webCertificateArn", values.webCertificateArn),
        originHeader: {
            version: values.originHeaderVersion,
            ...(values.originHeaderAlsoAccepted === 0
                ? {}
                : { alsoAccepted: values.originHeaderAlsoAccepted }),
        },
    };
}

function globalConfig(source: Source): GlobalConfig {
    const { catalogue, values } = source;
    const founding = member(catalogue, values.foundingRegion);
    const common = commonConfig(source, founding.region, GLOBAL_KEY);
    const { geolocationOrigin, latencyOrigin } = common.worldHosts;
    return {
        ...common,
        kind: "global",
        replicaRegion: peerOf(catalogue, founding),
        geolocationRouting: values.geolocationRouting,
        dynamicOriginHost: values.geolocationRouting ? geolocationOrigin : latencyOrigin,
        healthCheckIntervalSeconds: values.healthCheckIntervalSeconds,
        healthCheckFailureThreshold: values.healthCheckFailureThreshold,
        trafficSwitch: values.trafficSwitch,
        regionSwitchTraffic: values.regionSwitchTraffic,
    };
}

function commonConfig(
    { project, stack, catalogue, name, values }: Source,
    region: string,
    key: string,
): CommonConfig {
    return {
        project,
        stack,
        environment: name.environment,
        region,
        accountId: values.accountId,
        ...optional("deployRoleArn", values.deployRoleArn),
        domainName: values.domainName,
        hostedZoneId: values.hostedZoneId,
        ...optional("alarmEmail", values.alarmEmail),
        tags: {
            project,
            environment: name.environment,
            stack,
            owner: values.owner,
            "cost-center": values.costCenter,
            ...optional("schedule", values.schedule),
        },
        deletionProtection: values.deletionProtection,
        monthlyBudgetUsd: values.monthlyBudgetUsd,
        catalogue,
        foundingRegion: member(catalogue, values.foundingRegion),
        primaryRegion: member(catalogue, values.primaryRegion),
        worldHosts: worldHosts(values.domainName),
        names: physicalNames(project, name.environment, key),
        database: databaseConfig(values),
        edge: edgeConfig(values),
        logRetentionDays: values.logRetentionDays,
        logArchiveRetentionDays: values.logArchiveRetentionDays,
        healthCheckPath: values.healthCheckPath,
        eventsApi: values.eventsApi,
        healthEvents: values.healthEvents,
        ...(values.canaryIntervalMinutes === 0
            ? {}
            : { canaryIntervalMinutes: values.canaryIntervalMinutes }),
        regionSwitchPlan: values.regionSwitchPlan,
    };
}

function networkConfig(values: ConfigValues, entry: RegionEntry): NetworkConfig {
    const natGateways = enumValue(NatGatewayStrategy, values.natGateways);
    const needed = natGateways === NatGatewayStrategy.None ? ENDPOINTS_WITHOUT_NAT : [];
    return {
        cidrBlock: values.cidrBlock === "" ? entry.cidrBlock : values.cidrBlock,
        availabilityZones:
            values.availabilityZones.length === 0 ? entry.availabilityZones : values.availabilityZones,
        natGateways,
        egressOnlyIpv6: values.egressOnlyIpv6,
        interfaceEndpoints: [...new Set([...values.interfaceEndpoints, ...needed])].sort(),
        internetEgressCidrBlocks: values.internetEgressCidrBlocks,
    };
}

function tierConfig(values: ConfigValues, tier: "web" | "api"): TierConfig {
    return {
        image: values[`${tier}Image`],
        containerPort: values[`${tier}ContainerPort`],
        minSize: values[`${tier}MinSize`],
        maxSize: values[`${tier}MaxSize`],
        onDemandBaseCapacity: values[`${tier}OnDemandBaseCapacity`],
        instanceTypes: values[`${tier}InstanceTypes`],
        targetCpuPercent: values[`${tier}TargetCpuPercent`],
    };
}

function databaseConfig(values: ConfigValues): DatabaseConfig {
    return {
        name: values.databaseName,
        engineVersion: values.databaseEngineVersion,
        minCapacity: values.databaseMinCapacity,
        standbyMinCapacity: values.databaseStandbyMinCapacity,
        maxCapacity: values.databaseMaxCapacity,
        instanceCount: values.databaseInstanceCount,
        backupRetentionDays: values.databaseBackupRetentionDays,
    };
}

function backupConfig(values: ConfigValues): BackupConfig {
    return {
        startHour: values.backupStartHour,
        retention: {
            // AWS Backup sets the clusters' own retention to it.
            pointInTimeDays: values.databaseBackupRetentionDays,
            dailyDays: values.backupDailyRetentionDays,
            weeklyDays: values.backupWeeklyRetentionDays,
            monthlyDays: values.backupMonthlyRetentionDays,
            personalDataDays: values.backupPersonalDataRetentionDays,
        },
        lock: {
            mode: enumValue(BackupLockMode, values.backupLockMode),
            minRetentionDays: values.backupVaultLockMinDays,
            maxRetentionDays: values.backupVaultLockMaxDays,
            changeableForDays: values.backupLockChangeableForDays,
        },
        restoreTesting: values.restoreTesting,
        snapshotExport: {
            intervalDays: values.databaseExportIntervalDays,
            retentionDays: values.databaseExportRetentionDays,
        },
        ...(values.elasticDisasterRecovery
            ? { disasterRecoverySources: values.elasticDisasterRecoverySources }
            : {}),
    };
}

function edgeConfig(values: ConfigValues): EdgeConfig {
    return {
        priceClass: enumValue(PriceClass, values.priceClass),
        geoRestriction: {
            type: enumValue(GeoRestrictionType, values.geoRestrictionType),
            countries: values.geoRestrictionCountries,
        },
        blockedCountries: values.blockedCountries,
        rateLimitPerFiveMinutes: values.wafRateLimitPerFiveMinutes,
        ...optional("contentSecurityPolicy", values.contentSecurityPolicy),
        shieldAdvanced: values.shieldAdvanced,
        ...optional("certificateArn", values.distributionCertificateArn),
    };
}

/** The database's lowest capacity in a region: the writer's floor where it is written, else the standby's. */
export function databaseFloor(config: CommonConfig, entry: RegionEntry): number {
    const { minCapacity, standbyMinCapacity } = config.database;
    return entry.key === config.primaryRegion.key ? minCapacity : standbyMinCapacity;
}

/** Names that are made from the stack's must fit AWS's limits, of which that of backup vaults is the lowest. */
function checkNames(problems: ConfigProblems, { environment, region }: StackName): void {
    const { parameterPrefix, prefix } = physicalNames(
        problems.project,
        environment,
        region?.key ?? GLOBAL_KEY,
    );
    const fits = prefix.length <= NAME_PREFIX_MAX && /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(prefix);
    if (!fits) {
        problems.addLine(
            `the names of this stack begin with ${JSON.stringify(prefix)}`,
            `allowed: at most ${NAME_PREFIX_MAX} lower-case letters, digits and single hyphens, a letter first`,
            "Shorten the project's name or the environment's",
        );
    } else if (!isParameterPrefix(parameterPrefix)) {
        problems.addLine(
            `the names of the database's SSM parameters begin with ${JSON.stringify(parameterPrefix)}`,
            "allowed: names that begin neither with /aws nor with /ssm, which AWS keeps for itself",
            "Give the project another name",
        );
    }
}

function member(catalogue: Catalogue, keyOrRegion: string): RegionEntry {
    const entry = findRegion(catalogue, keyOrRegion);
    if (entry === undefined) {
        throw new Error(`${keyOrRegion} is not in the catalogue, which validateConfig would have said`);
    }
    return entry;
}

function enumValue<T extends string>(values: Readonly<Record<string, T>>, text: string): T {
    const found = Object.values(values).find((value) => value === text);
    if (found === undefined) {
        throw new Error(`${text} is no member, which validateConfig would have said`);
    }
    return found;
}

/** An empty text in the configuration means that the value is left out. */
function optional<K extends string>(key: K, text: string): Partial<Record<K, string>> {
    return (text === "" ? {} : { [key]: text }) as Partial<Record<K, string>>;
}

export type * from "./configTypes";
