/** What Pulumi's own analyzer reads from the components' types: a second opinion on every argument. */
import * as path from "node:path";
import { inferSchema } from "../../tools/build/schema";

/** The components of the package: the five classes and what programs around them need. */
export const COMPONENTS = [
    "AccountBaseline",
    "AlarmTopic",
    "ApiTier",
    "AuroraGlobal",
    "AuroraReplication",
    "CacheCluster",
    "Clickstream",
    "ContainerCluster",
    "CustomerMessaging",
    "DaxCluster",
    "DeliveryPipeline",
    "DocumentDatabase",
    "DownloadsDistribution",
    "Ec2ContainerService",
    "EdgeDistribution",
    "EncryptionKey",
    "EndpointHealth",
    "EndpointService",
    "EventBus",
    "EventStream",
    "FargateService",
    "FaultExperiments",
    "GitHubDeliveryRole",
    "GlobalDns",
    "HealthEvents",
    "HttpApi",
    "ImageRepositories",
    "ImageRepository",
    "KeyValueTable",
    "LogArchive",
    "LogGroupArchive",
    "NetworkPeering",
    "PersonalDataStore",
    "Personalization",
    "Queue",
    "RegionSwitchPlan",
    "RegionalBackup",
    "RegionalDashboard",
    "RegionalFoundation",
    "RelationalDatabase",
    "RestApi",
    "SearchAccess",
    "SearchDomain",
    "SearchIndexLoader",
    "SecurityGroupConnection",
    "ServerlessFunction",
    "ServiceBalancer",
    "ServiceEndpoint",
    "SpotInterruptionAlarm",
    "SyntheticCanary",
    "Topic",
    "UserDirectory",
    "UserStorage",
    "ValidatedCertificate",
    "Vpc3Tier",
    "WebTier",
    "Workflow",
];

/** The type of a property. */
export interface TypeSpec {
    type?: string;
    $ref?: string;
    items?: TypeSpec;
    additionalProperties?: TypeSpec;
    /** Whether the value itself must be given, and no output. */
    plain?: boolean;
}

/** A property of a component or of a nested type. */
export interface Property extends TypeSpec {
    description?: string;
}

/** A nested type or an enum. */
export interface NestedType {
    properties?: Record<string, Property>;
    required?: string[];
    enum?: { value: string; description?: string }[];
    description?: string;
}

/** A component. */
export interface ComponentSchema {
    isComponent: boolean;
    description?: string;
    inputProperties: Record<string, Property>;
    requiredInputs?: string[];
    properties?: Record<string, Property>;
    /** The outputs that are always there. */
    required?: string[];
}

/** The package. */
export interface Schema {
    name: string;
    version: string;
    resources: Record<string, ComponentSchema>;
    types: Record<string, NestedType>;
}

let schema: Promise<Schema> | undefined;

/** The package's schema. The analyzer type-checks the whole project, so it is asked once. */
export function packageSchema(): Promise<Schema> {
    schema ??= inferSchema(path.join(__dirname, "..", "..")).then((text) => JSON.parse(text) as Schema);
    return schema;
}

/** The nested type or enum that a property refers to. */
export function referred({ types }: Schema, spec: TypeSpec): NestedType | undefined {
    return spec.$ref === undefined ? undefined : types[spec.$ref.replace(/^#\/types\//, "")];
}
