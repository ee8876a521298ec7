import { type GeoRestrictionType, type PriceClass } from "../components/edge";
import { type BackupLock, type BackupRetention, type SnapshotExport } from "../components/operations";
import { type NatGatewayStrategy } from "../components/network";
import { type Catalogue, type RegionEntry } from "./catalogue";
import { type RegionHosts, type WorldHosts } from "./hosts";
import { type PhysicalNames } from "./stackNames";

/** What every stack knows, whatever it makes. Every value is checked, and nothing is left to be filled in. */
export interface CommonConfig {
    /** The project's name, such as `meridian`. */
    readonly project: string;
    /** The stack's name, such as `prod-us`. */
    readonly stack: string;
    /** The first part of the stack's name, such as `prod`. */
    readonly environment: string;
    /** The AWS region of the stack's provider. The global stack's is the founding region's, which never changes. */
    readonly region: string;
    readonly accountId: string;
    /** The role that Pulumi acts as; left out, it acts as whoever runs it. */
    readonly deployRoleArn?: string;
    readonly domainName: string;
    readonly hostedZoneId: string;
    /** Left out when nobody is written to. */
    readonly alarmEmail?: string;
    /** Tags of everything that takes tags. */
    readonly tags: Readonly<Record<string, string>>;
    readonly deletionProtection: boolean;
    /** What the environment may cost a month, all regions together. */
    readonly monthlyBudgetUsd: number;
    /** All regions, this stack's among them. */
    readonly catalogue: Catalogue;
    /** Where the first database cluster was made; fixed for the database's life. */
    readonly foundingRegion: RegionEntry;
    /** Where the database is written now. */
    readonly primaryRegion: RegionEntry;
    readonly worldHosts: WorldHosts;
    readonly names: PhysicalNames;
    readonly database: DatabaseConfig;
    readonly edge: EdgeConfig;
    readonly logRetentionDays: number;
    readonly logArchiveRetentionDays: number;
    readonly healthCheckPath: string;
    /** Whether clients send events past the tiers. */
    readonly eventsApi: boolean;
    /** Whether alarm topics are told what AWS Health says. */
    readonly healthEvents: boolean;
    /** Minutes between two runs of a canary; left out where there are none. */
    readonly canaryIntervalMinutes?: number;
    /** Whether there is a plan by which AWS activates a region. */
    readonly regionSwitchPlan: boolean;
}

/** The configuration of a region's stack. */
export interface RegionalConfig extends CommonConfig {
    readonly kind: "regional";
    /** The region's entry in the catalogue. */
    readonly entry: RegionEntry;
    /**
     * The region that takes over when this one is lost, and holds copies of what is not personal data. Left out where
     * the environment has this region alone.
     */
    readonly peer?: RegionEntry;
    /** Whether this stack owns the database's first cluster. */
    readonly isFounding: boolean;
    /** Whether the database is written here now. */
    readonly isPrimary: boolean;
    /** The region whose member of the database the API uses: this one, but where the catalogue says otherwise. */
    readonly databaseRegion: RegionEntry;
    readonly hosts: RegionHosts;
    /** The names that the region's balancer answers to. */
    readonly balancerHosts: readonly string[];
    /** The identifier of this region's database cluster. */
    readonly clusterIdentifier: string;
    /** Whether this stack makes the account's trail and threat detector in its region. */
    readonly accountBaseline: boolean;
    /** Whether this stack makes a directory of users. */
    readonly userDirectory: boolean;
    /** Directories of other regions whose users may send events here. */
    readonly eventsUserPoolArns: readonly string[];
    /** How many calls of the function that takes events may run at once. */
    readonly eventsConcurrency: number;
    /** Whether there are templates of faults that somebody can inject. */
    readonly faultExperiments: boolean;
    readonly network: NetworkConfig;
    readonly web: WebConfig;
    readonly api: TierConfig;
    readonly backup: BackupConfig;
    /** An ACM certificate of the balancer that exists already; left out, one is made. */
    readonly webCertificateArn?: string;
    readonly originHeader: OriginHeaderConfig;
}

/** The configuration of the global stack. */
export interface GlobalConfig extends CommonConfig {
    readonly kind: "global";
    /** Where the world-wide distribution's static files have their second copy. */
    readonly replicaRegion: RegionEntry;
    /** Whether a continent's viewers are kept in the region that the catalogue gives them. */
    readonly geolocationRouting: boolean;
    /** The name that the world-wide distribution fetches from. */
    readonly dynamicOriginHost: string;
    readonly healthCheckIntervalSeconds: number;
    readonly healthCheckFailureThreshold: number;
    /** Whether a region's traffic can be turned off by hand. */
    readonly trafficSwitch: boolean;
    /** Whether the plan also moves viewers. */
    readonly regionSwitchTraffic: boolean;
}

/** The configuration of a stack; `kind` tells which. */
export type StackConfig = RegionalConfig | GlobalConfig;

/** A region's network. */
export interface NetworkConfig {
    readonly cidrBlock: string;
    readonly availabilityZones: readonly string[];
    readonly natGateways: NatGatewayStrategy;
    readonly egressOnlyIpv6: boolean;
    readonly interfaceEndpoints: readonly string[];
    readonly internetEgressCidrBlocks: readonly string[];
}

/** A fleet of instances behind a balancer. */
export interface TierConfig {
    readonly image: string;
    readonly containerPort: number;
    readonly minSize: number;
    readonly maxSize: number;
    readonly onDemandBaseCapacity: number;
    readonly instanceTypes: readonly string[];
    readonly targetCpuPercent: number;
}

/** The web tier's fleet. */
export interface WebConfig extends TierConfig {
    /** Requests per minute that one instance should have. */
    readonly targetRequestsPerInstance: number;
}

/** The database, in all regions. */
export interface DatabaseConfig {
    readonly name: string;
    readonly engineVersion: string;
    /** Fewest ACUs of an instance where the database is written. */
    readonly minCapacity: number;
    /** Fewest ACUs of an instance elsewhere. */
    readonly standbyMinCapacity: number;
    /** Most ACUs of an instance, everywhere: whoever takes over must carry the same load. */
    readonly maxCapacity: number;
    readonly instanceCount: number;
    readonly backupRetentionDays: number;
}

/** A region's backups. */
export interface BackupConfig {
    readonly startHour: number;
    readonly retention: Required<BackupRetention>;
    readonly lock: Required<BackupLock>;
    readonly restoreTesting: boolean;
    readonly snapshotExport: Required<SnapshotExport>;
    /** Blocks that servers replicate to this region from; left out, none do. */
    readonly disasterRecoverySources?: readonly string[];
}

/** Distributions: the world-wide one and each region's. */
export interface EdgeConfig {
    readonly priceClass: PriceClass;
    readonly geoRestriction: { readonly type: GeoRestrictionType; readonly countries: readonly string[] };
    readonly blockedCountries: readonly string[];
    readonly rateLimitPerFiveMinutes: number;
    /** Left out when the distribution's own policy serves. */
    readonly contentSecurityPolicy?: string;
    readonly shieldAdvanced: boolean;
    /** An ACM certificate in us-east-1 that exists already; left out, one is made. */
    readonly certificateArn?: string;
}

/** Which values of the secret header there are, by number. */
export interface OriginHeaderConfig {
    /** The one that the distributions send. */
    readonly version: number;
    /** Another one that the balancer lets in; left out, none. */
    readonly alsoAccepted?: number;
}
