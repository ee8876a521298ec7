import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { renderBoot } from "../../../../components/data/documentDatabase/mongodb/userData";
import {
    ATTEMPTS,
    bootScript,
    BootWorld,
    DATABASE,
    MASTER,
    type MemberData,
    PARAMETERS,
    SECRETS,
    type WorldState,
} from "../../../support/mongodb/world";
import { shellcheck } from "../../../support/shellcheck";

const hostOf = (member: number): string => `member-${member}.${DATABASE}.internal`;

const USERS = [{ user: MASTER.username, pwd: MASTER.password, roles: ["root"] }];

/** The configuration of a set with these members. */
function setOf(...members: number[]): NonNullable<MemberData["config"]> {
    return {
        _id: "rs0",
        version: members.length,
        members: members.map((member) => ({ _id: member - 1, host: `${hostOf(member)}:27017` })),
    };
}

/** An authority as the first member makes one. */
function newAuthority(): string {
    const subject = ["-subj", `/O=${DATABASE}/CN=${DATABASE} authority`, "-days", "7300", "-nodes"];
    const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-keyout", "-"];
    return execFileSync("openssl", ["req", "-x509", ...key, ...subject], {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
    });
}

/** A region in which the replica set has been before. */
function initiated(state: WorldState): void {
    state.secrets[SECRETS.authority] = { value: newAuthority() };
    state.parameters[PARAMETERS.initiation] = "by i-first";
}

const volumeOf = (state: WorldState, member: number) =>
    state.volumes.find(({ id }) => id === `vol-0${member}`)!;

describe("the boot script of a member of MongoDB", function () {
    this.timeout(180_000);
    let world: BootWorld;

    const open = (change?: (state: WorldState) => void): BootWorld => {
        world = new BootWorld(change);
        return world;
    };
    afterEach(() => {
        world.remove();
    });

    /** Boots one member, and expects that it comes up. */
    const boot = async (member: number, name = `i-${member}`): Promise<string> => {
        world.launch(member, name);
        const { status, output } = await world.run(name, "run");
        expect(status, output).to.equal(0);
        return output;
    };

    /** Boots one member, and expects that it does not. */
    const bootInVain = async (member: number, name = `i-${member}`): Promise<string> => {
        world.launch(member, name);
        const { status, output } = await world.run(name, "run");
        expect(status, output).to.equal(1);
        return output;
    };

    describe("at first boots", () => {
        it("brings a replica set up out of three at the same time", async () => {
            open((state) => {
                state.pause = 300;
            });
            const names = ["i-1", "i-2", "i-3"];
            names.forEach((name, index) => {
                world.launch(index + 1, name);
            });
            const runs = await Promise.all(names.map((name) => world.run(name, "run")));
            for (const { status, output } of runs) {
                expect(status, output).to.equal(0);
            }
            const state = world.read();
            expect(state.initiations).to.deep.equal([hostOf(1)]);
            for (const [index, { data, fileSystem, instanceId }] of state.volumes.entries()) {
                expect(instanceId).to.equal(names[index]);
                expect(fileSystem).to.equal("xfs");
                expect(data?.config?.members.map(({ host }) => host)).to.have.members(
                    setOf(1, 2, 3).members.map(({ host }) => host),
                );
                expect(data?.users).to.deep.equal(USERS);
            }
            expect(state.interfaces.map(({ instanceId }) => instanceId)).to.deep.equal(names);
            expect(state.parameters[PARAMETERS.initiation]).to.equal("by i-1");

            // Each member trusts the others' certificates by what clients read in the parameter.
            const authority = path.join(world.folder, "authority.crt");
            fs.writeFileSync(authority, state.parameters[PARAMETERS.certificate] ?? "");
            for (const [index, name] of names.entries()) {
                const own = path.join(world.folder, name, "etc/meridian/member.pem");
                const verify = ["verify", "-CAfile", authority, "-verify_hostname", hostOf(index + 1), own];
                expect(execFileSync("openssl", verify, { encoding: "utf8" })).to.contain(": OK");
                expect(fs.statSync(own).mode & 0o777).to.equal(0o400);
                const configuration = fs.readFileSync(
                    path.join(world.folder, name, "etc/mongod.conf"),
                    "utf8",
                );
                expect(configuration).to.contain(`bindIp: localhost,10.0.${index + 1}.10\n`);
                expect(configuration)
                    .to.contain("mode: requireTLS\n")
                    .and.contain("authorization: enabled\n");
            }
        });

        it("keeps the authority's key on no disk, and the password out of every list of processes", async () => {
            open();
            world.serve(2, {});
            world.serve(3, {});
            await boot(1);
            const root = path.join(world.folder, "i-1");
            const withKeys = fs
                .readdirSync(root, { recursive: true, withFileTypes: true })
                .filter((entry) => entry.isFile())
                .map((entry) => path.join(entry.parentPath, entry.name))
                .filter((file) => fs.readFileSync(file, "utf8").includes("BEGIN PRIVATE KEY"))
                .map((file) => path.relative(root, file));
            expect(withKeys).to.deep.equal(["etc/meridian/member.pem"]);
            const state = world.read();
            expect(state.secrets[SECRETS.authority]?.value).to.contain("BEGIN PRIVATE KEY");
            expect(state.parameters[PARAMETERS.certificate]).not.to.contain("PRIVATE KEY");
            expect(JSON.stringify(state.calls)).not.to.contain(MASTER.password);
        });

        it("takes another one's authority where one was made meanwhile", async () => {
            const authority = newAuthority();
            open((state) => {
                state.secrets[SECRETS.authority] = {
                    // Written with the same token, and seen a moment later.
                    versions: { "00000000-0000-4000-8000-000000000001": authority },
                };
                state.events = [{ after: 1, list: "volumes", id: "vol-01", set: {} }];
            });
            world.serve(2, {});
            world.serve(3, {});
            world.launch(1, "i-1");
            const running = world.run("i-1", "run");
            while (!world.readIfWritten()?.calls.some((call) => call.includes("put-secret-value"))) {
                await new Promise((resolve) => setTimeout(resolve, 50));
            }
            await world.changeWhileRunning((state) => {
                state.secrets[SECRETS.authority]!.value = authority;
            });
            const { status, output } = await running;
            expect(status, output).to.equal(0);
            expect(output).to.contain("ResourceExistsException");
            expect(world.read().secrets[SECRETS.authority]?.value).to.equal(authority);
        });

        it("does not have another member than the first initiate or make an authority", async () => {
            open();
            const output = await bootInVain(2);
            expect(output).to.contain("gave up waiting for the authority");
            expect(world.calls("aws").filter((call) => call.includes("put-"))).to.deep.equal([]);

            world.change((state) => {
                initiated(state);
                state.sleeps = 0;
            });
            const { status, output: later } = await world.run("i-2", "run");
            expect(status).to.equal(1);
            expect(later).to.contain("gave up waiting for the replica set to have a primary");
            const state = world.read();
            expect(state.initiations).to.deep.equal([]);
            expect(volumeOf(state, 2).data).to.deep.equal({});
        });

        it("has a member that waits taken in by the first one", async () => {
            open();
            world.serve(2, {});
            world.serve(3, {});
            const output = await boot(1);
            expect(output).to.contain("member 1 of orders is up");
            expect(volumeOf(world.read(), 2).data?.config?.members).to.have.length(3);
        });
    });

    describe("on a replaced instance", () => {
        const served = (): void => {
            open((state) => {
                initiated(state);
                Object.assign(volumeOf(state, 1), {
                    fileSystem: "xfs",
                    data: { config: setOf(1, 2, 3), users: USERS },
                });
            });
            world.serve(2, { config: setOf(1, 2, 3), users: USERS });
            world.serve(3, { config: setOf(1, 2, 3), users: USERS });
        };

        it("takes the volume over with what is on it", async () => {
            served();
            await boot(1, "i-second");
            expect(world.calls("mkfs.xfs")).to.deep.equal([]);
            const state = world.read();
            expect(state.initiations).to.deep.equal([]);
            expect(volumeOf(state, 1)).to.deep.include({ state: "in-use", instanceId: "i-second" });
            expect(volumeOf(state, 1).data).to.deep.equal({ config: setOf(1, 2, 3), users: USERS });
            expect(state.parameters[PARAMETERS.initiation]).to.equal("by i-first");
        });

        it("waits while the volume and the interface are still with the instance before it", async () => {
            served();
            world.change((state) => {
                Object.assign(volumeOf(state, 1), { state: "in-use", instanceId: "i-old" });
                Object.assign(state.interfaces[0]!, { state: "in-use", instanceId: "i-old" });
                state.events = [
                    { after: 7, list: "volumes", id: "vol-01", set: { state: "available" } },
                    { after: 9, list: "interfaces", id: "eni-01", set: { state: "available" } },
                ];
            });
            const output = await boot(1, "i-second");
            expect(output).to.contain("vol-01 is in-use with i-old");
            expect(output).to.contain("waiting for the data volume (7 of 12)");
            expect(output).not.to.contain("waiting for the data volume (8 of 12)");
            expect(output).to.contain("waiting for the network interface (2 of 12)");
            const state = world.read();
            expect(state.sleeps).to.equal(9);
            expect(volumeOf(state, 1).instanceId).to.equal("i-second");
            expect(state.interfaces[0]?.instanceId).to.equal("i-second");
        });

        it("gives up after a quarter of an hour, and says what it waited for", async () => {
            served();
            world.change((state) => {
                Object.assign(volumeOf(state, 1), { state: "in-use", instanceId: "i-old" });
            });
            const output = await bootInVain(1, "i-second");
            expect(output).to.contain("vol-01 is in-use with i-old");
            expect(output.trim().split("\n").at(-1)).to.equal(
                "meridian: gave up waiting for the data volume",
            );
            const state = world.read();
            expect(state.sleeps).to.equal(ATTEMPTS);
            expect(volumeOf(state, 1).instanceId).to.equal("i-old");
            expect(world.calls("systemctl", "i-second")).to.deep.equal([]);
        });

        it("runs again on the same instance without doing anything twice, repository or not", async () => {
            served();
            await boot(1, "i-second");
            const before = world.read().calls.length;
            const { status, output } = await world.run("i-second", "run");
            expect(status, output).to.equal(0);
            const again = world.read().calls.slice(before);
            const programs = new Set(again.map(([, program]) => program));
            for (const program of ["dnf", "mkfs.xfs", "mount"]) {
                expect(programs).not.to.include(program);
            }
            expect(again.filter((call) => call.some((word) => word.startsWith("attach-")))).to.deep.equal([]);
        });

        it("never makes a file system where it cannot tell whether there is one", async () => {
            served();
            world.change((state) => {
                volumeOf(state, 1).damage = 8;
            });
            const output = await bootInVain(1);
            expect(output).to.contain("cannot tell whether vol-01 has a file system (blkid: 8)");
            expect(world.calls("mkfs.xfs")).to.deep.equal([]);
        });

        it("takes neither of two volumes with the same tags", async () => {
            served();
            world.change((state) => {
                state.volumes.push({ ...volumeOf(state, 1), id: "vol-0other" });
            });
            const output = await bootInVain(1);
            expect(output).to.contain("volumes: more than one has the tags of member 1 of orders");
            expect(world.calls("aws").filter((call) => call.includes("attach-volume"))).to.deep.equal([]);
        });
    });

    describe("as the first member, with an empty volume in a set that there has been", () => {
        it("is taken in by the others, and begins no second set", async () => {
            open(initiated);
            world.serve(2, { config: setOf(1, 2, 3), users: USERS });
            world.serve(3, { config: setOf(1, 2, 3), users: USERS });
            await boot(1);
            const state = world.read();
            expect(state.initiations).to.deep.equal([]);
            expect(volumeOf(state, 1).data).to.deep.equal({ config: setOf(1, 2, 3), users: USERS });
        });

        it("refuses to begin one where nobody answers", async () => {
            open(initiated);
            const output = await bootInVain(1);
            expect(output).to.contain(
                "the replica set was initiated (by i-first), this member's volume is empty",
            );
            expect(world.read().initiations).to.deep.equal([]);
        });
    });

    describe("after a crash", () => {
        const crashed = (data: MemberData, others: MemberData = {}): void => {
            open((state) => {
                state.candidate = hostOf(1);
                state.secrets[SECRETS.authority] = { value: newAuthority() };
                Object.assign(volumeOf(state, 1), { fileSystem: "xfs", data });
            });
            world.serve(2, others);
            world.serve(3, others);
        };

        for (const [moment, data] of [
            ["between initiating and creating the user", { config: setOf(1) }],
            ["between creating the user and adding members", { config: setOf(1), users: USERS }],
            ["between adding the second member and the third", { config: setOf(1, 2), users: USERS }],
        ] as const) {
            it(`goes on where it stopped ${moment}`, async () => {
                crashed(data);
                await boot(1);
                const state = world.read();
                expect(state.initiations).to.deep.equal([]);
                expect(state.parameters[PARAMETERS.initiation]).to.equal("by i-1");
                for (const { data: now } of state.volumes) {
                    expect(now?.config?.members.map(({ host }) => host)).to.have.members(
                        setOf(1, 2, 3).members.map(({ host }) => host),
                    );
                    expect(now?.users).to.deep.equal(USERS);
                }
            });
        }

        it("has another primary add whom the first member had not", async () => {
            crashed({ config: setOf(1, 2), users: USERS });
            world.change((state) => {
                state.candidate = hostOf(2);
                volumeOf(state, 2).data = { config: setOf(1, 2), users: USERS };
            });
            await boot(1);
            const before = world.read();
            expect(before.primary).to.equal(hostOf(2));
            expect(before.parameters[PARAMETERS.initiation]).to.equal("by i-1");
            expect(volumeOf(before, 3).data).to.deep.equal({});

            world.change((state) => {
                Object.assign(state, { sleeps: 0, mostSleeps: 0 });
            });
            await world.run("i-served-2", "watch");
            expect(volumeOf(world.read(), 3).data?.config?.members).to.have.length(3);
        });

        it("says that the secret's password is not the database's, and creates no second user", async () => {
            const data = { config: setOf(1, 2, 3), users: [{ ...USERS[0]!, pwd: "of-a-snapshot" }] };
            crashed(data, data);
            const output = await bootInVain(1);
            expect(output).to.contain("MongoServerError: Command requires authentication");
            expect(volumeOf(world.read(), 1).data?.users).to.have.length(1);
        });
    });

    describe("as services", () => {
        it("becomes what the system starts at each boot", async () => {
            open();
            world.launch(1, "i-1");
            const { status, output } = await world.run("i-1");
            expect(status, output).to.equal(0);
            const root = path.join(world.folder, "i-1");
            const installed = path.join(root, "opt/meridian/boot");
            expect(fs.readFileSync(installed, "utf8")).to.equal(
                fs.readFileSync(path.join(root, "boot"), "utf8"),
            );
            expect(fs.statSync(installed).mode & 0o777).to.equal(0o700);
            for (const [unit, word] of [
                ["meridian-boot", "run"],
                ["meridian-watch", "watch"],
            ]) {
                const text = fs.readFileSync(path.join(root, `etc/systemd/system/${unit}.service`), "utf8");
                expect(text).to.contain(`ExecStart=${installed} ${word}\n`).and.contain("Restart=");
            }
            expect(world.calls("systemctl")).to.deep.equal([
                "daemon-reload",
                "enable meridian-boot meridian-watch",
                "start --no-block meridian-boot meridian-watch",
            ]);
        });

        const watched = async (certificateDays: number): Promise<{ state: WorldState; subject: string }> => {
            open((state) => {
                initiated(state);
                state.behind = { [hostOf(2)]: 12.5 };
            });
            world.serve(1, { config: setOf(1, 2, 3), users: USERS });
            world.serve(3, { config: setOf(1, 2, 3), users: USERS });
            world.change((state) => {
                Object.assign(volumeOf(state, 2), {
                    fileSystem: "xfs",
                    data: { config: setOf(1, 2, 3), users: USERS },
                });
            });
            await boot(2);
            const own = path.join(world.folder, "i-2/etc/meridian/member.pem");
            fs.chmodSync(own, 0o600);
            const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", own];
            const one = ["-x509", "-subj", "/CN=old", "-days", String(certificateDays), "-out", own];
            execFileSync("openssl", ["req", ...key, ...one], { stdio: "ignore" });
            world.change((state) => {
                Object.assign(state, { sleeps: 0, mostSleeps: 1 });
            });
            // It ends because the test's clock does.
            expect((await world.run("i-2", "watch")).status).to.equal(1);
            const subject = execFileSync("openssl", ["x509", "-in", own, "-noout", "-subject"], {
                encoding: "utf8",
            });
            return { state: world.read(), subject };
        };

        it("tells every minute how far the member is behind", async () => {
            const { state, subject } = await watched(61);
            const point = ["ReplicationLag", "12.5", "Database=orders,Member=2"];
            expect(state.metrics).to.deep.equal([point, point]);
            expect(state.commands).to.deep.equal([]);
            expect(subject).to.contain("old");
        });

        it("renews the member's certificate two months before its end, while MongoDB runs", async () => {
            const { state, subject } = await watched(59);
            expect(state.commands).to.deep.equal([[hostOf(2), { rotateCertificates: 1 }]]);
            expect(subject).to.contain(hostOf(2));
        });
    });

    it("takes nothing but its own words", async () => {
        open();
        world.launch(1, "i-1");
        const { status, output } = await world.run("i-1", "destroy");
        expect(status).to.equal(1);
        expect(output).to.contain("what is destroy?");
    });
});

describe("the text of the boot script", () => {
    it("passes the shell linter, as it is written and as an instance gets it", () => {
        const source = path.resolve(
            __dirname,
            "../../../../components/data/documentDatabase/mongodb/boot.sh",
        );
        expect(shellcheck(fs.readFileSync(source, "utf8"))).to.deep.equal([]);
        expect(shellcheck(bootScript(2))).to.deep.equal([]);
    });

    it("has the member's own host first, and the packages of the version", () => {
        const script = bootScript(2);
        expect(script).to.contain(
            "readonly hosts=('member-2.orders.internal' 'member-1.orders.internal' 'member-3.orders.internal')",
        );
        expect(script).to.contain(
            "readonly mongodb_series='8.0'\nreadonly mongodb_package='mongodb-org-server'\n",
        );
        expect(rendered("7.0.28")).to.contain(
            "readonly mongodb_series='7.0'\nreadonly mongodb_package='mongodb-org-server-7.0.28'\n",
        );
    });

    it("fits into what EC2 takes, with the longest names that there are", () => {
        expect(Buffer.byteLength(rendered("8.0.99"))).to.be.within(10_000, 16_384);
    });

    it("begins as a script, and has lost its comments alone", () => {
        const script = bootScript(1);
        expect(script.startsWith("#!/bin/bash\nset -euo pipefail\n")).to.equal(true);
        expect(script).not.to.match(/^ *# /m);
        expect(script).to.contain('--header "X-aws-ec2-metadata-token: ${token}"');
    });
});

function rendered(engineVersion: string): string {
    const secret = `arn:aws:secretsmanager:ap-southeast-2:111122223333:secret:${"s".repeat(70)}`;
    return renderBoot({
        region: "ap-southeast-2",
        identifier: "i".repeat(40),
        member: 3,
        engineVersion,
        masterSecretArn: secret,
        keyFileSecretArn: secret,
        authoritySecretArn: secret,
        certificateParameter: `/meridian/document-database/${"i".repeat(40)}/certificate`,
        initiationParameter: `/meridian/document-database/${"i".repeat(40)}/initiation`,
        logGroup: "l".repeat(64),
    });
}
