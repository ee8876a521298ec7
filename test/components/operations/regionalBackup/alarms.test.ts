import { expect } from "chai";
import { BackupResourceType } from "../../../../components/operations/regionalBackup/regionalBackup";
import { at, ofType, one, type ProgramPreview, TEST_ACCOUNT, TEST_REGION } from "../../../support/preview";
import { statements } from "../../../support/surroundings";
import {
    ALARM,
    make,
    NAME,
    patternOf,
    RULE,
    TARGET,
    TOPIC,
} from "../../../support/components/backupArguments";

const QUEUE = "aws:sqs/queue:Queue";
const HOME = `arn:aws:backup:${TEST_REGION}:${TEST_ACCOUNT}:backup-vault:meridian-prod-eu-backups`;
const VAULTS = ["meridian-prod-eu-backups", "meridian-prod-eu-personal"];

function alarmOf(preview: ProgramPreview, name: string) {
    return one(preview, ALARM, `${NAME}-${name}`).inputs;
}

function ruleOf(preview: ProgramPreview, name: string) {
    return one(preview, RULE, `${NAME}-${name}`);
}

describe("RegionalBackup tells", () => {
    let preview: ProgramPreview;

    before(async () => {
        preview = await make();
    });

    it("the region's topic of every alarm, of its beginning and its end", () => {
        const names = ofType(preview, ALARM).map(({ name }) => name.slice(NAME.length + 1));
        expect(names.sort()).to.deep.equal([
            "backup-failed-alarm",
            "copied-missing",
            "copy-failed-alarm",
            "dead-letters-alarm",
            "export-failed-alarm",
            "personal-dynamodb-missing",
            "personal-s3-missing",
            "restore-failed-alarm",
            "restored-aurora-missing",
            "restored-dynamodb-missing",
            "restored-s3-missing",
            "standard-aurora-missing",
            "validate-restore-errors",
        ]);
        for (const { inputs, name } of ofType(preview, ALARM)) {
            expect(inputs.alarmActions, name).to.deep.equal([TOPIC]);
            expect(inputs.okActions, name).to.deep.equal([TOPIC]);
            expect(inputs.actionsEnabled, name).to.equal(true);
            expect(inputs.alarmDescription, name).to.match(/^[A-Z].{30,}[.?]$/);
        }
    });

    describe("of backups", () => {
        it("that fail, by what AWS Backup counts in both vaults", () => {
            const alarm = alarmOf(preview, "backup-failed-alarm");
            const queries = alarm.metricQueries as { id: string; expression?: string; metric?: object }[];
            const counted = queries.flatMap(({ metric }) =>
                metric === undefined
                    ? []
                    : [
                          `${String(at(metric, "metricName"))} ${String(at(metric, "dimensions.BackupVaultName"))}`,
                      ],
            );
            expect(counted.sort()).to.deep.equal(
                VAULTS.flatMap((vault) =>
                    ["Aborted", "Expired", "Failed"].map((end) => `NumberOfBackupJobs${end} ${vault}`),
                ).sort(),
            );
            for (const query of queries) {
                expect(query.metric ?? { namespace: "AWS/Backup", stat: "Sum" }).to.include({
                    namespace: "AWS/Backup",
                    stat: "Sum",
                });
            }
            expect(queries.filter(({ expression }) => expression !== undefined)).to.deep.equal([
                {
                    id: "failed",
                    label: "Backup jobs that failed, were stopped or never began",
                    expression: "SUM(METRICS())",
                    returnData: true,
                },
            ]);
            expect(alarm).to.include({
                comparisonOperator: "GreaterThanThreshold",
                threshold: 0,
                treatMissingData: "notBreaching",
            });
        });

        it("that fail, each in words", () => {
            expect(patternOf(ruleOf(preview, "backup-failed"))).to.deep.equal({
                source: ["aws.backup"],
                "detail-type": ["Backup Job State Change"],
                detail: {
                    backupVaultName: VAULTS,
                    state: ["ABORTED", "EXPIRED", "FAILED", "PARTIAL"],
                },
            });
        });

        it("that are missing, for each type that is known to be tagged", () => {
            for (const [name, vault, type] of [
                ["standard-aurora", VAULTS[0], "Aurora"],
                ["personal-dynamodb", VAULTS[1], "DynamoDB"],
                ["personal-s3", VAULTS[1], "S3"],
            ] as const) {
                expect(alarmOf(preview, `${name}-missing`), name).to.deep.include({
                    namespace: "AWS/Backup",
                    metricName: "NumberOfBackupJobsCompleted",
                    dimensions: { BackupVaultName: vault, ResourceType: type },
                    statistic: "Sum",
                    comparisonOperator: "LessThanThreshold",
                    threshold: 1,
                    period: 3600,
                    evaluationPeriods: 30,
                    datapointsToAlarm: 30,
                    treatMissingData: "breaching",
                });
            }
        });

        it("that are missing, of no type that nobody tagged", async () => {
            const few = await make({ standardTypes: [], personalDataTypes: [BackupResourceType.S3] });
            const silences = ofType(few, ALARM)
                .map(({ name }) => name.slice(NAME.length + 1))
                .filter((name) => name.endsWith("-missing"));
            expect(silences.sort()).to.deep.equal(["personal-s3-missing", "restored-s3-missing"]);
        });
    });

    describe("of copies", () => {
        it("that fail, by the vault that they come from", () => {
            const rule = ruleOf(preview, "copy-failed");
            expect(patternOf(rule)).to.deep.equal({
                source: ["aws.backup"],
                "detail-type": ["Copy Job State Change"],
                detail: { sourceBackupVaultArn: [HOME], state: ["FAILED", "PARTIAL"] },
            });
            expect(alarmOf(preview, "copy-failed-alarm")).to.deep.include({
                namespace: "AWS/Events",
                metricName: "MatchedEvents",
                dimensions: { RuleName: rule.inputs.name },
                comparisonOperator: "GreaterThanThreshold",
                threshold: 0,
                treatMissingData: "notBreaching",
            });
        });

        it("that are missing for a day and a half", () => {
            const rule = ruleOf(preview, "copied");
            expect(patternOf(rule)).to.deep.include({
                detail: { sourceBackupVaultArn: [HOME], state: ["COMPLETED"] },
            });
            expect(alarmOf(preview, "copied-missing")).to.deep.include({
                dimensions: { RuleName: rule.inputs.name },
                comparisonOperator: "LessThanThreshold",
                threshold: 1,
                period: 3600,
                evaluationPeriods: 36,
                treatMissingData: "breaching",
            });
        });
    });

    it("the topic of failures in words that the event has", () => {
        const told = ofType(preview, TARGET).filter(({ inputs }) => inputs.arn === TOPIC);
        expect(told.map(({ name }) => name.slice(NAME.length + 1)).sort()).to.deep.equal([
            "backup-failed-topic",
            "copy-failed-topic",
            "export-failed-topic",
            "restore-failed-topic",
        ]);
        for (const { inputs, name } of told) {
            const paths = at(inputs, "inputTransformer.inputPaths") as Record<string, string>;
            const words = JSON.parse(String(at(inputs, "inputTransformer.inputTemplate"))) as string;
            const used = [...words.matchAll(/<(\w+)>/g)].map(([, placeholder]) => placeholder);
            expect(used, name).to.have.members(Object.keys(paths));
            expect(inputs, name).to.not.have.property("roleArn");
        }
    });

    it("of events and calls that were given up", () => {
        const queue = one(preview, QUEUE);
        expect(alarmOf(preview, "dead-letters-alarm")).to.deep.include({
            namespace: "AWS/SQS",
            metricName: "ApproximateNumberOfMessagesVisible",
            dimensions: { QueueName: queue.inputs.name },
            threshold: 0,
        });
        const policy = statements(one(preview, "aws:sqs/queuePolicy:QueuePolicy"));
        expect(policy.EventsKeepUndelivered).to.deep.equal({
            Sid: "EventsKeepUndelivered",
            Effect: "Allow",
            Principal: { Service: "events.amazonaws.com" },
            Action: "sqs:SendMessage",
            Resource: queue.outputs.arn,
            Condition: {
                ArnLike: {
                    "aws:SourceArn": `arn:aws:events:${TEST_REGION}:${TEST_ACCOUNT}:rule/${NAME}-*`,
                },
            },
        });
        const rules = ofType(preview, RULE).map(({ inputs }) => String(inputs.name));
        expect(rules.every((name) => name.startsWith(`${NAME}-`))).to.equal(true);
    });
});
