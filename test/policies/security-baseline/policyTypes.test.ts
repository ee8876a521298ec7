/** That the list of resource policies has every one that the provider knows. */
import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { loadRules } from "../../../policies/framework";
import { type ResourceRule } from "../../../policies/framework/rule";
import { type Subject } from "../../../policies/framework/subject";
import { RESOURCE_POLICIES } from "../../../policies/security-baseline/shared/policyTypes";
import { POLICIES } from "../../support/policies/packs";
import { policyOf } from "./documents";

const PACKAGE = path.dirname(require.resolve("@pulumi/aws/package.json"));

/** Texts that are a policy by their name: `policy`, `policyDocument`, `accessPolicies` and the like. */
const TEXT = /^ {4}(\w*(?:[pP]olicy|[pP]olicies|[pP]olicyDocument))\??: pulumi\.Input<string(?:>| \||;)/gm;
const NESTED =
    /^ {8}(?:policy|\w*[pP]olicyDocument|resourcePolicy|accessPolic\w+)\??: pulumi\.Input<string/gm;

/** What is no resource policy, by type and property, with what it is. */
const OTHERS: Readonly<Record<string, string>> = {
    "aws:alb/listener:Listener alpnPolicy": "a name",
    "aws:alb/listener:Listener sslPolicy": "a name",
    "aws:alb/loadBalancer:LoadBalancer dnsRecordClientRoutingPolicy": "a word",
    "aws:apigateway/domainName:DomainName securityPolicy": "a name",
    "aws:apigateway/restApi:RestApi securityPolicy": "a name",
    "aws:bedrock/agentDataSource:AgentDataSource dataDeletionPolicy": "a word",
    "aws:cloudwatch/logAccountPolicy:LogAccountPolicy policyDocument": "settings of log groups",
    "aws:cloudwatch/logDataProtectionPolicy:LogDataProtectionPolicy policyDocument": "what to mask",
    "aws:cloudwatch/logIndexPolicy:LogIndexPolicy policyDocument": "fields of an index",
    "aws:dlm/lifecyclePolicy:LifecyclePolicy defaultPolicy": "a word",
    "aws:ec2/fleet:Fleet excessCapacityTerminationPolicy": "a word",
    "aws:ec2/spotFleetRequest:SpotFleetRequest excessCapacityTerminationPolicy": "a word",
    "aws:ec2/vpcEndpoint:VpcEndpoint policy":
        "what a network may use: endpoint-policies-restricted judges it",
    "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy policy":
        "what a network may use: endpoint-policies-restricted judges it",
    "aws:ecr/lifecyclePolicy:LifecyclePolicy policy": "what to delete",
    "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate lifecyclePolicy": "what to delete",
    "aws:eks/capability:Capability deletePropagationPolicy": "a word",
    "aws:eks/podIdentityAssociation:PodIdentityAssociation policy": "a session's permissions",
    "aws:emr/instanceGroup:InstanceGroup autoscalingPolicy": "scaling",
    "aws:fsx/lustreFileSystem:LustreFileSystem autoImportPolicy": "a word",
    "aws:fsx/ontapVolume:OntapVolume snapshotPolicy": "a name",
    "aws:gamelift/fleet:Fleet newGameSessionProtectionPolicy": "a word",
    "aws:gamelift/gameServerGroup:GameServerGroup gameServerProtectionPolicy": "a word",
    "aws:iam/groupPolicy:GroupPolicy policy": "an identity's permissions",
    "aws:iam/policy:Policy policy": "an identity's permissions",
    "aws:iam/role:Role assumeRolePolicy": "a trust policy: iam-role-trust judges it",
    "aws:iam/rolePolicy:RolePolicy policy": "an identity's permissions",
    "aws:iam/userPolicy:UserPolicy policy": "an identity's permissions",
    "aws:iot/policy:Policy policy": "a certificate's permissions",
    "aws:iot/policyAttachment:PolicyAttachment policy": "a name",
    "aws:kendra/index:Index userContextPolicy": "a word",
    "aws:lb/listener:Listener alpnPolicy": "a name",
    "aws:lb/listener:Listener sslPolicy": "a name",
    "aws:lb/loadBalancer:LoadBalancer dnsRecordClientRoutingPolicy": "a word",
    "aws:mailmanager/ingressPoint:IngressPoint tlsPolicy": "a word",
    "aws:networkmanager/coreNetwork:CoreNetwork basePolicyDocument": "routing",
    "aws:networkmanager/coreNetworkPolicyAttachment:CoreNetworkPolicyAttachment policyDocument": "routing",
    "aws:odb/network:Network kmsPolicyDocument": "what a network may use",
    "aws:odb/network:Network s3PolicyDocument": "what a network may use",
    "aws:odb/network:Network stsPolicyDocument": "what a network may use",
    "aws:opensearch/serverlessAccessPolicy:ServerlessAccessPolicy policy":
        "principals by rule, of no wildcard",
    "aws:opensearch/serverlessLifecyclePolicy:ServerlessLifecyclePolicy policy": "what to delete",
    "aws:opensearch/serverlessSecurityPolicy:ServerlessSecurityPolicy policy": "encryption or network",
    "aws:rolesanywhere/profile:Profile sessionPolicy": "a session's permissions",
    "aws:ses/receiptFilter:ReceiptFilter policy": "a word",
    "aws:ses/receiptRule:ReceiptRule tlsPolicy": "a word",
    "aws:sns/dataProtectionPolicy:DataProtectionPolicy policy": "what to mask, for everybody",
    "aws:sns/topic:Topic archivePolicy": "retention",
    "aws:sns/topic:Topic deliveryPolicy": "retries",
    "aws:sns/topicSubscription:TopicSubscription deliveryPolicy": "retries",
    "aws:sns/topicSubscription:TopicSubscription filterPolicy": "a filter",
    "aws:sns/topicSubscription:TopicSubscription redrivePolicy": "dead letters",
    "aws:sns/topicSubscription:TopicSubscription replayPolicy": "replay",
    "aws:sqs/queue:Queue redriveAllowPolicy": "dead letters",
    "aws:sqs/queue:Queue redrivePolicy": "dead letters",
    "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy redriveAllowPolicy": "dead letters",
    "aws:sqs/redrivePolicy:RedrivePolicy redrivePolicy": "dead letters",
    "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy inlinePolicy":
        "an identity's permissions",
    "aws:storagegateway/nfsFileShare:NfsFileShare notificationPolicy": "settings",
    "aws:storagegateway/smbFileShare:SmbFileShare notificationPolicy": "settings",
    "aws:transfer/access:Access policy": "a session's permissions",
    "aws:transfer/user:User policy": "a session's permissions",
    "aws:transfer/webApp:WebApp webAppEndpointPolicy": "a word",
    "aws:verifiedaccess/endpoint:Endpoint policyDocument": "conditions in Cedar",
    "aws:verifiedaccess/group:Group policyDocument": "conditions in Cedar",
    "aws:workspacesweb/browserSettings:BrowserSettings browserPolicy": "settings of a browser",
};

/** The interfaces of nested properties that hold such a text. */
const NESTED_PLACES = [
    "MultiRegionAccessPointPolicyDetails",
    // An ODB network's access to services.
    "NetworkManagedServiceKmsAccess",
    "NetworkManagedServiceS3Access",
    "NetworkManagedServiceStsAccess",
    // An identity's permissions.
    "RoleInlinePolicy",
    "S3AccessPointAttachmentS3AccessPoint",
];

/** The arguments of the provider's types that are policies as text. */
function policiesOfProvider(): readonly string[] {
    return readdirSync(PACKAGE, { withFileTypes: true })
        .filter((folder) => folder.isDirectory() && !["node_modules", "types"].includes(folder.name))
        .flatMap(({ name }) =>
            readdirSync(path.join(PACKAGE, name))
                .filter((file) => file.endsWith(".js"))
                .flatMap((file) => policiesIn(path.join(PACKAGE, name, file))),
        );
}

function policiesIn(file: string): readonly string[] {
    const type = /__pulumiType = '(aws:[^']+)'/.exec(readFileSync(file, "utf8"))?.[1];
    if (type === undefined) {
        return [];
    }
    const declaration = readFileSync(file.replace(/\.js$/, ".d.ts"), "utf8");
    const args = /^export interface \w+Args \{.*?^\}/ms.exec(declaration)?.[0] ?? "";
    return [...args.matchAll(TEXT)].map((match) => `${type} ${match[1] ?? ""}`);
}

/** A resource of the type whose resource policy is this. */
function subjectOf(type: string, property: string, document: string): Subject {
    const [first = "", second] = property.split(".");
    return {
        type,
        name: "lone",
        urn: `urn:pulumi:test::test::${type}::lone`,
        props: { [first]: second === undefined ? document : { [second]: document } },
        opts: { protect: false, ignoreChanges: [], aliases: [], additionalSecretOutputs: [] },
    };
}

describe("The list of resource policies", () => {
    const rules = loadRules(path.join(POLICIES, "security-baseline", "rules"));
    const ruleOf = (type: string): string => RESOURCE_POLICIES[type]?.rule ?? "resource-policy-public";

    it("has every one of the provider's", () => {
        const found = policiesOfProvider();
        const known = Object.entries(RESOURCE_POLICIES).map(([type, { property }]) => `${type} ${property}`);
        expect(found).to.have.length.above(100);
        expect(found.filter((each) => !known.includes(each) && OTHERS[each] === undefined)).to.deep.equal([]);
        const nested = known.filter((each) => /\w+\.\w+$/.test(each));
        expect(known.filter((each) => !found.includes(each))).to.deep.equal(nested);
        expect(Object.keys(OTHERS).filter((each) => !found.includes(each))).to.deep.equal([]);
    });

    it("has every one that is nested", () => {
        const lines = readFileSync(path.join(PACKAGE, "types", "input.d.ts"), "utf8");
        const places = new Set(
            [...lines.matchAll(NESTED)].map(
                ({ index }) => lines.slice(lines.lastIndexOf("\n    interface ", index)).split(/\s+/)[2],
            ),
        );
        expect([...places].sort()).to.deep.equal(NESTED_PLACES);
    });

    for (const [type, { property }] of Object.entries(RESOURCE_POLICIES)) {
        it(`knows who judges ${type}`, () => {
            const rule = rules.find(({ id }) => id === ruleOf(type));
            expect(rule?.types ?? []).to.include(type);
        });

        if (ruleOf(type) === "resource-policy-public") {
            it(`finds a public ${property} of ${type}, and accepts a named one`, () => {
                const rule = rules.find(({ id }) => id === "resource-policy-public") as ResourceRule;
                const reported: string[] = [];
                const report = (reason: string): void => {
                    reported.push(reason);
                };
                const named = policyOf({ Principal: { AWS: "111122223333" }, Action: "*", Resource: "*" });
                rule.check(subjectOf(type, property, named), report, {});
                expect(reported).to.deep.equal([]);
                const open = policyOf({ Principal: "*", Action: "*", Resource: "*" });
                rule.check(subjectOf(type, property, open), report, {});
                expect(reported).to.deep.equal(["lets anybody in: statement 0 allows * to everyone."]);
            });
        }
    }
});
