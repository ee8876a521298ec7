/** What comes of a call of AWS by what is on the wire: AWS's own codes, and answers that are not AWS's. */
import { type ServerResponse } from "node:http";
import { expect } from "chai";
import { Caller } from "../../../tools/drill/aws/call";
import { sdkAws } from "../../../tools/drill/aws/clients";
import { type Aws, type RegionalAws } from "../../../tools/drill/aws/ports";
import { type AwsCallError, isPassing } from "../../../tools/drill/errors";
import { openStub, type StubServer } from "../../support/drill/stubServer";

/** Answers every call with what a test says. */
describe("a call of AWS, on the wire,", () => {
    let server: StubServer;
    let answer: (response: ServerResponse) => void;
    let aws: Aws;
    let eu: RegionalAws;
    before(async () => {
        server = await openStub((_call, response) => {
            answer(response);
        });
        aws = sdkAws({
            endpoint: server.url,
            credentials: { accessKeyId: "AKID", secretAccessKey: "secret" },
            attempts: 1,
        });
        eu = aws.in("eu-central-1");
    });
    after(() => server.close());

    const failure = async (call: () => Promise<unknown>): Promise<AwsCallError> => {
        const found: unknown = await call().then(
            (value) => ({ value }),
            (error: unknown) => error,
        );
        expect(found).to.have.property("name", "AwsCallError");
        return found as AwsCallError;
    };

    /** One call of each protocol and each generation of client. */
    const calls: readonly (readonly [string, () => Promise<unknown>])[] = [
        ["RDS", () => eu.database.globalDatabase("meridian-prod")],
        ["Auto Scaling", () => eu.fleets.fleet("web")],
        ["SSM", () => eu.parameters.read("/lock")],
        ["CloudWatch", () => eu.observe.replicationLag("meridian-prod-eu", ["us-east-1"])],
        ["STS", () => eu.accountId()],
        ["Route 53", () => aws.checkerReports("check")],
        ["Backup", () => eu.backup.recoveryPoints("vault")],
        ["FIS", () => eu.experiments.experiment("EXP1")],
    ];

    const html = "<html><body><h1>Service Unavailable</h1><hr>no server<br></body></html>";
    const foreign: readonly (readonly [string, number, (response: ServerResponse) => void])[] = [
        ["503 of a balancer", 503, (response) => response.writeHead(503).end(html)],
        ["500 in plain text", 500, (response) => response.writeHead(500).end("upstream connect error")],
        ["502 with nothing in it", 502, (response) => response.writeHead(502).end()],
        ["proxy's no", 403, (response) => response.writeHead(403).end(html)],
        ["page to sign in to the network by", 200, (response) => response.writeHead(200).end(html)],
        [
            "way to such a page",
            302,
            (response) => response.writeHead(302, { location: "http://wifi/" }).end(),
        ],
    ];
    for (const [what, status, given] of foreign) {
        it(`is not answered by a ${what}, and says so in words`, async () => {
            answer = given;
            for (const [service, call] of calls) {
                const error = await failure(call);
                expect(isPassing(error), service).to.equal(true);
                expect(error.message).to.match(new RegExp(`^${service} in .* was not answered`));
                expect(error.message, service).to.contain(
                    `(HTTP ${status}: not in AWS's form: by a proxy or a balancer before it)`,
                );
            }
        });
    }

    it("is not answered by an answer that breaks off", async () => {
        answer = (response) => {
            response.writeHead(200, { "content-length": "1000" });
            response.write("<");
            setImmediate(() => response.destroy());
        };
        for (const [service, call] of calls) {
            const error = await failure(call);
            expect(isPassing(error), service).to.equal(true);
            expect(error.message, service).to.match(/was not answered \(ECONNRESET: \w[^.]*\)$/);
        }
    });

    function refuse(code: string, status: number): void {
        answer = (response) => {
            response
                .writeHead(status, { "content-type": "text/xml" })
                .end(
                    `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>no</Message></Error><RequestId>1</RequestId></ErrorResponse>`,
                );
        };
    }

    // Source: the codes of AWS's own models of RDS and Auto Scaling, which are not always the names of the faults.
    const instance = {
        clusterIdentifier: "copy",
        engine: "aurora-postgresql",
        identifier: "copy-1",
        tags: {},
    };
    const fine: readonly (readonly [string, number, () => Promise<unknown>])[] = [
        ["GlobalClusterNotFoundFault", 404, () => eu.database.globalDatabase("x")],
        ["DBClusterNotFoundFault", 404, () => eu.database.cluster("x")],
        ["DBClusterNotFoundFault", 404, () => eu.database.deleteCluster("x")],
        ["DBInstanceNotFound", 404, () => eu.database.deleteInstance("x")],
        ["DBInstanceAlreadyExists", 400, () => eu.database.createInstance(instance)],
    ];
    for (const [code, status, call] of fine) {
        it(`is no failure where ${code} says that it is so already: ${/\.(\w+)\(/.exec(call.toString())?.[1] ?? ""}`, async () => {
            refuse(code, status);
            expect(await call()).to.equal(undefined);
        });
    }

    const busy: readonly (readonly [string, number, () => Promise<unknown>])[] = [
        ["InvalidDBInstanceState", 400, () => eu.database.setCapacity("x", { min: 1, max: 2 })],
        ["InvalidDBClusterStateFault", 400, () => eu.database.failover("x", "arn")],
        ["InvalidGlobalClusterStateFault", 400, () => eu.database.switchover("x", "arn")],
        ["ResourceContention", 500, () => eu.fleets.resize("web", { min: 1 })],
        ["ScalingActivityInProgress", 400, () => eu.fleets.resize("web", { min: 1 })],
    ];
    for (const [code, status, call] of busy) {
        it(`is of a state that passes where AWS says ${code}`, async () => {
            refuse(code, status);
            expect((await failure(call)).busy).to.equal(true);
        });
    }

    it("passes when it is throttled, by whatever word, and not when the credentials have run out", async () => {
        const failOver = (): Promise<unknown> => eu.database.failover("x", "arn");
        for (const [code, status] of [
            ["Throttling", 400],
            ["ThrottlingException", 400],
            ["RequestLimitExceeded", 503],
        ] as const) {
            refuse(code, status);
            expect((await failure(failOver)).throttled, code).to.equal(true);
        }
        for (const code of ["ExpiredToken", "ExpiredTokenException", "RequestExpired"]) {
            refuse(code, 403);
            const error = await failure(failOver);
            expect(isPassing(error), code).to.equal(false);
            expect(error.message).to.contain(`FailoverGlobalCluster failed with ${code}: no`);
        }
    });

    const worded = (error: Error): Promise<AwsCallError> =>
        failure(() =>
            new Caller("RDS", "eu-central-1").call("DescribeDBClusters", () => Promise.reject(error)),
        );

    it("is not answered where the line, the resolver or a certificate fails, by IPv4 and IPv6", async () => {
        for (const code of [
            "EAI_FAIL",
            "EAI_NODATA",
            "EADDRNOTAVAIL",
            "EHOSTDOWN",
            "ENETDOWN",
            "EPROTO",
            "ERR_TLS_CERT_ALTNAME_INVALID",
            "SELF_SIGNED_CERT_IN_CHAIN",
            "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
            "CERT_HAS_EXPIRED",
        ]) {
            expect(isPassing(await worded(Object.assign(new Error("no"), { code }))), code).to.equal(true);
        }
        const both = new AggregateError(
            ["connect ENETUNREACH ::1", "connect ECONNREFUSED 127.0.0.1"].map(Error),
        );
        const error = await worded(Object.assign(both, { code: "ECONNREFUSED" }));
        expect(isPassing(error)).to.equal(true);
        expect(error.message).to.contain(
            "(ECONNREFUSED: connect ENETUNREACH ::1; connect ECONNREFUSED 127.0.0.1)",
        );
    });

    it("fails for good where a file that signs in is not there: no line has failed", async () => {
        const error = Object.assign(new Error("ENOENT: no such file, open '/token'"), { code: "ENOENT" });
        expect(isPassing(await worded(error))).to.equal(false);
    });
});
