/** What programs do in other ways than this project's: names, orders and arguments that rules must see through. */
import {
    type Accepted,
    type FixtureResource,
    type MutableStack,
    type Mutant,
    refTo,
    UNKNOWN,
} from "../../support/policies/mutation";
import { CLUSTER, cluster, GLOBAL, IGNORED, INSTANCE, KEY, key, pair } from "./databases";

const RECORD = "aws:route53/record:Record";
const ZONE = "aws:route53/zone:Zone";
const CERTIFICATE = "aws:acm/certificate:Certificate";
const DISTRIBUTION = "aws:cloudfront/distribution:Distribution";
const DATABASE = "aws:rds/instance:Instance";
const DOCUMENTS = "aws:docdb/cluster:Cluster";
const PASSWORD = "random:index/randomPassword:RandomPassword";
const BUCKET = "aws:s3/bucket:Bucket";
const OWNERSHIP = "aws:s3/bucketOwnershipControls:BucketOwnershipControls";
const LIFECYCLE = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
const RULE = "aws:ec2/securityGroupRule:SecurityGroupRule";
const FLEET = "aws:autoscaling/group:Group";
const BALANCER = "aws:lb/loadBalancer:LoadBalancer";
const LISTENER = "aws:lb/listener:Listener";
const TARGET_GROUP = "aws:lb/targetGroup:TargetGroup";
const ROLE = "aws:iam/role:Role";
const PLAN = "aws:backup/plan:Plan";
const LOCK = "aws:backup/vaultLockConfiguration:VaultLockConfiguration";
const FUNCTION = "arn:aws:lambda:us-east-1:111122223333:function:rewrite";

/** A record of the zone `town.example.com` with further arguments. */
function record(name: string, inputs: Readonly<Record<string, unknown>>): FixtureResource {
    return {
        type: RECORD,
        name,
        inputs: {
            zoneId: refTo(ZONE, "town"),
            type: "CNAME",
            ttl: 300,
            records: ["shop.example.com"],
            ...inputs,
        },
    };
}

const town: FixtureResource = { type: ZONE, name: "town", inputs: { name: "town.example.com." } };

/** Two latency records of different names. */
const latency: readonly FixtureResource[] = [
    town,
    record("near", {
        name: "Near.town.example.com.",
        setIdentifier: "one",
        latencyRoutingPolicies: [{ region: "us-east-1" }],
    }),
    record("far", {
        name: "far.town.example.com",
        setIdentifier: "two",
        latencyRoutingPolicies: [{ region: "eu-central-1" }],
    }),
];

/** Two failover records of different names. */
const failover: readonly FixtureResource[] = [
    town,
    record("first", {
        name: "first.town.example.com",
        setIdentifier: "one",
        healthCheckId: "11111111-2222-3333-4444-555555555555",
        failoverRoutingPolicies: [{ type: "PRIMARY" }],
    }),
    record("second", {
        name: "second.town.example.com",
        setIdentifier: "two",
        healthCheckId: "11111111-2222-3333-4444-555555555555",
        failoverRoutingPolicies: [{ type: "PRIMARY" }],
    }),
];

const certificate: FixtureResource = {
    type: CERTIFICATE,
    name: "town",
    inputs: { domainName: "town.example.com", validationMethod: "DNS" },
};

/** Registers the primary of the pair again, after its secondary, as one that waits for its password. */
function primaryLast(stack: MutableStack): void {
    stack.remove(stack.find(CLUSTER, "pair-us"));
    stack.remove(stack.find(INSTANCE, "pair-us-1"));
    for (const each of pair.filter(({ name }) => name.startsWith("pair-us"))) {
        stack.add(each);
    }
    stack.relate(stack.find(CLUSTER, "pair-eu"), "sourceRegion", stack.find(INSTANCE, "pair-us-1"));
}

function bucket(inputs: Readonly<Record<string, unknown>> = {}): FixtureResource {
    return { type: BUCKET, name: "attic", inputs: { bucket: "meridian-attic", ...inputs } };
}

const ownership: FixtureResource = {
    type: OWNERSHIP,
    name: "attic",
    inputs: { bucket: refTo(BUCKET, "attic"), rule: { objectOwnership: "BucketOwnerPreferred" } },
};

const firewall: readonly FixtureResource[] = [
    {
        type: GROUP,
        name: "firewall",
        inputs: { description: "Lets out", vpcId: refTo("aws:ec2/vpc:Vpc", "shop-vpc-network") },
    },
    {
        type: RULE,
        name: "firewall-out",
        inputs: {
            securityGroupId: refTo(GROUP, "firewall"),
            type: "egress",
            protocol: "tcp",
            fromPort: 443,
            toPort: 443,
            cidrBlocks: ["10.10.0.0/16"],
        },
    },
];

const HTTPS = [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["10.10.0.0/16"] }];

const documents: readonly FixtureResource[] = [
    { type: PASSWORD, name: "documents", inputs: { length: 32, special: false } },
    {
        type: DOCUMENTS,
        name: "documents",
        inputs: {
            clusterIdentifier: "documents",
            masterUsername: "lone_admin",
            masterPassword: refTo(PASSWORD, "documents"),
            skipFinalSnapshot: true,
            storageEncrypted: true,
        },
    },
];

const backup: readonly FixtureResource[] = [
    { type: "aws:backup/vault:Vault", name: "cellar", inputs: { name: "cellar", region: "us-east-1" } },
    {
        type: LOCK,
        name: "cellar",
        inputs: { backupVaultName: "cellar", minRetentionDays: 7, region: "us-east-1" },
    },
    {
        type: PLAN,
        name: "cellar",
        inputs: {
            name: "cellar",
            region: "us-east-1",
            rules: [
                {
                    ruleName: "daily",
                    targetVaultName: "cellar",
                    schedule: "cron(0 3 * * ? *)",
                    startWindow: 60,
                    completionWindow: 300,
                    lifecycle: { deleteAfter: 35 },
                },
            ],
        },
    },
];

export const mutants: readonly Mutant[] = [
    {
        rule: "route53-one-policy-per-name",
        title: "two simple records, one by its relative name",
        fixture: [
            town,
            record("full", { name: "www.town.example.com" }),
            record("other", { name: "web.town.example.com" }),
        ],
        change: (stack) => {
            stack.set(stack.find(RECORD, "other"), "name", "WWW");
        },
        message: "is a second simple record of the name and type of full",
    },
    {
        rule: "route53-set-identifier",
        title: "one twice, by a relative name",
        fixture: latency,
        change: (stack) => {
            stack.set(stack.find(RECORD, "far"), "name", "near");
            stack.set(stack.find(RECORD, "far"), "setIdentifier", "one");
        },
        message: 'has the setIdentifier "one", and so has far',
    },
    {
        rule: "route53-latency-regions",
        title: "one region twice, by a relative name",
        fixture: latency,
        change: (stack) => {
            stack.set(stack.find(RECORD, "far"), "name", "near");
            stack.set(stack.find(RECORD, "far"), "latencyRoutingPolicies[0].region", "us-east-1");
        },
        message: "is the latency record of us-east-1, and so is far",
    },
    {
        rule: "route53-failover-roles",
        title: "two primary records, one by its relative name",
        fixture: failover,
        change: (stack) => {
            stack.set(stack.find(RECORD, "second"), "name", "first");
        },
        message: "is the PRIMARY record of its name, and so is first",
    },
    {
        rule: "aurora-secondary-without-credentials",
        title: "a secondary with a database name before a primary that waits for its password",
        fixture: pair,
        change: (stack) => {
            primaryLast(stack);
            stack.set(stack.find(CLUSTER, "pair-eu"), "databaseName", "shop");
        },
        decidedBy: "relations",
        message: "has databaseName",
    },
    {
        rule: "aurora-secondary-without-credentials",
        title: "a secondary with a password before the primary",
        fixture: pair,
        change: (stack) => {
            primaryLast(stack);
            stack.set(stack.find(CLUSTER, "pair-eu"), "masterPasswordWo", "correct-horse-battery");
            stack.set(stack.find(CLUSTER, "pair-eu"), "masterPasswordWoVersion", 1);
        },
        decidedBy: "relations",
        message: "has masterPasswordWo",
    },
    {
        rule: "aurora-secondary-without-credentials",
        title: "a secondary with a password before a primary with a database name",
        fixture: pair,
        change: (stack) => {
            primaryLast(stack);
            stack.set(stack.find(CLUSTER, "pair-us"), "databaseName", "shop");
            stack.set(stack.find(CLUSTER, "pair-eu"), "masterPasswordWo", "correct-horse-battery");
            stack.set(stack.find(CLUSTER, "pair-eu"), "masterPasswordWoVersion", 1);
            stack.set(stack.find(GLOBAL, "pair"), "region", "eu-west-1");
        },
        decidedBy: "relations",
        message: "has masterPasswordWo",
    },
    {
        rule: "aurora-member-versions-agree",
        title: "another version in a secondary before the primary",
        fixture: pair,
        change: (stack) => {
            primaryLast(stack);
            stack.set(stack.find(CLUSTER, "pair-eu"), "engineVersion", "17.6");
            stack.set(stack.find(CLUSTER, "pair-eu"), "masterUsername", "lone_admin");
        },
        message: 'has engineVersion "17.6", and pair-us',
        alsoFires: ["aurora-secondary-without-credentials"],
    },
    {
        rule: "rds-generated-password",
        title: "a password that is too long for DocumentDB",
        fixture: documents,
        change: (stack) => {
            stack.set(stack.find(PASSWORD, "documents"), "length", 128);
        },
        message: "has length 128, and makes a database's password; allowed: 8 to 100",
    },
    {
        rule: "rds-master-credentials",
        title: "a password of one letter",
        fixture: [cluster("tiny")],
        change: (stack) => {
            stack.set(stack.find(CLUSTER, "tiny"), "masterPassword", "x");
        },
        message: "of 1 character; allowed: 8 to 41",
    },
    {
        rule: "s3-acl-ownership",
        title: "an ACL in the bucket's own arguments",
        fixture: [bucket()],
        change: (stack) => {
            stack.set(stack.find(BUCKET, "attic"), "acl", "public-read");
        },
        message: 'has acl "public-read", and ACLs off',
        alsoFires: ["aws-deprecated-arguments"],
    },
    {
        rule: "s3-acl-ownership",
        title: "grants in the arguments of a bucket whose owner is enforced",
        fixture: [bucket(), ownership],
        change: (stack) => {
            stack.set(stack.find(OWNERSHIP, "attic"), "rule.objectOwnership", "BucketOwnerEnforced");
            stack.set(stack.find(BUCKET, "attic"), "grants", [
                {
                    type: "Group",
                    permissions: ["READ"],
                    uri: "http://acs.amazonaws.com/groups/global/AllUsers",
                },
            ]);
        },
        message: "has grants, and ACLs off",
        alsoFires: ["aws-deprecated-arguments"],
    },
    {
        rule: "ec2-security-group-mixed-rules",
        title: "egress inline besides a rule with a type",
        fixture: firewall,
        change: (stack) => {
            stack.set(stack.find(GROUP, "firewall"), "egress", HTTPS);
            stack.relate(stack.find(GROUP, "firewall"), "egress", stack.find("aws:ec2/vpc:Vpc"));
        },
        message: "has egress, and a SecurityGroupRule besides",
    },
    {
        rule: "pulumi-ignore-changes-spelling",
        title: "letters that are swapped",
        change: (stack) => {
            const { options } = stack.find(CLUSTER);
            stack.setOptions(stack.find(CLUSTER), {
                ignoreChanges: [...options.ignoreChanges, "backupRetentoinPeriod"],
            });
        },
        decidedBy: "relations",
        message:
            'ignores changes of "backupRetentoinPeriod", which is no property of it; "backupRetentionPeriod" is',
    },
    {
        rule: "pulumi-ignore-changes-spelling",
        title: "a letter that is missing, before a path",
        fixture: [{ type: GROUP, name: "shut", inputs: { description: "Lets in", ingress: HTTPS } }],
        change: (stack) => {
            stack.setOptions(stack.find(GROUP, "shut"), { ignoreChanges: ["ingres[0].cidrBlocks"] });
        },
        decidedBy: "relations",
        message: '"ingress" is',
    },
    {
        rule: "pulumi-ignore-changes-spelling",
        title: "a singular, and small letters",
        change: (stack) => {
            stack.setOptions(stack.find(CLUSTER), { ignoreChanges: ["tag"] });
            stack.setOptions(stack.find(GROUP), { ignoreChanges: ["vpcid"] });
        },
        decidedBy: "relations",
        message: '"vpcId" is',
    },
    {
        rule: "cloudfront-edge-function",
        title: "a function of another region",
        change: (stack) => {
            stack.set(stack.find(DISTRIBUTION), "defaultCacheBehavior.lambdaFunctionAssociations", [
                {
                    eventType: "origin-request",
                    lambdaArn: "arn:aws:lambda:eu-central-1:111122223333:function:rewrite:3",
                },
            ]);
        },
        message: ", which is in eu-central-1 instead of us-east-1.",
        alsoFires: ["aws-arn-region"],
    },
    {
        rule: "cloudfront-edge-function",
        title: "a function without a version",
        change: (stack) => {
            stack.set(stack.find(DISTRIBUTION), "defaultCacheBehavior.lambdaFunctionAssociations", [
                { eventType: "origin-request", lambdaArn: FUNCTION },
            ]);
        },
        message: ", which has no version number.",
    },
    {
        rule: "s3-lifecycle-filters",
        title: "the id of another rule",
        change: (stack) => {
            stack.set(stack.find(LIFECYCLE, /logs-targets/), "rules[1].id", "abort-failed-uploads");
        },
        message: 'has rules[1] with the id "abort-failed-uploads", which rules[0] has too.',
    },
    {
        rule: "s3-lifecycle-filters",
        title: "an id that is too long",
        change: (stack) => {
            stack.set(stack.find(LIFECYCLE, /logs-targets/), "rules[1].id", "i".repeat(256));
        },
        message: "has rules[1] with an id of 256 characters; allowed: 255.",
    },
    {
        rule: "s3-lifecycle-days",
        title: "infrequent access after a day",
        change: (stack) => {
            stack.set(stack.find(LIFECYCLE, /logs-targets/), "rules[1].transitions[0].days", 1);
        },
        message: "with STANDARD_IA after 1 day;",
    },
    {
        rule: "iam-limits",
        title: "a long description",
        change: (stack) => {
            stack.set(stack.find(ROLE), "description", "d".repeat(1100));
        },
        message: "has a description of 1100 characters; allowed: 1000.",
    },
    {
        rule: "iam-limits",
        title: "a dash that Latin-1 has not",
        change: (stack) => {
            stack.set(stack.find(ROLE), "description", "Shop \u2013 web tier");
        },
        message: "(U+2013)",
    },
    {
        rule: "backup-lifecycle",
        title: "a window that ends as it begins",
        fixture: backup,
        change: (stack) => {
            stack.set(stack.find(PLAN, "cellar"), "rules[0].completionWindow", 60);
        },
        message:
            "completionWindow 60; allowed: a startWindow of 60 or more, and a completionWindow above it.",
    },
    {
        rule: "backup-lifecycle",
        title: "continuous backups without an end",
        fixture: backup,
        change: (stack) => {
            stack.unset(stack.find(PLAN, "cellar"), "rules[0].lifecycle");
            stack.set(stack.find(PLAN, "cellar"), "rules[0].enableContinuousBackup", true);
        },
        message: "with continuous backups that never end",
    },
    {
        rule: "backup-lock-retention",
        title: "a plan below a lock without a longest time",
        fixture: backup,
        change: (stack) => {
            stack.set(stack.find(PLAN, "cellar"), "rules[0].lifecycle.deleteAfter", 3);
        },
        message: "has rules[0] with deleteAfter 3, and the vault's lock allows 7 or more.",
    },
    {
        rule: "elb-target-needs-listener",
        title: "a group that waits for none of two listeners",
        fixture: [
            {
                type: LISTENER,
                name: "web-second",
                inputs: {
                    loadBalancerArn: refTo(BALANCER, "shop-web-alb"),
                    port: 8443,
                    protocol: "HTTP",
                    defaultActions: [{ type: "forward", targetGroupArn: refTo(TARGET_GROUP, "shop-web-tg") }],
                },
            },
        ],
        change: (stack) => {
            const group = stack.find(FLEET, "shop-web-fleet-group");
            // The alarms and the template lead to the balancer too.
            stack.unset(group, "instanceRefresh");
            stack.refer(group, "targetGroupArns", stack.find(TARGET_GROUP, "shop-web-tg"));
        },
        decidedBy: "relations",
        message: "without waiting for web-second or shop-web-https.",
    },
];

export const accepted: readonly Accepted[] = [
    {
        rule: "pulumi-stringified-output",
        title: "a resource of identifiers that are not known yet",
        change: (stack) => {
            stack.add({
                type: "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
                name: "logs",
                inputs: { resourceArn: UNKNOWN, logDestinationConfigs: [UNKNOWN] },
            });
            stack.add({
                type: "aws:acm/certificateValidation:CertificateValidation",
                name: "proof",
                inputs: { certificateArn: UNKNOWN, validationRecordFqdns: [UNKNOWN] },
            });
        },
    },
    {
        rule: "kms-key-arn",
        title: "a replica of another region, which takes its key alone",
        fixture: [key("replica-key", "us-east-1")],
        change: (stack) => {
            stack.add({
                type: DATABASE,
                name: "replica",
                inputs: {
                    identifier: "replica",
                    instanceClass: "db.m7g.large",
                    kmsKeyId: refTo(KEY, "replica-key"),
                    replicateSourceDb: "arn:aws:rds:eu-central-1:111122223333:db:source",
                    skipFinalSnapshot: true,
                },
            });
        },
    },
    {
        rule: "route53-one-policy-per-name",
        title: "the same relative name in two zones, and one that ends in its zone's name",
        fixture: [
            town,
            { type: ZONE, name: "village", inputs: { name: "village.example.com" } },
            record("town-web", { name: "www" }),
        ],
        change: (stack) => {
            stack.add(record("village-web", { name: "www", zoneId: refTo(ZONE, "village") }));
            stack.add(record("town-inner", { name: "www.inner.town.example.com" }));
        },
    },
    {
        rule: "route53-cloudfront-alias",
        title: "the zone that the distribution tells",
        fixture: [town],
        change: (stack) => {
            const distribution = refTo(DISTRIBUTION, stack.find(DISTRIBUTION).name);
            stack.add({
                type: RECORD,
                name: "edge",
                inputs: {
                    zoneId: refTo(ZONE, "town"),
                    name: "edge.town.example.com",
                    type: "A",
                    aliases: [{ name: distribution, zoneId: distribution, evaluateTargetHealth: false }],
                },
            });
        },
    },
    {
        rule: "route53-apex-cname",
        title: "a record that proves a domain",
        fixture: [town, certificate],
        change: (stack) => {
            stack.add(
                record("proof", {
                    name: refTo(CERTIFICATE, "town"),
                    type: refTo(CERTIFICATE, "town"),
                    records: [refTo(CERTIFICATE, "town")],
                }),
            );
        },
    },
    {
        rule: "aurora-secondary-without-credentials",
        title: "a primary that registers last",
        fixture: pair,
        change: primaryLast,
    },
    {
        rule: "rds-master-credentials",
        title: "a password that is generated, and not known yet",
        fixture: [{ type: PASSWORD, name: "made", inputs: { length: 32, special: false } }],
        change: (stack) => {
            stack.add(cluster("made", { masterPassword: refTo(PASSWORD, "made") }));
        },
    },
    {
        rule: "rds-master-credentials",
        title: "a user and a password that are a source's",
        change: (stack) => {
            stack.add(
                cluster("copy", {
                    masterUsername: undefined,
                    masterPassword: undefined,
                    replicationSourceIdentifier: "arn:aws:rds:us-east-1:111122223333:cluster:source",
                }),
            );
        },
    },
    {
        rule: "s3-acl-ownership",
        title: "an ACL that is private, and one that ownership allows",
        change: (stack) => {
            stack.add(bucket({ acl: "public-read" }));
            stack.add(ownership);
            stack.add({ type: BUCKET, name: "plain", inputs: { bucket: "meridian-plain", acl: "private" } });
        },
    },
    {
        rule: "ec2-security-group-mixed-rules",
        title: "rules of one direction inline, and of the other as resources",
        fixture: firewall,
        change: (stack) => {
            const group = stack.find(GROUP, "firewall");
            stack.set(group, "ingress", HTTPS);
            stack.relate(group, "ingress", stack.find("aws:ec2/vpc:Vpc"));
            stack.add({
                type: EGRESS,
                name: "firewall-dns",
                inputs: {
                    securityGroupId: refTo(GROUP, "firewall"),
                    ipProtocol: "udp",
                    fromPort: 53,
                    toPort: 53,
                    cidrIpv4: "10.10.0.0/16",
                },
            });
        },
    },
    {
        rule: "pulumi-ignore-changes-spelling",
        title: "properties that are not given, and look like others",
        fixture: [{ type: GROUP, name: "shut", inputs: { description: "Lets in", ingress: HTTPS } }],
        change: (stack) => {
            stack.setOptions(stack.find(GROUP, "shut"), { ignoreChanges: ["egress", "name", "tagsAll"] });
            stack.setOptions(stack.find(CLUSTER), {
                ignoreChanges: ["masterPasswordWo", "regions", ...IGNORED],
            });
            stack.setOptions(stack.find(FLEET), { ignoreChanges: ["maxSize", "minSize", "desiredCapacity"] });
        },
    },
];
