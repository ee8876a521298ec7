import { canPause } from "../../components/auroraGlobal/engine";
import { isSingleRegion } from "../catalogue";
import { check, checkRange, type NumberKey, type RuleContext } from "./rule";

/** Aurora Serverless v2 counts its capacity in halves. Source: Aurora User Guide, "Aurora Serverless v2 capacity". */
const ACU_STEP = 0.5;
const ACU_MAX = 256;

/**
 * What the writer of a global database has to have at least.
 * Source: Aurora User Guide, "Configuration requirements of an Amazon Aurora global database".
 */
const WRITER_ACU_MIN = 8;

// PostgreSQL keeps these for itself, and RDS refuses them.
const RESERVED_DATABASES = ["postgres", "rdsadmin", "template0", "template1"];

/** The database's name, version, capacity and backups. */
export function databaseRules(context: RuleContext): void {
    const { problems, values } = context;
    check(
        context,
        "databaseName",
        (value) => /^[a-z][a-z0-9_]{0,62}$/.test(value) && !RESERVED_DATABASES.includes(value),
        "1 to 63 lower-case letters, digits and underscores, a letter first, and none of " +
            RESERVED_DATABASES.join(", "),
    );
    check(
        context,
        "databaseEngineVersion",
        (value) => /^1[5-9]\.\d{1,2}$/.test(value),
        "an Aurora PostgreSQL version from 15 on, such as 18.6",
    );

    // A cluster that no other region joins may fall as low as it likes, and pause.
    const isAlone = isSingleRegion(context.catalogue);
    const max = values.databaseMaxCapacity ?? ACU_MAX;
    checkCapacity(context, "databaseMaxCapacity", 1, ACU_MAX, String(ACU_MAX));
    const ceiling = `${max} (${problems.fileKey("databaseMaxCapacity")})`;
    checkCapacity(context, "databaseMinCapacity", isAlone ? 0 : WRITER_ACU_MIN, max, ceiling);
    check(
        context,
        "databaseEngineVersion",
        (value) => values.databaseMinCapacity !== 0 || canPause(value),
        `15.7, 16.3 or a later version while ${problems.fileKey("databaseMinCapacity")} is 0, because older ones ` +
            "cannot pause",
    );
    checkCapacity(context, "databaseStandbyMinCapacity", ACU_STEP, max, ceiling);

    // A writer alone has nowhere to fail over to, which only an environment to throw away can bear; 15 is the most that the primary cluster may have beside it.
    const fewest = isAlone && values.deletionProtection === false ? 1 : 2;
    checkRange(context, "databaseInstanceCount", fewest, 15);
    // AWS keeps backups for 35 days at most; a week is the least that recovers from a mistake found after a holiday.
    checkRange(context, "databaseBackupRetentionDays", 7, 35);
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
        (value) => value >= min && value <= max && Number.isInteger(value / ACU_STEP),
        `${min} to ${ceiling} ACUs in steps of ${ACU_STEP}`,
    );
}
