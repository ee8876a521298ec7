import { readFileSync } from "node:fs";
import * as path from "node:path";

import type * as pulumi from "@pulumi/pulumi";

import { RestApi } from "../../components/api";
import { type RegionalFoundation } from "../../components/operations";
import { Exposure } from "../../components/shared/exposure";
import { HTTPS, linksIn } from "../shared/links";
import { mergedDocument } from "../shared/openApi";
import { type OriginHeader } from "../shared/originHeader";
import { type ShopFunctions } from "./functions";
import { apiCertificate, type Hosts } from "./names";
import { type ShopNetwork } from "./network";
import { type ShopServices } from "./services";
import { FUNCTION_NAMES, type FunctionName } from "./serviceTable";
import { type ShopSettings } from "./settings";
import { type ShopUsers } from "./users";

/** What each function answers. */
const PATHS: Readonly<Record<FunctionName, string>> = {
    catalogue: "/products",
    cart: "/cart",
    sessions: "/sessions",
};

/** The API's document: what the functions and the services say of themselves, in one. */
function apiDocument(): string {
    const read = (file: string) => readFileSync(path.join(__dirname, file), "utf8");
    return mergedDocument("Shop", [
        ...FUNCTION_NAMES.map((name) => read(`../../functions/${name}/openapi.yaml`)),
        read("services.openapi.yaml"),
    ]);
}

/**
 * Makes the API: it looks at tokens, routes by path to functions and to the balancer of the services, and takes requests that
 * the distribution sends, and no others.
 */
export function createApi(
    settings: ShopSettings,
    {
        foundation,
        network,
        functions: { functions },
        services,
        users,
        hosts,
        header,
    }: {
        readonly foundation: RegionalFoundation;
        readonly network: ShopNetwork;
        readonly functions: ShopFunctions;
        readonly services: ShopServices;
        readonly users: ShopUsers;
        readonly hosts: Hosts;
        readonly header: OriginHeader;
    },
    opts: pulumi.ComponentResourceOptions,
): RestApi {
    const { region, accountId } = settings;
    const { tiers } = network;
    const below = (path: string) => [path, `${path}/*`];
    const api = new RestApi(
        "commerce-api",
        {
            region,
            accountId,
            document: apiDocument(),
            integrations: {
                ...Object.fromEntries(
                    FUNCTION_NAMES.map((name) => {
                        const { functionName, aliasName } = functions[name];
                        return [
                            name,
                            { function: { functionName, aliasName }, operations: below(PATHS[name]) },
                        ];
                    }),
                ),
                // What no function answers.
                services: {
                    balancer: {
                        loadBalancerArn: services.balancer.loadBalancerArn,
                        serverName: hosts.services,
                    },
                },
            },
            authorizers: { users: { userPoolArns: [users.userPoolArn] } },
            network: {
                vpcId: tiers.vpcId,
                subnetIds: settings.availabilityZones.map((_, zone) =>
                    tiers.apiSubnetIds.apply((ids) => ids[zone] ?? ""),
                ),
            },
            domain: {
                domainName: hosts.api,
                certificateArn: apiCertificate(settings, hosts, opts).certificateArn,
                basePath: "api",
            },
            webAcl: {
                exposure: Exposure.CloudFront,
                requiredHeader: { name: header.name, values: [header.value] },
            },
            kmsKeyArn: foundation.kmsKeyArn,
            logRetentionDays: settings.logRetentionDays,
            alarmTopicArns: [foundation.alarmTopicArn],
            tags: { "data-classification": "confidential" },
        },
        // Its stage writes logs by a role that the account has once, which is the foundation's.
        { ...opts, dependsOn: [foundation] },
    );
    if (api.securityGroupId !== undefined) {
        linksIn(region, opts)(
            "commerce-api-to-services",
            { api: api.securityGroupId },
            services.balancer.securityGroupId,
            HTTPS,
            "API to the balancer of the services",
        );
    }
    return api;
}
