/** The RDS Data API and Secrets Manager with the SDK. */
import { ExecuteStatementCommand, type RDSDataClient } from "@aws-sdk/client-rds-data";
import {
    CreateSecretCommand,
    DeleteSecretCommand,
    DescribeSecretCommand,
    PutSecretValueCommand,
    type SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { Caller } from "./call";
import { type QueryPort } from "./ports";
import { toTagList } from "./tags";

/** The RDS Data API and the secret that it signs in with. */
export function queryPort(data: RDSDataClient, secrets: SecretsManagerClient, region: string): QueryPort {
    const manager = new Caller("Secrets Manager", region);
    const missing = ["ResourceNotFoundException"];
    return {
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
        async firstNumber({ clusterArn, database, secretArn, sql }) {
            const { records } = await new Caller("RDS Data API", region).call(
                "ExecuteStatement",
                (abortSignal) =>
                    data.send(
                        new ExecuteStatementCommand({
                            resourceArn: clusterArn,
                            secretArn,
                            sql,
                            ...(database === undefined ? {} : { database }),
                        }),
                        { abortSignal },
                    ),
            );
            const field = records?.[0]?.[0];
            return field?.longValue ?? field?.doubleValue ?? number(field?.stringValue);
        },
    };
}

function number(text: string | undefined): number | undefined {
    return text === undefined || text === "" || Number.isNaN(Number(text)) ? undefined : Number(text);
}
