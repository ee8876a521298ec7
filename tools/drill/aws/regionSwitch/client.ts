/**
 * A client of ARC Region switch, which the SDK for JavaScript has none of: the SDK's own parts, put together as in its other
 * clients. Its calls are those of the data plane, which every region of a plan has for itself.
 *
 * Source: the service's model and endpoint rules, version 2022-07-26: Smithy RPC v2 CBOR, signed as `arc-region-switch`.
 */
import {
    awsEndpointFunctions,
    createDefaultUserAgentProvider,
    getHostHeaderPlugin,
    getLoggerPlugin,
    getRecursionDetectionPlugin,
    getUserAgentPlugin,
    resolveHostHeaderConfig,
    resolveUserAgentConfig,
} from "@aws-sdk/core/client";
import { AwsSdkSigV4Signer, resolveAwsSdkSigV4Config } from "@aws-sdk/core/httpAuthSchemes";
import { AwsSmithyRpcV2CborProtocol } from "@aws-sdk/core/protocols";
import {
    DefaultIdentityProviderConfig,
    getHttpAuthSchemeEndpointRuleSetPlugin,
    getHttpSigningPlugin,
} from "@smithy/core";
import { Sha256 } from "@smithy/core/checksum";
import { Client, NoOpLogger } from "@smithy/core/client";
import { loadConfig, nodeFipsConfigSelectors, resolveRegionConfig } from "@smithy/core/config";
import {
    customEndpointFunctions,
    type EndpointParams,
    resolveEndpoint,
    resolveEndpointConfig,
    type RuleSetObject,
} from "@smithy/core/endpoints";
import { getContentLengthPlugin, parseUrl } from "@smithy/core/protocols";
import { DEFAULT_RETRY_MODE, getRetryPlugin, resolveRetryConfig } from "@smithy/core/retry";
import { getSchemaSerdePlugin } from "@smithy/core/schema";
import { calculateBodyLength, fromBase64, fromUtf8, toBase64, toUtf8 } from "@smithy/core/serde";
import { NodeHttpHandler, type NodeHttpHandlerOptions, streamCollector } from "@smithy/node-http-handler";
import {
    type HttpAuthSchemeParameters,
    type HttpHandlerOptions,
    type MetadataBearer,
    type Pluggable,
    type RequestHandler,
} from "@smithy/types";
import { type CredentialProvider } from "../credentials";
import * as schemas from "./schemas";

const SIGNING_NAME = "arc-region-switch";
const VERSION = "2022-07-26";
const SIGV4 = "aws.auth#sigv4";

/** Whose region a call is signed for. */
interface Signing extends HttpAuthSchemeParameters {
    readonly region: string;
}

/** What a client is made with; the same as of the SDK's own clients. */
export interface RegionSwitchSettings {
    readonly region: string;
    readonly credentials: CredentialProvider;
    /** Attempts of a call, the first included. */
    readonly maxAttempts: number;
    readonly requestHandler: NodeHttpHandlerOptions;
    /** Instead of AWS's own endpoint, which `AWS_ENDPOINT_URL` replaces, too. */
    readonly endpoint?: string;
}

/** Region switch has endpoints of both address families alone. */
const RULES: RuleSetObject = {
    version: "1.0",
    parameters: {
        Region: { type: "String" },
        UseFIPS: { type: "Boolean" },
        Endpoint: { type: "String" },
    },
    rules: [
        {
            type: "tree",
            conditions: [{ fn: "isSet", argv: [{ ref: "Endpoint" }] }],
            rules: [
                {
                    type: "error",
                    conditions: [{ fn: "booleanEquals", argv: [{ ref: "UseFIPS" }, true] }],
                    error: "FIPS and an endpoint of your own do not go together",
                },
                { type: "endpoint", conditions: [], endpoint: { url: { ref: "Endpoint" } } },
            ],
        },
        {
            type: "tree",
            conditions: [{ fn: "aws.partition", argv: [{ ref: "Region" }], assign: "Partition" }],
            rules: [
                {
                    type: "endpoint",
                    conditions: [{ fn: "booleanEquals", argv: [{ ref: "UseFIPS" }, true] }],
                    endpoint: {
                        url: "https://arc-region-switch-fips.{Region}.{Partition#dualStackDnsSuffix}",
                    },
                },
                {
                    type: "endpoint",
                    conditions: [],
                    endpoint: { url: "https://arc-region-switch.{Region}.{Partition#dualStackDnsSuffix}" },
                },
            ],
        },
    ],
};

customEndpointFunctions["aws"] = awsEndpointFunctions;

/** What the SDK's other clients have in their configuration before it is resolved. */
function runtimeConfig({ credentials, endpoint, maxAttempts, region, requestHandler }: RegionSwitchSettings) {
    const fips = loadConfig(nodeFipsConfigSelectors);
    return {
        apiVersion: VERSION,
        runtime: "node",
        serviceId: "ARC Region switch",
        defaultSigningName: SIGNING_NAME,
        region,
        credentials,
        ...(endpoint === undefined ? {} : { endpoint }),
        maxAttempts,
        retryMode: DEFAULT_RETRY_MODE,
        requestHandler: NodeHttpHandler.create(requestHandler) as RequestHandler<
            unknown,
            unknown,
            HttpHandlerOptions
        >,
        protocol: new AwsSmithyRpcV2CborProtocol({ defaultNamespace: schemas.NAMESPACE }),
        endpointProvider: (endpointParams: EndpointParams) => resolveEndpoint(RULES, { endpointParams }),
        httpAuthSchemeProvider: (parameters: Signing) => [
            {
                schemeId: SIGV4,
                signingProperties: { name: SIGNING_NAME, region: parameters.region },
                propertiesExtractor: (config: object, context: object) => ({
                    signingProperties: { config, context },
                }),
            },
        ],
        httpAuthSchemes: [
            {
                schemeId: SIGV4,
                identityProvider: (config: DefaultIdentityProviderConfig) =>
                    config.getIdentityProvider(SIGV4),
                signer: new AwsSdkSigV4Signer(),
            },
        ],
        useFipsEndpoint: async () => (await fips()) === true,
        useDualstackEndpoint: true,
        defaultUserAgentProvider: createDefaultUserAgentProvider({
            serviceId: "ARC Region switch",
            clientVersion: VERSION,
        }),
        disableHostPrefix: false,
        logger: new NoOpLogger(),
        bodyLengthChecker: calculateBodyLength,
        sha256: Sha256,
        streamCollector,
        urlParser: parseUrl,
        base64Decoder: fromBase64,
        base64Encoder: toBase64,
        utf8Decoder: fromUtf8,
        utf8Encoder: toUtf8,
    };
}

// The types follow from the SDK's functions, and are long.
function resolvedConfig(settings: RegionSwitchSettings) {
    const endpoints = resolveEndpointConfig(
        resolveHostHeaderConfig(
            resolveRegionConfig(resolveRetryConfig(resolveUserAgentConfig(runtimeConfig(settings)))),
        ),
    );
    return resolveAwsSdkSigV4Config(endpoints);
}

type Config = ReturnType<typeof resolvedConfig>;

export type { Config as RegionSwitchConfig };

/** ARC Region switch in a region. */
export class RegionSwitchClient extends Client<HttpHandlerOptions, object, MetadataBearer, Config> {
    constructor(settings: RegionSwitchSettings) {
        super(resolvedConfig(settings));
        const plugins = [
            getSchemaSerdePlugin(this.config),
            getUserAgentPlugin(this.config),
            getRetryPlugin(this.config),
            getContentLengthPlugin(this.config),
            getHostHeaderPlugin(this.config),
            getLoggerPlugin(this.config),
            getRecursionDetectionPlugin(this.config),
            getHttpAuthSchemeEndpointRuleSetPlugin(this.config, {
                httpAuthSchemeParametersProvider: async (config: Config): Promise<Signing> => ({
                    region: await config.region(),
                }),
                identityProviderConfigProvider: (config: Config) =>
                    Promise.resolve(new DefaultIdentityProviderConfig({ [SIGV4]: config.credentials })),
            }),
            getHttpSigningPlugin(this.config),
        ] as readonly Pluggable<object, MetadataBearer>[];
        for (const plugin of plugins) {
            this.middlewareStack.use(plugin);
        }
    }
}
