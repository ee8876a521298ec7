import { expect } from "chai";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DrillError, UsageError } from "../../../tools/drill/errors";
import { type LoadRequest, loadTopology } from "../../../tools/drill/topology/load";
import { parseTopology } from "../../../tools/drill/topology/parse";
import { stackReader } from "../../../tools/drill/topology/readStacks";
import {
    clusterArn,
    DEFAULTS,
    regionOf,
    regionProbeUrls,
    requireRegion,
} from "../../../tools/drill/topology/types";
import { topology, topologyJson } from "../../support/drill/topologies";

describe("a topology", () => {
    it("has defaults for what is a matter of taste", () => {
        const { limits, pollSeconds, probe, targets } = topology();
        expect(targets).to.deep.equal(DEFAULTS.targets);
        expect(targets).to.include({ switchoverRtoSeconds: 60, switchoverRpoSeconds: 1 });
        expect(limits).to.deep.equal(DEFAULTS.limits);
        expect(pollSeconds).to.equal(5);
        expect(probe).to.include({ intervalMilliseconds: 1000, url: "https://shop.example.com/markers" });
    });

    it("asks a region's health through its own distribution: its balancer lets nobody else in", () => {
        expect(topology().regions.map(({ healthUrl }) => healthUrl)).to.deep.equal([
            "https://us.shop.example.com/healthz",
            "https://eu.shop.example.com/healthz",
        ]);
    });

    it("writes markers through each region's own host, by the domain or as it is told", () => {
        const urls = (probe: object): unknown => regionProbeUrls(topology({ probe }));
        expect(urls({ url: "https://shop.example.com/drill/markers?x=1" })).to.deep.equal({
            us: "https://us.shop.example.com/drill/markers?x=1",
            eu: "https://eu.shop.example.com/drill/markers?x=1",
        });
        expect(urls({ url: "https://other.example.com/m" })).to.deep.equal({});
        const regionUrls = { eu: "https://x.example.com/m" };
        expect(urls({ url: "https://shop.example.com/m", regionUrls })).to.deep.equal(regionUrls);
        expect(() =>
            urls({ url: "https://shop.example.com/m", regionUrls: { ue: "https://x", eu: "x" } }),
        ).to.throw(
            "has 2 problems:\n  - probe.regionUrls.ue is not known; did you mean us?\n" +
                '  - probe.regionUrls.eu is "x"; allowed: an http or https URL',
        );
    });

    it("refuses a key that it does not know, wherever it stands, with the one that is meant", () => {
        const { targets: _targets, ...json } = topologyJson();
        const [us, eu] = json["regions"] as Record<string, unknown>[];
        const wrong = {
            ...json,
            regionSwitchPlanArn: "shop-switch-plan",
            target: {},
            regions: [us, { ...eu, vault: "x" }],
            targets: { switchoverRtoSecond: 30 },
            probe: { ...(json["probe"] as object), interval: 1 },
            restore: { role: "x" },
        };
        expect(() => parseTopology(wrong, "the file")).to.throw(
            DrillError,
            "the topology in the file has 6 problems:\n" +
                "  - regions[1].vault is not known; allowed: key, region, clusterIdentifier, originHost, healthUrl, " +
                "healthCheckId, trafficSwitch, autoScalingGroups, backupVault, personalDataVault, copyVaults, restoreRoleArn, personalDataTable, faultExperiments\n" +
                "  - target is not known; did you mean targets?\n" +
                '  - regionSwitchPlanArn is "shop-switch-plan"; allowed: the ARN of a plan of ARC Region switch\n' +
                "  - targets.switchoverRtoSecond is not known; did you mean switchoverRtoSeconds?\n" +
                "  - restore.role is not known; allowed: roleArn, query\n" +
                "  - probe.interval is not known; allowed: url, regionUrls, intervalMilliseconds, timeoutMilliseconds, " +
                "readBackMilliseconds, soakMilliseconds",
        );
    });

    it("refuses a time limit for a step that there is not", () => {
        expect(() => topology({ timeouts: { "wait-lagg": 60 } })).to.throw(
            "timeouts.wait-lagg is no step; did you mean wait-lag?",
        );
        const timeouts = { "wait-lag": 60, "switchover/wait-lag": 30, "upgrade-eu": 60, "wait-all": 60 };
        expect(topology({ timeouts }).timeouts).to.deep.equal(timeouts);
    });

    it("says everything that is wrong with it at once", () => {
        const json = topologyJson();
        const regions = json["regions"] as Record<string, unknown>[];
        const broken = {
            ...json,
            accountId: 12,
            home: "mars",
            regions: [{ ...regions[0], region: "us" }, regions[1]],
            targets: { switchoverRtoSeconds: -1 },
            probe: { url: "shop" },
            fault: { strike: [], heal: ["x"] },
        };
        expect(() => parseTopology(broken, "the file")).to.throw(
            DrillError,
            "the topology in the file has 6 problems:\n" +
                '  - regions[0].region is "us"; allowed: an AWS region, such as eu-central-1\n' +
                '  - home is "mars"; allowed: the key of one of the regions: us, eu\n' +
                "  - accountId is 12; allowed: 12 digits\n" +
                "  - targets.switchoverRtoSeconds is -1; allowed: a number, 0 or more\n" +
                '  - probe.url is "shop"; allowed: an http or https URL\n' +
                "  - fault.strike is []; allowed: a list of a program and its arguments",
        );
    });

    it("strikes by commands or by an experiment, not by both", () => {
        expect(topology({ fault: { experiment: "EXT1a2b" } }).fault).to.deep.equal({ experiment: "EXT1a2b" });
        expect(() => topology({ fault: { experiment: "zonePower", strike: ["x"], heal: ["y"] } })).to.throw(
            'has a problem:\n  - fault.experiment is "zonePower"; allowed: either an experiment, which is stopped to heal, ' +
                "or commands: take it or fault.strike away",
        );
        expect(() => topology({ fault: { experiment: ["EXT1"] } })).to.throw(
            'fault.experiment is ["EXT1"]; allowed: the id of a FIS template, or the name of a fault',
        );
    });

    it("needs two regions, and one alone for a restore test", () => {
        const json = topologyJson();
        expect(() => parseTopology({ ...json, regions: [] }, "the file")).to.throw(
            "regions is []; allowed: two regions or more, or one for a restore test alone",
        );
        const [first] = json["regions"] as unknown[];
        expect(parseTopology({ ...json, regions: [first] }, "the file").regions).to.have.length(1);
        expect(() => parseTopology([], "the file")).to.throw(
            "the file holds no topology: it is no JSON object",
        );
    });

    it("finds regions by key and by AWS region", () => {
        expect(regionOf(topology(), "eu")?.region).to.equal("eu-central-1");
        expect(regionOf(topology(), "eu-central-1")?.key).to.equal("eu");
        expect(regionOf(topology(), "mars")).to.equal(undefined);
        expect(clusterArn(topology(), requireRegion(topology(), "eu"))).to.equal(
            "arn:aws:rds:eu-central-1:111122223333:cluster:meridian-prod-eu",
        );
        expect(() => requireRegion(topology(), "mars")).to.throw("no region mars among us, eu");
    });
});

describe("loading a topology", () => {
    let directory: string;
    let log: string[];
    beforeEach(() => {
        directory = mkdtempSync(join(tmpdir(), "meridian-topology-"));
        log = [];
    });
    afterEach(() => {
        rmSync(directory, { recursive: true });
    });

    const request = (changes: Partial<LoadRequest> = {}): LoadRequest => ({
        environment: "prod",
        stateDirectory: directory,
        projectDirectory: directory,
        cached: false,
        readStacks: () => Promise.resolve(topology()),
        log: (line) => log.push(line),
        ...changes,
    });
    const silent = (): Promise<never> => Promise.reject(new Error("the backend does not answer"));
    const messageOf = (loading: Promise<unknown>): Promise<string> =>
        loading.then(
            () => expect.fail("it should have failed"),
            (error: unknown) => (error as Error).message,
        );

    it("asks the stacks, and keeps what they say for the day on which they cannot be asked", async () => {
        expect(await loadTopology(request())).to.deep.equal(topology());
        expect(await loadTopology(request({ readStacks: silent }))).to.deep.equal(topology());
        expect(log).to.deep.equal([
            "The stacks could not be read: the backend does not answer",
            `Taking what the stacks said last, from ${join(directory, "topology-prod.json")}.`,
        ]);
        expect(await loadTopology(request({ readStacks: silent, cached: true }))).to.deep.equal(topology());
    });

    it("says what to do when there is neither", async () => {
        expect(await messageOf(loadTopology(request({ readStacks: silent })))).to.equal(
            "the stacks of prod could not be read: the backend does not answer",
        );
        expect(await messageOf(loadTopology(request({ cached: true })))).to.contain("there is no ");
    });

    it("takes a file before anything else", async () => {
        const file = join(directory, "mine.json");
        writeFileSync(file, JSON.stringify(topologyJson()));
        expect(await loadTopology(request({ file, readStacks: silent }))).to.deep.equal(topology());
        writeFileSync(file, "{");
        expect(await messageOf(loadTopology(request({ file })))).to.contain("cannot be read");
    });

    it("hands the settings file to whoever reads the stacks", async () => {
        const settings = { targets: { switchoverRtoSeconds: 30 } };
        writeFileSync(join(directory, "drill.prod.json"), JSON.stringify(settings));
        let given: unknown;
        await loadTopology(
            request({
                readStacks: (_environment, own) => {
                    given = own;
                    return Promise.resolve(topology());
                },
            }),
        );
        expect(given).to.deep.equal(settings);
    });

    it("takes a probe's URL from the command line", async () => {
        const loaded = await loadTopology(request({ probeUrl: "https://other.example.com/m" }));
        expect(loaded.probe).to.include({ url: "https://other.example.com/m", intervalMilliseconds: 1000 });
        const error: unknown = await loadTopology(request({ probeUrl: "other" })).catch(
            (reason: unknown) => reason,
        );
        expect(error).to.be.instanceOf(UsageError);
    });
});

describe("a topology from the stacks", () => {
    const outputs: Readonly<Record<string, unknown>> = {
        "prod-us": {
            autoScalingGroups: { web: "web-1", api: "api-1" },
            database: { clusterIdentifier: "meridian-prod-us" },
            personalData: { tableName: "people-1" },
            faultExperiments: { zonePower: "EXT1" },
            backup: {
                vaultName: "vault-1",
                personalVaultName: "personal-1",
                restoreRoleArn: "arn:aws:iam::111122223333:role/restore-1",
                peerVaultArn: "arn:aws:backup:eu-central-1:111122223333:backup-vault:copies-1",
            },
            origin: { headerValue: "[secret]" },
        },
        "prod-eu": { autoScalingGroups: { web: "web-2", api: "api-2" }, database: {} },
        "prod-global": {
            healthCheckIds: { us: "hc-1", eu: "hc-2" },
            regionSwitchPlanArn:
                "arn:aws:arc-region-switch::111122223333:plan/shop-switch-plan-1a2b3c4:abc123",
        },
    };

    it("is put together of the project's configuration and the outputs, without asking for a secret", async () => {
        const asked: string[] = [];
        const read = stackReader((args) => {
            asked.push(args.join(" "));
            return Promise.resolve(JSON.stringify(outputs[args.at(-1) ?? ""]));
        });
        const found = await read("prod", { targets: { switchoverRtoSeconds: 30 } }, 1000);
        expect(asked.sort()).to.deep.equal(
            ["prod-eu", "prod-global", "prod-us"].map(
                (name) => `stack output --json --non-interactive --stack ${name}`,
            ),
        );
        expect(found).to.deep.include({
            environment: "prod",
            accountId: "111122223333",
            globalClusterIdentifier: "meridian-prod",
            regionSwitchPlanArn:
                "arn:aws:arc-region-switch::111122223333:plan/shop-switch-plan-1a2b3c4:abc123",
            home: "us",
            capacity: { writerMin: 8, standbyMin: 4, max: 64 },
        });
        expect(found.targets.switchoverRtoSeconds).to.equal(30);
        expect(found.regions).to.deep.equal([
            {
                key: "us",
                region: "us-east-1",
                clusterIdentifier: "meridian-prod-us",
                originHost: "origin-us.shop.example.com",
                healthUrl: "https://us.shop.example.com/healthz",
                healthCheckId: "hc-1",
                autoScalingGroups: { web: "web-1", api: "api-1" },
                backupVault: "vault-1",
                personalDataVault: "personal-1",
                copyVaults: [],
                restoreRoleArn: "arn:aws:iam::111122223333:role/restore-1",
                personalDataTable: "people-1",
                faultExperiments: { zonePower: "EXT1" },
            },
            {
                key: "eu",
                region: "eu-central-1",
                clusterIdentifier: "meridian-prod-eu",
                originHost: "origin-eu.shop.example.com",
                healthUrl: "https://eu.shop.example.com/healthz",
                healthCheckId: "hc-2",
                autoScalingGroups: { web: "web-2", api: "api-2" },
                copyVaults: ["copies-1"],
            },
        ]);
        expect(JSON.stringify(found)).not.to.contain("secret");
    });

    it("is one region's where the environment has no other, and no global stack is asked", async () => {
        const asked: string[] = [];
        const read = stackReader((args) => {
            asked.push(args.at(-1) ?? "");
            return Promise.resolve(
                JSON.stringify({
                    autoScalingGroups: { web: "web-1", api: "api-1" },
                    backup: { vaultName: "vault-1", personalVaultName: "personal-1" },
                    personalData: { tableName: "people-1" },
                }),
            );
        });
        const found = await read("dev", {}, 1000);
        expect(asked).to.deep.equal(["dev-us"]);
        expect(found).to.deep.include({ environment: "dev", accountId: "444455556666", home: "us" });
        expect(
            found.regions.map(({ key, backupVault, copyVaults }) => ({ key, backupVault, copyVaults })),
        ).to.deep.equal([{ key: "us", backupVault: "vault-1", copyVaults: [] }]);
    });

    it("names what a stack that is not up does not give", async () => {
        const read = stackReader(() => Promise.resolve("{}"));
        const error: unknown = await read("prod", {}, 1000).catch((reason: unknown) => reason);
        expect(error).to.be.instanceOf(DrillError);
        expect((error as Error).message).to.contain("regions[0].autoScalingGroups.web is missing");
    });

    it("says which stacks there are when the environment is not one of them", async () => {
        const read = stackReader(() => Promise.resolve("{}"));
        const error: unknown = await read("stage", {}, 1000).catch((reason: unknown) => reason);
        expect((error as Error).message).to.equal(
            "there is no Pulumi.stage-global.yaml: the stacks are dev-us, prod-eu, prod-global, prod-us",
        );
    });

    it("is waited for less in haste, when there is a copy: Pulumi's backend may be in the region that is lost", async () => {
        const directory = mkdtempSync(join(tmpdir(), "meridian-topology-"));
        const limits: number[] = [];
        const request = {
            environment: "prod",
            stateDirectory: directory,
            projectDirectory: directory,
            cached: false,
            readStacks: (_environment: string, _settings: object, limit: number) => {
                limits.push(limit);
                return Promise.resolve(parseTopology(topologyJson(), "the test"));
            },
            log: () => undefined,
        };
        try {
            await loadTopology({ ...request, inHaste: true });
            await loadTopology({ ...request, inHaste: true });
            await loadTopology(request);
            expect(limits).to.deep.equal([30_000, 4000, 30_000]);
        } finally {
            rmSync(directory, { recursive: true });
        }
    });

    it("hands Pulumi its limit", async () => {
        const limits: number[] = [];
        const read = stackReader((args, limit) => {
            limits.push(limit);
            return Promise.resolve(JSON.stringify(outputs[args.at(-1) ?? ""]));
        });
        await read("prod", {}, 4000);
        expect(limits).to.deep.equal([4000, 4000, 4000]);
    });

    it("is kept without a secret", async () => {
        const directory = mkdtempSync(join(tmpdir(), "meridian-topology-"));
        try {
            await loadTopology({
                environment: "prod",
                stateDirectory: directory,
                projectDirectory: directory,
                cached: false,
                readStacks: stackReader((args) =>
                    Promise.resolve(JSON.stringify(outputs[args.at(-1) ?? ""])),
                ),
                log: () => undefined,
            });
            expect(readFileSync(join(directory, "topology-prod.json"), "utf8")).not.to.contain("secret");
        } finally {
            rmSync(directory, { recursive: true });
        }
    });
});
