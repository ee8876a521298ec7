import { CAPACITY_STEP, WRITER_FLOOR } from "../../components/auroraGlobal/capacity";
import { isEngineVersion, KNOWN_ENGINE_VERSIONS, OLDEST_MAJOR } from "../../components/auroraGlobal/engine";
import { isDatabaseName, RESERVED_DATABASES } from "../../components/auroraGlobal/identifiers";
import { memberInstancesMax } from "../../components/auroraGlobal/members";
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

    checkCapacity(context, "databaseMaxCapacity", 1, ACU_MAX, String(ACU_MAX));
    const least = values.databaseMaxCapacity ?? ACU_MAX;
    problems.check(
        least < 1 || least >= WRITER_FLOOR,
        "databaseMaxCapacity",
        least,
        `${WRITER_FLOOR} to ${ACU_MAX} ACUs, because the writer of a global database has ${WRITER_FLOOR} at least`,
    );
    const max = soundValue(context, "databaseMaxCapacity", WRITER_FLOOR, ACU_MAX);
    const ceiling =
        max === undefined ? String(ACU_MAX) : `${max} (${problems.fileKey("databaseMaxCapacity")})`;
    checkCapacity(context, "databaseMinCapacity", WRITER_FLOOR, max ?? ACU_MAX, ceiling);
    checkCapacity(context, "databaseStandbyMinCapacity", CAPACITY_STEP, max ?? ACU_MAX, ceiling);

    // A writer alone has nowhere to fail over to. Any region may become the writer's, which has least room.
    checkRange(context, "databaseInstanceCount", 2, memberInstancesMax(catalogue.length - 1));
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
