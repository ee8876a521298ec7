import {
    accountId,
    flag,
    flagWhere,
    id,
    input,
    judgedWhile,
    list,
    logRetention,
    number,
    numberIn,
    numberOf,
    numberWhere,
    object,
    oneOf,
    region,
    required,
    requiredWhile,
    subnetIds,
    textOf,
    textWhere,
    topicArns,
} from "../../shared/argumentRules";
import { type ArgumentTable, type Given } from "../../shared/argumentTable";
import { isRegion } from "../../shared/validation";
import { type AuroraCapacity } from "../auroraMember/args";
import { CAPACITY_STEP } from "../auroraMember/capacity";
import { canPause, DEFAULT_ENGINE_VERSION, isEngineVersion, OLDEST_MAJOR } from "../auroraMember/engine";
import {
    AURORA_ARGUMENTS,
    CAPACITY_KINDS,
    CLUSTER_IDENTIFIER,
    instanceCount,
    masterUsername,
    zones,
} from "../auroraMember/table";
import { type AuroraGlobalArgs, AuroraRole } from "./args";
import { backupWindow, maintenanceWindow } from "./windowRules";

const isPrimary = (args: Given): boolean => args.role === AuroraRole.Primary;

// Auto-pause, which a floor of 0 means, is not for members of a global database.
const leastFloor = (args: Given): number =>
    args.standalone === true && canPause(textOf(args.engineVersion, DEFAULT_ENGINE_VERSION))
        ? 0
        : CAPACITY_STEP;

/** The ceiling that stands beside a floor; where that is no number, which is said of it, the highest that there is. */
const ceiling = ({ maxCapacity }: Given): number => numberOf(maxCapacity, HIGHEST_CEILING);

const HIGHEST_CEILING = 256;

const CAPACITY: ArgumentTable<AuroraCapacity> = {
    minCapacity: required(
        numberIn(
            (args, { within }) => ({ min: leastFloor(args), max: ceiling(within), step: CAPACITY_STEP }),
            {
                kind: CAPACITY_KINDS.minCapacity.allowed,
            },
        ),
    ),
    maxCapacity: required(
        numberIn(
            { min: 1, max: HIGHEST_CEILING, step: CAPACITY_STEP },
            { kind: CAPACITY_KINDS.maxCapacity.allowed },
        ),
    ),
    standbyMinCapacity: numberIn(
        (_, { within }) => ({ min: CAPACITY_STEP, max: ceiling(within), step: CAPACITY_STEP }),
        { kind: CAPACITY_KINDS.standbyMinCapacity.allowed },
    ),
    secondsUntilAutoPause: number(CAPACITY_KINDS.secondsUntilAutoPause.allowed, (value, args, place) => {
        const seconds = numberIn({ min: 300, max: 86_400, step: 1 });
        return place.within.minCapacity === 0
            ? seconds.judge?.(value, args, place)
            : {
                  allowed: "nothing while capacity.minCapacity is above 0, because then no instance pauses",
              };
    }),
};

/** The rules of AuroraGlobal's arguments. */
export const AURORA_GLOBAL_ARGUMENTS: ArgumentTable<AuroraGlobalArgs> = {
    ...AURORA_ARGUMENTS,
    region: required(region()),
    accountId: required(input(accountId("an AWS account id: 12 digits"))),
    role: required(oneOf(AuroraRole)),
    clusterIdentifier: required(CLUSTER_IDENTIFIER),
    engineVersion: textWhere(
        isEngineVersion,
        `a version of Aurora PostgreSQL from ${OLDEST_MAJOR} on, such as 18.6`,
        { kind: "a version of Aurora PostgreSQL, such as 18.6" },
    ),
    masterUsername: judgedWhile(isPrimary, masterUsername()),
    port: numberIn({ min: 1150, max: 65535, step: 1 }),
    subnetIds: required(input(subnetIds("without a way out"))),
    securityGroupId: required(input(id("sg-", "a security group"))),
    availabilityZones: requiredWhile(
        isPrimary,
        { allowed: `a value, in the role ${AuroraRole.Primary}` },
        judgedWhile(isPrimary, zones()),
    ),
    instanceCount: judgedWhile(isPrimary, instanceCount()),
    capacity: object(CAPACITY),
    standalone: flagWhere(
        (standalone, args) => !standalone || (isPrimary(args) && (args.isWriter ?? true) === true),
        `false but for the role ${AuroraRole.Primary} whose region writes`,
        { remedy: "Whoever writes elsewhere is not alone" },
    ),
    isWriter: flag(),
    replicaRegions: judgedWhile(
        isPrimary,
        list(
            textWhere(
                (value, args, { before }) =>
                    isRegion(value) && value !== args.region && !before.includes(value),
                (args) =>
                    `an AWS region code, each once, and not ${textOf(args.region)}, where the secret itself is`,
                { kind: "an AWS region code" },
            ),
            "a list of AWS region codes",
        ),
    ),
    passwordRotationDays: judgedWhile(isPrimary, numberIn({ min: 1, max: 90, step: 1 })),
    dataApi: flag(),
    backupRetentionDays: numberIn({ min: 1, max: 35, step: 1 }),
    backupWindow: backupWindow(),
    maintenanceWindow: maintenanceWindow(),
    performanceInsightsRetentionDays: numberWhere(
        (days) => days === 7 || days === 731 || (days % 31 === 0 && days >= 31 && days <= 713),
        "7, a multiple of 31 up to 713, or 731",
    ),
    monitoringIntervalSeconds: numberWhere(
        (seconds) => [1, 5, 10, 15, 30, 60].includes(seconds),
        "1, 5, 10, 15, 30 or 60",
        { remedy: "Enhanced monitoring cannot be off" },
    ),
    logRetentionDays: logRetention(),
    alarmTopicArns: input(topicArns()),
};
