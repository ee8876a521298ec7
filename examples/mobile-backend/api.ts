import { readFileSync } from "node:fs";
import * as path from "node:path";

import type * as pulumi from "@pulumi/pulumi";

import { RestApi } from "../../components/api";
import { type RegionalFoundation } from "../../components/operations";
import { type BackendFunctions } from "./functions";
import { type Hosts } from "./hosts";
import { type BackendSettings } from "./settings";
import { type BackendUsers } from "./users";

/** What may be kept in the cache, for the user who asked and nobody else. */
const CACHED = ["listTodos", "getTodo"];

/** Makes the API: it looks at tokens, answers from its cache where it has one, and asks the function else. */
export function createApi(
    settings: BackendSettings,
    foundation: RegionalFoundation,
    { todos }: BackendFunctions,
    users: BackendUsers,
    hosts: Hosts,
    opts: pulumi.ComponentResourceOptions,
): RestApi {
    const { region, accountId, cacheTtlSeconds, hostedZoneId } = settings;
    const { functionName, aliasName } = todos;
    const sizeGb = Number(settings.cacheSizeGb);
    return new RestApi(
        "mobile-api",
        {
            region,
            accountId,
            document: readFileSync(path.join(__dirname, "../../functions/todos/openapi.yaml"), "utf8"),
            integrations: { todos: { function: { functionName, aliasName } } },
            authorizers: { users: { userPoolArns: users.userPoolArns } },
            ...(sizeGb === 0
                ? {}
                : {
                      cache: { sizeGb },
                      operations: Object.fromEntries(
                          CACHED.map((operation) => [operation, { cacheTtlSeconds }]),
                      ),
                  }),
            cors: {
                allowOrigins: [`https://${hosts.client}`],
                allowHeaders: ["authorization", "content-type", "if-match"],
            },
            domain: { domainName: hosts.api, hostedZoneId },
            kmsKeyArn: foundation.kmsKeyArn,
            logRetentionDays: settings.logRetentionDays,
            alarmTopicArns: [foundation.alarmTopicArn],
            tags: { "data-classification": "confidential" },
        },
        opts,
    );
}
