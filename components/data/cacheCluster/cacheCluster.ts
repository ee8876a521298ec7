import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { ownSecurityGroup } from "../../network";
import { classified, DataClassification } from "../../security/dataClassification";
import { type Permission } from "../../security/permissions";
import { checkArguments } from "../../shared/argumentTable";
import { checkNameLength } from "../../shared/names";
import { type TagsInput } from "../../shared/tags";
import { Problems } from "../../shared/validation";
import { DEFAULT_MAINTENANCE_HOUR } from "../auroraGlobal/windows";
import { createNodeAlarms, createServerlessAlarms } from "./alarms";
import { type CacheClusterArgs, CacheMode, CachePurpose } from "./args";
import { CACHE_PORT, DEFAULT_VERSION } from "./engine";
import { createNodes } from "./nodes";
import { userPermissions } from "./permissions";
import { rotatePasswords } from "./rotation";
import { createServerless } from "./serverless";
import { ARGUMENTS } from "./table";
import { type CacheUsers, createUsers, userIdOf } from "./users";

export {
    CacheAuthentication,
    type CacheClusterArgs,
    CacheMode,
    CachePurpose,
    type CacheUser,
    type ServerlessLimits,
} from "./args";

const PASSWORD_ROTATION_DAYS = 30;
const LOG_RETENTION_DAYS = 365;

/**
 * A Valkey cache of Amazon ElastiCache, serverless or of nodes, that speaks TLS alone and knows its users by IAM or by
 * a password in Secrets Manager. It lets nobody in by itself: a SecurityGroupConnection says who may.
 *
 * Children: `<name>-security-group`, `<name>-users`, `<name>-user-<user>`, per user with a password
 * `<name>-user-<user>-password`, `-secret`, `-value`, `-rotation-permission` and `-rotation-schedule`, and for all of them
 * `<name>-rotation` with its `-role`, `-logs`, `-policy` and `-errors`, and `<name>-dead-letters`; `<name>-cache`, for nodes `<name>-parameters-<version>`,
 * `<name>-subnets` and `<name>-logs`; alarms `<name>-engine-cpu`, `-memory`, `-evictions` and `-replication-lag`, or
 * `<name>-throttled`, `-evictions`, `-storage` and `-processing-units`.
 */
export class CacheCluster extends pulumi.ComponentResource {
    /** Host name of the endpoint for reading and writing. */
    readonly endpoint: pulumi.Output<string>;
    /** Host name of the endpoint that spreads readers over the replicas, on the same port. Of nodes alone. */
    readonly readerEndpoint?: pulumi.Output<string>;
    /** Port of the endpoints. */
    readonly port: pulumi.Output<number>;
    /** Name of the cache, which a token of IAM is signed for. */
    readonly cacheName: pulumi.Output<string>;
    /** ARN of the cache. */
    readonly cacheArn: pulumi.Output<string>;
    /** Id of the security group that the cache wears. */
    readonly securityGroupId: pulumi.Output<string>;
    /** What it takes to sign in as any of the users with IAM. */
    readonly connectPermissions: pulumi.Output<Permission[]>;
    /** What it takes to sign in as one user, by the user's name: with IAM, or by reading its secret. */
    readonly userPermissions: pulumi.Output<Record<string, Permission[]>>;
    /** What each user calls itself to the cache, by the user's name. */
    readonly userNames: pulumi.Output<Record<string, string>>;
    /**
     * ARNs of the secrets of users with a password, by the user's name. Each holds JSON with `username` and
     * `password`.
     */
    readonly userSecretArns: pulumi.Output<Record<string, string>>;

    /**
     * @param name Begins the names of all children.
     * @throws pulumi.InputPropertiesError that names every bad argument, before anything is registered, the component
     * included.
     */
    constructor(name: string, args: CacheClusterArgs, opts?: pulumi.ComponentResourceOptions) {
        args = validate(name, args);
        super("meridian:index:CacheCluster", name, args, opts);
        const { region, kmsKeyArn } = args;
        const tags = classified(DataClassification.Confidential, args.tags);

        const group = ownSecurityGroup(
            name,
            { region, vpcId: args.vpcId, description: `The cache ${name}`, tags },
            this,
        );
        const deletionProtection = args.deletionProtection ?? true;
        const users = createUsers(name, { ...args, deletionProtection, tags }, this);
        const cache = makeCache(this, name, args, { group, users, tags });
        rotatePasswords(
            name,
            {
                ...{ region, accountId: args.accountId, kmsKeyArn, tags },
                users: users.users,
                days: args.passwordRotationDays ?? PASSWORD_ROTATION_DAYS,
                logRetentionDays: args.logRetentionDays ?? LOG_RETENTION_DAYS,
                topicArns: args.alarmTopicArns,
            },
            this,
        );

        const permissions = users.users.map(
            (user) => [user, userPermissions(user, { region, kmsKeyArn, cacheArn: cache.arn })] as const,
        );
        this.endpoint = cache.endpoint;
        if (cache.readerEndpoint !== undefined) {
            this.readerEndpoint = cache.readerEndpoint;
        }
        this.port = pulumi.output(CACHE_PORT);
        this.cacheName = cache.id;
        this.cacheArn = cache.arn;
        this.securityGroupId = group.id;
        this.connectPermissions = pulumi
            .all(permissions.filter(([user]) => user.secret === undefined).map(([, given]) => given))
            .apply((lists) => lists.flat());
        this.userPermissions = pulumi.output(
            Object.fromEntries(permissions.map(([user, given]) => [user.key, given])),
        );
        this.userNames = pulumi.output(
            Object.fromEntries(users.users.map(({ key, userName }) => [key, userName])),
        );
        this.userSecretArns = pulumi.output(
            Object.fromEntries(
                users.users.flatMap(({ key, secret }) => (secret === undefined ? [] : [[key, secret.arn]])),
            ),
        );
        this.registerOutputs({
            endpoint: this.endpoint,
            ...(this.readerEndpoint === undefined ? {} : { readerEndpoint: this.readerEndpoint }),
            port: this.port,
            cacheName: this.cacheName,
            cacheArn: this.cacheArn,
            securityGroupId: this.securityGroupId,
            connectPermissions: this.connectPermissions,
            userPermissions: this.userPermissions,
            userNames: this.userNames,
            userSecretArns: this.userSecretArns,
        });
    }
}

/** How a cache of either mode shows itself. */
interface MadeCache {
    readonly id: pulumi.Output<string>;
    readonly arn: pulumi.Output<string>;
    readonly endpoint: pulumi.Output<string>;
    readonly readerEndpoint?: pulumi.Output<string>;
}

interface Surroundings {
    readonly group: aws.ec2.SecurityGroup;
    readonly users: CacheUsers;
    readonly tags: TagsInput;
}

function makeCache(
    parent: CacheCluster,
    name: string,
    args: CacheClusterArgs,
    { group, users, tags }: Surroundings,
): MadeCache {
    const { region, purpose, alarmTopicArns: topicArns } = args;
    const isStore = purpose === CachePurpose.SessionStore;
    const snapshotTime = args.snapshotTime ?? "03:00";
    const common = {
        region,
        description: `${name}: ${isStore ? "sessions" : "a cache"}`,
        subnetIds: args.subnetIds,
        securityGroupId: group.id,
        userGroupId: users.groupId,
        engineVersion: args.engineVersion ?? DEFAULT_VERSION,
        snapshotRetentionDays: args.snapshotRetentionDays ?? (isStore ? 7 : 1),
        kmsKeyArn: args.kmsKeyArn,
        deletionProtection: args.deletionProtection ?? true,
        tags,
    };
    if (args.mode === CacheMode.Serverless) {
        const limits = args.serverlessLimits;
        const cache = createServerless(name, { ...common, limits, snapshotTime }, parent);
        if (topicArns !== undefined) {
            const watched = { region, cacheId: cache.name, purpose, limits, topicArns, tags };
            createServerlessAlarms(name, watched, parent);
        }
        const endpoint = cache.endpoints.apply(([first]) => first?.address ?? "");
        return { id: cache.name, arn: cache.arn, endpoint };
    }
    const replicaCount = args.replicaCount ?? 1;
    const nodes = createNodes(
        name,
        {
            ...common,
            purpose,
            nodeType: args.nodeType ?? "",
            replicaCount,
            snapshotWindow: `${snapshotTime}-${anHourAfter(snapshotTime)}`,
            maintenanceWindow: args.maintenanceWindow ?? DEFAULT_MAINTENANCE_HOUR,
            logRetentionDays: args.logRetentionDays ?? LOG_RETENTION_DAYS,
        },
        parent,
    );
    const id = nodes.replicationGroupId;
    if (topicArns !== undefined) {
        const watched = { region, cacheId: id, purpose, nodeCount: replicaCount + 1, topicArns, tags };
        createNodeAlarms(name, watched, parent);
    }
    const { arn, primaryEndpointAddress: endpoint, readerEndpointAddress: readerEndpoint } = nodes;
    return { id, arn, endpoint, readerEndpoint };
}

/** The shortest window that ElastiCache makes snapshots in. */
function anHourAfter(time: string): string {
    const [hour = "", minute = ""] = time.split(":");
    return `${String((Number(hour) + 1) % 24).padStart(2, "0")}:${minute}`;
}

// Amazon ElastiCache API Reference, CreateUser and CreateUserGroup, whose ids end at 40 characters.
const USER_ID_MAX = 40;

function validate(name: string, given: CacheClusterArgs): CacheClusterArgs {
    const problems = new Problems("meridian:index:CacheCluster", name);
    const args = checkArguments(problems, given, ARGUMENTS);
    problems.check(
        /^[a-z](?:-?[a-z0-9])*$/.test(problems.name),
        "name",
        name,
        "lower-case letters, digits and single hyphens, a letter first, because the cache is called after it",
    );
    checkNameLength(
        problems,
        "name",
        `${problems.name}-cache`,
        "aws:elasticache/replicationGroup:ReplicationGroup",
    );
    for (const key of Object.keys(args.users)) {
        const userId = userIdOf(problems.name, key);
        problems.check(
            userId.length <= USER_ID_MAX && !userId.includes("--"),
            `users["${key}"]`,
            userId,
            `at most ${USER_ID_MAX} characters together with the component's name, without two hyphens in a row`,
        );
    }
    problems.throwIfAny();
    return args;
}
