/**
 * An architecture like the shop's, as users of the AWS CDK write it: for each region a stack, one in us-east-1 for what
 * CloudFront wants there, one that joins the region to the database, and a global one. MERIDIAN_REGIONS lists the regions,
 * each with its zones.
 */
"use strict";
const cdk = require("aws-cdk-lib");
const acm = require("aws-cdk-lib/aws-certificatemanager");
const autoscaling = require("aws-cdk-lib/aws-autoscaling");
const backup = require("aws-cdk-lib/aws-backup");
const cloudfront = require("aws-cdk-lib/aws-cloudfront");
const origins = require("aws-cdk-lib/aws-cloudfront-origins");
const cloudtrail = require("aws-cdk-lib/aws-cloudtrail");
const cloudwatch = require("aws-cdk-lib/aws-cloudwatch");
const actions = require("aws-cdk-lib/aws-cloudwatch-actions");
const config = require("aws-cdk-lib/aws-config");
const dynamodb = require("aws-cdk-lib/aws-dynamodb");
const ec2 = require("aws-cdk-lib/aws-ec2");
const ecr = require("aws-cdk-lib/aws-ecr");
const elb = require("aws-cdk-lib/aws-elasticloadbalancingv2");
const guardduty = require("aws-cdk-lib/aws-guardduty");
const iam = require("aws-cdk-lib/aws-iam");
const firehose = require("aws-cdk-lib/aws-kinesisfirehose");
const kms = require("aws-cdk-lib/aws-kms");
const logs = require("aws-cdk-lib/aws-logs");
const rds = require("aws-cdk-lib/aws-rds");
const route53 = require("aws-cdk-lib/aws-route53");
const targets = require("aws-cdk-lib/aws-route53-targets");
const s3 = require("aws-cdk-lib/aws-s3");
const sns = require("aws-cdk-lib/aws-sns");
const ssm = require("aws-cdk-lib/aws-ssm");
const wafv2 = require("aws-cdk-lib/aws-wafv2");

const ACCOUNT = "111122223333";
const DOMAIN = "shop.example.com";
const ZONE = { hostedZoneId: "Z0123456789EXAMPLE0AB", zoneName: "example.com" };
const RETENTION = logs.RetentionDays.ONE_YEAR;
const MANAGED_RULES = [
    "AWSManagedRulesAmazonIpReputationList",
    "AWSManagedRulesCommonRuleSet",
    "AWSManagedRulesKnownBadInputsRuleSet",
    "AWSManagedRulesSQLiRuleSet",
];
const ENDPOINTS = [
    "SSM",
    "SSM_MESSAGES",
    "EC2_MESSAGES",
    "ECR",
    "ECR_DOCKER",
    "CLOUDWATCH_LOGS",
    "SECRETS_MANAGER",
];

const visibility = (metricName) => ({
    cloudWatchMetricsEnabled: true,
    sampledRequestsEnabled: true,
    metricName,
});

function webAcl(scope, id, kind) {
    const managed = MANAGED_RULES.map((name, priority) => ({
        name,
        priority,
        overrideAction: { none: {} },
        statement: { managedRuleGroupStatement: { vendorName: "AWS", name } },
        visibilityConfig: visibility(name),
    }));
    const limit = {
        name: "rate",
        priority: MANAGED_RULES.length,
        action: { block: {} },
        statement: { rateBasedStatement: { limit: 2000, aggregateKeyType: "IP" } },
        visibilityConfig: visibility("rate"),
    };
    return new wafv2.CfnWebACL(scope, id, {
        scope: kind,
        defaultAction: { allow: {} },
        rules: [...managed, limit],
        visibilityConfig: visibility(id),
    });
}

function bucket(scope, id, key) {
    return new s3.Bucket(scope, id, {
        encryption: s3.BucketEncryption.KMS,
        encryptionKey: key,
        bucketKeyEnabled: true,
        blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
        enforceSSL: true,
        versioned: true,
        lifecycleRules: [{ noncurrentVersionExpiration: cdk.Duration.days(90) }],
    });
}

/** What a region's stack of the shop has. */
class RegionStack extends cdk.Stack {
    constructor(scope, id, { zones, index, founding, region }) {
        super(scope, id, { env: { account: ACCOUNT, region }, terminationProtection: true });
        this.zones = zones;
        this.key = new kms.Key(this, "Key", { enableKeyRotation: true });
        this.alarms = new sns.Topic(this, "Alarms", { masterKey: this.key });
        this.logs = bucket(this, "Logs", this.key);
        this.network(index);
        this.database(founding);
        this.personalData();
        this.images();
        this.api();
        this.web(region);
        this.backups();
        this.accountBaseline();
        this.dashboard();
    }

    get availabilityZones() {
        return this.zones;
    }

    network(index) {
        const subnet = (name, subnetType) => ({ name, subnetType, cidrMask: 22 });
        this.vpc = new ec2.Vpc(this, "Vpc", {
            ipAddresses: ec2.IpAddresses.cidr(`10.${index}.0.0/16`),
            availabilityZones: this.zones,
            natGateways: this.zones.length,
            restrictDefaultSecurityGroup: false,
            subnetConfiguration: [
                subnet("edge", ec2.SubnetType.PUBLIC),
                subnet("web", ec2.SubnetType.PRIVATE_WITH_EGRESS),
                subnet("api", ec2.SubnetType.PRIVATE_WITH_EGRESS),
                subnet("data", ec2.SubnetType.PRIVATE_ISOLATED),
            ],
            gatewayEndpoints: {
                s3: { service: ec2.GatewayVpcEndpointAwsService.S3 },
                dynamodb: { service: ec2.GatewayVpcEndpointAwsService.DYNAMODB },
            },
        });
        this.vpc.addFlowLog("Flow");
        for (const name of ENDPOINTS) {
            this.vpc.addInterfaceEndpoint(name, {
                service: ec2.InterfaceVpcEndpointAwsService[name],
                subnets: { subnetGroupName: "api" },
            });
        }
        this.groups = Object.fromEntries(
            ["edge", "web", "api", "data"].map((tier) => [
                tier,
                new ec2.SecurityGroup(this, `${tier}-group`, { vpc: this.vpc, allowAllOutbound: false }),
            ]),
        );
        const allow = (from, to, port) => {
            this.groups[to].addIngressRule(this.groups[from], ec2.Port.tcp(port));
            this.groups[from].addEgressRule(this.groups[to], ec2.Port.tcp(port));
        };
        this.groups.edge.addIngressRule(ec2.Peer.prefixList("pl-3b927c52"), ec2.Port.tcp(443));
        allow("edge", "web", 8443);
        allow("web", "api", 8443);
        allow("api", "data", 5432);
    }

    database(founding) {
        const key = new kms.Key(this, "DatabaseKey", { enableKeyRotation: true, multiRegion: true });
        const engine = rds.DatabaseClusterEngine.auroraPostgres({
            version: rds.AuroraPostgresEngineVersion.VER_16_6,
        });
        const parameterGroup = new rds.ParameterGroup(this, "DatabaseParameters", {
            engine,
            parameters: { "rds.force_ssl": "1" },
        });
        const subnets = { subnetGroupName: "data" };
        if (!founding) {
            new rds.SubnetGroup(this, "DatabaseSubnets", {
                vpc: this.vpc,
                vpcSubnets: subnets,
                description: "The member of the database",
            });
            return;
        }
        const instance = { performanceInsightRetention: rds.PerformanceInsightRetention.MONTHS_1 };
        this.cluster = new rds.DatabaseCluster(this, "Database", {
            engine,
            credentials: rds.Credentials.fromGeneratedSecret("shop"),
            parameterGroup,
            vpc: this.vpc,
            vpcSubnets: subnets,
            securityGroups: [this.groups.data],
            writer: rds.ClusterInstance.serverlessV2("writer", instance),
            readers: [rds.ClusterInstance.serverlessV2("reader", { ...instance, scaleWithWriter: true })],
            serverlessV2MinCapacity: 8,
            serverlessV2MaxCapacity: 64,
            storageEncryptionKey: key,
            iamAuthentication: true,
            deletionProtection: true,
            backup: { retention: cdk.Duration.days(35) },
            monitoringInterval: cdk.Duration.seconds(60),
            cloudwatchLogsExports: ["postgresql"],
            cloudwatchLogsRetention: undefined,
        });
        for (const [id, metric, threshold] of [
            ["Processor", this.cluster.metricCPUUtilization(), 80],
            ["Capacity", this.cluster.metricServerlessDatabaseCapacity(), 57],
            ["Connections", this.cluster.metricDatabaseConnections(), 800],
        ]) {
            this.alarm(`Database${id}`, metric, threshold);
        }
    }

    alarm(id, metric, threshold) {
        const alarm = metric.createAlarm(this, `${id}Alarm`, { threshold, evaluationPeriods: 3 });
        alarm.addAlarmAction(new actions.SnsAction(this.alarms));
    }

    personalData() {
        const key = new kms.Key(this, "PersonalKey", { enableKeyRotation: true });
        this.table = new dynamodb.Table(this, "People", {
            partitionKey: { name: "person", type: dynamodb.AttributeType.STRING },
            billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
            encryption: dynamodb.TableEncryption.CUSTOMER_MANAGED,
            encryptionKey: key,
            pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
            deletionProtection: true,
        });
        this.files = bucket(this, "PersonalFiles", key);
    }

    images() {
        for (const name of ["Web", "Api"]) {
            new ecr.Repository(this, `${name}Images`, {
                imageScanOnPush: true,
                imageTagMutability: ecr.TagMutability.IMMUTABLE,
                encryption: ecr.RepositoryEncryption.KMS,
                encryptionKey: this.key,
                lifecycleRules: [{ maxImageCount: 50 }],
            });
        }
    }

    instances(tier) {
        const role = new iam.Role(this, `${tier}-role`, {
            assumedBy: new iam.ServicePrincipal("ec2.amazonaws.com"),
            managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName("AmazonSSMManagedInstanceCore")],
        });
        const data = ec2.UserData.forLinux();
        data.addCommands("dnf install -y docker amazon-cloudwatch-agent", "systemctl enable --now docker");
        const template = new ec2.LaunchTemplate(this, `${tier}-template`, {
            machineImage: ec2.MachineImage.latestAmazonLinux2023({ cpuType: ec2.AmazonLinuxCpuType.ARM_64 }),
            instanceType: new ec2.InstanceType("t4g.small"),
            role,
            requireImdsv2: true,
            securityGroup: this.groups[tier],
            userData: data,
            blockDevices: [
                {
                    deviceName: "/dev/xvda",
                    volume: ec2.BlockDeviceVolume.ebs(30, {
                        encrypted: true,
                        volumeType: ec2.EbsDeviceVolumeType.GP3,
                    }),
                },
            ],
        });
        const group = new autoscaling.AutoScalingGroup(this, `${tier}-instances`, {
            vpc: this.vpc,
            vpcSubnets: { subnetGroupName: tier },
            minCapacity: 2,
            maxCapacity: 12,
            mixedInstancesPolicy: {
                launchTemplate: template,
                launchTemplateOverrides: ["t4g.small", "t4g.medium", "m7g.medium"].map((name) => ({
                    instanceType: new ec2.InstanceType(name),
                })),
                instancesDistribution: { onDemandBaseCapacity: 2, onDemandPercentageAboveBaseCapacity: 0 },
            },
            healthChecks: autoscaling.HealthChecks.withAdditionalChecks({
                additionalTypes: [autoscaling.AdditionalHealthCheckType.ELB],
                gracePeriod: cdk.Duration.minutes(5),
            }),
        });
        group.scaleOnCpuUtilization("Processor", { targetUtilizationPercent: 50 });
        group.addLifecycleHook("Drain", {
            lifecycleTransition: autoscaling.LifecycleTransition.INSTANCE_TERMINATING,
            defaultResult: autoscaling.DefaultResult.CONTINUE,
        });
        new logs.LogGroup(this, `${tier}-logs`, { retention: RETENTION });
        return { group, role };
    }

    api() {
        const { group, role } = this.instances("api");
        this.table.grantReadWriteData(role);
        this.files.grantReadWrite(role);
        this.apiBalancer = new elb.NetworkLoadBalancer(this, "ApiBalancer", {
            vpc: this.vpc,
            internetFacing: false,
            crossZoneEnabled: true,
            vpcSubnets: { subnetGroupName: "api" },
        });
        const listener = this.apiBalancer.addListener("Tls", {
            port: 443,
            certificates: [this.certificate("Api", `api.${this.region}.internal.${ZONE.zoneName}`)],
            sslPolicy: elb.SslPolicy.TLS13_RES,
        });
        const target = listener.addTargets("Instances", {
            port: 8443,
            protocol: elb.Protocol.TLS,
            targets: [group],
        });
        this.alarm("ApiHealthy", target.metrics.unHealthyHostCount(), 1);
        this.apiGroup = group;
    }

    certificate(id, domainName) {
        return new acm.Certificate(this, `${id}Certificate`, {
            domainName,
            validation: acm.CertificateValidation.fromDns(
                route53.HostedZone.fromHostedZoneAttributes(this, `${id}Zone`, ZONE),
            ),
        });
    }

    web(region) {
        const { group } = this.instances("web");
        this.balancer = new elb.ApplicationLoadBalancer(this, "Balancer", {
            vpc: this.vpc,
            internetFacing: true,
            securityGroup: this.groups.edge,
            vpcSubnets: { subnetGroupName: "edge" },
            dropInvalidHeaderFields: true,
            deletionProtection: true,
        });
        const listener = this.balancer.addListener("Tls", {
            port: 443,
            open: false,
            certificates: [this.certificate("Origin", `origin.${DOMAIN}`)],
            sslPolicy: elb.SslPolicy.TLS13_RES,
            defaultAction: elb.ListenerAction.fixedResponse(403),
        });
        const target = listener.addTargets("Instances", {
            port: 8443,
            protocol: elb.ApplicationProtocol.HTTPS,
            targets: [group],
            priority: 10,
            conditions: [elb.ListenerCondition.httpHeader("x-origin-verify", ["a-value"])],
            healthCheck: { path: "/healthz" },
        });
        group.scaleOnRequestCount("Requests", { targetRequestsPerMinute: 1000 });
        const acl = webAcl(this, "BalancerAcl", "REGIONAL");
        new wafv2.CfnWebACLAssociation(this, "BalancerAclAssociation", {
            resourceArn: this.balancer.loadBalancerArn,
            webAclArn: acl.attrArn,
        });
        this.alarm("WebErrors", this.balancer.metrics.httpCodeElb(elb.HttpCodeElb.ELB_5XX_COUNT), 10);
        this.alarm("WebLatency", target.metrics.targetResponseTime(), 1);
        this.alarm("WebHealthy", target.metrics.unhealthyHostCount(), 1);
        new route53.ARecord(this, "Origin", {
            zone: route53.HostedZone.fromHostedZoneAttributes(this, "RecordZone", ZONE),
            recordName: `${region}.origin.${DOMAIN}`,
            target: route53.RecordTarget.fromAlias(new targets.LoadBalancerTarget(this.balancer)),
        });
    }

    backups() {
        const vault = new backup.BackupVault(this, "Vault", {
            encryptionKey: this.key,
            lockConfiguration: { minRetention: cdk.Duration.days(7) },
        });
        const plan = new backup.BackupPlan(this, "Plan", { backupVault: vault });
        plan.addRule(backup.BackupPlanRule.daily());
        plan.addRule(backup.BackupPlanRule.weekly());
        plan.addSelection("Tagged", { resources: [backup.BackupResource.fromTag("backup", "daily")] });
    }

    accountBaseline() {
        new cloudtrail.Trail(this, "Trail", {
            bucket: this.logs,
            encryptionKey: this.key,
            isMultiRegionTrail: false,
        });
        new guardduty.CfnDetector(this, "Detector", { enable: true });
        const recorder = new iam.Role(this, "RecorderRole", {
            assumedBy: new iam.ServicePrincipal("config.amazonaws.com"),
            managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName("service-role/AWS_ConfigRole")],
        });
        new config.CfnConfigurationRecorder(this, "Recorder", { roleArn: recorder.roleArn });
        new config.CfnDeliveryChannel(this, "Channel", { s3BucketName: this.logs.bucketName });
        const archive = new iam.Role(this, "ArchiveRole", {
            assumedBy: new iam.ServicePrincipal("firehose.amazonaws.com"),
        });
        this.logs.grantReadWrite(archive);
        new firehose.CfnDeliveryStream(this, "Archive", {
            extendedS3DestinationConfiguration: { bucketArn: this.logs.bucketArn, roleArn: archive.roleArn },
        });
        new ssm.StringParameter(this, "Region", { stringValue: this.region });
    }

    dashboard() {
        const dashboard = new cloudwatch.Dashboard(this, "Dashboard");
        dashboard.addWidgets(
            new cloudwatch.GraphWidget({ title: "Requests", left: [this.balancer.metrics.requestCount()] }),
            new cloudwatch.GraphWidget({ title: "API", left: [this.apiBalancer.metrics.activeFlowCount()] }),
        );
    }
}

/** What CloudFront wants in us-east-1: a distribution with its certificate, its firewall and its files. */
class EdgeStack extends cdk.Stack {
    constructor(scope, id, { hosts, origin }) {
        super(scope, id, { env: { account: ACCOUNT, region: "us-east-1" } });
        const zone = route53.HostedZone.fromHostedZoneAttributes(this, "Zone", ZONE);
        const key = new kms.Key(this, "Key", { enableKeyRotation: true });
        const files = origins.S3BucketOrigin.withOriginAccessControl(bucket(this, "Files", key));
        const dynamic = new origins.HttpOrigin(origin, { customHeaders: { "x-origin-verify": "a-value" } });
        const behavior = (to, cachePolicy) => ({
            origin: to,
            cachePolicy,
            viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
            responseHeadersPolicy: cloudfront.ResponseHeadersPolicy.SECURITY_HEADERS,
        });
        this.distribution = new cloudfront.Distribution(this, "Distribution", {
            domainNames: hosts,
            certificate: new acm.Certificate(this, "Certificate", {
                domainName: hosts[0],
                validation: acm.CertificateValidation.fromDns(zone),
            }),
            webAclId: webAcl(this, "Acl", "CLOUDFRONT").attrArn,
            httpVersion: cloudfront.HttpVersion.HTTP2_AND_3,
            logBucket: new s3.Bucket(this, "Logs", {
                objectOwnership: s3.ObjectOwnership.OBJECT_WRITER,
                enforceSSL: true,
                blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
            }),
            defaultBehavior: behavior(dynamic, cloudfront.CachePolicy.CACHING_DISABLED),
            additionalBehaviors: { "/static/*": behavior(files, cloudfront.CachePolicy.CACHING_OPTIMIZED) },
        });
        for (const [index, recordName] of hosts.entries()) {
            const target = route53.RecordTarget.fromAlias(new targets.CloudFrontTarget(this.distribution));
            new route53.ARecord(this, `Host${index}`, { zone, recordName, target });
            new route53.AaaaRecord(this, `HostV6${index}`, { zone, recordName, target });
        }
    }
}

/** The region's member of the global database. */
class MemberStack extends cdk.Stack {
    constructor(scope, id, { region }) {
        super(scope, id, { env: { account: ACCOUNT, region } });
        const cluster = new rds.CfnDBCluster(this, "Member", {
            engine: "aurora-postgresql",
            globalClusterIdentifier: "shop",
            storageEncrypted: true,
            deletionProtection: true,
            serverlessV2ScalingConfiguration: { minCapacity: 4, maxCapacity: 64 },
        });
        for (const index of [0, 1]) {
            new rds.CfnDBInstance(this, `Instance${index}`, {
                engine: "aurora-postgresql",
                dbInstanceClass: "db.serverless",
                dbClusterIdentifier: cluster.ref,
                promotionTier: index,
            });
        }
    }
}

/** What exists once: names over regions, health checks, the database of all regions. */
class GlobalStack extends cdk.Stack {
    constructor(scope, id, { regions, balancers, source }) {
        super(scope, id, { env: { account: ACCOUNT, region: "us-east-1" } });
        const alarms = new sns.Topic(this, "Alarms");
        new rds.CfnGlobalCluster(this, "Database", {
            globalClusterIdentifier: "shop",
            sourceDbClusterIdentifier: source,
            deletionProtection: true,
        });
        for (const region of regions) {
            const check = new route53.CfnHealthCheck(this, `Health${region}`, {
                healthCheckConfig: {
                    type: "HTTPS",
                    fullyQualifiedDomainName: `${region}.origin.${DOMAIN}`,
                    resourcePath: "/healthz",
                    requestInterval: 10,
                },
            });
            new cloudwatch.Alarm(this, `HealthAlarm${region}`, {
                metric: new cloudwatch.Metric({
                    namespace: "AWS/Route53",
                    metricName: "HealthCheckStatus",
                    dimensionsMap: { HealthCheckId: check.ref },
                    statistic: "Minimum",
                }),
                threshold: 1,
                comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
                evaluationPeriods: 2,
            }).addAlarmAction(new actions.SnsAction(alarms));
            for (const failover of ["PRIMARY", "SECONDARY"]) {
                new route53.CfnRecordSet(this, `${failover}${region}`, {
                    hostedZoneId: ZONE.hostedZoneId,
                    name: `${region}.pair.${DOMAIN}`,
                    type: "CNAME",
                    ttl: "60",
                    failover,
                    setIdentifier: `${region}-${failover}`,
                    healthCheckId: check.ref,
                    resourceRecords: [balancers[region]],
                });
            }
            new route53.CfnRecordSet(this, `Latency${region}`, {
                hostedZoneId: ZONE.hostedZoneId,
                name: `origin.${DOMAIN}`,
                type: "A",
                region,
                setIdentifier: region,
                aliasTarget: {
                    hostedZoneId: ZONE.hostedZoneId,
                    dnsName: `${region}.pair.${DOMAIN}`,
                    evaluateTargetHealth: true,
                },
            });
        }
    }
}

const app = new cdk.App();
const regions = JSON.parse(process.env.MERIDIAN_REGIONS);
const balancers = {};
for (const [index, { region, zones }] of regions.entries()) {
    new RegionStack(app, `prod-${region}`, { region, zones, index: index + 10, founding: index === 0 });
    new EdgeStack(app, `prod-${region}-edge`, {
        hosts: [`${region}.${DOMAIN}`],
        origin: `${region}.origin.${DOMAIN}`,
    });
    if (index > 0) {
        new MemberStack(app, `prod-${region}-member`, { region });
    }
    balancers[region] = `${region}.origin.${DOMAIN}`;
}
new EdgeStack(app, "prod-global-edge", { hosts: [DOMAIN], origin: `origin.${DOMAIN}` });
new GlobalStack(app, "prod-global", {
    regions: regions.map(({ region }) => region),
    balancers,
    source: `arn:aws:rds:${regions[0].region}:${ACCOUNT}:cluster:shop`,
});
