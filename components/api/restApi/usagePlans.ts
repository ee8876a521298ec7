import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { type TagsInput } from "../../shared/tags";
import { type RestApiArgs } from "./args";
import { type ApiStage } from "./stage";

/** Makes `<name>-<plan>-plan`, and for each of its keys `<name>-<plan>-<key>-key` and `<name>-<plan>-<key>-member`. */
export function usagePlans(
    name: string,
    { region, usagePlans: plans = {} }: RestApiArgs,
    { api, stage }: ApiStage,
    tags: TagsInput,
    parent: pulumi.Resource,
): pulumi.Output<Record<string, string>> {
    const ids = Object.entries(plans).flatMap(([plan, { keys, throttling, quota }]) => {
        const usagePlan = new aws.apigateway.UsagePlan(
            `${name}-${plan}-plan`,
            {
                region,
                apiStages: [{ apiId: api.id, stage: stage.stageName }],
                ...(throttling === undefined ? {} : { throttleSettings: throttling }),
                ...(quota === undefined ? {} : { quotaSettings: quota }),
                tags,
            },
            { parent },
        );
        return keys.map((key) => {
            const apiKey = new aws.apigateway.ApiKey(
                `${name}-${plan}-${key}-key`,
                { region, enabled: true, tags },
                { parent },
            );
            new aws.apigateway.UsagePlanKey(
                `${name}-${plan}-${key}-member`,
                { region, keyId: apiKey.id, keyType: "API_KEY", usagePlanId: usagePlan.id },
                { parent },
            );
            return [`${plan}/${key}`, apiKey.id] as const;
        });
    });
    return pulumi.output(Object.fromEntries(ids));
}
