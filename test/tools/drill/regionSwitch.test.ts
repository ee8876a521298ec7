/** The drill's client of ARC Region switch, on the wire and against what the service's model says. */
import { expect } from "chai";
import { RegionSwitchClient } from "../../../tools/drill/aws/regionSwitch/client";
import { planPort } from "../../../tools/drill/aws/regionSwitch/port";
import * as schemas from "../../../tools/drill/aws/regionSwitch/schemas";
import { type PlanExecution, type PlanPort } from "../../../tools/drill/aws/ports";
import { AwsCallError } from "../../../tools/drill/errors";
import { isBroken, isCarriedOut, isOpen } from "../../../tools/drill/steps/planExecutions";
import { openStub, type StubCall, type StubServer } from "../../support/drill/stubServer";
import {
    CLIENT_TOKEN,
    ENDPOINTS,
    type Kind,
    MEMBERS,
    OPERATIONS,
    VALUES,
} from "../../support/regionSwitch/facts";
import { type Message, RegionSwitchService, SwitchError } from "../../support/regionSwitch/service";
import { answerOnWire, switchRefusal, type WireAnswer } from "../../support/regionSwitch/wire";

const ARN = "arn:aws:arc-region-switch::111122223333:plan/shop-switch-plan-1a2b3c4:abc123";
const EU = "eu-central-1";

const credentials = () =>
    Promise.resolve({ accessKeyId: "AKID", secretAccessKey: "secret", sessionToken: "token" });

function clientOf(endpoint: string | undefined, region = EU, requestTimeout = 2000): RegionSwitchClient {
    return new RegionSwitchClient({
        region,
        credentials,
        maxAttempts: 2,
        requestHandler: { requestTimeout, throwOnRequestTimeout: true },
        ...(endpoint === undefined ? {} : { endpoint }),
    });
}

describe("the client of ARC Region switch", () => {
    let server: StubServer;
    let port: PlanPort;
    let service: RegionSwitchService;
    let calls: StubCall[];
    /** What the next calls are answered with, instead of the service's word; undefined for none at all. */
    let instead: (WireAnswer | "hangs")[];

    beforeEach(async () => {
        calls = [];
        instead = [];
        service = new RegionSwitchService(ARN, ["us-east-1", EU], "meridian-prod", {
            now: () => Date.parse("2026-03-01T12:00:00.500Z"),
            moveWriter: () => () => true,
            grow: () => undefined,
        });
        server = await openStub((call, response) => {
            calls.push(call);
            const operation = /^ArcRegionSwitch\.(\w+)$/.exec(String(call.headers["x-amz-target"]))?.[1];
            const answer = instead.shift() ?? answerOnWire(service, call.region, operation ?? "", call.body);
            if (answer !== "hangs") {
                response.writeHead(answer.status, { "content-type": answer.contentType }).end(answer.body);
            }
        });
        port = planPort(clientOf(server.url), EU);
    });
    afterEach(() => server.close());

    async function refusal(work: Promise<unknown>): Promise<AwsCallError> {
        const error: unknown = await work.catch((reason: unknown) => reason);
        expect(error).to.be.instanceOf(AwsCallError);
        return error as AwsCallError;
    }

    const start = (token = "run-1.1"): Promise<string> =>
        port.start({ planArn: ARN, targetRegion: EU, mode: "ungraceful", comment: "run-1", token });

    it("speaks AWS JSON 1.0, signed for the region and the service", async () => {
        await start();
        const [{ body, headers, path } = { body: "{}", headers: {}, path: "" }] = calls;
        expect(path).to.equal("/");
        expect(headers).to.include({
            "content-type": "application/x-amz-json-1.0",
            "x-amz-target": "ArcRegionSwitch.StartPlanExecution",
            "x-amz-security-token": "token",
        });
        expect(headers["authorization"]).to.match(
            /^AWS4-HMAC-SHA256 Credential=AKID\/\d{8}\/eu-central-1\/arc-region-switch\/aws4_request/,
        );
        expect(JSON.parse(body)).to.deep.equal({
            planArn: ARN,
            targetRegion: EU,
            action: "activate",
            mode: "ungraceful",
            comment: "run-1",
            clientToken: "run-1.1",
        });
    });

    it("starts one execution for a token, and reads it with its steps, times and failures, page by page", async () => {
        service.failing.set("capacity-web", { error: "no capacity", resources: ["arn:of:the:group"] });
        service.pageSize = 1;
        const id = await start();
        expect(await start()).to.equal(id);
        expect(service.executions).to.have.length(1);
        const execution = await port.execution(ARN, id);
        expect(execution).to.deep.include({
            id: `${EU}/0000000000000001`,
            mode: "ungraceful",
            action: "activate",
            region: EU,
            comment: "run-1",
            startedAt: Date.parse("2026-03-01T12:00:00.500Z"),
        });
        expect(execution.steps).to.deep.equal([
            { name: "writer", status: "completed" },
            { name: "capacity-web", status: "failed" },
            { name: "capacity-api", status: "running" },
        ]);
        expect(await port.failures(ARN, id)).to.deep.equal([
            { step: "capacity-web", text: "no capacity", resources: ["arn:of:the:group"] },
        ]);
        await port.cancel(ARN, id, "enough");
        expect((await port.executions(ARN)).map(({ state }) => state)).to.deep.equal(["canceled"]);
        expect(await planPort(clientOf(server.url, "us-east-1"), "us-east-1").executions(ARN)).to.deep.equal(
            [],
        );
    });

    it("reads a plan, the steps that run beside each other among them, and none where there is none", async () => {
        service.asksApproval = true;
        service.activates = [EU];
        expect(await port.plan(ARN)).to.deep.equal({
            regions: ["us-east-1", EU],
            activates: {
                [EU]: [
                    {
                        name: "approval",
                        kind: "ManualApproval",
                        approvalRole: "arn:aws:iam::111122223333:role/approver",
                    },
                    {
                        name: "writer",
                        kind: "AuroraGlobalDatabase",
                        database: {
                            globalClusterIdentifier: "meridian-prod",
                            graceful: "switchoverOnly",
                            ungraceful: "failover",
                        },
                    },
                    { name: "capacity-web", kind: "EC2AutoScaling" },
                    { name: "capacity-api", kind: "EC2AutoScaling" },
                ],
            },
        });
        expect(await port.plan(`${ARN.slice(0, -1)}4`)).to.equal(undefined);
    });

    it("reads an evaluation, with the warnings that still hold", async () => {
        service.pageSize = 1;
        service.warnings = [
            { warningMessage: "first", stepName: "writer", resourceArn: "arn:1" },
            Object.assign({ warningMessage: "mended" }, { warningStatus: "resolved" }),
            { warningMessage: "second" },
        ];
        expect(await port.evaluation(ARN)).to.deep.equal({
            state: "actionRequired",
            evaluatedAt: Date.parse("2026-03-01T11:45:00.500Z"),
            warnings: [{ text: "first", step: "writer", resourceArn: "arn:1" }, { text: "second" }],
        });
    });

    it("approves a step", async () => {
        service.asksApproval = true;
        const id = await start();
        expect((await port.execution(ARN, id)).state).to.equal("pendingManualApproval");
        await port.approve(ARN, id, "approval", "run-1");
        expect((await port.execution(ARN, id)).state).to.equal("inProgress");
    });

    it("names AWS's errors, also those that its model does not have", async () => {
        const missing = await refusal(port.execution(ARN, "eu-central-1/0"));
        expect(missing).to.include({
            code: "ResourceNotFoundException",
            unreachable: false,
            message:
                "Region switch in eu-central-1: GetPlanExecution failed with ResourceNotFoundException: Execution not found",
        });
        await start();
        expect(await refusal(start("run-2.1"))).to.include({ code: "IllegalStateException" });
        instead.push(switchRefusal(new SwitchError("ExpiredTokenException", "The token has expired", 403)));
        expect(await refusal(port.plan(ARN))).to.include({ code: "ExpiredTokenException" });
    });

    it("asks again when it is throttled or not answered, and says so when that does not help", async () => {
        const throttled = switchRefusal(new SwitchError("ThrottlingException", "Rate exceeded", 429));
        instead.push(throttled);
        await port.plan(ARN);
        expect(calls).to.have.length(2);
        const broken: WireAnswer = { status: 503, contentType: "text/plain", body: "no" };
        instead.push(broken, broken, throttled, throttled);
        expect(await refusal(port.plan(ARN))).to.include({ unreachable: true });
        expect(await refusal(port.plan(ARN))).to.include({ throttled: true, unreachable: false });
        instead.push("hangs", "hangs");
        expect(await refusal(planPort(clientOf(server.url, EU, 100), EU).plan(ARN))).to.include({
            unreachable: true,
        });
    });

    it("goes to the data plane's endpoint of the region", () => {
        for (const [region, fips, url] of ENDPOINTS) {
            const { endpointProvider } = clientOf(undefined, region).config;
            expect(String(endpointProvider({ Region: region, UseFIPS: fips }).url), region).to.equal(url);
        }
    });
});

describe("what the service's model says", () => {
    const operations = Object.values(schemas).flatMap((schema) =>
        typeof schema === "string" ? [] : [schema],
    );
    /** A structure, as the SDK has it. */
    type Structure = readonly [
        kind: number,
        namespace: string,
        name: string,
        traits: number,
        members: readonly string[],
        kinds: readonly unknown[],
        required?: number,
    ];
    /** The SDK's numbers for kinds of members. */
    const KINDS: Readonly<Record<number, Kind>> = { 0: "text", 1: "number", 4: "time" };

    it("is what the client takes and gives: the operations, what they demand, and no member that there is not", () => {
        expect(operations.map(([, , name]) => name).sort()).to.deep.equal(Object.keys(OPERATIONS).sort());
        for (const [, , name, , input, output] of operations) {
            const facts = OPERATIONS[name]!;
            const [, , inputName, , members, kinds, required = 0] = input as Structure;
            expect(inputName).to.equal(`${name}Request`);
            expect(members.slice(0, required).sort(), name).to.deep.equal([...facts.required].sort());
            members.forEach((member, index) => {
                expect(KINDS[kinds[index] as number], `${name}.${member}`).to.equal(facts.input[member]);
            });
            const [, , outputName, , given] = output as Structure;
            expect(outputName).to.equal(`${name}Response`);
            expect(
                given.filter((member) => facts.output[member] === undefined),
                name,
            ).to.deep.equal([]);
        }
    });

    it("is what the stand-in answers", () => {
        const service = new RegionSwitchService(ARN, [EU], "meridian-prod", {
            now: () => 0,
            moveWriter: () => () => true,
            grow: () => undefined,
        });
        service.asksApproval = true;
        const execution = { planArn: ARN, executionId: `${EU}/0000000000000001` };
        const inputs: Readonly<Record<string, Message>> = {
            GetPlanInRegion: { arn: ARN },
            GetPlanEvaluationStatus: { planArn: ARN },
            StartPlanExecution: { planArn: ARN, targetRegion: EU, action: "activate" },
            ListPlanExecutions: { planArn: ARN },
            GetPlanExecution: execution,
            ListPlanExecutionEvents: execution,
            ApprovePlanExecutionStep: { ...execution, stepName: "approval", approval: "approve" },
            CancelPlanExecution: execution,
        };
        expect(Object.keys(inputs).sort()).to.deep.equal(Object.keys(OPERATIONS).sort());
        for (const [operation, input] of Object.entries(inputs)) {
            const { output, required } = OPERATIONS[operation]!;
            expect(Object.keys(input)).to.include.members([...required]);
            const unknown = Object.keys(service.call(EU, operation, input)).filter(
                (name) => output[name] === undefined,
            );
            expect(unknown, operation).to.deep.equal([]);
        }
        const { executionAction, executionState, mode, stepStates } = service.call(
            EU,
            "GetPlanExecution",
            execution,
        );
        expect(VALUES.executionState).to.include(executionState);
        expect(VALUES.mode).to.include(mode);
        expect(VALUES.action).to.include(executionAction);
        for (const { status } of stepStates as { status: string }[]) {
            expect(VALUES.stepStatus).to.include(status);
        }
    });

    it("has every member of every structure that the client reads", () => {
        const seen = new Set<string>();
        const visit = (schema: unknown): void => {
            if (typeof schema === "function") {
                visit((schema as () => unknown)());
                return;
            }
            if (!Array.isArray(schema)) {
                return;
            }
            const [kind, , name, , members, kinds] = schema as [
                number,
                string,
                string,
                number,
                unknown,
                unknown[],
            ];
            if (kind === 3 && !seen.has(name)) {
                seen.add(name);
                if (MEMBERS[name] !== undefined) {
                    expect(
                        (members as string[]).filter((member) => !MEMBERS[name]!.includes(member)),
                        name,
                    ).to.deep.equal([]);
                }
                kinds.forEach(visit);
            } else if (kind === 1) {
                visit(members);
            }
        };
        operations.forEach(([, , , , , output]) => {
            visit(output);
        });
        expect(Object.keys(MEMBERS).filter((name) => !seen.has(name))).to.deep.equal([]);
    });

    it("has each state of an execution as open, carried out or broken, and no other is carried out or broken", () => {
        const of = (judge: (execution: PlanExecution) => boolean): string[] =>
            VALUES.executionState.filter((state) => judge({ state } as PlanExecution));
        expect(of(isOpen)).to.deep.equal([
            "inProgress",
            "pausedByFailedStep",
            "pausedByOperator",
            "pendingManualApproval",
            "pending",
        ]);
        expect([...of(isCarriedOut), ...of(isBroken), ...of(isOpen)].sort()).to.deep.equal(
            [...VALUES.executionState].sort(),
        );
    });

    it("allows the drill's client token", () => {
        expect("failover-20260301t120000000z.1").to.match(CLIENT_TOKEN);
    });
});
