import {
    flag,
    flagWhere,
    list,
    number,
    required,
    tags,
    tagValue,
    textOf,
    textWhere,
    unless,
} from "../../shared/argumentRules";
import { type ArgumentTable, type Given, type Place } from "../../shared/argumentTable";
import { isRegion, isZoneOf } from "../../shared/validation";
import { type AuroraArgs, type AuroraCapacity } from "./args";
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
import { INSTANCES_MAX } from "./members";
import { DEFAULT_MASTER } from "./settings";

/** Fewer zones than this are no protection against losing one, and a subnet group must span two. */
export const ZONES_MIN = 2;

/** An identifier of RDS, so long at most. */
export function identifier(most: number) {
    return textWhere(
        (value) => isIdentifier(value, most),
        `1 to ${most} lower-case letters, digits and single hyphens, a letter first and no hyphen last`,
    );
}

/** The identifier of a member's cluster. */
export const CLUSTER_IDENTIFIER = identifier(CLUSTER_IDENTIFIER_MAX);

/** A zone in a list of them, in the region that stands beside the list. */
export function zone() {
    const regionOf = ({ within }: Place): string => textOf(within.region);
    return textWhere(
        // Where the region is wrong, which zones are right cannot be said.
        (value, _, place) =>
            !isRegion(regionOf(place)) || (isZoneOf(regionOf(place), value) && !place.before.includes(value)),
        (_, place) => `a zone of ${regionOf(place)}, each once, such as ${regionOf(place)}a`,
        { kind: "a zone of the region" },
    );
}

/** The zones of a member's instances. */
export function zones() {
    const allowed = `at least ${ZONES_MIN} zones`;
    return list(
        zone(),
        allowed,
        unless((given) => (given as unknown[]).length >= ZONES_MIN, allowed),
    );
}

/** How many instances a member has: enough for one to fail, where the database is worth protecting. */
export function instanceCount() {
    return number(`a whole number from 1 to ${INSTANCES_MAX}`, (value, args) => {
        const least = isProtected(args) ? 2 : 1;
        const count = value as number;
        return Number.isInteger(count) && count >= least && count <= INSTANCES_MAX
            ? undefined
            : {
                  allowed: `a whole number from ${least} to ${INSTANCES_MAX}`,
                  ...(least === 1 ? {} : { remedy: "One instance alone has nothing to fail over to" }),
              };
    });
}

/** Whether the database is worth protecting. */
export function isProtected(args: Given): boolean {
    return (args.deletionProtection ?? true) === true;
}

const USER = "lower-case letters, digits and underscores, a letter first";

/** The user whom applications sign in as, who is not the master user. */
function applicationUsername() {
    const masterOf = (args: Given): string => textOf(args.masterUsername, DEFAULT_MASTER);
    return textWhere(
        (name, args) => isUsername(name, 63) && name !== masterOf(args),
        (args) => `1 to 63 ${USER}, not ${masterOf(args)} (the master user) and not ${RESERVED_USERS}`,
        { kind: `1 to 63 ${USER}` },
    );
}

/** The master user, so long a name as RDS takes. */
export function masterUsername() {
    return textWhere((name) => isUsername(name, 16), `1 to 16 ${USER}, and not ${RESERVED_USERS}`, {
        kind: `1 to 16 ${USER}`,
    });
}

/** The kinds of a capacity's parts. What they may be depends on the cluster. */
export const CAPACITY_KINDS: ArgumentTable<AuroraCapacity> = {
    minCapacity: required(number("a number of ACU from 0.5 to 256, or 0 in a standalone cluster")),
    maxCapacity: required(number("a number of ACU from 1 to 256")),
    standbyMinCapacity: number("a number of ACU from 0.5 to maxCapacity"),
    secondsUntilAutoPause: number("a number from 300 to 86400 in steps of 1"),
};

/** The rules of what AuroraGlobal and AuroraReplication both take. */
export const AURORA_ARGUMENTS: ArgumentTable<AuroraArgs> = {
    globalClusterIdentifier: required(identifier(IDENTIFIER_MAX)),
    parameterPrefix: required(
        textWhere(
            isParameterPrefix,
            "parts of letters, digits and . _ - after a slash each, 14 at most, the first neither aws nor ssm, such as /shop/prod/database",
            {
                kind: "parts of letters, digits and . _ - after a slash each, such as /shop/prod/database",
            },
        ),
    ),
    databaseName: required(
        textWhere(isDatabaseName, `1 to 63 ${USER}, and none of ${RESERVED_DATABASES.join(", ")}`, {
            kind: `1 to 63 ${USER}`,
        }),
    ),
    applicationUsername: applicationUsername(),
    certificateBundlePath: textWhere(
        (path) => /^\/[^\s?&#%]+$/.test(path),
        "an absolute path without spaces and without ? & # %, because it is part of a connection string",
        { kind: "an absolute path" },
    ),
    deletionProtection: flag(),
    skipFinalSnapshot: flagWhere(
        (skip, args) => !(skip && isProtected(args)),
        "false under deletion protection",
        {
            remedy: "What is worth protecting is worth a last snapshot; set deletionProtection to false for a throw-away database",
        },
    ),
    backup: tagValue(),
    tags: tags(),
};
