import { type Accepted, type FixtureResource, type Mutant, refTo } from "../../support/policies/mutation";

const USER = "aws:elasticache/user:User";
const CACHE = "aws:elasticache/replicationGroup:ReplicationGroup";
const PARAMETERS = "aws:elasticache/parameterGroup:ParameterGroup";
const SERVERLESS = "aws:elasticache/serverlessCache:ServerlessCache";
const FIREHOSE = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream";
const region = "us-east-1";

const users: readonly FixtureResource[] = [
    {
        type: USER,
        name: "web",
        inputs: {
            region,
            engine: "valkey",
            userId: "shop-web",
            userName: "shop-web",
            accessString: "on ~* +@read",
            authenticationMode: { type: "iam" },
        },
    },
    {
        type: USER,
        name: "worker",
        inputs: {
            region,
            engine: "valkey",
            userId: "shop-worker",
            userName: "worker",
            accessString: "on ~* +@read",
            authenticationMode: { type: "password", passwords: ["sixteen-letters!"] },
        },
    },
];

const cache: readonly FixtureResource[] = [
    {
        type: PARAMETERS,
        name: "sessions",
        inputs: { region, name: "sessions", family: "valkey8" },
    },
    {
        type: CACHE,
        name: "sessions",
        inputs: {
            region,
            replicationGroupId: "sessions",
            description: "Sessions",
            engine: "valkey",
            engineVersion: "8.2",
            parameterGroupName: refTo(PARAMETERS, "sessions"),
            transitEncryptionEnabled: true,
        },
    },
];

const serverless: readonly FixtureResource[] = [
    {
        type: SERVERLESS,
        name: "catalogue",
        inputs: {
            region,
            name: "catalogue",
            engine: "valkey",
            userGroupId: "shop-users",
            subnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1", "subnet-0123456789abcdef2"],
            snapshotRetentionLimit: 35,
        },
    },
];

const firehose: readonly FixtureResource[] = [
    {
        type: FIREHOSE,
        name: "clicks",
        inputs: {
            region,
            name: "clicks",
            destination: "extended_s3",
            extendedS3Configuration: {
                roleArn: "arn:aws:iam::111122223333:role/clicks",
                bucketArn: "arn:aws:s3:::clicks",
                prefix: "events/day=!{timestamp:yyyy-MM-dd}/",
                errorOutputPrefix: "failed/!{firehose:error-output-type}/",
                bufferingSize: 64,
                compressionFormat: "UNCOMPRESSED",
                dataFormatConversionConfiguration: { enabled: true },
            },
        },
    },
];

export const mutants: readonly Mutant[] = [
    {
        rule: "elasticache-users",
        title: "another id than name with IAM",
        fixture: users,
        change: (stack) => {
            stack.set(stack.find(USER, "web"), "userName", "web");
        },
        message: 'signs in with IAM, and has userId "shop-web" and userName "web"',
    },
    {
        rule: "elasticache-users",
        title: "three passwords",
        fixture: users,
        change: (stack) => {
            const password = "sixteen-letters!";
            stack.set(stack.find(USER, "worker"), "authenticationMode.passwords", [
                `${password}1`,
                `${password}2`,
                `${password}3`,
            ]);
        },
        message: "has 3 passwords; allowed: 1 to 2",
    },
    {
        rule: "elasticache-users",
        title: "a password of fifteen characters",
        fixture: users,
        change: (stack) => {
            stack.set(stack.find(USER, "worker"), "authenticationMode.passwords", ["fifteen-letters"]);
        },
        message: "has a password of 15 characters; allowed: 16 to 128",
    },
    {
        rule: "elasticache-users",
        title: "a password beside IAM",
        fixture: users,
        change: (stack) => {
            stack.set(stack.find(USER, "web"), "authenticationMode.passwords", ["sixteen-letters!"]);
        },
        message: 'has passwords, which the type "iam" takes none of',
    },
    {
        rule: "elasticache-parameter-group-family",
        title: "a new major version with the old group",
        fixture: cache,
        change: (stack) => {
            stack.set(stack.find(CACHE, "sessions"), "engineVersion", "9.0");
        },
        message: 'has family "valkey8", and sessions, which uses it, takes "valkey9"',
    },
    {
        rule: "elasticache-serverless-cache",
        title: "one subnet",
        fixture: serverless,
        change: (stack) => {
            stack.set(stack.find(SERVERLESS), "subnetIds", ["subnet-0123456789abcdef0"]);
        },
        message: "has 1 subnet; allowed: 2 or 3",
    },
    {
        rule: "elasticache-serverless-cache",
        title: "snapshots for more than five weeks",
        fixture: serverless,
        change: (stack) => {
            stack.set(stack.find(SERVERLESS), "snapshotRetentionLimit", 36);
        },
        message: "keeps 36 snapshots; allowed: 0 to 35",
    },
    {
        rule: "elasticache-serverless-cache",
        title: "users of Memcached",
        fixture: serverless,
        change: (stack) => {
            stack.set(stack.find(SERVERLESS), "engine", "memcached");
            stack.unset(stack.find(SERVERLESS), "snapshotRetentionLimit");
        },
        message: 'has engine "memcached" and userGroupId',
    },
    {
        rule: "firehose-delivery",
        title: "failures without a place",
        fixture: firehose,
        change: (stack) => {
            stack.unset(stack.find(FIREHOSE, "clicks"), "extendedS3Configuration.errorOutputPrefix");
        },
        message: "has a prefix with !{…} and no errorOutputPrefix",
    },
    {
        rule: "firehose-delivery",
        title: "Parquet in small files",
        fixture: firehose,
        change: (stack) => {
            stack.set(stack.find(FIREHOSE, "clicks"), "extendedS3Configuration.bufferingSize", 63);
        },
        message: "converts the format of records with bufferingSize 63; allowed: 64 or more",
    },
    {
        rule: "firehose-delivery",
        title: "partitions in small files, of the size that is left out",
        fixture: firehose,
        change: (stack) => {
            const stream = stack.find(FIREHOSE, "clicks");
            stack.unset(stream, "extendedS3Configuration.dataFormatConversionConfiguration");
            stack.unset(stream, "extendedS3Configuration.bufferingSize");
            stack.set(stream, "extendedS3Configuration.dynamicPartitioningConfiguration", { enabled: true });
        },
        message: "partitions by their content with bufferingSize 5; allowed: 64 or more",
    },
    {
        rule: "firehose-delivery",
        title: "Parquet that is compressed twice",
        fixture: firehose,
        change: (stack) => {
            stack.set(stack.find(FIREHOSE, "clicks"), "extendedS3Configuration.compressionFormat", "GZIP");
        },
        message: 'converts the format of records, and has compressionFormat "GZIP"',
    },
];

export const accepted: readonly Accepted[] = [
    {
        rule: "elasticache-parameter-group-family",
        title: "an old Redis, whose families have other names",
        fixture: cache,
        change: (stack) => {
            stack.set(stack.find(CACHE, "sessions"), "engine", "redis");
            stack.set(stack.find(CACHE, "sessions"), "engineVersion", "6.x");
            stack.set(stack.find(PARAMETERS, "sessions"), "family", "redis6.x");
        },
    },
    {
        rule: "firehose-delivery",
        title: "small files of records as they are",
        fixture: firehose,
        change: (stack) => {
            const stream = stack.find(FIREHOSE, "clicks");
            stack.unset(stream, "extendedS3Configuration.dataFormatConversionConfiguration");
            stack.set(stream, "extendedS3Configuration.bufferingSize", 5);
            stack.set(stream, "extendedS3Configuration.compressionFormat", "GZIP");
        },
    },
];
