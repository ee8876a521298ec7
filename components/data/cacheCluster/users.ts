import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";

import { asSetting } from "../../shared/replacement";
import { type TagsInput } from "../../shared/tags";
import { firstValue, signInSecret } from "../signInSecret";
import { CacheAuthentication, type CacheUser } from "./args";
import { ENGINE } from "./engine";

/** What the users of a cache are made from. */
export interface CacheUsersArgs {
    region: string;
    users: Readonly<Record<string, CacheUser>>;
    kmsKeyArn: pulumi.Input<string>;
    deletionProtection: boolean;
    tags: TagsInput;
}

/** The secret that keeps a user's password. */
export interface UserSecret {
    readonly arn: pulumi.Output<string>;
    /** The first password. Rotation replaces it in the secret and the cache, not here. */
    readonly password: pulumi.Output<string>;
    /** The secret's first version. */
    readonly value: aws.secretsmanager.SecretVersion;
}

/** A user that is there. */
export interface MadeUser {
    /** The name that the caller gave it. */
    readonly key: string;
    /** Name that it signs in with. */
    readonly userName: string;
    readonly arn: pulumi.Output<string>;
    /** None with IAM. */
    readonly secret?: UserSecret;
    readonly resource: aws.elasticache.User;
}

/** The users of a cache, and the group that a cache takes. */
export interface CacheUsers {
    readonly users: readonly MadeUser[];
    readonly groupId: pulumi.Output<string>;
}

// INFO is among the dangerous commands, and what clients ask first.
const DEFAULT_ACCESS = "on ~* +@all -@dangerous +info";

/** The id of a user, which is its name too: a user that signs in with IAM must have both alike. */
export function userIdOf(name: string, key: string): string {
    return `${name}-${key}`;
}

/** Makes the users of a cache and their group. */
export function createUsers(name: string, args: CacheUsersArgs, parent: pulumi.Resource): CacheUsers {
    const { region, tags } = args;
    const users = Object.entries(args.users)
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([key, user]) => createUser(name, key, user, args, parent));
    const group = new aws.elasticache.UserGroup(
        `${name}-users`,
        {
            region,
            engine: ENGINE,
            userGroupId: `${name}-users`,
            userIds: users.map(({ resource }) => resource.userId),
            tags,
        },
        // Its id is its name, and taken as long as the old one is there.
        asSetting({ parent }),
    );
    return { users, groupId: group.userGroupId };
}

function createUser(
    name: string,
    key: string,
    user: CacheUser,
    args: CacheUsersArgs,
    parent: pulumi.Resource,
): MadeUser {
    const { region, tags } = args;
    const child = `${name}-user-${key}`;
    const userName = userIdOf(name, key);
    const secret =
        user.authentication === CacheAuthentication.Password
            ? createSecret(child, userName, args, parent)
            : undefined;
    const resource = new aws.elasticache.User(
        child,
        {
            region,
            engine: ENGINE,
            userId: userName,
            userName,
            accessString: user.accessString ?? DEFAULT_ACCESS,
            // ElastiCache tells nobody which passwords there are, so what rotation sets is no change here.
            authenticationMode:
                secret === undefined ? { type: "iam" } : { type: "password", passwords: [secret.password] },
            tags,
        },
        asSetting({ parent }),
    );
    return {
        key,
        userName,
        arn: resource.arn,
        resource,
        ...(secret === undefined ? {} : { secret }),
    };
}

function createSecret(
    child: string,
    userName: string,
    { region, kmsKeyArn, deletionProtection, tags }: CacheUsersArgs,
    parent: pulumi.Resource,
): UserSecret {
    const password = new random.RandomPassword(
        `${child}-password`,
        // ElastiCache takes 16 to 128 characters. Letters and digits alone stand in URLs as they are.
        { length: 48, special: false, minLower: 4, minUpper: 4, minNumeric: 4 },
        { parent },
    );
    const secret = signInSecret(
        `${child}-secret`,
        {
            ...{ region, kmsKeyArn, deletionProtection, tags },
            description: `Sign-in of the cache user ${userName}`,
        },
        parent,
    );
    const value = firstValue(
        `${child}-value`,
        {
            region,
            secretArn: secret.arn,
            secretString: pulumi.jsonStringify({ username: userName, password: password.result }),
        },
        parent,
    );
    return { arn: secret.arn, password: password.result, value };
}
