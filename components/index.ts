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
} from "./operations/accountBaseline/accountBaseline";
export { AlarmTopic, type AlarmTopicArgs } from "./operations/alarmTopic";
export { type BucketLifecycle } from "./security/bucketLifecycle";
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
export { EncryptionKey, type EncryptionKeyArgs, KeyUser } from "./security/encryptionKey";
export { EndpointHealth, type EndpointHealthArgs, type HealthEndpoint } from "./edge/endpointHealth";
export { GlobalDns, type GlobalDnsArgs, type GlobalDnsRegion } from "./edge/globalDns";
export { ImageRepositories, type ImageRepositoriesArgs } from "./compute/imageRepositories";
export { LogArchive, type LogArchiveArgs } from "./operations/logArchive";
export { LogGroupArchive, type LogGroupArchiveArgs } from "./operations/logGroupArchive/logGroupArchive";
export { NetworkPeering, type NetworkPeeringArgs, type PeeredNetwork } from "./network/networkPeering";
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
    type DashboardFleet,
    RegionalDashboard,
    type RegionalDashboardArgs,
} from "./operations/regionalDashboard";
export { type Permission, type PermissionCondition } from "./security/permissions";
export {
    RegionalFoundation,
    type RegionalFoundationArgs,
} from "./operations/regionalFoundation/regionalFoundation";
export { SecurityGroupConnection, type SecurityGroupConnectionArgs } from "./network/securityGroupConnection";
export { SpotInterruptionAlarm, type SpotInterruptionAlarmArgs } from "./operations/spotInterruptionAlarm";
