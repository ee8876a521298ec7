/** A failover while the home region swallows every call, and while everything beside the promotion fails. */
import { execFileSync } from "node:child_process";
import { chmodSync, closeSync, constants, mkdirSync, openSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import {
    type ApiCall,
    errorAnswer,
    type Rule,
    type Verdict,
    watchFirst,
    xmlAnswer,
} from "../support/emulator/gate";
import { EmulatedWorld, REGIONS } from "../support/emulator/world";

const ARGV = ["failover", "--to", "eu", "--accept-data-loss", "--yes"];

/** The promise. */
const PROMOTION_SECONDS = 30;

function watchPromotion({ gate }: EmulatedWorld): () => number | undefined {
    return watchFirst(gate, "FailoverGlobalCluster");
}

/** A Pulumi whose backend is in the region that is lost, as a program on the path. */
function silentPulumi(world: EmulatedWorld): string {
    const folder = join(world.directory, "bin");
    mkdirSync(folder);
    const file = join(folder, "pulumi");
    writeFileSync(file, "#!/bin/sh\nexec sleep 60\n");
    chmodSync(file, 0o755);
    return folder;
}

/** The emulator's roles are of no account; the real one's credentials are of the role's. */
function assumeRole({ endpoint }: EmulatedWorld): Rule {
    return ({ operation }) =>
        Promise.resolve(
            operation === "AssumeRole"
                ? xmlAnswer(
                      `<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>${endpoint.accountId}</AccessKeyId>` +
                          "<SecretAccessKey>emulator</SecretAccessKey><SessionToken>t</SessionToken>" +
                          "<Expiration>2100-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>",
                  )
                : undefined,
        );
}

/** A profile that assumes a role, and says the region that is lost, twice. */
function profile({ directory, endpoint }: EmulatedWorld): NodeJS.ProcessEnv {
    const file = join(directory, "aws-config");
    writeFileSync(
        file,
        [
            "[profile ops]",
            "role_arn = arn:aws:iam::111122223333:role/ops",
            "source_profile = base",
            `region = ${REGIONS.us}`,
            "[profile base]",
            `aws_access_key_id = ${endpoint.credentials.accessKeyId}`,
            `aws_secret_access_key = ${endpoint.credentials.secretAccessKey}`,
            `region = ${REGIONS.us}`,
        ].join("\n"),
    );
    return {
        AWS_PROFILE: "ops",
        AWS_REGION: REGIONS.us,
        AWS_CONFIG_FILE: file,
        AWS_SHARED_CREDENTIALS_FILE: join(directory, "none"),
        AWS_ACCESS_KEY_ID: undefined,
        AWS_SECRET_ACCESS_KEY: undefined,
    };
}

describe("a failover from a region that swallows every call", function () {
    this.timeout(90_000);
    let world: EmulatedWorld;
    beforeEach(async () => {
        world = await EmulatedWorld.create();
    });
    afterEach(() => world.dispose());

    it("asks for the promotion within 30 s: STS, Route 53, SSM, RDS, the shop and Pulumi's backend are silent", async () => {
        world.swallow("us");
        writeFileSync(join(world.directory, "topology-prod.json"), JSON.stringify(world.topology));
        world.gate.rules.unshift(assumeRole(world));
        const promoted = watchPromotion(world);
        const { ended } = world.spawn(ARGV, {
            env: { ...profile(world), PATH: `${silentPulumi(world)}:${process.env["PATH"] ?? ""}` },
            source: [],
        });
        const { status, stderr, stdout } = await ended;
        process.stdout.write(`    promotion asked for after ${promoted() ?? "?"} s\n`);
        expect(status, stdout + stderr).to.equal(0);
        expect(promoted()).to.be.lessThan(PROMOTION_SECONDS);
        expect(await world.writer()).to.equal("eu");
        expect(stdout).to.contain("Taking what the stacks said last");
        const roles = world.gate.calls.filter((call) => call.endsWith("AssumeRole"));
        expect(roles).to.include(`${REGIONS.eu} AssumeRole`);
        const { warnings } = world.report();
        expect(warnings.join("\n")).to.contain(`No lock in ${REGIONS.us}`);
        expect(warnings.join("\n")).to.contain("no answer within 6 s");
    });

    it("asks for the promotion within 30 s: no name of the lost region is resolved, and the profile says that region", async () => {
        world.shop.lose(REGIONS.us);
        world.shop.isSilent = true;
        world.gate.rules.unshift(assumeRole(world));
        const pipe = join(world.directory, "resolver");
        execFileSync("mkfifo", [pipe]);
        const before = world.gate.calls.length;
        const promoted = watchPromotion(world);
        const { child, ended } = world.spawn(ARGV, {
            preload: "names.ts",
            env: {
                ...profile(world),
                AWS_ENDPOINT_URL: undefined,
                NAMES_GATE: world.gate.url,
                // Route 53's control plane is in us-east-1, by a name that says no region.
                NAMES_LOST: `${REGIONS.us},route53`,
                NAMES_PIPE: pipe,
            },
        });
        // A process does not end before its threads: the resolver gives up when all is said.
        let resolver: number | undefined;
        let printed = "";
        child.stdout?.on("data", (chunk: Buffer) => {
            printed += chunk.toString();
            if (printed.includes("\nReport: ")) {
                resolver ??= openSync(pipe, constants.O_RDWR);
            }
        });
        const { status, stderr, stdout } = await ended;
        closeSync(resolver ?? openSync(pipe, constants.O_RDWR));
        process.stdout.write(`    promotion asked for after ${promoted() ?? "?"} s\n`);
        expect(status, stdout + stderr).to.equal(0);
        expect(promoted()).to.be.lessThan(PROMOTION_SECONDS);
        expect(await world.writer()).to.equal("eu");
        const made = world.gate.calls.slice(before);
        expect(made.filter((call) => call.startsWith(REGIONS.us))).to.deep.equal([]);
        expect(world.report().warnings).to.include.members([
            "us: what Route 53's checkers see is not known: no answer within 6 s",
            "us: what RDS says of its database is not known: no answer within 6 s",
        ]);
    });

    it("is called for by RDS's word when the health path and every write are well", async () => {
        world.gate.rules.unshift(async (call, forward) => {
            if (call.region !== REGIONS.us || call.operation !== "DescribeDBInstances") {
                return undefined;
            }
            const answer = await forward();
            return {
                ...answer,
                body: answer.body.replaceAll(
                    "<DBInstanceStatus>available<",
                    "<DBInstanceStatus>inaccessible-encryption-credentials<",
                ),
            };
        });
        const { probe: _probe, ...rest } = world.topology;
        const file = join(world.directory, "no-probe.json");
        writeFileSync(file, JSON.stringify(rest));
        const { status, stdout } = await world.spawn(ARGV, { source: ["--topology", file] }).ended;
        expect(status, stdout).to.equal(0);
        expect(stdout).to.contain("RDS says: cluster available, 0 of");
        expect(await world.writer()).to.equal("eu");
    });
});

/** Each call fails in another way than the one before. */
function troubleOf(call: ApiCall, turn: number): Verdict {
    const troubles: readonly (() => Verdict)[] = [
        () => errorAnswer(call, 400, "ThrottlingException", "Rate exceeded"),
        () => errorAnswer(call, 403, "ExpiredTokenException", "The security token is expired"),
        () => ({ status: 502, contentType: "text/html", body: "<html><hr>Bad Gateway</html>" }),
        () => errorAnswer(call, 500, "InternalFailure", "not now"),
        () => "cut",
    ];
    return (troubles[turn % troubles.length] ?? (() => "cut"))();
}

describe("a failover with everything beside the promotion failing", function () {
    this.timeout(60_000);
    let world: EmulatedWorld;
    beforeEach(async () => {
        world = await EmulatedWorld.create({
            timeouts: { "scale-target-fleets": 2, "scale-target-database": 2, verify: 2, "wait-fleets": 2 },
        });
        // The shop there, and not its API: all of AWS can be asked, and says no.
        world.shop.lose(REGIONS.us);
    });
    afterEach(() => world.dispose());

    /** What decides whether the promotion is right, and the promotion. */
    const NEEDED = ["DescribeGlobalClusters", "FailoverGlobalCluster"];

    for (const [how, verdict] of [
        ["is denied", { status: 403, code: "AccessDenied" }],
        ["is answered with 503", { status: 503, code: "ServiceUnavailable" }],
        ["hangs", undefined],
        ["fails in ways of its own", "anyhow"],
    ] as const) {
        it(`makes the promotion all the same when everything ${how}`, async () => {
            const denied = new Set<string>();
            world.gate.rules.unshift((call) => {
                if (NEEDED.includes(call.operation)) {
                    return Promise.resolve(undefined);
                }
                denied.add(`${call.service} ${call.operation.replace(/^GET .*/, "GET")}`);
                return Promise.resolve(
                    verdict === undefined
                        ? "hang"
                        : verdict === "anyhow"
                          ? troubleOf(call, denied.size)
                          : errorAnswer(call, verdict.status, verdict.code, "not now"),
                );
            });
            const promoted = watchPromotion(world);
            const { stderr, stdout } = await world.call(ARGV, { attempts: 2 });
            expect(promoted(), stdout + stderr).to.be.lessThan(PROMOTION_SECONDS);
            expect(await world.writer()).to.equal("eu");
            expect([...denied]).to.include.members([
                "autoscaling DescribeAutoScalingGroups",
                "monitoring GetMetricData",
                "rds DescribeDBClusters",
                "rds DescribeDBInstances",
                "route53 GET",
                "ssm GetParameter",
                "sts GetCallerIdentity",
            ]);
        });
    }

    it("asks again while AWS says that the cluster is not in the right state", async () => {
        const said = ["InvalidDBClusterStateFault", "InvalidGlobalClusterStateFault"];
        const modified = ["InvalidDBInstanceState", "InvalidDBClusterStateFault"];
        world.gate.rules.unshift((call) => {
            const code =
                call.operation === "FailoverGlobalCluster"
                    ? said.shift()
                    : call.operation === "ModifyDBCluster"
                      ? modified.shift()
                      : undefined;
            return Promise.resolve(code === undefined ? undefined : errorAnswer(call, 400, code, "not now"));
        });
        const { status, stdout } = await world.call(ARGV);
        expect(status, stdout).to.equal(0);
        expect([said, modified]).to.deep.equal([[], []]);
        expect(world.report().warnings.join("\n")).not.to.contain("floor");
    });
});
