/** Who signs in. Source of the formats: Service Authorization Reference, Amazon Cognito; ids as the provider writes them. */
import { type ModelTable, settingOf, withId } from "../model";

export const IDENTITY_TABLE: ModelTable = {
    "cognito.IdentityPool": {
        id: "{region}:{uuid}",
        arn: "identitypool/{id}",
        nameProperty: "identityPoolName",
    },
    "cognito.IdentityPoolRoleAttachment": settingOf("identityPoolId"),
    "cognito.IdentityProvider": withId("{in:userPoolId}:{in:providerName}"),
    "cognito.LogDeliveryConfiguration": settingOf("userPoolId"),
    "cognito.ManagedLoginBranding": withId("{uuid}", undefined, {
        outputs: { managedLoginBrandingId: "{id}", settingsAll: "{}" },
    }),
    "cognito.ResourceServer": withId("{in:userPoolId}|{in:identifier}", undefined, {
        outputs: {
            scopeIdentifiers: ({ inputs }) =>
                (Array.isArray(inputs["scopes"]) ? inputs["scopes"] : []).map(
                    (scope: unknown) =>
                        `${String(inputs["identifier"])}/${(scope as { scopeName: string }).scopeName}`,
                ),
        },
    }),
    "cognito.UserGroup": withId("{in:userPoolId}/{in:name}"),
    "cognito.UserPool": {
        id: ({ region, hex: digits }) => `${region}_${digits(9)}`,
        arn: "userpool/{id}",
        nameLength: 128,
        outputs: { endpoint: "cognito-idp.{region}.{dns}/{id}" },
    },
    "cognito.UserPoolClient": {
        id: "{az:26}",
        nameLength: 128,
        outputs: {
            clientSecret: ({ fill, inputs }) =>
                inputs["generateSecret"] === true ? fill("{az:51}") : undefined,
        },
    },
    "cognito.UserPoolDomain": settingOf("domain", {
        outputs: {
            cloudfrontDistribution: "d{az:13}.cloudfront.net",
            cloudfrontDistributionZoneId: "Z2FDTNDATAQYW2",
        },
    }),
};
