import { type Accepted, type Mutant } from "../../support/policies/mutation";

const BUCKET = "aws:s3/bucket:Bucket";
const KEY = "aws:kms/key:Key";
const PROVIDER = "pulumi:providers:aws";
const TABLE = "aws:dynamodb/table:Table";
const TOPIC = "aws:sns/topic:Topic";

export const mutants: readonly Mutant[] = [
    {
        rule: "region-allowed",
        title: "a topic in a region that nobody allows",
        change: (stack) => {
            stack.set(stack.find(TOPIC), "region", "cn-north-1");
        },
        message: "is in cn-north-1, where nothing may be.",
    },
    {
        rule: "region-allowed",
        title: "a topic in a region for restricted data alone",
        change: (stack) => {
            stack.set(stack.find(TOPIC), "region", "sa-east-1");
        },
        message: "is in sa-east-1, and unclassified data may be in eu-central-1",
    },
    {
        rule: "region-allowed",
        title: "personal data of the United States in Europe",
        change: (stack) => {
            stack.set(stack.find(BUCKET, "shop-pii-files-bucket"), "region", "eu-central-1");
        },
        message:
            "is in eu-central-1, and pii data of US may be in us-east-1, us-east-2, us-west-1, us-west-2.",
    },
    {
        rule: "region-allowed",
        title: "personal data of a country that is none",
        stack: "prod-eu",
        change: (stack) => {
            stack.set(stack.find(TABLE), "tags.jurisdiction", "XX");
        },
        message: 'has the tag jurisdiction "XX", whose regions are not known.',
    },
    {
        rule: "region-allowed",
        title: "personal data of nobody's",
        stack: "prod-eu",
        change: (stack) => {
            stack.unset(stack.find(KEY, "shop-pii-key-key"), "tags.jurisdiction");
        },
        message: 'is tagged data-classification "pii" and has no tag jurisdiction.',
    },
    {
        rule: "region-allowed",
        title: "a region that only the environment tells",
        fixture: [
            {
                type: PROVIDER,
                name: "fixture-provider",
                inputs: { region: "us-west-2", allowedAccountIds: '["111122223333"]' },
            },
        ],
        change: (stack) => {
            const provider = stack.find(PROVIDER, "fixture-provider");
            stack.unset(provider, "region");
            const topic = stack.add({ type: TOPIC, name: "fixture-topic", inputs: {}, provider });
            stack.set(topic, "displayName", "fixture");
        },
        alsoFires: ["cost-tags"],
        message: "has no region that the program tells: neither one of its own nor one of its provider.",
    },
    {
        rule: "stores-classified",
        title: "a bucket without a classification",
        change: (stack) => {
            const bucket = stack.find(BUCKET, "shop-edge-static-bucket");
            stack.unset(bucket, ["tags", "data-classification"]);
        },
        message:
            "has no tag data-classification, and public, internal, confidential, pii are the values that it may have.",
    },
    {
        rule: "stores-classified",
        title: "a classification that is none",
        stack: "prod-eu",
        change: (stack) => {
            stack.set(stack.find(TABLE), ["tags", "data-classification"], "secret");
        },
        message: 'has the tag data-classification "secret", and',
    },
    {
        rule: "stores-classified",
        title: "personal data of nobody's",
        stack: "prod-eu",
        change: (stack) => {
            stack.unset(stack.find(TABLE), ["tags", "jurisdiction"]);
        },
        alsoFires: ["region-allowed"],
        message: 'has the tag data-classification "pii" and no tag jurisdiction.',
    },
];

export const accepted: readonly Accepted[] = [
    {
        rule: "region-allowed",
        title: "personal data in a region that its jurisdiction alone allows",
        change: (stack) => {
            const table = stack.find(TABLE);
            stack.set(table, "region", "sa-east-1");
            stack.set(table, "tags.jurisdiction", "BR");
        },
    },
    {
        rule: "region-allowed",
        title: "global resources, and a region by a provider",
        fixture: [{ type: PROVIDER, name: "fixture-provider", inputs: {} }],
        change: (stack) => {
            const provider = stack.find(PROVIDER, "fixture-provider");
            stack.add({ type: "aws:iam/role:Role", name: "fixture-role", inputs: {}, provider });
            stack.add({ type: "aws:route53/record:Record", name: "fixture-record", inputs: {}, provider });
            stack.unset(stack.find(TOPIC), "region");
        },
    },
    {
        rule: "region-allowed",
        title: "components of the SDK, which are in no region",
        change: (stack) => {
            const types = [
                "aws:sqs:QueueEventSubscription",
                "aws:sns:TopicEventSubscription",
                "aws:cloudwatch:EventRuleEventSubscription",
            ];
            for (const type of types) {
                stack.add({ type, name: "fixture-component", inputs: {}, custom: false });
            }
        },
    },
];
