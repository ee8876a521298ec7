import { expect } from "chai";
import * as pulumi from "@pulumi/pulumi";
import {
    assertDomainInZone,
    GlobalDns,
    type GlobalDnsArgs,
    type GlobalDnsRegion,
} from "../../../components/edge/globalDns";
import {
    childrenOf,
    ofType,
    one,
    previewProgram,
    type ProgramPreview,
    testProvider,
} from "../../support/preview";

const RECORD = "aws:route53/record:Record";
const ZONE = "Z0123456789EXAMPLE0AB";

const us: GlobalDnsRegion = {
    key: "us",
    region: "us-east-1",
    failoverTo: "eu",
    continents: ["NA"],
    balancerDnsName: "us-balancer.us-east-1.elb.amazonaws.com",
    balancerZoneId: "Z35SXDOTRQ7X7K",
    healthCheckId: "11111111-1111-1111-1111-111111111111",
};
const eu: GlobalDnsRegion = {
    key: "eu",
    region: "eu-central-1",
    failoverTo: "us",
    continents: ["EU"],
    balancerDnsName: "eu-balancer.eu-central-1.elb.amazonaws.com",
    balancerZoneId: "Z215JYRZR1TBD5",
    healthCheckId: "22222222-2222-2222-2222-222222222222",
};
const good: GlobalDnsArgs = {
    hostedZoneId: ZONE,
    latencyName: "origin.shop.example.com",
    regions: [us, eu],
};

async function preview(change: Partial<GlobalDnsArgs> = {}): Promise<ProgramPreview> {
    return previewProgram(() => {
        const dns = new GlobalDns(
            "shop-dns",
            { ...good, ...change },
            { providers: [testProvider("us-east-1")] },
        );
        return { latencyName: dns.latencyName, originName: dns.originName, failoverNames: dns.failoverNames };
    });
}

async function problemsOf(change: Partial<GlobalDnsArgs>): Promise<readonly string[]> {
    const { cause } = await preview(change);
    expect(cause).to.be.instanceOf(pulumi.InputPropertiesError);
    const { errors } = cause as pulumi.InputPropertiesError;
    return errors.map(({ propertyPath, reason }) => `${propertyPath} ${reason}`);
}

describe("GlobalDns", () => {
    it("makes a failover pair per region with the balancers and the health checks of both", async () => {
        const result = await preview();
        const primary = one(result, RECORD, "shop-dns-failover-us-primary");
        expect(primary.inputs).to.deep.equal({
            zoneId: ZONE,
            name: "us.origin.shop.example.com",
            type: "A",
            setIdentifier: "us-primary",
            failoverRoutingPolicies: [{ type: "PRIMARY" }],
            aliases: [{ name: us.balancerDnsName, zoneId: us.balancerZoneId, evaluateTargetHealth: true }],
            healthCheckId: us.healthCheckId,
        });
        const secondary = one(result, RECORD, "shop-dns-failover-us-secondary");
        expect(secondary.inputs).to.deep.equal({
            zoneId: ZONE,
            name: "us.origin.shop.example.com",
            type: "A",
            setIdentifier: "us-secondary",
            failoverRoutingPolicies: [{ type: "SECONDARY" }],
            aliases: [{ name: eu.balancerDnsName, zoneId: eu.balancerZoneId, evaluateTargetHealth: true }],
            healthCheckId: eu.healthCheckId,
        });
    });

    it("makes a latency record per region over the pairs, once these exist", async () => {
        const result = await preview();
        const latency = one(result, RECORD, "shop-dns-latency-eu");
        expect(latency.inputs).to.deep.equal({
            zoneId: ZONE,
            name: "origin.shop.example.com",
            type: "A",
            setIdentifier: "eu",
            latencyRoutingPolicies: [{ region: "eu-central-1" }],
            aliases: [{ name: "eu.origin.shop.example.com", zoneId: ZONE, evaluateTargetHealth: true }],
        });
        const pair = ["primary", "secondary"].map(
            (role) => one(result, RECORD, `shop-dns-failover-eu-${role}`).urn,
        );
        expect(latency.dependencies).to.have.members(pair);
    });

    it("makes no more than that where nothing else is asked for", async () => {
        const names = ofType(await preview(), RECORD).map(({ name }) => name);
        expect(names).to.deep.equal([
            "shop-dns-failover-us-primary",
            "shop-dns-failover-us-secondary",
            "shop-dns-failover-eu-primary",
            "shop-dns-failover-eu-secondary",
            "shop-dns-latency-us",
            "shop-dns-latency-eu",
        ]);
    });

    it("keeps continents in their regions where asked to, and the rest by latency", async () => {
        const result = await preview({ geolocationName: "geo.origin.shop.example.com" });
        expect(one(result, RECORD, "shop-dns-continent-na").inputs).to.deep.equal({
            zoneId: ZONE,
            name: "geo.origin.shop.example.com",
            type: "A",
            setIdentifier: "NA",
            geolocationRoutingPolicies: [{ continent: "NA" }],
            aliases: [{ name: "us.origin.shop.example.com", zoneId: ZONE, evaluateTargetHealth: true }],
        });
        const elsewhere = one(result, RECORD, "shop-dns-continent-default");
        expect(elsewhere.inputs).to.deep.equal({
            zoneId: ZONE,
            name: "geo.origin.shop.example.com",
            type: "A",
            setIdentifier: "default",
            geolocationRoutingPolicies: [{ country: "*" }],
            aliases: [{ name: "origin.shop.example.com", zoneId: ZONE, evaluateTargetHealth: true }],
        });
        const latency = ["us", "eu"].map((key) => one(result, RECORD, `shop-dns-latency-${key}`).urn);
        expect(elsewhere.dependencies).to.have.members(latency);
    });

    it("gives out the names, with the one to fetch from", async () => {
        const failoverNames = { us: "us.origin.shop.example.com", eu: "eu.origin.shop.example.com" };
        expect((await preview()).outputs).to.deep.equal({
            latencyName: "origin.shop.example.com",
            originName: "origin.shop.example.com",
            failoverNames,
        });
        expect((await preview({ geolocationName: "geo.origin.shop.example.com" })).outputs).to.deep.equal({
            latencyName: "origin.shop.example.com",
            originName: "geo.origin.shop.example.com",
            failoverNames,
        });
    });

    it("makes AAAA records for balancers with IPv6", async () => {
        const records = ofType(await preview({ dualStack: true }), RECORD);
        const byType = (type: string) => records.filter(({ inputs }) => inputs["type"] === type);
        expect([byType("A").length, byType("AAAA").length]).to.deep.equal([6, 6]);
        for (const record of byType("AAAA")) {
            expect(record.name).to.match(/-ipv6$/);
            const targets = record.dependencies.map((urn) => records.find((other) => other.urn === urn));
            expect(targets.every((target) => target?.inputs["type"] === "AAAA")).to.equal(true);
        }
    });

    it("is the parent of all, with its provider", async () => {
        const result = await preview({ geolocationName: "geo.origin.shop.example.com" });
        const dns = one(result, "meridian:index:GlobalDns", "shop-dns");
        const records = ofType(result, RECORD);
        expect(childrenOf(result, dns)).to.have.lengthOf(records.length);
        const provider = one(result, "pulumi:providers:aws");
        expect(records.every((record) => record.provider.startsWith(`${provider.urn}::`))).to.equal(true);
        expect(dns.outputs).to.deep.equal({
            latencyName: "origin.shop.example.com",
            originName: "geo.origin.shop.example.com",
            failoverNames: { us: "us.origin.shop.example.com", eu: "eu.origin.shop.example.com" },
        });
    });

    it("reports everything that is wrong before any record exists", async () => {
        const wrong = { latencyName: "Origin", regions: [us, { ...eu, failoverTo: "ap" }] };
        expect(await problemsOf(wrong)).to.deep.equal([
            'latencyName is "Origin"; allowed: a host name in lower case',
            'regions[1].failoverTo is "ap"; allowed: the key of another region: us',
        ]);
        const result = await preview(wrong);
        expect(result.resources.filter(({ type }) => type === RECORD)).to.deep.equal([]);
    });

    it("refuses a geolocation name that is taken", async () => {
        const form =
            "a host name in lower case that is not the latency name, since a name has one routing policy";
        expect(await problemsOf({ geolocationName: good.latencyName })).to.deep.equal([
            `geolocationName is "origin.shop.example.com"; allowed: ${form}`,
        ]);
        expect(await problemsOf({ geolocationName: "us.origin.shop.example.com" })).to.deep.equal([
            'regions[0].key is "us"; allowed: a key whose failover name is not us.origin.shop.example.com',
        ]);
    });
});

describe("assertDomainInZone", () => {
    it("takes the zone's own domain and those below it", () => {
        for (const [domain, zone] of [
            ["shop.example.com", "example.com"],
            ["shop.example.com", "shop.example.com"],
            ["shop.example.com", "example.com."],
            ["a.b.example.com", "Example.com"],
        ] as const) {
            expect(() => {
                assertDomainInZone(domain, zone);
            }).to.not.throw();
        }
    });

    it("refuses domains of another zone", () => {
        for (const zone of ["example.org", "op.example.com", "eu.shop.example.com"]) {
            expect(() => {
                assertDomainInZone("shop.example.com", zone);
            }).to.throw(
                pulumi.RunError,
                `the hosted zone is ${zone}'s, which shop.example.com is not in; give the id of the zone of ` +
                    "shop.example.com or of a domain above it",
            );
        }
    });
});
