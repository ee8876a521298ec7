import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { asSetting } from "../../shared/replacement";
import { DEFAULT_THROTTLING } from "../defaults";
import { type ApiDocument } from "../openApi/document";
import { type RestApiArgs, UnauthorizedCacheControl } from "./args";
import { type ApiStage } from "./stage";

/** All methods of a stage. */
const EVERY_METHOD = "*/*";

/**
 * Makes the settings of a stage, `<name>-settings`, and of each operation that has some of its own,
 * `<name>-settings-<operationId>`: metrics, log, limits, and whether answers are kept.
 */
export function methodSettings(
    name: string,
    args: RestApiArgs,
    document: ApiDocument,
    { api, stage }: ApiStage,
    logs: aws.cloudwatch.LogGroup,
    parent: pulumi.Resource,
): void {
    const own = document.operations.filter(({ operationId }) => args.operations?.[operationId] !== undefined);
    // One after the other: each changes the same stage, which refuses two changes at once.
    let before = set(
        `${name}-settings`,
        { args, api, stage, methodPath: EVERY_METHOD, settings: settingsOf(args) },
        // API Gateway makes the group by itself, without a key and for ever, where it finds none.
        [logs],
        parent,
    );
    for (const { operationId, method, path } of own) {
        before = set(
            `${name}-settings-${operationId}`,
            {
                args,
                api,
                stage,
                methodPath: methodPath(path, method),
                settings: settingsOf(args, args.operations?.[operationId]),
            },
            [before],
            parent,
        );
    }
}

/** How the API and the provider write a method: hashicorp/terraform-provider-aws, issue 9738. */
export function methodPath(path: string, method: string): string {
    return `${path.replaceAll("/", "~1")}/${method.toUpperCase()}`;
}

function set(
    name: string,
    {
        args,
        api,
        stage,
        methodPath,
        settings,
    }: ApiStage & {
        args: RestApiArgs;
        methodPath: string;
        settings: aws.types.input.apigateway.MethodSettingsSettings;
    },
    dependsOn: pulumi.Resource[],
    parent: pulumi.Resource,
): aws.apigateway.MethodSettings {
    return new aws.apigateway.MethodSettings(
        name,
        { region: args.region, restApi: api.id, stageName: stage.stageName, methodPath, settings },
        asSetting({ parent, dependsOn }),
    );
}

/** What holds for a method. What is left out of a method's own settings would be API Gateway's default, not the stage's. */
function settingsOf(
    { cache, throttling = DEFAULT_THROTTLING }: RestApiArgs,
    own: NonNullable<RestApiArgs["operations"]>[string] = {},
): aws.types.input.apigateway.MethodSettingsSettings {
    const limits = own.throttling ?? throttling;
    return {
        metricsEnabled: true,
        loggingLevel: "ERROR",
        // Whole requests and answers would be in the log.
        dataTraceEnabled: false,
        throttlingRateLimit: limits.rateLimit,
        throttlingBurstLimit: limits.burstLimit,
        cachingEnabled: own.cacheTtlSeconds !== undefined,
        ...(own.cacheTtlSeconds === undefined ? {} : { cacheTtlInSeconds: own.cacheTtlSeconds }),
        ...(cache === undefined
            ? {}
            : {
                  cacheDataEncrypted: true,
                  // Or anybody empties the cache with a header.
                  requireAuthorizationForCacheControl: true,
                  unauthorizedCacheControlHeaderStrategy:
                      cache.unauthorizedCacheControl ?? UnauthorizedCacheControl.Fail,
              }),
    };
}
