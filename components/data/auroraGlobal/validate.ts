import * as pulumi from "@pulumi/pulumi";

import { checkArguments } from "../../shared/argumentTable";
import { checkNameLength } from "../../shared/names";
import { checkLogRetention, isRegion, isZoneOf, Problems } from "../../shared/validation";
import { type AuroraGlobalArgs, AuroraRole, type AuroraSecondary } from "./args";
import { CAPACITY_STEP } from "./capacity";
import { canPause, isEngineVersion, OLDEST_MAJOR } from "./engine";
import {
    CLUSTER_IDENTIFIER_MAX,
    IDENTIFIER_MAX,
    isDatabaseName,
    isIdentifier,
    isParameterPrefix,
    isUsername,
    RESERVED_DATABASES,
    RESERVED_USERS,
} from "./identifiers";
import { INSTANCES_MAX, SECONDARIES_MAX } from "./members";
import { type Settings, withDefaults } from "./settings";
import { AURORA_ARGUMENTS } from "./table";
import { dailyWindow, SHORTEST_WINDOW, weeklyWindow, windowsOverlap } from "./windows";

/** Fewer zones than this are no protection against losing one, and a subnet group must span two. */
const ZONES_MIN = 2;

const REGIONAL_ONLY = [
    "clusterIdentifier",
    "masterUsername",
    "port",
    "subnetIds",
    "securityGroupId",
    "availabilityZones",
    "capacity",
    "isWriter",
    "standalone",
    "replicaRegions",
    "passwordRotationDays",
    "dataApi",
    "backupRetentionDays",
    "backupWindow",
    "maintenanceWindow",
    "performanceInsightsRetentionDays",
    "monitoringIntervalSeconds",
    "logRetentionDays",
    "alarmTopicArns",
] as const satisfies (keyof AuroraGlobalArgs)[];

const REPLICATION_ONLY = [
    "source",
    "secondaries",
    "writerRegion",
] as const satisfies (keyof AuroraGlobalArgs)[];

/**
 * Checks the arguments of an AuroraGlobal.
 *
 * @returns The arguments without null, which counts as left out.
 * @throws pulumi.InputPropertiesError that names every problem.
 */
export function validate(name: string, given: AuroraGlobalArgs): AuroraGlobalArgs {
    const problems = new Problems("meridian:index:AuroraGlobal", name);
    const args = checkArguments(problems, given, AURORA_ARGUMENTS);
    const settings = withDefaults(args);
    checkName(problems, problems.name, args);
    checkCommon(problems, args, settings);
    switch (args.role) {
        case AuroraRole.Primary:
            checkRegional(problems, args, settings);
            checkFounder(problems, args, settings);
            break;
        case AuroraRole.Secondary:
            checkRegional(problems, args, settings);
            break;
        case AuroraRole.Replication:
            checkReplication(problems, args, settings);
            break;
    }
    problems.throwIfAny();
    return args;
}

function checkName(problems: Problems, name: string, args: AuroraGlobalArgs): void {
    // Subnet groups and parameter groups are called after it, and RDS is strict.
    problems.check(
        isIdentifier(name, IDENTIFIER_MAX),
        "name",
        name,
        "lower-case letters, digits and single hyphens, a letter first",
    );
    if (args.role !== AuroraRole.Replication) {
        checkNameLength(problems, "name", `${name}-preparation-role`, "aws:iam/role:Role");
    }
}

function checkCommon(problems: Problems, args: AuroraGlobalArgs, settings: Settings): void {
    checkIdentifier(problems, "globalClusterIdentifier", args.globalClusterIdentifier, IDENTIFIER_MAX);
    problems.check(
        isParameterPrefix(args.parameterPrefix),
        "parameterPrefix",
        args.parameterPrefix,
        "parts of letters, digits and . _ - after a slash each, 14 at most, the first neither aws nor ssm, such as /shop/prod/database",
    );
    problems.check(
        isDatabaseName(args.databaseName),
        "databaseName",
        args.databaseName,
        `1 to 63 lower-case letters, digits and underscores, a letter first, and none of ${RESERVED_DATABASES.join(", ")}`,
    );
    problems.check(
        isEngineVersion(settings.engineVersion),
        "engineVersion",
        settings.engineVersion,
        `a version of Aurora PostgreSQL from ${OLDEST_MAJOR} on, such as 18.6`,
    );
    problems.check(
        isUsername(settings.applicationUsername, 63) &&
            settings.applicationUsername !== settings.masterUsername,
        "applicationUsername",
        settings.applicationUsername,
        `1 to 63 lower-case letters, digits and underscores, a letter first, not ${settings.masterUsername} (the master user) and not ${RESERVED_USERS}`,
    );
    problems.check(
        /^\/[^\s?&#%]+$/.test(settings.certificateBundlePath),
        "certificateBundlePath",
        settings.certificateBundlePath,
        "an absolute path without spaces and without ? & # %, because it is part of a connection string",
    );
    problems.check(
        // Tagging AWS Resources User Guide, "Tag naming limits and requirements".
        settings.backup === undefined || /^[A-Za-z0-9 _.:/=+@-]{1,256}$/.test(settings.backup),
        "backup",
        settings.backup,
        "a tag's value: 1 to 256 letters, digits, spaces and _.:/=+-@",
    );
    problems.check(
        !(settings.skipFinalSnapshot && settings.deletionProtection),
        "skipFinalSnapshot",
        settings.skipFinalSnapshot,
        "false under deletion protection",
        "What is worth protecting is worth a last snapshot; set deletionProtection to false for a throw-away database",
    );
}

function checkRegional(problems: Problems, args: AuroraGlobalArgs, settings: Settings): void {
    refuse(problems, args, REPLICATION_ONLY);
    demand(problems, args, ["clusterIdentifier", "subnetIds", "securityGroupId"]);
    if (args.clusterIdentifier !== undefined) {
        checkIdentifier(problems, "clusterIdentifier", args.clusterIdentifier, CLUSTER_IDENTIFIER_MAX);
    }
    problems.checkRange("port", settings.port, 1150, 65535, 1);
    checkCapacity(problems, settings);
    problems.checkRange("backupRetentionDays", settings.backupRetentionDays, 1, 35, 1);
    checkWindows(problems, settings);
    const insights = settings.performanceInsightsRetentionDays;
    problems.check(
        insights === 7 || insights === 731 || (insights % 31 === 0 && insights >= 31 && insights <= 713),
        "performanceInsightsRetentionDays",
        insights,
        "7, a multiple of 31 up to 713, or 731",
    );
    problems.check(
        [1, 5, 10, 15, 30, 60].includes(settings.monitoringIntervalSeconds),
        "monitoringIntervalSeconds",
        settings.monitoringIntervalSeconds,
        "1, 5, 10, 15, 30 or 60",
        "Enhanced monitoring cannot be off",
    );
    checkLogRetention(problems, "logRetentionDays", settings.logRetentionDays);
    problems.check(
        !settings.standalone || (args.role === AuroraRole.Primary && settings.isWriter),
        "standalone",
        settings.standalone,
        `false but for the role ${AuroraRole.Primary} whose region writes`,
        "Whoever writes elsewhere is not alone",
    );
}

function checkFounder(problems: Problems, args: AuroraGlobalArgs, settings: Settings): void {
    demand(problems, args, ["availabilityZones"]);
    if (args.availabilityZones !== undefined) {
        checkZones(problems, "availabilityZones", args.region, args.availabilityZones);
    }
    checkInstanceCount(problems, "instanceCount", settings.instanceCount, settings.deletionProtection);
    problems.check(
        isUsername(settings.masterUsername, 16),
        "masterUsername",
        settings.masterUsername,
        `1 to 16 lower-case letters, digits and underscores, a letter first, and not ${RESERVED_USERS}`,
    );
    problems.checkRange("passwordRotationDays", settings.passwordRotationDays, 1, 90, 1);
    settings.replicaRegions.forEach((region, index) => {
        problems.check(
            isRegion(region) && region !== args.region && settings.replicaRegions.indexOf(region) === index,
            `replicaRegions[${index}]`,
            region,
            `an AWS region code, each once, and not ${args.region}, where the secret itself is`,
        );
    });
}

function checkReplication(problems: Problems, args: AuroraGlobalArgs, settings: Settings): void {
    refuse(problems, args, REGIONAL_ONLY);
    demand(problems, args, ["source", "secondaries"]);
    const secondaries = args.secondaries ?? [];
    if (args.secondaries !== undefined) {
        problems.check(
            secondaries.length >= 1 && secondaries.length <= SECONDARIES_MAX,
            "secondaries",
            secondaries.map((secondary) => secondary.region),
            `1 to ${SECONDARIES_MAX} regions`,
        );
    }
    secondaries.forEach((secondary, index) => {
        checkSecondary(problems, args.region, secondaries, secondary, index, settings);
    });
    const regions = [args.region, ...secondaries.map((secondary) => secondary.region)];
    problems.check(
        regions.includes(settings.writerRegion),
        "writerRegion",
        settings.writerRegion,
        `a region of the database: ${regions.join(", ")}`,
    );
}

function checkSecondary(
    problems: Problems,
    foundingRegion: string,
    secondaries: readonly AuroraSecondary[],
    secondary: AuroraSecondary,
    index: number,
    settings: Settings,
): void {
    const path = `secondaries[${index}]`;
    const before = secondaries.slice(0, index);
    problems.check(
        isRegion(secondary.region) &&
            secondary.region !== foundingRegion &&
            !before.some((other) => other.region === secondary.region),
        `${path}.region`,
        secondary.region,
        `an AWS region code, each once, and not ${foundingRegion}, where the database was founded`,
    );
    checkIdentifier(
        problems,
        `${path}.clusterIdentifier`,
        secondary.clusterIdentifier,
        CLUSTER_IDENTIFIER_MAX,
    );
    const twin = before.find((other) => other.clusterIdentifier === secondary.clusterIdentifier);
    if (twin !== undefined) {
        problems.add(
            `${path}.clusterIdentifier`,
            secondary.clusterIdentifier,
            `an identifier that no other member has, and ${twin.region}'s has it`,
            "Members of a global database share one list of names over all regions",
        );
    }
    checkZones(problems, `${path}.availabilityZones`, secondary.region, secondary.availabilityZones);
    checkMember(problems, path, secondary);
    const count = secondary.instanceCount ?? settings.instanceCount;
    checkInstanceCount(problems, `${path}.instanceCount`, count, settings.deletionProtection);
}

/** Whether the two stacks mean the same member. An output is asked when it is known. */
function checkMember(problems: Problems, path: string, secondary: AuroraSecondary): void {
    const { member } = secondary;
    if (pulumi.Output.isInstance(member) || member instanceof Promise) {
        return;
    }
    for (const key of ["region", "clusterIdentifier"] as const) {
        const value: unknown = member[key];
        if (typeof value === "string") {
            problems.check(
                value === secondary[key],
                `${path}.member.${key}`,
                value,
                `${secondary[key]}, as ${path}.${key}`,
            );
        }
    }
}

function checkInstanceCount(
    problems: Problems,
    path: string,
    count: number,
    deletionProtection: boolean,
): void {
    const least = deletionProtection ? 2 : 1;
    problems.check(
        Number.isInteger(count) && count >= least && count <= INSTANCES_MAX,
        path,
        count,
        `a whole number from ${least} to ${INSTANCES_MAX}`,
        deletionProtection ? "One instance alone has nothing to fail over to" : undefined,
    );
}

function checkCapacity(problems: Problems, { capacity, engineVersion, standalone }: Settings): void {
    const { minCapacity, maxCapacity, standbyMinCapacity, secondsUntilAutoPause } = capacity;
    problems.checkRange("capacity.maxCapacity", maxCapacity, 1, 256, CAPACITY_STEP);
    // Auto-pause, which a floor of 0 means, is not for members of a global database.
    const least = standalone && canPause(engineVersion) ? 0 : CAPACITY_STEP;
    problems.checkRange("capacity.minCapacity", minCapacity, least, maxCapacity, CAPACITY_STEP);
    if (secondsUntilAutoPause !== undefined) {
        problems.check(
            minCapacity === 0,
            "capacity.secondsUntilAutoPause",
            secondsUntilAutoPause,
            "nothing while capacity.minCapacity is above 0, because then no instance pauses",
        );
        problems.checkRange("capacity.secondsUntilAutoPause", secondsUntilAutoPause, 300, 86_400, 1);
    }
    if (standbyMinCapacity !== undefined) {
        problems.checkRange(
            "capacity.standbyMinCapacity",
            standbyMinCapacity,
            CAPACITY_STEP,
            maxCapacity,
            CAPACITY_STEP,
        );
    }
}

function checkWindows(problems: Problems, { backupWindow, maintenanceWindow }: Settings): void {
    const backup = dailyWindow(backupWindow);
    const maintenance = weeklyWindow(maintenanceWindow);
    const ok =
        problems.check(
            backup !== undefined && backup.length >= SHORTEST_WINDOW,
            "backupWindow",
            backupWindow,
            `hh:mm-hh:mm in UTC, ${SHORTEST_WINDOW} minutes at least, such as 02:00-03:00`,
        ) &&
        problems.check(
            maintenance !== undefined && maintenance.length >= SHORTEST_WINDOW,
            "maintenanceWindow",
            maintenanceWindow,
            `ddd:hh:mm-ddd:hh:mm in UTC and lower case, ${SHORTEST_WINDOW} minutes at least, such as sun:04:00-sun:05:00`,
        );
    if (ok && backup !== undefined && maintenance !== undefined) {
        problems.check(
            !windowsOverlap(backup, maintenance),
            "maintenanceWindow",
            maintenanceWindow,
            `a window apart from the backup window ${backupWindow}`,
        );
    }
}

function checkZones(problems: Problems, path: string, region: string, zones: readonly string[]): void {
    problems.check(zones.length >= ZONES_MIN, path, zones, `at least ${ZONES_MIN} zones`);
    zones.forEach((zone, index) => {
        if (!isRegion(region)) {
            // Which zones are right cannot be said; that the region is wrong is said already.
            return;
        }
        problems.check(
            isZoneOf(region, zone) && zones.indexOf(zone) === index,
            `${path}[${index}]`,
            zone,
            `a zone of ${region}, each once, such as ${region}a`,
        );
    });
}

function demand(problems: Problems, args: AuroraGlobalArgs, keys: readonly (keyof AuroraGlobalArgs)[]): void {
    for (const key of keys) {
        problems.check(args[key] !== undefined, key, undefined, `a value, in the role ${args.role}`);
    }
}

function refuse(problems: Problems, args: AuroraGlobalArgs, keys: readonly (keyof AuroraGlobalArgs)[]): void {
    const owner =
        keys === REPLICATION_ONLY
            ? AuroraRole.Replication
            : `${AuroraRole.Primary} and ${AuroraRole.Secondary}`;
    for (const key of keys.filter((candidate) => args[candidate] !== undefined)) {
        problems.add(key, "given", `nothing in the role ${args.role}`, `It belongs to the role ${owner}`);
    }
}

function checkIdentifier(problems: Problems, path: string, value: string, most: number): void {
    problems.check(
        isIdentifier(value, most),
        path,
        value,
        `1 to ${most} lower-case letters, digits and single hyphens, a letter first and no hyphen last`,
    );
}
