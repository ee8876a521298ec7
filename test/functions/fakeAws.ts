import { type DBCluster, GlobalClusterNotFoundFault } from "@aws-sdk/client-rds";
import { ResourceNotFoundException } from "@aws-sdk/client-secrets-manager";

import { type Rds } from "../../functions/shared/writer";

/** A command of the SDK, seen from outside. */
export interface Call {
    region: string;
    name: string;
    input: Record<string, unknown>;
}

interface Command {
    readonly input: object;
}

const nameOf = (command: Command): string => command.constructor.name.replace(/Command$/, "");

/** RDS with clusters in several regions, as far as the functions use it. */
export class FakeRds {
    readonly calls: Call[] = [];
    readonly clusters = new Map<string, DBCluster>();
    /** ARNs of the global database's members and whether each writes; undefined while there is none. */
    members: Map<string, boolean> | undefined;
    /** Errors that the next modifications meet, first to last. */
    readonly refusals: Error[] = [];

    add(arn: string, cluster: DBCluster = {}): void {
        const identifier = arn.split(":").at(-1) ?? "";
        this.clusters.set(arn, {
            DBClusterIdentifier: identifier,
            Status: "available",
            Endpoint: `${identifier}.cluster-x.${arn.split(":")[3] ?? ""}.rds.amazonaws.com`,
            Port: 5432,
            HttpEndpointEnabled: true,
            ...cluster,
        });
    }

    readonly in = (region: string): Rds => ({
        send: (command: Command) => {
            const call = { region, name: nameOf(command), input: command.input as Record<string, unknown> };
            this.calls.push(call);
            return Promise.resolve().then(() => this.#answer(call)) as never;
        },
    });

    /** The calls of this name. */
    named(name: string): Call[] {
        return this.calls.filter((call) => call.name === name);
    }

    #answer({ region, name, input }: Call): object {
        switch (name) {
            case "DescribeGlobalClusters":
                if (this.members === undefined) {
                    throw new GlobalClusterNotFoundFault({ $metadata: {}, message: "there is none" });
                }
                return {
                    GlobalClusters: [
                        {
                            GlobalClusterIdentifier: input["GlobalClusterIdentifier"],
                            GlobalClusterMembers: [...this.members].map(([arn, isWriter]) => ({
                                DBClusterArn: arn,
                                IsWriter: isWriter,
                            })),
                        },
                    ],
                };
            case "DescribeDBClusters": {
                const arn = input["DBClusterIdentifier"] as string;
                const cluster = arn.split(":")[3] === region ? this.clusters.get(arn) : undefined;
                return { DBClusters: cluster === undefined ? [] : [cluster] };
            }
            case "ModifyDBCluster": {
                const refusal = this.refusals.shift();
                if (refusal !== undefined) {
                    throw refusal;
                }
                return {};
            }
            default:
                throw new Error(`RDS was asked for ${name}`);
        }
    }
}

/** One secret with its versions, as far as the functions use it. */
export class FakeSecrets {
    readonly calls: Call[] = [];
    readonly values = new Map<string, string>();
    readonly stages: Record<string, string[]> = {};

    constructor(readonly arn: string) {}

    readonly send = ((command: Command) => {
        const call = { region: "", name: nameOf(command), input: command.input as Record<string, unknown> };
        this.calls.push(call);
        return Promise.resolve().then(() => this.#answer(call));
    }) as never;

    /** The value that a label stands for. */
    labelled(label: string): Record<string, unknown> {
        const version = Object.keys(this.stages).find((id) => this.stages[id]?.includes(label));
        return JSON.parse(this.values.get(version ?? "") ?? "null") as Record<string, unknown>;
    }

    #answer({ name, input }: Call): object {
        if (name !== "GetRandomPassword" && input["SecretId"] !== this.arn) {
            throw new Error(`Secrets Manager was asked for ${String(input["SecretId"])}`);
        }
        switch (name) {
            case "DescribeSecret":
                return { VersionIdsToStages: structuredClone(this.stages) };
            case "GetRandomPassword":
                return { RandomPassword: "a-new-password" };
            case "GetSecretValue":
                return this.#value(input["VersionId"] as string | undefined, input["VersionStage"] as string);
            case "PutSecretValue": {
                const version = input["ClientRequestToken"] as string;
                this.values.set(version, input["SecretString"] as string);
                this.stages[version] = input["VersionStages"] as string[];
                return {};
            }
            case "UpdateSecretVersionStage": {
                const label = input["VersionStage"] as string;
                const from = input["RemoveFromVersionId"] as string;
                this.stages[from] = (this.stages[from] ?? []).filter((stage) => stage !== label);
                (this.stages[input["MoveToVersionId"] as string] ??= []).push(label);
                return {};
            }
            default:
                throw new Error(`Secrets Manager was asked for ${name}`);
        }
    }

    #value(version: string | undefined, stage: string): object {
        const id =
            version ?? Object.keys(this.stages).find((candidate) => this.stages[candidate]?.includes(stage));
        const value = this.values.get(id ?? "");
        if (value === undefined || this.stages[id ?? ""]?.includes(stage) !== true) {
            throw new ResourceNotFoundException({ $metadata: {}, message: "no such version" });
        }
        return { SecretString: value };
    }
}

/** Patience that takes no time, and notes how often it was needed. `meanwhile` is what happens while it waits. */
export function countingPatience(attempts: number, meanwhile: (pause: number) => void = () => undefined) {
    const pauses: number[] = [];
    return {
        pauses,
        patience: {
            attempts,
            pause: 10_000,
            sleep: (milliseconds: number) => {
                meanwhile(pauses.push(milliseconds));
                return Promise.resolve();
            },
        },
    };
}

/** What a promise was rejected with. */
export async function rejection(promise: Promise<unknown>): Promise<string> {
    try {
        await promise;
    } catch (error) {
        return error instanceof Error ? error.message : String(error);
    }
    throw new Error("nothing was thrown");
}
