/** What lies between viewers and a region: CloudFront, WAF, Route 53 and their kin. */
import { type Context } from "../context";
import { type ModelTable, byArn, named, settingOf, withId } from "../model";

/** The hosted zone of every CloudFront distribution. Source: Amazon Route 53 API Reference, AliasTarget. */
const CLOUDFRONT_ZONE = "Z2FDTNDATAQYW2";
/** The hosted zone of every Global Accelerator. Source: the same. */
const ACCELERATOR_ZONE = "Z2BJ6XQ5FK7U4H";

/** Where regional names of APIs lead, in eu-central-1. Source: the same. */
const API_ZONE = "Z1U9ULNL0V5AJ3";
const API_TARGET = "d-{az:10:target}.execute-api.{region}.{dns}";

/** The name that a domain name of an HTTP API leads to. */
function regionalConfiguration({ inputs, fill }: Context): unknown {
    const given = inputs["domainNameConfiguration"];
    return {
        ...(typeof given === "object" ? given : {}),
        targetDomainName: fill(API_TARGET),
        hostedZoneId: API_ZONE,
    };
}

/** Web ACLs for CloudFront are global, in ARNs of us-east-1. */
function wafArn(kind: string): (context: Context) => string {
    return ({ inputs, partition, region, account, physicalName, id }) => {
        const scope = inputs["scope"] === "CLOUDFRONT" ? "global" : "regional";
        return `arn:${partition}:wafv2:${region}:${account}:${scope}/${kind}/${physicalName}/${id}`;
    };
}

/** A record's id is its zone, name, type and set. */
function recordId({ text }: Context): string | undefined {
    const parts = [text("zoneId"), text("name"), text("type"), text("setIdentifier")];
    return parts[0] === undefined ? undefined : parts.filter((part) => part !== undefined).join("_");
}

/** A record's full name: the zone's name is not known here, and names within the zone are written in full. */
function recordFqdn({ text }: Context): string | undefined {
    return text("name")?.replace(/\.$/, "");
}

const CLOUDFRONT_POLICY = { id: "{uuid}", nameLength: 128, outputs: { etag: "E{AZ:13:etag}" } } as const;

export const EDGE_TABLE: ModelTable = {
    "cloudfront.Distribution": withId("E{AZ:13}", "distribution/{id}", {
        outputs: {
            domainName: "d{az:13}.cloudfront.net",
            hostedZoneId: CLOUDFRONT_ZONE,
            etag: "E{AZ:13:etag}",
            status: "Deployed",
            callerReference: "{uuid:caller}",
        },
    }),
    "cloudfront.OriginAccessControl": {
        id: "E{AZ:13}",
        arn: "origin-access-control/{id}",
        nameLength: 64,
        outputs: { etag: "E{AZ:13:etag}" },
    },
    "cloudfront.OriginAccessIdentity": withId("E{AZ:13}", undefined, {
        outputs: {
            iamArn: "arn:{partition}:iam::cloudfront:user/CloudFront Origin Access Identity {id}",
            cloudfrontAccessIdentityPath: "origin-access-identity/cloudfront/{id}",
            s3CanonicalUserId: "{hex:96}",
        },
    }),
    "cloudfront.Function": named("function/{name}", {
        nameLength: 64,
        outputs: { etag: "E{AZ:13:etag}", liveStageEtag: "E{AZ:13:live}", status: "DEPLOYED" },
    }),
    "cloudfront.KeyValueStore": named("key-value-store/{uuid}", {
        nameLength: 64,
        outputs: { etag: "E{AZ:13:etag}" },
    }),
    "cloudfront.KeyvaluestoreKey": withId("{in:keyValueStoreArn},{in:key}", undefined, {
        outputs: {
            totalSizeInBytes: ({ text }) => (text("key") ?? "").length + (text("value") ?? "").length,
        },
    }),
    "cloudfront.ResponseHeadersPolicy": {
        ...CLOUDFRONT_POLICY,
        arn: "response-headers-policy/{id}",
    },
    "cloudfront.CachePolicy": { ...CLOUDFRONT_POLICY, arn: "cache-policy/{id}" },
    "cloudfront.OriginRequestPolicy": {
        ...CLOUDFRONT_POLICY,
        arn: "origin-request-policy/{id}",
    },
    "cloudfront.VpcOrigin": withId("vo_{az:22}", "vpcorigin/{id}", { outputs: { etag: "E{AZ:13:etag}" } }),
    "cloudfront.PublicKey": { id: "K{AZ:13}", outputs: { etag: "E{AZ:13:etag}" } },
    "cloudfront.KeyGroup": { id: "{uuid}", outputs: { etag: "E{AZ:13:etag}" } },
    "cloudfront.MonitoringSubscription": settingOf("distributionId"),
    "cloudfront.RealtimeLogConfig": byArn("realtime-log-config/{name}"),
    "wafv2.WebAcl": {
        id: "{uuid}",
        nameLength: 128,
        outputs: { arn: wafArn("webacl"), capacity: 1000, lockToken: "{uuid:lock}" },
    },
    "wafv2.RuleGroup": {
        id: "{uuid}",
        nameLength: 128,
        outputs: { arn: wafArn("rulegroup"), lockToken: "{uuid:lock}" },
    },
    "wafv2.IpSet": {
        id: "{uuid}",
        nameLength: 128,
        outputs: { arn: wafArn("ipset"), lockToken: "{uuid:lock}" },
    },
    "wafv2.RegexPatternSet": {
        id: "{uuid}",
        nameLength: 128,
        outputs: { arn: wafArn("regexpatternset") },
    },
    "wafv2.WebAclAssociation": withId("{in:webAclArn},{in:resourceArn}"),
    "wafv2.WebAclLoggingConfiguration": settingOf("resourceArn"),
    "route53.Zone": withId("Z{AZ:20}", "arn:{partition}:route53:::hostedzone/{id}", {
        outputs: {
            zoneId: "{id}",
            nameServers: [
                "ns-1.awsdns-01.org",
                "ns-2.awsdns-02.co.uk",
                "ns-3.awsdns-03.com",
                "ns-4.awsdns-04.net",
            ],
            primaryNameServer: "ns-1.awsdns-01.org",
        },
    }),
    "route53.Record": { id: recordId, autoName: false, outputs: { fqdn: recordFqdn } },
    "route53.HealthCheck": withId("{uuid}", "arn:{partition}:route53:::healthcheck/{id}"),
    "route53.ZoneAssociation": withId("{in:zoneId}:{in:vpcId}:{region}"),
    "route53.QueryLog": withId("{uuid}", "arn:{partition}:route53:::queryloggingconfig/{id}"),
    "route53.HostedZoneDnsSec": settingOf("hostedZoneId"),
    "route53.KeySigningKey": { id: "{in:hostedZoneId},{name}" },
    "globalaccelerator.Accelerator": byArn("accelerator/{uuid}", {
        autoName: true,
        outputs: {
            dnsName: "a{hex:16}.awsglobalaccelerator.com",
            hostedZoneId: ACCELERATOR_ZONE,
            ipSets: () => [{ ipAddresses: ["198.51.100.1", "198.51.100.2"], ipFamily: "IPv4" }],
        },
    }),
    "globalaccelerator.Listener": {
        id: ({ text, hex }) => `${text("acceleratorArn") ?? "accelerator"}/listener/${hex(8)}`,
        outputs: { arn: "{id}" },
    },
    "globalaccelerator.EndpointGroup": {
        id: ({ text, hex }) => `${text("listenerArn") ?? "listener"}/endpoint-group/${hex(12)}`,
        outputs: { arn: "{id}" },
    },
    "apigatewayv2.Api": {
        id: "{az:10}",
        arn: "arn:{partition}:apigateway:{region}::/apis/{id}",
        nameLength: 128,
        outputs: {
            apiEndpoint: "https://{id}.execute-api.{region}.{dns}",
            executionArn: "arn:{partition}:execute-api:{region}:{account}:{id}",
        },
    },
    "apigatewayv2.Stage": named("arn:{partition}:apigateway:{region}::/apis/{in:apiId}/stages/{name}", {
        nameLength: 128,
        outputs: {
            invokeUrl: "https://{in:apiId}.execute-api.{region}.{dns}/{name}",
            executionArn: "arn:{partition}:execute-api:{region}:{account}:{in:apiId}/{name}",
        },
    }),
    "apigatewayv2.DomainName": named("arn:{partition}:apigateway:{region}::/domainnames/{in:domainName}", {
        nameProperty: "domainName",
        outputs: { domainNameConfiguration: regionalConfiguration },
        completed: ["domainNameConfiguration"],
    }),
    "apigatewayv2.ApiMapping": withId("{az:6}"),
    "apigatewayv2.RoutingRule": withId(
        "arn:{partition}:apigateway:{region}:{account}:/domainnames/{in:domainName}/routingrules/{az:6:rule}",
        undefined,
        { outputs: { routingRuleArn: "{id}", routingRuleId: "{az:6:rule}" } },
    ),
    "apigatewayv2.Integration": withId("{az:7}"),
    "apigatewayv2.Route": withId("{az:7}"),
    "apigatewayv2.Authorizer": { id: "{az:6}", nameLength: 128 },
    "apigatewayv2.VpcLink": {
        id: "{az:6}",
        arn: "arn:{partition}:apigateway:{region}::/vpclinks/{id}",
        nameLength: 128,
    },
    "apigateway.RestApi": {
        id: "{az:10}",
        arn: "arn:{partition}:apigateway:{region}::/restapis/{id}",
        outputs: {
            rootResourceId: "{az:10:root}",
            executionArn: "arn:{partition}:execute-api:{region}:{account}:{id}",
        },
    },
    "apigateway.Deployment": withId("{az:6}", undefined, {
        outputs: { createdDate: "2024-01-01T00:00:00Z" },
    }),
    "apigateway.Stage": withId(
        "ags-{in:restApi}-{in:stageName}",
        "arn:{partition}:apigateway:{region}::/restapis/{in:restApi}/stages/{in:stageName}",
        {
            outputs: {
                executionArn: "arn:{partition}:execute-api:{region}:{account}:{in:restApi}/{in:stageName}",
                invokeUrl: "https://{in:restApi}.execute-api.{region}.{dns}/{in:stageName}",
            },
        },
    ),
    "apigateway.MethodSettings": withId("{in:restApi}-{in:stageName}-{in:methodPath}"),
    "apigateway.DomainName": named("arn:{partition}:apigateway:{region}::/domainnames/{in:domainName}", {
        nameProperty: "domainName",
        outputs: {
            regionalDomainName: API_TARGET,
            regionalZoneId: API_ZONE,
        },
    }),
    "apigateway.BasePathMapping": {
        id: ({ text }) => `${text("domainName") ?? ""}/${text("basePath") ?? ""}`,
        autoName: false,
    },
    "apigateway.UsagePlan": {
        id: "{az:6}",
        arn: "arn:{partition}:apigateway:{region}::/usageplans/{id}",
        nameLength: 255,
    },
    "apigateway.ApiKey": {
        id: "{az:10}",
        arn: "arn:{partition}:apigateway:{region}::/apikeys/{id}",
        nameLength: 1024,
        outputs: { value: "{az:40:value}" },
    },
    "apigateway.UsagePlanKey": settingOf("keyId"),
    "apigateway.Account": withId("api-gateway-account"),
};
