import { expect } from "chai";
import * as pulumi from "@pulumi/pulumi";
import { GeoRestrictionType, PriceClass } from "../../components/edge/distribution/args";
import { ENDPOINTS_WITHOUT_NAT } from "../../components/network/vpc3Tier/settings";
import { NatGatewayStrategy } from "../../components/network/vpc3Tier/args";
import { type Catalogue, defaultCatalogue } from "../../regions/catalogue";
import { databaseFloor, loadStackConfig } from "../../regions/config";
import { previewProgram } from "../support/preview";
import { goodValues, load, loadGlobal, loadRegional, problemsOf } from "../support/regions/stackConfigs";

const three: Catalogue = [
    ...defaultCatalogue,
    {
        key: "ap",
        region: "ap-southeast-2",
        cidrBlock: "10.30.0.0/16",
        availabilityZones: ["ap-southeast-2a", "ap-southeast-2b"],
        jurisdiction: "AU",
        continents: ["OC", "AS"],
        failoverTo: "us",
    },
];

describe("the configuration", () => {
    describe("of a region", () => {
        it("resolves the project's defaults for the founding region", () => {
            const config = loadRegional();
            expect(config).to.deep.include({
                kind: "regional",
                project: "meridian",
                stack: "prod-us",
                environment: "prod",
                region: "us-east-1",
                accountId: "111122223333",
                domainName: "shop.example.com",
                hostedZoneId: "Z0123456789EXAMPLE0AB",
                isFounding: true,
                isPrimary: true,
                clusterIdentifier: "meridian-prod-us",
                deletionProtection: true,
                accountBaseline: true,
                healthCheckPath: "/healthz",
                logRetentionDays: 365,
                logArchiveRetentionDays: 1095,
            });
            expect(config.entry.key).to.equal("us");
            expect(config.peer?.key).to.equal("eu");
            expect(config.tags).to.deep.equal({
                project: "meridian",
                environment: "prod",
                stack: "prod-us",
                owner: "shop-platform",
                "cost-center": "shop",
            });
            expect(config.names).to.deep.equal({
                prefix: "meridian-prod-us",
                globalClusterIdentifier: "meridian-prod",
                parameterPrefix: "/meridian/prod/database",
            });
        });

        it("names the region's hosts", () => {
            const config = loadRegional({}, { stack: "prod-eu" });
            expect(config.hosts).to.deep.equal({
                viewer: "eu.shop.example.com",
                origin: "origin-eu.shop.example.com",
                failoverOrigin: "eu.origin.shop.example.com",
                events: "events-eu.shop.example.com",
                api: "api.eu.internal.shop.example.com",
                privateZone: "eu.internal.shop.example.com",
            });
            expect(config.balancerHosts).to.deep.equal([
                "origin-eu.shop.example.com",
                "origin.shop.example.com",
                "geo.origin.shop.example.com",
                "eu.origin.shop.example.com",
            ]);
        });

        it("takes network values from the catalogue where the file has none", () => {
            expect(loadRegional({}, { stack: "prod-eu" }).network).to.deep.equal({
                cidrBlock: "10.20.0.0/16",
                availabilityZones: ["eu-central-1a", "eu-central-1b", "eu-central-1c"],
                natGateways: NatGatewayStrategy.OnePerAz,
                egressOnlyIpv6: false,
                interfaceEndpoints: [
                    "ec2",
                    "ecr.api",
                    "ecr.dkr",
                    "logs",
                    "secretsmanager",
                    "ssm",
                    "ssmmessages",
                ],
                internetEgressCidrBlocks: ["0.0.0.0/0"],
            });
        });

        it("takes network values from the file where it has some", () => {
            const { network } = loadRegional({
                cidrBlock: "10.11.0.0/18",
                availabilityZones: ["us-east-1d", "us-east-1b"],
            });
            expect(network.cidrBlock).to.equal("10.11.0.0/18");
            expect(network.availabilityZones).to.deep.equal(["us-east-1d", "us-east-1b"]);
        });

        it("adds the endpoints that instances need where there is no NAT gateway", () => {
            const image = "111122223333.dkr.ecr.us-east-1.amazonaws.com/shop:1.0.0";
            const { network } = loadRegional({
                natGateways: "None",
                webImage: image,
                apiImage: image,
                interfaceEndpoints: ["sqs"],
            });
            expect(network.interfaceEndpoints).to.deep.equal([...ENDPOINTS_WITHOUT_NAT, "sqs"].sort());
        });

        it("gives the tiers their own values", () => {
            const config = loadRegional({ webMaxSize: 40, apiMinSize: 4, apiTargetCpuPercent: 35 });
            expect(config.web).to.deep.equal({
                image: "ghcr.io/stefanprodan/podinfo:6.9.2",
                containerPort: 8080,
                minSize: 2,
                maxSize: 40,
                onDemandBaseCapacity: 2,
                instanceTypes: ["t4g.small", "t4g.medium", "c7g.medium", "m7g.medium"],
                targetCpuPercent: 50,
                targetRequestsPerInstance: 1000,
            });
            expect(config.api).to.deep.include({ minSize: 4, maxSize: 12, targetCpuPercent: 35 });
        });

        it("reads capacities in halves", () => {
            const { database } = loadRegional({ databaseMinCapacity: "8.5", databaseMaxCapacity: "31.5" });
            expect(database).to.deep.equal({
                name: "shop",
                engineVersion: "18.6",
                minCapacity: 8.5,
                standbyMinCapacity: 4,
                maxCapacity: 31.5,
                instanceCount: 2,
                backupRetentionDays: 35,
            });
        });

        it("leaves out what is empty, and keeps what is not", () => {
            const bare = loadRegional();
            expect(bare).to.not.have.any.keys("alarmEmail", "webCertificateArn", "deployRoleArn");
            expect(bare.edge).to.deep.equal({
                priceClass: PriceClass.Class100,
                geoRestriction: { type: GeoRestrictionType.None, countries: [] },
                blockedCountries: [],
                rateLimitPerFiveMinutes: 2000,
                shieldAdvanced: false,
            });
            const arn = (region: string) =>
                `arn:aws:acm:${region}:111122223333:certificate/00000000-1111-2222-3333-444444444444`;
            const full = loadRegional({
                alarmEmail: "on-call@example.com",
                deployRoleArn: "arn:aws:iam::111122223333:role/deploy/meridian",
                webCertificateArn: arn("us-east-1"),
                distributionCertificateArn: arn("us-east-1"),
                contentSecurityPolicy: "default-src 'self'",
            });
            expect(full).to.deep.include({
                alarmEmail: "on-call@example.com",
                deployRoleArn: "arn:aws:iam::111122223333:role/deploy/meridian",
                webCertificateArn: arn("us-east-1"),
            });
            expect(full.edge).to.deep.include({
                certificateArn: arn("us-east-1"),
                contentSecurityPolicy: "default-src 'self'",
            });
        });
    });

    describe("of the global stack", () => {
        it("lives in the founding region, whoever is primary", () => {
            for (const primaryRegion of ["us", "eu"]) {
                const config = loadGlobal({ primaryRegion });
                expect(config.region).to.equal("us-east-1");
                expect(config.replicaRegion.key).to.equal("eu");
            }
            expect(loadGlobal({ foundingRegion: "eu" }).region).to.equal("eu-central-1");
        });

        it("fetches from the latency name, or by continent when asked to", () => {
            expect(loadGlobal().dynamicOriginHost).to.equal("origin.shop.example.com");
            expect(loadGlobal({ geolocationRouting: true }).dynamicOriginHost).to.equal(
                "geo.origin.shop.example.com",
            );
        });

        it("has the health check's settings", () => {
            expect(loadGlobal({ healthCheckIntervalSeconds: 30 })).to.deep.include({
                healthCheckPath: "/healthz",
                healthCheckIntervalSeconds: 30,
                healthCheckFailureThreshold: 3,
                geolocationRouting: false,
            });
        });
    });

    describe("of roles", () => {
        it("takes regions by key and by AWS name", () => {
            for (const primaryRegion of ["eu", "eu-central-1"]) {
                const us = loadRegional({ primaryRegion });
                expect(us.primaryRegion.key).to.equal("eu");
                expect([us.isFounding, us.isPrimary]).to.deep.equal([true, false]);
                const eu = loadRegional({ primaryRegion }, { stack: "prod-eu" });
                expect([eu.isFounding, eu.isPrimary]).to.deep.equal([false, true]);
            }
        });

        it("puts the writer's floor where the writer is", () => {
            const config = loadGlobal({ primaryRegion: "eu" }, { catalogue: three });
            const floors = three.map((entry) => [entry.key, databaseFloor(config, entry)]);
            expect(floors).to.deep.equal([
                ["us", 4],
                ["eu", 8],
                ["ap", 4],
            ]);
        });
    });

    describe("of a third region", () => {
        it("takes a catalogue entry and nothing else", () => {
            const config = loadRegional({}, { stack: "prod-ap", catalogue: three });
            expect(config.region).to.equal("ap-southeast-2");
            expect(config.peer?.key).to.equal("us");
            expect(config.hosts.viewer).to.equal("ap.shop.example.com");
            expect(config.network.availabilityZones).to.deep.equal(["ap-southeast-2a", "ap-southeast-2b"]);
        });

        it("leaves the other regions as they are", () => {
            for (const stack of ["prod-us", "prod-eu"]) {
                const before = loadRegional({}, { stack });
                const after = loadRegional({}, { stack, catalogue: three });
                expect({ ...after, catalogue: [] }).to.deep.equal({ ...before, catalogue: [] });
            }
        });
    });

    describe("of another environment", () => {
        it("has names of its own", () => {
            const config = load({}, { stack: "pre-prod-eu" });
            expect(config.environment).to.equal("pre-prod");
            expect(config.names.prefix).to.equal("meridian-pre-prod-eu");
            expect(config.names.parameterPrefix).to.equal("/meridian/pre-prod/database");
        });
    });

    describe("in a running program", () => {
        it("is read from Pulumi", async () => {
            const preview = await previewProgram(
                () => {
                    const config = loadStackConfig();
                    return { region: config.region, owner: config.tags["owner"] };
                },
                { stack: "prod-eu", config: goodValues({ owner: "team-a" }) },
            );
            expect(preview.error).to.equal(undefined);
            expect(preview.outputs).to.deep.equal({ region: "eu-central-1", owner: "team-a" });
        });

        it("ends the program before anything is registered", async () => {
            const preview = await previewProgram(
                () => {
                    loadStackConfig();
                    return new pulumi.ComponentResource("test:index:Never", "never");
                },
                { stack: "prod-us", config: goodValues({ webMinSize: 1, owner: "" }) },
            );
            expect(preview.cause).to.be.instanceOf(pulumi.RunError);
            expect(preview.error?.message).to.equal(
                "The configuration of stack prod-us has 2 problems:\n" +
                    '  - meridian:owner in Pulumi.prod-us.yaml is ""; allowed: a tag\'s value: 1 to 256 letters, ' +
                    "digits, spaces and _.:/=+-@\n" +
                    "  - meridian:webMinSize in Pulumi.prod-us.yaml is 1; allowed: 2 to 500",
            );
            expect(preview.resources.map((resource) => resource.type)).to.not.include("test:index:Never");
        });
    });

    it("reports all that is wrong at once", () => {
        const problems = problemsOf({
            accountId: "1111",
            webMinSize: "two",
            databaseMinCapacity: "8.25",
            primaryRegion: "uss",
            natGateways: "PerAz",
            "meridian:webMaxsize": "9",
        });
        expect(problems).to.deep.equal([
            "meridian:webMaxsize in Pulumi.prod-us.yaml is no key of this project; allowed: the keys that " +
                "Pulumi.yaml declares. Did you mean meridian:webMaxSize?",
            'meridian:webMinSize in Pulumi.prod-us.yaml is "two"; allowed: an integer',
            'meridian:accountId in Pulumi.prod-us.yaml is "1111"; allowed: an AWS account\'s 12 digits, in quotes',
            'meridian:primaryRegion in Pulumi.prod-us.yaml is "uss"; allowed: the key or the AWS region of an entry ' +
                "in regions/catalogue.ts: us, us-east-1, eu, eu-central-1. Did you mean us?",
            'meridian:natGateways in Pulumi.prod-us.yaml is "PerAz"; allowed: one of OnePerAz, Single, None',
            "meridian:databaseMinCapacity in Pulumi.prod-us.yaml is 8.25; allowed: 8 to 64 " +
                "(meridian:databaseMaxCapacity) ACUs in steps of 0.5",
        ]);
    });
});
