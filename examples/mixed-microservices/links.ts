import type * as pulumi from "@pulumi/pulumi";

import { HTTPS, linksIn } from "../shared/links";
import { type MixedFunctions } from "./functions";
import { DATABASE_PORT, type MixedNetworks } from "./network";
import { type MixedServices } from "./services";
import { type MixedSettings } from "./settings";
import { type MixedStores } from "./stores";

/** Lets services reach each other by the balancer inside, and each what it keeps data in. */
export function createLinks(
    { region }: MixedSettings,
    { main: { endpointSecurityGroupId } }: MixedNetworks,
    { cache, database }: MixedStores,
    { inside, services }: MixedServices,
    { catalogue }: MixedFunctions,
    opts: pulumi.ComponentResourceOptions,
): void {
    const link = linksIn(region, opts);
    const groups = Object.fromEntries(
        Object.entries(services).map(([name, { securityGroupId }]) => [name, securityGroupId]),
    );
    const only = (...names: string[]) =>
        Object.fromEntries(Object.entries(groups).filter(([name]) => names.includes(name)));
    const functions: Record<string, pulumi.Output<string>> = catalogue.securityGroupId === undefined
        ? {}
        : { catalogue: catalogue.securityGroupId };
    link("mixed-to-inside", groups, inside.securityGroupId, HTTPS, "Services to each other");
    link(
        "mixed-to-cache",
        { ...only("offers"), ...functions },
        cache.securityGroupId,
        CACHE_PORT,
        "Catalogue and offers to the cache",
    );
    if (database !== undefined) {
        link(
            "mixed-to-db",
            only("customers", "invoices"),
            database.securityGroupId,
            DATABASE_PORT,
            "Customers and invoices to the database",
        );
    }
    // The endpoints' names lead to private addresses: who is not let in there starts no task.
    link(
        "mixed-to-aws",
        { ...groups, ...functions },
        endpointSecurityGroupId,
        HTTPS,
        "AWS services by their endpoints in the network",
    );
}

/** Where Valkey listens. */
const CACHE_PORT = 6379;
