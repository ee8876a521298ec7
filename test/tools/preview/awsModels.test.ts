import { expect } from "chai";
import { classProperties } from "../../../tools/preview/aws/classProperties";
import { MODELS } from "../../../tools/preview/aws/models";
import { synthesizeAws } from "../../../tools/preview/aws/synthesize";
import { type ProviderAnswer } from "../../../tools/preview/deployment";
import { type Properties } from "../../../tools/preview/types";
import { UNKNOWN } from "../../../tools/preview/values";

const PROVIDER = {
    region: "eu-central-1",
    allowedAccountIds: '["111122223333"]',
    defaultTags: '{"tags":{"project":"shop"}}',
};

/** Asks for a resource as the engine would. */
function ask(
    type: string,
    inputs: Properties = {},
    name = "shop",
    provider: Properties = PROVIDER,
): ProviderAnswer {
    const urn = `urn:pulumi:prod::shop::${type}::${name}`;
    return synthesizeAws({ urn, type, name, inputs, provider, properties: classProperties(type) });
}

/** Everything that the program would see of a resource. */
function outputs(type: string, inputs: Properties = {}, provider: Properties = PROVIDER): Properties {
    const answer = ask(type, inputs, "shop", provider);
    return { ...inputs, ...answer.defaults, ...answer.known, ...answer.computed, id: answer.id };
}

/** What a model names that its class does not have. */
function strangers(type: string): string[] {
    const model = MODELS[type];
    const properties = classProperties(type);
    const templates = [...JSON.stringify(model).matchAll(/\{in:(\w+)\}/g)].map((match) => match[1] ?? "");
    const named = [...Object.keys(model?.outputs ?? {}), ...templates];
    return [...named, ...(model?.nameProperty === undefined ? [] : [model.nameProperty])]
        .filter((property) => !properties.includes(property))
        .map((property) => `${type} has no ${property}`);
}

describe("the models of AWS resource types", () => {
    it("name classes of @pulumi/aws, and properties that those have", () => {
        expect(Object.keys(MODELS)).to.have.length.above(200);
        expect(Object.keys(MODELS).flatMap(strangers)).to.deep.equal([]);
    });

    it("are made of words that mean something", () => {
        for (const type of Object.keys(MODELS)) {
            const inputs = Object.fromEntries(classProperties(type).map((key) => [key, `in-${key}`]));
            // Every template is filled in: an unknown word throws.
            const answer = ask(type, { ...inputs, region: "eu-central-1", multiRegion: false }, "x");
            expect(answer.id, type).to.not.match(/[{}]|undefined/);
            expect(JSON.stringify(ask(type)), type).to.not.contain("undefined");
        }
    });

    it("give ids in AWS's formats", () => {
        const ids: Record<string, [string, Properties, RegExp]> = {
            network: ["aws:ec2/vpc:Vpc", {}, /^vpc-0[0-9a-f]{16}$/],
            rule: ["aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", {}, /^sgr-0[0-9a-f]{16}$/],
            template: ["aws:ec2/launchTemplate:LaunchTemplate", {}, /^lt-0[0-9a-f]{16}$/],
            distribution: ["aws:cloudfront/distribution:Distribution", {}, /^E[A-Z0-9]{13}$/],
            zone: ["aws:route53/zone:Zone", {}, /^Z[A-Z0-9]{20}$/],
            key: ["aws:kms/key:Key", {}, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/],
            multiRegionKey: ["aws:kms/key:Key", { multiRegion: true }, /^mrk-[0-9a-f]{32}$/],
            queue: [
                "aws:sqs/queue:Queue",
                { name: "jobs" },
                /^https:\/\/sqs\.eu-central-1\.amazonaws\.com\/111122223333\/jobs$/,
            ],
            role: ["aws:iam/role:Role", {}, /^shop-[0-9a-f]{7}$/],
            topic: ["aws:sns/topic:Topic", {}, /^arn:aws:sns:eu-central-1:111122223333:shop-[0-9a-f]{7}$/],
            record: [
                "aws:route53/record:Record",
                { zoneId: "Z1", name: "a.example.com", type: "A", setIdentifier: "eu" },
                /^Z1_a\.example\.com_A_eu$/,
            ],
        };
        for (const [name, [type, inputs, pattern]] of Object.entries(ids)) {
            expect(ask(type, inputs).id, name).to.match(pattern);
        }
    });

    it("give ARNs with the right service, region, account and partition", () => {
        const account = "111122223333";
        const arns: [string, Properties, string][] = [
            ["aws:s3/bucket:Bucket", { bucket: "files" }, "arn:aws:s3:::files"],
            ["aws:iam/role:Role", { name: "r", path: "/x/" }, `arn:aws:iam::${account}:role/x/r`],
            ["aws:dynamodb/table:Table", { name: "t" }, `arn:aws:dynamodb:eu-central-1:${account}:table/t`],
            [
                "aws:dynamodb/table:Table",
                { name: "t", region: "us-east-1" },
                `arn:aws:dynamodb:us-east-1:${account}:table/t`,
            ],
            [
                "aws:cloudwatch/logGroup:LogGroup",
                { name: "/a/b" },
                `arn:aws:logs:eu-central-1:${account}:log-group:/a/b`,
            ],
            [
                "aws:cloudwatch/eventRule:EventRule",
                { name: "e" },
                `arn:aws:events:eu-central-1:${account}:rule/e`,
            ],
            [
                "aws:cloudwatch/metricAlarm:MetricAlarm",
                { name: "m" },
                `arn:aws:cloudwatch:eu-central-1:${account}:alarm:m`,
            ],
            [
                "aws:ssm/parameter:Parameter",
                { name: "/a/b" },
                `arn:aws:ssm:eu-central-1:${account}:parameter/a/b`,
            ],
            [
                "aws:rds/cluster:Cluster",
                { clusterIdentifier: "c" },
                `arn:aws:rds:eu-central-1:${account}:cluster:c`,
            ],
            [
                "aws:rds/globalCluster:GlobalCluster",
                { globalClusterIdentifier: "g" },
                `arn:aws:rds::${account}:global-cluster:g`,
            ],
            [
                "aws:opensearch/domain:Domain",
                { domainName: "d" },
                `arn:aws:es:eu-central-1:${account}:domain/d`,
            ],
            [
                "aws:sfn/stateMachine:StateMachine",
                { name: "s" },
                `arn:aws:states:eu-central-1:${account}:stateMachine:s`,
            ],
            ["aws:ecs/cluster:Cluster", { name: "c" }, `arn:aws:ecs:eu-central-1:${account}:cluster/c`],
        ];
        for (const [type, inputs, arn] of arns) {
            expect(outputs(type, inputs)["arn"], type).to.equal(arn);
        }
        const china = { ...PROVIDER, region: "cn-north-1" };
        expect(outputs("aws:sqs/queue:Queue", { name: "q" }, china)).to.include({
            arn: `arn:aws-cn:sqs:cn-north-1:${account}:q`,
            url: `https://sqs.cn-north-1.amazonaws.com.cn/${account}/q`,
        });
        expect(outputs("aws:cloudfront/distribution:Distribution")["arn"]).to.match(
            new RegExp(`^arn:aws:cloudfront::${account}:distribution/E[A-Z0-9]{13}$`),
        );
        expect(
            outputs("aws:wafv2/webAcl:WebAcl", { scope: "CLOUDFRONT", region: "us-east-1" })["arn"],
        ).to.match(
            new RegExp(`^arn:aws:wafv2:us-east-1:${account}:global/webacl/shop-[0-9a-f]{7}/[0-9a-f-]{36}$`),
        );
    });

    it("give types that they do not name an ARN of their own, and a name", () => {
        const group = outputs("aws:resourcegroups/group:Group");
        expect(group["arn"]).to.match(
            /^arn:aws:resourcegroups:eu-central-1:111122223333:group\/shop-[0-9a-f]{7}$/,
        );
        expect(group["name"]).to.match(/^shop-[0-9a-f]{7}$/);
    });

    it("describe load balancers, their listeners and their rules", () => {
        const application = outputs("aws:lb/loadBalancer:LoadBalancer", { name: "web", internal: true });
        expect(application["id"]).to.equal(application["arn"]);
        expect(application["arn"]).to.equal(
            `arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/${String(application["arnSuffix"])}`,
        );
        expect(application["arnSuffix"]).to.match(/^app\/web\/[0-9a-f]{16}$/);
        expect(application["dnsName"]).to.match(/^internal-web-\d{10}\.eu-central-1\.elb\.amazonaws\.com$/);
        expect(application["zoneId"]).to.equal("Z215JYRZR1TBD5");
        const network = outputs("aws:lb/loadBalancer:LoadBalancer", {
            name: "api",
            loadBalancerType: "network",
        });
        expect(network["dnsName"]).to.match(/^api-[0-9a-f]{16}\.elb\.eu-central-1\.amazonaws\.com$/);
        expect(network["zoneId"]).to.equal("Z3F0SRJ5LGBH90");
        const listener = outputs("aws:lb/listener:Listener", { loadBalancerArn: application["arn"] });
        expect(listener["arn"]).to.match(/:listener\/app\/web\/[0-9a-f]{16}\/[0-9a-f]{16}$/);
        const rule = outputs("aws:lb/listenerRule:ListenerRule", { listenerArn: listener["arn"] });
        expect(rule["arn"]).to.match(/:listener-rule\/app\/web\/[0-9a-f]{16}\/[0-9a-f]{16}\/[0-9a-f]{16}$/);
    });

    it("describe databases", () => {
        const cluster = outputs("aws:rds/cluster:Cluster", {
            clusterIdentifier: "main",
            engine: "aurora-postgresql",
        });
        expect(cluster["endpoint"]).to.match(/^main\.cluster-[a-p]{12}\.eu-central-1\.rds\.amazonaws\.com$/);
        expect(cluster["readerEndpoint"]).to.match(
            /^main\.cluster-ro-[a-p]{12}\.eu-central-1\.rds\.amazonaws\.com$/,
        );
        expect(cluster["clusterResourceId"]).to.match(/^cluster-[A-Z0-9]{26}$/);
        expect(cluster["port"]).to.equal(5432);
        expect(outputs("aws:rds/clusterInstance:ClusterInstance", { engine: "docdb" })["port"]).to.equal(
            27017,
        );
    });

    it("describe buckets and secrets", () => {
        expect(outputs("aws:s3/bucket:Bucket", { bucket: "files" })).to.include({
            bucketRegionalDomainName: "files.s3.eu-central-1.amazonaws.com",
            bucketDomainName: "files.s3.amazonaws.com",
            hostedZoneId: "Z21DNDUVLTQW6Q",
        });
        expect(outputs("aws:secretsmanager/secret:Secret", { name: "s" })["arn"]).to.match(
            /^arn:aws:secretsmanager:eu-central-1:111122223333:secret:s-[a-z0-9]{6}$/,
        );
    });

    it("ask for one validation record per domain, the same for the whole account", () => {
        const inputs = {
            domainName: "shop.example.com",
            subjectAlternativeNames: ["*.shop.example.com", "a.example.com"],
        };
        const type = "aws:acm/certificate:Certificate";
        const one = ask(type, inputs).computed["domainValidationOptions"] as Properties[];
        const other = ask(type, { ...inputs, region: "us-east-1" }, "other").computed[
            "domainValidationOptions"
        ];
        expect(other).to.deep.equal(one);
        expect(one.map((option) => option["domainName"])).to.deep.equal([
            "shop.example.com",
            "*.shop.example.com",
            "a.example.com",
        ]);
        expect(one[0]?.["resourceRecordName"]).to.match(/^_[0-9a-f]{32}\.shop\.example\.com\.$/);
        expect(one[0]?.["resourceRecordValue"]).to.match(
            /^_[0-9a-f]{32}\.[a-p]{10}\.acm-validations\.aws\.$/,
        );
        expect(one[1]).to.deep.equal({ ...one[0], domainName: "*.shop.example.com" });
        expect(one[2]?.["resourceRecordName"]).to.not.equal(one[0]?.["resourceRecordName"]);
        const abroad = ask(type, inputs, "shop", { ...PROVIDER, allowedAccountIds: '["444455556666"]' });
        expect(abroad.computed["domainValidationOptions"]).to.not.deep.equal(one);
    });

    it("have a key's replica share its id", () => {
        const key = outputs("aws:kms/key:Key", { multiRegion: true });
        const replica = outputs("aws:kms/replicaKey:ReplicaKey", {
            primaryKeyArn: key["arn"],
            region: "us-east-1",
        });
        expect(replica["keyId"]).to.equal(key["keyId"]);
        expect(replica["arn"]).to.equal(String(key["arn"]).replace("eu-central-1", "us-east-1"));
    });

    it("merge the provider's tags into all tags, which are known", () => {
        const { known } = ask("aws:s3/bucket:Bucket", { tags: { owner: "team" } });
        expect(known).to.deep.equal({ region: "eu-central-1", tagsAll: { project: "shop", owner: "team" } });
        expect(ask("aws:s3/bucket:Bucket", { tags: { project: "own" } }).known["tagsAll"]).to.deep.equal({
            project: "own",
        });
    });

    it("leave unknown what would come from an unknown input", () => {
        const listener = ask("aws:lb/listener:Listener", { loadBalancerArn: UNKNOWN });
        expect(JSON.stringify(listener)).to.not.contain(UNKNOWN);
        expect(listener.id).to.match(/^shop-[0-9a-f]{7}$/);
        const policy = ask("aws:iam/rolePolicyAttachment:RolePolicyAttachment", { role: UNKNOWN });
        expect(policy.id).to.match(/^shop-[0-9a-f]{7}$/);
        expect(ask("aws:s3/bucket:Bucket", { bucket: UNKNOWN }).computed).to.deep.equal({
            bucketRegion: "eu-central-1",
            hostedZoneId: "Z21DNDUVLTQW6Q",
        });
    });
});

describe("automatic names", () => {
    it("are the logical name and seven hexadecimal digits", () => {
        expect(ask("aws:iam/role:Role").defaults["name"]).to.match(/^shop-[0-9a-f]{7}$/);
        expect(ask("aws:s3/bucket:Bucket", {}, "Files").defaults["bucket"]).to.match(/^files-[0-9a-f]{7}$/);
        expect(ask("aws:sqs/queue:Queue", { fifoQueue: true }).defaults["name"]).to.match(
            /^shop-[0-9a-f]{7}\.fifo$/,
        );
        expect(ask("aws:kms/alias:Alias").defaults["name"]).to.match(/^alias\/shop-[0-9a-f]{7}$/);
    });

    it("are not made where there is a name, a prefix, or nothing to name", () => {
        expect(ask("aws:iam/role:Role", { name: "own" }).defaults).to.deep.equal({});
        expect(ask("aws:iam/role:Role", { namePrefix: "own-" })).to.deep.include({ defaults: {} });
        expect(ask("aws:iam/role:Role", { namePrefix: "own-" }).id).to.match(/^own-[0-9a-f]{7}$/);
        expect(ask("aws:ec2/vpc:Vpc").defaults).to.deep.equal({});
        expect(ask("aws:route53/record:Record", { name: "a" }).defaults).to.deep.equal({});
    });

    it("fit AWS's limit, or are refused as the provider does", () => {
        const type = "aws:lb/targetGroup:TargetGroup";
        expect(ask(type, {}, "x".repeat(24)).defaults["name"]).to.have.length(32);
        expect(() => ask(type, {}, "x".repeat(25))).to.throw(
            /^"name" cannot be longer than 32 characters: "x{25}-[0-9a-f]{7}", made from the logical name "x{25}", has 33$/,
        );
        expect(ask(type, { name: "x".repeat(32) }).defaults).to.deep.equal({});
        expect(() => ask(type, { name: "x".repeat(33) })).to.throw(
            `"name" cannot be longer than 32 characters: "${"x".repeat(33)}" has 33`,
        );
    });

    it("are checked by the property that holds them", () => {
        expect(() => ask("aws:dax/cluster:Cluster", { clusterName: "x".repeat(21) })).to.throw(
            '"clusterName" cannot be longer than 20 characters',
        );
        expect(() => ask("aws:sqs/queue:Queue", { fifoQueue: true }, "x".repeat(68))).to.throw(
            '"name" cannot be longer than 80 characters',
        );
        expect(
            ask("aws:sqs/queue:Queue", { fifoQueue: true }, "x".repeat(67)).defaults["name"],
        ).to.have.length(80);
    });
});
