import type * as pulumi from "@pulumi/pulumi";

import { HTTPS, linksIn } from "../shared/links";
import { type Fronts } from "./fronts";
import { DATABASE_PORT, type StoreNetwork } from "./network";
import { type StoreServices } from "./services";
import { SERVICE_NAMES, type ServiceName } from "./serviceTable";
import { type StoreSettings } from "./settings";
import { type Stores } from "./stores";

const CACHE_PORT = 6379;

/** Lets everybody reach what they need, group by group, and nobody anything else. */
export function createLinks(
    { region }: StoreSettings,
    network: StoreNetwork,
    stores: Stores,
    { balancer, services }: StoreServices,
    { frontSecurityGroupId: front, officeSecurityGroupId: office }: Fronts,
    opts: pulumi.ComponentResourceOptions,
): void {
    const link = linksIn(region, opts);
    const groups = (...names: readonly ServiceName[]): Record<string, pulumi.Output<string>> =>
        Object.fromEntries(
            names.flatMap((name) => {
                const service = services[name];
                return service === undefined ? [] : [[name, service.securityGroupId] as const];
            }),
        );
    const { catalogue, database, search, sessions } = stores;

    link(
        "store-to-services",
        { front, office },
        balancer.securityGroupId,
        HTTPS,
        "Front ends to the balancer of the services",
    );
    link(
        "store-to-sessions",
        { front, ...groups("carts", "users") },
        sessions.securityGroupId,
        CACHE_PORT,
        "Sessions of people",
    );
    link(
        "store-to-catalogue",
        groups("products"),
        catalogue.securityGroupId,
        CACHE_PORT,
        "Cache of the catalogue",
    );
    link("store-to-index", groups("search"), search.securityGroupId, HTTPS, "Search for products");
    if (database !== undefined) {
        link(
            "store-to-db",
            groups("orders", "users"),
            database.securityGroupId,
            DATABASE_PORT,
            "Users and orders",
        );
    }
    // The endpoints' names lead to private addresses: who is not let in there starts no task.
    link(
        "store-to-aws",
        { office, ...groups(...SERVICE_NAMES) },
        network.endpointSecurityGroupId,
        HTTPS,
        "AWS services by their endpoints in the network",
    );
}
