import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { serviceTrust } from "../../security/policyDocument";
import { BACKUP_TAG, BackupClass, type RegionalBackupArgs } from "./args";
import { type BackupRule, pointInTimeRule, snapshotRules } from "./schedule";
import { type Settings } from "./settings";
import { type LockedVault, personalTags, type Vaults } from "./vaults";
import { mergeTags, type TagsInput } from "../../shared/tags";

/** The shortest that AWS Backup takes. Source: AWS Backup API Reference, BackupRuleInput, StartWindowMinutes. */
const START_WINDOW_MINUTES = 60;

// The first backup of a big bucket takes hours; what is not done after a day is stuck.
const COMPLETION_WINDOW_MINUTES = 24 * 60;

/** AWS's policies for its own service: what they list changes as AWS Backup learns new services. */
const BACKUP_POLICIES = {
    backups: "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup",
    "s3-backups": "arn:aws:iam::aws:policy/AWSBackupServiceRolePolicyForS3Backup",
};

/** Makes the plans of both classes of data, and what selects resources for them by their tag. */
export function createPlans(
    parent: pulumi.Resource,
    name: string,
    args: RegionalBackupArgs,
    settings: Settings,
    vaults: Vaults,
): void {
    const role = createServiceRole(
        parent,
        `${name}-service`,
        { description: `Backs up what is tagged in ${args.region}`, policies: BACKUP_POLICIES },
        args,
        settings,
    );
    const optIn = settings.regionSettings ? [createRegionSettings(parent, name, args)] : [];
    const common = { parent, args, settings, role, optIn };
    createClassPlans(`${name}-standard`, {
        ...common,
        backupClass: BackupClass.Standard,
        vault: vaults.home,
        ...(vaults.copies === undefined ? {} : { copies: vaults.copies }),
        tags: settings.tags,
    });
    createClassPlans(`${name}-personal`, {
        ...common,
        backupClass: BackupClass.PersonalData,
        vault: vaults.personal,
        tags: mergeTags(settings.tags, personalTags(args)),
    });
}

/** A role that AWS Backup assumes, whose ARN is known once the role may do its work. */
export function createServiceRole(
    parent: pulumi.Resource,
    name: string,
    role: { readonly description: string; readonly policies: Readonly<Record<string, string>> },
    args: RegionalBackupArgs,
    settings: Settings,
): pulumi.Output<string> {
    const made = new aws.iam.Role(
        `${name}-role`,
        {
            description: role.description,
            assumeRolePolicy: serviceTrust("backup.amazonaws.com", args.accountId),
            tags: settings.tags,
        },
        { parent },
    );
    const attachments = Object.entries(role.policies).map(
        ([policy, policyArn]) =>
            new aws.iam.RolePolicyAttachment(`${name}-${policy}`, { role: made.name, policyArn }, { parent }),
    );
    return pulumi.all([made.arn, pulumi.all(attachments.map(({ urn }) => urn))]).apply(([arn]) => arn);
}

/** Opts the account in. What is not named here AWS leaves as it is. */
function createRegionSettings(
    parent: pulumi.Resource,
    name: string,
    { region }: RegionalBackupArgs,
): aws.backup.RegionSettings {
    return new aws.backup.RegionSettings(
        `${name}-region-settings`,
        {
            region,
            // What is not opted in to, a selection by tag passes over in silence.
            resourceTypeOptInPreference: { Aurora: true, DynamoDB: true, S3: true },
            // Encrypts tables' backups with the vault's key instead of the table's, and lets them be copied.
            resourceTypeManagementPreference: { DynamoDB: true },
        },
        { parent },
    );
}

interface ClassPlanArgs {
    readonly parent: pulumi.Resource;
    readonly args: RegionalBackupArgs;
    readonly settings: Settings;
    readonly role: pulumi.Output<string>;
    readonly optIn: pulumi.Resource[];
    readonly backupClass: BackupClass;
    readonly vault: LockedVault;
    /** Where copies go; left out, there are none. */
    readonly copies?: LockedVault;
    readonly tags: TagsInput;
}

/**
 * Two plans: one for what can be taken back to any second, and one for the rest. In one plan together, the hourly
 * rule would make a full snapshot every hour of what cannot.
 */
function createClassPlans(name: string, plan: ClassPlanArgs): void {
    const { args, backupClass, settings } = plan;
    const snapshots = snapshotRules(backupClass, settings.retention, settings.startHour);
    const pointInTime = pointInTimeRule(backupClass, settings.retention, settings.startHour);
    const recoverable = recoverableArns(args);

    const exact = createPlan(name, plan, [pointInTime, ...snapshots]);
    createSelection(name, plan, exact, {
        resources: recoverable,
        conditions: [{ stringEquals: [{ key: `aws:ResourceTag/${BACKUP_TAG}`, value: plan.backupClass }] }],
    });
    const rest = createPlan(`${name}-snapshots`, plan, snapshots);
    createSelection(`${name}-snapshots`, plan, rest, {
        selectionTags: [{ type: "STRINGEQUALS", key: BACKUP_TAG, value: plan.backupClass }],
        notResources: recoverable,
    });
}

/**
 * What AWS Backup takes back to any second. Source: AWS Backup Developer Guide, "Continuous backups and point-in-time
 * restore". DynamoDB does the same by itself.
 */
function recoverableArns({ accountId, region }: RegionalBackupArgs): pulumi.Input<string>[] {
    return [pulumi.interpolate`arn:aws:rds:${region}:${accountId}:cluster:*`, "arn:aws:s3:::*"];
}

function createPlan(name: string, plan: ClassPlanArgs, rules: BackupRule[]): aws.backup.Plan {
    return new aws.backup.Plan(
        name,
        {
            region: plan.args.region,
            rules: rules.map((rule) => planRule(plan, rule)),
            tags: plan.tags,
        },
        { parent: plan.parent },
    );
}

function planRule(plan: ClassPlanArgs, rule: BackupRule): aws.types.input.backup.PlanRule {
    const lifecycle = { deleteAfter: rule.deleteAfterDays };
    // AWS Backup copies no continuous backup of Aurora to another region. The snapshots of the other rules go there.
    const copies = rule.continuous ? undefined : plan.copies;
    return {
        ruleName: rule.name,
        targetVaultName: plan.vault.name,
        schedule: rule.schedule,
        scheduleExpressionTimezone: "Etc/UTC",
        startWindow: START_WINDOW_MINUTES,
        completionWindow: COMPLETION_WINDOW_MINUTES,
        enableContinuousBackup: rule.continuous,
        lifecycle,
        recoveryPointTags: mergeTags(plan.tags, { [BACKUP_TAG]: plan.backupClass }),
        ...(copies === undefined ? {} : { copyActions: [{ destinationVaultArn: copies.arn, lifecycle }] }),
    };
}

function createSelection(
    name: string,
    plan: ClassPlanArgs,
    of: aws.backup.Plan,
    what: Pick<aws.backup.SelectionArgs, "conditions" | "notResources" | "resources" | "selectionTags">,
): void {
    new aws.backup.Selection(
        `${name}-tagged`,
        { region: plan.args.region, planId: of.id, iamRoleArn: plan.role, ...what },
        { parent: plan.parent, dependsOn: plan.optIn },
    );
}
