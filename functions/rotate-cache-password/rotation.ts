import {
    DescribeUsersCommand,
    type ElastiCacheClient,
    ModifyUserCommand,
    type User,
} from "@aws-sdk/client-elasticache";

import { PUNCTUATION, rotateSecret, type RotationEvent, type Secrets } from "../shared/secretRotation";
import { type Patience, waitFor } from "../shared/waiting";

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
        test: async (pending) => waitForPassword((await pending()).username, tools),
    });
}

const ACTIVE = "active";

/** Waits until ElastiCache has taken the password over. Signing in would need a network path that this function has not. */
async function waitForPassword(userId: string, tools: CacheRotationTools): Promise<void> {
    // ElastiCache takes a moment to show that it has begun, and until then it looks as if it were done.
    await tools.patience.sleep(tools.patience.pause);
    let last = "";
    await waitFor(
        async () => {
            const user = await describe(userId, tools);
            const passwords = user.Authentication?.PasswordCount ?? 0;
            last = `${userId} is ${user.Status ?? "unknown"} with ${passwords} passwords`;
            return user.Status === ACTIVE && passwords === 2 ? user : undefined;
        },
        tools.patience,
        () => `the new password is not in force yet: ${last}`,
    );
}

async function describe(userId: string, { elastiCache }: CacheRotationTools): Promise<User> {
    const { Users: users } = await elastiCache.send(new DescribeUsersCommand({ UserId: userId }));
    const user = users?.[0];
    if (user === undefined) {
        throw new Error(`there is no user ${userId}`);
    }
    return user;
}
