/** An account of the emulator with functions deployed in it, as a program's stack would. */
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import {
    CreateEventSourceMappingCommand,
    type CreateEventSourceMappingCommandInput,
    CreateFunctionCommand,
    LambdaClient,
} from "@aws-sdk/client-lambda";
import { S3Client } from "@aws-sdk/client-s3";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SFNClient } from "@aws-sdk/client-sfn";
import {
    CreateQueueCommand,
    DeleteMessageCommand,
    GetQueueAttributesCommand,
    type Message,
    ReceiveMessageCommand,
    SQSClient,
} from "@aws-sdk/client-sqs";
import { KinesisClient } from "@aws-sdk/client-kinesis";

import { functionText } from "../../../components/operations/lambdaCode";
import { zipOf } from "./zip";

const REGION = "us-east-1";

/**
 * A runtime of our own, which asks Lambda's Runtime API for events as Node's own does. The emulator's Node runtime does not tell an
 * error's name, and by it the workflow decides.
 */
const BOOTSTRAP = `#!/usr/bin/env node
const api = "http://" + process.env.AWS_LAMBDA_RUNTIME_API + "/2018-06-01/runtime/";
const { handler } = require("./index.js");
const post = (path, body) => fetch(api + path, { method: "POST", body: JSON.stringify(body) ?? "null" });
(async () => {
    for (;;) {
        const next = await fetch(api + "invocation/next");
        const id = next.headers.get("lambda-runtime-aws-request-id");
        const deadline = Number(next.headers.get("lambda-runtime-deadline-ms"));
        const context = {
            awsRequestId: id,
            functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
            memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
            invokedFunctionArn: next.headers.get("lambda-runtime-invoked-function-arn"),
            getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
        };
        try {
            await post("invocation/" + id + "/response", await handler(await next.json(), context));
        } catch (error) {
            await post("invocation/" + id + "/error", { errorType: error.name, errorMessage: error.message, trace: [] });
        }
    }
})();
`;

/** Where the emulator is: what `npm run test:emulator` has started. */
export function emulatorUrl(): string {
    const url = process.env["AWS_ENDPOINT_URL"];
    if (url === undefined) {
        throw new Error("there is no emulator: run these tests by npm run test:emulator");
    }
    return url;
}

/** A queue of the account. */
export interface Queue {
    url: string;
    arn: string;
}

/** An account of a test's own. */
export class EmulatedAccount {
    readonly dynamo: DynamoDBClient;
    readonly lambda: LambdaClient;
    readonly queues: SQSClient;
    readonly bus: EventBridgeClient;
    readonly workflows: SFNClient;
    readonly secrets: SecretsManagerClient;
    readonly buckets: S3Client;
    readonly streams: KinesisClient;
    /** What functions need to find it. */
    readonly environment: Readonly<Record<string, string>>;

    /** @param accountId 12 digits that no other test has. */
    constructor(
        readonly accountId: string,
        readonly url = emulatorUrl(),
        region = REGION,
    ) {
        const config = {
            endpoint: url,
            region,
            credentials: { accessKeyId: accountId, secretAccessKey: "emulator" },
        };
        this.dynamo = new DynamoDBClient(config);
        this.lambda = new LambdaClient(config);
        this.queues = new SQSClient(config);
        this.bus = new EventBridgeClient(config);
        this.workflows = new SFNClient(config);
        this.secrets = new SecretsManagerClient(config);
        this.buckets = new S3Client({ ...config, forcePathStyle: true });
        this.streams = new KinesisClient(config);
        this.environment = { AWS_ENDPOINT_URL: url, AWS_REGION: region, AWS_ACCESS_KEY_ID: accountId };
    }

    /** Deploys a function's bundle. Its ARN. */
    async deploy(name: string, variables: Readonly<Record<string, string>>): Promise<string> {
        const { FunctionArn = "" } = await this.lambda.send(
            new CreateFunctionCommand({
                FunctionName: name,
                Runtime: "provided.al2023",
                Handler: "index.handler",
                Role: `arn:aws:iam::${this.accountId}:role/${name}`,
                Timeout: 30,
                MemorySize: 512,
                Code: {
                    ZipFile: zipOf([
                        { name: "bootstrap", text: BOOTSTRAP, isExecutable: true },
                        { name: "index.js", text: functionText(name) },
                    ]),
                },
                Environment: {
                    Variables: {
                        ...variables,
                        AWS_ENDPOINT_URL: this.url,
                        AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
                    },
                },
            }),
        );
        return FunctionArn;
    }

    /** Has a queue or a stream call a function. */
    async connect(
        functionName: string,
        sourceArn: string,
        options: Partial<CreateEventSourceMappingCommandInput> = {},
    ): Promise<void> {
        await this.lambda.send(
            new CreateEventSourceMappingCommand({
                FunctionName: functionName,
                EventSourceArn: sourceArn,
                FunctionResponseTypes: ["ReportBatchItemFailures"],
                ...options,
            }),
        );
    }

    /** Makes a queue. */
    async queue(name: string, attributes: Record<string, string> = {}): Promise<Queue> {
        const { QueueUrl: url = "" } = await this.queues.send(
            new CreateQueueCommand({ QueueName: name, Attributes: attributes }),
        );
        const { Attributes } = await this.queues.send(
            new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ["QueueArn"] }),
        );
        return { url, arn: Attributes?.["QueueArn"] ?? "" };
    }

    /** Takes what is in a queue, up to ten. */
    async take({ url }: Queue): Promise<Message[]> {
        const { Messages = [] } = await this.queues.send(
            new ReceiveMessageCommand({
                QueueUrl: url,
                MaxNumberOfMessages: 10,
                MessageAttributeNames: ["All"],
                WaitTimeSeconds: 0,
            }),
        );
        for (const { ReceiptHandle } of Messages) {
            await this.queues.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle }));
        }
        return Messages;
    }
}

/** Looks until something is there. */
export async function eventually<T>(
    what: string,
    look: () => Promise<T | undefined>,
    milliseconds = 30_000,
): Promise<T> {
    const until = Date.now() + milliseconds;
    for (;;) {
        const found = await look();
        if (found !== undefined) {
            return found;
        }
        if (Date.now() > until) {
            throw new Error(`after ${milliseconds} ms there is no ${what}`);
        }
        await new Promise((fulfil) => setTimeout(fulfil, 50));
    }
}
