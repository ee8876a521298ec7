import {
    canPause,
    CAPACITY_STEP,
    isDatabaseName,
    isEngineVersion,
    KNOWN_ENGINE_VERSIONS,
    memberInstancesMax,
    OLDEST_MAJOR,
    RESERVED_DATABASES,
    WRITER_FLOOR,
} from "../../components/data";
import { databaseRegions, isSingleRegion } from "../catalogue";
import { check, checkRange, type NumberKey, type RuleContext, soundValue } from "./rule";

/** Source: Aurora User Guide, "Aurora Serverless v2 capacity". */
const ACU_MAX = 256;

/** The database's name, version, capacity and backups. */
export function databaseRules(context: RuleContext): void {
    const { catalogue, problems, values } = context;
    check(
        context,
        "databaseName",
        isDatabaseName,
        "1 to 63 lower-case letters, digits and underscores, a letter first, and none of " +
            RESERVED_DATABASES.join(", "),
    );
    check(
        context,
        "databaseEngineVersion",
        isEngineVersion,
        `an Aurora PostgreSQL version from ${OLDEST_MAJOR} on, such as 18.6`,
    );
    quotesRule(context);

    // A cluster that no other region joins may fall as low as it likes, and pause.
    const isAlone = isSingleRegion(catalogue);
    const floor = isAlone ? 0 : WRITER_FLOOR;
    const leastCeiling = Math.max(floor, 1);
    checkCapacity(context, "databaseMaxCapacity", 1, ACU_MAX, String(ACU_MAX));
    const least = values.databaseMaxCapacity ?? ACU_MAX;
    problems.check(
        least < 1 || least >= leastCeiling,
        "databaseMaxCapacity",
        least,
        `${WRITER_FLOOR} to ${ACU_MAX} ACUs, because the writer of a global database has ${WRITER_FLOOR} at least`,
    );
    const max = soundValue(context, "databaseMaxCapacity", leastCeiling, ACU_MAX);
    const ceiling =
        max === undefined ? String(ACU_MAX) : `${max} (${problems.fileKey("databaseMaxCapacity")})`;
    checkCapacity(context, "databaseMinCapacity", floor, max ?? ACU_MAX, ceiling);
    check(
        context,
        "databaseEngineVersion",
        (value) => values.databaseMinCapacity !== 0 || canPause(value),
        `15.7, 16.3 or a later version while ${problems.fileKey("databaseMinCapacity")} is 0, because older ones ` +
            "cannot pause",
    );
    checkCapacity(context, "databaseStandbyMinCapacity", CAPACITY_STEP, max ?? ACU_MAX, ceiling);

    // A writer alone has nowhere to fail over to, which only an environment to throw away can bear. Any region may
    // become the writer's, which has least room.
    const fewest = isAlone && values.deletionProtection === false ? 1 : 2;
    checkRange(
        context,
        "databaseInstanceCount",
        fewest,
        memberInstancesMax(databaseRegions(catalogue).length - 1),
    );
    // AWS keeps backups for 35 days at most; a week is the least that recovers from a mistake found after a holiday.
    checkRange(context, "databaseBackupRetentionDays", 7, 35);
}

/** YAML reads 17.10 without quotes as the number 17.1, a release that AWS does not offer where it offers the other. */
function quotesRule(context: RuleContext): void {
    const version = context.values.databaseEngineVersion ?? "";
    const meant = `${version}0`;
    check(
        context,
        "databaseEngineVersion",
        () => KNOWN_ENGINE_VERSIONS.includes(version) || !KNOWN_ENGINE_VERSIONS.includes(meant),
        `a version that Aurora offers, such as "${meant}"`,
        `Put it in quotes: YAML reads ${meant} without them as the number ${version}`,
    );
}

function checkCapacity(
    context: RuleContext,
    key: NumberKey,
    min: number,
    max: number,
    ceiling: string,
): void {
    check(
        context,
        key,
        (value) => value >= min && value <= max && Number.isInteger(value / CAPACITY_STEP),
        `${min} to ${ceiling} ACUs in steps of ${CAPACITY_STEP}`,
    );
}
