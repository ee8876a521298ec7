import type * as aws from "@pulumi/aws";

import { type EventBusArgs, type EventBusRule } from "./args";

/** A rule with the bus that it is on. */
export interface RulePlace extends EventBusArgs {
    readonly bus: aws.cloudwatch.EventBus;
    readonly rule: EventBusRule;
}
