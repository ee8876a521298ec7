/**
 * Stand-ins for what `missing` needs and ministack 1.5.33 lacks: the snapshot that Aurora takes of an old primary, its
 * restore, and the RDS Data API, with a PostgreSQL behind each cluster. The engine is PostgreSQL's own, as WebAssembly.
 *
 * Source: RDS API Reference, DescribeDBClusterSnapshots, RestoreDBClusterFromSnapshot and EnableHttpEndpoint; RDS Data API
 * Reference, ExecuteStatement.
 */
import { CreateDBClusterCommand, type RDSClient } from "@aws-sdk/client-rds";
import { type PGlite } from "@electric-sql/pglite";
import { askByName } from "../drill/namedParameters";
import { type ApiAnswer, type ApiCall, errorAnswer, jsonAnswer, type Rule, xmlAnswer } from "./gate";

const NAMESPACE = "http://rds.amazonaws.com/doc/2014-10-31/";

/** What a test says of it. */
export interface OldPrimaryOptions {
    readonly region: string;
    readonly clusterIdentifier: string;
    readonly rds: (region: string) => RDSClient;
    /** What the snapshot holds, and what the cluster has that writes. */
    readonly copy: PGlite;
    readonly writer: PGlite;
}

/** A region's old cluster, after an unplanned failover. */
export class OldPrimary {
    readonly snapshot: string;
    /** Every statement, with the cluster that it went to. */
    readonly statements: (readonly [cluster: string, sql: string])[] = [];
    private readonly open = new Set<string>();

    constructor(private readonly options: OldPrimaryOptions) {
        this.snapshot = `rds:unplanned-global-failover-${options.clusterIdentifier}-2026-03-02-03-10`;
    }

    /** The rule for a gate; goes before other stand-ins. */
    readonly rule: Rule = async (call, forward) => {
        if (call.service === "rds-data") {
            return this.execute(call);
        }
        const handlers: Readonly<Record<string, () => Promise<ApiAnswer> | ApiAnswer>> = {
            DescribeDBClusterSnapshots: () => this.snapshots(call),
            RestoreDBClusterFromSnapshot: () => this.restore(call),
            EnableHttpEndpoint: () => this.enable(call),
            DescribeDBClusters: async () => this.shown(await forward()),
        };
        return call.service === "rds" ? handlers[call.operation]?.() : undefined;
    };

    /** Opens the Data API of a cluster, as its stack would have. */
    openFor(clusterArn: string): void {
        this.open.add(clusterArn);
    }

    private snapshots({ region }: ApiCall): ApiAnswer {
        const own =
            region === this.options.region
                ? `<DBClusterSnapshot><DBClusterSnapshotIdentifier>${this.snapshot}</DBClusterSnapshotIdentifier>` +
                  `<DBClusterIdentifier>${this.options.clusterIdentifier}</DBClusterIdentifier>` +
                  "<Engine>aurora-postgresql</Engine><EngineVersion>18.3</EngineVersion><Status>available</Status>" +
                  "<SnapshotType>automated</SnapshotType><SnapshotCreateTime>2026-03-02T03:10:00.000Z</SnapshotCreateTime>" +
                  "</DBClusterSnapshot>"
                : "";
        return answered("DescribeDBClusterSnapshots", `<DBClusterSnapshots>${own}</DBClusterSnapshots>`);
    }

    private async restore(call: ApiCall): Promise<ApiAnswer> {
        const asked = new URLSearchParams(call.body);
        if (asked.get("SnapshotIdentifier") !== this.snapshot) {
            return errorAnswer(call, 404, "DBClusterSnapshotNotFoundFault", "no such snapshot");
        }
        const { DBCluster } = await this.options.rds(call.region).send(
            new CreateDBClusterCommand({
                DBClusterIdentifier: asked.get("DBClusterIdentifier") ?? "",
                Engine: asked.get("Engine") ?? "",
                EngineVersion: asked.get("EngineVersion") ?? "",
                DatabaseName: "shop",
                MasterUsername: "meridian_admin",
                MasterUserPassword: "of-the-original-1",
                StorageEncrypted: true,
            }),
        );
        return answered(
            "RestoreDBClusterFromSnapshot",
            `<DBCluster><DBClusterIdentifier>${DBCluster?.DBClusterIdentifier ?? ""}</DBClusterIdentifier>` +
                `<DBClusterArn>${DBCluster?.DBClusterArn ?? ""}</DBClusterArn><Status>creating</Status></DBCluster>`,
        );
    }

    private enable(call: ApiCall): ApiAnswer {
        const arn = new URLSearchParams(call.body).get("ResourceArn") ?? "";
        this.open.add(arn);
        return answered(
            "EnableHttpEndpoint",
            `<ResourceArn>${arn}</ResourceArn><HttpEndpointEnabled>true</HttpEndpointEnabled>`,
        );
    }

    /** The emulator's word for a cluster, with the state of its Data API. */
    private shown(answer: ApiAnswer): ApiAnswer {
        const arn = /<DBClusterArn>([^<]+)</.exec(answer.body)?.[1] ?? "";
        const without = answer.body.replaceAll(/<HttpEndpointEnabled>\w+<\/HttpEndpointEnabled>/g, "");
        const state = `<HttpEndpointEnabled>${String(this.open.has(arn))}</HttpEndpointEnabled>`;
        return { ...answer, body: without.replace("<DBClusterArn>", `${state}<DBClusterArn>`) };
    }

    private async execute(call: ApiCall): Promise<ApiAnswer> {
        const {
            parameters = [],
            resourceArn,
            sql,
        } = JSON.parse(call.body) as {
            readonly resourceArn: string;
            readonly sql: string;
            readonly parameters?: {
                readonly name: string;
                readonly value: { readonly stringValue: string };
            }[];
        };
        if (!this.open.has(resourceArn)) {
            return errorAnswer(call, 400, "HttpEndpointNotEnabledException", "HttpEndpoint is not enabled");
        }
        const cluster = resourceArn.split(":").at(-1) ?? "";
        this.statements.push([cluster, sql]);
        const database = cluster.includes("-drill-") ? this.options.copy : this.options.writer;
        try {
            const rows = await askByName(
                database,
                sql,
                parameters.map(({ name, value }) => [name, value.stringValue]),
            );
            return jsonAnswer({
                numberOfRecordsUpdated: 0,
                records: rows.map((row) =>
                    row.map((value) => (value === null ? { isNull: true } : { stringValue: value })),
                ),
            });
        } catch (error) {
            return errorAnswer(call, 400, "DatabaseErrorException", (error as Error).message);
        }
    }
}

function answered(operation: string, result: string): ApiAnswer {
    return xmlAnswer(
        `<${operation}Response xmlns="${NAMESPACE}"><${operation}Result>${result}</${operation}Result>` +
            `<ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></${operation}Response>`,
    );
}
