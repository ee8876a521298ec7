import * as pulumi from "@pulumi/pulumi";

import {
    DocumentDatabase,
    type DocumentDatabaseArgs,
    DocumentEngine,
    DocumentGlobalRole,
} from "../../components/data";
import { type RegionalFoundation } from "../../components/operations";
import { EncryptionKey } from "../../components/security/encryptionKey";
import { stackTags } from "../shared/provider";
import { type PlatformNetwork } from "./network";
import { type PlatformSettings } from "./settings";

/** Certificates of RDS's authorities, which the image of the back end has to bring along. */
const CERTIFICATES = "/etc/ssl/certs/document-database.pem";

/** The database, and what the other region's stack needs to follow it. */
export interface PlatformDatabase {
    readonly database: DocumentDatabase;
    /** Of DocumentDB in two regions, in the primary one. */
    readonly toFollow?: pulumi.Output<FollowedDatabase>;
}

/** What a secondary region joins. */
export interface FollowedDatabase {
    readonly globalClusterIdentifier: string;
    readonly secretArn: string;
    readonly secretKmsKeyArn: string;
}

/** Makes the database over three zones; which engine it is changes nothing for the back end but the connection string. */
export function createDatabase(
    settings: PlatformSettings,
    network: PlatformNetwork,
    { alarmTopicArn }: RegionalFoundation,
    primary: pulumi.StackReference | undefined,
    opts: pulumi.ComponentResourceOptions,
): PlatformDatabase {
    const engine = settings.databaseEngine;
    const zones = settings.availabilityZones.slice(0, 3);
    const common = {
        region: settings.region,
        accountId: settings.accountId,
        engine,
        engineVersion: settings.databaseVersion,
        // Names a cluster, or the domain of its hosts: no two of an account may be the same, wherever they are.
        identifier: `platform-${settings.region}`,
        vpcId: network.vpcId,
        subnetIds: network.databaseSubnetIds(engine),
        availabilityZones: zones,
        certificateBundlePath: CERTIFICATES,
        deletionProtection: settings.deletionProtection,
        logRetentionDays: settings.logRetentionDays,
        alarmTopicArns: [alarmTopicArn],
        tags: { ...stackTags(settings), "data-classification": "confidential" },
    };
    if (engine === DocumentEngine.DocumentDb) {
        return documentDb(settings, common, primary, opts);
    }
    const database = new DocumentDatabase(
        "platform-db",
        { ...common, mongoDb: { snapshotCopies: snapshotCopies(settings, opts) } },
        opts,
    );
    return { database };
}

/** Snapshots of MongoDB's volumes go to the other region, under a key of that region. */
function snapshotCopies(settings: PlatformSettings, opts: pulumi.ComponentResourceOptions) {
    const { peerRegion } = settings;
    return peerRegion === undefined
        ? []
        : [
              {
                  region: peerRegion,
                  kmsKeyArn: peerKey("platform-snapshot-copies", settings, peerRegion, opts).keyArn,
              },
          ];
}

function peerKey(
    name: string,
    { accountId, deletionProtection, region }: PlatformSettings,
    peerRegion: string,
    opts: pulumi.ComponentResourceOptions,
): EncryptionKey {
    return new EncryptionKey(
        name,
        {
            description: `What the database in ${region} keeps in ${peerRegion}`,
            region: peerRegion,
            accountId,
            deletionProtection,
        },
        opts,
    );
}

function documentDb(
    settings: PlatformSettings,
    common: DocumentDatabaseArgs,
    primary: pulumi.StackReference | undefined,
    opts: pulumi.ComponentResourceOptions,
): PlatformDatabase {
    const { isPrimary, peerRegion } = settings;
    if (peerRegion === undefined) {
        return { database: new DocumentDatabase("platform-db", common, opts) };
    }
    if (!isPrimary) {
        const followed = (primary?.requireOutput("database") ??
            pulumi.output({})) as pulumi.Output<FollowedDatabase>;
        return {
            database: new DocumentDatabase(
                "platform-db",
                {
                    ...common,
                    documentDb: {
                        globalCluster: {
                            identifier: followed.globalClusterIdentifier,
                            role: DocumentGlobalRole.Secondary,
                            secretArn: followed.secretArn,
                            secretKmsKeyArn: followed.secretKmsKeyArn,
                        },
                    },
                },
                opts,
            ),
        };
    }
    const secretKey = peerKey("platform-db-secret-copies", settings, peerRegion, opts);
    const database = new DocumentDatabase(
        "platform-db",
        {
            ...common,
            documentDb: {
                globalCluster: {
                    identifier: "platform",
                    role: DocumentGlobalRole.Primary,
                    secretReplicas: [{ region: peerRegion, kmsKeyArn: secretKey.keyArn }],
                },
            },
        },
        opts,
    );
    const toFollow = pulumi
        .all([database.globalClusterIdentifier, database.secretArns, secretKey.keyArn])
        .apply(([globalClusterIdentifier = "", secretArns, secretKmsKeyArn]) => ({
            globalClusterIdentifier,
            secretArn: secretArns[peerRegion] ?? "",
            secretKmsKeyArn,
        }));
    return { database, toFollow };
}
