import * as pulumi from "@pulumi/pulumi";

import { type Permission } from "../../security/permissions";
import { checkArguments } from "../../shared/argumentTable";
import { checkComponentName, checkNameLength } from "../../shared/names";
import { Problems } from "../../shared/validation";
import { createAlarms } from "./alarms";
import { type CustomerMessagingArgs } from "./args";
import { createConfigurationSet } from "./configuration";
import { createIdentity } from "./identity";
import { contactPermissions, schedulePermissions, sendPermissions } from "./permissions";
import { createSchedules, SEND_TARGET } from "./schedules";
import { CUSTOMER_MESSAGING_ARGUMENTS } from "./table";
import { createContactList, createTemplates, sendRequests } from "./templates";

export {
    type CustomerMessagingArgs,
    DmarcPolicy,
    type MessageTemplate,
    type MessageTemplates,
    type RecommendationSchedule,
} from "./args";

/**
 * Mail to customers by Amazon SES: a domain that signs what it sends, three messages (a welcome, a reminder of an
 * abandoned cart, a personal recommendation), who wants which of them, and a group of schedules for what is sent later.
 *
 * A program sends a message by SES's SendEmail with one of `sendRequests`, filled in; for later it makes a one-time
 * schedule in `scheduleGroupName`, which sends the same request by itself, and deletes it when the cart is paid.
 *
 * Children: `<name>-configuration`, `<name>-events`, `<name>-identity`, `<name>-dkim-<number>`, `<name>-mail-from`,
 * `<name>-mail-from-mx`, `<name>-mail-from-spf`, `<name>-dmarc`, `<name>-welcome`, `<name>-abandoned-cart`,
 * `<name>-recommendation`, `<name>-contacts`, `<name>-schedules`, `<name>-dead-letters`, `<name>-schedule-role`,
 * `<name>-schedule-policy`, `<name>-recommendations`, `<name>-failures`, and the alarms `<name>-bounces`,
 * `<name>-complaints`, `<name>-unsent` and `<name>-unscheduled`.
 */
export class CustomerMessaging extends pulumi.ComponentResource {
    /** ARN of the domain's identity. */
    readonly identityArn: pulumi.Output<string>;
    /** Name of the configuration set, by which events of these messages are told from others. */
    readonly configurationSetName: pulumi.Output<string>;
    /** Name of the list of who wants which messages. */
    readonly contactListName: pulumi.Output<string>;
    /** Names of the templates, by the messages: `welcome`, `abandonedCart`, `recommendation`. */
    readonly templateNames: pulumi.Output<Record<string, string>>;
    /**
     * Requests of SES's SendEmail as JSON, by the messages. The sender adds `Destination` and, in `Content.Template`, the
     * text `TemplateData`.
     */
    readonly sendRequests: pulumi.Output<Record<string, string>>;
    /** What IAM must let a role do that sends. */
    readonly sendPermissions: pulumi.Output<Permission[]>;
    /** What IAM must let a role do that writes down who wants which messages. */
    readonly contactPermissions: pulumi.Output<Permission[]>;
    /** What IAM must let a role do that makes, moves and deletes schedules. */
    readonly schedulePermissions: pulumi.Output<Permission[]>;
    /** Name of the group that schedules are made in. */
    readonly scheduleGroupName: pulumi.Output<string>;
    /** ARN of the role that schedules are given. */
    readonly scheduleRoleArn: pulumi.Output<string>;
    /** ARN of the target that schedules are given: SES's SendEmail. Its input is one of `sendRequests`, filled in. */
    readonly scheduleTargetArn: pulumi.Output<string>;
    /** ARN of the dead-letter queue that schedules are given. */
    readonly scheduleFailureQueueArn: pulumi.Output<string>;

    /**
     * @param name Begins the names of all children; the name of configuration set and contact list, which account and
     * region have once.
     * @throws pulumi.InputPropertiesError that names every bad argument, before anything is registered, the component
     * included.
     */
    constructor(name: string, args: CustomerMessagingArgs, opts?: pulumi.ComponentResourceOptions) {
        args = validate(name, args);
        super("meridian:index:CustomerMessaging", name, args, opts);
        const { region, accountId, kmsKeyArn, senderAddress } = args;

        const configurationSet = createConfigurationSet(name, args, this);
        const { configurationSetName } = configurationSet;
        const identity = createIdentity(name, args, configurationSetName, this);
        const templates = createTemplates(name, args, this);
        const contactListName = createContactList(name, args, this);
        const sending = sendPermissions({
            region,
            accountId,
            identity,
            configurationSet,
            templates,
            contactListName,
            senderAddress,
        });
        const schedules = createSchedules(name, args, sending, this);
        if (args.alarmTopicArns !== undefined) {
            createAlarms(
                name,
                args,
                {
                    configurationSetName,
                    failureQueueName: schedules.failures.name,
                    topicArns: args.alarmTopicArns,
                },
                this,
            );
        }

        this.identityArn = identity.arn;
        this.configurationSetName = configurationSetName;
        this.contactListName = contactListName;
        this.templateNames = pulumi.all(
            Object.fromEntries(Object.entries(templates).map(([message, made]) => [message, made.name])),
        );
        this.sendRequests = sendRequests(args, { templates, configurationSetName, contactListName });
        this.sendPermissions = sending;
        this.contactPermissions = contactPermissions({ region, accountId, contactListName });
        this.scheduleGroupName = schedules.groupName;
        this.scheduleRoleArn = schedules.roleArn;
        this.scheduleTargetArn = pulumi.output(SEND_TARGET);
        this.scheduleFailureQueueArn = schedules.failures.arn;
        this.schedulePermissions = schedulePermissions({
            region,
            accountId,
            kmsKeyArn,
            groupName: schedules.groupName,
            roleArn: schedules.roleArn,
        });
        this.registerOutputs({
            identityArn: this.identityArn,
            configurationSetName: this.configurationSetName,
            contactListName: this.contactListName,
            templateNames: this.templateNames,
            sendRequests: this.sendRequests,
            sendPermissions: this.sendPermissions,
            contactPermissions: this.contactPermissions,
            schedulePermissions: this.schedulePermissions,
            scheduleGroupName: this.scheduleGroupName,
            scheduleRoleArn: this.scheduleRoleArn,
            scheduleTargetArn: this.scheduleTargetArn,
            scheduleFailureQueueArn: this.scheduleFailureQueueArn,
        });
    }
}

function validate(name: string, given: CustomerMessagingArgs): CustomerMessagingArgs {
    const problems = new Problems("meridian:index:CustomerMessaging", name);
    const args = checkArguments(problems, given, CUSTOMER_MESSAGING_ARGUMENTS);
    checkComponentName(problems, problems.name);
    checkNameLength(problems, "name", `${problems.name}-schedule-role`, "aws:iam/role:Role");
    problems.throwIfAny();
    return args;
}
