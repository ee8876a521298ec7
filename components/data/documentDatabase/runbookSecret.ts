import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";

import { mergeTags } from "../../shared/tags";
import { signInSecret } from "../signInSecret";
import { type DocumentCopyRegion } from "./args";
import { type EngineArgs } from "./parts";
import { BY_RUNBOOK } from "./settings";

/** Makes the master user's first password, `<name>-master-password`. */
export function masterPassword(name: string, parent: pulumi.Resource): pulumi.Output<string> {
    return new random.RandomPassword(
        `${name}-master-password`,
        // DocumentDB refuses / " and @. Signs of URLs and shells are left out as well: the password is part of
        // connection strings in many programs.
        { length: 40, overrideSpecial: "-_.~", minLower: 4, minUpper: 4, minNumeric: 4, minSpecial: 2 },
        { parent },
    ).result;
}

/** Makes a secret of a database's whose value people replace by a runbook. */
export function runbookSecret(
    name: string,
    { args, settings, kmsKeyArn }: EngineArgs,
    own: { description: string; replicas?: readonly DocumentCopyRegion[] },
    parent: pulumi.Resource,
): aws.secretsmanager.Secret {
    return signInSecret(
        name,
        {
            ...own,
            region: args.region,
            kmsKeyArn,
            deletionProtection: settings.deletionProtection,
            tags: mergeTags(settings.tags, BY_RUNBOOK),
        },
        parent,
    );
}
