import * as pulumi from "@pulumi/pulumi";

import {
    accountId,
    flag,
    hostedZoneId,
    isGiven,
    jurisdiction,
    list,
    logRetention,
    mailAddress,
    numberIn,
    region,
    required,
    requiredWhile,
    textLike,
    textOf,
    textWhere,
} from "../../components/shared/argumentRules";
import { type ArgumentTable, checkArguments, type Rule } from "../../components/shared/argumentTable";
import { isDomainName, isRegion, isZoneOf, Problems } from "../../components/shared/validation";

/** What the stack files of every example say. */
export interface CommonSettings {
    /** The AWS region of the stack. */
    region: string;
    /** The other region that the system runs in; left out where it runs in one. */
    peerRegion?: string;
    /** The region whose stack makes what exists once for both, and whose databases are written to. */
    primaryRegion: string;
    /** Name of the primary region's stack, in the other region's. */
    primaryStack?: string;
    /** The AWS account, 12 digits; the provider refuses every other one. */
    accountId: string;
    /** ARN of the role in that account that Pulumi acts as; left out for whoever runs Pulumi. */
    deployRoleArn?: string;
    /** The system's host name. */
    domainName: string;
    /** Id of the public Route 53 hosted zone that holds it. */
    hostedZoneId: string;
    /** Whose law personal data in the region is under. */
    jurisdiction: string;
    /** Address that is mailed alarms. */
    alarmEmail?: string;
    /** Whether this stack answers for the account in its region. */
    accountBaseline: boolean;
    /** Whether somebody is told what AWS Health says of the region. */
    healthEvents: boolean;
    /** USD by the month after which somebody is told. */
    monthlyBudgetUsd: number;
    /** Days that log groups are kept. */
    logRetentionDays: number;
    /** Whether Pulumi and AWS refuse to delete what holds data. */
    deletionProtection: boolean;
    /** The team that answers for it. */
    owner: string;
    /** Whom the bill goes to. */
    costCenter: string;
}

/** What those of a system with a network of its own say, too. */
export interface Settings extends CommonSettings {
    /** IPv4 block of the network. */
    cidrBlock: string;
    /** The zones to use. */
    availabilityZones: string[];
}

const TAG = /^[A-Za-z0-9][A-Za-z0-9 _.:/=+@-]{0,127}$/;

/** The rule of a region that is not the stack's own. */
export function otherRegion() {
    return textWhere(
        (other, { region: own }) => isRegion(other) && other !== own,
        "another AWS region's code, such as eu-central-1, or nothing",
    );
}

const COMMON: ArgumentTable<CommonSettings> = {
    region: required(region()),
    peerRegion: otherRegion(),
    primaryRegion: required(
        textWhere(
            (primary, { region: own, peerRegion }) => primary === own || primary === peerRegion,
            ({ region: own, peerRegion }) =>
                [own, peerRegion]
                    .map((code) => textOf(code))
                    .filter((code) => code !== "")
                    .join(" or "),
            { kind: "the code of one of the stack's two regions" },
        ),
    ),
    primaryStack: requiredWhile(
        ({ peerRegion, primaryRegion, region: own }) => isGiven(peerRegion) && primaryRegion !== own,
        { allowed: "the name of the primary region's stack, such as prod-us" },
        textLike(/^[A-Za-z0-9_.-]{1,100}$/, "a stack's name"),
    ),
    accountId: required(accountId("12 digits, in quotes")),
    deployRoleArn: textLike(/^arn:aws:iam::\d{12}:role\/.+$/, "the ARN of a role, arn:aws:iam::…:role/…"),
    domainName: required(textWhere(isDomainName, "a host name in lower case, such as store.example.com")),
    hostedZoneId: required(hostedZoneId()),
    jurisdiction: required(jurisdiction()),
    alarmEmail: mailAddress(),
    accountBaseline: required(flag()),
    healthEvents: required(flag()),
    monthlyBudgetUsd: required(numberIn({ min: 1, max: 10_000_000 })),
    logRetentionDays: required(logRetention()),
    deletionProtection: required(flag()),
    owner: required(textLike(TAG, "a tag's value")),
    costCenter: required(textLike(TAG, "a tag's value")),
};

const NETWORK: ArgumentTable<Omit<Settings, keyof CommonSettings>> = {
    // The network component holds it to its rules; here it only must be one.
    cidrBlock: required(
        textLike(
            /^(?:\d{1,3}\.){3}\d{1,3}\/(?:1[6-9]|20)$/,
            "an IPv4 block from /16 to /20, such as 10.40.0.0/16",
        ),
    ),
    availabilityZones: required(
        list(
            textWhere(
                (zone, { region: own }) => isZoneOf(textOf(own), zone),
                ({ region: own }) =>
                    `a zone of ${textOf(own, "the region")}, such as ${textOf(own, "eu-central-1")}a`,
                { kind: "the name of a zone" },
            ),
        ),
    ),
};

/** What follows from a stack's name and settings. */
export interface StackPlace {
    /** Such as `prod`: all before the name's last hyphen, and all of a name without one. */
    readonly environment: string;
    /** What the stack's name says of its region: all behind the last hyphen, and nothing without one. */
    readonly regionKey: string;
    /** Whether this stack makes what exists once for both regions. */
    readonly isPrimary: boolean;
    /** Begins the names of what an account has once: project, environment and region. */
    readonly namePrefix: string;
}

/** The settings of an example's stack. */
export type StackSettings<T extends object> = Settings & T & StackPlace;

/**
 * Reads the stack's configuration: what all examples have, and what one has beside it. An empty text counts as left out,
 * since a project file can give no other default to what may be left out.
 *
 * @param own The rules of the example's own keys.
 * @throws pulumi.RunError that names every key that is wrong, before anything is registered.
 */
export function readSettings<T extends object>(own: ArgumentTable<T>): StackSettings<T> {
    return readCommonSettings({ ...NETWORK, ...own } as unknown as ArgumentTable<
        Omit<Settings, keyof CommonSettings> & T
    >);
}

/** The same of a system that has no network of its own. */
export function readCommonSettings<T extends object>(own: ArgumentTable<T>): CommonSettings & T & StackPlace {
    const table = { ...COMMON, ...own } as unknown as ArgumentTable<CommonSettings & T>;
    const config = new pulumi.Config();
    const given: Record<string, unknown> = {};
    for (const [key, rule] of Object.entries<Rule>(table as Readonly<Record<string, Rule>>)) {
        const value = valueOf(config, key, rule);
        if (value !== undefined && value !== "") {
            given[key] = value;
        }
    }
    const stack = pulumi.getStack();
    const problems = new Problems(`Pulumi.${stack}.yaml`, pulumi.getProject());
    const settings = checkArguments(problems, given as CommonSettings & T, table);
    try {
        problems.throwIfAny();
    } catch (error) {
        // The program's reader wants the list, and not where in the program it was found.
        throw error instanceof pulumi.InputPropertiesError ? new pulumi.RunError(error.message) : error;
    }
    const [environment, regionKey] = partsOf(stack);
    return {
        ...settings,
        environment,
        regionKey,
        isPrimary: settings.region === settings.primaryRegion,
        namePrefix: `${pulumi.getProject()}-${stack}`,
    };
}

/** The environment and the region's key in a stack's name. */
export function partsOf(stack: string): readonly [environment: string, regionKey: string] {
    const hyphen = stack.lastIndexOf("-");
    return hyphen < 0 ? [stack, ""] : [stack.slice(0, hyphen), stack.slice(hyphen + 1)];
}

function valueOf(config: pulumi.Config, key: string, { kind }: Rule): unknown {
    const text = config.get(key);
    if (text === undefined || kind === "text") {
        return text;
    }
    try {
        return JSON.parse(text) as unknown;
    } catch {
        // Of another kind than the rule's, which says so.
        return text;
    }
}
