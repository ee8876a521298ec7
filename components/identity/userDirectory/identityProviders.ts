import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { AttributesRequestMethod, type OidcProvider, type SamlProvider } from "./args";
import { type Maker } from "./place";
import { DEFAULT_SCOPES } from "./table";

/** Makes the directories of others, `<name>-<provider>-provider`. */
export function makeIdentityProviders({ parent, name, args, pool }: Maker): aws.cognito.IdentityProvider[] {
    return Object.entries(args.identityProviders ?? {}).map(
        ([key, { saml, oidc, attributeMapping, identifiers }]) =>
            new aws.cognito.IdentityProvider(
                `${name}-${key}-provider`,
                {
                    region: args.region,
                    userPoolId: pool.id,
                    providerName: key,
                    providerType: saml === undefined ? "OIDC" : "SAML",
                    providerDetails: saml === undefined ? oidcDetails(oidc) : samlDetails(saml),
                    attributeMapping,
                    ...(identifiers === undefined ? {} : { idpIdentifiers: identifiers }),
                },
                {
                    parent,
                    // A pool has one provider of a name.
                    deleteBeforeReplace: true,
                    // Cognito adds what it read of the provider itself.
                    ignoreChanges: ADDED.map((detail) => `providerDetails.${detail}`),
                },
            ),
    );
}

const ADDED = [
    "ActiveEncryptionCertificate",
    "SLORedirectBindingURI",
    "SSORedirectBindingURI",
    "attributes_url",
    "attributes_url_add_attributes",
    "authorize_url",
    "jwks_uri",
    "token_url",
];

function samlDetails({ metadataUrl, metadata, idpInitiated, signOut }: SamlProvider) {
    return {
        ...(metadataUrl === undefined ? {} : { MetadataURL: metadataUrl }),
        ...(metadata === undefined ? {} : { MetadataFile: metadata }),
        IDPInit: String(idpInitiated ?? false),
        IDPSignout: String(signOut ?? false),
        // Requests are signed, so that the provider can refuse those of others.
        RequestSigningAlgorithm: "rsa-sha256",
    };
}

function oidcDetails(oidc: OidcProvider | undefined): Record<string, pulumi.Input<string>> {
    return oidc === undefined
        ? {}
        : {
              oidc_issuer: oidc.issuer,
              client_id: oidc.clientId,
              client_secret: pulumi.secret(oidc.clientSecret),
              authorize_scopes: (oidc.scopes ?? DEFAULT_SCOPES).join(" "),
              attributes_request_method: oidc.attributesRequestMethod ?? AttributesRequestMethod.Get,
          };
}
