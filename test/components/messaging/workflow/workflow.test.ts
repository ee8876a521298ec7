import { expect } from "chai";

import { Workflow, type WorkflowArgs } from "../../../../components";
import { type Permission } from "../../../../components/security/permissions";
import {
    arnHere,
    CALL_ONE,
    EVENT_KEY,
    fullWorkflow,
    leastWorkflow,
} from "../../../support/components/eventArguments";
import { pathsOf, problemsOfProgram } from "../../../support/components/problems";
import { at, json, ofType, one, previewProgram, TEST_ACCOUNT, TEST_REGION } from "../../../support/preview";
import { expectRegion, inTestAccount, statements } from "../../../support/surroundings";

const MACHINE = "aws:sfn/stateMachine:StateMachine";
const ALIAS = "aws:sfn/alias:Alias";
const LOGS = "aws:cloudwatch/logGroup:LogGroup";
const ROLE = "aws:iam/role:Role";
const POLICY = "aws:iam/rolePolicy:RolePolicy";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

const make = (args: WorkflowArgs) =>
    previewProgram(() => {
        const workflow = new Workflow("shop-orders", args, inTestAccount());
        const { stateMachineArn, versionArn, aliasArn, startPermissions, taskPermissions } = workflow;
        return {
            ...{ stateMachineArn, versionArn, aliasArn, startPermissions, taskPermissions },
            executionPermissions: workflow.executionPermissions,
        };
    });

const least = make(leastWorkflow);
const full = make(fullWorkflow);

const problemsOf = (changes: object, name = "shop-orders") =>
    problemsOfProgram(() => new Workflow(name, { ...leastWorkflow, ...changes }, inTestAccount()));

describe("Workflow", () => {
    it("keeps each run once, encrypted, traced and logged without data, where nothing is said", async () => {
        const run = await least;
        const machine = one(run, MACHINE);
        const logs = one(run, LOGS);
        expect(machine.inputs).to.deep.include({
            region: TEST_REGION,
            type: "STANDARD",
            roleArn: one(run, ROLE).outputs.arn,
            encryptionConfiguration: {
                type: "CUSTOMER_MANAGED_KMS_KEY",
                kmsKeyId: EVENT_KEY,
                kmsDataKeyReusePeriodSeconds: 300,
            },
            loggingConfiguration: {
                level: "ALL",
                includeExecutionData: false,
                logDestination: `${String(logs.outputs.arn)}:*`,
            },
            tracingConfiguration: { enabled: true },
            publish: true,
        });
        expect(machine.dependencies).to.include(one(run, POLICY).urn);
        expect(ofType(run, ALARM)).to.deep.equal([]);
        expectRegion(run, TEST_REGION);
    });

    it("writes its log where one policy lets all workflows write, under a name of its own", async () => {
        const run = await least;
        expect(one(run, LOGS).inputs).to.deep.include({
            name: `/aws/vendedlogs/states/${String(one(run, ROLE).outputs.name)}`,
            retentionInDays: 365,
            kmsKeyId: EVENT_KEY,
        });
    });

    it("puts texts in the places that stand for them, as JSON has them", async () => {
        const run = await make({
            ...leastWorkflow,
            definition: JSON.stringify({ ...CALL_ONE, Comment: "${Words}" }),
            substitutions: { Function: arnHere("lambda", "function:a:live"), Words: 'said "so"' },
        });
        const definition = json(one(run, MACHINE).inputs.definition);
        expect(at(definition, "States.Call.Arguments.FunctionName")).to.equal(
            arnHere("lambda", "function:a:live"),
        );
        expect(at(definition, "Comment")).to.equal('said "so"');
    });

    it("may do what it was given, use its key for itself, and no more", async () => {
        const policy = statements(one(await full, POLICY));
        expect(Object.keys(policy)).to.deep.equal([
            "EncryptRuns",
            "EncryptLogEvents",
            "DeliverLogs",
            "WriteTraces",
            "CallFunction",
        ]);
        expect(policy.CallFunction?.Resource).to.deep.equal([arnHere("lambda", "function:orders:live")]);
        expect(at(policy.EncryptRuns, "Condition.StringLike")).to.deep.equal({
            "kms:EncryptionContext:aws:states:stateMachineArn": arnHere("states", "stateMachine:orders"),
        });
        expect(at(policy.EncryptLogEvents, "Condition.StringEquals")).to.deep.equal({
            "kms:EncryptionContext:SourceArn": `arn:aws:logs:${TEST_REGION}:${TEST_ACCOUNT}:*`,
        });
        const trust = statements(one(await full, ROLE), "assumeRolePolicy").ServiceAssumesRole;
        expect(at(trust, "Condition.ArnLike")).to.deep.equal({
            "aws:SourceArn": arnHere("states", "stateMachine:*"),
        });
        const named = String(one(await least, MACHINE).outputs.name);
        expect(at(statements(one(await least, POLICY)).EncryptRuns, "Condition.StringLike")).to.deep.equal({
            "kms:EncryptionContext:aws:states:stateMachineArn": arnHere(
                "states",
                `stateMachine:${named.replace(/-[0-9a-f]{7}$/, "-*")}`,
            ),
        });
    });

    it("is started by an alias of its last version, and answered, watched and stopped by those who may", async () => {
        const run = await least;
        const { outputs } = run;
        const alias = one(run, ALIAS);
        expect(alias.inputs).to.deep.include({
            name: "live",
            routingConfigurations: [{ stateMachineVersionArn: outputs.versionArn, weight: 100 }],
        });
        expect(outputs.versionArn).to.equal(`${String(outputs.stateMachineArn)}:1`);
        expect(outputs.aliasArn).to.equal(`${String(outputs.stateMachineArn)}:live`);
        expect((outputs.startPermissions as Permission[])[0]).to.deep.include({
            actions: ["states:StartExecution"],
            resources: [outputs.aliasArn],
        });
        expect((outputs.taskPermissions as Permission[])[0]?.resources).to.deep.equal([
            outputs.stateMachineArn,
        ]);
        expect(
            (outputs.executionPermissions as Permission[]).map(({ resources }) => resources),
        ).to.deep.equal([
            [arnHere("states", `execution:${String(one(run, MACHINE).outputs.name)}:*`)],
            [EVENT_KEY],
        ]);
    });

    it("is express, by its own names, when told so", async () => {
        const run = await full;
        expect(one(run, MACHINE).inputs).to.deep.include({ name: "orders", type: "EXPRESS" });
        expect(at(one(run, MACHINE).inputs, "loggingConfiguration.includeExecutionData")).to.equal(true);
        expect(one(run, ALIAS).inputs.name).to.equal("current");
        expect(one(run, LOGS).inputs.retentionInDays).to.equal(30);
    });

    it("rings on runs that came to a bad end and on those that were held up", async () => {
        const alarms = ofType(await full, ALARM);
        const metrics = alarms.map(({ name, inputs }) => [
            name,
            (inputs.metricQueries as { metric?: { metricName: string } }[]).flatMap(
                ({ metric }) => metric?.metricName ?? [],
            ),
        ]);
        expect(metrics).to.have.deep.members([
            ["shop-orders-failed", ["ExecutionsFailed", "ExecutionsTimedOut", "ExecutionsAborted"]],
            ["shop-orders-throttled", ["ExecutionThrottled"]],
        ]);
    });

    it("names all that is wrong with a definition at once, before anything is registered", async () => {
        const definition = JSON.stringify({
            ...CALL_ONE,
            TimeoutSeconds: undefined,
            States: { Call: { ...CALL_ONE.States.Call, Next: "Nowhere" } },
        });
        expect(await problemsOf({ definition })).to.deep.equal([
            'definition.TimeoutSeconds is "left out"; allowed: a whole number of seconds, 1 or more. Without it a run that hangs does so for a year',
            'definition.States.Call is "with Next and End"; allowed: one of the two',
            'definition.States.Call.Next is "Nowhere"; allowed: the name of a state beside it: Call',
        ]);
    });

    it("refuses placeholders without texts, and names that are too long or none", async () => {
        const paths = async (changes: object, name?: string) => pathsOf(await problemsOf(changes, name));
        expect(await paths({ substitutions: {} })).to.deep.equal(["definition"]);
        expect(await paths({ substitutions: { Function: "a", "a-b": "c" } })).to.include(
            'substitutions["a-b"]',
        );
        expect(await paths({ definition: "{}", substitutions: {} })).to.include.members([
            "definition.TimeoutSeconds",
            "definition.States",
        ]);
        expect(await paths({ aliasName: "1" })).to.deep.equal(["aliasName"]);
        expect(await paths({ aliasName: "v1" })).to.deep.equal([]);
        expect(await paths({ workflowName: "w".repeat(80) })).to.deep.equal([]);
        expect(await paths({ workflowName: "w".repeat(81) })).to.deep.equal(["workflowName"]);
        expect(await paths({}, "w".repeat(51))).to.deep.equal([]);
        expect(await paths({}, "w".repeat(52))).to.deep.equal(["name"]);
    });
});
