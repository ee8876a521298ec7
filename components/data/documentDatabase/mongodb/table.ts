import {
    arnOf,
    id,
    input,
    isCount,
    isEachOnce,
    judgedWhile,
    list,
    numberOf,
    numberWhere,
    textWhere,
    unless,
    wholeNumber,
} from "../../../shared/argumentRules";
import { type ArgumentTable, type Given, type Rule } from "../../../shared/argumentTable";
import { commonArchitecture } from "../../../shared/instanceTypes";
import { EGRESS_BLOCKS_MAX, internetEgressBlocks } from "../../../network";
import { DocumentEngine, type MongoDbArgs } from "../args";
import { copyRegions } from "../copyRegions";
import { VOLUME_IOPS_MIN, VOLUME_SIZE_GB, VOLUME_THROUGHPUT_MIN } from "../settings";

const isChosen = (args: Given): boolean => args.engine === DocumentEngine.MongoDbOnEc2;

/** Judged, beside its kind, while the engine is MongoDB, so that one value may choose between the two. */
const whileChosen = <K extends Rule["kind"], R extends boolean, L extends boolean>(
    of: Rule<K, R, L>,
): Rule<K, R, L> => judgedWhile(isChosen, of);

/** Hours that divide a day, as Data Lifecycle Manager takes them. Source: its API Reference, CreateRule. */
const INTERVALS = [1, 2, 3, 4, 6, 8, 12, 24];

/** Data Lifecycle Manager API Reference, Schedule: CrossRegionCopyRules. */
const COPIES_MAX = 3;

// Amazon EBS User Guide, "General Purpose SSD volumes": IOPS per GiB, and MiB/s per IOPS, that gp3 takes.
const IOPS_PER_GB = 500;
const IOPS_PER_THROUGHPUT = 4;

/**
 * Whether MongoDB runs on the types, all of one size: a replacement must hold what the member before it held. MongoDB's
 * binaries for arm64 need ARMv8.2-A, which the first Graviton (a1) has not. Source: MongoDB Manual, "Production Notes".
 */
function areMemberTypes(types: readonly string[]): boolean {
    const sizes = new Set(types.map((type) => type.split(".")[1]));
    return (
        commonArchitecture(types) === "arm64" &&
        sizes.size === 1 &&
        !types.some((type) => type.startsWith("a1."))
    );
}

/** The rules of MongoDB's own arguments. */
export const MONGO_DB_ARGUMENTS: ArgumentTable<MongoDbArgs> = {
    instanceTypes: whileChosen(
        list(
            textWhere(
                (value) => /^[a-z0-9-]+\.[a-z0-9-]+$/.test(value),
                "an instance type, such as r8g.large",
            ),
            "a list of instance types",
            unless(
                (types) =>
                    isCount(types, 1, 10) && isEachOnce(types) && areMemberTypes(types as readonly string[]),
                "1 to 10 types with Graviton2 or later, each once and all of one size, such as r8g.large and r7g.large",
                {
                    remedy: "MongoDB's binaries for arm64 do not run on a1, and a member must fit into its next instance",
                },
            ),
        ),
    ),
    volumeSizeGb: whileChosen(
        wholeNumber({ min: 10, max: 16_384 }, "a whole number of GiB from 10 to 16384"),
    ),
    volumeIops: whileChosen(
        wholeNumber(
            (_, { within }) => ({
                min: VOLUME_IOPS_MIN,
                max: Math.min(16_000, numberOf(within.volumeSizeGb, VOLUME_SIZE_GB) * IOPS_PER_GB),
            }),
            "a whole number from 3000 to 16000, and at most 500 for each GiB",
        ),
    ),
    volumeThroughput: whileChosen(
        wholeNumber(
            (_, { within }) => ({
                min: VOLUME_THROUGHPUT_MIN,
                max: Math.min(
                    1000,
                    Math.floor(numberOf(within.volumeIops, VOLUME_IOPS_MIN) / IOPS_PER_THROUGHPUT),
                ),
            }),
            "a whole number of MiB/s from 125 to 1000, and at most a quarter of volumeIops",
        ),
    ),
    volumeSnapshotId: input(whileChosen(id("snap-", "a snapshot"))),
    snapshotIntervalHours: whileChosen(
        numberWhere((hours) => INTERVALS.includes(hours), `one of ${INTERVALS.join(", ")} (hours)`, {
            kind: "a number",
        }),
    ),
    snapshotCopies: copyRegions(COPIES_MAX, isChosen),
    internetEgressCidrBlocks: whileChosen({
        ...internetEgressBlocks(),
        judge: unless(
            (blocks) => isCount(blocks, 1, EGRESS_BLOCKS_MAX),
            `1 to ${EGRESS_BLOCKS_MAX} blocks, because a security group takes 60 rules`,
        ),
    }),
    permissionsBoundaryArn: input(arnOf("iam", "a policy")),
};

/** The versions of MongoDB that run on Amazon Linux 2023 with arm64, and releases of theirs. */
export function isMongoDbVersion(version: string): boolean {
    return /^[78]\.0(?:\.\d{1,2})?$/.test(version);
}
