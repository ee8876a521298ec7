/**
 * The mobile backend on the emulator: what its program registers for users, folders and to-dos is made there by AWS's SDK, with the same
 * settings, and the API's document leads to the built handlers.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import {
    CognitoIdentityClient,
    CreateIdentityPoolCommand,
    SetIdentityPoolRolesCommand,
} from "@aws-sdk/client-cognito-identity";
import {
    CognitoIdentityProviderClient,
    CreateUserPoolClientCommand,
    CreateUserPoolCommand,
    type ExplicitAuthFlowsType,
    SetUserPoolMfaConfigCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { CreateBucketCommand, PutBucketCorsCommand, S3Client } from "@aws-sdk/client-s3";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";

import { buildClient } from "../../../examples/mobile-backend/client/build";
import { type Config } from "../../../examples/mobile-backend/client/src/backend";
import { emulatorUrl } from "../functions/emulatedAccount";
import { makeTables, tableName } from "../functions/emulatorTables";
import { type LocalFunction, startFunction } from "../functions/lambda";
import { type RunningApi, startLocalApi } from "../functions/localApi";
import { documentText } from "../functions/openApi";
import { type Jwks } from "../functions/tokens";
import { at, only, type RegisteredResource } from "../preview";

const REGION = "eu-central-1";
const BUCKET = "mobile-folders";

/** The backend, and the page of its client. */
export interface LocalBackend {
    readonly config: Config;
    readonly api: RunningApi;
    readonly s3: S3Client;
    stop(): Promise<void>;
}

/** Makes the backend of a stack. */
export async function startLocalBackend(resources: readonly RegisteredResource[]): Promise<LocalBackend> {
    const endpoint = emulatorUrl();
    // The emulator tells accounts apart by the access key, and callers without one, such as the page, are of its own account.
    const place = { endpoint, region: REGION, credentials: { accessKeyId: "test", secretAccessKey: "test" } };
    const directory = new CognitoIdentityProviderClient(place);
    const s3 = new S3Client({ ...place, forcePathStyle: true });

    const pool = only(resources, "aws:cognito/userPool:UserPool").inputs;
    const policy = pool["passwordPolicy"] as Record<string, number | boolean>;
    const { UserPool } = await directory.send(
        new CreateUserPoolCommand({
            PoolName: "mobile-users",
            UsernameAttributes: ["email"],
            UsernameConfiguration: { CaseSensitive: false },
            AutoVerifiedAttributes: ["email"],
            Policies: {
                PasswordPolicy: {
                    MinimumLength: Number(policy["minimumLength"]),
                    RequireLowercase: policy["requireLowercase"] === true,
                    RequireUppercase: policy["requireUppercase"] === true,
                    RequireNumbers: policy["requireNumbers"] === true,
                    RequireSymbols: policy["requireSymbols"] === true,
                },
            },
        }),
    );
    const userPoolId = UserPool?.Id ?? "";
    await directory.send(
        new SetUserPoolMfaConfigCommand({
            UserPoolId: userPoolId,
            MfaConfiguration: pool["mfaConfiguration"] as "ON",
            SoftwareTokenMfaConfiguration: { Enabled: true },
        }),
    );
    const client = only(resources, "aws:cognito/userPoolClient:UserPoolClient").inputs;
    const { UserPoolClient } = await directory.send(
        new CreateUserPoolClientCommand({
            UserPoolId: userPoolId,
            ClientName: "app",
            GenerateSecret: client["generateSecret"] === true,
            ExplicitAuthFlows: client["explicitAuthFlows"] as ExplicitAuthFlowsType[],
            PreventUserExistenceErrors: "ENABLED",
        }),
    );
    const clientId = UserPoolClient?.ClientId ?? "";
    const providerName = `cognito-idp.${REGION}.amazonaws.com/${userPoolId}`;
    const identities = new CognitoIdentityClient(place);
    const { IdentityPoolId: identityPoolId = "" } = await identities.send(
        new CreateIdentityPoolCommand({
            IdentityPoolName: "mobile-users",
            AllowUnauthenticatedIdentities: false,
            CognitoIdentityProviders: [
                { ProviderName: providerName, ClientId: clientId, ServerSideTokenCheck: true },
            ],
        }),
    );
    await identities.send(
        new SetIdentityPoolRolesCommand({
            IdentityPoolId: identityPoolId,
            Roles: { authenticated: "arn:aws:iam::000000000000:role/mobile-users" },
        }),
    );
    await makeTables(new DynamoDBClient(place), ["TODOS_TABLE"]);
    await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));

    const todos = await startFunction("todos", {
        AWS_ENDPOINT_URL: endpoint,
        AWS_REGION: REGION,
        AWS_ACCESS_KEY_ID: "test",
        AWS_SECRET_ACCESS_KEY: "test",
        TODOS_TABLE: tableName("TODOS_TABLE"),
    });
    const folder = mkdtempSync(join(tmpdir(), "mobile-client-"));
    buildClient(folder);
    const api = await serve(todos, folder, { endpoint, userPoolId, clientId });
    await allowPage(s3, resources, api.url);
    const config: Config = {
        region: REGION,
        userPoolId,
        clientId,
        identityPoolId,
        providerName,
        apiUrl: api.url,
        bucketName: BUCKET,
        endpoint,
    };
    writeFileSync(join(folder, "config.json"), JSON.stringify(config));
    return {
        config,
        api,
        s3,
        stop: async () => {
            await api.stop();
            await todos.stop();
            rmSync(folder, { recursive: true });
        },
    };
}

function serve(
    todos: LocalFunction,
    staticFolder: string,
    { endpoint, userPoolId, clientId }: { endpoint: string; userPoolId: string; clientId: string },
): Promise<RunningApi> {
    return startLocalApi({
        apis: [{ document: documentText("todos/openapi.yaml"), invoke: (event) => todos.invoke(event) }],
        tokens: {
            issuer: `https://cognito-idp.${REGION}.amazonaws.com/${userPoolId}`,
            audience: clientId,
            jwks: async () => {
                const answer = await fetch(`${endpoint}/${userPoolId}/.well-known/jwks.json`);
                return (await answer.json()) as Jwks;
            },
        },
        staticFolder,
    });
}

/** The bucket's rule for pages, with the local page in the place of the real one. */
async function allowPage(
    s3: S3Client,
    resources: readonly RegisteredResource[],
    origin: string,
): Promise<void> {
    const cors = only(resources, "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration").inputs;
    const list = (property: string) => at(cors, `corsRules[0].${property}`) as string[];
    await s3.send(
        new PutBucketCorsCommand({
            Bucket: BUCKET,
            CORSConfiguration: {
                CORSRules: [
                    {
                        AllowedOrigins: [origin],
                        AllowedMethods: list("allowedMethods"),
                        AllowedHeaders: list("allowedHeaders"),
                        ExposeHeaders: list("exposeHeaders"),
                    },
                ],
            },
        }),
    );
}
