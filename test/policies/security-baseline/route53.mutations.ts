import { type Accepted, type FixtureResource, type Mutant, refTo } from "../../support/policies/mutation";

const ZONE = "aws:route53/zone:Zone";
const QUERY_LOG = "aws:route53/queryLog:QueryLog";
const SIGNING = "aws:route53/hostedZoneDnsSec:HostedZoneDnsSec";

/** A public zone. The project's own is made before it, and its private ones log elsewhere. */
const publicZone: readonly FixtureResource[] = [
    { type: ZONE, name: "public", inputs: { name: "shop.example.com", forceDestroy: false } },
    {
        type: QUERY_LOG,
        name: "public",
        inputs: {
            zoneId: refTo(ZONE, "public"),
            cloudwatchLogGroupArn: "arn:aws:logs:us-east-1:111122223333:log-group:/aws/route53/shop",
        },
    },
    {
        type: SIGNING,
        name: "public",
        inputs: { hostedZoneId: refTo(ZONE, "public"), signingStatus: "SIGNING" },
    },
];

export const mutants: readonly Mutant[] = [
    {
        rule: "route53-query-logging",
        title: "a public zone without a query log",
        fixture: publicZone,
        decidedBy: "relations",
        change: (stack) => {
            stack.remove(stack.find(QUERY_LOG));
        },
    },
    {
        rule: "route53-dnssec",
        title: "a public zone that nobody signs",
        fixture: publicZone,
        decidedBy: "relations",
        change: (stack) => {
            stack.remove(stack.find(SIGNING));
        },
    },
    {
        rule: "route53-dnssec",
        title: "signing that is switched off",
        fixture: publicZone,
        change: (stack) => {
            stack.set(stack.find(SIGNING), "signingStatus", "NOT_SIGNING");
        },
    },
];

export const accepted: readonly Accepted[] = [
    {
        rule: "route53-query-logging",
        title: "another private zone",
        change: (stack) => {
            stack.add({
                type: ZONE,
                name: "private",
                inputs: {
                    name: "internal.example.com",
                    vpcs: [{ vpcId: refTo("aws:ec2/vpc:Vpc", "shop-vpc-network") }],
                },
            });
        },
    },
];
