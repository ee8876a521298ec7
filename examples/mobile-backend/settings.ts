import {
    alsoWhere,
    flagWhere,
    isGiven,
    numberOf,
    oneOf,
    required,
    textLike,
    wholeNumber,
} from "../../components/shared/argumentRules";
import { type ArgumentTable } from "../../components/shared/argumentTable";
import { readSettings, type StackSettings } from "../shared/settings";

/** How the table's capacity is paid. */
export enum TableCapacity {
    /** By request. */
    OnDemand = "OnDemand",
    /** By the hour, between two bounds. */
    Provisioned = "Provisioned",
}

/** What this system's stack files say beside what all do. See Pulumi.yaml. */
export interface BackendKeys {
    signInPrefix: string;
    mfaForAll: boolean;
    samlMetadataUrl?: string;
    mailIdentityArn?: string;
    tableCapacity: TableCapacity;
    minCapacityUnits: number;
    maxCapacityUnits: number;
    cacheSizeGb: string;
    cacheTtlSeconds: number;
    daxNodes: number;
    daxNodeType: string;
    replicaActive: boolean;
}

const KEYS: ArgumentTable<BackendKeys> = {
    signInPrefix: required(
        textLike(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, "1 to 63 small letters, digits and hyphens"),
    ),
    mfaForAll: required(
        flagWhere(
            (forAll, { peerRegion }) => !forAll || !isGiven(peerRegion),
            "false while there is a peerRegion",
            {
                remedy: "The second region takes no codes of authenticator apps: nobody could sign in there. Passkeys take their place",
            },
        ),
    ),
    samlMetadataUrl: textLike(/^https:\/\/\S+$/, "a URL that begins with https://"),
    mailIdentityArn: textLike(
        /^arn:aws:ses:[a-z0-9-]+:\d{12}:identity\/.+$/,
        "the ARN of an identity of Amazon SES",
    ),
    tableCapacity: required(
        alsoWhere(
            (capacity, { peerRegion }) => capacity !== TableCapacity.Provisioned || !isGiven(peerRegion),
            `${TableCapacity.OnDemand} while there is a peerRegion`,
            oneOf(TableCapacity),
            { remedy: "DynamoDB makes replicas of tables on demand" },
        ),
    ),
    minCapacityUnits: required(
        wholeNumber({ min: 1, max: 40_000 }, "a whole number from 1 to 40000 (units)"),
    ),
    maxCapacityUnits: required(
        wholeNumber(
            ({ minCapacityUnits }) => ({ min: numberOf(minCapacityUnits, 1), max: 40_000 }),
            ({ minCapacityUnits }) =>
                `a whole number from ${numberOf(minCapacityUnits, 1)} (minCapacityUnits) to 40000`,
        ),
    ),
    // A text: Pulumi's typed configuration knows whole numbers alone.
    cacheSizeGb: required(
        textLike(
            /^(?:0|0\.5|1\.6|6\.1|13\.5|28\.4|58\.2|118|237)$/,
            "0 for none, or 0.5, 1.6, 6.1, 13.5, 28.4, 58.2, 118 or 237, in quotes",
        ),
    ),
    cacheTtlSeconds: required(wholeNumber({ min: 1, max: 3600 }, "a whole number from 1 to 3600 (seconds)")),
    daxNodes: required(wholeNumber({ min: 0, max: 11 }, "0 for none, or a whole number up to 11")),
    daxNodeType: required(textLike(/^dax\.[a-z0-9]+\.[a-z0-9]+$/, "a node type, such as dax.t3.small")),
    replicaActive: required(
        flagWhere(
            (active, { peerRegion }) => !active || isGiven(peerRegion),
            "false without a peerRegion, whose users it is about",
        ),
    ),
};

/** The settings of a stack of the backend. */
export type BackendSettings = StackSettings<BackendKeys>;

/** Reads the stack's configuration. */
export function readBackendSettings(): BackendSettings {
    return readSettings(KEYS);
}
