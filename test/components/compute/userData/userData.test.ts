import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

import { expect } from "chai";
import fc from "fast-check";

import { renderUserData, type UserDataValues } from "../../../../components/compute/userData/userData";
import { fillTemplate, quote, USER_DATA_LIMIT } from "../../../../components/shared/shellTemplate";
import { shellcheck } from "../../../support/shellcheck";
import { BootSandbox } from "./bootSandbox";

const ECR_IMAGE = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/shop/web:1.4.2";

const GOOD: UserDataValues = {
    tier: "shop-web",
    region: "eu-central-1",
    image: "ghcr.io/stefanprodan/podinfo:6.9.2",
    instancePort: 8443,
    containerPort: 8080,
    healthCheckPath: "/healthz",
    logGroup: "shop-web-log-1234567",
    accessLogGroup: "shop-web-access-log-1234567",
    environment: { PORT: "8080", GREETING: 'it\'s "fine" $HOME `id` \\ \n second line' },
};

/** The words that bash makes of the environment's lines. */
function environmentWords(environment: Record<string, string>): string[] {
    const script = renderUserData({ ...GOOD, environment }, Number.POSITIVE_INFINITY);
    const start = script.indexOf("readonly container_environment=(");
    // The end of the array: no quoted value can hold this line's successor, which is the template's.
    const end = script.indexOf("\nretry() {\n    local attempt\n", start);
    const { stdout, stderr, status } = spawnSync("bash", ["-euo", "pipefail"], {
        encoding: "utf8",
        input: `${script.slice(start, end)}\nprintf '%s\\0' "\${container_environment[@]}"\n`,
    });
    expect({ status, stderr }).to.deep.equal({ status: 0, stderr: "" });
    return stdout.split("\0").slice(0, -1);
}

describe("userData", () => {
    describe("the script", () => {
        it("has no findings of ShellCheck, with any kind of image and value", () => {
            expect(shellcheck(renderUserData(GOOD))).to.deep.equal([]);
            expect(shellcheck(renderUserData({ ...GOOD, image: ECR_IMAGE, environment: {} }))).to.deep.equal(
                [],
            );
        });

        it("is valid shell before it is filled, so that editors can check it", () => {
            const template = readFileSync(
                resolve(__dirname, "../../../../components/compute/userData/instance.sh"),
                "utf8",
            );
            expect(shellcheck(template)).to.deep.equal([]);
        });

        it("leaves most of the 16 KB to the environment", () => {
            expect(Buffer.byteLength(renderUserData(GOOD))).to.be.below(USER_DATA_LIMIT * 0.6);
        });

        it("stops at the first failure", () => {
            expect(renderUserData(GOOD)).to.match(/^#!\/bin\/bash\n(?:#.*\n)+set -euo pipefail\n/);
        });

        it("is refused above 16,384 bytes, at which it is still taken", () => {
            const empty = Buffer.byteLength(renderUserData({ ...GOOD, environment: { A: "" } }));
            const fill = (bytes: number) =>
                renderUserData({ ...GOOD, environment: { A: "x".repeat(bytes) } });
            expect(Buffer.byteLength(fill(USER_DATA_LIMIT - empty))).to.equal(16_384);
            expect(() => fill(USER_DATA_LIMIT - empty + 1)).to.throw(
                "The user data of shop-web takes 16385 bytes; EC2 takes 16384. " +
                    "Keep long values of the environment in SSM parameters and pass their names.",
            );
        });

        it("counts bytes, not characters", () => {
            expect(() => renderUserData({ ...GOOD, environment: { A: "é".repeat(8000) } })).to.throw(
                "EC2 takes 16384",
            );
        });
    });

    describe("values", () => {
        it("reach the container byte for byte, whatever they hold", () => {
            const text = fc
                .string({ unit: "binary", maxLength: 40 })
                .filter((value) => !value.includes("\0"));
            const hostile = fc.constantFrom(
                "'",
                "''",
                "$(id)",
                "`id`",
                "\\'",
                "\n)\nid\n(",
                "@@image@@",
                "!!",
                "--",
                "",
            );
            fc.assert(
                fc.property(fc.array(fc.oneof(text, hostile), { minLength: 1, maxLength: 12 }), (values) => {
                    const environment = Object.fromEntries(
                        values.map((value, index) => [`V${index}`, value]),
                    );
                    expect(environmentWords(environment)).to.deep.equal(
                        values.flatMap((value, index) => ["--env", `V${index}=${value}`]),
                    );
                }),
                { numRuns: 60 },
            );
        });

        it("with a NUL character are refused, because no shell can hold one", () => {
            expect(() => quote("a\0b")).to.throw("A text with a NUL character cannot be passed to a program");
        });

        it("are not looked through for placeholders", () => {
            expect(fillTemplate("a=@@a@@ b=@@b@@", { a: "@@b@@", b: "2" })).to.equal("a=@@b@@ b=2");
        });

        it("and placeholders must match", () => {
            expect(() => fillTemplate("@@a@@ @@b@@", { a: "1" })).to.throw(
                "The template has a placeholder that nothing fills: b",
            );
            expect(() => fillTemplate("@@a@@", { a: "1", c: "2", d: "3" })).to.throw(
                "The template has no placeholder for c, d",
            );
        });
    });

    describe("at boot", () => {
        let sandbox: BootSandbox;

        beforeEach(() => {
            sandbox = new BootSandbox();
        });
        afterEach(() => {
            sandbox.remove();
        });

        it("runs the container with exactly the environment given, beside nothing that listens to the world", () => {
            const run = sandbox.run(renderUserData(GOOD));
            expect(run.status, run.stderr).to.equal(0);
            const docker = run.calls.filter(([program]) => program === "docker");
            expect(docker.map(([, verb]) => verb)).to.deep.equal(["pull", "run"]);
            expect(docker[1]).to.deep.equal([
                ...["docker", "run", "--detach", "--name", "app", "--restart", "unless-stopped"],
                ...["--network", "host", "--cap-drop", "ALL", "--security-opt", "no-new-privileges"],
                ...["--ulimit", "nofile=65536:65536", "--log-driver", "awslogs"],
                ...[
                    "--log-opt",
                    "awslogs-region=eu-central-1",
                    "--log-opt",
                    "awslogs-group=shop-web-log-1234567",
                ],
                ...["--log-opt", "awslogs-stream=i-0123456789abcdef0/app"],
                ...["--log-opt", "mode=non-blocking", "--log-opt", "max-buffer-size=16m"],
                ...["--env", "PORT=8080", "--env", `GREETING=${GOOD.environment["GREETING"] ?? ""}`],
                "ghcr.io/stefanprodan/podinfo:6.9.2",
            ]);
        });

        it("installs from the system's own repositories and starts each service", () => {
            const { calls } = sandbox.run(renderUserData(GOOD));
            expect(calls.filter(([program]) => program === "dnf")).to.deep.equal([
                [
                    "dnf",
                    "install",
                    "--assumeyes",
                    "--quiet",
                    "amazon-cloudwatch-agent",
                    "docker",
                    "nginx",
                    "openssl",
                ],
            ]);
            expect(calls.filter(([program]) => program === "systemctl")).to.deep.equal([
                ["systemctl", "enable", "--now", "docker"],
                ["systemctl", "enable", "--now", "nginx"],
                ["systemctl", "daemon-reload"],
                ["systemctl", "enable", "--now", "meridian-drain"],
            ]);
        });

        it("asks the metadata service with a token only", () => {
            const { calls } = sandbox.run(renderUserData(GOOD));
            const gets = calls.filter(
                (call) => call[0] === "curl" && call.at(-1)?.includes("/meta-data/") === true,
            );
            expect(gets.map((call) => call.at(-1))).to.deep.equal([
                "http://169.254.169.254/latest/meta-data/instance-id",
                "http://169.254.169.254/latest/meta-data/tags/instance/aws:autoscaling:groupName",
            ]);
            for (const call of gets) {
                expect(call).to.include("X-aws-ec2-metadata-token: token");
            }
        });

        it("signs in to a private registry of ECR in the registry's region, and to no other", () => {
            const image = ECR_IMAGE.replace("eu-central-1", "us-east-1");
            const { calls } = sandbox.run(renderUserData({ ...GOOD, image }));
            expect(calls).to.deep.include(["aws", "ecr", "get-login-password", "--region", "us-east-1"]);
            expect(calls).to.deep.include([
                ...["docker", "login", "--username", "AWS", "--password-stdin"],
                "111122223333.dkr.ecr.us-east-1.amazonaws.com",
            ]);
            expect(sandbox.password).to.equal("password");
            expect(sandbox.run(renderUserData(GOOD)).calls.some(([program]) => program === "aws")).to.equal(
                false,
            );
        });

        it("tries a flaky mirror again, and gives up after five times without starting anything", () => {
            const fine = sandbox.run(renderUserData(GOOD), { fail: "dnf install", failures: 4 });
            expect(fine.status, fine.stderr).to.equal(0);
            expect(fine.calls.filter(([program]) => program === "dnf")).to.have.length(5);

            const broken = sandbox.run(renderUserData(GOOD), { fail: "dnf install", failures: 5 });
            expect(broken.status).to.equal(1);
            expect(broken.calls.some(([program]) => program === "docker")).to.equal(false);
        });

        it("puts nginx with TLS 1.2 and 1.3 before the container", () => {
            sandbox.run(
                renderUserData({ ...GOOD, instancePort: 9443, containerPort: 3000, healthCheckPath: "/up" }),
            );
            const nginx = sandbox.read("/etc/nginx/nginx.conf");
            expect(nginx).to.include("listen 9443 ssl");
            expect(nginx.match(/listen /g)).to.have.length(1);
            expect(nginx).to.include("ssl_protocols TLSv1.2 TLSv1.3;");
            expect(nginx).to.include("server 127.0.0.1:3000;");
            expect(nginx).to.match(/location = \/up \{\s+access_log off;\s+proxy_pass http:\/\/app;/);
            // Variables are nginx's own, not the shell's.
            expect(nginx).to.include("proxy_set_header Host $http_host;");
            expect(nginx).to.include('"status":$status,"seconds":$request_time');
            expect(nginx).not.to.include("\\$");
        });

        it("keeps addresses and query strings out of the log", () => {
            sandbox.run(renderUserData(GOOD));
            const format = /log_format[^;]+;/.exec(sandbox.read("/etc/nginx/nginx.conf"))?.[0] ?? "";
            expect(format).to.include("$uri");
            expect(format).not.to.match(/remote_addr|forwarded|request_uri|\$args|user_agent|\$request"/);
        });

        it("configures the CloudWatch agent for logs, metrics without host, and traces on this machine only", () => {
            sandbox.run(renderUserData(GOOD));
            const agent: unknown = JSON.parse(
                sandbox.read("/opt/aws/amazon-cloudwatch-agent/etc/meridian.json"),
            );
            expect(agent).to.deep.equal({
                agent: { region: "eu-central-1", metrics_collection_interval: 60, omit_hostname: true },
                logs: {
                    logs_collected: {
                        files: {
                            collect_list: [
                                {
                                    file_path: "/var/log/nginx/access.log",
                                    log_group_name: "shop-web-access-log-1234567",
                                    log_stream_name: "i-0123456789abcdef0",
                                },
                                {
                                    file_path: "/var/log/nginx/error.log",
                                    log_group_name: "shop-web-log-1234567",
                                    log_stream_name: "i-0123456789abcdef0/nginx",
                                },
                                {
                                    file_path: "/var/log/cloud-init-output.log",
                                    log_group_name: "shop-web-log-1234567",
                                    log_stream_name: "i-0123456789abcdef0/boot",
                                },
                            ],
                        },
                    },
                },
                metrics: {
                    namespace: "Meridian/Instances",
                    aggregation_dimensions: [["AutoScalingGroupName"]],
                    metrics_collected: {
                        mem: {
                            measurement: ["mem_used_percent"],
                            append_dimensions: { AutoScalingGroupName: "shop-web-fleet-group-1234567" },
                        },
                        disk: {
                            measurement: ["used_percent"],
                            resources: ["/"],
                            drop_device: true,
                            append_dimensions: { AutoScalingGroupName: "shop-web-fleet-group-1234567" },
                        },
                    },
                },
                traces: {
                    traces_collected: {
                        xray: {
                            bind_address: "127.0.0.1:2000",
                            tcp_proxy: { bind_address: "127.0.0.1:2000" },
                        },
                        otlp: { grpc_endpoint: "127.0.0.1:4317", http_endpoint: "127.0.0.1:4318" },
                    },
                },
            });
        });

        it("starts telemetry last, so that trouble with it keeps no instance from serving", () => {
            const run = sandbox.run(renderUserData(GOOD), {
                fail: "amazon-cloudwatch-agent-ctl",
                failures: 1,
            });
            expect(run.status).to.equal(1);
            expect(run.calls).to.deep.include(["systemctl", "enable", "--now", "nginx"]);
            expect(run.calls.at(-1)?.[0]).to.equal("amazon-cloudwatch-agent-ctl");
        });
    });

    describe("before termination", () => {
        let sandbox: BootSandbox;
        let watcher: string;

        beforeEach(() => {
            sandbox = new BootSandbox();
            sandbox.run(renderUserData(GOOD));
            watcher = sandbox.read("/opt/meridian/drain");
        });
        afterEach(() => {
            sandbox.remove();
        });

        it("the watcher runs as a service and has no findings of ShellCheck", () => {
            expect(sandbox.read("/etc/systemd/system/meridian-drain.service")).to.include(
                "ExecStart=/opt/meridian/drain",
            );
            expect(shellcheck(watcher)).to.deep.equal([]);
        });

        it("waits for the notice, lets requests finish, stops the container, and says so", () => {
            const run = sandbox.run(watcher, { states: ["InService", "InService", "Terminated"] });
            expect(run.status, run.stderr).to.equal(0);
            expect(run.calls.filter(([program]) => program !== "curl")).to.deep.equal([
                ["sleep", "5"],
                ["sleep", "5"],
                ["sleep", "75"],
                ["docker", "stop", "--time", "25", "app"],
                ["systemctl", "stop", "amazon-cloudwatch-agent"],
                [
                    ...["aws", "autoscaling", "complete-lifecycle-action", "--region", "eu-central-1"],
                    ...["--instance-id", "i-0123456789abcdef0"],
                    ...["--auto-scaling-group-name", "shop-web-fleet-group-1234567"],
                    ...["--lifecycle-hook-name", "drain", "--lifecycle-action-result", "CONTINUE"],
                ],
            ]);
        });

        it("is done within the two minutes that Spot gives", () => {
            const { calls } = sandbox.run(watcher, { states: ["Terminated"] });
            const seconds = calls.flatMap((call) =>
                call[0] === "sleep"
                    ? [Number(call[1])]
                    : call[1] === "stop" && call[0] === "docker"
                      ? [Number(call[3])]
                      : [],
            );
            expect(seconds).to.have.length(2);
            expect(seconds.reduce((sum, each) => sum + each)).to.be.below(110);
        });

        it("does not mistake a silent metadata service for the notice", () => {
            const run = sandbox.run(watcher, { fail: "curl", failures: 3, states: ["Terminated"] });
            expect(run.status, run.stderr).to.equal(0);
            expect(run.calls.filter(([program]) => program === "sleep")).to.deep.equal([
                ["sleep", "5"],
                ["sleep", "5"],
                ["sleep", "5"],
                ["sleep", "75"],
            ]);
        });
    });
});
