import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { type TagsInput } from "../../shared/tags";
import { secretHeaderCondition } from "../applicationLoadBalancer";
import { type ServiceListenerRule, type TokenValidation } from "./balancerArgs";

/** What a listener's rule is made for. */
export interface ListenerRuleArgs {
    region: string;
    listenerArn: pulumi.Input<string>;
    rule: ServiceListenerRule;
    /** Both groups where deployments shift traffic. */
    groups: readonly [aws.lb.TargetGroup, aws.lb.TargetGroup?];
    tags: TagsInput;
}

/** Makes a rule that hands requests to a service. */
export function listenerRule(
    name: string,
    args: ListenerRuleArgs,
    opts: pulumi.CustomResourceOptions,
): aws.lb.ListenerRule {
    const { rule } = args;
    const [first, other] = args.groups;
    const rewrites = transforms(rule);
    return new aws.lb.ListenerRule(
        name,
        {
            region: args.region,
            listenerArn: args.listenerArn,
            priority: rule.priority,
            conditions: conditions(rule),
            ...(rewrites.length === 0 ? {} : { transforms: rewrites }),
            actions: [
                ...tokenActions(rule.tokenValidation),
                {
                    type: "forward",
                    order: rule.tokenValidation === undefined ? 1 : 2,
                    ...(other === undefined
                        ? { targetGroupArn: first.arn }
                        : {
                              // ECS finds both groups on the rule, or refuses the service.
                              forward: {
                                  targetGroups: [
                                      { arn: first.arn, weight: 100 },
                                      { arn: other.arn, weight: 0 },
                                  ],
                              },
                          }),
                },
            ],
            tags: args.tags,
        },
        // From the first deployment on ECS owns the weights. Without this each update would move live traffic back to
        // the tasks of some earlier deployment.
        other === undefined ? opts : { ...opts, ignoreChanges: ["actions"] },
    );
}

function conditions(rule: ServiceListenerRule): aws.types.input.lb.ListenerRuleCondition[] {
    const { hostHeaders, requiredHeader } = rule;
    return [
        { pathPattern: { values: rule.pathPatterns ?? ["/*"] } },
        ...(hostHeaders === undefined ? [] : [{ hostHeader: { values: hostHeaders } }]),
        ...(requiredHeader === undefined
            ? []
            : [secretHeaderCondition(requiredHeader.name, requiredHeader.values)]),
    ];
}

function transforms({
    rewrite,
    hostRewrite,
}: ServiceListenerRule): aws.types.input.lb.ListenerRuleTransform[] {
    return [
        ...(rewrite === undefined ? [] : [{ type: "url-rewrite", urlRewriteConfig: { rewrite } }]),
        ...(hostRewrite === undefined
            ? []
            : [{ type: "host-header-rewrite", hostHeaderRewriteConfig: { rewrite: hostRewrite } }]),
    ];
}

function tokenActions(tokens: TokenValidation | undefined): aws.types.input.lb.ListenerRuleAction[] {
    return tokens === undefined
        ? []
        : [
              {
                  type: "jwt-validation",
                  order: 1,
                  jwtValidation: {
                      issuer: tokens.issuer,
                      jwksEndpoint: tokens.jwksEndpoint,
                      additionalClaims: tokens.additionalClaims ?? [],
                  },
              },
          ];
}
