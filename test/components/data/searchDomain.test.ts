import { expect } from "chai";

import { SearchAvailability, SearchDomain, type SearchDomainArgs } from "../../../components";
import { pathsOf, problemsIn } from "../../support/components/problems";
import { goodDomain, SEARCH_KEY, SEARCH_TOPIC } from "../../support/components/searchArguments";
import { at, json, ofType, one, previewProgram, TEST_ACCOUNT, TEST_REGION } from "../../support/preview";
import { expectRegion, inTestAccount, statements } from "../../support/surroundings";

const DOMAIN = "aws:opensearch/domain:Domain";
const INVOCATION = "aws:lambda/invocation:Invocation";

function make(changes: Partial<SearchDomainArgs> = {}, name = "shop-search") {
    return previewProgram(() => {
        const domain = new SearchDomain(name, { ...goodDomain, ...changes }, inTestAccount());
        const { endpoint, domainArn, securityGroupId, port, masterRoleArn, accessFunctionName } = domain;
        const { readPermissions, writePermissions } = domain;
        return {
            ...{ endpoint, domainArn, securityGroupId, port, masterRoleArn, accessFunctionName },
            ...{ readPermissions, writePermissions },
        };
    });
}

async function problemsOf(changes: object, name?: string): Promise<string[]> {
    return pathsOf(problemsIn(await make(changes, name)));
}

describe("SearchDomain", () => {
    it("is in three zones with a standby, with as many masters, unless told otherwise", async () => {
        const { inputs } = one(await make(), DOMAIN);
        expect(inputs.clusterConfig).to.deep.equal({
            instanceType: "r8g.large.search",
            instanceCount: 3,
            zoneAwarenessEnabled: true,
            zoneAwarenessConfig: { availabilityZoneCount: 3 },
            multiAzWithStandbyEnabled: true,
            dedicatedMasterEnabled: true,
            dedicatedMasterType: "m8g.large.search",
            dedicatedMasterCount: 3,
        });
        expect(inputs.autoTuneOptions).to.deep.equal({ desiredState: "ENABLED", useOffPeakWindow: true });
    });

    it("is in two zones without standby and masters where that will do, on small instances too", async () => {
        const { inputs } = one(
            await make({
                availability: SearchAvailability.TwoZones,
                subnetIds: ["subnet-0a", "subnet-0b"],
                instanceType: "t3.small.search",
            }),
            DOMAIN,
        );
        expect(inputs.clusterConfig).to.deep.equal({
            instanceType: "t3.small.search",
            instanceCount: 2,
            zoneAwarenessEnabled: true,
            zoneAwarenessConfig: { availabilityZoneCount: 2 },
            multiAzWithStandbyEnabled: false,
            dedicatedMasterEnabled: false,
        });
        // Burstable instances have no Auto-Tune.
        expect(inputs.autoTuneOptions).to.deep.equal({ desiredState: "DISABLED" });
    });

    it("is encrypted everywhere and speaks nothing older than TLS 1.2", async () => {
        const { inputs } = one(await make(), DOMAIN);
        expect(inputs).to.deep.include({
            encryptAtRest: { enabled: true, kmsKeyId: SEARCH_KEY },
            nodeToNodeEncryption: { enabled: true },
            domainEndpointOptions: {
                enforceHttps: true,
                tlsSecurityPolicy: "Policy-Min-TLS-1-2-PFS-2023-10",
            },
        });
        expect(at(inputs, "ebsOptions.volumeType")).to.equal("gp3");
    });

    it("knows roles and no passwords: its own function's may do everything, and others those given", async () => {
        const client = "arn:aws:iam::444455556666:role/analyst";
        const preview = await make({ clientRoleArns: [client] });
        const { masterRoleArn, domainArn } = preview.outputs;
        const { inputs } = one(preview, DOMAIN);
        expect(inputs.advancedSecurityOptions).to.deep.equal({
            enabled: true,
            internalUserDatabaseEnabled: false,
            masterUserOptions: { masterUserArn: masterRoleArn },
        });
        expect(at(json(inputs.accessPolicies), "Statement")).to.deep.equal([
            {
                Sid: "KnownRoles",
                Effect: "Allow",
                Principal: { AWS: [masterRoleArn, client] },
                Action: "es:ESHttp*",
                Resource: `${String(domainArn)}/*`,
            },
        ]);
        const access = one(preview, "aws:lambda/function:Function");
        expect(access.inputs.role).to.equal(masterRoleArn);
        expect(statements(one(preview, "aws:iam/rolePolicy:RolePolicy")).ChangeDomain).to.deep.equal({
            Sid: "ChangeDomain",
            Effect: "Allow",
            Action: ["es:ESHttpDelete", "es:ESHttpGet", "es:ESHttpHead", "es:ESHttpPut"],
            Resource: `${String(domainArn)}/*`,
        });
    });

    it("names itself as AWS will name it", async () => {
        const preview = await make();
        // The policies say it beforehand, and what AWS answers is what others are given.
        expect(preview.outputs.domainArn).to.equal(
            `arn:aws:es:${TEST_REGION}:${TEST_ACCOUNT}:domain/shop-search`,
        );
    });

    it("lets in nobody but its own function, which sees the domain and nothing else", async () => {
        const preview = await make();
        const ingress = ofType(preview, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");
        const egress = ofType(preview, "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule");
        const own = one(preview, "aws:ec2/securityGroup:SecurityGroup", "shop-search-access-security-group");
        expect(preview.outputs.port).to.equal(443);
        const way = {
            fromPort: 443,
            toPort: 443,
            ipProtocol: "tcp",
        };
        expect(ingress.map(({ inputs }) => inputs)).to.have.lengthOf(1);
        expect(ingress[0]?.inputs).to.deep.include({
            ...way,
            securityGroupId: preview.outputs.securityGroupId,
            referencedSecurityGroupId: own.id,
        });
        expect(egress).to.have.lengthOf(1);
        expect(egress[0]?.inputs).to.deep.include({
            ...way,
            securityGroupId: own.id,
            referencedSecurityGroupId: preview.outputs.securityGroupId,
        });
    });

    it("gives its function's name to nobody before the function reaches the domain", async () => {
        const preview = await make();
        const audit = one(preview, INVOCATION);
        expect(json(audit.inputs.input)).to.deep.equal({ action: "EnableAudit" });
        expect(audit.inputs.triggers).to.deep.equal({ domain: preview.outputs.endpoint });
        const rules = ofType(preview, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");
        expect(audit.dependencies).to.include(rules[0]?.urn);
    });

    it("lets OpenSearch write the domain's logs and no others, before there is a domain", async () => {
        const preview = await make();
        const policy = one(preview, "aws:cloudwatch/logResourcePolicy:LogResourcePolicy");
        expect(policy.inputs.policyName).to.equal("opensearch-shop-search");
        expect(statements(policy, "policyDocument").OpenSearchWritesLogs).to.deep.include({
            Principal: { Service: "es.amazonaws.com" },
            Resource: ["application", "audit", "index-slow", "search-slow"].map(
                (log) =>
                    `arn:aws:logs:${TEST_REGION}:${TEST_ACCOUNT}:log-group:/aws/opensearch/shop-search/${log}:*`,
            ),
            Condition: {
                StringEquals: { "aws:SourceAccount": TEST_ACCOUNT },
                ArnLike: { "aws:SourceArn": preview.outputs.domainArn },
            },
        });
        const domain = one(preview, DOMAIN);
        expect(domain.dependencies).to.include(policy.urn);
        for (const { inputs } of ofType(preview, "aws:cloudwatch/logGroup:LogGroup")) {
            expect(inputs).to.deep.include({ retentionInDays: 365, kmsKeyId: SEARCH_KEY });
        }
        const without = await make({ createLogPolicy: false });
        expect(ofType(without, "aws:cloudwatch/logResourcePolicy:LogResourcePolicy")).to.deep.equal([]);
        expect(at(one(without, DOMAIN).inputs, "logPublishingOptions")).to.have.lengthOf(4);
    });

    it("makes the account's role for OpenSearch only where asked, and leaves it behind", async () => {
        const ROLE = "aws:iam/serviceLinkedRole:ServiceLinkedRole";
        expect(ofType(await make(), ROLE)).to.deep.equal([]);
        const preview = await make({ createServiceLinkedRole: true });
        const role = one(preview, ROLE);
        expect(role.inputs.awsServiceName).to.equal("opensearchservice.amazonaws.com");
        expect(role.retainOnDelete).to.equal(true);
        expect(one(preview, DOMAIN).dependencies).to.include(role.urn);
    });

    it("gives out what IAM must let roles do, on this domain alone", async () => {
        const { outputs } = await make();
        const resources = [`${String(outputs.domainArn)}/*`];
        expect(outputs.readPermissions).to.deep.equal([
            {
                sid: "Search",
                actions: ["es:ESHttpGet", "es:ESHttpHead", "es:ESHttpPost"],
                resources,
            },
        ]);
        expect(outputs.writePermissions).to.deep.equal([
            {
                sid: "WriteDocuments",
                actions: ["es:ESHttpDelete", "es:ESHttpPatch", "es:ESHttpPost", "es:ESHttpPut"],
                resources,
            },
        ]);
    });

    it("rings for what would wake somebody, by the metrics of this domain, and without topics not at all", async () => {
        const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
        expect(ofType(await make(), ALARM)).to.deep.equal([]);
        const preview = await make({ alarmTopicArns: [SEARCH_TOPIC], volumeSize: 200 });
        const alarms = ofType(preview, ALARM);
        expect(alarms.map(({ inputs }) => inputs.metricName)).to.have.members([
            "ClusterStatus.red",
            "ClusterStatus.yellow",
            "FreeStorageSpace",
            "ClusterIndexWritesBlocked",
            "JVMMemoryPressure",
            "CPUUtilization",
            "AutomatedSnapshotFailure",
            "KMSKeyInaccessible",
            "MasterReachableFromNode",
            "MasterJVMMemoryPressure",
        ]);
        for (const { inputs } of alarms) {
            expect(inputs).to.deep.include({
                namespace: "AWS/ES",
                dimensions: { DomainName: "shop-search", ClientId: TEST_ACCOUNT },
                alarmActions: [SEARCH_TOPIC],
            });
        }
        // In MiB: a quarter of 200 GiB.
        expect(one(preview, ALARM, "shop-search-storage").inputs).to.deep.include({
            threshold: 51_200,
            statistic: "Minimum",
            comparisonOperator: "LessThanOrEqualToThreshold",
        });
        const small = await make({
            alarmTopicArns: [SEARCH_TOPIC],
            availability: SearchAvailability.TwoZones,
            subnetIds: ["subnet-0a", "subnet-0b"],
        });
        expect(ofType(small, ALARM).filter(({ name }) => name.includes("master"))).to.deep.equal([]);
    });

    it("is changed at night, and the night can be chosen", async () => {
        const preview = await make({ offPeakWindowStart: "03:30" });
        expect(at(one(preview, DOMAIN).inputs, "offPeakWindowOptions.offPeakWindow")).to.deep.equal({
            windowStartTime: { hours: 3, minutes: 30 },
        });
    });

    it("is protected by Pulumi, unless told otherwise", async () => {
        expect(one(await make(), DOMAIN).protect).to.equal(true);
        expect(one(await make({ deletionProtection: false }), DOMAIN).protect).to.equal(false);
    });

    it("is in its region with everything that belongs to it", async () => {
        const preview = await make({ alarmTopicArns: [SEARCH_TOPIC], createServiceLinkedRole: true });
        expectRegion(preview, TEST_REGION);
    });

    it("takes what AWS takes and nothing beside, at its bounds", async () => {
        const twoZones = {
            availability: SearchAvailability.TwoZones,
            subnetIds: ["subnet-0a", "subnet-0b"],
        };
        const fine: Partial<SearchDomainArgs>[] = [
            { domainName: "abc" },
            { domainName: "a".repeat(28) },
            { instanceCount: 78 },
            { volumeSize: 10, volumeIops: 3000, volumeThroughput: 125 },
            { volumeSize: 16_384, volumeIops: 16_000, volumeThroughput: 1000 },
            { engineVersion: "OpenSearch_2.11" },
            { instanceType: "or1.medium.search" },
            { ...twoZones, instanceCount: 80, masterInstanceType: "t3.medium.search" },
        ];
        for (const changes of fine) {
            expect((await make(changes)).error?.message, JSON.stringify(changes)).to.equal(undefined);
        }
        const wrong: [object, string][] = [
            [{ domainName: "ab" }, "domainName"],
            [{ domainName: "a".repeat(29) }, "domainName"],
            [{ domainName: "Shop" }, "domainName"],
            [{ subnetIds: ["subnet-0a", "subnet-0b"] }, "subnetIds"],
            [{ ...twoZones, subnetIds: goodDomain.subnetIds }, "subnetIds"],
            [{ instanceCount: 4 }, "instanceCount"],
            [{ instanceCount: 81 }, "instanceCount"],
            [{ ...twoZones, instanceCount: 3 }, "instanceCount"],
            // No burstable instances with a standby (facts 40.2), no t4g at all (40.1), no storage classes as masters.
            [{ instanceType: "t3.medium.search" }, "instanceType"],
            [{ ...twoZones, instanceType: "t4g.medium.search" }, "instanceType"],
            [{ instanceType: "i3.large.search" }, "instanceType"],
            [{ instanceType: "r8g.large" }, "instanceType"],
            [{ masterInstanceType: "or1.large.search" }, "masterInstanceType"],
            [{ volumeSize: 9 }, "volumeSize"],
            [{ volumeSize: 16_385 }, "volumeSize"],
            [{ volumeIops: 2999 }, "volumeIops"],
            [{ volumeThroughput: 1001 }, "volumeThroughput"],
            [{ engineVersion: "OpenSearch_2.9" }, "engineVersion"],
            [{ engineVersion: "Elasticsearch_7.10" }, "engineVersion"],
            [{ offPeakWindowStart: "24:00" }, "offPeakWindowStart"],
        ];
        for (const [changes, path] of wrong) {
            expect(await problemsOf(changes), JSON.stringify(changes)).to.deep.equal([path]);
        }
    });

    it("names all that is wrong at once", async () => {
        expect(
            await problemsOf(
                { region: "here", kmsKeyArn: "alias/search", clientRoleArns: ["admin"], replicas: 2 },
                "shop search",
            ),
        ).to.have.members(["region", "kmsKeyArn", "clientRoleArns[0]", "replicas", "name"]);
    });
});
