import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { assign } from "../assignment";
import { functionArn } from "../invocation";
import { type ApiDocument, type ApiOperation } from "../openApi/document";
import { type ApiVpcLink } from "../vpcLink";
import { type HttpApiArgs, type HttpApiIntegration } from "./args";
import { routeKey } from "./routeKey";

const TIMEOUT_MILLISECONDS = 30_000;

/** Makes the routes of an API, what answers them, and who is asked for tokens. */
export function routes(
    name: string,
    args: HttpApiArgs,
    document: ApiDocument,
    api: aws.apigatewayv2.Api,
    link: ApiVpcLink | undefined,
    parent: pulumi.Resource,
): aws.apigatewayv2.Route[] {
    const integrations = new Map(
        Object.entries(args.integrations).map(([short, each]) => [
            short,
            makeIntegration(`${name}-${short}-integration`, args, each, api, link, parent),
        ]),
    );
    const authorizers = makeAuthorizers(name, args, api, parent);
    const assigned = assign(document, { ...args.integrations }).integrations;
    return document.operations.map((operation) => {
        const integration = integrations.get(assigned.get(operation.operationId) ?? "");
        return new aws.apigatewayv2.Route(
            `${name}-${operation.operationId}`,
            {
                region: args.region,
                apiId: api.id,
                routeKey: routeKey(operation.method, operation.path),
                operationName: operation.operationId,
                ...(integration === undefined
                    ? {}
                    : { target: pulumi.interpolate`integrations/${integration.id}` }),
                ...authorization(args, operation, authorizers),
            },
            // An API has one route of a key.
            { parent, deleteBeforeReplace: true },
        );
    });
}

function makeIntegration(
    name: string,
    args: HttpApiArgs,
    { function: called, balancer, timeoutMilliseconds = TIMEOUT_MILLISECONDS }: HttpApiIntegration,
    api: aws.apigatewayv2.Api,
    link: ApiVpcLink | undefined,
    parent: pulumi.Resource,
): aws.apigatewayv2.Integration {
    const target =
        called === undefined
            ? {
                  integrationType: "HTTP_PROXY",
                  integrationMethod: "ANY",
                  integrationUri: balancer?.listenerArn ?? "",
                  connectionType: "VPC_LINK",
                  connectionId: link?.vpcLinkId ?? "",
                  // Private integrations know no other version.
                  payloadFormatVersion: "1.0",
                  tlsConfig: { serverNameToVerify: balancer?.serverName ?? "" },
              }
            : {
                  integrationType: "AWS_PROXY",
                  // Lambda's own API is called by POST.
                  integrationMethod: "POST",
                  integrationUri: functionArn(args, called),
                  payloadFormatVersion: "2.0",
              };
    return new aws.apigatewayv2.Integration(
        name,
        { region: args.region, apiId: api.id, ...target, timeoutMilliseconds },
        { parent },
    );
}

function makeAuthorizers(
    name: string,
    { region, authorizers = {} }: HttpApiArgs,
    api: aws.apigatewayv2.Api,
    parent: pulumi.Resource,
): Map<string, aws.apigatewayv2.Authorizer> {
    return new Map(
        Object.entries(authorizers).flatMap(([scheme, { issuer, audiences }]) =>
            issuer === undefined || audiences === undefined
                ? []
                : [
                      [
                          scheme,
                          new aws.apigatewayv2.Authorizer(
                              `${name}-${scheme}-authorizer`,
                              {
                                  region,
                                  apiId: api.id,
                                  authorizerType: "JWT",
                                  identitySources: ["$request.header.Authorization"],
                                  jwtConfiguration: { issuer, audiences },
                              },
                              { parent },
                          ),
                      ] as const,
                  ],
        ),
    );
}

/** Who may call a route: holders of tokens, callers of IAM, or, where the document says so, anybody. */
function authorization(
    { authorizers = {} }: HttpApiArgs,
    { security }: ApiOperation,
    made: ReadonlyMap<string, aws.apigatewayv2.Authorizer>,
) {
    const [asked] = Object.entries(security);
    if (asked === undefined) {
        return { authorizationType: "NONE" };
    }
    const [scheme, scopes] = asked;
    const authorizer = made.get(scheme);
    if (authorizer === undefined || authorizers[scheme]?.iam === true) {
        return { authorizationType: "AWS_IAM" };
    }
    return {
        authorizationType: "JWT",
        authorizerId: authorizer.id,
        ...(scopes.length === 0 ? {} : { authorizationScopes: [...scopes] }),
    };
}
