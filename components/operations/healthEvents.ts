import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import {
    input,
    isCount,
    isEachOnce,
    list,
    oneOf,
    region,
    required,
    tags,
    text,
    textWhere,
    topicArn,
    unless,
} from "../shared/argumentRules";
import { type ArgumentTable, checkArguments } from "../shared/argumentTable";
import { checkNameLength } from "../shared/names";
import { type TagsInput } from "../shared/tags";
import { isRegion, Problems } from "../shared/validation";
import { remoteAlarmTopic, type RemoteAlarmTopicArgs } from "./edgeAlarmTopic";
import { tellTopic, watch } from "./events";

/** What kind of thing AWS Health tells of. Source: AWS Health API Reference, Event, eventTypeCategory. */
export enum HealthEventCategory {
    /** Something does not work, or works badly. */
    Issue = "issue",
    /** AWS looks into something that may become an issue. */
    Investigation = "investigation",
    /** AWS will change something on a certain day, such as an instance that must move. */
    ScheduledChange = "scheduledChange",
    /** Anything else about the account. */
    AccountNotification = "accountNotification",
}

/** Arguments of HealthEvents. */
export interface HealthEventsArgs {
    /** The AWS region of the rule, to whose event bus AWS Health delivers. */
    region: string;
    /** ARN of the topic to tell, in the same region. Its policy and key must let EventBridge publish. */
    topicArn: pulumi.Input<string>;
    /**
     * Whose events: AWS regions, and `global` for those of services that are in no region, such as IAM. AWS Health delivers a
     * region's events to that region and to its backup region, which is us-west-2 for every other region and us-east-1 for
     * us-west-2; global ones to us-east-1 and us-west-2. The rule's own region when left out, and in us-east-1 `global`, too.
     */
    eventRegions?: string[];
    /** Issues, investigations and scheduled changes when left out. */
    categories?: HealthEventCategory[];
    /** Codes of services, such as `RDS`, whose events count. All of them when left out. */
    services?: string[];
    /** Tags, beside the provider's default tags. */
    tags?: TagsInput;
}

const TYPE = "meridian:index:HealthEvents";

/** Stands for services that are in no region. Source: AWS Health API Reference, Event, region. */
export const GLOBAL_EVENTS = "global";

/** Where AWS Health delivers what is in no region. */
const GLOBAL_EVENTS_REGION = "us-east-1";

const DEFAULT_CATEGORIES = [
    HealthEventCategory.Issue,
    HealthEventCategory.Investigation,
    HealthEventCategory.ScheduledChange,
];

/**
 * Where AWS Health also delivers a region's events, for when the region itself cannot.
 * Source: AWS Health User Guide, "Creating EventBridge rules for AWS Region coverage".
 */
export function healthBackupRegion(region: string): string {
    return region === "us-west-2" ? GLOBAL_EVENTS_REGION : "us-west-2";
}

/**
 * Tells a topic what AWS Health says: what is wrong in a region, as AWS itself sees it, and what AWS is going to change.
 *
 * Children: `<name>-events`, `<name>-events-topic`.
 */
export class HealthEvents extends pulumi.ComponentResource {
    /** Name of the rule: the dimension RuleName of its metrics in AWS/Events. */
    readonly ruleName: pulumi.Output<string>;

    /**
     * @param name Begins the names of all children.
     * @throws pulumi.InputPropertiesError that names every bad argument, before anything is registered, the component
     * included.
     */
    constructor(name: string, args: HealthEventsArgs, opts?: pulumi.ComponentResourceOptions) {
        args = validate(name, args);
        super(TYPE, name, args, opts);

        const rule = createRule(this, `${name}-events`, args);

        this.ruleName = rule.name;
        this.registerOutputs({ ruleName: this.ruleName });
    }
}

/**
 * Tells a topic in another region than the stack's, which is made for it, what AWS Health says there: `<name>` (HealthEvents),
 * `<name>-alarms` and `<name>-key`.
 */
export function remoteHealthEvents(
    name: string,
    { eventRegions, ...topic }: RemoteAlarmTopicArgs & { readonly eventRegions: string[] },
    opts: pulumi.ComponentResourceOptions,
): void {
    const { region: home, tags: given } = topic;
    const { topicArn: told } = remoteAlarmTopic(name, topic, opts);
    new HealthEvents(
        name,
        { region: home, topicArn: told, eventRegions, ...(given === undefined ? {} : { tags: given }) },
        opts,
    );
}

function createRule(parent: HealthEvents, name: string, args: HealthEventsArgs): aws.cloudwatch.EventRule {
    const { region: home, topicArn: topic } = args;
    const place = { region: home, topicArn: topic, tags: args.tags ?? {} };
    const rule = watch(parent, name, place, {
        description: "AWS Health tells of an issue or a change",
        source: "aws.health",
        detailType: "AWS Health Event",
        match: {
            detail: {
                eventTypeCategory: args.categories ?? DEFAULT_CATEGORIES,
                eventRegion: args.eventRegions ?? ownEvents(home),
                ...(args.services === undefined ? {} : { service: args.services }),
            },
        },
    });
    tellTopic(
        parent,
        name,
        place,
        rule,
        "AWS Health: <service> in <eventRegion>, <code> (<category>, <status>), since <start>. See the AWS Health " +
            "Dashboard, <arn>.",
        {
            service: "$.detail.service",
            eventRegion: "$.detail.eventRegion",
            code: "$.detail.eventTypeCode",
            category: "$.detail.eventTypeCategory",
            status: "$.detail.statusCode",
            start: "$.detail.startTime",
            arn: "$.detail.eventArn",
        },
    );
    return rule;
}

function ownEvents(home: string): string[] {
    return home === GLOBAL_EVENTS_REGION ? [home, GLOBAL_EVENTS] : [home];
}

const EACH_ONCE = unless((items) => isCount(items, 1, 100) && isEachOnce(items), "1 to 100, each once");

const ARGUMENTS: ArgumentTable<HealthEventsArgs> = {
    region: required(region()),
    topicArn: required(input(topicArn())),
    eventRegions: list(
        textWhere(
            (code) => code === GLOBAL_EVENTS || isRegion(code),
            `an AWS region's code, such as eu-central-1, or ${GLOBAL_EVENTS}`,
        ),
        "a list of regions",
        EACH_ONCE,
    ),
    categories: list(oneOf(HealthEventCategory), "a list of categories", EACH_ONCE),
    services: list(text("a service's code, such as RDS"), "a list of services' codes", EACH_ONCE),
    tags: tags(),
};

function validate(name: string, given: HealthEventsArgs): HealthEventsArgs {
    const problems = new Problems(TYPE, name);
    const args = checkArguments(problems, given, ARGUMENTS);
    checkNameLength(problems, "name", `${name}-events`, "aws:cloudwatch/eventRule:EventRule");
    problems.throwIfAny();
    return args;
}
