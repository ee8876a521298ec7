import { readFileSync } from "node:fs";
import * as path from "node:path";

import type * as pulumi from "@pulumi/pulumi";

import { RestApi } from "../../components/api";
import { type RegionalFoundation } from "../../components/operations";
import { ValidatedCertificate } from "../../components/security/certificate";
import { mergedDocument } from "../shared/openApi";
import { type MixedFunctions } from "./functions";
import { type Hosts } from "./hosts";
import { type MixedSettings } from "./settings";
import { type MixedUsers } from "./users";

/** The APIs of both versions, on one name. */
export interface MixedApis {
    readonly current: RestApi;
    readonly first: RestApi;
}

function documentOf(file: string): string {
    return readFileSync(path.join(__dirname, "../../functions", file), "utf8");
}

/**
 * Makes the API with what is current, which owns the name, and the API of the first version beside it: a rule of the name leads
 * what begins with `/v1` there, so that each is changed by itself.
 */
export function createApis(
    settings: MixedSettings,
    {
        foundation,
        functions,
        hosts,
        users,
    }: {
        readonly foundation: RegionalFoundation;
        readonly functions: MixedFunctions;
        readonly hosts: Hosts;
        readonly users: MixedUsers;
    },
    opts: pulumi.ComponentResourceOptions,
): MixedApis {
    const { region, accountId, hostedZoneId, peerRegion, logRetentionDays } = settings;
    const common = {
        region,
        accountId,
        authorizers: { users: { userPoolArns: [users.userPoolArn] } },
        kmsKeyArn: foundation.kmsKeyArn,
        logRetentionDays,
        alarmTopicArns: [foundation.alarmTopicArn],
        tags: { "data-classification": "confidential" },
    };
    const { catalogue, carrier, orders } = functions;
    const current = new RestApi(
        "mixed-api",
        {
            ...common,
            document: mergedDocument("Shop", [
                documentOf("catalogue/openapi.yaml"),
                documentOf("orders/openapi.v2.yaml"),
                documentOf("shipping-callback/openapi.yaml"),
            ]),
            integrations: {
                orders: { function: orders },
                catalogue: { function: catalogue, operations: ["/products", "/products/*"] },
                carrier: { function: carrier, operations: ["/shipments/*"] },
            },
            webAcl: {},
            domain: {
                domainName: hosts.api,
                routeByRules: true,
                ...(peerRegion === undefined
                    ? { hostedZoneId }
                    : {
                          certificateArn: new ValidatedCertificate(
                              "mixed-api-certificate",
                              { region, domainNames: [hosts.api], hostedZoneId },
                              opts,
                          ).certificateArn,
                      }),
            },
            route: { priority: 1000 },
        },
        opts,
    );
    const first = new RestApi(
        "mixed-api-v1",
        {
            ...common,
            document: documentOf("orders/openapi.v1.yaml"),
            integrations: { orders: { function: orders } },
            webAcl: {},
            route: { priority: 100, basePath: "v1", domainName: current.domainName ?? hosts.api },
        },
        opts,
    );
    return { current, first };
}
