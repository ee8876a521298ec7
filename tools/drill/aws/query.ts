/** The RDS Data API and Secrets Manager with the SDK. */
import {
    ExecuteStatementCommand,
    type ExecuteStatementCommandOutput,
    type RDSDataClient,
    type SqlParameter,
} from "@aws-sdk/client-rds-data";
import {
    CreateSecretCommand,
    DeleteSecretCommand,
    DescribeSecretCommand,
    PutSecretValueCommand,
    type SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { Caller } from "./call";
import { type Place, type QueryPort } from "./ports";
import { rowReader } from "./rows";
import { toTagList } from "./tags";

/** The RDS Data API and the secret that it signs in with. */
export function queryPort(data: RDSDataClient, secrets: SecretsManagerClient, region: string): QueryPort {
    const manager = new Caller("Secrets Manager", region);
    const missing = ["ResourceNotFoundException"];
    const dataApi = new Caller("RDS Data API", region);
    const execute = (
        { clusterArn, database, secretArn }: Place,
        sql: string,
        parameters: SqlParameter[] = [],
    ): Promise<ExecuteStatementCommandOutput> =>
        dataApi.call("ExecuteStatement", (abortSignal) =>
            data.send(
                new ExecuteStatementCommand({
                    resourceArn: clusterArn,
                    secretArn,
                    sql,
                    ...(database === undefined ? {} : { database }),
                    ...(parameters.length === 0 ? {} : { parameters }),
                }),
                { abortSignal },
            ),
        );
    return {
        ...rowReader(async (place, sql, parameters) => {
            const given = Object.entries(parameters).map(([name, stringValue]) => ({
                name,
                value: { stringValue },
            }));
            const { records = [] } = await execute(place, sql, given);
            return records.map((row) => row.map(({ stringValue }) => stringValue));
        }),
        async createSecret(Name, SecretString, tags) {
            const made = await manager.call("CreateSecret", (abortSignal) =>
                secrets.send(new CreateSecretCommand({ Name, SecretString, Tags: toTagList(tags) }), {
                    abortSignal,
                }),
            );
            return made.ARN ?? "";
        },
        async secretArn(SecretId) {
            const found = await manager.find("DescribeSecret", missing, (abortSignal) =>
                secrets.send(new DescribeSecretCommand({ SecretId }), { abortSignal }),
            );
            return found?.DeletedDate === undefined ? found?.ARN : undefined;
        },
        async replaceSecret(SecretId, SecretString) {
            await manager.call("PutSecretValue", (abortSignal) =>
                secrets.send(new PutSecretValueCommand({ SecretId, SecretString }), { abortSignal }),
            );
        },
        async deleteSecret(SecretId) {
            await manager.find("DeleteSecret", missing, (abortSignal) =>
                secrets.send(new DeleteSecretCommand({ SecretId, ForceDeleteWithoutRecovery: true }), {
                    abortSignal,
                }),
            );
        },
        async firstNumber({ sql, ...place }) {
            const { records } = await execute(place, sql);
            const field = records?.[0]?.[0];
            return field?.longValue ?? field?.doubleValue ?? number(field?.stringValue);
        },
    };
}

function number(text: string | undefined): number | undefined {
    return text === undefined || text === "" || Number.isNaN(Number(text)) ? undefined : Number(text);
}
