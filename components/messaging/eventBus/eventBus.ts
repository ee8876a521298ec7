import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { createDeadLetterQueue, createQueuePolicy, deadLetterAlarm } from "../../operations";
import { type Permission, permissionsOf } from "../../security/permissions";
import { policyDocument } from "../../security/policyDocument";
import { checkArguments } from "../../shared/argumentTable";
import { checkComponentName, checkNameLength } from "../../shared/names";
import { asSetting } from "../../shared/replacement";
import { Problems } from "../../shared/validation";
import { type EventBusArgs } from "./args";
import { createRule } from "./rules";
import { EVENT_BUS_ARGUMENTS } from "./table";
import { needsRole } from "./targets";

export { type EventBusArgs, type EventBusRule, type EventBusTarget, EventTargetType } from "./args";

/**
 * An event bus of EventBridge with its rules: encrypted under a key of the caller's, events kept to be played again where that
 * is asked for, each target with dead letters, retries and, where it needs one, a role of its own.
 *
 * Children: `<name>-dead-letters`, `<name>-bus`, `<name>-dead-letters-policy`, `<name>-bus-policy`, `<name>-archive`; per rule
 * `<name>-<rule>` and per target of it `<name>-<rule>-<target>` with `-dead-letters`, `-dead-letters-policy`, `-permission`,
 * `-role`, `-policy`; and the alarms `<name>-unencrypted`, `<name>-<rule>-failed`, `<name>-<rule>-lost` and
 * `<name>-<rule>-<target>-undelivered`.
 */
export class EventBus extends pulumi.ComponentResource {
    /** Name of the bus. */
    readonly busName: pulumi.Output<string>;
    /** ARN of the bus. */
    readonly busArn: pulumi.Output<string>;
    /** ARN of the archive. None without `archiveRetentionDays`. */
    readonly archiveArn?: pulumi.Output<string>;
    /** What publishers need. */
    readonly publishPermissions: pulumi.Output<Permission[]>;
    /** URLs of the queues with what could not be delivered, by `<rule>-<target>`. */
    readonly deadLetterQueueUrls: pulumi.Output<Record<string, string>>;

    /**
     * @param name Begins the names of all children.
     * @throws pulumi.InputPropertiesError that names every bad argument, before anything is registered, the component
     * included.
     */
    constructor(name: string, args: EventBusArgs, opts?: pulumi.ComponentResourceOptions) {
        args = validate(name, args);
        super("meridian:index:EventBus", name, args, opts);

        const bus = makeBus(this, name, args);
        letAccountsIn(this, name, args, bus);
        if (args.archiveRetentionDays !== undefined) {
            this.archiveArn = makeArchive(this, name, args, bus).arn;
        }
        const queues = Object.entries(args.rules ?? {}).flatMap(([key, rule]) =>
            createRule(name, key, { ...args, bus, rule }, this),
        );

        this.busName = bus.name;
        this.busArn = bus.arn;
        this.publishPermissions = permissionsOf([
            { sid: "PutEvents", actions: ["events:PutEvents"], resources: [bus.arn] },
        ]);
        this.deadLetterQueueUrls = pulumi.all(
            Object.fromEntries(queues.map(({ key, queue }) => [key, queue.url])),
        );
        this.registerOutputs({
            busName: this.busName,
            busArn: this.busArn,
            ...(this.archiveArn === undefined ? {} : { archiveArn: this.archiveArn }),
            publishPermissions: this.publishPermissions,
            deadLetterQueueUrls: this.deadLetterQueueUrls,
        });
    }
}

function makeBus(parent: EventBus, name: string, args: EventBusArgs): aws.cloudwatch.EventBus {
    const { region, accountId, tags = {}, alarmTopicArns: topicArns } = args;
    // For events that EventBridge cannot encrypt or decrypt, which without it are gone.
    const failures = createDeadLetterQueue(name, { region, tags }, parent);
    const bus = new aws.cloudwatch.EventBus(
        `${name}-bus`,
        {
            region,
            ...(args.busName === undefined ? {} : { name: args.busName }),
            ...(args.description === undefined ? {} : { description: args.description }),
            kmsKeyIdentifier: args.kmsKeyArn,
            deadLetterConfig: { arn: failures.arn },
            ...(args.tags === undefined ? {} : { tags: args.tags }),
        },
        { parent },
    );
    createQueuePolicy(
        `${name}-dead-letters-policy`,
        { region, accountId },
        failures,
        [
            {
                sid: "BusKeepsUnencrypted",
                service: "events",
                sourceArn: pulumi.interpolate`arn:aws:events:${region}:${accountId}:event-bus/${bus.name}`,
            },
        ],
        parent,
    );
    if (topicArns !== undefined) {
        deadLetterAlarm(
            `${name}-unencrypted`,
            failures.name,
            {
                ...{ region, topicArns, tags },
                description: pulumi.interpolate`Events could not be encrypted or decrypted on the bus ${bus.name} and lie in ${failures.name}. Look at the policy and the state of the bus's key.`,
            },
            { parent },
        );
    }
    return bus;
}

function letAccountsIn(
    parent: EventBus,
    name: string,
    { region, publisherAccountIds = [] }: EventBusArgs,
    bus: aws.cloudwatch.EventBus,
): void {
    if (publisherAccountIds.length === 0) {
        // Its own account's roles need no policy of the bus.
        return;
    }
    new aws.cloudwatch.EventBusPolicy(
        `${name}-bus-policy`,
        {
            region,
            eventBusName: bus.name,
            policy: policyDocument([
                {
                    Sid: "AccountsPutEvents",
                    Effect: "Allow",
                    Principal: { AWS: publisherAccountIds.map((id) => `arn:aws:iam::${id}:root`) },
                    Action: "events:PutEvents",
                    Resource: bus.arn,
                },
            ]),
        },
        asSetting({ parent }),
    );
}

function makeArchive(
    parent: EventBus,
    name: string,
    args: EventBusArgs,
    bus: aws.cloudwatch.EventBus,
): aws.cloudwatch.EventArchive {
    const { region, archiveRetentionDays, archiveEventPattern } = args;
    return new aws.cloudwatch.EventArchive(
        `${name}-archive`,
        {
            region,
            eventSourceArn: bus.arn,
            ...(archiveRetentionDays === undefined ? {} : { retentionDays: archiveRetentionDays }),
            ...(archiveEventPattern === undefined ? {} : { eventPattern: archiveEventPattern }),
            // It has no key of the bus's own accord.
            kmsKeyIdentifier: args.kmsKeyArn,
        },
        { parent },
    );
}

function validate(name: string, given: EventBusArgs): EventBusArgs {
    const problems = new Problems("meridian:index:EventBus", name);
    const args = checkArguments(problems, given, EVENT_BUS_ARGUMENTS);
    checkComponentName(problems, problems.name);
    checkNameLength(problems, "name", `${problems.name}-dead-letters`, "aws:sqs/queue:Queue");
    if (args.archiveRetentionDays !== undefined) {
        checkNameLength(
            problems,
            "name",
            `${problems.name}-archive`,
            "aws:cloudwatch/eventArchive:EventArchive",
        );
    }
    for (const [key, rule] of Object.entries(args.rules ?? {})) {
        const path = `rules["${key}"]`;
        checkNameLength(problems, path, `${problems.name}-${key}`, "aws:cloudwatch/eventRule:EventRule");
        for (const [target, { type }] of Object.entries(rule.targets)) {
            const prefix = `${problems.name}-${key}-${target}`;
            const at = `${path}.targets["${target}"]`;
            checkNameLength(problems, at, `${prefix}-dead-letters`, "aws:sqs/queue:Queue");
            if (needsRole(type)) {
                checkNameLength(problems, at, `${prefix}-role`, "aws:iam/role:Role");
            }
        }
    }
    problems.throwIfAny();
    return args;
}
