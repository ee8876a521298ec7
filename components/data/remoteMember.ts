import type * as pulumi from "@pulumi/pulumi";

import { connectArn, parameterArns } from "./auroraMember/connection";
import { DEFAULT_APPLICATION_USER } from "./auroraMember/settings";

/** A member that applications of another region use. */
export interface RemoteMember {
    /** The AWS region of the applications, in which the connection parameters are. */
    region: string;
    /** The AWS region of the member. */
    memberRegion: string;
    accountId: string;
    parameterPrefix: string;
}

/** What an application without a member in its region must be allowed, to find the database and to sign in. */
export function remoteMemberAccess({ region, memberRegion, accountId, parameterPrefix }: RemoteMember): {
    readonly connectResourceArn: pulumi.Output<string>;
    readonly parameterArns: pulumi.Output<string[]>;
} {
    return {
        connectResourceArn: connectArn(memberRegion, accountId, DEFAULT_APPLICATION_USER),
        parameterArns: parameterArns(region, accountId, parameterPrefix),
    };
}
