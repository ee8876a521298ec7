import { type Accepted, type FixtureResource, type Mutant, refTo } from "../../support/policies/mutation";

const RECORD = "aws:route53/record:Record";
const ZONE = "aws:route53/zone:Zone";
const CHECK = "aws:route53/healthCheck:HealthCheck";
const PRIMARY = "shop-dns-failover-us-primary";
const SECONDARY = "shop-dns-failover-us-secondary";
const LATENCY = "shop-dns-latency-eu";

const lone: readonly FixtureResource[] = [
    { type: ZONE, name: "lone-zone", inputs: { name: "lone.example.com" } },
    {
        type: RECORD,
        name: "lone-record",
        inputs: {
            zoneId: refTo(ZONE, "lone-zone"),
            name: "www.lone.example.com",
            type: "CNAME",
            ttl: 300,
            records: ["shop.example.com"],
        },
    },
];

const privateZone: readonly FixtureResource[] = [
    {
        type: ZONE,
        name: "inner-zone",
        inputs: {
            name: "inner.example.com",
            vpcs: [{ vpcId: refTo("aws:ec2/vpc:Vpc", "shop-vpc-network") }],
        },
    },
];

export const mutants: readonly Mutant[] = [
    {
        rule: "route53-one-policy-per-name",
        title: "a simple record beside latency records",
        stack: "prod-global",
        change: (stack) => {
            stack.unset(stack.find(RECORD, LATENCY), "latencyRoutingPolicies");
            stack.unset(stack.find(RECORD, LATENCY), "setIdentifier");
        },
        message: "is a latency record of the name and type of shop-dns-latency-eu, which is a simple one",
    },
    {
        rule: "route53-one-policy-per-name",
        title: "a failover record of a latency name",
        stack: "prod-global",
        change: (stack) => {
            stack.set(stack.find(RECORD, "shop-dns-failover-eu-primary"), "name", "Origin.shop.example.com.");
        },
    },
    {
        rule: "route53-one-policy-per-name",
        title: "two simple records",
        fixture: [
            ...lone,
            {
                type: RECORD,
                name: "lone-other",
                inputs: {
                    zoneId: refTo(ZONE, "lone-zone"),
                    name: "web.lone.example.com",
                    type: "CNAME",
                    ttl: 300,
                    records: ["shop.example.com"],
                },
            },
        ],
        change: (stack) => {
            stack.set(stack.find(RECORD, "lone-other"), "name", "www.lone.example.com");
        },
        message: "is a second simple record",
    },
    {
        rule: "route53-set-identifier",
        title: "none",
        stack: "prod-global",
        change: (stack) => {
            stack.unset(stack.find(RECORD, LATENCY), "setIdentifier");
        },
        message: "is a latency record without setIdentifier",
    },
    {
        rule: "route53-set-identifier",
        title: "another record's",
        stack: "prod-global",
        change: (stack) => {
            stack.set(stack.find(RECORD, LATENCY), "setIdentifier", "us");
        },
        message: 'has the setIdentifier "us", and so has shop-dns-latency-eu',
    },
    {
        rule: "route53-set-identifier",
        title: "one on a simple record",
        fixture: lone,
        change: (stack) => {
            stack.set(stack.find(RECORD, "lone-record"), "setIdentifier", "one");
        },
        message: "no routing policy",
    },
    {
        rule: "route53-cloudfront-alias",
        title: "health of a distribution",
        stack: "prod-global",
        change: (stack) => {
            stack.set(stack.find(RECORD, /edge-a-/), "aliases[0].evaluateTargetHealth", true);
        },
        message: "has evaluateTargetHealth true",
    },
    {
        rule: "route53-cloudfront-alias",
        title: "the zone of the record",
        stack: "prod-global",
        change: (stack) => {
            stack.set(stack.find(RECORD, /edge-aaaa-/), "aliases[0].zoneId", "Z0123456789EXAMPLE0AB");
        },
        message: 'has the zoneId "Z0123456789EXAMPLE0AB"',
    },
    {
        rule: "route53-cloudfront-alias",
        title: "a private zone",
        fixture: privateZone,
        change: (stack) => {
            stack.refer(stack.find(RECORD, /edge-a-/), "zoneId", stack.find(ZONE, "inner-zone"));
        },
        message: "in the private zone inner-zone",
    },
    {
        rule: "route53-failover-alias-health",
        title: "an alias whose health is not asked for",
        stack: "prod-global",
        change: (stack) => {
            stack.set(stack.find(RECORD, PRIMARY), "aliases[0].evaluateTargetHealth", false);
        },
        message: "without evaluateTargetHealth true",
    },
    {
        rule: "route53-failover-alias-health",
        title: "addresses without a health check",
        stack: "prod-global",
        fixture: [
            {
                type: RECORD,
                name: "addresses",
                inputs: {
                    zoneId: "Z0123456789EXAMPLE0AB",
                    name: "addresses.example.com",
                    type: "A",
                    ttl: 60,
                    records: ["192.0.2.1"],
                    failoverRoutingPolicies: [{ type: "PRIMARY" }],
                    setIdentifier: "primary",
                    healthCheckId: refTo(CHECK, "shop-health-us"),
                },
            },
        ],
        change: (stack) => {
            stack.unset(stack.find(RECORD, "addresses"), "healthCheckId");
        },
        message: "is a primary failover record without healthCheckId",
    },
    {
        rule: "route53-failover-roles",
        title: "two primary records",
        stack: "prod-global",
        change: (stack) => {
            stack.set(stack.find(RECORD, SECONDARY), "failoverRoutingPolicies[0].type", "PRIMARY");
        },
        message: "is the PRIMARY record of its name, and so is",
    },
    {
        rule: "route53-failover-roles",
        title: "a role in small letters",
        stack: "prod-global",
        change: (stack) => {
            stack.set(stack.find(RECORD, SECONDARY), "failoverRoutingPolicies[0].type", "secondary");
        },
        message: 'has the failover type "secondary"',
        alsoFires: ["route53-limits"],
    },
    {
        rule: "route53-latency-regions",
        title: "one region twice",
        stack: "prod-global",
        change: (stack) => {
            stack.set(stack.find(RECORD, LATENCY), "latencyRoutingPolicies[0].region", "us-east-1");
        },
        message: "is the latency record of us-east-1, and so is shop-dns-latency-eu",
    },
    {
        rule: "route53-latency-regions",
        title: "a region's name",
        stack: "prod-global",
        change: (stack) => {
            stack.set(stack.find(RECORD, LATENCY), "latencyRoutingPolicies[0].region", "Frankfurt");
        },
        message: 'has the latency region "Frankfurt"',
    },
    {
        rule: "route53-alias-or-records",
        title: "an alias with values",
        stack: "prod-global",
        change: (stack) => {
            stack.set(stack.find(RECORD, LATENCY), "records", ["192.0.2.1"]);
        },
        decidedBy: "relations",
        message: "has both aliases and records",
    },
    {
        rule: "route53-alias-or-records",
        title: "an alias with a TTL",
        stack: "prod-global",
        change: (stack) => {
            stack.set(stack.find(RECORD, LATENCY), "ttl", 60);
        },
        decidedBy: "relations",
        message: "has a ttl",
    },
    {
        rule: "route53-alias-or-records",
        title: "values without a TTL",
        fixture: lone,
        change: (stack) => {
            stack.unset(stack.find(RECORD, "lone-record"), "ttl");
        },
        decidedBy: "relations",
        message: "has records without a ttl",
    },
    {
        rule: "route53-apex-cname",
        title: "a CNAME of the zone",
        fixture: lone,
        change: (stack) => {
            stack.set(stack.find(RECORD, "lone-record"), "name", "lone.example.com");
        },
        message: 'of the name of its zone, "lone.example.com"',
    },
    {
        rule: "route53-health-check-arguments",
        title: "a calculated check of a port",
        stack: "prod-global",
        change: (stack) => {
            stack.set(stack.find(CHECK, "shop-health-any"), "port", 443);
        },
        message: "is of type CALCULATED and has port",
    },
    {
        rule: "route53-health-check-arguments",
        title: "more healthy children than there are",
        stack: "prod-global",
        change: (stack) => {
            stack.set(stack.find(CHECK, "shop-health-any"), "childHealthThreshold", 3);
        },
        message: "with 2 children",
    },
    {
        rule: "route53-health-check-arguments",
        title: "a string to search for without a search",
        stack: "prod-global",
        change: (stack) => {
            stack.set(stack.find(CHECK, "shop-health-us"), "searchString", "ok");
        },
        message: "is of type HTTPS and has searchString",
    },
    {
        rule: "route53-health-check-arguments",
        title: "no endpoint",
        stack: "prod-global",
        change: (stack) => {
            stack.unset(stack.find(CHECK, "shop-health-us"), "fqdn");
        },
        message: "has neither fqdn nor ipAddress",
    },
    {
        rule: "route53-health-check-regions",
        title: "a region without health checkers",
        stack: "prod-global",
        change: (stack) => {
            stack.set(stack.find(CHECK, "shop-health-eu"), "regions[0]", "eu-central-1");
        },
        message: 'has the checker region "eu-central-1"',
    },
    {
        rule: "route53-health-check-regions",
        title: "two regions",
        stack: "prod-global",
        change: (stack) => {
            stack.set(stack.find(CHECK, "shop-health-eu"), "regions", ["us-east-1", "eu-west-1"]);
        },
        message: "is checked from 2 regions",
    },
    {
        rule: "route53-limits",
        title: "a check every 20 seconds",
        stack: "prod-global",
        change: (stack) => {
            stack.set(stack.find(CHECK, "shop-health-eu"), "requestInterval", 20);
        },
        message: "has requestInterval 20; allowed: 10, 30",
    },
    {
        rule: "route53-limits",
        title: "a check that never gives up",
        stack: "prod-global",
        change: (stack) => {
            stack.set(stack.find(CHECK, "shop-health-eu"), "failureThreshold", 11);
        },
        message: "allowed: 1 to 10",
    },
];

export const accepted: readonly Accepted[] = [
    {
        rule: "route53-one-policy-per-name",
        title: "records of the same name with other types",
        fixture: lone,
        change: (stack) => {
            stack.set(stack.find(RECORD, "lone-record"), "type", "TXT");
        },
    },
    {
        rule: "route53-failover-alias-health",
        title: "a secondary record without a health check",
        stack: "prod-global",
        change: (stack) => {
            stack.unset(stack.find(RECORD, SECONDARY), "healthCheckId");
        },
    },
];
