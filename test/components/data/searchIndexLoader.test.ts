import { expect } from "chai";

import {
    SearchAccess,
    type SearchAccessArgs,
    SearchDomain,
    SearchIndexLoader,
    type SearchIndexLoaderArgs,
} from "../../../components";
import { pathsOf, problemsIn } from "../../support/components/problems";
import {
    goodAccess,
    goodDomain,
    goodLoader,
    SEARCH_KEY,
    SEARCH_TOPIC,
} from "../../support/components/searchArguments";
import {
    at,
    json,
    ofType,
    one,
    previewProgram,
    type ProgramPreview,
    TEST_ACCOUNT,
    TEST_REGION,
} from "../../support/preview";
import { expectRegion, inTestAccount, statements } from "../../support/surroundings";

const FUNCTION = "aws:lambda/function:Function";
const MAPPING = "aws:lambda/eventSourceMapping:EventSourceMapping";
const INVOCATION = "aws:lambda/invocation:Invocation";

function make(changes: Partial<SearchIndexLoaderArgs> = {}, name = "shop-products") {
    return previewProgram(() => {
        const loader = new SearchIndexLoader(name, { ...goodLoader, ...changes }, inTestAccount());
        const { indexName, functionName, roleArn, securityGroupId, failureQueueUrl } = loader;
        return { indexName, functionName, roleArn, securityGroupId, failureQueueUrl };
    });
}

function grant(changes: Partial<SearchAccessArgs> = {}, name = "shop-orders") {
    return previewProgram(() => {
        const access = new SearchAccess(name, { ...goodAccess, ...changes }, inTestAccount());
        return { roleName: access.roleName };
    });
}

const refusedPaths = (preview: ProgramPreview) => pathsOf(problemsIn(preview));

describe("SearchAccess", () => {
    it("asks the domain's own function when it is made, changed and deleted", async () => {
        const preview = await grant();
        const { inputs } = one(preview, INVOCATION, "shop-orders-grant");
        expect(inputs).to.deep.include({
            functionName: goodAccess.accessFunctionName,
            lifecycleScope: "CRUD",
            triggers: { domain: goodAccess.domainEndpoint },
            region: TEST_REGION,
        });
        expect(json(inputs.input)).to.deep.equal({
            action: "GrantAccess",
            name: "shop-orders",
            level: "Read",
            indexPatterns: ["products"],
            roleArns: goodAccess.roleArns,
        });
        expect(preview.outputs.roleName).to.equal("shop-orders");
    });

    it("takes no indexes of OpenSearch's own, and names all that is wrong", async () => {
        const wrong = { indexPatterns: [".opendistro_security"], roleArns: [], level: "All" as never };
        expect(refusedPaths(await grant(wrong, "9"))).to.have.members([
            "indexPatterns[0]",
            "roleArns",
            "level",
            "name",
        ]);
        expect(refusedPaths(await grant({ indexPatterns: ["a", "a"] }))).to.deep.equal(["indexPatterns"]);
        expect(refusedPaths(await grant({ indexPatterns: [] }))).to.deep.equal(["indexPatterns"]);
        expect((await grant({ indexPatterns: ["*", "orders-*"] })).error).to.equal(undefined);
    });
});

describe("SearchIndexLoader", () => {
    it("tries a batch again a few times, divides it, and keeps the place of what it gives up", async () => {
        const preview = await make();
        const queue = one(preview, "aws:sqs/queue:Queue");
        expect(one(preview, MAPPING).inputs).to.deep.include({
            eventSourceArn: goodLoader.streamArn,
            startingPosition: "TRIM_HORIZON",
            bisectBatchOnFunctionError: true,
            maximumRetryAttempts: 10,
            maximumRecordAgeInSeconds: 21_600,
            functionResponseTypes: ["ReportBatchItemFailures"],
            destinationConfig: { onFailure: { destinationArn: queue.outputs.arn } },
        });
        expect(preview.outputs.failureQueueUrl).to.equal(queue.outputs.url);
    });

    it("listens only when the index is there, the role may write it, and the way is open", async () => {
        const preview = await make();
        const mapping = one(preview, MAPPING);
        const needed = [
            one(preview, INVOCATION, "shop-products-index"),
            one(preview, INVOCATION, "shop-products-access-grant"),
            ...ofType(preview, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"),
        ];
        for (const { urn } of needed) {
            expect(mapping.dependencies).to.include(urn);
        }
    });

    it("may write documents of its index, read its table and its stream, and nothing else", async () => {
        const preview = await make({ tableKmsKeyArn: `${SEARCH_KEY}-table` });
        const all = statements(one(preview, "aws:iam/rolePolicy:RolePolicy"));
        const { WriteDocuments, ReadChanges, FindStream, ReadItems, ReadUnderTableKey, ...rest } = all;
        expect(WriteDocuments).to.deep.include({
            Action: "es:ESHttpPost",
            Resource: `arn:aws:es:${TEST_REGION}:${TEST_ACCOUNT}:domain/shop-search/products/_bulk`,
        });
        expect(ReadChanges?.Resource).to.equal(goodLoader.streamArn);
        expect(FindStream?.Action).to.equal("dynamodb:ListStreams");
        expect(ReadItems).to.deep.include({ Action: "dynamodb:Scan", Resource: goodLoader.tableArn });
        expect(ReadUnderTableKey).to.deep.include({
            Action: "kms:Decrypt",
            Resource: `${SEARCH_KEY}-table`,
            Condition: { StringEquals: { "kms:ViaService": `dynamodb.${TEST_REGION}.amazonaws.com` } },
        });
        // What every function has that runs in a network.
        expect(Object.keys(rest)).to.have.members([
            "WriteLog",
            "WriteTraces",
            "KeepFailedCalls",
            "ReadEnvironment",
            "JoinNetwork",
        ]);
        expect(statements(one(await make(), "aws:iam/rolePolicy:RolePolicy"))).to.not.have.property(
            "ReadUnderTableKey",
        );
    });

    it("has OpenSearch let its role write the index, without reading it", async () => {
        const preview = await make();
        expect(json(one(preview, INVOCATION, "shop-products-access-grant").inputs.input)).to.deep.include({
            level: "Write",
            indexPatterns: ["products"],
            roleArns: [preview.outputs.roleArn],
        });
    });

    it("makes the index as it is told, and has deletions known for a quarter of an hour", async () => {
        const bodyOf = async (indexBody?: string) => {
            const preview = await make(indexBody === undefined ? {} : { indexBody });
            const event = json(one(preview, INVOCATION, "shop-products-index").inputs.input);
            expect(event).to.deep.include({ action: "CreateIndex", index: "products" });
            return json(at(event, "body"));
        };
        expect(await bodyOf()).to.deep.equal({ settings: { "index.gc_deletes": "15m" } });
        const mappings = { properties: { price: { type: "double" } } };
        expect(await bodyOf(JSON.stringify({ mappings, settings: { number_of_shards: 1 } }))).to.deep.equal({
            mappings,
            settings: { number_of_shards: 1, "index.gc_deletes": "15m" },
        });
        for (const own of [{ index: { gc_deletes: "1h" } }, { "index.gc_deletes": "1h" }]) {
            expect(await bodyOf(JSON.stringify({ settings: own }))).to.deep.equal({ settings: own });
        }
    });

    it("tells the function how documents follow from items, and nothing that it need not know", async () => {
        const variables = async (changes: Partial<SearchIndexLoaderArgs>) =>
            at(one(await make(changes), FUNCTION).inputs, "environment.variables");
        const always = {
            DOMAIN_ENDPOINT: goodLoader.domainEndpoint,
            INDEX_NAME: "products",
            TABLE_NAME: "products",
            KEY_ATTRIBUTES: '["pk","sk"]',
        };
        expect(await variables({})).to.deep.equal(always);
        expect(
            await variables({
                attributes: ["name", "price"],
                versionAttribute: "version",
                expiryAttribute: "expiresAt",
            }),
        ).to.deep.equal({
            ...always,
            ATTRIBUTES: '["name","price"]',
            VERSION_ATTRIBUTE: "version",
            EXPIRY_ATTRIBUTE: "expiresAt",
        });
    });

    it("runs in the network, reaches the domain, and DynamoDB where it may", async () => {
        const preview = await make();
        expect(one(preview, FUNCTION).inputs).to.deep.include({
            vpcConfig: {
                subnetIds: goodLoader.subnetIds,
                securityGroupIds: [preview.outputs.securityGroupId],
            },
            reservedConcurrentExecutions: 10,
        });
        const egress = (of: ProgramPreview) =>
            ofType(of, "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule").map(
                ({ inputs }) => inputs.cidrIpv4 ?? inputs.referencedSecurityGroupId,
            );
        expect(egress(preview)).to.have.members(["0.0.0.0/0", "sg-0domain"]);
        expect(egress(await make({ internetEgressCidrBlocks: [] }))).to.deep.equal(["sg-0domain"]);
    });

    it("works with a domain of the same program", async () => {
        const preview = await previewProgram(() => {
            const options = inTestAccount();
            const domain = new SearchDomain("shop-search", goodDomain, options);
            const { endpoint: domainEndpoint, domainArn, accessFunctionName } = domain;
            const domainSecurityGroupId = domain.securityGroupId;
            new SearchIndexLoader(
                "shop-products",
                {
                    ...goodLoader,
                    ...{ domainEndpoint, domainArn, accessFunctionName, domainSecurityGroupId },
                },
                options,
            );
        });
        // The function that is asked must reach the domain before it is asked.
        const audit = one(preview, INVOCATION, "shop-search-audit");
        expect(one(preview, INVOCATION, "shop-products-index").dependencies).to.include(audit.urn);
        expectRegion(preview, TEST_REGION);
    });

    it("rings when the index is late or lacks something, and without topics not at all", async () => {
        const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
        expect(ofType(await make(), ALARM)).to.deep.equal([]);
        const alarms = ofType(await make({ alarmTopicArns: [SEARCH_TOPIC] }), ALARM);
        expect(alarms.map(({ inputs }) => inputs.metricName)).to.have.members([
            "IteratorAge",
            "Errors",
            "ApproximateNumberOfMessagesVisible",
        ]);
    });

    it("names all that is wrong at once", async () => {
        const wrong = {
            indexName: "Products",
            indexBody: '{"mapping":{}}',
            keyAttributes: ["pk", "sk", "tk"],
            attributes: ["a", "a"],
            streamArn: "arn:aws:kinesis:eu-central-1:1:stream/x",
            subnetIds: ["subnet-0a"],
            internetEgressCidrBlocks: ["10.0.0.1/8"],
            batchSize: 0,
            batchingWindowSeconds: 61,
            parallelizationFactor: 11,
            retryAttempts: -1,
            concurrency: 0,
            tableKmsKeyArn: `arn:aws:kms:us-east-1:${TEST_ACCOUNT}:key/1`,
        };
        expect(refusedPaths(await make(wrong))).to.have.members([
            "indexName",
            "indexBody",
            "keyAttributes",
            "attributes[1]",
            "streamArn",
            "subnetIds",
            "internetEgressCidrBlocks[0]",
            "batchSize",
            "batchingWindowSeconds",
            "parallelizationFactor",
            "retryAttempts",
            "concurrency",
            "tableKmsKeyArn",
        ]);
        for (const indexBody of ["[]", "nothing", '{"settings":1}', '{"aliases":null}']) {
            expect(refusedPaths(await make({ indexBody })), indexBody).to.deep.equal(["indexBody"]);
        }
    });
});
