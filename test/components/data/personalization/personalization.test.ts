import { expect } from "chai";
import { loadAwsNative } from "../../../../components/data/personalization/awsNative";
import {
    Personalization,
    type PersonalizationArgs,
    RecommendationDomain,
    RecommendationUse,
} from "../../../../components/data/personalization/personalization";
import {
    at,
    ofType,
    one,
    previewProgram,
    type ProgramPreview,
    TEST_ACCOUNT,
    TEST_REGION,
    testProvider,
} from "../../../support/preview";
import { declaredArguments } from "../../../support/components/nativeDeclarations";
import { expectRegion, inTestAccount, refusal, statements } from "../../../support/surroundings";

const good: PersonalizationArgs = { region: TEST_REGION, accountId: TEST_ACCOUNT };
const NATIVE = "aws-native:personalize:";
const NATIVE_PROVIDER = "pulumi:providers:aws-native";
const PARAMETER = "aws:ssm/parameter:Parameter";
const MACHINE = "aws:sfn/stateMachine:StateMachine";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const SCHEDULE = "aws:scheduler/schedule:Schedule";
const POLICY = "aws:iam/rolePolicy:RolePolicy";
const TOPIC = `arn:aws:sns:${TEST_REGION}:${TEST_ACCOUNT}:alarms`;

function make(changes: Partial<PersonalizationArgs> = {}) {
    return previewProgram(() => {
        const made = new Personalization("likes", { ...good, ...changes }, inTestAccount());
        const { datasetGroupArn, eventTrackerId, parameterNames, filterArns, workflowArn } = made;
        return {
            datasetGroupArn,
            eventTrackerId,
            parameterNames,
            filterArns,
            workflowArn,
            bucketName: made.bucketName,
            keyArn: made.keyArn,
            recommendPermissions: made.recommendPermissions,
            eventPermissions: made.eventPermissions,
        };
    });
}

const native = (preview: ProgramPreview) => preview.resources.filter(({ type }) => type.startsWith(NATIVE));

describe("Personalization", () => {
    it("is a group with datasets, a tracker, and a solution for each use", async () => {
        const preview = await make();
        const count = (type: string) => ofType(preview, `${NATIVE}${type}`).length;
        expect(["DatasetGroup", "Schema", "Dataset", "EventTracker", "Solution"].map(count)).to.deep.equal([
            1, 3, 3, 1, 3,
        ]);
        const group = preview.outputs.datasetGroupArn;
        for (const { inputs, type } of native(preview).filter(({ type }) => !/Group$|Schema$/.test(type))) {
            expect(inputs.datasetGroupArn, type).to.equal(group);
        }
        expect(
            ofType(preview, `${NATIVE}Solution`).map(({ name, inputs }) => [name, inputs.recipeArn]),
        ).to.deep.equal([
            ["likes-similar-items", "arn:aws:personalize:::recipe/aws-similar-items"],
            ["likes-search-ranking", "arn:aws:personalize:::recipe/aws-personalized-ranking-v2"],
            ["likes-for-user", "arn:aws:personalize:::recipe/aws-user-personalization-v2"],
        ]);
        expect(preview.outputs.eventTrackerId).to.match(/^[0-9a-f-]{36}$/);
    });

    it("is in its region, and its resources of CloudFormation by a provider for it and its account alone", async () => {
        const preview = await make({ alarmTopicArns: [TOPIC], trainingSchedule: "rate(7 days)" });
        expectRegion(preview, TEST_REGION);
        const provider = one(preview, NATIVE_PROVIDER);
        expect(provider.name).to.equal("likes-native");
        expect(provider.inputs.region).to.equal(TEST_REGION);
        expect(provider.inputs.allowedAccountIds).to.equal(JSON.stringify([TEST_ACCOUNT]));
        for (const resource of native(preview)) {
            expect(resource.provider, resource.urn).to.include(`${provider.urn}::`);
        }
    });

    it("takes a provider that it is given", async () => {
        const preview = await previewProgram(() => {
            const { Provider } = loadAwsNative("a test").provider;
            const given = new Provider("mine", { region: TEST_REGION, allowedAccountIds: [TEST_ACCOUNT] });
            new Personalization("likes", good, { providers: [testProvider(), given] });
        });
        expect(one(preview, NATIVE_PROVIDER).name).to.equal("mine");
        for (const resource of native(preview)) {
            expect(resource.provider, resource.urn).to.match(/::pulumi:providers:aws-native::mine::/);
        }
    });

    it("gives every resource of CloudFormation what its declaration asks for, and nothing that it lacks", async () => {
        const preview = await make({ domain: RecommendationDomain.Ecommerce });
        for (const { type, inputs } of native(preview)) {
            const declared = declaredArguments(type);
            expect([...declared.keys()], type).to.include.members(Object.keys(inputs));
            const required = [...declared].filter(([, optional]) => !optional).map(([name]) => name);
            expect(Object.keys(inputs), type).to.include.members(required);
        }
    });

    it("is a shop's group where it is told so, with recommenders for what Personalize has them for", async () => {
        const preview = await make({ domain: RecommendationDomain.Ecommerce });
        for (const type of ["DatasetGroup", "Schema"]) {
            for (const { inputs } of ofType(preview, `${NATIVE}${type}`)) {
                expect(inputs.domain).to.equal("ECOMMERCE");
            }
        }
        expect(ofType(preview, `${NATIVE}Solution`).map(({ name }) => name)).to.deep.equal([
            "likes-search-ranking",
        ]);
        const resources = (preview.outputs.recommendPermissions as { resources: string[] }[]).flatMap(
            (permission) => permission.resources,
        );
        expect(resources).to.include(
            `arn:aws:personalize:${TEST_REGION}:${TEST_ACCOUNT}:recommender/likes-for-user`,
        );
        expect(resources).to.include(
            `arn:aws:personalize:${TEST_REGION}:${TEST_ACCOUNT}:campaign/likes-search-ranking`,
        );
    });

    it("keeps data and files under one key that Personalize may use", async () => {
        const preview = await make();
        const { keyArn } = preview.outputs;
        expect(one(preview, `${NATIVE}DatasetGroup`).inputs.kmsKeyArn).to.equal(keyArn);
        const key = statements(one(preview, "aws:kms/key:Key"));
        expect(key.PersonalizeUsesKey).to.deep.include({
            Principal: { Service: "personalize.amazonaws.com" },
            Action: [
                "kms:Decrypt",
                "kms:GenerateDataKey",
                "kms:DescribeKey",
                "kms:CreateGrant",
                "kms:ListGrants",
            ],
            Condition: { StringEqualsIfExists: { "aws:SourceAccount": TEST_ACCOUNT } },
        });
        const bucket = statements(one(preview, "aws:s3/bucketPolicy:BucketPolicy"));
        expect(bucket.PersonalizeReadsFiles).to.deep.include({
            Principal: { Service: "personalize.amazonaws.com" },
            Action: "s3:GetObject",
        });
        expect(bucket.PersonalizeListsFiles?.Action).to.equal("s3:ListBucket");
        const role = statements(one(preview, POLICY, "likes-role-policy"));
        expect(Object.keys(role)).to.deep.equal(["ReadFiles", "ListFiles", "UseKey"]);
        expect(role.UseKey?.Resource).to.equal(keyArn);
    });

    it("is asked by its group's role, once that may do what it is for", async () => {
        const preview = await make();
        const group = one(preview, `${NATIVE}DatasetGroup`);
        expect(group.propertyDependencies.roleArn).to.include(one(preview, POLICY, "likes-role-policy").urn);
    });

    it("leaves tags of what another tag would replace as they were made", async () => {
        const preview = await make({ tags: { team: "shop" } });
        for (const resource of native(preview)) {
            const isFixed = !resource.type.endsWith("EventTracker");
            expect(resource.ignoreChanges, resource.urn).to.deep.equal(isFixed ? ["tags"] : []);
            expect(resource.inputs.tags, resource.urn).to.deep.equal([
                { key: "data-classification", value: "confidential" },
                { key: "team", value: "shop" },
            ]);
        }
    });

    it("protects what people did, and lets go of it when told so", async () => {
        for (const deletionProtection of [true, false]) {
            const preview = await make({ deletionProtection });
            const kept = [
                `${NATIVE}DatasetGroup`,
                `${NATIVE}Dataset`,
                "aws:s3/bucket:Bucket",
                "aws:kms/key:Key",
            ];
            for (const resource of kept.flatMap((type) => ofType(preview, type))) {
                expect(resource.protect, resource.urn).to.equal(deletionProtection);
            }
            expect(ofType(preview, `${NATIVE}Solution`).some(({ protect }) => protect)).to.equal(false);
        }
    });

    it("takes a solution away before its datasets, and deletes first what a group has once", async () => {
        const preview = await make();
        const datasets = ofType(preview, `${NATIVE}Dataset`);
        for (const dependent of [
            ...ofType(preview, `${NATIVE}Solution`),
            one(preview, `${NATIVE}EventTracker`),
        ]) {
            expect(dependent.dependencies).to.include.members(datasets.map(({ urn }) => urn));
        }
        for (const resource of [...datasets, one(preview, `${NATIVE}EventTracker`)]) {
            expect(resource.state.deleteBeforeReplace, resource.urn).to.equal(true);
        }
    });

    it("says in a parameter for each use that nothing serves it, and leaves the rest to the workflow", async () => {
        const preview = await make({ parameterPrefix: "/shop/recommend" });
        expect(preview.outputs.parameterNames).to.deep.equal({
            "similar-items": "/shop/recommend/similar-items",
            "search-ranking": "/shop/recommend/search-ranking",
            "for-user": "/shop/recommend/for-user",
        });
        for (const parameter of ofType(preview, PARAMETER)) {
            expect(parameter.inputs).to.deep.include({ type: "String", value: "none" });
            expect(parameter.ignoreChanges).to.deep.equal(["value"]);
        }
    });

    it("gives out what a recommender needs: one action on what serves each use, and the parameters", async () => {
        const preview = await make({ uses: [RecommendationUse.SearchRanking] });
        expect(preview.outputs.recommendPermissions).to.deep.equal([
            {
                sid: "RankItems",
                actions: ["personalize:GetPersonalizedRanking"],
                resources: [
                    `arn:aws:personalize:${TEST_REGION}:${TEST_ACCOUNT}:campaign/likes-search-ranking`,
                ],
            },
            {
                sid: "FindRecommendations",
                actions: ["ssm:GetParameter", "ssm:GetParameters"],
                resources: [`arn:aws:ssm:${TEST_REGION}:${TEST_ACCOUNT}:parameter/likes/search-ranking`],
            },
        ]);
        expect(preview.outputs.eventPermissions).to.deep.equal([
            {
                sid: "PutEvents",
                actions: ["personalize:PutEvents"],
                resources: ["*"],
                conditions: [{ operator: "StringEquals", key: "aws:RequestedRegion", values: [TEST_REGION] }],
            },
        ]);
    });

    it("names a filter by its expression, so that another expression is another filter", async () => {
        const arns = async (expression: string) =>
            (await make({ filters: [{ name: "cheap", expression }] })).outputs.filterArns as Record<
                string,
                string
            >;
        const [first, again, other] = await Promise.all([
            arns("INCLUDE ItemID WHERE Items.PRICE < 10"),
            arns("INCLUDE ItemID WHERE Items.PRICE < 10"),
            arns("INCLUDE ItemID WHERE Items.PRICE < 20"),
        ]);
        expect(first).to.deep.equal(again);
        expect(first.cheap).to.match(/:filter\/likes-cheap-[0-9a-f]{8}$/);
        expect(other.cheap).not.to.equal(first.cheap);
    });

    it("logs what its workflows do, and traces it", async () => {
        const preview = await make({ logRetentionDays: 90 });
        for (const machine of ofType(preview, MACHINE)) {
            expect(machine.inputs.type).to.equal("STANDARD");
            expect(machine.inputs.tracingConfiguration).to.deep.equal({ enabled: true });
            const logs = one(preview, "aws:cloudwatch/logGroup:LogGroup", `${machine.name}-logs`);
            expect(logs.inputs).to.deep.include({ retentionInDays: 90, kmsKeyId: preview.outputs.keyArn });
            expect(machine.inputs.loggingConfiguration).to.deep.equal({
                level: "ALL",
                includeExecutionData: true,
                logDestination: `${String(logs.outputs.arn)}:*`,
            });
            expect(machine.dependencies).to.include(one(preview, POLICY, `${machine.name}-policy`).urn);
        }
    });

    it("tells of failed runs where there is a topic, and of none without", async () => {
        expect(ofType(await make(), ALARM)).to.have.lengthOf(0);
        const alarms = ofType(await make({ alarmTopicArns: [TOPIC] }), ALARM);
        expect(alarms.map(({ name }) => name)).to.have.members([
            "likes-training-failed",
            "likes-removal-failed",
        ]);
        for (const { inputs } of alarms) {
            expect(inputs.alarmActions).to.deep.equal([TOPIC]);
            expect(at(inputs, "metricQueries[0].metric.metricName")).to.equal("ExecutionsFailed");
            expect(at(inputs, "metricQueries[1].metric.metricName")).to.equal("ExecutionsTimedOut");
        }
    });

    it("starts its training by itself where it is told when, and not else", async () => {
        expect(ofType(await make(), SCHEDULE)).to.have.lengthOf(0);
        const preview = await make({ trainingSchedule: "cron(0 3 ? * SUN *)" });
        const schedule = one(preview, SCHEDULE);
        expect(schedule.inputs.scheduleExpression).to.equal("cron(0 3 ? * SUN *)");
        expect(at(schedule.inputs, "target.arn")).to.equal(preview.outputs.workflowArn);
        const role = statements(one(preview, POLICY, "likes-schedule-policy"));
        expect(role.StartTraining).to.deep.include({
            Action: "states:StartExecution",
            Resource: preview.outputs.workflowArn,
        });
        const kept = at(schedule.inputs, "target.deadLetterConfig.arn");
        expect(kept).to.equal(one(preview, "aws:sqs/queue:Queue").outputs.arn);
        expect(role.KeepFailures).to.deep.include({ Action: "sqs:SendMessage", Resource: kept });
    });

    it("rings for a training that could not be started, where somebody is told", async () => {
        const name = "likes-schedule-failed";
        const rings = async (args: object) =>
            ofType(await make({ trainingSchedule: "cron(0 3 ? * SUN *)", ...args }), ALARM).filter(
                (alarm) => alarm.name === name,
            );
        expect(await rings({})).to.have.lengthOf(0);
        const [alarm] = await rings({ alarmTopicArns: [TOPIC] });
        expect(alarm?.inputs).to.include({ namespace: "AWS/SQS", threshold: 0 });
    });

    it("has the same schema for the same fields, however they are written", async () => {
        const schema = (space: number) =>
            JSON.stringify(
                {
                    type: "record",
                    name: "Users",
                    fields: [
                        { name: "USER_ID", type: "string" },
                        { name: "AGE", type: "int" },
                    ],
                },
                undefined,
                space,
            );
        const [one1, other] = await Promise.all(
            [0, 4].map(async (space) =>
                one(
                    await make({ schemas: { users: schema(space) } }),
                    `${NATIVE}Schema`,
                    "likes-users-schema",
                ),
            ),
        );
        expect(one1?.inputs.schema).to.equal(other?.inputs.schema);
    });

    it("names all problems at once", async () => {
        const users = JSON.stringify({
            type: "record",
            name: "Users",
            fields: [{ name: "USER_ID", type: "string" }],
        });
        const items = JSON.stringify({
            type: "record",
            name: "Items",
            fields: [
                { name: "ITEM_ID", type: "string" },
                { name: "PRICE", type: "int" },
            ],
        });
        const message = await refusal(
            () =>
                new Personalization(
                    "likes",
                    {
                        ...good,
                        region: "eu",
                        domain: RecommendationDomain.Ecommerce,
                        uses: [RecommendationUse.ForUser, RecommendationUse.ForUser],
                        servedUses: [RecommendationUse.SimilarItems],
                        minRequestsPerSecond: 0,
                        schemas: { interactions: "[]", items, users },
                        filters: [
                            { name: "Cheap", expression: "" },
                            { name: "a", expression: "x" },
                            { name: "a", expression: "y" },
                        ],
                        parameterPrefix: "/aws/shop",
                        trainingSchedule: "at(2026-12-01T00:00:00)",
                    },
                    inTestAccount(),
                ),
        );
        for (const part of [
            'region is "eu"; allowed: an AWS region code, such as eu-central-1',
            'uses is ["for-user","for-user"]; allowed: one use or more, each once',
            'servedUses[0] is "similar-items"; allowed: one of uses. Name it in uses, too, or leave uses out for all three',
            "minRequestsPerSecond is 0; allowed: a whole number, 1 or more",
            'schemas.interactions is "[]"; allowed: an Avro schema as JSON: an object with type "record", name and fields',
            'schemas.items is ["ITEM_ID","PRICE"]; allowed: fields with PRICE (float), CATEGORY_L1 (string) among them',
            'schemas.users is ["USER_ID"]; allowed: one field more at least, of what is known about each',
            'filters[0].name is "Cheap"; allowed: 1 to 24 small letters, digits and hyphens, no hyphen first',
            "; allowed: filters with different names",
            'filters[0].expression is ""; allowed: 1 to 2500 characters',
            'parameterPrefix is "/aws/shop"; allowed: a slash, then letters, digits and _.- in up to 13 parts, the first neither aws nor ssm',
            'trainingSchedule is "at(2026-12-01T00:00:00)"; allowed: cron(…) with six fields, or rate(<number> <minutes, hours or days>)',
        ]) {
            expect(message).to.include(part);
        }
        expect(message).to.include("has 12 problems");
    });

    it("has names that fit, up to the longest", async () => {
        const named = (length: number) => () =>
            new Personalization("n".repeat(length), good, inTestAccount());
        expect((await previewProgram(named(35))).error).to.equal(undefined);
        expect(await refusal(named(36))).to.include("Shorten the component's name by 1");
        const withFilter = (length: number) => () =>
            new Personalization(
                "n".repeat(length),
                { ...good, filters: [{ name: "f".repeat(24), expression: "x" }] },
                inTestAccount(),
            );
        expect((await previewProgram(withFilter(29))).error).to.equal(undefined);
        expect(await refusal(withFilter(30))).to.include("at most 29 characters");
    });
});
