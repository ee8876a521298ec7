import { internetEgressBlocks } from "../../network";
import {
    accountId,
    allOf,
    arnOf,
    byDefault,
    flag,
    id,
    input,
    isCount,
    isEachOnce,
    keyArn,
    list,
    logRetention,
    numberOf,
    object,
    oneOf,
    region,
    required,
    subnetIds,
    tags,
    textLike,
    textWhere,
    topicArns,
    unless,
    wholeNumber,
} from "../../shared/argumentRules";
import { type ArgumentTable, type Given, type Judge, type Place } from "../../shared/argumentTable";
import { commonArchitecture } from "../../shared/instanceTypes";
import { FAMILIES_KNOWN, networkInterfacesOf } from "../networkInterfaces";
import {
    ClusterCapacity,
    type ClusterStrategyPart,
    type ContainerClusterArgs,
    ContainerInsights,
    type InstanceCapacity,
} from "./args";

/** What holds where nothing is said. */
export const DEFAULT_INSTANCES = {
    minInstances: 2,
    maxInstances: 6,
    targetCapacityPercent: 90,
    volumeSizeGiB: 30,
} as const;

// Amazon ECS API Reference, CapacityProviderStrategyItem.
const STRATEGY_PART: ArgumentTable<ClusterStrategyPart> = {
    capacity: required(oneOf(ClusterCapacity)),
    base: wholeNumber({ min: 0, max: 100_000 }, "a whole number from 0 to 100000"),
    weight: wholeNumber({ min: 0, max: 1000 }, "a whole number from 0 to 1000"),
};

const partsOf = (value: unknown): readonly Given[] => value as readonly Given[];

const isStrategy: Judge = allOf(
    unless(
        (parts) => isCount(parts, 1, 2) && isEachOnce(partsOf(parts).map(({ capacity }) => capacity)),
        "1 or 2 parts, each capacity once",
    ),
    unless(
        (parts) => partsOf(parts).filter(({ base }) => numberOf(base, 0) > 0).length <= 1,
        "one part with a base",
    ),
    unless(
        (parts) => partsOf(parts).some(({ weight }) => numberOf(weight, 1) > 0),
        "one part with a weight above 0",
        { remedy: "Capacity without a weight takes no tasks" },
    ),
);

const areOfOneArchitecture: Judge = unless(
    // Of types that are refused for themselves nothing more is said.
    (types) => {
        const known = (types as readonly string[]).filter((type) => networkInterfacesOf(type) !== undefined);
        return known.length === 0 || commonArchitecture(known) !== undefined;
    },
    "types of one architecture, arm64 or x86_64",
    { remedy: "One launch template has one image" },
);

const MOST_INSTANCES = 1000;

const leastOf = ({ within }: Place): number => numberOf(within.minInstances, DEFAULT_INSTANCES.minInstances);

const INSTANCES: ArgumentTable<InstanceCapacity> = {
    instanceTypes: required(
        list(
            textWhere(
                (type) => (networkInterfacesOf(type) ?? 0) > 1,
                `an instance type whose network interfaces are known: ${FAMILIES_KNOWN}`,
                { remedy: "How many tasks an instance can hold is computed from its network interfaces" },
            ),
            "a list of instance types",
            allOf(
                unless((types) => isCount(types, 1, 40) && isEachOnce(types), "1 to 40 different types"),
                areOfOneArchitecture,
            ),
        ),
    ),
    minInstances: wholeNumber({ min: 0, max: MOST_INSTANCES }, `a whole number from 0 to ${MOST_INSTANCES}`),
    maxInstances: byDefault(
        DEFAULT_INSTANCES.maxInstances,
        wholeNumber(
            (_, place) => ({ min: leastOf(place) + 1, max: MOST_INSTANCES }),
            (_, place) => `a whole number above minInstances (${leastOf(place)}), at most ${MOST_INSTANCES}`,
            { remedy: "ECS scales the group, and replacing an instance needs the room" },
        ),
    ),
    vpcId: required(input(id("vpc-", "a VPC"))),
    subnetIds: required(input(subnetIds("for the instances"))),
    targetCapacityPercent: wholeNumber({ min: 1, max: 100 }, "a whole number from 1 to 100 (percent)"),
    imageId: input(id("ami-", "a machine image")),
    // ECS's images come with 30 GiB, and a volume cannot be smaller than its image's snapshot.
    volumeSizeGiB: wholeNumber({ min: 30, max: 16_384 }, "a whole number from 30 to 16384 (GiB)"),
    volumeKmsKeyArn: input(keyArn()),
    internetEgressCidrBlocks: internetEgressBlocks(),
};

/** The rules of ContainerCluster's arguments. */
export const CONTAINER_CLUSTER_ARGUMENTS: ArgumentTable<ContainerClusterArgs> = {
    region: required(region()),
    accountId: required(input(accountId())),
    kmsKeyArn: required(input(keyArn())),
    containerInsights: oneOf(ContainerInsights),
    defaultStrategy: list(object(STRATEGY_PART), "a list of parts", isStrategy),
    serviceConnectNamespace: textLike(
        /^[A-Za-z0-9_.-]{1,64}$/,
        "1 to 64 letters, digits, hyphens, underscores and dots",
    ),
    commandExecution: flag(),
    instanceCapacity: object(INSTANCES),
    logRetentionDays: logRetention(),
    alarmTopicArns: input(topicArns()),
    permissionsBoundaryArn: input(arnOf("iam", "an IAM policy")),
    tags: tags(),
};
