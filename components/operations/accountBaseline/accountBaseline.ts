import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import {
    accountId,
    bucketName,
    flag,
    input,
    list,
    logRetention,
    numberIn,
    oneOf,
    region,
    required,
    tags,
    topicArn,
} from "../../shared/argumentRules";
import { type ArgumentTable, checkArguments } from "../../shared/argumentTable";
import { apiGatewayLogs } from "./apiGatewayLogs";
import { configRecorder } from "./recorder";
import { REGISTRY_SCANNING, type RegistryScanning, registryScanning } from "./registryScanning";
import { GuardDutyFeature, threatDetection } from "./threatDetection";
import { type AccountTrail, accountTrail } from "./trail";
import { EncryptionKey, KeyUser } from "../../security/encryptionKey";
import { checkNameLength } from "../../shared/names";
import { asSetting } from "../../shared/replacement";
import { checkBucketName } from "../../security/secureBucket";
import { type TagsInput } from "../../shared/tags";
import { Problems } from "../../shared/validation";

export { ImageScanType, type RegistryScanning } from "./registryScanning";
export { GuardDutyFeature } from "./threatDetection";

/** Arguments of AccountBaseline. */
export interface AccountBaselineArgs {
    /** The AWS region that is secured. */
    region: string;
    /** The AWS account that is secured: 12 digits. */
    accountId: pulumi.Input<string>;
    /**
     * Whether this is the one region of the account that also makes what an account has once: the trail of all
     * regions, the public access block of S3, the password policy, and AWS Config's records of global resources.
     */
    homeRegion: boolean;
    /** What GuardDuty watches beside its foundation. All features when left out. */
    guardDutyFeatures?: GuardDutyFeature[];
    /** Whether AWS Config records the region's resources; it bills every change of every resource. True when left out. */
    configRecorder?: boolean;
    /**
     * How the region's ECR registry scans images, in place of what each repository says. A registry has one such setting,
     * which is put back to basic scanning without rules when it is taken away. Left as it is when left out.
     */
    registryScanning?: RegistryScanning;
    /**
     * Whether API Gateway may write logs of the region's REST APIs, by a role that an account has once in each region.
     * Whatever is there stays when left out.
     */
    apiGatewayLogs?: boolean;
    /** Topic of the same region that is told of urgent GuardDuty findings. Nobody is told when left out. */
    alarmTopicArn?: pulumi.Input<string>;
    /** Name of the bucket of the same region that takes the buckets' access logs. None when left out. */
    accessLogBucket?: pulumi.Input<string>;
    /** How long the trail can be searched in CloudWatch Logs, in days. 365 when left out. */
    logRetentionDays?: number;
    /**
     * For how many days nobody can delete the trail's files without a permission for just that (S3 Object Lock,
     * governance mode). It can be set only when the bucket is made. 365 when left out.
     */
    trailLockDays?: number;
    /** Whether Pulumi refuses to delete the trail, its key and the buckets. True when left out. */
    deletionProtection?: boolean;
    /** Tags, beside the provider's default tags. */
    tags?: TagsInput;
}

/**
 * What every AWS account should have once per region, and in its home region once per account. AWS allows each of
 * these things once, so two stacks of one account and region must not both make it; callers leave it out where
 * somebody else secures the account.
 *
 * Children in every region: `<name>-key` (an EncryptionKey), `<name>-detector`, `<name>-s3-data-events`,
 * `<name>-rds-login-events`, `<name>-lambda-network-logs`, `<name>-ebs-malware-protection`, `<name>-findings`,
 * `<name>-findings-topic`, `<name>-analyzer`, `<name>-ebs-encryption`, `<name>-snapshot-sharing`,
 * `<name>-instance-metadata`, `<name>-config-store` (a SecureBucket), `<name>-config-role`, `<name>-config-reads`,
 * `<name>-config-delivers`, `<name>-config-recorder`, `<name>-config-channel`, `<name>-config-recording`, `<name>-registry-scanning`,
 * `<name>-api-gateway`, `<name>-api-gateway-role`, `<name>-api-gateway-writes`.
 *
 * In the home region also: `<name>-trail-store` (a SecureBucket), `<name>-trail-log`, `<name>-trail-role`,
 * `<name>-trail-policy`, `<name>-trail`, `<name>-s3-public-access`, `<name>-passwords`.
 */
export class AccountBaseline extends pulumi.ComponentResource {
    /** Id of the region's GuardDuty detector. */
    readonly detectorId: pulumi.Output<string>;
    /** ARN of the key that encrypts the trail and AWS Config's records. */
    readonly kmsKeyArn: pulumi.Output<string>;
    /** ARN of the trail; in the home region alone. */
    readonly trailArn?: pulumi.Output<string>;
    /** Name of the trail's bucket; in the home region alone. */
    readonly trailBucketName?: pulumi.Output<string>;
    /** Name of the trail's log group; in the home region alone. */
    readonly trailLogGroupName?: pulumi.Output<string>;

    constructor(name: string, args: AccountBaselineArgs, opts?: pulumi.ComponentResourceOptions) {
        args = validate(name, args);
        super("meridian:index:AccountBaseline", name, args, opts);

        const key = new EncryptionKey(
            `${name}-key`,
            {
                description: `CloudTrail and AWS Config in ${args.region}`,
                region: args.region,
                accountId: args.accountId,
                services: [
                    KeyUser.Config,
                    ...(args.homeRegion ? [KeyUser.CloudTrail, KeyUser.CloudWatchLogs] : []),
                ],
                deletionProtection: args.deletionProtection ?? true,
                ...(args.tags === undefined ? {} : { tags: args.tags }),
            },
            { parent: this },
        );
        this.detectorId = threatDetection(this, name, {
            region: args.region,
            features: args.guardDutyFeatures ?? Object.values(GuardDutyFeature),
            ...(args.alarmTopicArn === undefined ? {} : { topicArn: args.alarmTopicArn }),
            ...(args.tags === undefined ? {} : { tags: args.tags }),
        });
        secureRegion(this, name, args);
        if (args.registryScanning !== undefined) {
            registryScanning(this, name, args.region, args.registryScanning);
        }
        if (args.apiGatewayLogs === true) {
            apiGatewayLogs(this, name, args);
        }
        if (args.configRecorder ?? true) {
            configRecorder(this, name, {
                ...shared(args),
                kmsKeyArn: key.keyArn,
                globalResources: args.homeRegion,
            });
        }
        if (args.homeRegion) {
            const trail = secureAccount(this, name, args, key.keyArn);
            this.trailArn = trail.trailArn;
            this.trailBucketName = trail.bucketName;
            this.trailLogGroupName = trail.logGroupName;
        }
        this.kmsKeyArn = key.keyArn;
        this.registerOutputs({
            detectorId: this.detectorId,
            kmsKeyArn: this.kmsKeyArn,
            trailArn: this.trailArn,
            trailBucketName: this.trailBucketName,
            trailLogGroupName: this.trailLogGroupName,
        });
    }
}

function shared(args: AccountBaselineArgs) {
    return {
        region: args.region,
        accountId: args.accountId,
        deletionProtection: args.deletionProtection ?? true,
        ...(args.accessLogBucket === undefined ? {} : { accessLogBucket: args.accessLogBucket }),
        ...(args.tags === undefined ? {} : { tags: args.tags }),
    };
}

const ARGUMENTS: ArgumentTable<AccountBaselineArgs> = {
    region: required(region()),
    accountId: required(input(accountId())),
    homeRegion: required(flag()),
    guardDutyFeatures: list(oneOf(GuardDutyFeature), "a list of GuardDuty's features"),
    configRecorder: flag(),
    registryScanning: REGISTRY_SCANNING,
    apiGatewayLogs: flag(),
    alarmTopicArn: input(topicArn()),
    accessLogBucket: input(bucketName()),
    logRetentionDays: logRetention(),
    trailLockDays: numberIn({ min: 1, max: 2556, step: 1 }),
    deletionProtection: flag(),
    tags: tags(),
};

function validate(name: string, given: AccountBaselineArgs): AccountBaselineArgs {
    const problems = new Problems("meridian:index:AccountBaseline", name);
    const args = checkArguments(problems, given, ARGUMENTS);
    checkBucketName(problems, problems.name);
    checkNameLength(problems, "name", `${name}-config-store-bucket`, "aws:s3/bucket:Bucket");
    if (args.apiGatewayLogs === true) {
        checkNameLength(problems, "name", `${name}-api-gateway-role`, "aws:iam/role:Role");
    }
    problems.throwIfAny();
    return args;
}

/** The switches that each region of an account has. */
function secureRegion(parent: AccountBaseline, name: string, args: AccountBaselineArgs): void {
    const { region } = args;
    new aws.accessanalyzer.Analyzer(
        `${name}-analyzer`,
        {
            region,
            analyzerName: `${name}-analyzer`,
            type: "ACCOUNT",
            ...(args.tags === undefined ? {} : { tags: args.tags }),
        },
        // IAM takes no second analyzer of a name, and another type makes another analyzer.
        { parent, deleteBeforeReplace: true },
    );
    // With AWS's own key for EBS: under one of ours, Auto Scaling could start no instance in an account where its
    // service-linked role has not been granted that key.
    new aws.ebs.EncryptionByDefault(
        `${name}-ebs-encryption`,
        { region, enabled: true },
        asSetting({ parent }),
    );
    new aws.ebs.SnapshotBlockPublicAccess(
        `${name}-snapshot-sharing`,
        { region, state: "block-all-sharing" },
        asSetting({ parent }),
    );
    // The hop limit is left to each launch template: containers need 2, and a default of 1 would break them.
    new aws.ec2.InstanceMetadataDefaults(
        `${name}-instance-metadata`,
        { region, httpTokens: "required" },
        asSetting({ parent }),
    );
}

/** What an account has once, whatever its regions. */
function secureAccount(
    parent: AccountBaseline,
    name: string,
    args: AccountBaselineArgs,
    kmsKeyArn: pulumi.Output<string>,
): AccountTrail {
    new aws.s3.AccountPublicAccessBlock(
        `${name}-s3-public-access`,
        {
            accountId: args.accountId,
            blockPublicAcls: true,
            blockPublicPolicy: true,
            ignorePublicAcls: true,
            restrictPublicBuckets: true,
        },
        asSetting({ parent }),
    );
    new aws.iam.AccountPasswordPolicy(
        `${name}-passwords`,
        {
            // CIS AWS Foundations Benchmark, "Ensure IAM password policy requires minimum length of 14 or greater"
            // and "prevents password reuse".
            minimumPasswordLength: 14,
            passwordReusePrevention: 24,
            requireLowercaseCharacters: true,
            requireUppercaseCharacters: true,
            requireNumbers: true,
            requireSymbols: true,
            maxPasswordAge: 90,
            allowUsersToChangePassword: true,
            // An expired password can still be changed by its owner; a lock-out would need an administrator.
            hardExpiry: false,
        },
        asSetting({ parent }),
    );
    return accountTrail(parent, name, {
        ...shared(args),
        kmsKeyArn,
        logRetentionDays: args.logRetentionDays ?? 365,
        lockDays: args.trailLockDays ?? 365,
    });
}
