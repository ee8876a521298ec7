/** What lies between viewers and a region: CloudFront, WAF, Route 53 and their kin. */
import { type ModelContext, type ModelTable, byArn, named, settingOf, withId } from "../model";

/** The hosted zone of every CloudFront distribution. Source: Amazon Route 53 API Reference, AliasTarget. */
const CLOUDFRONT_ZONE = "Z2FDTNDATAQYW2";
/** The hosted zone of every Global Accelerator. Source: the same. */
const ACCELERATOR_ZONE = "Z2BJ6XQ5FK7U4H";

/** Web ACLs for CloudFront are global, in ARNs of us-east-1. */
function wafArn(kind: string): (context: ModelContext) => string {
    return ({ inputs, partition, region, account, physicalName, id }) => {
        const scope = inputs["scope"] === "CLOUDFRONT" ? "global" : "regional";
        return `arn:${partition}:wafv2:${region}:${account}:${scope}/${kind}/${physicalName}/${id}`;
    };
}

/** A record's id is its zone, name, type and set. */
function recordId({ text }: ModelContext): string | undefined {
    const parts = [text("zoneId"), text("name"), text("type"), text("setIdentifier")];
    return parts[0] === undefined ? undefined : parts.filter((part) => part !== undefined).join("_");
}

/** A record's full name: the zone's name is not known here, and names within the zone are written in full. */
function recordFqdn({ text }: ModelContext): string | undefined {
    return text("name")?.replace(/\.$/, "");
}

const CLOUDFRONT_POLICY = { id: "{uuid}", nameLength: 128, outputs: { etag: "E{AZ:13:etag}" } } as const;

export const EDGE_TABLE: ModelTable = {
    "aws:cloudfront/distribution:Distribution": withId("E{AZ:13}", "distribution/{id}", {
        outputs: {
            domainName: "d{az:13}.cloudfront.net",
            hostedZoneId: CLOUDFRONT_ZONE,
            etag: "E{AZ:13:etag}",
            status: "Deployed",
            callerReference: "{uuid:caller}",
        },
    }),
    "aws:cloudfront/originAccessControl:OriginAccessControl": {
        id: "E{AZ:13}",
        arn: "origin-access-control/{id}",
        nameLength: 64,
        outputs: { etag: "E{AZ:13:etag}" },
    },
    "aws:cloudfront/originAccessIdentity:OriginAccessIdentity": withId("E{AZ:13}", undefined, {
        outputs: {
            iamArn: "arn:{partition}:iam::cloudfront:user/CloudFront Origin Access Identity {id}",
            cloudfrontAccessIdentityPath: "origin-access-identity/cloudfront/{id}",
            s3CanonicalUserId: "{hex:96}",
        },
    }),
    "aws:cloudfront/function:Function": named("function/{name}", {
        nameLength: 64,
        outputs: { etag: "E{AZ:13:etag}", liveStageEtag: "E{AZ:13:live}", status: "DEPLOYED" },
    }),
    "aws:cloudfront/keyValueStore:KeyValueStore": named("key-value-store/{uuid}", {
        nameLength: 64,
        outputs: { etag: "E{AZ:13:etag}" },
    }),
    "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": {
        ...CLOUDFRONT_POLICY,
        arn: "response-headers-policy/{id}",
    },
    "aws:cloudfront/cachePolicy:CachePolicy": { ...CLOUDFRONT_POLICY, arn: "cache-policy/{id}" },
    "aws:cloudfront/originRequestPolicy:OriginRequestPolicy": {
        ...CLOUDFRONT_POLICY,
        arn: "origin-request-policy/{id}",
    },
    "aws:cloudfront/vpcOrigin:VpcOrigin": withId("vo_{az:22}", "vpcorigin/{id}", {
        outputs: { etag: "E{AZ:13:etag}" },
    }),
    "aws:cloudfront/publicKey:PublicKey": { id: "K{AZ:13}", outputs: { etag: "E{AZ:13:etag}" } },
    "aws:cloudfront/keyGroup:KeyGroup": { id: "{uuid}", outputs: { etag: "E{AZ:13:etag}" } },
    "aws:cloudfront/monitoringSubscription:MonitoringSubscription": settingOf("distributionId"),
    "aws:cloudfront/realtimeLogConfig:RealtimeLogConfig": byArn("realtime-log-config/{name}"),
    "aws:wafv2/webAcl:WebAcl": {
        id: "{uuid}",
        nameLength: 128,
        outputs: { arn: wafArn("webacl"), capacity: 1000, lockToken: "{uuid:lock}" },
    },
    "aws:wafv2/ruleGroup:RuleGroup": {
        id: "{uuid}",
        nameLength: 128,
        outputs: { arn: wafArn("rulegroup"), lockToken: "{uuid:lock}" },
    },
    "aws:wafv2/ipSet:IpSet": {
        id: "{uuid}",
        nameLength: 128,
        outputs: { arn: wafArn("ipset"), lockToken: "{uuid:lock}" },
    },
    "aws:wafv2/regexPatternSet:RegexPatternSet": {
        id: "{uuid}",
        nameLength: 128,
        outputs: { arn: wafArn("regexpatternset") },
    },
    "aws:wafv2/webAclAssociation:WebAclAssociation": withId("{in:webAclArn},{in:resourceArn}"),
    "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": settingOf("resourceArn"),
    "aws:route53/zone:Zone": withId("Z{AZ:20}", "arn:{partition}:route53:::hostedzone/{id}", {
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
    "aws:route53/record:Record": { id: recordId, autoName: false, outputs: { fqdn: recordFqdn } },
    "aws:route53/healthCheck:HealthCheck": withId("{uuid}", "arn:{partition}:route53:::healthcheck/{id}"),
    "aws:route53/zoneAssociation:ZoneAssociation": withId("{in:zoneId}:{in:vpcId}:{region}"),
    "aws:route53/queryLog:QueryLog": withId("{uuid}", "arn:{partition}:route53:::queryloggingconfig/{id}"),
    "aws:route53/hostedZoneDnsSec:HostedZoneDnsSec": settingOf("hostedZoneId"),
    "aws:route53/keySigningKey:KeySigningKey": { id: "{in:hostedZoneId},{name}" },
    "aws:globalaccelerator/accelerator:Accelerator": byArn("accelerator/{uuid}", {
        autoName: true,
        outputs: {
            dnsName: "a{hex:16}.awsglobalaccelerator.com",
            hostedZoneId: ACCELERATOR_ZONE,
            ipSets: () => [{ ipAddresses: ["198.51.100.1", "198.51.100.2"], ipFamily: "IPv4" }],
        },
    }),
    "aws:globalaccelerator/listener:Listener": {
        id: ({ text, hex }) => `${text("acceleratorArn") ?? "accelerator"}/listener/${hex(8)}`,
        outputs: { arn: "{id}" },
    },
    "aws:globalaccelerator/endpointGroup:EndpointGroup": {
        id: ({ text, hex }) => `${text("listenerArn") ?? "listener"}/endpoint-group/${hex(12)}`,
        outputs: { arn: "{id}" },
    },
    "aws:apigatewayv2/api:Api": {
        id: "{az:10}",
        arn: "arn:{partition}:apigateway:{region}::/apis/{id}",
        nameLength: 128,
        outputs: {
            apiEndpoint: "https://{id}.execute-api.{region}.{dns}",
            executionArn: "arn:{partition}:execute-api:{region}:{account}:{id}",
        },
    },
    "aws:apigatewayv2/stage:Stage": named(
        "arn:{partition}:apigateway:{region}::/apis/{in:apiId}/stages/{name}",
        {
            nameLength: 128,
            outputs: {
                invokeUrl: "https://{in:apiId}.execute-api.{region}.{dns}/{name}",
                executionArn: "arn:{partition}:execute-api:{region}:{account}:{in:apiId}/{name}",
            },
        },
    ),
    "aws:apigatewayv2/domainName:DomainName": named(
        "arn:{partition}:apigateway:{region}::/domainnames/{in:domainName}",
        {
            nameProperty: "domainName",
        },
    ),
    "aws:apigatewayv2/integration:Integration": withId("{az:7}"),
    "aws:apigatewayv2/route:Route": withId("{az:7}"),
    "aws:apigatewayv2/authorizer:Authorizer": { id: "{az:6}", nameLength: 128 },
    "aws:apigatewayv2/vpcLink:VpcLink": {
        id: "{az:6}",
        arn: "arn:{partition}:apigateway:{region}::/vpclinks/{id}",
        nameLength: 128,
    },
    "aws:apigateway/restApi:RestApi": {
        id: "{az:10}",
        arn: "arn:{partition}:apigateway:{region}::/restapis/{id}",
        outputs: {
            rootResourceId: "{az:10:root}",
            executionArn: "arn:{partition}:execute-api:{region}:{account}:{id}",
        },
    },
};
