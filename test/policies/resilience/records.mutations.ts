import {
    type Accepted,
    type FixtureResource,
    type Mutant,
    type MutableStack,
    refTo,
    UNKNOWN,
} from "../../support/policies/mutation";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const RECORD = "aws:route53/record:Record";
const PRIMARY = "shop-dns-failover-us-primary";
const SECONDARY = "shop-dns-failover-us-secondary";
const ZONE = "aws:route53/zone:Zone";

function setRecord(stack: MutableStack, name: string, path: string, value: unknown): void {
    stack.set(stack.find(RECORD, name), path, value);
}

/** An address instead of an alias, for which Route 53 has no health of its own to go by. */
function giveAddress(stack: MutableStack, name: string, ttl: number): void {
    const record = stack.find(RECORD, name);
    stack.unset(record, "aliases");
    stack.set(record, "records", ["192.0.2.1"]);
    stack.set(record, "ttl", ttl);
}

function addressIn(name: string): Readonly<Record<string, unknown>> {
    return {
        zoneId: refTo(ZONE, "fixture-zone"),
        name,
        type: "A",
        ttl: 60,
        records: ["192.0.2.1"],
        healthCheckId: "00000000-0000-0000-0000-000000000000",
    };
}

function failoverRecord(name: string, record: string, type: string): FixtureResource {
    return {
        type: RECORD,
        name,
        inputs: { ...addressIn(record), setIdentifier: name, failoverRoutingPolicies: [{ type }] },
    };
}

/** A pair of records in a zone of the stack, whose names leave out the zone's. */
const pairInZone: readonly FixtureResource[] = [
    { type: ZONE, name: "fixture-zone", inputs: { name: "Example.org" } },
    failoverRecord("fixture-primary", "shop", "PRIMARY"),
    failoverRecord("fixture-secondary", "shop", "SECONDARY"),
];

export const mutants: readonly Mutant[] = [
    {
        rule: "failover-pairs-complete",
        title: "a primary record without a secondary one",
        stack: "prod-global",
        change: (stack) => {
            stack.remove(stack.find(RECORD, SECONDARY));
        },
        message: "is a primary record without a secondary one.",
    },
    {
        rule: "failover-pairs-complete",
        title: "a secondary record without a primary one",
        stack: "prod-global",
        change: (stack) => {
            stack.remove(stack.find(RECORD, PRIMARY));
        },
        message: "is a secondary record without a primary one.",
    },
    {
        rule: "failover-pairs-complete",
        title: "a pair under two names",
        stack: "prod-global",
        change: (stack) => {
            setRecord(stack, SECONDARY, "name", "uk.origin.shop.example.com");
        },
        message: /is a (primary|secondary) record without a/,
    },
    {
        rule: "failover-pairs-complete",
        title: "a second primary record, whose name is written with the zone's",
        stack: "prod-global",
        fixture: pairInZone,
        change: (stack) => {
            stack.add(failoverRecord("fixture-second", "SHOP.example.org.", "PRIMARY"));
        },
        message: "is a second primary record of its name.",
    },
    {
        rule: "failover-pairs-complete",
        title: "records with the same identifier, one of which leaves out the zone's name",
        stack: "prod-global",
        fixture: pairInZone,
        change: (stack) => {
            for (const name of ["latency", "latency.example.org"]) {
                stack.add({
                    type: RECORD,
                    name: `fixture-${name}`,
                    inputs: {
                        ...addressIn(name),
                        setIdentifier: "eu",
                        latencyRoutingPolicies: [{ region: "eu-central-1" }],
                    },
                });
            }
        },
        message: 'has the same setIdentifier "eu" as "fixture-latency", which answers for the same name.',
    },
    {
        rule: "failover-pairs-complete",
        title: "two primary records",
        stack: "prod-global",
        change: (stack) => {
            setRecord(stack, SECONDARY, "failoverRoutingPolicies[0].type", "PRIMARY");
        },
        message: "is a second primary record of its name.",
    },
    {
        rule: "failover-pairs-complete",
        title: "records with the same identifier",
        stack: "prod-global",
        change: (stack) => {
            setRecord(stack, SECONDARY, "setIdentifier", "us-primary");
        },
        message: `has the same setIdentifier "us-primary" as "${PRIMARY}", which answers for the same name.`,
    },
    {
        rule: "failover-pairs-complete",
        title: "a record without an identifier",
        stack: "prod-global",
        change: (stack) => {
            stack.unset(stack.find(RECORD, SECONDARY), "setIdentifier");
        },
        message: "has no setIdentifier, which every routing policy needs.",
    },
    {
        rule: "failover-pairs-complete",
        title: "a primary record whose health is not asked for",
        stack: "prod-global",
        change: (stack) => {
            const record = stack.find(RECORD, PRIMARY);
            stack.unset(record, "healthCheckId");
            stack.set(record, "aliases", [
                { name: "alb.example.com", zoneId: "Z35SXDOTRQ7X7K", evaluateTargetHealth: false },
            ]);
        },
        message: "is a primary record without a health check.",
    },
    {
        rule: "failover-pairs-complete",
        title: "a latency record whose target's health is not asked for",
        stack: "prod-global",
        change: (stack) => {
            setRecord(stack, "shop-dns-latency-us", "aliases[0].evaluateTargetHealth", false);
        },
        message: "is a latency record without a health check.",
    },
    {
        rule: "failover-record-ttl",
        title: "a failover record that resolvers keep for five minutes",
        stack: "prod-global",
        change: (stack) => {
            giveAddress(stack, PRIMARY, 300);
        },
        message: "is a failover record with ttl 300, and 60 is the most.",
    },
    {
        rule: "failover-record-ttl",
        title: "a latency record that resolvers keep for two minutes",
        stack: "prod-global",
        change: (stack) => {
            const record = stack.find(RECORD, "shop-dns-latency-eu");
            stack.set(record, "healthCheckId", "00000000-0000-0000-0000-000000000000");
            giveAddress(stack, "shop-dns-latency-eu", 120);
        },
        message: "is a latency record with ttl 120",
    },
    {
        rule: "global-metric-alarms-region",
        title: "an alarm on a health check in another region",
        stack: "prod-global",
        change: (stack) => {
            stack.set(stack.find(ALARM, "shop-health-us-unhealthy"), "region", "eu-central-1");
        },
        message: "watches AWS/Route53 in eu-central-1, where it never fires; only us-east-1 has its metrics.",
    },
    {
        rule: "global-metric-alarms-region",
        title: "an alarm on a distribution, by an expression, in another region",
        stack: "prod-eu",
        fixture: [
            {
                type: ALARM,
                name: "fixture-alarm",
                inputs: {
                    region: "us-east-1",
                    metricQueries: [
                        { id: "errors", metric: { namespace: "AWS/CloudFront", metricName: "5xxErrorRate" } },
                    ],
                },
            },
        ],
        change: (stack) => {
            stack.unset(stack.find(ALARM, "fixture-alarm"), "region");
        },
        message: "watches AWS/CloudFront in eu-central-1",
    },
];

export const accepted: readonly Accepted[] = [
    {
        rule: "failover-pairs-complete",
        title: "a health check that is not known yet",
        stack: "prod-global",
        change: (stack) => {
            setRecord(stack, PRIMARY, "healthCheckId", UNKNOWN);
            setRecord(stack, PRIMARY, "aliases[0].evaluateTargetHealth", false);
        },
    },
    {
        rule: "failover-pairs-complete",
        title: "a pair whose names are written with the zone's, without it, and with a final dot",
        stack: "prod-global",
        fixture: pairInZone,
        change: (stack) => {
            setRecord(stack, "fixture-primary", "name", "shop.example.org");
            stack.add(failoverRecord("fixture-apex-primary", "", "PRIMARY"));
            stack.add(failoverRecord("fixture-apex-secondary", "example.ORG.", "SECONDARY"));
        },
    },
    {
        rule: "failover-pairs-complete",
        title: "a secondary record without a health check",
        stack: "prod-global",
        change: (stack) => {
            stack.unset(stack.find(RECORD, SECONDARY), "healthCheckId");
        },
    },
    {
        rule: "failover-record-ttl",
        title: "a failover record that resolvers keep for a minute",
        stack: "prod-global",
        change: (stack) => {
            giveAddress(stack, PRIMARY, 60);
        },
    },
    {
        rule: "failover-record-ttl",
        title: "a weighted record without a health check",
        stack: "prod-global",
        change: (stack) => {
            stack.add({
                type: RECORD,
                name: "fixture-weighted",
                inputs: {
                    name: "weighted.example.com",
                    type: "A",
                    ttl: 300,
                    records: ["192.0.2.1"],
                    setIdentifier: "one",
                    weightedRoutingPolicies: [{ weight: 1 }],
                },
            });
        },
    },
];
