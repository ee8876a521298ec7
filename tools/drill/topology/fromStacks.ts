/** A topology from what the stacks were configured with and what they gave out. */
import { databaseRegions } from "../../../regions/catalogue";
import { type CommonConfig } from "../../../regions/configTypes";
import { regionHosts } from "../../../regions/hosts";
import { clusterIdentifier, stackName } from "../../../regions/stackNames";
import { parseTopology } from "./parse";
import { type Topology } from "./types";

/** Outputs of stacks by the stack's name; secrets are not among them. */
export type StackOutputs = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/**
 * Puts a topology together.
 *
 * @param settings What the drill's settings file says; it goes before what is derived.
 * @throws DrillError that names what is missing: a stack that is not up, for instance.
 */
export function topologyFromStacks(
    config: CommonConfig,
    outputs: StackOutputs,
    settings: Readonly<Record<string, unknown>>,
): Topology {
    const { domainName, environment, project } = config;
    const global = outputs[stackName(environment, "global")] ?? {};
    // A region without a member of the database can neither take over nor be restored from.
    const regions = databaseRegions(config.catalogue).map(({ key, region }) => {
        const stack = outputs[stackName(environment, key)] ?? {};
        const { origin: originHost, viewer } = regionHosts(domainName, key);
        return {
            key,
            region,
            clusterIdentifier:
                pick(stack, "database", "clusterIdentifier") ?? clusterIdentifier(project, environment, key),
            originHost,
            // The balancer answers CloudFront and Route 53's checkers alone.
            healthUrl: `https://${viewer}${config.healthCheckPath}`,
            healthCheckId: pick(global, "healthCheckIds", key),
            trafficSwitch: pick(global, "trafficSwitches", key),
            autoScalingGroups: {
                web: pick(stack, "autoScalingGroups", "web"),
                api: pick(stack, "autoScalingGroups", "api"),
            },
            backupVault: pick(stack, "backup", "vaultName"),
            personalDataVault: pick(stack, "backup", "personalVaultName"),
            copyVaults: copyVaultsIn(region, outputs),
            restoreRoleArn: pick(stack, "backup", "restoreRoleArn"),
            personalDataTable: pick(stack, "personalData", "tableName"),
            faultExperiments: stack["faultExperiments"],
        };
    });
    const { maxCapacity, minCapacity, standbyMinCapacity } = config.database;
    const derived = {
        environment,
        accountId: config.accountId,
        domainName,
        hostedZoneId: config.hostedZoneId,
        globalClusterIdentifier: config.names.globalClusterIdentifier,
        regionSwitchPlanArn: global["regionSwitchPlanArn"],
        home: config.foundingRegion.key,
        regions,
        capacity: { writerMin: minCapacity, standbyMin: standbyMinCapacity, max: maxCapacity },
    };
    // A value that is missing must be seen as missing, and JSON has no undefined.
    return parseTopology(
        JSON.parse(JSON.stringify({ ...derived, ...settings })),
        `the outputs of ${config.catalogue.map(({ key }) => stackName(environment, key)).join(", ")}`,
    );
}

/** The vaults in a region that hold copies, each made by the stack whose backups it takes. */
function copyVaultsIn(region: string, outputs: StackOutputs): string[] {
    return Object.values(outputs).flatMap((stack) => {
        const arn = pick(stack, "backup", "peerVaultArn");
        const [, where, name] =
            /^arn:[^:]+:backup:([^:]+):\d+:backup-vault:(.+)$/.exec(typeof arn === "string" ? arn : "") ?? [];
        return where === region && name !== undefined ? [name] : [];
    });
}

function pick(outputs: Readonly<Record<string, unknown>>, output: string, key: string): unknown {
    const value = outputs[output];
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}
