import type * as pulumi from "@pulumi/pulumi";

import { type TagsInput } from "../../shared/tags";
import { type UserDirectoryArgs } from "./args";

/** A pool and what is made for it. */
export interface Pool {
    readonly id: pulumi.Output<string>;
    readonly arn: pulumi.Output<string>;
}

/** What every part of the component is made with. */
export interface Maker {
    readonly parent: pulumi.ComponentResource;
    readonly name: string;
    readonly args: UserDirectoryArgs;
    readonly pool: Pool;
    readonly tags: TagsInput;
}

/** Where a pool, or its replica, is, and what is set for it alone. */
export interface PoolPlace {
    /** What the names of the children there begin with. */
    readonly prefix: string;
    readonly region: string;
    readonly arn: pulumi.Output<string>;
}
