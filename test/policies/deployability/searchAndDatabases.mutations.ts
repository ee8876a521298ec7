import { type Accepted, type FixtureResource, type Mutant } from "../../support/policies/mutation";

const SEARCH = "aws:opensearch/domain:Domain";
const CLUSTER = "aws:rds/cluster:Cluster";

const search: readonly FixtureResource[] = [
    {
        type: SEARCH,
        name: "standby",
        inputs: {
            domainName: "shop-standby",
            region: "us-east-1",
            advancedSecurityOptions: { enabled: true },
            clusterConfig: {
                dedicatedMasterCount: 3,
                dedicatedMasterEnabled: true,
                dedicatedMasterType: "m8g.large.search",
                instanceCount: 3,
                instanceType: "r8g.large.search",
                multiAzWithStandbyEnabled: true,
                zoneAwarenessConfig: { availabilityZoneCount: 3 },
                zoneAwarenessEnabled: true,
            },
            domainEndpointOptions: { enforceHttps: true },
            ebsOptions: { ebsEnabled: true, volumeSize: 100, volumeType: "gp3" },
            encryptAtRest: { enabled: true },
            nodeToNodeEncryption: { enabled: true },
            vpcOptions: { subnetIds: ["subnet-0a", "subnet-0b", "subnet-0c"] },
        },
    },
];

const database: readonly FixtureResource[] = [
    {
        type: CLUSTER,
        name: "zones",
        inputs: {
            clusterIdentifier: "shop-zones",
            engine: "postgres",
            engineVersion: "18",
            dbClusterInstanceClass: "db.m8gd.large",
            storageType: "gp3",
            allocatedStorage: 100,
            iops: 3000,
            masterUsername: "lone_admin",
            manageMasterUserPassword: true,
            region: "us-east-1",
            skipFinalSnapshot: true,
            storageEncrypted: true,
        },
    },
];

export const mutants: readonly Mutant[] = [
    {
        rule: "opensearch-standby",
        title: "a standby without a third zone",
        fixture: search,
        change: (stack) => {
            const domain = stack.find(SEARCH);
            stack.set(domain, "clusterConfig.zoneAwarenessConfig.availabilityZoneCount", 2);
            stack.set(domain, "clusterConfig.instanceCount", 4);
            stack.set(domain, "vpcOptions.subnetIds", ["subnet-0a", "subnet-0b"]);
        },
        message: "has a standby and 2 of the three availability zones",
    },
    {
        rule: "opensearch-standby",
        title: "a standby without masters",
        fixture: search,
        change: (stack) => {
            stack.set(stack.find(SEARCH), "clusterConfig.dedicatedMasterEnabled", false);
        },
        message: "clusterConfig.dedicatedMasterEnabled is false",
    },
    {
        rule: "opensearch-standby",
        title: "a standby on burstable nodes",
        fixture: search,
        change: (stack) => {
            stack.set(stack.find(SEARCH), "clusterConfig.instanceType", "t3.medium.search");
        },
        message: 'clusterConfig.instanceType "t3.medium.search"',
    },
    {
        rule: "opensearch-standby",
        title: "a standby with burstable masters",
        fixture: search,
        change: (stack) => {
            stack.set(stack.find(SEARCH), "clusterConfig.dedicatedMasterType", "t3.medium.search");
        },
        message: 'clusterConfig.dedicatedMasterType "t3.medium.search"',
    },
    {
        rule: "opensearch-instance-type",
        title: "a type that no region has",
        fixture: search,
        change: (stack) => {
            stack.set(stack.find(SEARCH), "clusterConfig.multiAzWithStandbyEnabled", false);
            stack.set(stack.find(SEARCH), "clusterConfig.instanceType", "t4g.medium.search");
        },
        message: '"t4g.medium.search", which no region has',
    },
    {
        rule: "opensearch-instance-type",
        title: "nodes without disks and without volumes",
        fixture: search,
        change: (stack) => {
            stack.unset(stack.find(SEARCH), "ebsOptions");
        },
        message: '"r8g.large.search" and no volumes',
    },
    {
        rule: "rds-multi-az-cluster",
        title: "IOPS left to AWS",
        fixture: database,
        change: (stack) => {
            stack.unset(stack.find(CLUSTER, "zones"), "iops");
        },
        message: "is a Multi-AZ cluster without iops",
    },
    {
        rule: "rds-multi-az-cluster",
        title: "a class without disks",
        fixture: database,
        change: (stack) => {
            stack.set(stack.find(CLUSTER, "zones"), "dbClusterInstanceClass", "db.m8g.large");
        },
        message: '"db.m8g.large", which has no disks of its own',
    },
    {
        rule: "rds-multi-az-cluster",
        title: "Aurora's storage",
        fixture: database,
        change: (stack) => {
            stack.set(stack.find(CLUSTER, "zones"), "storageType", "aurora-iopt1");
        },
        message: "Multi-AZ clusters take gp3, io1, io2",
    },
    {
        rule: "rds-log-exports-by-engine",
        title: "an audit log of a Multi-AZ cluster",
        fixture: database,
        change: (stack) => {
            const cluster = stack.find(CLUSTER, "zones");
            stack.set(cluster, "engine", "mysql");
            stack.set(cluster, "engineVersion", "8.4");
            stack.set(cluster, "enabledCloudwatchLogsExports", ["audit", "error"]);
        },
        message: 'exports the log "audit"',
    },
];

export const accepted: readonly Accepted[] = [
    {
        rule: "opensearch-standby",
        title: "two zones that say nothing of a standby",
        fixture: search,
        change: (stack) => {
            stack.unset(stack.find(SEARCH), "clusterConfig.multiAzWithStandbyEnabled");
            stack.set(stack.find(SEARCH), "clusterConfig.dedicatedMasterEnabled", false);
        },
    },
    {
        rule: "opensearch-instance-type",
        title: "disks of its own and no volumes",
        fixture: search,
        change: (stack) => {
            stack.unset(stack.find(SEARCH), "ebsOptions");
            stack.set(stack.find(SEARCH), "clusterConfig.instanceType", "i8g.large.search");
        },
    },
    {
        rule: "rds-multi-az-cluster",
        title: "a class with disks and networking of its own",
        fixture: database,
        change: (stack) => {
            stack.set(stack.find(CLUSTER, "zones"), "dbClusterInstanceClass", "db.x2iedn.xlarge");
        },
    },
];
