import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import {
    allOf,
    flag,
    hostedZoneId,
    input,
    list,
    object,
    region,
    required,
    text,
    textOf,
    textWhere,
} from "../shared/argumentRules";
import { type ArgumentTable, checkArguments, type Judge } from "../shared/argumentTable";
import {
    type RecordRegion,
    type RecordSet,
    recordTree,
    recordTreeProblems,
    type RoutingPolicy,
} from "./recordTree";
import { isDomainName, Problems } from "../shared/validation";

/** A region's balancer and its health. */
export interface GlobalDnsRegion {
    /** Short name, the first label of the region's failover name. */
    key: string;
    /** The AWS region, which latency is measured to. */
    region: string;
    /** Key of the region that answers when this one is unhealthy. */
    failoverTo: string;
    /** Continents, by Route 53's codes, that geolocation keeps here. None when left out. */
    continents?: string[];
    /** DNS name of the region's balancer. */
    balancerDnsName: pulumi.Input<string>;
    /** Hosted zone id of the balancer, which AWS has one of per region and kind. */
    balancerZoneId: pulumi.Input<string>;
    /** The Route 53 health check of the region. */
    healthCheckId: pulumi.Input<string>;
    /**
     * Id of another health check, such as Region switch's, that must be well for the nearest viewers to be sent here. None when
     * left out. Geolocation does not go by it.
     */
    planHealthCheckId?: pulumi.Input<string>;
}

/** Arguments of GlobalDns. */
export interface GlobalDnsArgs {
    /** The public hosted zone that the names are in. */
    hostedZoneId: pulumi.Input<string>;
    /** Answers with the nearest region that is well. Failover names are one label below it. */
    latencyName: string;
    /** Answers by continent first, then as the latency name does. Left out, there is no such name. */
    geolocationName?: string;
    /** Two regions or more. */
    regions: GlobalDnsRegion[];
    /** Whether the balancers have IPv6 addresses, and the names AAAA records. False when left out. */
    dualStack?: boolean;
}

const TYPE = "meridian:index:GlobalDns";

/**
 * The names that lead to whichever region is best for a viewer, and that leave out a region that is down without
 * anybody doing anything.
 *
 * Children: `<name>-failover-<key>-primary` and `-secondary`, `<name>-latency-<key>`, and with a geolocation name
 * `<name>-continent-<code>` and `<name>-continent-default`; for IPv6 the same with `-ipv6` at the end.
 */
export class GlobalDns extends pulumi.ComponentResource {
    /** The name over the nearest region that is well. */
    readonly latencyName: pulumi.Output<string>;
    /** The name that viewers' requests should be fetched from: by continent where asked for, else by latency. */
    readonly originName: pulumi.Output<string>;
    /** The name of each region's failover pair, by the region's key. */
    readonly failoverNames: pulumi.Output<Record<string, string>>;

    /**
     * @throws pulumi.InputPropertiesError that lists everything for which Route 53 would refuse the records.
     */
    constructor(name: string, args: GlobalDnsArgs, opts?: pulumi.ComponentResourceOptions) {
        args = validate(name, args);
        super(TYPE, name, args, opts);

        const records = createRecords(this, name, args);

        // The names answer only once their records exist, so whoever uses one waits for them. A record's name is
        // known in a preview already, unlike its id.
        const exist = pulumi.all(records.map((record) => record.name));
        const failoverName = (key: string): string => failoverNameOf(args, key);
        this.latencyName = exist.apply(() => args.latencyName);
        this.originName = exist.apply(() => args.geolocationName ?? args.latencyName);
        this.failoverNames = exist.apply(() =>
            Object.fromEntries(args.regions.map(({ key }) => [key, failoverName(key)])),
        );
        this.registerOutputs({
            latencyName: this.latencyName,
            originName: this.originName,
            failoverNames: this.failoverNames,
        });
    }
}

function failoverNameOf({ latencyName }: Pick<GlobalDnsArgs, "latencyName">, key: string): string {
    return `${key}.${latencyName}`;
}

function plainRegions(regions: readonly GlobalDnsRegion[]): RecordRegion[] {
    return regions.map(({ key, region, failoverTo, continents }) => ({
        key,
        region,
        failoverTo,
        continents: continents ?? [],
    }));
}

const REGION: ArgumentTable<GlobalDnsRegion> = {
    key: required(text("a DNS label")),
    region: required(region()),
    failoverTo: required(text("the key of another region")),
    continents: list(text("a continent's code, such as EU"), "a list of continents' codes"),
    balancerDnsName: required(input(text("a host name"))),
    balancerZoneId: required(input(hostedZoneId())),
    healthCheckId: required(input(text("the id of a health check"))),
    planHealthCheckId: input(text("the id of a health check")),
};

/** A name has one routing policy, so no failover name may be the one that geolocation has. */
const apartFromGeolocation: Judge = (value, args) => {
    const { geolocationName } = args;
    const latencyName = textOf(args.latencyName);
    return (value as readonly GlobalDnsRegion[]).flatMap(({ key }, position) =>
        failoverNameOf({ latencyName }, key) === geolocationName
            ? [
                  {
                      at: `[${position}].key`,
                      shown: key,
                      allowed: `a key whose failover name is not ${geolocationName}`,
                  },
              ]
            : [],
    );
};

/** What Route 53 would refuse the records for, which all regions make together. */
const makeRecordTree: Judge = (value) =>
    recordTreeProblems(plainRegions(value as readonly GlobalDnsRegion[])).map(
        ({ path, value: shown, allowed }) => ({ at: path.slice("regions".length), shown, allowed }),
    );

const ARGUMENTS: ArgumentTable<GlobalDnsArgs> = {
    hostedZoneId: required(input(hostedZoneId())),
    latencyName: required(textWhere(isDomainName, "a host name in lower case")),
    geolocationName: textWhere(
        (geolocationName, { latencyName }) =>
            isDomainName(geolocationName) && geolocationName !== latencyName,
        "a host name in lower case that is not the latency name, since a name has one routing policy",
        { kind: "a host name in lower case that is not the latency name" },
    ),
    regions: required(
        list(object(REGION), "a list of two regions or more", allOf(apartFromGeolocation, makeRecordTree)),
    ),
    dualStack: flag(),
};

function validate(name: string, given: GlobalDnsArgs): GlobalDnsArgs {
    const problems = new Problems(TYPE, name);
    const args = checkArguments(problems, given, ARGUMENTS);
    problems.throwIfAny();
    return args;
}

function createRecords(parent: GlobalDns, name: string, args: GlobalDnsArgs): aws.route53.Record[] {
    const tree = recordTree(plainRegions(args.regions), {
        latencyName: args.latencyName,
        failoverName: (key) => failoverNameOf(args, key),
        geolocationName: args.geolocationName,
        dualStack: args.dualStack,
    });
    const byKey = new Map(args.regions.map((region) => [region.key, region]));
    const created = new Map<RecordSet, aws.route53.Record>();
    for (const set of tree) {
        const { target } = set;
        const balancer = target.kind === "balancer" ? byKey.get(target.key) : undefined;
        const targetSets = [...created].filter(
            ([other]) => target.kind === "name" && other.name === target.name && other.type === set.type,
        );
        const record = new aws.route53.Record(
            `${name}-${set.role}`,
            {
                zoneId: args.hostedZoneId,
                name: set.name,
                type: set.type,
                setIdentifier: set.setIdentifier,
                ...policyInput(set.policy),
                aliases: [
                    {
                        name: target.kind === "name" ? target.name : (balancer?.balancerDnsName ?? ""),
                        zoneId: target.kind === "name" ? args.hostedZoneId : (balancer?.balancerZoneId ?? ""),
                        // Failover aliases must, and the layers above pass over a pair that is down by it.
                        evaluateTargetHealth: true,
                    },
                ],
                ...healthCheckInput(set, byKey),
            },
            {
                parent,
                // Route 53 refuses an alias whose target does not exist, and the deletion of a record set that is one.
                dependsOn: targetSets.map(([, other]) => other),
            },
        );
        created.set(set, record);
    }
    return [...created.values()];
}

/** The health check of a record: its region's own, and that of a plan for what leads viewers to the region. */
function healthCheckInput(
    { healthCheckOf, policy, setIdentifier }: RecordSet,
    regions: ReadonlyMap<string, GlobalDnsRegion>,
): Partial<aws.route53.RecordArgs> {
    const id =
        healthCheckOf === undefined
            ? policy.kind === "latency"
                ? regions.get(setIdentifier)?.planHealthCheckId
                : undefined
            : (regions.get(healthCheckOf)?.healthCheckId ?? "");
    return id === undefined ? {} : { healthCheckId: id };
}

function policyInput(policy: RoutingPolicy): Partial<aws.route53.RecordArgs> {
    switch (policy.kind) {
        case "latency":
            return { latencyRoutingPolicies: [{ region: policy.region }] };
        case "failover":
            return { failoverRoutingPolicies: [{ type: policy.role }] };
        case "geolocation":
            return {
                geolocationRoutingPolicies: [
                    "country" in policy ? { country: policy.country } : { continent: policy.continent },
                ],
            };
    }
}

/**
 * Makes sure that a domain's names can be written to a hosted zone.
 *
 * @param domainName Such as `shop.example.com`.
 * @param zoneName Name of the zone that was looked up by its id, with or without its final dot.
 * @throws pulumi.RunError when the zone is another domain's.
 */
export function assertDomainInZone(domainName: string, zoneName: string): void {
    const zone = zoneName.replace(/\.$/, "").toLowerCase();
    if (domainName !== zone && !domainName.endsWith(`.${zone}`)) {
        throw new pulumi.RunError(
            `the hosted zone is ${zone}'s, which ${domainName} is not in; give the id of the zone of ` +
                `${domainName} or of a domain above it`,
        );
    }
}
