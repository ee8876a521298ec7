import * as pulumi from "@pulumi/pulumi";

import { logLifecycle } from "../../security/bucketLifecycle";
import { EncryptionKey, KeyUser } from "../../security/encryptionKey";
import {
    accountId,
    byDefault,
    flag,
    flagWhere,
    input,
    logRetention,
    mailAddress,
    numberIn,
    region,
    required,
    requiredWhile,
    tags,
    textLike,
} from "../../shared/argumentRules";
import { type ArgumentTable, checkArguments } from "../../shared/argumentTable";
import { type TagsInput } from "../../shared/tags";
import { Problems } from "../../shared/validation";
import { AccountBaseline } from "../accountBaseline/accountBaseline";
import { AlarmTopic } from "../alarmTopic";
import { edgeAlarmTopic } from "../edgeAlarmTopic";
import { GLOBAL_EVENTS, healthBackupRegion, HealthEvents, remoteHealthEvents } from "../healthEvents";
import { LogArchive } from "../logArchive";
import { LogGroupArchive } from "../logGroupArchive/logGroupArchive";
import { monthlyBudget } from "../monthlyBudget";

/** Arguments of RegionalFoundation. */
export interface RegionalFoundationArgs {
    /** The AWS region of the stack. */
    region: string;
    /** The AWS account of the stack: 12 digits. */
    accountId: pulumi.Input<string>;
    /** Address that is mailed every alarm, once somebody has confirmed the mail that AWS sends first. None when left out. */
    alarmEmail?: string;
    /**
     * Whether there is also a topic in us-east-1, for alarms on what is there alone: CloudFront, Route 53's health
     * checks, and budgets. False when left out.
     */
    edgeAlarms?: boolean;
    /**
     * Whether the region's topic is told what AWS Health says of the region. AWS says the same in a backup region, for when
     * the region itself cannot: a topic there is told, too. False when left out.
     */
    healthEvents?: boolean;
    /**
     * Whether this stack answers for the account in the region: it makes the baseline, and archives all log groups.
     * AWS allows these once per account and region. False when left out.
     */
    accountBaseline?: boolean;
    /**
     * Whether the baseline also makes what an account has once: true in one region of an account. False when left out.
     */
    homeRegion?: boolean;
    /**
     * Whether the baseline also lets API Gateway write logs of the region's REST APIs; these depend on the component. False when
     * left out; of use with `accountBaseline` alone.
     */
    apiGatewayLogs?: boolean;
    /**
     * USD by the month after which the topic in us-east-1 is told of what has the tag `environment` of
     * `budgetEnvironment`. No budget when left out.
     */
    monthlyBudgetUsd?: number;
    /** Value of the tag `environment` that the budget counts. Required with monthlyBudgetUsd. */
    budgetEnvironment?: string;
    /** How many days log groups are kept, a period that CloudWatch Logs takes. 365 when left out. */
    logRetentionDays?: number;
    /** How many days logs are kept in S3. 1096 when left out. */
    logArchiveRetentionDays?: number;
    /** Whether Pulumi and AWS refuse to delete keys and logs. True when left out. */
    deletionProtection?: boolean;
    /** Tags of everything that takes tags, beside the provider's default tags. */
    tags?: TagsInput;
}

const LOG_RETENTION = 365;
const ARCHIVE_RETENTION = 1096;

/**
 * What every other part of a region's stack needs beforehand: a key, a topic for alarms, the bucket for logs, and, where
 * the stack answers for its account, the account's baseline.
 *
 * Children: `<name>-key` (an EncryptionKey), `<name>-alarms` (an AlarmTopic), `<name>-logs` (a LogArchive); with
 * edgeAlarms `<name>-edge-key` and `<name>-edge-alarms`; with healthEvents `<name>-health` and `<name>-health-backup` (each a
 * HealthEvents), `<name>-health-backup-key` and `<name>-health-backup-alarms`; with accountBaseline `<name>-baseline` (an AccountBaseline)
 * and `<name>-log-groups` (a LogGroupArchive); with monthlyBudgetUsd `<name>-budget`.
 */
export class RegionalFoundation extends pulumi.ComponentResource {
    /** ARN of the key for logs, alarms, images and the environments of functions. */
    readonly kmsKeyArn: pulumi.Output<string>;
    /** ARN of the region's topic for alarms. */
    readonly alarmTopicArn: pulumi.Output<string>;
    /** ARN of the topic in us-east-1; with edgeAlarms alone. */
    readonly edgeAlarmTopicArn?: pulumi.Output<string>;
    /** Name of the bucket to which AWS's services deliver logs. */
    readonly logBucketName: pulumi.Output<string>;
    /** ARN of that bucket. */
    readonly logBucketArn: pulumi.Output<string>;

    /**
     * @param name Begins the names of all children.
     * @throws pulumi.InputPropertiesError that names every bad argument, before anything is registered, the component
     * included.
     */
    constructor(name: string, args: RegionalFoundationArgs, opts?: pulumi.ComponentResourceOptions) {
        args = validate(name, args);
        super("meridian:index:RegionalFoundation", name, args, opts);
        const asChild = { parent: this };
        const deletionProtection = args.deletionProtection ?? true;
        const place = { region: args.region, accountId: args.accountId };
        const tagged = args.tags === undefined ? {} : { tags: args.tags };

        const key = new EncryptionKey(
            `${name}-key`,
            {
                ...place,
                description: `Logs, images and alarms of ${name} in ${args.region}`,
                services: [KeyUser.CloudWatchLogs, KeyUser.SnsPublishers],
                deletionProtection,
                ...tagged,
            },
            asChild,
        );
        const alarms = new AlarmTopic(
            `${name}-alarms`,
            {
                ...place,
                kmsKeyArn: key.keyArn,
                ...(args.alarmEmail === undefined ? {} : { email: args.alarmEmail }),
                ...tagged,
            },
            asChild,
        );
        const logs = new LogArchive(
            `${name}-logs`,
            {
                ...place,
                lifecycle: logLifecycle(args.logArchiveRetentionDays ?? ARCHIVE_RETENTION),
                deletionProtection,
                ...tagged,
            },
            asChild,
        );
        if (args.edgeAlarms === true) {
            this.edgeAlarmTopicArn = edgeAlarmTopic(
                name,
                {
                    accountId: args.accountId,
                    subject: name,
                    email: args.alarmEmail,
                    deletionProtection,
                    tags: args.tags,
                },
                asChild,
            ).topicArn;
            if (args.monthlyBudgetUsd !== undefined) {
                monthlyBudget(
                    `${name}-budget`,
                    {
                        limitUsd: args.monthlyBudgetUsd,
                        environment: args.budgetEnvironment ?? "",
                        topicArn: this.edgeAlarmTopicArn,
                    },
                    asChild,
                );
            }
        }
        if (args.healthEvents === true) {
            hearOfHealth(this, name, args, alarms, deletionProtection);
        }
        if (args.accountBaseline === true) {
            answerForAccount(this, name, args, { key, alarms, logs }, deletionProtection);
        }

        this.kmsKeyArn = key.keyArn;
        this.alarmTopicArn = alarms.topicArn;
        this.logBucketName = logs.bucketName;
        this.logBucketArn = logs.bucketArn;
        this.registerOutputs({
            kmsKeyArn: this.kmsKeyArn,
            alarmTopicArn: this.alarmTopicArn,
            edgeAlarmTopicArn: this.edgeAlarmTopicArn,
            logBucketName: this.logBucketName,
            logBucketArn: this.logBucketArn,
        });
    }
}

function hearOfHealth(
    parent: pulumi.Resource,
    name: string,
    { accountId: account, alarmEmail: email, region: home, tags: given }: RegionalFoundationArgs,
    { topicArn }: AlarmTopic,
    deletionProtection: boolean,
): void {
    const tagged = given === undefined ? {} : { tags: given };
    new HealthEvents(`${name}-health`, { region: home, topicArn, ...tagged }, { parent });
    remoteHealthEvents(
        `${name}-health-backup`,
        {
            ...tagged,
            region: healthBackupRegion(home),
            accountId: account,
            subject: `${name}, as AWS Health knows them outside of ${home}`,
            email,
            deletionProtection,
            eventRegions: [home, GLOBAL_EVENTS],
        },
        { parent },
    );
}

interface Keepers {
    readonly key: EncryptionKey;
    readonly alarms: AlarmTopic;
    readonly logs: LogArchive;
}

function answerForAccount(
    parent: pulumi.Resource,
    name: string,
    args: RegionalFoundationArgs,
    { key, alarms, logs }: Keepers,
    deletionProtection: boolean,
): void {
    const place = { region: args.region, accountId: args.accountId };
    const tagged = args.tags === undefined ? {} : { tags: args.tags };
    const logRetentionDays = args.logRetentionDays ?? LOG_RETENTION;
    const baseline = new AccountBaseline(
        `${name}-baseline`,
        {
            ...place,
            homeRegion: args.homeRegion ?? false,
            ...(args.apiGatewayLogs === true ? { apiGatewayLogs: true } : {}),
            alarmTopicArn: alarms.topicArn,
            accessLogBucket: logs.bucketName,
            logRetentionDays,
            deletionProtection,
            ...tagged,
        },
        { parent },
    );
    new LogGroupArchive(
        `${name}-log-groups`,
        {
            ...place,
            kmsKeyArn: key.keyArn,
            allLogGroups: true,
            // The trail is in S3 already.
            excludedLogGroups: baseline.trailLogGroupName === undefined ? [] : [baseline.trailLogGroupName],
            lifecycle: logLifecycle(args.logArchiveRetentionDays ?? ARCHIVE_RETENTION),
            logRetentionDays,
            accessLogBucket: logs.bucketName,
            alarmTopicArns: alarms.topicArn.apply((arn) => [arn]),
            deletionProtection,
            ...tagged,
        },
        { parent },
    );
}

const ARGUMENTS: ArgumentTable<RegionalFoundationArgs> = {
    region: required(region()),
    accountId: required(input(accountId())),
    alarmEmail: mailAddress(),
    edgeAlarms: flag(),
    healthEvents: flag(),
    accountBaseline: flag(),
    apiGatewayLogs: flag(),
    homeRegion: flagWhere(
        (home, { accountBaseline }) => !home || accountBaseline === true,
        "false where accountBaseline is not true",
    ),
    monthlyBudgetUsd: {
        ...numberIn({ min: 1, max: 10_000_000 }),
        mayBeGiven: ({ edgeAlarms }) =>
            edgeAlarms === true
                ? undefined
                : {
                      allowed: "nothing where edgeAlarms is not true",
                      remedy: "Budgets tell a topic in us-east-1",
                  },
    },
    budgetEnvironment: requiredWhile(
        ({ monthlyBudgetUsd }) => monthlyBudgetUsd !== undefined && monthlyBudgetUsd !== null,
        { allowed: "the value of the tag environment that the budget counts" },
        textLike(/^[A-Za-z0-9][A-Za-z0-9_.:/=+@-]{0,127}$/, "a tag's value, such as prod"),
    ),
    logRetentionDays: logRetention(),
    logArchiveRetentionDays: byDefault(ARCHIVE_RETENTION, numberIn({ min: 91, max: 36_500, step: 1 })),
    deletionProtection: flag(),
    tags: tags(),
};

function validate(name: string, given: RegionalFoundationArgs): RegionalFoundationArgs {
    const problems = new Problems("meridian:index:RegionalFoundation", name);
    const args = checkArguments(problems, given, ARGUMENTS);
    problems.check(
        /^[a-z][a-z0-9-]{0,29}$/.test(problems.name),
        "name",
        name,
        "1 to 30 lower-case letters, digits and hyphens, a letter first: buckets' names begin with it",
    );
    problems.throwIfAny();
    return args;
}
