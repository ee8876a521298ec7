import type * as pulumi from "@pulumi/pulumi";
import { type TagsInput } from "../../shared/tags";

/** How a domain is spread over zones. */
export enum SearchAvailability {
    /**
     * Three zones, each with all data; two answer and the third stands by, which takes over within a minute. Three
     * dedicated masters, and no burstable instances.
     */
    ThreeZonesWithStandby = "ThreeZonesWithStandby",
    /** Two zones, each with all data. */
    TwoZones = "TwoZones",
}

/** Arguments of SearchDomain. */
export interface SearchDomainArgs {
    /** The AWS region of the domain. */
    region: string;
    /** The AWS account of the domain: 12 digits. */
    accountId: pulumi.Input<string>;
    /**
     * Name of the domain, unique in account and region: 3 to 28 lower-case letters, digits and hyphens, a letter first.
     * It cannot be changed: another name is another domain.
     */
    domainName: string;
    /** Id of the network that the domain is in. */
    vpcId: pulumi.Input<string>;
    /**
     * Ids of the subnets of its nodes, private ones, one in each zone: 3 with ThreeZonesWithStandby, 2 with TwoZones. The
     * domain's own function, which says who may do what in it, runs in them too, so their network ACLs must let port 443
     * through between them.
     */
    subnetIds: pulumi.Input<pulumi.Input<string>[]>;
    /** How the domain is spread over zones. `SearchAvailability.ThreeZonesWithStandby` when left out. */
    availability?: SearchAvailability;
    /**
     * ARN of the key that encrypts data, logs and the function's environment. Its policy must let CloudWatch Logs use
     * it (KeyUser.CloudWatchLogs).
     */
    kmsKeyArn: pulumi.Input<string>;
    /** Engine and version: `OpenSearch_` and a version from 2.11 on. `OpenSearch_3.3` when left out. */
    engineVersion?: string;
    /** Type of the data nodes. `r8g.large.search` when left out. */
    instanceType?: string;
    /** How many data nodes there are: a multiple of the zones. One in each zone when left out. */
    instanceCount?: number;
    /**
     * Type of the three dedicated masters. `m8g.large.search` when left out, and with TwoZones none: the data nodes then
     * elect one of themselves, and if the wrong zone of two fails there is no majority left to do so.
     */
    masterInstanceType?: string;
    /** Size of each data node's gp3 volume in GiB: 10 to 16384. 100 when left out. */
    volumeSize?: number;
    /** IOPS of each volume: 3000 to 16000. 3000 when left out. */
    volumeIops?: number;
    /** Throughput of each volume in MiB/s: 125 to 1000. 125 when left out. */
    volumeThroughput?: number;
    /**
     * When in UTC the ten hours begin in which AWS may change the domain, `hh:mm`: software updates and what Auto-Tune
     * does by replacing nodes. `22:00` when left out.
     */
    offPeakWindowStart?: string;
    /**
     * Roles that the domain's access policy lets in beside its own: those of other accounts, which need it beside their own
     * policies. Roles of this account need `readPermissions` or `writePermissions` alone. Roles must exist. None when left
     * out. SearchAccess says what each may do inside.
     */
    clientRoleArns?: pulumi.Input<string>[];
    /**
     * Whether the account's role AWSServiceRoleForAmazonOpenSearchService is made here, which every domain in a network
     * needs and which an account has once, whatever the region. It stays when this program is destroyed. False when left
     * out: it is there.
     */
    createServiceLinkedRole?: boolean;
    /**
     * Whether the policy is made that lets OpenSearch write this domain's logs. CloudWatch Logs takes ten such policies in
     * an account and region; set it to false where one policy of the account's lets `es.amazonaws.com` write all groups
     * under `/aws/opensearch/`. True when left out.
     */
    createLogPolicy?: boolean;
    /** How many days logs are kept, a period that CloudWatch Logs takes. 365 when left out. */
    logRetentionDays?: number;
    /** Topics of the same region that the alarms tell. Nobody when left out. */
    alarmTopicArns?: pulumi.Input<pulumi.Input<string>[]>;
    /** Whether Pulumi refuses to delete the domain. AWS has no such lock. True when left out. */
    deletionProtection?: boolean;
    /** Tags, beside the provider's default tags. */
    tags?: TagsInput;
}
