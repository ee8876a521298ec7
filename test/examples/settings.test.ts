import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as yaml from "yaml";

import { readPlatformSettings } from "../../examples/container-platform/settings";
import { readUpdatesSettings } from "../../examples/update-downloads/settings";
import { stackProvider } from "../../examples/shared/provider";
import { type RecoveryKeys, recoveryKeys } from "../../examples/shared/recovery";
import { readSettings, type StackSettings } from "../../examples/shared/settings";
import { numberIn, oneOf, required } from "../../components/shared/argumentRules";
import { one, previewProgram } from "../support/preview";

interface Own extends RecoveryKeys {
    /** One of an example's own keys. */
    database: string;
    replicas?: number;
}

const OWN = {
    database: required(oneOf({ DocumentDb: "DocumentDb", MongoDbOnEc2: "MongoDbOnEc2" })),
    replicas: numberIn({ min: 1, max: 5, step: 1 }),
    ...recoveryKeys(),
};

const GOOD: Readonly<Record<string, string>> = {
    region: "us-east-1",
    peerRegion: "eu-central-1",
    primaryRegion: "us-east-1",
    accountId: "111122223333",
    deployRoleArn: "",
    domainName: "store.example.com",
    hostedZoneId: "Z0123456789EXAMPLE0AB",
    cidrBlock: "10.40.0.0/16",
    availabilityZones: '["us-east-1a", "us-east-1b"]',
    jurisdiction: "US",
    alarmEmail: "",
    accountBaseline: "true",
    healthEvents: "false",
    canaryIntervalMinutes: "0",
    faultExperiments: "false",
    monthlyBudgetUsd: "4000",
    logRetentionDays: "365",
    deletionProtection: "true",
    owner: "store",
    costCenter: "4711",
    database: "DocumentDb",
};

async function read(change: Readonly<Record<string, string>> = {}, stack = "prod-us") {
    let settings: StackSettings<Own> | undefined;
    const config = Object.fromEntries(
        Object.entries({ ...GOOD, ...change }).map(([key, value]) => [`store:${key}`, value]),
    );
    const preview = await previewProgram(
        () => {
            settings = readSettings<Own>(OWN);
            stackProvider(settings);
        },
        { project: "store", stack, config },
    );
    return { settings, preview, message: preview.error?.message };
}

describe("the settings of an example's stack", () => {
    it("are read with their kinds, and what is empty is left out", async () => {
        const { settings, message } = await read();
        expect(message).to.equal(undefined);
        expect(settings).to.deep.equal({
            region: "us-east-1",
            peerRegion: "eu-central-1",
            primaryRegion: "us-east-1",
            accountId: "111122223333",
            domainName: "store.example.com",
            hostedZoneId: "Z0123456789EXAMPLE0AB",
            cidrBlock: "10.40.0.0/16",
            availabilityZones: ["us-east-1a", "us-east-1b"],
            jurisdiction: "US",
            accountBaseline: true,
            healthEvents: false,
            canaryIntervalMinutes: 0,
            faultExperiments: false,
            monthlyBudgetUsd: 4000,
            logRetentionDays: 365,
            deletionProtection: true,
            owner: "store",
            costCenter: "4711",
            database: "DocumentDb",
            environment: "prod",
            regionKey: "us",
            isPrimary: true,
            namePrefix: "store-prod-us",
        });
    });

    it("say where the stack stands", async () => {
        const { settings } = await read({ peerRegion: "" }, "prod");
        expect([
            settings?.environment,
            settings?.peerRegion,
            settings?.isPrimary,
            settings?.namePrefix,
        ]).to.deep.equal(["prod", undefined, true, "store-prod"]);
        const other = await read({
            region: "eu-central-1",
            peerRegion: "us-east-1",
            primaryStack: "prod-us",
            availabilityZones: '["eu-central-1a"]',
        });
        expect(other.settings?.isPrimary).to.equal(false);
    });

    it("are refused all at once, with what is allowed, before anything is registered", async () => {
        const { message, preview } = await read({
            region: "us-east",
            primaryRegion: "eu-west-1",
            accountId: "1111",
            domainName: "Store",
            cidrBlock: "10.0.0.0/8",
            availabilityZones: "us-east-1a",
            accountBaseline: "yes",
            monthlyBudgetUsd: "0",
            database: "Mongo",
            replicas: "1.5",
        });
        for (const key of [
            "region",
            "primaryRegion",
            "accountId",
            "domainName",
            "cidrBlock",
            "availabilityZones",
            "accountBaseline",
            "monthlyBudgetUsd",
            "database",
            "replicas",
        ]) {
            expect(message).to.match(new RegExp(`\\n  - ${key} is .*; allowed: `));
        }
        expect(message).to.contain("Pulumi.prod-us.yaml");
        expect(preview.resources.filter(({ custom }) => custom)).to.deep.equal([]);
        expect(preview.cause).to.be.instanceOf(pulumi.RunError);
    });

    it("want a second region for experiments, and a canary within the hour or none", async () => {
        const fault = await read({
            peerRegion: "",
            canaryIntervalMinutes: "61",
            faultExperiments: "true",
        });
        expect(fault.message).to.match(/\n {2}- canaryIntervalMinutes is 61; allowed: .*0 to 60/);
        expect(fault.message).to.match(
            /\n {2}- faultExperiments is true; allowed: false while there is no peerRegion/,
        );
        const { message, settings } = await read({ faultExperiments: "true" });
        expect(message).to.equal(undefined);
        expect([settings?.canaryIntervalMinutes, settings?.faultExperiments]).to.deep.equal([0, true]);
    });

    it("hold the provider to its account and region", async () => {
        const { preview } = await read({ deployRoleArn: "arn:aws:iam::111122223333:role/deploy" });
        const { inputs } = one(preview, "pulumi:providers:aws");
        expect(inputs["region"]).to.equal("us-east-1");
        expect(JSON.stringify(inputs))
            .to.contain("111122223333")
            .and.contain("role/deploy")
            .and.contain("cost-center");
    });

    describe("of one system", () => {
        const where = {
            region: "us-east-1",
            primaryRegion: "us-east-1",
            accountId: "111122223333",
            domainName: "a.example.com",
            hostedZoneId: "Z0123456789EXAMPLE0AB",
            jurisdiction: "US",
        };
        const us = "arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/app/a/0123456789abcdef";

        /** The keys that a system's program refuses, beside what Pulumi.yaml gives by default. */
        async function refused(
            system: string,
            reader: () => unknown,
            change: Readonly<Record<string, string>>,
        ): Promise<string[]> {
            const { config: keys } = yaml.parse(
                readFileSync(join(__dirname, "../../examples", system, "Pulumi.yaml"), "utf8"),
            ) as { config: Record<string, { default?: boolean | number | string }> };
            const defaults = Object.entries(keys).flatMap(([key, { default: value }]) =>
                value === undefined ? [] : [[key, String(value)]],
            );
            const given = { ...Object.fromEntries(defaults), ...where, ...change } as Record<string, string>;
            const { error } = await previewProgram(() => void reader(), {
                project: system,
                stack: "prod-us",
                config: Object.fromEntries(
                    Object.entries(given).map(([key, value]) => [`${system}:${key}`, value]),
                ),
            });
            const keysIn = [...(error?.message ?? "").matchAll(/^\s*-? ?(\w+)(?:\[\d+\])? is /gm)];
            expect(keysIn.length > 0, error?.message).to.equal(error !== undefined);
            return keysIn.map(([, key = ""]) => key);
        }

        it("keep a platform of two regions off a distribution of its own, and want a copy's region with one", async () => {
            const platform = (change: Readonly<Record<string, string>>): Promise<string[]> =>
                refused("container-platform", readPlatformSettings, {
                    availabilityZones: '["us-east-1a", "us-east-1b"]',
                    delivery: "None",
                    ...change,
                });
            const peer = { peerRegion: "eu-central-1" };
            const edge = { frontExposure: "CloudFront", replicaRegion: "eu-west-1" };
            expect(await platform({})).to.deep.equal([]);
            expect(await platform(peer)).to.deep.equal([]);
            expect(await platform(edge)).to.deep.equal([]);
            expect(await platform({ ...edge, ...peer })).to.deep.equal(["frontExposure"]);
            expect(await platform({ ...edge, replicaRegion: "" })).to.deep.equal(["replicaRegion"]);
            expect(await platform({ ...edge, replicaRegion: "us-east-1" })).to.deep.equal(["replicaRegion"]);
        });

        it("want one balancer of updates for each region, by its ARN or its name", async () => {
            const updates = (change: Readonly<Record<string, string>>): Promise<string[]> =>
                refused("update-downloads", readUpdatesSettings, change);
            const eu = us.replace("us-east-1", "eu-central-1");
            const peer = { balancerArn: us, peerRegion: "eu-central-1" };
            expect(await updates({})).to.deep.equal(["balancerArn"]);
            expect(await updates({ balancerArn: us })).to.deep.equal([]);
            expect(await updates({ balancerDomainName: "lb.example.com" })).to.deep.equal([]);
            expect(await updates({ balancerArn: us, balancerDomainName: "lb.example.com" })).to.deep.equal([
                "balancerDomainName",
            ]);
            expect(await updates({ balancerArn: eu })).to.deep.equal(["balancerArn"]);
            expect(await updates(peer)).to.deep.equal(["peerBalancerArn"]);
            expect(await updates({ ...peer, peerBalancerArn: us })).to.deep.equal(["peerBalancerArn"]);
            expect(await updates({ ...peer, peerBalancerArn: eu })).to.deep.equal([]);
            expect(await updates({ ...peer, peerBalancerDomainName: "lb.example.net" })).to.deep.equal([]);
            for (const lifetime of ["manifestSeconds", "latestSeconds", "versionSeconds"]) {
                expect(await updates({ balancerArn: us, [lifetime]: "0" })).to.deep.equal([lifetime]);
                expect(await updates({ balancerArn: us, [lifetime]: "31536000" })).to.deep.equal([]);
            }
        });
    });
});
