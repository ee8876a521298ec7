import { VersionPlace } from "../../components/edge";
import {
    byDefault,
    flag,
    isGiven,
    leftOutWhile,
    numberIn,
    oneOf,
    required,
    requiredWhile,
    textLike,
    textWhere,
} from "../../components/shared/argumentRules";
import { type ArgumentTable, type Given } from "../../components/shared/argumentTable";
import { isDomainName } from "../../components/shared/validation";
import { type CommonSettings, readCommonSettings, type StackPlace } from "../shared/settings";
import { type Lifetimes } from "./contents";

/** What this system's stack files say beside what all do. See Pulumi.yaml. */
export interface UpdatesKeys extends Lifetimes {
    createDnsRecords: boolean;
    balancerArn?: string;
    balancerDomainName?: string;
    peerBalancerArn?: string;
    peerBalancerDomainName?: string;
    capacityRequestsPerMinute: number;
    versionPlace: VersionPlace;
    versionName?: string;
    objectStore: boolean;
}

const YEAR = 31_536_000;

const isFirstOfTwo = ({ peerRegion, primaryRegion, region }: Given): boolean =>
    isGiven(peerRegion) && primaryRegion === region;

function arn(where: "peerRegion" | "region") {
    return textWhere(
        (text, args) =>
            /^arn:aws:elasticloadbalancing:[a-z0-9-]+:\d{12}:loadbalancer\/(?:app|net)\/.+$/.test(text) &&
            text.split(":")[3] === args[where],
        `the ARN of a balancer in ${where}`,
    );
}

const name = () => textWhere(isDomainName, "a host name in lower case");

function lifetime() {
    return required(numberIn({ min: 1, max: YEAR, step: 1 }));
}

const KEYS: ArgumentTable<UpdatesKeys> = {
    createDnsRecords: required(flag()),
    balancerArn: requiredWhile(
        ({ balancerDomainName }) => !isGiven(balancerDomainName),
        { allowed: "the ARN of the balancer, or balancerDomainName" },
        arn("region"),
    ),
    balancerDomainName: leftOutWhile(
        ({ balancerArn }) => isGiven(balancerArn),
        () => ({ allowed: "nothing beside balancerArn" }),
        name(),
    ),
    peerBalancerArn: requiredWhile(
        (args) => isFirstOfTwo(args) && !isGiven(args.peerBalancerDomainName),
        { allowed: "the ARN of the second balancer, or peerBalancerDomainName, in the first stack of two" },
        arn("peerRegion"),
    ),
    peerBalancerDomainName: leftOutWhile(
        ({ peerBalancerArn }) => isGiven(peerBalancerArn),
        () => ({ allowed: "nothing beside peerBalancerArn" }),
        name(),
    ),
    capacityRequestsPerMinute: required(numberIn({ min: 1, max: 10_000_000, step: 1 })),
    versionPlace: required(byDefault(VersionPlace.Path, oneOf(VersionPlace))),
    // The component holds it to its rules.
    versionName: textLike(/^[A-Za-z0-9_.-]{1,63}$/, "the name of a header or a parameter"),
    manifestSeconds: lifetime(),
    latestSeconds: lifetime(),
    versionSeconds: lifetime(),
    objectStore: required(flag()),
};

/** The settings of a stack. */
export type UpdatesSettings = CommonSettings & UpdatesKeys & StackPlace;

/** Reads the stack's configuration. */
export function readUpdatesSettings(): UpdatesSettings {
    return readCommonSettings(KEYS);
}
