import type * as pulumi from "@pulumi/pulumi";
import { type Exposure } from "../../shared/exposure";
import { type TagsInput } from "../../shared/tags";

/** Arguments of ServiceBalancer. */
export interface ServiceBalancerArgs {
    /** The AWS region that the balancer is in, such as `eu-central-1`. */
    region: string;
    /** The AWS account that the balancer is in: 12 digits. */
    accountId: pulumi.Input<string>;
    /** Id of the VPC. */
    vpcId: pulumi.Input<string>;
    /** Ids of the balancer's subnets, one in each of two or more zones: private ones with Internal, else public ones. */
    subnetIds: pulumi.Input<pulumi.Input<string>[]>;
    /**
     * Who reaches the balancer. Internal when left out: private addresses alone, and clients in
     * `internalClientCidrBlocks` and those that a SecurityGroupConnection lets in. With Internet, everybody reaches ports
     * 443 and 80, and 80 redirects to 443. With CloudFront, CloudFront and Route 53's health checkers reach port 443, and
     * the firewall answers requests without the secret header with 403. Changing from or to Internal replaces the balancer.
     */
    exposure?: Exposure;
    /**
     * IPv4 blocks of the clients of an Internal balancer, each on ports 443 and 80; 80 redirects to 443. At most 19. None
     * when left out: then port 80 stays shut and clients are let in by their security groups.
     */
    internalClientCidrBlocks?: string[];
    /**
     * Whether CloudFront reaches an Internal balancer as a VPC origin: port 443 opens to AWS's list of CloudFront's
     * addresses, which reach a private balancer through a VPC origin of this account alone. Needed until the first VPC
     * origin of the VPC is there; then `vpcOriginSecurityGroupId` is narrower. False when left out.
     */
    vpcOrigin?: boolean;
    /**
     * Id of the security group `CloudFront-VPCOrigins-Service-SG`, which CloudFront makes in the VPC with its first VPC
     * origin: it is let in on port 443, beside `vpcOrigin` or in its place. Of use with Internal alone.
     */
    vpcOriginSecurityGroupId?: pulumi.Input<string>;
    /**
     * Name in `hostedZoneId` that clients reach the balancer by, known before the deployment: the subject of its
     * certificate, and an alias record. Left out, `certificateArn` must be given, and records are the caller's.
     */
    domainName?: string;
    /** Further names for the same certificate, each with an alias record, at most 9. None when left out. */
    additionalDomainNames?: string[];
    /** Id of the public hosted zone of the names, which the certificate's validation and the alias records are written to. */
    hostedZoneId?: pulumi.Input<string>;
    /**
     * Whether alias records are made for the names. True when left out. False where the names are part of a latency or
     * failover tree.
     */
    createDnsRecords?: boolean;
    /** ARN of an issued certificate in the region. One is made for `domainName` when left out. */
    certificateArn?: pulumi.Input<string>;
    /**
     * Name of the header that distributions send, at most 40 letters, digits, hyphens and underscores. Required, and of
     * use, with CloudFront alone, where no `webAclArn` is given.
     */
    originHeaderName?: string;
    /**
     * Value of that header, 16 to 128 letters, digits, hyphens, underscores, dots and tildes.
     * Pulumi keeps it as a secret. Required with `originHeaderName`.
     */
    originHeaderValue?: pulumi.Input<string>;
    /**
     * Other values of that header that are let in as well, 4 at most: the next or the last one while the value is being
     * changed. Pulumi keeps them as secrets. None when left out.
     */
    additionalOriginHeaderValues?: pulumi.Input<string>[];
    /**
     * Paths that Route 53's health checkers, which cannot send a header, may `GET` and `HEAD` without it. `/healthz`
     * when left out; of use with `originHeaderName` alone.
     */
    healthCheckPaths?: string[];
    /**
     * ARN of a regional web ACL of the caller's to put before the balancer. With CloudFront, demanding the secret header
     * is then its business. A web ACL of AWS's managed rules is made when left out, save with Internal.
     */
    webAclArn?: pulumi.Input<string>;
    /** Whether an Internal balancer has a firewall, too. False when left out; the others always have one. */
    firewall?: boolean;
    /**
     * Requests that the firewall lets one address send in five minutes, 10 or more. When left out, 2000 with Internet and
     * no limit with Internal; without effect behind CloudFront.
     */
    rateLimitPerFiveMinutes?: number;
    /**
     * Port of a second HTTPS listener, with the same certificate, for the test traffic of blue/green deployments; other
     * than 443 and 80. No such listener when left out.
     */
    blueGreenTestPort?: number;
    /**
     * IPv4 blocks that reach that port, at most 10. `internalClientCidrBlocks` when left out with Internal; required with
     * the others, since a revision under test is not for everybody.
     */
    testClientCidrBlocks?: string[];
    /** Seconds after which an idle connection is closed, 1 to 4000. 60 when left out; targets must keep theirs longer. */
    idleTimeoutSeconds?: number;
    /** ARN of the key that encrypts the firewall's log, in the region; its policy must let CloudWatch Logs use it. */
    kmsKeyArn: pulumi.Input<string>;
    /** For how many days logs are kept; one of the periods of CloudWatch Logs. 365 when left out. */
    logRetentionDays?: number;
    /**
     * Name of the bucket that takes access and connection logs. It must be in the region, encrypted with S3's own keys
     * (SSE-S3), and its policy must let Elastic Load Balancing write below `<name>/AWSLogs/<account>/` and
     * `<name>-connections/AWSLogs/<account>/`. A bucket is made when left out.
     */
    accessLogBucket?: pulumi.Input<string>;
    /** ARNs of SNS topics in the region that alarms notify. No alarms when left out. */
    alarmTopicArns?: pulumi.Input<string>[];
    /**
     * Whether AWS refuses to delete the balancer, and Pulumi the balancer and the log bucket. True when left out. To
     * destroy it, deploy once with false first.
     */
    deletionProtection?: boolean;
    /** Tags, beside the provider's default tags. */
    tags?: TagsInput;
}
