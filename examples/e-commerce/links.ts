import type * as pulumi from "@pulumi/pulumi";

import { HTTPS, linksIn } from "../shared/links";
import { DATABASE_PORT, type ShopNetwork } from "./network";
import { SERVICE_NAMES } from "./serviceTable";
import { type ShopServices } from "./services";
import { type ShopSettings } from "./settings";

/** Lets the containers reach what they need, group by group. */
export function createLinks(
    { region }: ShopSettings,
    { databaseGroup, endpointSecurityGroupId }: ShopNetwork,
    { front, services }: ShopServices,
    catalogueGroupId: pulumi.Output<string> | undefined,
    opts: pulumi.ComponentResourceOptions,
): void {
    const link = linksIn(region, opts);
    const groups = Object.fromEntries(SERVICE_NAMES.map((name) => [name, services[name].securityGroupId]));
    link("commerce-to-db", groups, databaseGroup.id, DATABASE_PORT, "Services to the database");
    // The endpoints' names lead to private addresses: who is not let in there starts no task.
    link(
        "commerce-to-aws",
        {
            front: front.securityGroupId,
            ...groups,
            ...(catalogueGroupId === undefined ? {} : { catalogue: catalogueGroupId }),
        },
        endpointSecurityGroupId,
        HTTPS,
        "AWS services by their endpoints in the network",
    );
}
