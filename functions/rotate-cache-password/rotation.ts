import {
    DescribeUsersCommand,
    type ElastiCacheClient,
    ModifyUserCommand,
    type User,
} from "@aws-sdk/client-elasticache";

import {
    PUNCTUATION,
    rotateSecret,
    type RotationEvent,
    type Secrets,
    waitForPassword,
} from "../shared/secretRotation";
import { type Patience } from "../shared/waiting";

/** What a rotation works with. */
export interface CacheRotationTools {
    secrets: Secrets;
    elastiCache: Pick<ElastiCacheClient, "send">;
    patience: Patience;
}

/**
 * Carries out one step of a rotation of a user's password. The user keeps the password before: a user of ElastiCache has
 * up to two, so that clients which have not read the secret again go on working until the next rotation.
 *
 * @throws Error when the step cannot be done now. Secrets Manager tries again, and the old password stays current.
 */
export async function rotate(event: RotationEvent, tools: CacheRotationTools): Promise<void> {
    await rotateSecret(event, tools.secrets, {
        target: "the cache",
        // Letters and digits alone, which stand in URLs as they are; ElastiCache takes 16 to 128 characters.
        password: { length: 48, exclude: PUNCTUATION },
        next: (current) => Promise.resolve(current),
        set: async (pending, current) => {
            const userId = pending.username;
            const { Status: status } = await describe(userId, tools);
            if (status !== ACTIVE) {
                throw new Error(
                    `the user ${userId} is ${status ?? "unknown"}, and its password can be set when it is active`,
                );
            }
            await tools.elastiCache.send(
                new ModifyUserCommand({
                    UserId: userId,
                    AuthenticationMode: {
                        Type: "password",
                        Passwords: [pending.password, (await current()).password],
                    },
                }),
            );
        },
        test: async (pending) => {
            const { username } = await pending();
            await waitForPassword(() => passwordState(username, tools), tools.patience);
        },
    });
}

const ACTIVE = "active";

/** Whether the user has both passwords. */
async function passwordState(userId: string, tools: CacheRotationTools) {
    const { Status: status, Authentication: authentication } = await describe(userId, tools);
    const passwords = authentication?.PasswordCount ?? 0;
    return {
        inForce: status === ACTIVE && passwords === 2,
        state: `${userId} is ${status ?? "unknown"} with ${passwords} passwords`,
    };
}

async function describe(userId: string, { elastiCache }: CacheRotationTools): Promise<User> {
    const { Users: users } = await elastiCache.send(new DescribeUsersCommand({ UserId: userId }));
    const user = users?.[0];
    if (user === undefined) {
        throw new Error(`there is no user ${userId}`);
    }
    return user;
}
