import {
    type Accepted,
    type FixtureResource,
    type MutableStack,
    type Mutant,
    refTo,
    UNKNOWN,
} from "../../support/policies/mutation";

const BALANCER = "aws:lb/loadBalancer:LoadBalancer";
const TARGET_GROUP = "aws:lb/targetGroup:TargetGroup";
const ROLE = "aws:iam/role:Role";
const TABLE = "aws:dynamodb/table:Table";
const KEY = "aws:kms/key:Key";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const TOPIC = "aws:sns/topic:Topic";
const REFERENCE = "pulumi:pulumi:StackReference";
const EVENT_RULE = "aws:cloudwatch/eventRule:EventRule";
const PLAN = "aws:backup/restoreTestingPlan:RestoreTestingPlan";
const PROVIDER = "pulumi:providers:aws";
const PASSWORDS = "aws:iam/accountPasswordPolicy:AccountPasswordPolicy";
const SERVICE = "aws:ecs/service:Service";
const SCHEDULE = "aws:scheduler/schedule:Schedule";
const DAX = "aws:dax/cluster:Cluster";
const DOMAIN = "aws:cognito/userPoolDomain:UserPoolDomain";
const EVENT_TARGET = "aws:cloudwatch/eventTarget:EventTarget";
const CLUSTER = "aws:rds/cluster:Cluster";

const prefixDomain: readonly FixtureResource[] = [
    {
        type: DOMAIN,
        name: "login",
        inputs: { domain: "shop-login", region: "us-east-1", userPoolId: "us-east-1_abc" },
    },
];

/** Services in clusters of the stack. */
function services(...clusters: readonly [string, string]): readonly FixtureResource[] {
    return [
        ...[...new Set(clusters)].map((name): FixtureResource => ({
            type: "aws:ecs/cluster:Cluster",
            name,
            inputs: { name, region: "us-east-1" },
        })),
        ...["first", "second"].map((name, index): FixtureResource => ({
            type: SERVICE,
            name,
            inputs: {
                name,
                cluster: refTo("aws:ecs/cluster:Cluster", clusters[index] ?? ""),
                region: "us-east-1",
                taskDefinition: "shop:1",
            },
        })),
    ];
}

function schedule(name: string): FixtureResource {
    return {
        type: SCHEDULE,
        name,
        inputs: {
            name,
            flexibleTimeWindow: { mode: "OFF" },
            region: "us-east-1",
            scheduleExpression: "rate(1 day)",
            target: {
                arn: "arn:aws:sqs:us-east-1:111122223333:nightly",
                roleArn: "arn:aws:iam::111122223333:role/schedules",
            },
        },
    };
}

/** A provider of another region, which may be of the same account. */
function abroad(inputs: Readonly<Record<string, unknown>> = {}): FixtureResource {
    return {
        type: PROVIDER,
        name: "abroad",
        inputs: { allowedAccountIds: '["111122223333"]', region: "eu-central-1", ...inputs },
    };
}

/** A role that the provider abroad makes, with the name of one at home. */
function sameRole(stack: MutableStack): void {
    const { inputs } = stack.find(ROLE);
    const provider = stack.find(PROVIDER, "abroad");
    stack.add({ type: ROLE, name: "same", inputs: { ...inputs, name: String(inputs.name) }, provider });
}

export const mutants: readonly Mutant[] = [
    {
        rule: "aws-name-length",
        title: "a long name",
        change: (stack) => {
            stack.set(stack.find(BALANCER), "name", "the-load-balancer-of-the-shop-api");
        },
        message: "of 33 characters; allowed: 1 to 32",
    },
    {
        rule: "aws-name-length",
        title: "a long logical name",
        change: (stack) => {
            const group = stack.find(TARGET_GROUP);
            stack.add({
                type: TARGET_GROUP,
                name: "the-target-group-of-the-api",
                inputs: { ...group.inputs, name: "" },
            });
        },
        message: 'made from "the-target-group-of-the-api" has 35 characters; allowed: 32',
    },
    {
        rule: "aws-name-length",
        title: "a made name that is too long",
        change: (stack) => {
            const role = "the-role-of-the-instances-that-answer-requests-for-the-shop";
            stack.add({
                type: ROLE,
                name: role,
                inputs: { ...stack.find(ROLE).inputs, name: `${role}-1234567` },
            });
        },
        message: "made from the logical name",
    },
    {
        rule: "aws-name-length",
        title: "a table's name of two letters",
        change: (stack) => {
            stack.set(stack.find(TABLE), "name", "db");
        },
        message: "of 2 characters; allowed: 3 to 255",
    },
    {
        rule: "aws-name-length",
        title: "a prefix of a user pool's domain that is no label",
        fixture: prefixDomain,
        change: (stack) => {
            stack.set(stack.find(DOMAIN), "domain", "s".repeat(64));
        },
        message: "of 64 characters; allowed: 1 to 63",
    },
    {
        rule: "aws-name-characters",
        title: "a prefix with a period",
        fixture: prefixDomain,
        change: (stack) => {
            stack.set(stack.find(DOMAIN), "domain", "login.example.com");
        },
        message: 'has domain "login.example.com"',
    },
    {
        rule: "aws-name-characters",
        title: "a prefix with AWS's name",
        fixture: prefixDomain,
        change: (stack) => {
            stack.set(stack.find(DOMAIN), "domain", "shop-aws-login");
        },
        message: "without aws, amazon and cognito",
    },
    {
        rule: "aws-name-characters",
        title: "a load balancer that is internal by name",
        change: (stack) => {
            stack.set(stack.find(BALANCER), "name", "internal-api");
        },
        message: "not internal- first",
    },
    {
        rule: "aws-name-characters",
        title: "a bucket in capitals",
        change: (stack) => {
            const bucket = stack.find("aws:s3/bucket:Bucket");
            stack.set(bucket, "bucket", "Shop-Logs");
        },
        message: 'has bucket "Shop-Logs"',
    },
    {
        rule: "aws-name-characters",
        title: "a restore test without a name",
        fixture: [
            {
                type: PLAN,
                name: "restore-test",
                inputs: { name: "restore_test", scheduleExpression: "cron(0 1 ? * MON *)" },
            },
        ],
        change: (stack) => {
            stack.set(stack.find(PLAN, "restore-test"), "name", "");
        },
        message: 'made from "restore-test" has other characters',
    },
    {
        rule: "aws-duplicate-names",
        title: "two roles of one name",
        change: (stack) => {
            const [first, second] = stack.all(ROLE);
            stack.set(second!, "name", String(first!.inputs.name).toUpperCase());
        },
        message: "and so has",
    },
    {
        rule: "aws-duplicate-names",
        title: "an alarm and a composite alarm of one name",
        fixture: [
            {
                type: "aws:cloudwatch/compositeAlarm:CompositeAlarm",
                name: "all",
                inputs: { alarmName: "all", alarmRule: "TRUE", region: "us-east-1" },
            },
        ],
        change: (stack) => {
            stack.set(
                stack.find("aws:cloudwatch/compositeAlarm:CompositeAlarm"),
                "alarmName",
                stack.find(ALARM).inputs.name,
            );
        },
    },
    {
        rule: "aws-duplicate-names",
        title: "two roles of one name by providers of two regions",
        fixture: [abroad()],
        change: sameRole,
        message: "and so has",
    },
    {
        rule: "aws-duplicate-names",
        title: "two clusters of DAX of one name",
        fixture: ["one", "two"].map((clusterName): FixtureResource => ({
            type: DAX,
            name: clusterName,
            inputs: {
                clusterName,
                iamRoleArn: "arn:aws:iam::111122223333:role/dax",
                nodeType: "dax.r5.large",
                region: "us-east-1",
                replicationFactor: 3,
            },
        })),
        change: (stack) => {
            stack.set(stack.find(DAX, "two"), "clusterName", "one");
        },
        message: 'has the clusterName "one", and so has one',
    },
    {
        rule: "aws-duplicate-names",
        title: "two services of one name in a new cluster",
        fixture: services("shop", "shop"),
        change: (stack) => {
            stack.set(stack.find(SERVICE, "second"), "name", "first");
        },
        message: 'has the name "first", and so has first',
    },
    {
        rule: "aws-duplicate-names",
        title: "two rules of one name on the default bus, one by its name",
        fixture: [
            {
                type: EVENT_RULE,
                name: "hourly",
                inputs: { name: "hourly", region: "us-east-1", scheduleExpression: "rate(1 hour)" },
            },
            {
                type: EVENT_RULE,
                name: "daily",
                inputs: {
                    name: "daily",
                    eventBusName: "default",
                    region: "us-east-1",
                    scheduleExpression: "rate(1 day)",
                },
            },
        ],
        change: (stack) => {
            stack.set(stack.find(EVENT_RULE, "daily"), "name", "hourly");
        },
        message: 'has the name "hourly", and so has daily',
    },
    {
        rule: "aws-duplicate-names",
        title: "two schedules of one name without a group",
        fixture: [schedule("nightly"), schedule("weekly")],
        change: (stack) => {
            stack.set(stack.find(SCHEDULE, "weekly"), "name", "nightly");
        },
        message: 'has the name "nightly", and so has nightly',
    },
    {
        rule: "aws-singletons",
        title: "two password policies by providers of two regions",
        fixture: [abroad()],
        change: (stack) => {
            const provider = stack.find(PROVIDER, "abroad");
            const { inputs } = stack.find(PASSWORDS);
            stack.add({ type: PASSWORDS, name: "second", inputs, provider });
        },
        decidedBy: "relations",
        message: "an account has one password policy",
    },
    {
        rule: "aws-singletons",
        title: "two detectors",
        change: (stack) => {
            stack.add({
                type: "aws:guardduty/detector:Detector",
                name: "another",
                inputs: { enable: true, region: "us-east-1" },
            });
        },
        message: "a region (here us-east-1) has one detector",
    },
    {
        rule: "aws-arn-region",
        title: "a target group of another region",
        change: (stack) => {
            stack.set(
                stack.find("aws:lb/listenerRule:ListenerRule"),
                "actions[0].targetGroupArn",
                "arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/shop/0123456789abcdef",
            );
        },
        message: "is in us-east-1 and has actions[0].targetGroupArn",
    },
    {
        rule: "aws-arn-region",
        title: "a queue of another region as a target",
        change: (stack) => {
            stack.set(stack.find(EVENT_TARGET), "arn", "arn:aws:sqs:eu-central-1:111122223333:events");
        },
        message: 'has arn "arn:aws:sqs:eu-central-1:111122223333:events"',
    },
    {
        rule: "aws-tag-format",
        title: "a comma",
        change: (stack) => {
            stack.set(stack.find(TABLE), "tags", { team: "shop, platform" });
        },
        message: 'with "team" of the value "shop, platform"',
    },
    {
        rule: "aws-tag-format",
        title: "a key of AWS's own",
        change: (stack) => {
            stack.set(stack.find("aws:autoscaling/group:Group"), "tags[0].key", "aws:project");
        },
        message: 'with the key "aws:project"',
    },
    {
        rule: "aws-tag-format",
        title: "a value of a template that is too long",
        change: (stack) => {
            stack.set(
                stack.find("aws:ec2/launchTemplate:LaunchTemplate"),
                "tagSpecifications[0].tags.Name",
                "n".repeat(257),
            );
        },
        message: "tagSpecifications[0].tags",
    },
    {
        rule: "aws-deprecated-types",
        title: "an object of the old kind",
        change: (stack) => {
            stack.add({
                type: "aws:s3/bucketObject:BucketObject",
                name: "page",
                inputs: { bucket: "shop", key: "index.html" },
            });
        },
        decidedBy: "relations",
        message: "in favour of aws.s3.BucketObjectv2",
    },
    {
        rule: "aws-deprecated-arguments",
        title: "versioning in the bucket",
        change: (stack) => {
            stack.set(stack.find("aws:s3/bucket:Bucket"), "versioning", { enabled: true });
        },
        decidedBy: "relations",
        message: "has versioning, which is deprecated in favour of aws.s3.BucketVersioning",
    },
    {
        rule: "aws-deprecated-arguments",
        title: "an index's key of the old kind",
        fixture: [
            {
                type: TABLE,
                name: "indexed",
                inputs: {
                    name: "indexed",
                    billingMode: "PAY_PER_REQUEST",
                    hashKey: "pk",
                    attributes: [
                        { name: "pk", type: "S" },
                        { name: "sk", type: "S" },
                    ],
                    globalSecondaryIndexes: [
                        {
                            name: "by-sk",
                            projectionType: "ALL",
                            keySchemas: [{ attributeName: "sk", keyType: "HASH" }],
                        },
                    ],
                },
            },
        ],
        change: (stack) => {
            stack.set(stack.find(TABLE, "indexed"), "globalSecondaryIndexes[0].hashKey", "sk");
        },
        message: "has globalSecondaryIndexes[0].hashKey",
    },
    {
        rule: "aws-deprecated-arguments",
        title: "the owner of a bucket",
        change: (stack) => {
            stack.set(
                stack.find("aws:s3/bucketVersioning:BucketVersioning"),
                "expectedBucketOwner",
                "111122223333",
            );
        },
        decidedBy: "relations",
        message: "has expectedBucketOwner",
    },
    {
        rule: "pulumi-stack-references",
        title: "a stack's bare name",
        stack: "prod-global",
        change: (stack) => {
            stack.set(stack.find(REFERENCE), "name", "prod-us");
        },
        message: 'has the name "prod-us", which is not organization/project/stack',
    },
    {
        rule: "pulumi-stack-references",
        title: "itself",
        stack: "prod-global",
        change: (stack) => {
            stack.set(stack.find(REFERENCE), "name", "organization/meridian/prod-global");
        },
        message: "which is the stack itself",
    },
    {
        rule: "pulumi-stringified-output",
        title: "an output in a template string",
        change: (stack) => {
            stack.set(
                stack.find("aws:ssm/parameter:Parameter"),
                "insecureValue",
                "Calling [toString] on an [Output<T>] is not supported.\n\nTo get the value of an Output<T> …",
            );
        },
        message: "an output that was turned into text",
    },
    {
        rule: "pulumi-stringified-output",
        title: "a part that was not there",
        change: (stack) => {
            stack.set(
                stack.find("aws:ssm/parameter:Parameter"),
                "insecureValue",
                "arn:aws:s3:::undefined/objects",
            );
        },
        message: "with a value that was missing in it",
    },
    {
        rule: "pulumi-stringified-output",
        title: "an object",
        change: (stack) => {
            stack.set(stack.find(TABLE), "tags", { owner: "[object Object]" });
        },
        message: "an object that was turned into text",
        alsoFires: ["aws-tag-format"],
    },
    {
        rule: "aws-json-arguments",
        title: "a policy that does not close",
        change: (stack) => {
            const role = stack.find(ROLE);
            stack.set(role, "assumeRolePolicy", String(role.inputs.assumeRolePolicy).slice(0, -1));
        },
        message: "has assumeRolePolicy that is not JSON",
    },
    {
        rule: "aws-json-arguments",
        title: "an event pattern in words",
        change: (stack) => {
            stack.set(stack.find(EVENT_RULE), "eventPattern", "source = aws.ec2");
        },
        message: "has eventPattern that is not JSON",
    },
    {
        rule: "aws-policy-version",
        title: "a version that there is not",
        change: (stack) => {
            const role = stack.find(ROLE);
            const policy = String(role.inputs.assumeRolePolicy);
            stack.set(role, "assumeRolePolicy", policy.replace("2012-10-17", "2012-10-18"));
        },
        message: 'has assumeRolePolicy with Version "2012-10-18", which AWS answers with',
    },
    {
        rule: "aws-policy-version",
        title: "the version before of a queue's policy",
        change: (stack) => {
            stack.set(
                stack.find("aws:sqs/queue:Queue"),
                "policy",
                JSON.stringify({ Version: "2008-10-17", Statement: [] }),
            );
        },
        message: 'has policy with Version "2008-10-17", and AWS leaves the provider waiting',
    },
    {
        rule: "aws-policy-version",
        title: "no version of a queue's policy",
        change: (stack) => {
            stack.set(stack.find("aws:sqs/queue:Queue"), "policy", JSON.stringify({ Statement: [] }));
        },
        message: "with Version null",
    },
    {
        rule: "aws-tag-format",
        title: "a key that metadata cannot hand out",
        fixture: [
            {
                type: "aws:ec2/instance:Instance",
                name: "lone",
                inputs: {
                    ami: "ami-0a1b2c3d4e5f60718",
                    instanceType: "t4g.small",
                    metadataOptions: { instanceMetadataTags: "enabled" },
                    tags: { team: "shop" },
                },
            },
        ],
        change: (stack) => {
            stack.set(stack.find("aws:ec2/instance:Instance", "lone"), "tags", { "cost/center": "shop" });
        },
        message: 'with the key "cost/center", which instance metadata cannot hand out.',
    },
    {
        rule: "aws-ended-services",
        title: "a ledger",
        change: (stack) => {
            stack.add({
                type: "aws:qldb/ledger:Ledger",
                name: "ledger",
                inputs: { permissionsMode: "STANDARD" },
            });
        },
        decidedBy: "relations",
        message: "whose service AWS has ended",
    },
    {
        rule: "aws-deprecated-arguments",
        title: "AQUA, which Redshift has no more",
        change: (stack) => {
            stack.add({
                type: "aws:redshift/cluster:Cluster",
                name: "lone",
                inputs: { clusterIdentifier: "lone", nodeType: "ra3.large", aquaConfigurationStatus: "auto" },
            });
        },
        decidedBy: "relations",
        message: "has aquaConfigurationStatus",
    },
];

export const accepted: readonly Accepted[] = [
    {
        rule: "aws-policy-version",
        title: "the version before",
        change: (stack) => {
            const role = stack.find(ROLE);
            const policy = String(role.inputs.assumeRolePolicy);
            stack.set(role, "assumeRolePolicy", policy.replace("2012-10-17", "2008-10-17"));
        },
    },
    {
        rule: "aws-policy-version",
        title: "no version",
        change: (stack) => {
            stack.set(stack.find(KEY, "shop-key-key"), "policy", JSON.stringify({ Statement: [] }));
        },
    },
    {
        rule: "aws-tag-format",
        title: "any characters in tags of EC2 and of Auto Scaling",
        change: (stack) => {
            stack.set(stack.find("aws:ec2/vpc:Vpc"), "tags", { Name: "shop, & more (old)!", "a|b": "50 %" });
            stack.set(stack.find("aws:autoscaling/group:Group"), "tags[0].value", "shop, platform");
            stack.set(
                stack.find("aws:ec2/launchTemplate:LaunchTemplate"),
                "tagSpecifications[0].tags.Name",
                "web (blue), #2",
            );
        },
    },
    {
        rule: "aws-name-characters",
        title: "an alias that Pulumi names",
        change: (stack) => {
            stack.add({ type: "aws:kms/alias:Alias", name: "shop-other", inputs: { name: "" } });
        },
    },
    {
        rule: "aws-duplicate-names",
        title: "one name in two regions",
        change: (stack) => {
            stack.add({ type: TOPIC, name: "one", inputs: { name: "same", region: "us-east-1" } });
            stack.add({ type: TOPIC, name: "two", inputs: { name: "same", region: "eu-central-1" } });
        },
    },
    ...[
        abroad({ allowedAccountIds: '["444455556666"]' }),
        abroad({ allowedAccountIds: '["111122223333","444455556666"]' }),
        abroad({ allowedAccountIds: "" }),
        abroad({ assumeRoles: '[{"roleArn":"arn:aws:iam::111122223333:role/other"}]' }),
    ].map((provider, index): Accepted => ({
        rule: "aws-duplicate-names",
        title: `one role name by providers that may be of two accounts, ${index + 1}`,
        fixture: [provider],
        change: sameRole,
    })),
    {
        rule: "aws-duplicate-names",
        title: "one service name in two new clusters",
        fixture: services("shop", "back"),
        change: (stack) => {
            stack.set(stack.find(SERVICE, "second"), "name", "first");
        },
    },
    {
        rule: "aws-duplicate-names",
        title: "a schedule without a group",
        change: (stack) => {
            stack.add(schedule("nightly"));
        },
    },
    {
        rule: "aws-name-length",
        title: "a long domain of one's own",
        fixture: prefixDomain,
        change: (stack) => {
            stack.set(stack.find(DOMAIN), "domain", `${"s".repeat(60)}.example.com`);
            stack.set(
                stack.find(DOMAIN),
                "certificateArn",
                "arn:aws:acm:us-east-1:111122223333:certificate/0123",
            );
        },
    },
    {
        rule: "aws-name-characters",
        title: "a domain of one's own with AWS's name",
        fixture: prefixDomain,
        change: (stack) => {
            stack.set(stack.find(DOMAIN), "domain", "login.aws-partner.example.com");
            stack.set(
                stack.find(DOMAIN),
                "certificateArn",
                "arn:aws:acm:us-east-1:111122223333:certificate/0123",
            );
        },
    },
    {
        rule: "aws-arn-region",
        title: "the web ACL of a distribution, which is in us-east-1 wherever the stack is",
        stack: "prod-eu",
        change: (stack) => {
            stack.set(
                stack.find("aws:cloudfront/distribution:Distribution"),
                "webAclId",
                "arn:aws:wafv2:us-east-1:111122223333:global/webacl/shop/896ecffa-baed-4140-8be7-638532fd3b22",
            );
        },
    },
    {
        rule: "aws-arn-region",
        title: "an event bus of another region as a target",
        change: (stack) => {
            stack.set(
                stack.find(EVENT_TARGET),
                "arn",
                "arn:aws:events:eu-central-1:111122223333:event-bus/shop",
            );
        },
    },
    ...["aws-json-arguments", "aws-policy-version", "pulumi-stringified-output"].map((rule): Accepted => ({
        rule,
        title: "the policies of a new queue, topic and bucket, of which nothing is known",
        change: (stack) => {
            const owners = [
                ["aws:sqs/queuePolicy:QueuePolicy", "queueUrl"],
                ["aws:sns/topicPolicy:TopicPolicy", "arn"],
                ["aws:s3/bucketPolicy:BucketPolicy", "bucket"],
            ];
            for (const [type = "", owner = ""] of owners) {
                stack.add({ type, name: "new", inputs: { [owner]: UNKNOWN, policy: UNKNOWN } });
            }
        },
    })),
    {
        rule: "aws-arn-region",
        title: "a global database's source, and a policy",
        change: (stack) => {
            stack.set(
                stack.find(CLUSTER),
                "replicationSourceIdentifier",
                "arn:aws:rds:eu-central-1:111122223333:cluster:meridian-prod-eu",
            );
        },
    },
    {
        rule: "pulumi-stringified-output",
        title: "a word in a description, and in another word",
        change: (stack) => {
            stack.set(stack.find(TABLE), "tags", { note: "undefinedness", empty: "" });
            stack.set(stack.find(ROLE), "description", "What is undefined stays so");
        },
    },
    {
        rule: "pulumi-stringified-output",
        title: "a resource of which nothing but references is there",
        change: (stack) => {
            stack.add({
                type: "aws:ec2/routeTableAssociation:RouteTableAssociation",
                name: "association",
                inputs: { routeTableId: UNKNOWN, subnetId: UNKNOWN },
            });
        },
    },
    {
        rule: "aws-policy-version",
        title: "a lifecycle policy, which has no version",
        change: (stack) => {
            stack.set(
                stack.find("aws:ecr/lifecyclePolicy:LifecyclePolicy"),
                "policy",
                JSON.stringify({ rules: [] }),
            );
        },
    },
    {
        rule: "aws-name-length",
        title: "a prefix, which AWS completes",
        change: (stack) => {
            stack.add({
                type: TARGET_GROUP,
                name: "the-target-group-of-the-api",
                inputs: {
                    namePrefix: "api-",
                    port: 443,
                    protocol: "HTTPS",
                    vpcId: refTo("aws:ec2/vpc:Vpc", "shop-vpc-network"),
                },
            });
        },
    },
];
