/**
 * What the drill asks of AWS, in the drill's own words. `clients.ts` answers with the SDK; tests answer with a small
 * world in memory.
 */

/** A member of a global database. */
export interface GlobalMember {
    readonly clusterArn: string;
    readonly isWriter: boolean;
    /** `connected` or `pending-resync`; undefined for the writer of old engines. */
    readonly synchronization?: string;
}

/** An Aurora Global Database. */
export interface GlobalDatabase {
    readonly identifier: string;
    /** `available`, `switching-over`, `failing-over` and so on. */
    readonly status: string;
    readonly engine: string;
    readonly engineVersion: string;
    readonly members: readonly GlobalMember[];
    /** A change of the writer that is under way. */
    readonly change?: { readonly status: string; readonly toArn: string };
}

/** A cluster of a global database, or a restored one. */
export interface Cluster {
    readonly identifier: string;
    readonly arn: string;
    readonly status: string;
    readonly engine: string;
    readonly engineVersion: string;
    readonly encrypted: boolean;
    readonly subnetGroup?: string;
    readonly securityGroupIds: readonly string[];
    readonly parameterGroup?: string;
    readonly databaseName?: string;
    readonly masterUsername?: string;
    /** Aurora capacity units; undefined where the cluster is not Serverless v2. */
    readonly capacity?: Capacity;
    readonly httpEndpoint: boolean;
    /** Whether a new master password has been taken up and does not apply yet. */
    readonly passwordPending: boolean;
    /** Whether an instance of the cluster's is its writer: a standby's are readers all. */
    readonly hasWriter: boolean;
    /** What the cluster says that it is a copy of. */
    readonly copyOf?: string;
}

/** Aurora capacity units of each instance. */
export interface Capacity {
    readonly min: number;
    readonly max: number;
}

/** An instance of a cluster. */
export interface Instance {
    readonly identifier: string;
    readonly status: string;
}

/** A database to be restored into. */
export interface NewInstance {
    readonly identifier: string;
    readonly clusterIdentifier: string;
    readonly engine: string;
    readonly tags: Readonly<Record<string, string>>;
}

/** A snapshot of a cluster's storage. */
export interface Snapshot {
    readonly identifier: string;
    readonly engine: string;
    readonly engineVersion: string;
    /** `available`, `creating` or `copying`. */
    readonly status: string;
    readonly createdAt: number;
}

/** What a snapshot is restored into. */
export interface NewCluster {
    readonly identifier: string;
    readonly snapshot: Snapshot;
    readonly subnetGroup?: string;
    readonly securityGroupIds: readonly string[];
    readonly tags: Readonly<Record<string, string>>;
}

/** Amazon RDS in a region. What does not exist is undefined. */
export interface DatabasePort {
    globalDatabase(identifier: string): Promise<GlobalDatabase | undefined>;
    cluster(identifier: string): Promise<Cluster | undefined>;
    instances(clusterIdentifier: string): Promise<readonly Instance[]>;
    switchover(globalIdentifier: string, targetArn: string): Promise<void>;
    failover(globalIdentifier: string, targetArn: string): Promise<void>;
    setCapacity(clusterIdentifier: string, capacity: Capacity): Promise<void>;
    setEngineVersion(clusterIdentifier: string, version: string): Promise<void>;
    /** A new major version, for all members at once. */
    setGlobalEngineVersion(globalIdentifier: string, version: string): Promise<void>;
    /** The versions that a version can be upgraded to. */
    upgradeTargets(engine: string, version: string): Promise<readonly string[]>;
    /** The family of a cluster's parameter group, such as `aurora-postgresql18`. */
    parameterGroupFamily(parameterGroup: string): Promise<string | undefined>;
    /** The family that parameter groups of a version must be of. */
    engineFamily(engine: string, version: string): Promise<string | undefined>;
    /** The snapshots whose names begin so, the newest first. */
    snapshots(prefix: string): Promise<readonly Snapshot[]>;
    /** Restores a snapshot into a new cluster, with no instance; one of that name that is there already is left. */
    restoreSnapshot(cluster: NewCluster): Promise<void>;
    createInstance(instance: NewInstance): Promise<void>;
    deleteInstance(identifier: string): Promise<void>;
    /** Deletes a cluster, with no final snapshot. */
    deleteCluster(identifier: string): Promise<void>;
    setMasterPassword(clusterIdentifier: string, password: string): Promise<void>;
    enableDataApi(clusterArn: string): Promise<void>;
    addTags(arn: string, tags: Readonly<Record<string, string>>): Promise<void>;
}

/** An Auto Scaling group. */
export interface Fleet {
    readonly name: string;
    readonly min: number;
    readonly max: number;
    readonly desired: number;
    /** Instances that are in service and healthy. */
    readonly inService: number;
}

/** EC2 Auto Scaling in a region. */
export interface FleetPort {
    fleet(name: string): Promise<Fleet | undefined>;
    resize(name: string, size: { readonly min: number; readonly desired?: number }): Promise<void>;
}

/** What a vault keeps. */
export interface RecoveryPoint {
    readonly arn: string;
    readonly resourceArn: string;
    /** Such as `Aurora` or `DynamoDB`. */
    readonly resourceType: string;
    readonly createdAt: number;
    /** Whether it can be restored: see `isRestorable`. */
    readonly status: string;
}

/** Whether a recovery point is whole. AWS says the one word of snapshots and the other of continuous backups. */
export function isRestorable({ status }: Pick<RecoveryPoint, "status">): boolean {
    return status === "COMPLETED" || status === "AVAILABLE";
}

/** A restore by AWS Backup. */
export interface RestoreJob {
    readonly status: string;
    readonly message?: string;
    readonly createdArn?: string;
}

/** AWS Backup in a region. */
export interface BackupPort {
    recoveryPoints(vault: string): Promise<readonly RecoveryPoint[]>;
    restoreMetadata(vault: string, recoveryPointArn: string): Promise<Readonly<Record<string, string>>>;
    /** Starts a restore; the same token twice is one restore. */
    startRestore(request: {
        readonly recoveryPointArn: string;
        readonly resourceType: string;
        readonly metadata: Readonly<Record<string, string>>;
        readonly roleArn: string;
        readonly token: string;
    }): Promise<string>;
    restoreJob(id: string): Promise<RestoreJob>;
}

/** Amazon DynamoDB in a region. */
export interface TablePort {
    table(name: string): Promise<{ readonly arn: string; readonly status: string } | undefined>;
    /** Whether a read finds at least one item. */
    hasItems(name: string): Promise<boolean>;
    deleteTable(name: string): Promise<void>;
    addTags(arn: string, tags: Readonly<Record<string, string>>): Promise<void>;
}

/** A version of an SSM parameter. */
export interface ParameterVersion {
    readonly value: string;
    /** From 1, and one more with each change. */
    readonly version: number;
}

/** SSM parameters in a region. */
export interface ParameterPort {
    /** Creates a parameter, as version 1; false when it exists. */
    create(name: string, value: string): Promise<boolean>;
    /** Gives a parameter another value, whatever it has. The new version. */
    replace(name: string, value: string): Promise<number>;
    /** A parameter's newest version, or this one; undefined where there is none. */
    read(name: string, version?: number): Promise<ParameterVersion | undefined>;
}

/** The metric of what a failover would lose. */
export const LAG_METRIC = "AuroraGlobalDBRPOLag";

/** How far a cluster is behind the writer. */
export interface Lag {
    readonly milliseconds: number;
    /** How old the measurement was when it was asked for, by AWS's clock. */
    readonly ageMilliseconds: number;
    /** How far AWS's clock is ahead of this machine's. */
    readonly clockAheadMilliseconds: number;
}

/** A certificate of ACM. */
export interface Certificate {
    readonly arn: string;
    readonly status: string;
    readonly names: readonly string[];
    readonly expiresAt?: number;
}

/** What else is asked of a region. */
export interface ObservationPort {
    /**
     * The newest measurement of a standby's lag; undefined when there is none of the last quarter of an hour. AWS
     * publishes it in the standby's region alone, under the region that writes, which is one of these.
     */
    replicationLag(clusterIdentifier: string, writers: readonly string[]): Promise<Lag | undefined>;
    /** The newest minute of a metric, and its highest value, within the 15 days that CloudWatch keeps minutes. */
    newest(metric: MetricName): Promise<NewestValue>;
    publish(metric: MetricName, values: readonly MetricValue[]): Promise<void>;
    /** The certificates that hold this name. */
    certificates(host: string): Promise<readonly Certificate[]>;
    quota(service: string, code: string): Promise<number | undefined>;
}

/** A metric of CloudWatch. */
export interface MetricName {
    readonly namespace: string;
    readonly metricName: string;
    readonly dimensions: Readonly<Record<string, string>>;
}

/** A value of a metric. */
export interface MetricValue {
    /** Milliseconds since 1970. */
    readonly at: number;
    readonly value: number;
}

/** What CloudWatch has of a metric last. */
export interface NewestValue {
    /** Undefined when there is none. */
    readonly newest?: MetricValue;
    /** How far AWS's clock is ahead of this machine's. */
    readonly clockAheadMilliseconds: number;
}

/** A database as the RDS Data API reaches it. */
export interface Place {
    readonly clusterArn: string;
    readonly secretArn: string;
    readonly database?: string;
}

/** A table. */
export interface TableShape {
    readonly schema: string;
    readonly table: string;
    readonly columns: readonly { readonly name: string; readonly type: string }[];
    /** The columns of the primary key; empty where there is none. */
    readonly key: readonly string[];
}

/** What is read of a table. */
export interface TableView {
    readonly shape: TableShape;
    readonly key: readonly string[];
    /** Names of the columns that the hash is of. */
    readonly hashed: readonly string[];
    /** The column that says when a row was changed last; left out where there is none. */
    readonly changedAt?: string;
}

/** A row, by its key and a hash of what is in it. */
export interface RowMark {
    readonly key: readonly string[];
    readonly hash: string;
    /** Seconds since 1970. */
    readonly changedAt?: number;
}

/** The RDS Data API and the secret that it signs in with. */
export interface QueryPort {
    /** The tables of the database, those of PostgreSQL itself aside. */
    tables(place: Place): Promise<readonly TableShape[]>;
    /** The rows after a key, or the first ones, in the order of the key. */
    marks(
        place: Place,
        view: TableView,
        from: { readonly after?: readonly string[]; readonly limit: number },
    ): Promise<readonly RowMark[]>;
    /** The rows with these keys; undefined in the place of one that is not there. */
    marksOf(
        place: Place,
        view: TableView,
        keys: readonly (readonly string[])[],
    ): Promise<readonly (RowMark | undefined)[]>;
    /** What is in the rows with these keys, as JSON; undefined in the place of one that is not there. */
    contents(
        place: Place,
        view: TableView,
        keys: readonly (readonly string[])[],
    ): Promise<readonly (string | undefined)[]>;
    createSecret(name: string, value: string, tags: Readonly<Record<string, string>>): Promise<string>;
    /** The ARN of the secret; undefined when there is none. */
    secretArn(name: string): Promise<string | undefined>;
    replaceSecret(name: string, value: string): Promise<void>;
    deleteSecret(name: string): Promise<void>;
    /** The first column of the first row. */
    firstNumber(query: Place & { readonly sql: string }): Promise<number | undefined>;
}

/** An experiment of AWS FIS. */
export interface Experiment {
    readonly id: string;
    /** `pending`, `initiating`, `running`, `completed`, `stopping`, `stopped`, `failed` and so on. */
    readonly status: string;
    /** Why, in AWS's words. */
    readonly reason?: string;
}

/** AWS FIS in a region. */
export interface ExperimentPort {
    /** Starts an experiment of a template; the same token twice is one experiment. */
    start(templateId: string, token: string): Promise<Experiment>;
    /** The experiment that was started with a token; undefined when there is none. */
    find(token: string): Promise<Experiment | undefined>;
    experiment(id: string): Promise<Experiment>;
    stop(id: string): Promise<void>;
}

/** A step of a plan of ARC Region switch. */
export interface PlanStep {
    readonly name: string;
    /** Which execution block it is, such as `AuroraGlobalDatabase`. */
    readonly kind: string;
    /** Who may approve it, where somebody must. */
    readonly approvalRole?: string;
    /** The global database whose writer it moves: by `switchoverOnly` or by `failover`, as the execution's mode is. */
    readonly database?: {
        readonly globalClusterIdentifier: string;
        readonly graceful: string;
        readonly ungraceful: string;
    };
}

/** A plan of ARC Region switch. */
export interface SwitchPlan {
    /** AWS regions. */
    readonly regions: readonly string[];
    /** The steps by which each is activated; steps that run beside each other are in one list with the others. */
    readonly activates: Readonly<Record<string, readonly PlanStep[]>>;
}

/** What AWS found when it evaluated a plan. */
export interface PlanEvaluation {
    /** `passed`, `actionRequired`, `pendingEvaluation` or `unknown`. */
    readonly state: string;
    readonly evaluatedAt?: number;
    /** What is to be put right, in AWS's words. */
    readonly warnings: readonly {
        readonly text: string;
        readonly step?: string;
        readonly resourceArn?: string;
    }[];
}

/** How a plan is carried out: `ungraceful` does without the region that is left. */
export type PlanMode = "graceful" | "ungraceful";

/** A plan that is carried out, or was. */
export interface PlanExecution {
    readonly id: string;
    /** Such as `inProgress`. */
    readonly state: string;
    readonly mode: string;
    readonly action: string;
    /** The AWS region that is activated. */
    readonly region: string;
    readonly comment: string;
    readonly startedAt: number;
    /** By name, with their statuses; a list of executions has none. */
    readonly steps: readonly { readonly name: string; readonly status: string }[];
    /** AWS's own measurement, an ISO 8601 duration, when it is known. */
    readonly recoveryTime?: string;
}

/** The data plane of ARC Region switch in a region. */
export interface PlanPort {
    /** The plan as this region has it; undefined when it has none. */
    plan(planArn: string): Promise<SwitchPlan | undefined>;
    /** What is wrong with it, as of the last evaluation. */
    evaluation(planArn: string): Promise<PlanEvaluation>;
    /** All executions, the newest first. */
    executions(planArn: string): Promise<readonly PlanExecution[]>;
    execution(planArn: string, id: string): Promise<PlanExecution>;
    /** What went wrong in an execution, the oldest first. */
    failures(
        planArn: string,
        id: string,
    ): Promise<
        readonly { readonly step?: string; readonly text: string; readonly resources: readonly string[] }[]
    >;
    /** Activates a region; the same token twice is one execution. The execution's id. */
    start(request: {
        readonly planArn: string;
        readonly targetRegion: string;
        readonly mode: PlanMode;
        readonly comment: string;
        readonly token: string;
    }): Promise<string>;
    cancel(planArn: string, id: string, comment: string): Promise<void>;
    approve(planArn: string, id: string, step: string, comment: string): Promise<void>;
}

/** AWS in one region. */
export interface RegionalAws {
    readonly region: string;
    accountId(): Promise<string>;
    readonly database: DatabasePort;
    readonly fleets: FleetPort;
    readonly backup: BackupPort;
    readonly tables: TablePort;
    readonly parameters: ParameterPort;
    readonly observe: ObservationPort;
    readonly query: QueryPort;
    readonly experiments: ExperimentPort;
    readonly plans: PlanPort;
}

/** What one of Route 53's health checkers says. */
export interface CheckerReport {
    readonly checker: string;
    readonly healthy: boolean;
    readonly text: string;
}

/** How calls are signed, as far as the environment says it. */
export interface SignIn {
    /** The profile whose credentials are used; empty where they come from elsewhere. */
    readonly profile: string;
    /** The region that other tools sign in with: `AWS_REGION`, or the profile's. */
    readonly region?: string;
    /** The role that the profile assumes. */
    readonly role?: string;
    /** The region of the IAM Identity Center that the profile signs in through. */
    readonly identityCenterRegion?: string;
    /** The command that gives the credentials, where one does. */
    readonly process?: string;
    /** The region in which a session of `aws login` is renewed. */
    readonly loginRegion?: string;
    /** When the credentials run out, in milliseconds since 1970; undefined where they do not. */
    readonly expiresAt?: number;
}

/** AWS, as far as the drill goes. */
export interface Aws {
    in(region: string): RegionalAws;
    /** How calls are signed; `region` is one that answers, whose STS is asked where a role is assumed. */
    signIn(region: string): Promise<SignIn>;
    /** The status of a hosted zone's accelerated recovery, in Route 53's words. */
    acceleratedRecovery(hostedZoneId: string): Promise<string>;
    /** What Route 53's checkers saw last. */
    checkerReports(healthCheckId: string): Promise<readonly CheckerReport[]>;
}
