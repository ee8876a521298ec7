import type * as pulumi from "@pulumi/pulumi";
import { type TagsInput } from "../../shared/tags";

/** Arguments of SearchIndexLoader. */
export interface SearchIndexLoaderArgs {
    /** The AWS region of table and domain. */
    region: string;
    /** The AWS account of table and domain: 12 digits. */
    accountId: pulumi.Input<string>;
    /** Name of the index: 1 to 255 lower-case letters, digits, `_` and `-`, a letter or digit first. */
    indexName: string;
    /**
     * What the index is made with, as JSON: `settings`, `mappings` and `aliases` as OpenSearch's API has them. Fields that
     * are added to the mappings later are added to the index; what else changes needs a new index. Nothing when left out:
     * OpenSearch then guesses the type of each field from its first value.
     */
    indexBody?: string;
    /** Name of the table. */
    tableName: pulumi.Input<string>;
    /** ARN of the table. */
    tableArn: pulumi.Input<string>;
    /**
     * ARN of the table's stream, which shows new images; old ones too where `versionAttribute` is given.
     */
    streamArn: pulumi.Input<string>;
    /** ARN of the key that encrypts the table, where it is the account's own. */
    tableKmsKeyArn?: pulumi.Input<string>;
    /** The table's key attributes, the hash key first: one or two. A document's id is made of them. */
    keyAttributes: string[];
    /** Attributes that documents have. All when left out. */
    attributes?: string[];
    /**
     * Attribute with the version of an item: a whole number that grows with every write, also across a deletion, such as a
     * counter or the time in microseconds. Left out, the time that the stream gives for a change decides, in whole
     * seconds; within one, what the stream delivers later counts.
     */
    versionAttribute?: string;
    /**
     * Attribute with the time in seconds since 1970 after which an item counts as deleted: the one that the table's TTL goes
     * by. DynamoDB may take two days to delete it, and then says so like of any deletion. None when left out.
     */
    expiryAttribute?: string;
    /** SearchDomain's `endpoint`. */
    domainEndpoint: pulumi.Input<string>;
    /** SearchDomain's `domainArn`. */
    domainArn: pulumi.Input<string>;
    /** SearchDomain's `securityGroupId`. */
    domainSecurityGroupId: pulumi.Input<string>;
    /** SearchDomain's `accessFunctionName`. */
    accessFunctionName: pulumi.Input<string>;
    /** Id of the network that the function runs in: the domain's own, or one that reaches it. */
    vpcId: pulumi.Input<string>;
    /** Ids of the function's subnets, private ones, in two or more zones. */
    subnetIds: pulumi.Input<pulumi.Input<string>[]>;
    /**
     * IPv4 blocks that the function may call on port 443, beside the domain: filling the index for the first time asks
     * DynamoDB, by its gateway endpoint or by way of NAT. All addresses when left out; with none the stream still works.
     */
    internetEgressCidrBlocks?: string[];
    /**
     * ARN of the key that encrypts logs and environment. Its policy must let CloudWatch Logs use it
     * (KeyUser.CloudWatchLogs).
     */
    kmsKeyArn: pulumi.Input<string>;
    /** Changes that one call takes at most: 1 to 1000. 100 when left out. */
    batchSize?: number;
    /** Seconds for which changes are gathered: 0 to 60. 1 when left out, so that searches lag by a few seconds. */
    batchingWindowSeconds?: number;
    /** Calls at once for each shard of the stream, changes of one item staying in order: 1 to 10. 1 when left out. */
    parallelizationFactor?: number;
    /**
     * How often a call is tried again that failed, with longer and longer pauses, before its changes are given up and their
     * place in the stream is written to the failure queue: 1 to 1000. 10 when left out.
     */
    retryAttempts?: number;
    /** Calls at once over all shards, which are kept free: 1 to 100. 10 when left out. */
    concurrency?: number;
    /** How many days logs are kept, a period that CloudWatch Logs takes. 365 when left out. */
    logRetentionDays?: number;
    /** Topics of the same region that the alarms tell. Nobody when left out. */
    alarmTopicArns?: pulumi.Input<pulumi.Input<string>[]>;
    /** Tags, beside the provider's default tags. */
    tags?: TagsInput;
}
