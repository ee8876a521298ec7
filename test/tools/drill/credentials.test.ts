/** Signing in depends on no region but the one that is asked, and what fails is named. */
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { expect } from "chai";
import { CALL_TIMEOUT_MILLISECONDS } from "../../../tools/drill/aws/call";
import { sdkAws } from "../../../tools/drill/aws/clients";
import { readSignIn, regionalCredentials } from "../../../tools/drill/aws/credentials";
import { type Aws } from "../../../tools/drill/aws/ports";
import { AwsCallError } from "../../../tools/drill/errors";
import { openStub, type StubCall, type StubServer } from "../../support/drill/stubServer";

const NAMES = [
    "AWS_PROFILE",
    "AWS_REGION",
    "AWS_CONFIG_FILE",
    "AWS_SHARED_CREDENTIALS_FILE",
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_ENDPOINT_URL",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_ROLE_ARN",
    "AWS_EC2_METADATA_DISABLED",
] as const;

const KEYS = "aws_access_key_id = AKID\naws_secret_access_key = secret\n";

/** The region that is lost. */
const LOST = "us-east-1";

function credentialsXml(operation: string): string {
    return (
        `<${operation}Response><${operation}Result><Credentials><AccessKeyId>ASIA</AccessKeyId>` +
        "<SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>" +
        `<Expiration>2100-01-01T00:00:00Z</Expiration></Credentials></${operation}Result></${operation}Response>`
    );
}

describe("signing in", () => {
    const before = Object.fromEntries(NAMES.map((name) => [name, process.env[name]]));
    let directory: string;
    let server: StubServer;
    let aws: Aws;
    /** Every call, as `<region> <service> <operation>`. */
    let calls: string[];
    /** How STS answers, where it is not with credentials. */
    let sts: "answers" | "is broken" | "hangs" | "denies";

    beforeEach(async () => {
        directory = mkdtempSync(join(tmpdir(), "meridian-profile-"));
        calls = [];
        sts = "answers";
        for (const name of NAMES) {
            Reflect.deleteProperty(process.env, name);
        }
        server = await openStub(answer);
        aws = sdkAws({
            endpoint: server.url,
            attempts: 1,
            attemptTimeoutMilliseconds: 300,
        });
    });
    afterEach(async () => {
        for (const [name, value] of Object.entries(before)) {
            Reflect.deleteProperty(process.env, name);
            if (value !== undefined) {
                process.env[name] = value;
            }
        }
        await server.close();
        rmSync(directory, { recursive: true });
    });

    function answer({ operation, region, service }: StubCall, response: ServerResponse): void {
        calls.push(`${region} ${service} ${operation}`);
        const isRole = operation.startsWith("AssumeRole");
        if (region === LOST || (isRole && sts === "hangs")) {
            return;
        }
        response.setHeader("content-type", "text/xml");
        if (isRole && sts !== "answers") {
            response.statusCode = sts === "denies" ? 403 : 503;
            const code = sts === "denies" ? "AccessDenied" : "ServiceUnavailable";
            response.end(
                `<ErrorResponse><Error><Code>${code}</Code><Message>not now</Message></Error></ErrorResponse>`,
            );
            return;
        }
        response.end(
            isRole
                ? credentialsXml(operation)
                : "<DescribeGlobalClustersResponse><DescribeGlobalClustersResult><GlobalClusters/>" +
                      "</DescribeGlobalClustersResult></DescribeGlobalClustersResponse>",
        );
    }

    function profile(config: string, name = "ops"): void {
        // The SDK reads a file of a name once.
        const file = join(directory, `config-${randomUUID()}`);
        writeFileSync(file, config);
        Object.assign(process.env, {
            AWS_PROFILE: name,
            AWS_CONFIG_FILE: file,
            AWS_SHARED_CREDENTIALS_FILE: join(directory, "none"),
        });
    }

    const role = `[profile ops]\nrole_arn = arn:aws:iam::111122223333:role/ops\nsource_profile = base\nregion = ${LOST}\n\n[profile base]\n${KEYS}region = ${LOST}\n`;

    const look = (): Promise<unknown> =>
        aws
            .in("eu-central-1")
            .database.globalDatabase("meridian-prod")
            .catch((error: unknown) => error);

    it("assumes the profile's role in the region that is asked, although the profile says the lost one", async () => {
        profile(role);
        expect(await look()).to.equal(undefined);
        expect(calls).to.deep.equal([
            "eu-central-1 sts AssumeRole",
            "eu-central-1 rds DescribeGlobalClusters",
        ]);
    });

    it("does the same when AWS_REGION says the lost one, through a chain of roles, and with a token", async () => {
        process.env["AWS_REGION"] = LOST;
        profile(
            `[profile ops]\nrole_arn = arn:aws:iam::111122223333:role/ops\nsource_profile = middle\nregion = ${LOST}\n\n` +
                `[profile middle]\nrole_arn = arn:aws:iam::111122223333:role/middle\nsource_profile = base\nregion = ${LOST}\n\n` +
                `[profile base]\n${KEYS}`,
        );
        expect(await look()).to.equal(undefined);
        expect(calls.filter((call) => call.endsWith("AssumeRole"))).to.deep.equal([
            "eu-central-1 sts AssumeRole",
            "eu-central-1 sts AssumeRole",
        ]);
    });

    it("takes a token to the region's own STS", async () => {
        const token = join(directory, "token");
        writeFileSync(token, "jwt");
        profile(
            `[profile ops]\nrole_arn = arn:aws:iam::111122223333:role/ops\nweb_identity_token_file = ${token}\nregion = ${LOST}\n`,
        );
        expect(await look()).to.equal(undefined);
        // It is not signed, so that it arrived and was answered is all that there is to be seen.
        expect(calls).to.deep.equal([
            "none none AssumeRoleWithWebIdentity",
            "eu-central-1 rds DescribeGlobalClusters",
        ]);
    });

    describe("asks the STS of the region that is asked, by its name, where a role is assumed", () => {
        /** The hosts that were asked, with AWS's own endpoints. */
        async function hosts(config: string, environment: Record<string, string> = {}): Promise<string[]> {
            profile(config);
            if (config === "") {
                Reflect.deleteProperty(process.env, "AWS_PROFILE");
            }
            Object.assign(process.env, { AWS_REGION: LOST, ...environment });
            const asked: string[] = [];
            const requestHandler = {
                handle: ({ body, hostname }: { readonly body: string; readonly hostname: string }) => {
                    asked.push(hostname);
                    const operation = /Action=(\w+)/.exec(body)?.[1] ?? "";
                    const headers = { "content-type": "text/xml" };
                    return Promise.resolve({
                        response: {
                            statusCode: 200,
                            headers,
                            body: Readable.from([credentialsXml(operation)]),
                        },
                    });
                },
            };
            const { accessKeyId } = await regionalCredentials("eu-central-1", { requestHandler })();
            expect(accessKeyId).to.equal("ASIA");
            return asked;
        }
        const REGIONAL = "sts.eu-central-1.amazonaws.com";
        const ops = `[profile ops]\nrole_arn = arn:aws:iam::111122223333:role/ops\nregion = ${LOST}\n`;
        const token = (): string => {
            const file = join(directory, "token");
            writeFileSync(file, "jwt");
            return file;
        };

        it("by keys of a profile", async () => {
            expect(await hosts(role)).to.deep.equal([REGIONAL]);
        });
        it("by a token that the profile names", async () => {
            expect(await hosts(`${ops}web_identity_token_file = ${token()}\n`)).to.deep.equal([REGIONAL]);
        });
        it("by a token that the environment names", async () => {
            const environment = {
                AWS_WEB_IDENTITY_TOKEN_FILE: token(),
                AWS_ROLE_ARN: "arn:aws:iam::111122223333:role/ops",
            };
            expect(await hosts("", environment)).to.deep.equal([REGIONAL]);
        });
        it("through a role that a token assumes", async () => {
            const middle = `[profile middle]\nrole_arn = arn:aws:iam::111122223333:role/middle\nregion = ${LOST}\nweb_identity_token_file = ${token()}\n`;
            expect(await hosts(`${ops}source_profile = middle\n\n${middle}`)).to.deep.equal([
                REGIONAL,
                REGIONAL,
            ]);
        });
        it("by the keys of a command", async () => {
            const keys = JSON.stringify({ Version: 1, AccessKeyId: "AKID", SecretAccessKey: "s" });
            const base = `[profile base]\ncredential_process = printf '${keys}'\nregion = ${LOST}\n`;
            expect(await hosts(`${ops}source_profile = base\n\n${base}`)).to.deep.equal([REGIONAL]);
        });
    });

    for (const [what, command] of [
        ["fails", "sh -c 'exit 3'"],
        ["says what are no credentials", "echo hello"],
    ] as const) {
        it(`names the profile and its command when that ${what}`, async () => {
            profile(`[profile ops]\ncredential_process = ${command}\n`);
            process.env["AWS_EC2_METADATA_DISABLED"] = "true";
            const error = (await look()) as AwsCallError;
            expect(error).to.be.instanceOf(AwsCallError);
            expect(error.message).to.match(/^Sign-in in eu-central-1: credentials failed with/);
            expect(error.message).to.contain(`; profile ops, credential_process ${command}`);
        });
    }

    it("names the command when that hangs, soon enough to be named instead of the call", async () => {
        profile("[profile ops]\ncredential_process = sleep 3\n");
        const timeout = AbortSignal.timeout.bind(AbortSignal);
        const waits: number[] = [];
        AbortSignal.timeout = (milliseconds) => {
            waits.push(milliseconds);
            return timeout(milliseconds / 100);
        };
        try {
            const error = (await look()) as AwsCallError;
            expect(error.message).to.match(
                /^Sign-in in eu-central-1: credentials was not answered \(TimeoutError: .*; profile ops, credential_process sleep 3\)$/,
            );
            expect(Math.min(...waits)).to.be.lessThan(CALL_TIMEOUT_MILLISECONDS);
        } finally {
            AbortSignal.timeout = timeout;
        }
    });

    it("names a token's file that is not there", async () => {
        profile(
            "[profile ops]\nrole_arn = arn:aws:iam::111122223333:role/ops\nweb_identity_token_file = /no/such/token\n",
        );
        const error = (await look()) as AwsCallError;
        expect(error.message).to.contain("/no/such/token").and.to.contain("profile ops");
        expect(error.unreachable).to.equal(false);
    });

    it("signs in once for all calls of a region, and anew for another", async () => {
        profile(role);
        await look();
        await look();
        await aws
            .in("eu-central-1")
            .fleets.fleet("web")
            .catch(() => undefined);
        await aws.in("eu-west-1").database.globalDatabase("meridian-prod");
        expect(calls.filter((call) => call.endsWith("AssumeRole"))).to.deep.equal([
            "eu-central-1 sts AssumeRole",
            "eu-west-1 sts AssumeRole",
        ]);
    });

    const failures: readonly (readonly [typeof sts, RegExp, boolean])[] = [
        [
            "is broken",
            /^STS in eu-central-1: AssumeRole was not answered \(ServiceUnavailable: not now\)$/,
            true,
        ],
        ["hangs", /^STS in eu-central-1: AssumeRole was not answered \(ETIMEDOUT|TimeoutError/, true],
        ["denies", /^STS in eu-central-1: AssumeRole failed with AccessDenied: not now$/, false],
    ];
    for (const [how, text, passes] of failures) {
        it(`names STS, and not the service whose call was to be signed, when STS ${how}`, async () => {
            profile(role);
            sts = how;
            const error = (await look()) as AwsCallError;
            expect(error).to.be.instanceOf(AwsCallError);
            expect(error.message).to.match(text);
            expect(error.unreachable).to.equal(passes);
            expect(error.call).to.include({ service: "STS", region: "eu-central-1" });
        });
    }

    it("names the sign-in when there is nothing to sign in with", async () => {
        profile("[profile ops]\nregion = eu-central-1\n", "another");
        process.env["AWS_EC2_METADATA_DISABLED"] = "true";
        const error = (await look()) as AwsCallError;
        expect(error).to.be.instanceOf(AwsCallError);
        expect(error.message).to.match(
            /^Sign-in in eu-central-1: credentials failed with CredentialsProviderError/,
        );
    });

    it("names the Identity Center and its region when single sign-on is what fails", async () => {
        profile(
            "[profile ops]\nsso_session = work\nsso_account_id = 111122223333\nsso_role_name = ops\nregion = eu-central-1\n\n" +
                `[sso-session work]\nsso_region = ${LOST}\nsso_start_url = https://example.awsapps.com/start\n`,
        );
        const error = (await look()) as AwsCallError;
        expect(error).to.be.instanceOf(AwsCallError);
        expect(error.message).to.match(/^IAM Identity Center in us-east-1: GetRoleCredentials failed with/);
        expect(error.message).to.match(/aws sso login/);
    });

    describe("as the environment has it", () => {
        it("is a profile with its role and region", async () => {
            profile(role);
            expect(await readSignIn()).to.deep.equal({
                profile: "ops",
                region: LOST,
                role: "arn:aws:iam::111122223333:role/ops",
            });
            process.env["AWS_REGION"] = "eu-west-1";
            expect(await readSignIn()).to.include({ region: "eu-west-1" });
        });

        it("is single sign-on in its own region, also where a role's source signs in so", async () => {
            const session = `[sso-session work]\nsso_region = ${LOST}\nsso_start_url = https://example.awsapps.com/start\n`;
            profile(`[profile ops]\nsso_session = work\nregion = eu-central-1\n\n${session}`);
            expect(await readSignIn()).to.include({ identityCenterRegion: LOST, region: "eu-central-1" });
            profile(
                `[profile other]\nrole_arn = arn:aws:iam::111122223333:role/ops\nsource_profile = ops\n\n[profile ops]\nsso_session = work\n\n${session}`,
                "other",
            );
            expect(await readSignIn()).to.include({ identityCenterRegion: LOST, profile: "other" });
        });

        it("is the one that a chain of roles begins with, and `aws login` in its profile's region", async () => {
            const roles = ["first", "second"]
                .map(
                    (name, index, all) =>
                        `[profile ${name}]\nrole_arn = r\nsource_profile = ${all[index + 1] ?? "ops"}\n`,
                )
                .join("\n");
            profile(`${roles}\n[profile ops]\nsso_region = ${LOST}\n`, "first");
            expect(await readSignIn()).to.include({ identityCenterRegion: LOST });
            profile(`${roles}\n[profile ops]\nlogin_session = arn\nregion = ${LOST}\n`, "first");
            expect(await readSignIn())
                .to.include({ loginRegion: LOST })
                .and.not.to.have.property("region");
            profile("[profile round]\nrole_arn = r\nsource_profile = round\n", "round");
            expect(await readSignIn()).to.deep.equal({ profile: "round", role: "r" });
        });

        it("is none where keys are given", async () => {
            Object.assign(process.env, {
                AWS_ACCESS_KEY_ID: "AKID",
                AWS_SECRET_ACCESS_KEY: "secret",
                AWS_CONFIG_FILE: join(directory, "none"),
                AWS_SHARED_CREDENTIALS_FILE: join(directory, "none"),
            });
            expect(await readSignIn()).to.deep.equal({ profile: "" });
            expect(await aws.signIn("eu-central-1")).to.deep.equal({ profile: "" });
        });

        it("says when the credentials run out", async () => {
            profile(role);
            expect(await aws.signIn("eu-central-1")).to.include({
                profile: "ops",
                expiresAt: Date.parse("2100-01-01T00:00:00Z"),
            });
        });
    });
});
