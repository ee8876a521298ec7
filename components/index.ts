// The public components: other programs import them from the package, and programs in other languages reach
// them as the Pulumi package `meridian`.
export * from "./network/vpc3Tier/vpc3Tier";
export * from "./compute/webTier/webTier";
export * from "./compute/apiTier/apiTier";
export * from "./data/auroraGlobal/auroraGlobal";
export * from "./data/auroraReplication/auroraReplication";
export * from "./edge/edgeDistribution/edgeDistribution";

// What programs around them need: keys, topics, archives, certificates, names, backups.
export {
    AccountBaseline,
    type AccountBaselineArgs,
    GuardDutyFeature,
    ImageScanType,
    type RegistryScanning,
} from "./operations/accountBaseline/accountBaseline";
export { AlarmTopic, type AlarmTopicArgs } from "./operations/alarmTopic";
export * from "./api/args";
export * from "./api/httpApi/httpApi";
export * from "./api/restApi/restApi";
export { type BucketLifecycle } from "./security/bucketLifecycle";
export {
    Clickstream,
    type ClickstreamArgs,
    type ClickstreamColumn,
    ClickstreamColumnType,
    ClickstreamSource,
} from "./data/clickstream/clickstream";
export { DaxCluster, type DaxClusterArgs } from "./data/daxCluster/daxCluster";
export {
    CacheAuthentication,
    CacheCluster,
    type CacheClusterArgs,
    CacheMode,
    CachePurpose,
    type CacheUser,
    type ServerlessLimits,
} from "./data/cacheCluster/cacheCluster";
export { ValidatedCertificate, type ValidatedCertificateArgs } from "./security/certificate";
export {
    type DocumentCopyRegion,
    DocumentDatabase,
    type DocumentDatabaseArgs,
    type DocumentDbArgs,
    type DocumentDbCapacity,
    DocumentDbStorage,
    DocumentEngine,
    type DocumentGlobalCluster,
    DocumentGlobalRole,
    type MongoDbArgs,
} from "./data/documentDatabase/documentDatabase";
export {
    ClusterCapacity,
    type ClusterStrategyPart,
    ContainerCluster,
    type ContainerClusterArgs,
    ContainerInsights,
    type InstanceCapacity,
} from "./compute/containerCluster/containerCluster";
export * from "./compute/containerService/balancerArgs";
export * from "./compute/containerService/containerArgs";
export * from "./compute/containerService/deploymentArgs";
export * from "./compute/containerService/scalingArgs";
export {
    Ec2ContainerService,
    type Ec2ContainerServiceArgs,
} from "./compute/ec2ContainerService/ec2ContainerService";
export {
    type CrossRegionDisruption,
    FaultExperiments,
    type FaultExperimentsArgs,
    type SpotInterruption,
    type ZonePowerInterruption,
} from "./operations/faultExperiments/faultExperiments";
export {
    FargateService,
    type FargateServiceArgs,
    type FargateSpot,
} from "./compute/fargateService/fargateService";
export {
    type DownloadContent,
    type DownloadsAlarmThresholds,
    type DownloadsBalancer,
    DownloadsDistribution,
    type DownloadsDistributionArgs,
    type VersionKey,
    VersionPlace,
} from "./edge/downloadsDistribution/downloadsDistribution";
export { EncryptionKey, type EncryptionKeyArgs, KeyUser } from "./security/encryptionKey";
export {
    CustomerMessaging,
    type CustomerMessagingArgs,
    DmarcPolicy,
    type MessageTemplate,
    type MessageTemplates,
    type RecommendationSchedule,
} from "./messaging/customerMessaging/customerMessaging";
export {
    EndpointService,
    type EndpointServiceAlarmThresholds,
    type EndpointServiceArgs,
} from "./network/endpointService";
export {
    EventBus,
    type EventBusArgs,
    type EventBusRule,
    type EventBusTarget,
    EventTargetType,
} from "./messaging/eventBus/eventBus";
export { EventStream, type EventStreamArgs, EventStreamMode } from "./messaging/eventStream/eventStream";
export {
    FifoThroughputLimit,
    Queue,
    type QueueArgs,
    type QueueSender,
    QueueSenderService,
} from "./messaging/queue/queue";
export {
    FilterPolicyScope,
    Topic,
    type TopicArgs,
    type TopicPublisher,
    type TopicSubscription,
    TopicSubscriptionProtocol,
} from "./messaging/topic/topic";
export { Workflow, type WorkflowArgs, WorkflowType } from "./messaging/workflow/workflow";
export * from "./messaging/workflow/states";
export { EndpointHealth, type EndpointHealthArgs, type HealthEndpoint } from "./edge/endpointHealth";
export { GlobalDns, type GlobalDnsArgs, type GlobalDnsRegion } from "./edge/globalDns";
export { ImageRepositories, type ImageRepositoriesArgs } from "./compute/imageRepositories";
export { ImageRepository, type ImageRepositoryArgs } from "./compute/imageRepository";
export {
    type GlobalIndex,
    IndexProjection,
    type KeyAttribute,
    KeyAttributeType,
    KeyValueTable,
    type KeyValueTableArgs,
    type KeyValueTableReplica,
    type LocalIndex,
    type OnDemandLimits,
    type ProvisionedCapacity,
    type TableReplicaRegion,
    TableStreamView,
} from "./data/keyValueTable/keyValueTable";
export * from "./identity/userDirectory/userDirectory";
export { UserStorage, type UserStorageArgs } from "./identity/userStorage";
export { HealthEventCategory, HealthEvents, type HealthEventsArgs } from "./operations/healthEvents";
export { LogArchive, type LogArchiveArgs } from "./operations/logArchive";
export { LogGroupArchive, type LogGroupArchiveArgs } from "./operations/logGroupArchive/logGroupArchive";
export { NetworkPeering, type NetworkPeeringArgs, type PeeredNetwork } from "./network/networkPeering";
export {
    Personalization,
    type PersonalizationArgs,
    RecommendationDomain,
    type RecommendationFilter,
    type RecommendationSchemas,
    RecommendationUse,
} from "./data/personalization/personalization";
export { PersonalDataStore, type PersonalDataStoreArgs } from "./data/personalDataStore";
export {
    type BackupLock,
    BackupLockMode,
    BackupResourceType,
    type BackupRetention,
    type ElasticDisasterRecovery,
    RegionalBackup,
    type RegionalBackupArgs,
    type RestoreNetwork,
    type SnapshotExport,
} from "./operations/regionalBackup/regionalBackup";
export {
    type DashboardDatabase,
    type DashboardEdge,
    type DashboardEventsApi,
    type DashboardFleet,
    RegionalDashboard,
    type RegionalDashboardArgs,
} from "./operations/regionalDashboard";
export { type Permission, type PermissionCondition } from "./security/permissions";
export {
    RegionalFoundation,
    type RegionalFoundationArgs,
} from "./operations/regionalFoundation/regionalFoundation";
export {
    type RegionSwitchAlarm,
    type RegionSwitchDatabase,
    type RegionSwitchGroups,
    RegionSwitchPlan,
    type RegionSwitchPlanArgs,
    type RegionSwitchRecord,
} from "./operations/regionSwitchPlan/regionSwitchPlan";
export { SecurityGroupConnection, type SecurityGroupConnectionArgs } from "./network/securityGroupConnection";
export { ServiceBalancer, type ServiceBalancerArgs } from "./compute/serviceBalancer/serviceBalancer";
export {
    type BackupReplication,
    DatabaseInsights,
    RelationalDatabase,
    type RelationalDatabaseArgs,
    RelationalEngine,
    RelationalTopology,
} from "./data/relationalDatabase/relationalDatabase";
export { SearchAccess, type SearchAccessArgs, SearchAccessLevel } from "./data/searchAccess";
export { SearchAvailability, SearchDomain, type SearchDomainArgs } from "./data/searchDomain/searchDomain";
export { SearchIndexLoader, type SearchIndexLoaderArgs } from "./data/searchIndexLoader/searchIndexLoader";
export * from "./compute/serverlessFunction/deploymentArgs";
export * from "./compute/serverlessFunction/sourceArgs";
export {
    type AsyncInvocation,
    type FunctionTracing,
    type FunctionVpc,
    ServerlessFunction,
    type ServerlessFunctionArgs,
} from "./compute/serverlessFunction/serverlessFunction";
export { lambdaCode } from "./operations/lambdaCode";
export {
    ServiceEndpoint,
    type ServiceEndpointAlarmThresholds,
    type ServiceEndpointArgs,
} from "./network/serviceEndpoint";
export { SpotInterruptionAlarm, type SpotInterruptionAlarmArgs } from "./operations/spotInterruptionAlarm";
export { SyntheticCanary, type SyntheticCanaryArgs } from "./operations/syntheticCanary/syntheticCanary";

// What brings new versions of programs to where they run.
export * from "./delivery/deliveryPipeline/deliveryPipeline";
export { type EcsTarget } from "./delivery/ecsTarget";
export { GitHubDeliveryRole, type GitHubDeliveryRoleArgs } from "./delivery/gitHubDeliveryRole";
