import * as pulumi from "@pulumi/pulumi";

import { type Permission, permissionsOf } from "../../security/permissions";

/** What IAM must let a role do that reads: `_search` is a POST. */
export function readPermissions(domainArn: pulumi.Input<string>): pulumi.Output<Permission[]> {
    return permissionsOf([
        {
            sid: "Search",
            actions: ["es:ESHttpGet", "es:ESHttpHead", "es:ESHttpPost"],
            resources: [pulumi.interpolate`${domainArn}/*`],
        },
    ]);
}

/** What IAM must let a role do that writes, beside reading. */
export function writePermissions(domainArn: pulumi.Input<string>): pulumi.Output<Permission[]> {
    return permissionsOf([
        {
            sid: "WriteDocuments",
            actions: ["es:ESHttpDelete", "es:ESHttpPatch", "es:ESHttpPost", "es:ESHttpPut"],
            resources: [pulumi.interpolate`${domainArn}/*`],
        },
    ]);
}
