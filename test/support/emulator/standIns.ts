/**
 * Stand-ins for what ministack 1.5.33 lacks. Each answers one call in AWS's own form, as AWS's API reference has it,
 * below the SDK, so that everything of the drill is run as it is.
 *
 * - Route 53 GetHealthCheckStatus: from the stand-in shop's health.
 * - Backup recovery points and restores: a point for each StartBackupJob that went through; a restored table is the
 *   emulator's own restore of its own backup; a restored cluster is a new one, since the emulator has no
 *   RestoreDBClusterFromSnapshot.
 * - RDS Data API ExecuteStatement: the emulator would need a real database; answers a count.
 * - RDS DescribeDBEngineVersions: the emulator's answer, with upgrade targets put in.
 * - RDS Switchover- and FailoverGlobalCluster: the emulator changes the roles at once; here it takes as long as the
 *   test says, during which DescribeGlobalClusters says so, as AWS does.
 * - RDS DescribeDBClusters: the emulator calls the first instance of a standby a writer, and AWS's standbys have readers
 *   alone.
 * - Service Quotas GetServiceQuota: the same for every region.
 * - ARC Region switch: a plan that moves the emulator's writer, as test/support/regionSwitch has it.
 */
import {
    CreateBackupCommand,
    type DynamoDBClient,
    RestoreTableFromBackupCommand,
} from "@aws-sdk/client-dynamodb";
import {
    CreateDBClusterCommand,
    DescribeGlobalClustersCommand,
    type RDSClient,
    SwitchoverGlobalClusterCommand,
} from "@aws-sdk/client-rds";
import { type RegionSwitchService } from "../regionSwitch/service";
import { answerOnWire } from "../regionSwitch/wire";
import { type ApiAnswer, type ApiCall, errorAnswer, jsonAnswer, type Rule, xmlAnswer } from "./gate";

/** The emulator's clients of a region, past the gate. */
export interface StandInClients {
    readonly rds: (region: string) => RDSClient;
    readonly dynamodb: (region: string) => DynamoDBClient;
}

interface Point {
    readonly arn: string;
    readonly region: string;
    readonly vault: string;
    readonly resourceArn: string;
    readonly createdAt: number;
    /** The emulator's own backup of a table. */
    readonly backupArn?: string;
}

interface Job {
    readonly token: string;
    readonly createdArn: string;
    readonly failure?: string;
}

/** AWS's word for a change of the writer that it takes back. */
const CANCELLING = "cancelling";

const ROUTE53 = "https://route53.amazonaws.com/doc/2013-04-01/";

/** Stand-ins, and what a test says of them. */
export class StandIns {
    /** Whether a health check's endpoint is well. */
    isHealthy: (healthCheckId: string) => boolean = () => true;
    /** Milliseconds that a change of the writer takes; the emulator's own "at once" when 0. */
    switchMilliseconds = 0;
    /** AWS takes a change of the writer up and never finishes it. */
    neverSwitches = false;
    /** So many changes of the writer are taken up and cancelled before one goes through. */
    cancels = 0;
    /** ARNs of the cluster that writes as AWS regions say whose API has not heard of the change yet. */
    readonly stale = new Map<string, string>();
    /** ARC Region switch; left out where there is no plan. */
    regionSwitch: RegionSwitchService | undefined;
    /** Why restores fail; they do not when left out. */
    restoreFailure: string | undefined;
    quota = 64;
    upgradeTargets = ["18.4"];
    /** Told when the writer begins to move, and when it has moved. */
    onSwitch: (moment: "begun" | "done", planned: boolean) => void = () => undefined;
    private switching: { status: string; readonly toArn: string } | undefined;
    private readonly points: Point[] = [];
    private readonly jobs = new Map<string, Job>();

    constructor(private readonly clients: StandInClients) {}

    /** The rules for a gate. */
    rules(): Rule[] {
        return [
            (call) => Promise.resolve(this.healthCheckStatus(call)),
            (call, forward) => this.backupJob(call, forward),
            (call) => this.recoveryPoints(call),
            (call) => Promise.resolve(call.service === "servicequotas" ? this.serviceQuota() : undefined),
            (call) => Promise.resolve(call.service === "rds-data" ? this.statement() : undefined),
            (call) => Promise.resolve(this.switchOfRegions(call)),
            (call, forward) => this.engineVersions(call, forward),
            (call, forward) => this.changeOfWriter(call, forward),
            (call, forward) => this.globalClusters(call, forward),
            (call, forward) => this.clusters(call, forward),
        ];
    }

    private healthCheckStatus({ method, path, service }: ApiCall): ApiAnswer | undefined {
        const [, id] = /^\/2013-04-01\/healthcheck\/([^/]+)\/status$/.exec(path) ?? [];
        if (service !== "route53" || method !== "GET" || id === undefined) {
            return undefined;
        }
        const status = this.isHealthy(id)
            ? "Success: HTTP Status Code 200, OK"
            : "Failure: Connection timed out. The endpoint or the internet connection is down.";
        const observations = ["eu-west-1", "us-west-2", "ap-southeast-1"].map(
            (region, index) =>
                `<HealthCheckObservation><Region>${region}</Region><IPAddress>192.0.2.${index + 1}</IPAddress>` +
                `<StatusReport><Status>${status}</Status><CheckedTime>${new Date().toISOString()}</CheckedTime></StatusReport></HealthCheckObservation>`,
        );
        return xmlAnswer(
            `<GetHealthCheckStatusResponse xmlns="${ROUTE53}"><HealthCheckObservations>${observations.join("")}</HealthCheckObservations></GetHealthCheckStatusResponse>`,
        );
    }

    private async backupJob(
        call: ApiCall,
        forward: () => Promise<ApiAnswer>,
    ): Promise<ApiAnswer | undefined> {
        if (call.service !== "backup" || call.method !== "PUT" || call.path !== "/backup-jobs") {
            return undefined;
        }
        const answer = await forward();
        if (answer.status !== 200) {
            return answer;
        }
        const { BackupVaultName, ResourceArn } = JSON.parse(call.body) as Record<string, string>;
        const { RecoveryPointArn } = JSON.parse(answer.body) as Record<string, string>;
        this.points.push({
            arn: RecoveryPointArn ?? "",
            region: call.region,
            vault: BackupVaultName ?? "",
            resourceArn: ResourceArn ?? "",
            createdAt: Date.now(),
            ...(await this.tableBackup(call.region, ResourceArn ?? "")),
        });
        return answer;
    }

    private async tableBackup(region: string, resourceArn: string): Promise<{ backupArn?: string }> {
        const [, table] = /:table\/([^/]+)$/.exec(resourceArn) ?? [];
        if (table === undefined) {
            return {};
        }
        const made = await this.clients
            .dynamodb(region)
            .send(new CreateBackupCommand({ TableName: table, BackupName: `backup-${this.points.length}` }));
        return { backupArn: made.BackupDetails?.BackupArn ?? "" };
    }

    private async recoveryPoints(call: ApiCall): Promise<ApiAnswer | undefined> {
        if (call.service !== "backup") {
            return undefined;
        }
        const [, vault, point] =
            /^\/backup-vaults\/([^/]+)\/recovery-points(?:\/(.+)\/restore-metadata)?$/.exec(call.path) ?? [];
        if (vault !== undefined && call.method === "GET") {
            return point === undefined ? this.pointList(call.region, vault) : this.restoreMetadata(point);
        }
        if (call.path === "/restore-jobs" && call.method === "PUT") {
            return this.startRestore(call);
        }
        const [, job] = /^\/restore-jobs\/([^/]+)$/.exec(call.path) ?? [];
        return job === undefined ? undefined : this.describeJob(call, job);
    }

    private pointList(region: string, vault: string): ApiAnswer {
        return jsonAnswer({
            RecoveryPoints: this.points
                .filter((point) => point.region === region && point.vault === vault)
                .map(({ arn, createdAt, resourceArn }) => ({
                    RecoveryPointArn: arn,
                    BackupVaultName: vault,
                    ResourceArn: resourceArn,
                    ResourceType: typeOf(resourceArn),
                    CreationDate: createdAt / 1000,
                    Status: "COMPLETED",
                })),
        });
    }

    private restoreMetadata(arn: string): ApiAnswer {
        const point = this.points.find((candidate) => candidate.arn === arn);
        return jsonAnswer({
            RecoveryPointArn: arn,
            RestoreMetadata:
                typeOf(point?.resourceArn ?? "") === "Aurora"
                    ? { DBClusterIdentifier: "original", Engine: "aurora-postgresql", EngineVersion: "18.3" }
                    : { originalTableName: "original", encryptionType: "Default" },
        });
    }

    private async startRestore(call: ApiCall): Promise<ApiAnswer> {
        const request = JSON.parse(call.body) as {
            RecoveryPointArn: string;
            IdempotencyToken: string;
            Metadata: Record<string, string>;
        };
        for (const [id, { token }] of this.jobs) {
            if (token === request.IdempotencyToken) {
                return jsonAnswer({ RestoreJobId: id });
            }
        }
        const point = this.points.find(({ arn }) => arn === request.RecoveryPointArn);
        if (point === undefined) {
            return errorAnswer(call, 400, "ResourceNotFoundException", "no such recovery point");
        }
        const id = `restore-${this.jobs.size + 1}`;
        const job = { token: request.IdempotencyToken };
        if (this.restoreFailure !== undefined) {
            this.jobs.set(id, { ...job, createdArn: "", failure: this.restoreFailure });
            return jsonAnswer({ RestoreJobId: id });
        }
        this.jobs.set(id, { ...job, createdArn: await this.restore(point, request.Metadata) });
        return jsonAnswer({ RestoreJobId: id });
    }

    private async restore(point: Point, metadata: Readonly<Record<string, string>>): Promise<string> {
        if (point.backupArn !== undefined) {
            const made = await this.clients.dynamodb(point.region).send(
                new RestoreTableFromBackupCommand({
                    BackupArn: point.backupArn,
                    TargetTableName: metadata["targetTableName"],
                }),
            );
            return made.TableDescription?.TableArn ?? "";
        }
        const made = await this.clients.rds(point.region).send(
            new CreateDBClusterCommand({
                DBClusterIdentifier: metadata["DBClusterIdentifier"],
                Engine: metadata["Engine"],
                EngineVersion: metadata["EngineVersion"],
                DatabaseName: "shop",
                MasterUsername: "meridian_admin",
                MasterUserPassword: "of-the-original-1",
                StorageEncrypted: true,
            }),
        );
        return made.DBCluster?.DBClusterArn ?? "";
    }

    private describeJob(call: ApiCall, id: string): ApiAnswer {
        const job = this.jobs.get(id);
        if (job === undefined) {
            return errorAnswer(call, 400, "ResourceNotFoundException", "no such job");
        }
        return jsonAnswer(
            job.failure === undefined
                ? { RestoreJobId: id, Status: "COMPLETED", CreatedResourceArn: job.createdArn }
                : { RestoreJobId: id, Status: "FAILED", StatusMessage: job.failure },
        );
    }

    private serviceQuota(): ApiAnswer {
        return jsonAnswer({ Quota: { Value: this.quota } });
    }

    private switchOfRegions({ bytes, operation, region, service }: ApiCall): ApiAnswer | undefined {
        return service === "arc-region-switch" && this.regionSwitch !== undefined
            ? { ...answerOnWire(this.regionSwitch, region, operation, bytes), body: "" }
            : undefined;
    }

    private statement(): ApiAnswer {
        return jsonAnswer({ numberOfRecordsUpdated: 0, records: [[{ longValue: 12 }]] });
    }

    private async engineVersions(
        call: ApiCall,
        forward: () => Promise<ApiAnswer>,
    ): Promise<ApiAnswer | undefined> {
        if (call.operation !== "DescribeDBEngineVersions") {
            return undefined;
        }
        const answer = await forward();
        const targets = this.upgradeTargets
            .map((version) => `<UpgradeTarget><EngineVersion>${version}</EngineVersion></UpgradeTarget>`)
            .join("");
        const body = answer.body.replace(
            /<ValidUpgradeTarget\s*\/>|<ValidUpgradeTarget>.*?<\/ValidUpgradeTarget>/gs,
            `<ValidUpgradeTarget>${targets}</ValidUpgradeTarget>`,
        );
        return { ...answer, body };
    }

    private async changeOfWriter(
        call: ApiCall,
        forward: () => Promise<ApiAnswer>,
    ): Promise<ApiAnswer | undefined> {
        const planned = call.operation === "SwitchoverGlobalCluster";
        if (!planned && call.operation !== "FailoverGlobalCluster") {
            return undefined;
        }
        if (this.switching !== undefined) {
            return errorAnswer(call, 400, "InvalidGlobalClusterStateFault", "the global cluster is changing");
        }
        const isCancelled = this.cancels > 0;
        if (this.switchMilliseconds === 0 && !this.neverSwitches && !isCancelled) {
            return forward();
        }
        const toArn = new URLSearchParams(call.body).get("TargetDbClusterIdentifier") ?? "";
        const status = planned ? "switching-over" : "failing-over";
        this.switching = { status, toArn };
        this.onSwitch("begun", planned);
        if (isCancelled) {
            this.cancels -= 1;
            this.cancel(planned);
        } else if (!this.neverSwitches) {
            setTimeout(() => {
                void forward().then(() => {
                    this.switching = undefined;
                    this.onSwitch("done", planned);
                });
            }, this.switchMilliseconds);
        }
        return xmlAnswer(
            `<${call.operation}Response xmlns="http://rds.amazonaws.com/doc/2014-10-31/"><${call.operation}Result>` +
                `<GlobalCluster><Status>${status}</Status></GlobalCluster></${call.operation}Result></${call.operation}Response>`,
        );
    }

    private async globalClusters(
        call: ApiCall,
        forward: () => Promise<ApiAnswer>,
    ): Promise<ApiAnswer | undefined> {
        if (call.operation !== "DescribeGlobalClusters") {
            return undefined;
        }
        const stale = this.stale.get(call.region);
        if (stale !== undefined) {
            const answer = await forward();
            // A member begins with its ARN; what is before the first one has no role to tell.
            const [head = "", ...members] = answer.body.split("<DBClusterArn>");
            const told = members.map((text) =>
                text.replace(/<IsWriter>\w+</, `<IsWriter>${String(text.startsWith(`${stale}<`))}<`),
            );
            return { ...answer, body: [head, ...told].join("<DBClusterArn>") };
        }
        if (this.switching === undefined) {
            return undefined;
        }
        const { status, toArn } = this.switching;
        const answer = await forward();
        const state = `<FailoverState><Status>${status}</Status><ToDbClusterArn>${toArn}</ToDbClusterArn></FailoverState>`;
        const global = status === CANCELLING ? "available" : status;
        return {
            ...answer,
            body: answer.body.replace("<Status>available</Status>", `<Status>${global}</Status>${state}`),
        };
    }

    /** As long as a switch takes, AWS is at it; then it takes it back, and then all is as it was. */
    private cancel(planned: boolean): void {
        const { switching } = this;
        setTimeout(() => {
            if (switching !== undefined) {
                switching.status = CANCELLING;
            }
            setTimeout(() => {
                this.switching = undefined;
                this.onSwitch("done", planned);
            }, this.switchMilliseconds);
        }, this.switchMilliseconds);
    }

    private async clusters(call: ApiCall, forward: () => Promise<ApiAnswer>): Promise<ApiAnswer | undefined> {
        if (call.operation !== "DescribeDBClusters") {
            return undefined;
        }
        const answer = await forward();
        const global = /<GlobalClusterIdentifier>([^<]+)</.exec(answer.body)?.[1];
        const own = /<DBClusterArn>([^<]+)</.exec(answer.body)?.[1];
        if (global === undefined) {
            return answer;
        }
        const found = await this.clients
            .rds(call.region)
            .send(new DescribeGlobalClustersCommand({ GlobalClusterIdentifier: global }));
        const writer = found.GlobalClusters?.[0]?.GlobalClusterMembers?.find(({ IsWriter }) => IsWriter);
        return writer?.DBClusterArn === own
            ? answer
            : {
                  ...answer,
                  body: answer.body.replaceAll(/<IsClusterWriter>true</g, "<IsClusterWriter>false<"),
              };
    }

    /** Finishes a change of the writer that was taken up and never ended. */
    async finish(globalClusterIdentifier: string): Promise<void> {
        const { switching } = this;
        if (switching === undefined) {
            throw new Error("nothing is to be finished");
        }
        await this.clients.rds(switching.toArn.split(":")[3] ?? "").send(
            new SwitchoverGlobalClusterCommand({
                GlobalClusterIdentifier: globalClusterIdentifier,
                TargetDbClusterIdentifier: switching.toArn,
            }),
        );
        this.neverSwitches = false;
        this.switching = undefined;
        this.onSwitch("done", true);
    }
}

function typeOf(resourceArn: string): string {
    return resourceArn.includes(":dynamodb:") ? "DynamoDB" : "Aurora";
}
