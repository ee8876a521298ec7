import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";

import {
    FunctionDeploymentStrategy,
    ServerlessFunction,
    type ServerlessFunctionArgs,
} from "../../../../components";
import { fullFunction, goodFunction, goodSources } from "../../../support/components/functionArguments";
import { pathsOf, problemsOfProgram } from "../../../support/components/problems";
import { TEST_ACCOUNT, TEST_REGION } from "../../../support/preview";
import { inTestAccount } from "../../../support/surroundings";

type Changes = { readonly [Property in keyof ServerlessFunctionArgs]?: unknown };

const problems = (changes: Changes, name = "shop-carts") =>
    problemsOfProgram(
        () =>
            new ServerlessFunction(
                name,
                { ...goodFunction, ...changes } as ServerlessFunctionArgs,
                inTestAccount(),
            ),
    );

const paths = async (changes: Changes, name?: string) => pathsOf(await problems(changes, name));

const queueArn = (name: string) => `arn:aws:sqs:${TEST_REGION}:${TEST_ACCOUNT}:${name}`;
const orders = (more: object) => ({ queues: { orders: { queueArn: queueArn("orders"), ...more } } });
const fifo = (more: object) => ({ queues: { orders: { queueArn: queueArn("orders.fifo"), ...more } } });
const clicks = (more: object) => ({ streams: { clicks: { ...goodSources.streams.clicks, ...more } } });
const deployed = (deployment: object) => ({ deployment });
const layer = (version: number) => `arn:aws:lambda:${TEST_REGION}:${TEST_ACCOUNT}:layer:fonts:${version}`;

/** What is accepted, and beside it what is just too much or too little, with the path that is blamed. */
const BOUNDS: readonly (readonly [path: string, good: readonly Changes[], bad: readonly Changes[]])[] = [
    [
        "memorySize",
        [{ memorySize: 128 }, { memorySize: 10_240 }],
        [{ memorySize: 127 }, { memorySize: 10_241 }],
    ],
    [
        "timeoutSeconds",
        [{ timeoutSeconds: 1 }, { timeoutSeconds: 900 }],
        [{ timeoutSeconds: 0 }, { timeoutSeconds: 901 }],
    ],
    [
        "ephemeralStorageMiB",
        [{ ephemeralStorageMiB: 512 }, { ephemeralStorageMiB: 10_240 }],
        [{ ephemeralStorageMiB: 511 }, { ephemeralStorageMiB: 10_241 }],
    ],
    [
        "description",
        [{ description: "x".repeat(256) }],
        [{ description: "" }, { description: "x".repeat(257) }],
    ],
    ["handler", [{ handler: "dist/main.run" }], [{ handler: "main" }, { handler: "" }]],
    [
        "aliasName",
        [{ aliasName: "v1" }, { aliasName: "a".repeat(128) }],
        [{ aliasName: "12" }, { aliasName: "a".repeat(129) }, { aliasName: "" }],
    ],
    ["environment", [{ environment: { AB: "x".repeat(4094) } }], [{ environment: { AB: "x".repeat(4095) } }]],
    ['environment["AWS_REGION"]', [], [{ environment: { AWS_REGION: "eu-central-1" } }]],
    ['environment["A"]', [{ environment: { A1: "x" } }], [{ environment: { A: "x" } }]],
    [
        'environment["OTEL_SERVICE_NAME"]',
        [{ environment: { OTEL_SERVICE_NAME: "carts" } }],
        [{ environment: { OTEL_SERVICE_NAME: "carts" }, tracing: { layerArn: layer(1) } }],
    ],
    [
        "layerArns",
        [{ layerArns: [1, 2, 3, 4, 5].map(layer) }],
        [
            { layerArns: [1, 2, 3, 4, 5, 6].map(layer) },
            { layerArns: [1, 2, 3, 4, 5].map(layer), tracing: { layerArn: layer(6) } },
        ],
    ],
    ["tracing.layerArn", [{ tracing: { otlpEndpoint: "https://collector" } }], [{ tracing: {} }]],
    [
        "tracing.otlpEndpoint",
        [{ tracing: { layerArn: layer(1) } }],
        [{ tracing: { layerArn: layer(1), otlpEndpoint: "http://127.0.0.1:4318" } }],
    ],
    [
        "network.subnetIds",
        [{ network: { vpcId: "vpc-0a", subnetIds: ["subnet-0a", "subnet-0b"] } }],
        [{ network: { vpcId: "vpc-0a", subnetIds: ["subnet-0a"] } }],
    ],
    [
        "reservedConcurrency",
        [
            { reservedConcurrency: 1 },
            { ...orders({}), reservedConcurrency: 0 },
            { ...orders({}), reservedConcurrency: 2 },
        ],
        [{ reservedConcurrency: -1 }, { ...orders({}), reservedConcurrency: 1 }],
    ],
    [
        'queues["orders"].maximumConcurrency',
        [
            orders({ maximumConcurrency: 2 }),
            orders({ maximumConcurrency: 1000 }),
            { ...orders({ maximumConcurrency: 5 }), reservedConcurrency: 5 },
        ],
        [
            orders({ maximumConcurrency: 1 }),
            orders({ maximumConcurrency: 1001 }),
            { ...orders({ maximumConcurrency: 6 }), reservedConcurrency: 5 },
        ],
    ],
    [
        'queues["orders"].batchSize',
        [
            orders({ batchSize: 10 }),
            orders({ batchSize: 11, batchingWindowSeconds: 1 }),
            orders({ batchSize: 10_000, batchingWindowSeconds: 300 }),
            fifo({ batchSize: 10 }),
        ],
        [
            orders({ batchSize: 0 }),
            orders({ batchSize: 11 }),
            orders({ batchSize: 10_001, batchingWindowSeconds: 1 }),
        ],
    ],
    [
        'queues["orders"].batchingWindowSeconds',
        [orders({ batchingWindowSeconds: 300 }), fifo({ batchingWindowSeconds: 0 })],
        [orders({ batchingWindowSeconds: 301 }), fifo({ batchingWindowSeconds: 1 })],
    ],
    [
        'queues["orders"].filterPatterns',
        [orders({ filterPatterns: ["{}", "{}", "{}", "{}", "{}"] })],
        [orders({ filterPatterns: [] }), orders({ filterPatterns: Array<string>(6).fill("{}") })],
    ],
    [
        'queues["orders"].filterPatterns[0]',
        [],
        [orders({ filterPatterns: ["body"] }), orders({ filterPatterns: ["[]"] })],
    ],
    [
        'streams["clicks"].batchSize',
        [clicks({ batchSize: 10_000 }), clicks({ batchSize: 10, batchingWindowSeconds: 0 })],
        [clicks({ batchSize: 10_001 }), clicks({ batchSize: 11, batchingWindowSeconds: 0 })],
    ],
    [
        'streams["clicks"].maximumRetryAttempts',
        [clicks({ maximumRetryAttempts: 0 }), clicks({ maximumRetryAttempts: 10_000 })],
        [clicks({ maximumRetryAttempts: -1 }), clicks({ maximumRetryAttempts: 10_001 })],
    ],
    [
        'streams["clicks"].maximumRecordAgeInSeconds',
        [clicks({ maximumRecordAgeInSeconds: 60 }), clicks({ maximumRecordAgeInSeconds: 604_800 })],
        [clicks({ maximumRecordAgeInSeconds: 59 }), clicks({ maximumRecordAgeInSeconds: 604_801 })],
    ],
    [
        'streams["clicks"].parallelizationFactor',
        [clicks({ parallelizationFactor: 10 })],
        [clicks({ parallelizationFactor: 0 }), clicks({ parallelizationFactor: 11 })],
    ],
    ['streams["clicks"].streamArn', [], [clicks({ streamArn: queueArn("clicks") })]],
    [
        'topics["news"].filtersBody',
        [{ topics: { news: { ...goodSources.topics.news, filterPolicy: "{}", filtersBody: true } } }],
        [{ topics: { news: { ...goodSources.topics.news, filtersBody: true } } }],
    ],
    [
        'eventRules["placed"].eventPattern',
        [{ eventRules: { placed: { eventPattern: "{}" } } }],
        [{ eventRules: { placed: { eventPattern: "source" } } }],
    ],
    [
        'buckets["images"].detailTypes[0]',
        [{ buckets: { images: { bucketName: "shop-images", detailTypes: ["Object Deleted"] } } }],
        [{ buckets: { images: { bucketName: "shop-images", detailTypes: ["s3:ObjectCreated:*"] } } }],
    ],
    [
        'buckets["images"].keyPrefix',
        [{ buckets: { images: { bucketName: "shop-images", keyPrefix: "a/" } } }],
        [{ buckets: { images: { bucketName: "shop-images", keyPrefix: "a/*" } } }],
    ],
    [
        'schedules["nightly"].scheduleExpression',
        [{ schedules: { nightly: { scheduleExpression: "rate(1 day)" } } }],
        [{ schedules: { nightly: { scheduleExpression: "0 3 * * *" } } }],
    ],
    [
        'schedules["nightly"].flexibleMinutes',
        [{ schedules: { nightly: { scheduleExpression: "rate(1 day)", flexibleMinutes: 1440 } } }],
        [{ schedules: { nightly: { scheduleExpression: "rate(1 day)", flexibleMinutes: 1441 } } }],
    ],
    [
        "asyncInvocation.maximumRetryAttempts",
        [{ asyncInvocation: { maximumRetryAttempts: 0 } }, { asyncInvocation: { maximumRetryAttempts: 2 } }],
        [{ asyncInvocation: { maximumRetryAttempts: 3 } }],
    ],
    [
        "asyncInvocation.maximumEventAgeInSeconds",
        [
            { asyncInvocation: { maximumEventAgeInSeconds: 60 } },
            { asyncInvocation: { maximumEventAgeInSeconds: 21_600 } },
        ],
        [
            { asyncInvocation: { maximumEventAgeInSeconds: 59 } },
            { asyncInvocation: { maximumEventAgeInSeconds: 21_601 } },
        ],
    ],
    [
        "asyncInvocation.onSuccessArn",
        [{ asyncInvocation: { onFailureArn: "arn:aws:s3:::failures" } }],
        [{ asyncInvocation: { onSuccessArn: "arn:aws:s3:::successes" } }],
    ],
    [
        "deployment.percent",
        [deployed({ percent: 1 }), deployed({ percent: 99 })],
        [
            deployed({ percent: 0 }),
            deployed({ percent: 100 }),
            deployed({ percent: 10, strategy: FunctionDeploymentStrategy.AllAtOnce }),
        ],
    ],
    [
        "deployment.intervalMinutes",
        [
            deployed({ intervalMinutes: 2880 }),
            deployed({ strategy: FunctionDeploymentStrategy.Linear, percent: 10, intervalMinutes: 320 }),
        ],
        [
            deployed({ intervalMinutes: 2881 }),
            deployed({ strategy: FunctionDeploymentStrategy.Linear, percent: 10, intervalMinutes: 321 }),
        ],
    ],
    [
        "deployment.alarmNames",
        [deployed({ alarmNames: Array<string>(49).fill("alarm") })],
        [deployed({ alarmNames: Array<string>(50).fill("alarm") })],
    ],
    [
        "code",
        [{ code: new pulumi.asset.FileArchive("./functions") }],
        [{ code: "index.js" }, { code: undefined }],
    ],
];

describe("ServerlessFunction's arguments", () => {
    for (const [path, good, bad] of BOUNDS) {
        it(`${path} is accepted and refused on both sides of its bounds`, async () => {
            for (const changes of good) {
                expect(await problems(changes), JSON.stringify(changes)).to.deep.equal([]);
            }
            for (const changes of bad) {
                expect(await paths(changes), JSON.stringify(changes)).to.deep.equal([path]);
            }
        });
    }

    it("may all be given together", async () => {
        expect(await problems({ ...fullFunction })).to.deep.equal([]);
    });

    it("take no more than ten messages of a FIFO queue", async () => {
        expect(await problems(fifo({ batchSize: 11 }))).to.deep.equal([
            'queues["orders"].batchSize is 11; allowed: at most 10 while batchingWindowSeconds is 0',
            'queues["orders"].batchSize is 11; allowed: at most 10 of a FIFO queue',
        ]);
    });

    it("share the reserved concurrency out to several queues", async () => {
        const two = (one: object, other: object) => ({
            queues: {
                orders: { queueArn: queueArn("orders"), ...one },
                refunds: { queueArn: queueArn("refunds"), ...other },
            },
            reservedConcurrency: 10,
        });
        expect(await problems(two({ maximumConcurrency: 6 }, { maximumConcurrency: 4 }))).to.deep.equal([]);
        expect(await problems(two({ maximumConcurrency: 6 }, { maximumConcurrency: 5 }))).to.deep.equal([
            'queues is "maximumConcurrency 11 together"; allowed: 10 (reservedConcurrency) together. Raise reservedConcurrency, or lower maximumConcurrency',
        ]);
        expect(await paths(two({ maximumConcurrency: 6 }, {}))).to.deep.equal([
            'queues["refunds"].maximumConcurrency',
        ]);
    });

    it("name children, so that names fit and none is there twice", async () => {
        expect(await problems({}, "f".repeat(42))).to.deep.equal([]);
        expect(await paths({}, "f".repeat(43))).to.deep.equal(["name"]);
        expect(await paths({}, "9lives")).to.deep.equal(["name"]);
        expect(await paths({ ...orders({}), topics: { orders: goodSources.topics.news } })).to.deep.equal([
            'topics["orders"]',
        ]);
        expect(await paths({ buckets: { Images: { bucketName: "shop-images" } } })).to.deep.equal([
            "buckets",
        ]);
    });

    it("are refused all at once", async () => {
        expect(await paths({ region: "here", memorySize: 1, kmsKeyArn: "alias/shop" })).to.have.members([
            "region",
            "memorySize",
            "kmsKeyArn",
        ]);
    });
});
