/** Streams, clusters of Kafka and brokers. */
import { type Accepted, type FixtureResource, type Mutant } from "../../support/policies/mutation";
import { setting, unsetting } from "./settings";

const STREAM = "aws:kinesis/stream:Stream";
const FIREHOSE = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream";
const KAFKA = "aws:msk/cluster:Cluster";
const CONNECTOR = "aws:mskconnect/connector:Connector";
const BROKER = "aws:mq/broker:Broker";

const STREAMS: readonly FixtureResource[] = [
    {
        type: STREAM,
        name: "clicks",
        inputs: { encryptionType: "KMS", kmsKeyId: "alias/clicks", retentionPeriod: 168 },
    },
    {
        type: FIREHOSE,
        name: "clicks",
        inputs: { destination: "extended_s3", serverSideEncryption: { enabled: true } },
    },
    {
        type: KAFKA,
        name: "orders",
        inputs: {
            clusterName: "orders",
            kafkaVersion: "3.9.x",
            numberOfBrokerNodes: 3,
            encryptionInfo: { encryptionInTransit: { clientBroker: "TLS", inCluster: true } },
            clientAuthentication: { sasl: { iam: true }, unauthenticated: false },
            brokerNodeGroupInfo: {
                instanceType: "express.m7g.large",
                connectivityInfo: { publicAccess: { type: "DISABLED" } },
            },
        },
    },
    {
        type: CONNECTOR,
        name: "orders",
        inputs: { name: "orders", kafkaClusterEncryptionInTransit: { encryptionType: "TLS" } },
    },
    {
        type: BROKER,
        name: "legacy",
        inputs: {
            brokerName: "legacy",
            engineType: "ActiveMQ",
            hostInstanceType: "mq.m7g.medium",
            publiclyAccessible: false,
            logs: { audit: true, general: true },
        },
    },
];
const stream = { type: STREAM, name: "clicks", fixture: STREAMS };
const firehose = { type: FIREHOSE, name: "clicks", fixture: STREAMS };
const kafka = { type: KAFKA, name: "orders", fixture: STREAMS };
const connector = { type: CONNECTOR, name: "orders", fixture: STREAMS };
const broker = { type: BROKER, name: "legacy", fixture: STREAMS };
const TRANSIT = "encryptionInfo.encryptionInTransit";

export const mutants: readonly Mutant[] = [
    setting(stream, "kinesis-encryption", "off", "encryptionType", "NONE"),
    unsetting(stream, "kinesis-encryption", "left out", "encryptionType", {
        message: "encryptionType is not given",
    }),
    setting(firehose, "firehose-encryption", "off", "serverSideEncryption.enabled", false),
    unsetting(firehose, "firehose-encryption", "left out", "serverSideEncryption"),
    setting(kafka, "msk-encryption-in-transit", "clients may talk in plain", TRANSIT, {
        clientBroker: "TLS_PLAINTEXT",
        inCluster: true,
    }),
    setting(kafka, "msk-encryption-in-transit", "brokers talk in plain", `${TRANSIT}.inCluster`, false),
    unsetting(
        connector,
        "msk-encryption-in-transit",
        "a connector that leaves it out",
        "kafkaClusterEncryptionInTransit.encryptionType",
        { message: "encryptionType is not given" },
    ),
    setting(
        kafka,
        "msk-public-access",
        "public addresses",
        "brokerNodeGroupInfo.connectivityInfo.publicAccess.type",
        "SERVICE_PROVIDED_EIPS",
    ),
    setting(kafka, "msk-authentication", "everybody", "clientAuthentication.unauthenticated", true, {
        message: "unauthenticated is true",
    }),
    unsetting(kafka, "msk-authentication", "left out", "clientAuthentication", {
        message: "neither sasl nor tls",
    }),
    setting(broker, "mq-public-access", "a public address", "publiclyAccessible", true),
    setting(broker, "mq-audit-logs", "off", "logs.audit", false),
    unsetting(broker, "mq-audit-logs", "left out", "logs"),
];

export const accepted: readonly Accepted[] = [
    unsetting(kafka, "msk-encryption-in-transit", "left out, which is TLS", "encryptionInfo"),
    unsetting(kafka, "msk-public-access", "left out, which is none", "brokerNodeGroupInfo"),
    unsetting(broker, "mq-public-access", "left out, which is none", "publiclyAccessible"),
    {
        rule: "firehose-encryption",
        title: "a reader of a stream",
        fixture: STREAMS,
        change: (stack) => {
            const found = stack.find(FIREHOSE, "clicks");
            stack.unset(found, "serverSideEncryption");
            stack.set(found, "kinesisSourceConfiguration", { kinesisStreamArn: "arn", roleArn: "arn" });
        },
    },
    {
        rule: "mq-audit-logs",
        title: "RabbitMQ, which has none",
        fixture: STREAMS,
        change: (stack) => {
            const found = stack.find(BROKER, "legacy");
            stack.set(found, "engineType", "RabbitMQ");
            stack.set(found, "logs", { general: true });
        },
    },
];
