/** File systems, transfer of files, and migration of data. */
import { type Accepted, type FixtureResource, type Mutant, refTo } from "../../support/policies/mutation";
import { ACCOUNT, policyOf, type StatementText } from "./documents";
import { setting, unsetting } from "./settings";

const FILES = "aws:efs/fileSystem:FileSystem";
const POLICY = "aws:efs/fileSystemPolicy:FileSystemPolicy";
const POINT = "aws:efs/accessPoint:AccessPoint";
const SERVER = "aws:transfer/server:Server";
const REPLICATION = "aws:dms/replicationInstance:ReplicationInstance";
const ENDPOINT = "aws:dms/endpoint:Endpoint";

const DENY: StatementText = {
    Effect: "Deny",
    Principal: { AWS: "*" },
    Action: "*",
    Condition: { Bool: { "aws:SecureTransport": "false" } },
};
const ALLOW: StatementText = {
    Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
    Action: "elasticfilesystem:ClientMount",
};

const PLACES: readonly FixtureResource[] = [
    { type: FILES, name: "media", inputs: { encrypted: true }, options: { protect: true } },
    {
        type: POLICY,
        name: "media",
        inputs: { fileSystemId: refTo(FILES, "media"), policy: policyOf(ALLOW, DENY) },
    },
    {
        type: POINT,
        name: "media",
        inputs: {
            fileSystemId: refTo(FILES, "media"),
            rootDirectory: { path: "/media" },
            posixUser: { uid: 1000, gid: 1000 },
        },
    },
    {
        type: SERVER,
        name: "suppliers",
        inputs: { endpointType: "VPC", protocols: ["SFTP"] },
    },
    {
        type: REPLICATION,
        name: "move",
        inputs: {
            replicationInstanceId: "move",
            replicationInstanceClass: "dms.t3.medium",
            publiclyAccessible: false,
        },
    },
    {
        type: ENDPOINT,
        name: "orders",
        inputs: {
            endpointId: "orders",
            endpointType: "source",
            engineName: "postgres",
            sslMode: "verify-full",
        },
    },
    {
        type: ENDPOINT,
        name: "baskets",
        inputs: {
            endpointId: "baskets",
            endpointType: "target",
            engineName: "redis",
            redisSettings: { authType: "auth-token", serverName: "baskets", port: 6379 },
        },
    },
    {
        type: ENDPOINT,
        name: "events",
        inputs: {
            endpointId: "events",
            endpointType: "target",
            engineName: "kafka",
            kafkaSettings: { broker: "events:9094", securityProtocol: "ssl-encryption" },
        },
    },
    {
        type: ENDPOINT,
        name: "catalogue",
        inputs: {
            endpointId: "catalogue",
            endpointType: "source",
            engineName: "mongodb",
            sslMode: "require",
            mongodbSettings: { authType: "password" },
        },
    },
];
const of = (type: string, name: string) => ({ type, name, fixture: PLACES });
const files = of(FILES, "media");
const policy = of(POLICY, "media");
const point = of(POINT, "media");
const server = of(SERVER, "suppliers");
const orders = of(ENDPOINT, "orders");

export const mutants: readonly Mutant[] = [
    setting(files, "efs-encryption", "off", "encrypted", false),
    unsetting(files, "efs-encryption", "left out", "encrypted", { message: "encrypted is not given" }),
    setting(policy, "efs-tls-only", "no denial", "policy", policyOf(ALLOW), {
        message: "does not deny",
    }),
    setting(
        policy,
        "efs-tls-only",
        "a denial for some",
        "policy",
        policyOf(ALLOW, {
            ...DENY,
            Condition: { Bool: { "aws:SecureTransport": "false", "aws:ViaAWSService": "true" } },
        }),
    ),
    {
        rule: "efs-tls-only",
        title: "no policy",
        fixture: PLACES,
        decidedBy: "relations",
        change: (stack) => {
            stack.remove(stack.find(POLICY, "media"));
        },
        message: "has no policy",
    },
    setting(point, "efs-access-points", "the whole file system", "rootDirectory.path", "/"),
    unsetting(point, "efs-access-points", "no folder", "rootDirectory"),
    unsetting(point, "efs-access-points", "any identity", "posixUser", {
        message: "posixUser is not given",
        decidedBy: "relations",
    }),
    setting(server, "transfer-protocols", "FTP", "protocols", ["SFTP", "FTP"]),
    setting(server, "transfer-public-endpoint", "public", "endpointType", "PUBLIC"),
    unsetting(server, "transfer-public-endpoint", "left out", "endpointType"),
    setting(of(REPLICATION, "move"), "dms-public-access", "a public address", "publiclyAccessible", true),
    setting(orders, "dms-endpoint-tls", "off", "sslMode", "none"),
    unsetting(orders, "dms-endpoint-tls", "left out", "sslMode", { message: "sslMode is not given" }),
    setting(
        of(ENDPOINT, "baskets"),
        "dms-endpoint-tls",
        "Redis in plain",
        "redisSettings.sslSecurityProtocol",
        "plaintext",
    ),
    unsetting(of(ENDPOINT, "events"), "dms-endpoint-tls", "Kafka in plain", "kafkaSettings.securityProtocol"),
    setting(
        of(ENDPOINT, "catalogue"),
        "dms-endpoint-authentication",
        "MongoDB without a password",
        "mongodbSettings.authType",
        "no",
    ),
    setting(
        of(ENDPOINT, "baskets"),
        "dms-endpoint-authentication",
        "Redis without a password",
        "redisSettings.authType",
        "none",
    ),
];

export const accepted: readonly Accepted[] = [
    setting(
        policy,
        "efs-tls-only",
        "mounting alone denied",
        "policy",
        policyOf(ALLOW, { ...DENY, Principal: "*", Action: "elasticfilesystem:ClientMount" }),
    ),
    unsetting(server, "transfer-protocols", "left out, which is SFTP", "protocols"),
    unsetting(of(REPLICATION, "move"), "dms-public-access", "left out", "publiclyAccessible"),
    {
        rule: "dms-endpoint-tls",
        title: "a bucket, which always speaks TLS",
        fixture: PLACES,
        change: (stack) => {
            const found = stack.find(ENDPOINT, "orders");
            stack.set(found, "engineName", "s3");
            stack.unset(found, "sslMode");
        },
    },
];
