import { type Accepted, type Mutant, type MutableStack, UNKNOWN } from "../mutation";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const RECORD = "aws:route53/record:Record";
const PRIMARY = "shop-dns-failover-us-primary";
const SECONDARY = "shop-dns-failover-us-secondary";

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
        message: `has the setIdentifier "us-primary" of "${PRIMARY}".`,
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
        message: "watches AWS/Route53 in eu-central-1, where it never fires.",
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
